package link

import (
	"net/url"
	"strings"
)

// maxRequest is the length in bytes of the longest link that is requested. RFC 9110
// section 4.1 recommends that servers take at least 8,000 bytes; few take as many as this.
const maxRequest = 16 << 10

// Request returns the absolute address by which a link is requested: ref resolved
// against base (which may be ""), percent-encoded where needed, with its host in ASCII
// and without a user. Unlike Canonical it keeps the fragment and all parameters. A
// link that begins with "www." is taken for a host whose scheme was forgotten, not for
// a relative path. Request returns "" and false for a link that is empty, longer than
// 16 KiB, or no http or https address.
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

// Join resolves the link ref against the address base (RFC 3986 section 5). It returns
// ref as it is if base is "" or cannot be parsed, and base if ref cannot be parsed.
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
