package extract

import (
	"strings"
	"unicode/utf8"

	"dateline/internal/dom"
)

// headline sets the headline: as printed, without the site's name. What most
// sources agree on wins; among equals the printed one.
func (p *page) headline() {
	var claims []claim
	add := func(v, from string) {
		if v = p.withoutSite(line(v)); v != "" && len(v) < 1000 {
			claims = append(claims, claim{v, from})
		}
	}
	for _, h := range p.h1s {
		if p.own[h]&cueHidden == 0 {
			add(p.t.Text(h), "page:h1")
		}
	}
	add(p.news.text("headline"), "jsonld:headline")
	add(p.itemText("headline"), "microdata:headline")
	add(p.meta("og:title"), "meta:og:title")
	add(p.meta("twitter:title"), "meta:twitter:title")
	for _, n := range []string{"dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "article:title", "cxenseparse:recs:title"} {
		add(p.meta(n), "meta:"+n)
	}
	add(p.title, "page:title")
	add(p.news.text("name"), "jsonld:name")
	best, at := 0, -1
	for i, c := range claims {
		score := 0
		for _, o := range claims {
			score += alike(c.value, o.value)
		}
		switch c.from {
		case "page:h1":
			score += 3
		case "jsonld:headline", "microdata:headline":
			score += 4
		case "meta:og:title":
			score += 3
		}
		if score > best {
			best, at = score, i
		}
	}
	if at >= 0 {
		p.a.Headline = claims[at].value
		p.found("headline", claims[at].from)
	}
}

// alike scores how much two printings of a headline agree.
func alike(a, b string) int {
	x, y := norml(a), norml(b)
	switch {
	case x == "" || y == "":
		return 0
	case x == y:
		return 4
	case strings.HasPrefix(x, y) || strings.HasPrefix(y, x):
		return 1
	}
	return 0
}

// withoutSite cuts the site's name off a title.
func (p *page) withoutSite(s string) string {
	for range 3 {
		cut := p.cutSite(s)
		if cut == s {
			break
		}
		s = cut
	}
	return s
}

var titleSeps = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " › ", "|", "｜", " ― ", "－", " ~ ", " : "}

func (p *page) cutSite(s string) string {
	for _, sep := range titleSeps {
		if i := strings.LastIndex(s, sep); i > 0 && p.isSite(s[i+len(sep):]) {
			return strings.TrimSpace(s[:i])
		}
		if i := strings.Index(s, sep); i > 0 && p.isSite(s[:i]) && len(s)-i > 15 {
			return strings.TrimSpace(s[i+len(sep):])
		}
	}
	return s
}

// isSite reports whether s is a name of the site.
func (p *page) isSite(s string) bool {
	k := norml(s)
	if k == "" || utf8.RuneCountInString(s) > 60 {
		return false
	}
	site, _, _ := strings.Cut(p.site, ".")
	if k == norml(p.site) || k == norml(site) || k == "www"+norml(p.site) {
		return true
	}
	for _, n := range p.siteNames() {
		if n = norml(n); n != "" && (k == n || len(n) > 5 && (strings.Contains(k, n) && len(k) < len(n)+14 || strings.Contains(n, k) && len(k) > 4)) {
			return true
		}
	}
	return false
}

// siteNames returns what the page calls its site.
func (p *page) siteNames() []string {
	names := []string{p.meta("og:site_name"), p.a.Publisher.Name, p.meta("application-name"), p.meta("apple-mobile-web-app-title"),
		strings.TrimPrefix(p.meta("twitter:site"), "@")}
	for _, t := range p.ld {
		if t.is("WebSite") || t.is("NewsMediaOrganization") {
			names = append(names, t.text("name"), t.text("alternateName"))
		}
	}
	return names
}

var _ = dom.H1
