package feed

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// maxAddress is the longest address that is kept, in bytes. Servers refuse
// requests with longer ones (RFC 9110 section 4.1 asks for 8,000).
const maxAddress = 16 << 10

// join resolves an address against another, which may be empty.
func join(base, ref string) string {
	if base == "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	r, err := url.Parse(escape(ref))
	if err != nil {
		return base
	}
	return b.ResolveReference(r).String()
}

// resolve makes an address absolute, as it would be requested: white space
// at its ends and line breaks within it gone (WHATWG URL section 4.4),
// letters outside ASCII encoded, names of hosts in ASCII. It reports false
// for what cannot be asked for by HTTP. "www." without a scheme is a host
// that lost its scheme and not a folder beside the feed.
func resolve(base, ref string) (string, bool) {
	ref = escape(ref)
	if ref == "" || len(ref) > maxAddress {
		return "", false
	}
	if len(ref) > 4 && strings.EqualFold(ref[:4], "www.") {
		scheme, _, found := strings.Cut(base, ":")
		if !found {
			scheme = "https"
		}
		ref = scheme + "://" + ref
	}
	if !isHTTP(ref) {
		ref = join(base, ref)
	}
	u, err := url.Parse(ref)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return "", false
	}
	host, err := idna.Lookup.ToASCII(strings.ToLower(u.Hostname()))
	if _, isIP := netip.ParseAddr(u.Hostname()); isIP != nil {
		if err != nil || strings.ContainsAny(host, " %<>\"") {
			return "", false
		}
		if port := u.Port(); port != "" {
			host += ":" + port
		}
		u.Host = host
	}
	u.User = nil
	return u.String(), true
}

// escape writes an address in the letters that may stand in one.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	s = strings.TrimSpace(s)
	if !strings.ContainsFunc(s, func(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune("\"<>\\^`{|}%", c) }) {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n' || c == '\r' || c == '\t':
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0,
			c == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])):
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	// The name of a host is not percent-encoded.
	if out := b.String(); strings.Contains(out, "//") {
		return unescapeHost(out)
	}
	return b.String()
}

// unescapeHost gives the host of an address its letters back.
func unescapeHost(s string) string {
	i := strings.Index(s, "//")
	if strings.ContainsAny(s[:i], "/?#") {
		return s
	}
	rest := s[i+2:]
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	if host, err := url.PathUnescape(rest[:end]); err == nil {
		return s[:i+2] + host + rest[end:]
	}
	return s
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// isHTTP reports whether a text is an absolute address.
func isHTTP(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// isForeign reports whether an address leads to another site than another
// one: another registrable domain by the public suffix list.
func isForeign(link, from string) bool {
	a, b := site(link), site(from)
	return a != "" && b != "" && a != b
}

// site is the registrable domain of an address, its host if it has none.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimSuffix(u.Hostname(), ".")
	if s, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return s
	}
	return host
}
