package link

import (
	"net/netip"
	"net/url"
	"strings"

	"dateline/internal/text"

	"golang.org/x/net/idna"
)

// Canonical returns the address an article is known by: absolute, in the one
// form that RFC 3986 section 6.2.2 gives it (host in lower case and ASCII, no
// default port, no dot segments, no needless percent-encoding), without
// fragment, user, session or tracking parameters, and out of the wrapping of
// an AMP cache or a redirector. It is "" for what is no http or https address.
// Canonical(Canonical(u)) == Canonical(u).
func Canonical(address string) string {
	address = unwrap(address)
	u, host, ok := parse(address)
	if !ok {
		return ""
	}
	path := withoutSession(removeDots(Octets(u.EscapedPath())))
	if path == "" {
		path = "/"
	}
	out := u.Scheme + "://" + host + path
	if query := withoutTracking(Octets(u.RawQuery)); query != "" {
		out += "?" + query
	}
	return out
}

// parse parses an absolute http or https address as pages write it and gives
// its host in the form of Canonical.
func parse(address string) (u *url.URL, host string, ok bool) {
	u, err := url.Parse(escape(address))
	if err != nil || u.Host == "" || u.Opaque != "" {
		return nil, "", false
	}
	u.Scheme = text.Lower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, "", false
	}
	if host = canonicalHost(u); host == "" {
		return nil, "", false
	}
	return u, host, true
}

// parseIP returns the IP address that a host is, if it is one. A name costs nothing.
func parseIP(host string) (ip netip.Addr, ok bool) {
	if last := len(host) - 1; last < 0 || (host[last] < '0' || host[last] > '9') && !strings.Contains(host, ":") {
		return ip, false
	}
	ip, err := netip.ParseAddr(host)
	return ip, err == nil
}

// canonicalHost is the host of an address in lower case and ASCII (RFC 5891), with
// its port unless that is the default; "" if it is none.
func canonicalHost(u *url.URL) string {
	name := text.Lower(strings.TrimRight(u.Hostname(), "."))
	if ip, ok := parseIP(name); ok && ip.Is6() {
		name = "[" + ip.String() + "]"
	} else if !isASCII(name) {
		ascii, err := idna.Lookup.ToASCII(name)
		if err != nil {
			return ""
		}
		name = ascii
	}
	if name == "" || strings.ContainsAny(name, " %<>\"'`^{}|\\/?#@") {
		return ""
	}
	port := u.Port()
	if port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		return name
	}
	return name + ":" + port
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// escape writes an address in the letters that may stand in one: white space
// at its ends and line breaks within it are dropped (WHATWG URL section 4.4),
// what may not stand in an address behind its host is percent-encoded, and so
// is a percent sign that begins no octet.
func escape(s string) string {
	s = strings.TrimSpace(s)
	if plainPath(s) {
		return s
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	end := len(s) // of the authority, whose letters are not percent-encoded
	if i := strings.Index(s, "//"); i < 0 || strings.ContainsAny(s[:i], "/?#") {
		end = 0
	} else if j := strings.IndexAny(s[i+2:], "/?#"); j >= 0 {
		end = i + 2 + j
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n' || c == '\r' || c == '\t':
		case i >= end && (c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 || c == '%' && !octet(s[i:])):
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// octet reports whether a percent-encoded octet stands at the beginning.
func octet(s string) bool { return len(s) > 2 && s[0] == '%' && isHex(s[1]) && isHex(s[2]) }

// Octets writes percent-encoded octets in one form: those of unreserved
// characters as the characters, the others with digits in upper case (RFC
// 3986 sections 2.3 and 6.2.2). Others may mean something else encoded than
// not: %2F is no slash.
func Octets(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if !octet(s[i:]) {
			b.WriteByte(s[i])
			continue
		}
		c := unhex(s[i+1])<<4 | unhex(s[i+2])
		if text.Alnum(c) && c < 0x80 || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString(strings.ToUpper(s[i : i+3]))
		}
		i += 2
	}
	return b.String()
}

// unhex is the value of a hex digit.
func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// removeDots takes the steps "." and ".." out of a path (RFC 3986 section
// 5.2.4). Empty segments stay: //a is another path than /a.
func removeDots(path string) string {
	if !strings.Contains(path, "/.") {
		return path
	}
	var out []string
	parts := strings.Split(path, "/")
	for i, part := range parts {
		last := i == len(parts)-1
		switch part {
		case ".":
			if last {
				out = append(out, "")
			}
		case "..":
			if len(out) > 1 {
				out = out[:len(out)-1]
			}
			if last {
				out = append(out, "")
			}
		default:
			out = append(out, part)
		}
	}
	return strings.Join(out, "/")
}

// withoutSession takes the session out of a path: ";jsessionid=…" (Servlet
// specification section 7.1.3).
func withoutSession(path string) string {
	i := strings.Index(text.Lower(path), ";jsessionid=")
	if i < 0 {
		return path
	}
	end := i + 1
	for end < len(path) && path[end] != ';' && path[end] != '/' {
		end++
	}
	return withoutSession(path[:i] + path[end:])
}

// tracking names the query parameters that say where a reader came from, and
// those that hold the reader's session.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "gclsrc": true, "dclid": true, "gbraid": true, "wbraid": true, "msclkid": true, "yclid": true,
	"twclid": true, "ttclid": true, "li_fat_id": true, "igshid": true, "igsh": true, "mc_cid": true, "mc_eid": true, "mkt_tok": true, "_ga": true, "_gl": true,
	"cmpid": true, "cmp": true, "ito": true, "ncid": true, "smid": true, "smtyp": true, "xtor": true, "wt_mc": true, "wt.mc": true,
	"wt.mc_id": true, "wt_zmc": true, "ref_src": true, "ref_url": true, "__twitter_impression": true, "guccounter": true,
	"s_cid": true, "sr_share": true, "spm": true, "ns_mchannel": true, "ns_source": true, "ns_campaign": true, "ns_linkname": true,
	"ns_fee": true, "traffic_source": true, "at_medium": true, "at_campaign": true, "at_custom1": true, "at_custom2": true, "at_custom3": true,
	"at_custom4": true, "oly_anon_id": true, "oly_enc_id": true, "vero_id": true, "_hsenc": true, "_hsmi": true, "hsctatracking": true,
	"rss_id": true, "feedtype": true, "feedname": true, "sfnsn": true, "srsltid": true, "mbid": true, "kwp_0": true, "outputtype": true,
	"trk": true, "trkcampaign": true, "epik": true, "rdt_cid": true, "mtm_source": true, "mtm_medium": true, "mtm_campaign": true, "pk_campaign": true, "pk_source": true, "pk_medium": true,
	"phpsessid": true, "jsessionid": true, "aspsessionid": true, "cfid": true, "cftoken": true, "sessionid": true,
}

