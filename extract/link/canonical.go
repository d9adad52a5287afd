package link

import (
	"net/netip"
	"net/url"
	"strings"

	"dateline/internal/text"

	"golang.org/x/net/idna"
)

// Canonical returns an address in the one form by which articles are compared. It is
// normalized after RFC 3986 section 6.2 (host in lower case and ASCII, no default
// port, no dot segments, no needless percent-encoding) and has no fragment, user,
// session or tracking parameters. If the address is that of an AMP cache or a
// redirector, the result is the address of the page that it leads to. It is "" for
// what is no http or https address. The canonical form of a canonical address is
// that address itself, unless more than four redirectors were wrapped in each other.
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

// parse parses an absolute http or https address as pages write it. host is its host,
// with a port that is not the default, in the form that Canonical gives it; ok is
// false if it is no such address.
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

// parseIP returns the IP address that a host is; ok is false if it is a name. Names
// are told by their first and last byte, without the cost of parsing them.
func parseIP(host string) (ip netip.Addr, ok bool) {
	if last := len(host) - 1; last < 0 || !(isDigit(host[0]) && isDigit(host[last])) && !strings.Contains(host, ":") {
		return ip, false
	}
	ip, err := netip.ParseAddr(host)
	return ip, err == nil
}

// canonicalHost returns the host of an address in lower case and ASCII (RFC 5891),
// with its port unless that is the default of the scheme; "" if the host is not valid.
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
	port := strings.TrimLeft(u.Port(), "0")
	if port == "" || port == "80" && u.Scheme == "http" || port == "443" && u.Scheme == "https" {
		return name
	}
	return name + ":" + port
}

