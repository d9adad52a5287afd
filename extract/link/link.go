// Package link reads the addresses in pages. It resolves them and tells their site
// (link.go), writes them in one canonical form (canonical.go), decides by which of
// several addresses a page is known (facts.go), and prepares them to be requested
// (request.go).
//
// Most links of a page are plain: they hold nothing that has to be written in another
// way. For speed these are put together as strings, with the result that net/url
// would give.
package link

import (
	"net/url"
	"strings"

	"dateline/internal/text"

	"golang.org/x/net/publicsuffix"
)

// Site returns the registrable domain of an address: "bbc.co.uk", by the Public Suffix
// List (publicsuffix.org). For a host that is an IP address or itself a public suffix
// it is the host; it is "" if address has no host.
func Site(address string) string {
	host, ok := hostOf(strings.TrimSpace(address))
	if !ok {
		return ""
	}
	host = text.Lower(strings.TrimSuffix(host, "."))
	if host == "" || strings.Contains(host, ":") || strings.Trim(host, "0123456789.") == "" {
		return host
	}
	if host[0] == '.' || strings.HasSuffix(host, ".") || strings.Contains(host, "..") {
		return host
	}
	suffix, _ := publicsuffix.PublicSuffix(host)
	dot := len(host) - len(suffix) - 1 // offset of the dot before the suffix
	if dot < 0 || host[dot] != '.' {
		return host
	}
	return host[strings.LastIndexByte(host[:dot], '.')+1:]
}

// hostOf returns the host of an address, without its port; ok is false if the address
// cannot be parsed.
func hostOf(address string) (host string, ok bool) {
	if plainAddress(address) {
		start := strings.Index(address, "//") + len("//")
		return address[start:hostEnd(address)], true
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	return u.Hostname(), true
}

// Resolve returns ref, a link of a page, as an absolute http or https address; base
// is the address that relative links start from. It returns "" for a link of another
// scheme, one of more than 4096 bytes, one that cannot be parsed, and a relative one
// if base is not absolute. "//host/path" gets the scheme https if base has none.
func Resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "data:") || strings.HasPrefix(ref, "javascript:") || len(ref) > 4096 {
		return ""
	}
	if plainAddress(ref) {
		return ref
	}
	if abs := resolvePlain(base, ref); abs != "" {
		return abs
	}
	r, err := url.Parse(ref)
	if err != nil {
		if r, err = url.Parse(strings.ReplaceAll(ref, " ", "%20")); err != nil {
			return ""
		}
	}
	if !r.IsAbs() {
		b, err := url.Parse(base)
		if err != nil || !b.IsAbs() {
			if r.Host != "" {
				r.Scheme = "https"
				return r.String()
			}
			return ""
		}
		r = b.ResolveReference(r)
	}
	if r.Scheme != "http" && r.Scheme != "https" {
		return ""
	}
	return r.String()
}

// resolvePlain returns what Resolve does for a base and a ref that are both plain, and
// "" if they are not.
func resolvePlain(base, ref string) string {
	up, all := 0, ref
	for relative := true; relative; {
		if ref, relative = strings.CutPrefix(ref, "../"); relative {
			up++
		} else {
			ref, relative = strings.CutPrefix(ref, "./")
		}
	}
	if ref == "" || ref[0] == '/' && ref != all || !plainPath(ref) || !plainAddress(base) {
		return ""
	}
	path := Path(base)
	if path == "" {
		return ""
	}
	site := base[:len(base)-len(path)]
	switch {
	case strings.HasPrefix(ref, "//"):
		scheme, _, _ := strings.Cut(base, "//")
		if abs := text.Join(scheme, ref); plainAddress(abs) {
			return abs
		}
	case ref[0] == '/':
		return text.Join(site, ref)
	case text.Alnum(ref[0]) && !strings.Contains(ref, ":") && !strings.Contains(ref, "//"):
		if end := strings.IndexAny(path, "?#"); end >= 0 {
			path = path[:end]
		}
		if strings.Contains(path, "//") {
			return ""
		}
		path = path[:strings.LastIndexByte(path, '/')+1]
		for ; up > 0 && path != "/"; up-- {
			path = path[:strings.LastIndexByte(path[:len(path)-1], '/')+1]
		}
		return text.Join(site, path, ref)
	}
	return ""
}

// plainAddress reports whether an address is absolute, by http or https, and holds
// nothing that net/url would write in another way.
func plainAddress(s string) bool {
	n := hostEnd(s)
	return n > 0 && (n == len(s) || strings.IndexByte("/?#", s[n]) >= 0) && plainPath(s[n:])
}

// Path returns the path of an absolute http or https address with the query and the
// fragment behind it: "/a?b#c". It returns "" if there is no path, and if the host is
// followed by a port, has a user before it, or is not of ASCII letters, digits,
// hyphens and dots.
func Path(s string) string {
	if n := hostEnd(s); n > 0 && n < len(s) && s[n] == '/' {
		return s[n:]
	}
	return ""
}

// hostEnd returns the offset at which the host of an absolute http or https address
// ends, as far as the host is of ASCII letters, digits, hyphens and dots; 0 if there is none.
func hostEnd(s string) int {
	start := len("https://")
	if !strings.HasPrefix(s, "https://") {
		if start = len("http://"); !strings.HasPrefix(s, "http://") {
			return 0
		}
	}
	n := start
	for n < len(s) && (text.Alnum(s[n]) && s[n] < 0x80 || s[n] == '-' || s[n] == '.') {
		n++
	}
	if n == start {
		return 0
	}
	return n
}

// Host returns the host of an address for which Path is not "", and "" for all others.
func Host(s string) string {
	path := Path(s)
	if path == "" {
		return ""
	}
	host := s[:len(s)-len(path)]
	return host[strings.LastIndexByte(host, '/')+1:]
}

// plainPath reports whether a path, with the query and fragment behind it, holds
// nothing that net/url would write in another way and no segment that begins with a
// dot, as "..".
func plainPath(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
		case c == '#' && i+1 < len(s) && strings.IndexByte(s[i+1:], '#') < 0:
		case (!text.Alnum(c) || c >= 0x80) && strings.IndexByte("-._~/?=&,+:@!$'()*;", c) < 0, c == '/' && i+1 < len(s) && s[i+1] == '.':
			return false
		}
	}
	return true
}

// isHex reports whether c is a hexadecimal digit.
func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
