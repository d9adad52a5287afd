package link

import (
	"net/url"
	"slices"
	"strings"

	"dateline/internal/text"
)

// Facts are what is known of a page's address besides the one that was asked
// for. The zero Facts are nothing.
type Facts struct {
	Redirects []string `json:"redirects,omitempty"` // the addresses after the one asked for, the last one answered
	Base      string   `json:"base,omitempty"`      // href of <base>, "" if there is none
	Links     []string `json:"link,omitempty"`      // href of each rel=canonical, in order
	OG        string   `json:"og,omitempty"`        // og:url
	JSONLD    string   `json:"jsonld,omitempty"`    // mainEntityOfPage, or the url of the article
}

// Known returns the canonical address that a page is known by, and the way it
// was found: "link:canonical", "meta:og:url", "jsonld:url", "url". What a page
// says of itself is believed only as far as [Believable] goes, its rel=canonical
// first. A redirect is followed unless it leads to a front page, a consent
// wall or a login. ("", "") is for what is no http or https address.
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
	for _, c := range f.Links {
		if u := believed(c, base, own); u != "" {
			return u, "link:canonical"
		}
	}
	// The other two often name the page that a link was shared from, or the
	// section: they are believed where they name the same page.
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

// believed is the canonical form of what a page says its address is, "" if it
// is not to be believed.
func believed(ref, base, own string) string {
	abs := Resolve(base, ref)
	if abs == "" || !Believable(abs, own) {
		return ""
	}
	return Canonical(abs)
}

// Believable reports whether a page at address may name canonical as its own:
// the front page, the section above the article, a machine of the developers,
// another outlet's article and what is left of a template are not the article.
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

// front reports whether an address is that of a site's front page.
func front(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

// views are the last segments of a path that tell how an article is shown,
// not which article it is.
var views = map[string]bool{
	"amp": true, "amp.html": true, "print": true, "print.html": true, "full": true, "all": true, "singlepage": true, "index.html": true, "index.htm": true, "index.php": true,
	"comments": true, "gallery": true, "photo": true, "photos": true, "video": true, "share": true, "mobile": true,
}

// isAbove reports whether c is a folder that holds the page a: the section
// and not the article, unless what lies between only tells how it is shown.
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

// isInner reports whether a host is a machine of the publisher's own network.
func isInner(host string) bool {
	host = text.Lower(strings.Trim(host, "[]."))
	if ip, ok := parseIP(host); ok {
		return ip.IsPrivate() || ip.IsLoopback() || ip.IsUnspecified() || ip.IsLinkLocalUnicast()
	}
	return host == "localhost" || !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal")
}

// placeholder reports whether the last segment of a path is what a template
// prints for a value that is not there.
func placeholder(path string) bool {
	switch text.Lower(path[strings.LastIndexByte(path, '/')+1:]) {
	case "undefined", "null", "none", "nan", "[object object]", "%url%", "${url}", "{{url}}":
		return true
	}
	return false
}

// walls are words of addresses that readers are sent to before they may read.
var walls = []string{"consent", "login", "signin", "sign-in", "anmelden", "subscribe", "paywall", "captcha", "challenge", "cookie-wall", "cookiewall", "privacy-gate", "privacygate"}

// detour reports whether a redirect led away from the article: to the front
// page, or to a wall that will send the reader back.
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
	back := false // the address says where it will send the reader back to
	for _, values := range t.Query() {
		for _, v := range values {
			back = back || Absolute(v) || strings.HasPrefix(v, "/")
		}
	}
	where := text.Lower(t.Hostname() + t.Path)
	return slices.ContainsFunc(walls, func(w string) bool { return strings.Contains(where, w) }) && (back || lastSegment(t.Path) != lastSegment(f.Path))
}

// samePage reports whether two canonical addresses name one page: their paths
// are the same but for how it is shown, or one of them names it by number.
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

// lastSegment returns the last part of a path if it is long enough to name one article.
func lastSegment(path string) string {
	path = strings.TrimRight(path, "/")
	s := path[strings.LastIndexByte(path, '/')+1:]
	if len(s) < shortestSlug {
		return ""
	}
	return s
}

// shortestSlug is the shortest last part of a path, in bytes, that names one
// article: shorter ones ("index.html", "politics") are shared by many.
const shortestSlug = 12