// isASCII reports whether s has only ASCII characters.
func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// escape writes an address in the characters that may stand in one, as browsers do
// (WHATWG URL Standard section 4.4). White space at its ends, and tabs and line
// breaks within it, are dropped. Behind the host, other characters that may not stand
// in an address are percent-encoded, and so is a percent sign without two digits. A
// backslash before the query stands for a slash.
func escape(s string) string {
	s = strings.TrimSpace(s)
	if plainPath(s) {
		return s
	}
	if Absolute(strings.Replace(s, `:\\`, "://", 1)) && strings.Contains(s, `\`) {
		n := len(s)
		if i := strings.IndexAny(s, "?#"); i >= 0 {
			n = i
		}
		s = strings.ReplaceAll(s[:n], `\`, "/") + s[n:]
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	end := len(s) // where the authority (user, host and port) ends, which is not percent-encoded
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

// octet reports whether s begins with a percent-encoded byte, as "%2F".
func octet(s string) bool { return len(s) > 2 && s[0] == '%' && isHex(s[1]) && isHex(s[2]) }

// Octets writes the percent-encoded bytes of a path or a query in one form (RFC 3986
// sections 2.3 and 6.2.2). Those of unreserved characters (letters, digits, "-", ".",
// "_", "~") are decoded. The others stay encoded, with digits in upper case, since
// they may mean something else when decoded: %2F does not separate segments as "/" does.
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

// unhex returns the value, 0 to 15, of a hexadecimal digit.
func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// removeDots resolves the segments "." and ".." of an absolute path (RFC 3986 section
// 5.2.4). Empty segments stay, since //a and /a are different paths.
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

// withoutSession returns a path without the number of a session: the parameters
// ";jsessionid=…" of Java servers (Servlet specification section 7.1.3) and
// ";phpsessid=…", and the segment "(S(…))" of ASP.NET.
func withoutSession(path string) string {
	if !strings.ContainsAny(path, ";(") {
		return path
	}
	lower := text.Lower(path)
	for _, name := range [...]string{";jsessionid=", ";phpsessid=", ";sessionid="} {
		i := strings.Index(lower, name)
		if i < 0 {
			continue
		}
		end := i + 1
		for end < len(path) && path[end] != ';' && path[end] != '/' {
			end++
		}
		return withoutSession(path[:i] + path[end:])
	}
	if i := strings.Index(path, "/(S("); i >= 0 {
		const digits = 24 // of a session of ASP.NET
		if end := i + len("/(S(") + digits; end+2 <= len(path) && path[end:end+2] == "))" && strings.Trim(lower[i+len("/(S("):end], "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
			return withoutSession(path[:i] + path[end+2:])
		}
	}
	return path
}

// tracking has the names, in lower case, of query parameters that say where a reader
// came from or hold the reader's session. They do not tell which article is meant.
// They are those that the makers of programs for advertising, newsletters and audience
// measurement document.
var tracking = set(`
	fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mibextid fref fb_action_ids fb_action_types fb_source fb_ref
	action_object_map action_type_map action_ref_map sfnsn epik rdt_cid zanpid irclickid rb_clickid wickedid tblci oborigurl ef_id s_kwcid mkwid pcrid srsltid
	mc_cid mc_eid mkt_tok _ga _gl ga_source ga_medium ga_term ga_content ga_campaign _openstat _branch_match_id
	cmpid cmp ito ncid icid ocid emc smid smtyp smprod smvar taid sr_share soc_src soc_trk ref_src ref_url __twitter_impression guccounter s_cid spm
	ns_mchannel ns_source ns_campaign ns_linkname ns_fee traffic_source xtor xtref xts
	oly_anon_id oly_enc_id vero_id vero_conv _hsenc _hsmi __hstc __hssc __hsfp hsctatracking _kx __s dm_i _bta_tid _bta_c ml_subscriber ml_subscriber_hash
	elq elqtrackid elqcampaignid elqtrack elqaid elqat elqak nr_email_referer sc_src sc_lid sc_uid sc_llid
	rss_id feedtype feedname mbid kwp_0 outputtype trk trkcampaign hmb_campaign hmb_medium hmb_source
	amp_js_v amp_gsa usqp ampshare amp_tf amp_ct aoh
	phpsessid jsessionid aspsessionid cfid cftoken sessionid`)

// trackingPrefixes are what the names of tracking parameters begin with: those of
// Google Analytics, Yahoo's consent, AT Internet, Matomo and Piwik, HubSpot's
// advertisements, internal campaigns, Google Ads, Webtrends and Cloudflare, and the
// sessions of classic ASP.
var trackingPrefixes = [...]string{"utm_", "guce_", "at_", "mtm_", "matomo_", "pk_", "piwik_", "hsa_", "itm_", "gad_", "wt.", "wt_", "__cf_chl", "aspsessionid"}

// set is the set of the words of s.
func set(s string) map[string]bool {
	all := map[string]bool{}
	for _, word := range strings.Fields(s) {
		all[word] = true
	}
	return all
}

// tracks reports whether a parameter, by its name in lower case, is of tracking.
func tracks(name string) bool {
	name = strings.TrimPrefix(name, "amp;") // of an "&amp;" that was escaped twice
	if tracking[name] {
		return true
	}
	for _, prefix := range trackingPrefixes {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// campaigns are values, in lower case, with which a parameter of a general name
// ("ref", "source", "from", "src", "partner") says where a reader came from. With another value
// such a parameter may tell which article is meant, and is kept.
var campaigns = map[string]bool{
	"rss": true, "rssfeed": true, "feed": true, "atom": true, "twitter": true, "facebook": true, "fb": true, "newsletter": true, "email": true, "social": true,
	"share": true, "whatsapp": true, "homepage": true, "home": true, "google": true, "googlenews": true,
}

// withoutTracking returns a query without its tracking parameters. The other
// parameters stay as they are and in their order.
func withoutTracking(query string) string {
	if query == "" {
		return ""
	}
	// Addresses shared on Twitter have the parameters s and t as well, which are
	// dropped only here, since elsewhere they may tell which article is meant.
	shared := strings.Contains(text.Lower(query), "__twitter_impression=")
	var kept []string
	for _, pair := range strings.Split(query, "&") {
		pair = strings.TrimSpace(pair)
		name, value, _ := strings.Cut(pair, "=")
		if name = text.Lower(name); pair == "" || tracks(name) || shared && (name == "s" || name == "t") {
			continue
		}
		if (name == "ref" || name == "source" || name == "from" || name == "src" || name == "partner") && campaigns[text.Lower(value)] {
			continue
		}
		kept = append(kept, pair)
	}
	return strings.Join(kept, "&")
}

// unwrap returns the address that another one only leads to. It knows AMP caches,
// whose paths have the address without its scheme (developers.google.com/amp/cache),
// and redirectors of Google and Facebook, which have it in a parameter. Any other
// address is returned as it is.
func unwrap(address string) string {
	for range 4 { // a redirector may lead to another one; more than four in a row are not followed
		inner := unwrapOnce(address)
		if inner == "" {
			return address
		}
		address = inner
	}
	return address
}

// unwrapOnce returns the address that another one leads to directly, "" if address is
// no AMP cache or redirector.
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

// isGoogle reports whether a host is that of Google's search in some country, as
// "www.google.com" or "google.co.uk".
func isGoogle(host string) bool {
	host = strings.TrimPrefix(host, "www.")
	return strings.HasPrefix(host, "google.") && strings.Count(host, ".") <= 2
}

// fromCache returns the address in the path of an AMP cache, with the given query; ""
// if there is none. rest is the path behind the part that tells the kind of cache; an
// "s/" at its beginning stands for https, else the scheme is http.
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

// Absolute reports whether s begins with "http://" or "https://", in upper or lower case.
func Absolute(s string) bool {
	for _, scheme := range [...]string{"http://", "https://"} {
		if len(s) >= len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
