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

// Canonical returns the address an article is known by: absolute, no fragment,
// no tracking parameters, host in lower case without a default port. It is "" for
// what is no http or https address. Canonical(Canonical(u)) == Canonical(u).
func Canonical(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Opaque != "" {
		return ""
	}
	u.Scheme = text.Lower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Host = text.Lower(u.Host)
	if port := u.Port(); port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" || port == "" {
		u.Host = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(u.Host, port), ":"), ".")
	}
	if u.Host == "" {
		return ""
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = withoutTracking(u.RawQuery)
	u.ForceQuery = false
	return u.String()
}

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

// tracking names the query parameters that say where a reader came from.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true, "yclid": true,
	"twclid": true, "ttclid": true, "igshid": true, "igsh": true, "mc_cid": true, "mc_eid": true, "mkt_tok": true, "_ga": true, "_gl": true,
	"cmpid": true, "cmp": true, "ito": true, "ncid": true, "smid": true, "smtyp": true, "xtor": true, "wt_mc": true, "wt.mc": true,
	"wt.mc_id": true, "wt_zmc": true, "ref_src": true, "ref_url": true, "__twitter_impression": true, "guccounter": true,
	"s_cid": true, "sr_share": true, "spm": true, "ns_mchannel": true, "ns_source": true, "ns_campaign": true, "ns_linkname": true,
	"ns_fee": true, "traffic_source": true, "at_medium": true, "at_campaign": true, "at_custom1": true, "at_custom2": true, "at_custom3": true,
	"at_custom4": true, "oly_anon_id": true, "oly_enc_id": true, "vero_id": true, "_hsenc": true, "_hsmi": true, "hsctatracking": true,
	"rss_id": true, "feedtype": true, "feedname": true, "sfnsn": true, "srsltid": true, "mbid": true, "kwp_0": true, "outputtype": true,
}

// withoutTracking returns a query without its tracking parameters, the others
// as they stand.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		pair = strings.TrimSpace(pair)
		name, value, _ := strings.Cut(pair, "=")
		if name = text.Lower(name); pair == "" || tracking[name] || strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "guce_") {
			continue
		}
		if name == "ref" || name == "source" || name == "from" || name == "src" {
			switch text.Lower(value) {
			case "rss", "rssfeed", "feed", "atom", "twitter", "facebook", "fb", "newsletter", "email", "social", "share", "whatsapp", "homepage", "home", "google", "googlenews":
				continue
			}
		}
		kept = append(kept, pair)
	}
	return strings.Join(kept, "&")
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

// Believable reports whether a page at address may name canonical as its own:
// the front page and the page of another site are not the article.
func Believable(canonical, address string) bool {
	c, err := url.Parse(canonical)
	if err != nil || c.Host == "" {
		return false
	}
	a, err := url.Parse(address)
	if err != nil || a.Host == "" {
		return true
	}
	front := func(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }
	if front(c) && !front(a) {
		return false
	}
	return c.Host == a.Host || Site(canonical) == Site(address) || lastSegment(c.Path) != "" && lastSegment(c.Path) == lastSegment(a.Path)
}

// lastSegment returns the last part of a path if it is long enough to name one article.
func lastSegment(path string) string {
	path = strings.TrimRight(path, "/")
	s := path[strings.LastIndexByte(path, '/')+1:]
	if len(s) < 12 {
		return ""
	}
	return s
}
