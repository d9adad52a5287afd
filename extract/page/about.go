package page

import (
	"slices"
	"strings"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/jsontree"
	"dateline/internal/text"
)

// Pages describe other articles too: the related ones, those of a list, the one
// that is read next. What a description is about is told by its address, against
// those of the page, and by its headline, against those that the page prints.

// A match says whether a value is that of the page's own article.
type match uint8

const (
	unknown match = iota
	same
	other
)

// An about says which article a description is about.
type about struct{ address, headline match }

// isOther reports whether a description tells of another article. Listed says
// that it is part of a list, several that the page describes more than one.
func (a about) isOther(listed, several bool) bool {
	switch {
	case a.address == same:
		return a.headline == other && several
	case a.headline == other:
		return a.address == other || listed || several
	}
	return listed && a.headline != same
}

// chooseNews picks the object that describes this page's article: of the most
// telling type, naming this address, and with a headline. One that tells of
// another article is never it.
func (p *Page) chooseNews() {
	several := p.describesSeveral()
	best := 0
	for i, t := range p.Things {
		rank := t.NewsRank()
		if rank == 0 {
			continue
		}
		score := 4 * rank
		headline := t.Text("headline")
		if headline != "" {
			score += 3
		}
		if t.Text("datePublished") != "" {
			score += 3
		}
		a := about{address: p.addressOf(t)}
		if a.address == same {
			score += 5
		}
		if score <= best || t.isVideo() && p.headlineOf(t.Text("name")) != same {
			continue
		}
		if a.address != same || several {
			a.headline = p.headlineOf(headline)
		}
		linked := a.headline == other && a.address == unknown && rank >= RankArticle && p.linksTo(headline)
		if !linked && !a.isOther(p.listed[i], several) {
			best, p.News = score, t
		}
	}
}

// isVideo reports whether a thing is a video: one of another name than the page's is shown
// in an article, and its author and day are not those of the article.
func (t Thing) isVideo() bool {
	for typ := range t.types() {
		if typ == "VideoObject" {
			return true
		}
	}
	return false
}

// describesAny reports whether the JSON-LD describes an article.
func (p *Page) describesAny() bool {
	return slices.ContainsFunc(p.Things, func(t Thing) bool { return t.NewsRank() >= RankArticle })
}

// describesSeveral reports whether the JSON-LD describes articles of more than
// one headline.
func (p *Page) describesSeveral() bool {
	first := ""
	for _, t := range p.Things {
		if t.NewsRank() < RankArticle {
			continue
		}
		switch h := t.Text("headline"); {
		case h == "" || h == first:
		case first == "":
			first = h
		case text.Key(h) != text.Key(first):
			return true
		}
	}
	return false
}

// addressOf tells whether a thing gives this page's address as its own, or that
// of another.
func (p *Page) addressOf(t Thing) match {
	found := unknown
	for _, k := range [...]string{"url", "@id", "mainEntityOfPage"} {
		for v := range t.Get(k).All() {
			s := AddressIn(v)
			switch m := p.sameAddress(s); {
			case m == same:
				return same
			case m == other && (k != "@id" || strings.HasPrefix(s, "http")):
				found = other
			}
		}
	}
	return found
}

// AddressIn returns the address that a value is, or the object that it is has.
func AddressIn(v jsontree.Value) string {
	if v.Kind() != jsontree.Object {
		return v.Text()
	}
	if s := v.Get("@id").Text(); s != "" {
		return s
	}
	return v.Get("url").First().Text()
}

// NewsAddress returns the address that JSON-LD gives to the page's article: its
// mainEntityOfPage, else its url; "" if it gives none.
func (p *Page) NewsAddress() string {
	for _, k := range [...]string{"mainEntityOfPage", "url"} {
		for v := range p.News.Get(k).All() {
			if s := AddressIn(v); s != "" && !strings.HasPrefix(s, "#") {
				return s
			}
		}
	}
	return ""
}

// sameAddress tells whether an address that the page gives is its own. The first
// page of a site is nobody's, and an address that ends as the page's own does can
// be that of another form of the page.
func (p *Page) sameAddress(s string) match {
	if s == "" || strings.HasPrefix(s, "#") {
		return unknown
	}
	key := Key(link.Resolve(p.Base, s))
	if _, path, _ := strings.Cut(key, "/"); path == "" {
		return unknown
	}
	result := unknown
	for _, own := range p.ownAddresses() {
		switch {
		case own == key:
			return same
		case result == unknown:
			result = other
		}
		if last := own[strings.LastIndexByte(own, '/')+1:]; len(last) > 3 && strings.Contains(key, strings.TrimSuffix(last, ".html")) {
			return unknown
		}
		if last := key[strings.LastIndexByte(key, '/')+1:]; len(last) > 3 && strings.Contains(own, strings.TrimSuffix(last, ".html")) {
			return unknown
		}
	}
	return result
}