// campaigns are values by which a parameter of a general name ("ref", "from")
// tells where a reader came from; with others it may tell the article.
var campaigns = map[string]bool{
	"rss": true, "rssfeed": true, "feed": true, "atom": true, "twitter": true, "facebook": true, "fb": true, "newsletter": true, "email": true, "social": true,
	"share": true, "whatsapp": true, "homepage": true, "home": true, "google": true, "googlenews": true,
}

// withoutTracking returns a query without its tracking parameters, the others
// as they stand.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	// Twitter's share button adds s and t, which mean other things elsewhere.
	shared := strings.Contains(text.Lower(query), "__twitter_impression=")
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		pair = strings.TrimSpace(pair)
		name, value, _ := strings.Cut(pair, "=")
		if name = text.Lower(name); pair == "" || tracking[name] || strings.HasPrefix(name, "utm_") || strings.HasPrefix(name, "guce_") || shared && (name == "s" || name == "t") {
			continue
		}
		if (name == "ref" || name == "source" || name == "from" || name == "src") && campaigns[text.Lower(value)] {
			continue
		}
		kept = append(kept, pair)
	}
	return strings.Join(kept, "&")
}

// unwrap takes an address out of another one that only leads to it: the
// caches of AMP, whose paths are the address without its scheme
// (developers.google.com/amp/cache), and redirectors that have it in a
// parameter.
func unwrap(address string) string {
	for range 4 { // a wrapping in a wrapping is seen, ten are not
		inner := unwrapOnce(address)
		if inner == "" {
			return address
		}
		address = inner
	}
	return address
}

func unwrapOnce(address string) string {
	u, host, ok := parse(address)
	if !ok {
		return ""
	}
	path := u.EscapedPath()
	switch {
	case strings.HasSuffix(host, ".cdn.ampproject.org") || strings.HasSuffix(host, ".bing-amp.com"):
		for _, kind := range [...]string{"/c/", "/v/", "/a/"} {
			if rest, ok := strings.CutPrefix(path, kind); ok {
				return fromCache(rest, u.RawQuery)
			}
		}
	case isGoogle(host) && strings.HasPrefix(path, "/amp/"):
		return fromCache(path[len("/amp/"):], u.RawQuery)
	case isGoogle(host) && path == "/url", host == "l.facebook.com" && path == "/l.php", host == "lm.facebook.com" && path == "/l.php":
		for _, name := range [...]string{"url", "q", "u"} {
			if inner := u.Query().Get(name); Absolute(inner) {
				return inner
			}
		}
	}
	return ""
}

// isGoogle reports whether a host is Google's front page of some country.
func isGoogle(host string) bool {
	host = strings.TrimPrefix(host, "www.")
	return strings.HasPrefix(host, "google.") && strings.Count(host, ".") <= 2
}

// fromCache is the address that the path of an AMP cache holds: "s/" before it
// stands for https.
func fromCache(rest, query string) string {
	scheme := "http://"
	if secure, ok := strings.CutPrefix(rest, "s/"); ok {
		scheme, rest = "https://", secure
	}
	if !strings.Contains(rest, ".") {
		return ""
	}
	if query != "" {
		rest += "?" + query
	}
	return scheme + rest
}

// Absolute reports whether a text begins as an http or https address does, in
// any case.
func Absolute(s string) bool {
	for _, scheme := range [...]string{"http://", "https://"} {
		if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}
