package link

import (
	"net/url"
	"slices"
	"strings"

	"dateline/internal/text"
)

// Facts are the other addresses that a page has or gives for itself, besides the one
// that was requested. The zero value says that none is known.
type Facts struct {
	Redirects []string `json:"redirects,omitempty"` // where redirects led, in order; the last address gave the page
	Base      string   `json:"base,omitempty"`      // href of <base>, "" if there is none
	Links     []string `json:"link,omitempty"`      // href of each rel=canonical, in order
	OG        string   `json:"og,omitempty"`        // og:url
	JSONLD    string   `json:"jsonld,omitempty"`    // of the article in JSON-LD: mainEntityOfPage, or url
}

// Known returns the address, in the form of [Canonical], by which the page requested
// at address is known, and the way it was found. The page's rel=canonical comes first
// ("link:canonical"), then og:url ("meta:og:url"), then JSON-LD ("jsonld:url"); each
// counts only if it is [Believable], and the last two only if they name the same page.
// Otherwise it is the address where redirects led, or the one that was requested
// ("url"). A redirect to a front page, a consent wall or a login does not count. Both
// results are "" if no http or https address is known.
func Known(address string, f Facts) (canonical, way string) {
	own := Canonical(address)
	for _, to := range slices.Backward(f.Redirects) {
		if u := Canonical(to); u != "" && !detour(u, own) {
			own = u
			break
		}
	}
	base := own
	if b := Resolve(own, f.Base); f.Base != "" && b != "" {
		base = b
	}
	if u := linked(f.Links, base, own); u != "" {
		return u, "link:canonical"
	}
	// og:url and JSON-LD often name a section, or the page that a link was shared
	// from, so that they have to name the same page.
	for _, c := range [...]struct{ address, way string }{{f.OG, "meta:og:url"}, {f.JSONLD, "jsonld:url"}} {
		if u := believed(c.address, base, own); u != "" && samePage(u, own) {
			return u, c.way
		}
	}
	if own == "" {
		return "", ""
	}
	return own, "url"
}

// linked returns what the rel=canonical links of a page name, in canonical form, "" if
// nothing believable. Of several that name different pages, which search engines ignore
// (RFC 6596 allows one), the one counts that names the page itself.
func linked(links []string, base, own string) (first string) {
	several := false
	for _, c := range links {
		u := believed(c, base, own)
		switch {
		case u == "":
		case first == "":
			first = u
		case u != first:
			several = true
		}
	}
	if !several {
		return first
	}
	for _, c := range links {
		if u := believed(c, base, own); u != "" && samePage(u, own) {
			return u
		}
	}
	return ""
}

// believed returns the canonical form of the address ref that a page gives for itself,
// "" if that is not believable. base resolves a relative ref; own is the canonical
// address at which the page was found.
func believed(ref, base, own string) string {
	abs := Resolve(base, ref)
	if abs == "" || !Believable(abs, own) {
		return ""
	}
	return Canonical(abs)
}

// Believable reports whether canonical, an absolute address that the page at address
// gives for itself, may be its own. Not believable are the front page, the section
// above the article, a host of the publisher's inner network, a value such as
// "undefined" that a faulty template printed, and an address of another site, unless
// its last path segment is long and the same. If address is not absolute, nothing is
// compared with it, and only inner hosts and faulty templates are not believable.
func Believable(canonical, address string) bool {
	c, err := url.Parse(canonical)
	if err != nil || c.Host == "" || isInner(c.Hostname()) || placeholder(c.Path) {
		return false
	}
	a, err := url.Parse(address)
	if err != nil || a.Host == "" {
		return true
	}
	if front(c) && !front(a) || isAbove(c, a) {
		return false
	}
	return c.Host == a.Host || Site(canonical) == Site(address) || lastSegment(c.Path) != "" && lastSegment(c.Path) == lastSegment(a.Path)
}

// front reports whether an address is that of a site's front page: one without a path,
// or with that of a server's usual first page, and without a query that could name
// another page.
func front(u *url.URL) bool {
	switch text.Lower(strings.Trim(u.Path, "/")) {
	case "", "index.html", "index.htm", "index.php", "index.asp", "index.aspx", "default.asp", "default.aspx", "home", "home.html":
		return withoutTracking(u.RawQuery) == ""
	}
	return false
}

// views are path segments, in lower case, that tell how an article is shown and not
// which article it is.
var views = map[string]bool{
	"amp": true, "amp.html": true, "print": true, "print.html": true, "full": true, "all": true, "singlepage": true, "index.html": true, "index.htm": true, "index.php": true,
	"comments": true, "gallery": true, "photo": true, "photos": true, "video": true, "share": true, "mobile": true,
}

