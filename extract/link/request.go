package link

import (
	"net/url"
	"strings"
)

// maxRequest is the longest address that is asked for, in bytes. Servers
// refuse longer ones (RFC 9110 section 4.1 asks for 8,000 at least).
const maxRequest = 16 << 10

// Request makes an address absolute, as it would be requested: resolved
// against base (which may be ""), its letters percent-encoded, its host in
// ASCII, without a user. Unlike Canonical it leaves the fragment and all
// parameters. It reports false for what cannot be asked for by HTTP. "www."
// without a scheme is a host that lost its scheme and not a folder.
func Request(base, ref string) (string, bool) {
	ref = escape(ref)
	if ref == "" || len(ref) > maxRequest {
		return "", false
	}
	if len(ref) > 4 && strings.EqualFold(ref[:4], "www.") {
		scheme, _, found := strings.Cut(base, ":")
		if !found {
			scheme = "https"
		}
		ref = scheme + "://" + ref
	}
	if !Absolute(ref) {
		ref = Join(base, ref)
	}
	u, host, ok := parse(ref)
	if !ok {
		return "", false
	}
	u.Host, u.User = host, nil
	return u.String(), true
}

// Join resolves an address against another, which may be "".
func Join(base, ref string) string {
	if base == "" {
		return ref
	}
	b, err := url.Parse(escape(base))
	if err != nil {
		return ref
	}
	r, err := url.Parse(escape(ref))
	if err != nil {
		return base
	}
	return b.ResolveReference(r).String()
}