// ownAddresses returns the keys of the addresses that the page goes by.
func (p *Page) ownAddresses() []string {
	if len(p.own) > 0 {
		return p.own
	}
	add := func(s string) {
		if k := Key(link.Resolve(p.Base, s)); strings.Contains(k, "/") && !slices.Contains(p.own, k) {
			p.own = append(p.own, k)
		}
	}
	add(p.Address)
	for _, c := range p.Canonicals {
		if p.Address == "" || link.Believable(link.Resolve(p.Base, c), p.Address) {
			add(c)
		}
	}
	return p.own
}

// headlineOf tells whether a headline is one that the page prints or states for
// itself: its titles and its headings of the first rank. One that shares some
// words with them can be another printing of the same, or of a like one.
func (p *Page) headlineOf(headline string) match {
	if headline == "" {
		return unknown
	}
	if len(p.printed) == 0 {
		p.printed = p.headings(p.printed)
		for _, name := range [...]string{"og:title", "twitter:title"} {
			p.printed = addPrinted(p.printed, p.Meta(name))
		}
	}
	return matchHeadline(headline, p.printed)
}

// A printed is a title or a heading of a page.
type printed struct {
	text string
	key  string // as text.Key makes it
}

func addPrinted(all []printed, s string) []printed {
	if s == "" || slices.ContainsFunc(all, func(o printed) bool { return o.text == s }) {
		return all
	}
	return append(all, printed{s, text.Key(s)})
}

// matchHeadline tells whether a headline is one of those that are printed, or no
// printing of the same.
func matchHeadline(headline string, all []printed) match {
	const least, most = 0.2, 0.5 // shares of words
	if len(all) == 0 {
		return unknown
	}
	key, best := text.Key(strings.TrimRight(headline, " .…")), 0.0
	for _, own := range all {
		if key == own.key || len(key) > 15 && strings.Contains(own.key, key) || len(own.key) > 15 && strings.Contains(key, own.key) {
			return same
		}
		best = max(best, text.Overlap(headline, own.text))
	}
	switch {
	case best >= most:
		return same
	case best <= least:
		return other
	}
	return unknown
}

// headings adds the title of the page and its headings of the first rank.
func (p *Page) headings(all []printed) []printed {
	const most = 4 // of headings, beside the titles
	h1s := p.H1s[:min(len(p.H1s), most)]
	all = addPrinted(slices.Grow(all, len(h1s)+3), p.Title)
	for _, h := range h1s {
		if n := p.visible(h); n > 0 && n < 500 {
			all = addPrinted(all, Text(p.Tree, h))
		}
	}
	return all
}

// linksTo reports whether the page has a link to another page that says what a
// headline says.
func (p *Page) linksTo(headline string) bool {
	key := text.Key(headline)
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()) && key != ""; n++ {
		if p.Tree.Tag(n) != dom.A || p.visible(n) > len(headline)+200 || p.visible(n)*2 < len(key) {
			continue
		}
		if href := p.Tree.Attr(n, dom.Href); href != "" && strings.Contains(text.Key(Text(p.Tree, n)), key) && p.sameAddress(href) != same {
			return true
		}
	}
	return false
}

// isOtherItem reports whether an item of microdata, which does not hold the
// headline, tells of another article.
func (p *Page) isOtherItem(i int) bool {
	a := about{address: p.sameAddress(p.propOfItem(i, "url")), headline: p.headlineOf(p.propOfItem(i, "headline"))}
	if a.address == unknown {
		a.address = p.sameAddress(p.propOfItem(i, "mainEntityOfPage"))
	}
	return a.address != same && a.isOther(a.address == other, false)
}

// dropForeignMetas forgets the metadata that was made for another page: it names
// another address, and a title that stands neither in the title nor in a heading
// of this one.
func (p *Page) dropForeignMetas() {
	address := p.Meta("og:url")
	if address == "" || p.Address == "" || p.Meta("og:title") == "" {
		return
	}
	switch m := matchHeadline(p.Meta("og:title"), p.headings(nil)); {
	case m == other && p.sameAddress(address) == other, m != same && p.isFrontPage(address):
	default:
		return
	}
	p.Metas = slices.DeleteFunc(p.Metas, func(m meta) bool {
		return strings.HasPrefix(m.Name, "og:") && m.Name != "og:site_name" && m.Name != "og:locale" || strings.HasPrefix(m.Name, "article:") || strings.HasPrefix(m.Name, "twitter:")
	})
}

// isFrontPage reports whether an address is that of the first page of a site, and the
// page's own is not.
func (p *Page) isFrontPage(address string) bool {
	path := func(key string) string {
		_, path, _ := strings.Cut(key, "/")
		return path
	}
	return path(Key(link.Resolve(p.Base, address))) == "" && path(Key(p.Address)) != ""
}

// Key is what two spellings of one address share.
func Key(u string) string {
	_, u, _ = strings.Cut(u, "//")
	u, _, _ = strings.Cut(u, "#")
	u, _, _ = strings.Cut(u, "?")
	return strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/")
}