// isAbove reports whether c is the address of a section that holds the page a: whether
// the path of c is the beginning of the path of a. It is false if all further segments
// only say how or in which part the page is shown (views, page numbers), and if c
// ends with a segment that is long enough to name an article.
func isAbove(c, a *url.URL) bool {
	above, below := strings.TrimRight(c.Path, "/"), strings.TrimRight(a.Path, "/")
	rest, ok := strings.CutPrefix(below, above+"/")
	if !ok || above == "" || c.RawQuery != "" || lastSegment(above) != "" {
		return false
	}
	for part := range strings.SplitSeq(rest, "/") {
		if !views[text.Lower(part)] && strings.Trim(part, "0123456789") != "" && part != "page" && part != "seite" {
			return true
		}
	}
	return false
}

// isInner reports whether a host is in a private network and cannot be reached from
// outside: a private IP address, or a name such as "localhost" or "cms.internal".
func isInner(host string) bool {
	host = text.Lower(strings.Trim(host, "[]."))
	if ip, ok := parseIP(host); ok {
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsUnspecified() || ip.IsLinkLocalUnicast()
	}
	return host == "localhost" || !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal")
}

// placeholder reports whether the last segment of a path is what a template prints for
// a value that is missing, as "undefined", or what it should have replaced, as "{{url}}".
func placeholder(path string) bool {
	if strings.Contains(path, "{{") || strings.Contains(path, "${") || strings.Contains(path, "<%") || strings.Contains(path, "[%") {
		return true
	}
	switch text.Lower(path[strings.LastIndexByte(path, '/')+1:]) {
	case "undefined", "null", "none", "nan", "[object object]", "%url%", "${url}", "{{url}}":
		return true
	}
	return false
}

// walls are words that name pages to which readers are sent before they may read an
// article, or in its place; as labels of hosts and segments of paths.
var walls = set(`
	consent cmp privacy cookiewall privacygate login logon signin sign-in anmelden anmeldung einloggen connexion sso oauth auth authorize register registration account
	subscribe subscription subscriptions subscriber paywall abonnement abonnieren abo suscripcion suscribete assine abbonati captcha challenge blocked
	error errors 403 404 410 500 503 notfound unavailable maintenance`)

// isWall reports whether a label or a segment, in lower case, is one of walls, alone or
// with one more word ("cookie-wall", "user_login"). In longer ones such a word is part
// of an article's name.
func isWall(segment string) bool {
	segment, _, _ = strings.Cut(segment, ".") // "login.aspx"
	if walls[segment] || walls[strings.NewReplacer("-", "", "_", "").Replace(segment)] {
		return true
	}
	words := strings.FieldsFunc(segment, func(r rune) bool { return r == '-' || r == '_' })
	return len(words) == 2 && (walls[words[0]] || walls[words[1]])
}

// detour reports whether a redirect from one address to another led away from the
// article: to the front page, or to a page that asks for a login, consent or the like.
func detour(to, from string) bool {
	t, err := url.Parse(to)
	if err != nil {
		return true
	}
	f, err := url.Parse(from)
	if err != nil || from == "" {
		return false
	}
	if front(t) && !front(f) {
		return true
	}
	back := false // whether a parameter of the address says where the reader will be sent back to
	for _, values := range t.Query() {
		for _, v := range values {
			back = back || Absolute(v) || strings.HasPrefix(v, "/")
		}
	}
	labels := strings.Split(text.Lower(t.Hostname()), ".")
	where := append(labels[:len(labels)-1], strings.Split(text.Lower(t.Path), "/")...)
	return slices.ContainsFunc(where, isWall) && (back || lastSegment(t.Path) != lastSegment(f.Path) || lastSegment(t.Path) == "")
}

// samePage reports whether two canonical addresses name one page: whether their paths
// without the views at their ends are the same, or end in the same last segment that
// is long enough to name one article.
func samePage(a, b string) bool {
	bare := func(s string) string {
		s = Path(s)
		s, _, _ = strings.Cut(s, "?")
		parts := strings.Split(strings.Trim(s, "/"), "/")
		for len(parts) > 1 && views[text.Lower(parts[len(parts)-1])] {
			parts = parts[:len(parts)-1]
		}
		return strings.Join(parts, "/")
	}
	return bare(a) == bare(b) || lastSegment("/"+bare(a)) != "" && lastSegment("/"+bare(a)) == lastSegment("/"+bare(b))
}

// lastSegment returns the last segment of a path if it is long enough to name one
// article, else "".
func lastSegment(path string) string {
	path = strings.TrimRight(path, "/")
	s := path[strings.LastIndexByte(path, '/')+1:]
	if len(s) < shortestSlug {
		return ""
	}
	return s
}

// shortestSlug is the length in bytes from which on the last segment of a path is taken
// to name one article. Shorter ones ("index.html", "politics") are shared by many.
const shortestSlug = 12
