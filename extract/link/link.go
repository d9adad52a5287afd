// Package link reads addresses as pages print them: resolved, canonical, and the
// site they are of. Most links of a page need no parser of URLs; those that are
// plain are put together as strings, and give what net/url would.
package link

import (
	"net/url"
	"strings"

	"dateline/internal/text"

	"golang.org/x/net/publicsuffix"
)

// Site returns the registrable domain of an address: "bbc.co.uk". For an
// address by number, or a host that is itself a public suffix, it is the host.
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
	dot := len(host) - len(suffix) - 1 // before the suffix
	if dot < 0 || host[dot] != '.' {
		return host
	}
	return host[strings.LastIndexByte(host[:dot], '.')+1:]
}

// hostOf returns the host of an address, without its port; ok is false if it is no
// address. Addresses that are plain, as most are, need no parser.
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

// Resolve returns ref as an absolute address, or "" if it cannot be one.
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

// resolvePlain is resolve where nothing has to be written in another way, or "".
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

// plainAddress reports whether an address is absolute and holds nothing that
// would be written in another way.
func plainAddress(s string) bool {
	n := hostEnd(s)
	return n > 0 && (n == len(s) || strings.IndexByte("/?#", s[n]) >= 0) && plainPath(s[n:])
}

// Path returns the path, and what follows it, of an absolute address whose
// host is a plain name; "" of all others, and if the address has no path.
func Path(s string) string {
	if n := hostEnd(s); n > 0 && n < len(s) && s[n] == '/' {
		return s[n:]
	}
	return ""
}

// hostEnd returns where the host of an absolute address ends, if it is a plain
// name, else 0.
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

// Host returns the host of an address that has a path of Path, else "".
func Host(s string) string {
	path := Path(s)
	if path == "" {
		return ""
	}
	host := s[:len(s)-len(path)]
	return host[strings.LastIndexByte(host, '/')+1:]
}

// plainPath reports whether a path holds nothing that would be written in
// another way, and no steps up.
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

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }
