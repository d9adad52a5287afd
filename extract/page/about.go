package page

import (
	"slices"
	"strings"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/jsontree"
	"dateline/internal/text"
)

// The metadata of a page often describes other articles beside its own: related ones,
// those of a list, the one to be read next. Two things tell which article a description
// is about: its address, compared with the addresses of the page, and its headline,
// compared with the titles and headings that the page prints.

// A match says whether a value that a description gives, such as its address, belongs
// to the page's own article (same), to another one (other), or cannot tell (unknown).
type match uint8

const (
	unknown match = iota
	same
	other
)

// An about is what the address and the headline of a description tell about the article
// that it describes.
type about struct{ address, headline match }

// isOther reports whether a description is about another article than the page's own.
// listed is true if the description is an item of a list or a part of another object,
// several if the page describes articles of more than one headline.
func (a about) isOther(listed, several bool) bool {
	switch {
	case a.address == same:
		return a.headline == other && several
	case a.headline == other:
		return a.address == other || listed || several
	}
	return listed && a.headline != same
}

// chooseNews sets p.News to the object of JSON-LD that describes this page's article. It
// prefers an object whose type is surely that of an article, that gives the address of
// this page, a headline and a date. An object about another article is never chosen.
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

// isVideo reports whether a thing is a video. Articles show videos of another title than
// their own; the author and the date of such a video are not those of the article.
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

// addressOf tells whether the address that a thing gives as its own is that of this page
// or that of another one.
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

// AddressIn returns the address in a value of JSON-LD: the value itself if it is a
// string, or the "@id", else the "url", of an object. It is "" if there is none.
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

// sameAddress tells whether an address that the page gives is its own. It is unknown for
// the first page of a site, which some sites state for every article, and for an address
// with the same last part as the page's own, which can be another form of the page, such
// as the one for printing.
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

// ownAddresses returns the page's own addresses as Key makes them: the one that it was
// captured from, and those of its canonical links that can be believed.
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

// headlineOf tells whether a headline is that of the page, compared with the page's
// titles and its headings of the first rank (<h1>). It is unknown for a headline that
// shares only some of their words: it can be the same one in other words, or that of an
// article on the same matter.
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

// addPrinted appends s, unless it is empty or there already.
func addPrinted(all []printed, s string) []printed {
	if s == "" || slices.ContainsFunc(all, func(o printed) bool { return o.text == s }) {
		return all
	}
	return append(all, printed{s, text.Key(s)})
}

// matchHeadline compares a headline with the titles and headings of a page: same if it
// is one of them, a part of one, or shares most of its words with one, other if it shares
// hardly a word with any of them.
func matchHeadline(headline string, all []printed) match {
	const least, most = 0.2, 0.5 // of the words are shared: up to least it is other, from most on same
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

// headings appends the title of the page and its headings of the first rank (<h1>).
func (p *Page) headings(all []printed) []printed {
	const most = 4 // headings
	h1s := p.H1s[:min(len(p.H1s), most)]
	all = addPrinted(slices.Grow(all, len(h1s)+3), p.Title)
	for _, h := range h1s {
		if n := p.visible(h); n > 0 && n < 500 {
			all = addPrinted(all, Text(p.Tree, h))
		}
	}
	return all
}

// linksTo reports whether the page has a link to another page whose text contains the
// headline.
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

// isOtherItem reports whether the item of microdata with index i, which does not hold a
// heading of the first rank, is about another article than the page's own.
func (p *Page) isOtherItem(i int) bool {
	a := about{address: p.sameAddress(p.propOfItem(i, "url")), headline: p.headlineOf(p.propOfItem(i, "headline"))}
	if a.address == unknown {
		a.address = p.sameAddress(p.propOfItem(i, "mainEntityOfPage"))
	}
	if a.address == unknown && a.headline == other && p.printsProp(i, "headline") {
		return true
	}
	return a.address != same && a.isOther(a.address == other, false)
}

// printsProp reports whether the first value that item i gives to a property is text that
// readers see.
func (p *Page) printsProp(i int, name string) bool {
	for _, pr := range p.items[i].props {
		if pr.name == name {
			return p.visible(pr.node) > 0 && p.OwnRoles[pr.node]&Hidden == 0
		}
	}
	return false
}

// dropForeignMetas removes the <meta> elements of Open Graph (https://ogp.me) and of
// Twitter cards if they were made for another page: if og:url is another address and
// og:title is neither in the title nor in a heading of this page, or if og:url is the
// first page of a site and this page is not. The name and the language of the site stay.
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
	describes := p.Meta("og:description")
	p.Metas = slices.DeleteFunc(p.Metas, func(m meta) bool {
		return m.Name == "description" && m.Content == describes && describes != "" ||
			strings.HasPrefix(m.Name, "og:") && m.Name != "og:site_name" && m.Name != "og:locale" || strings.HasPrefix(m.Name, "article:") || strings.HasPrefix(m.Name, "twitter:")
	})
}

// isFrontPage reports whether an address is that of the first page of a site, while the
// page's own address is not.
func (p *Page) isFrontPage(address string) bool {
	path := func(key string) string {
		_, path, _ := strings.Cut(key, "/")
		return path
	}
	return path(Key(link.Resolve(p.Base, address))) == "" && path(Key(p.Address)) != ""
}

// Key returns what different spellings of one address share, to compare them: the
// address without its scheme, a leading "www.", the query, the fragment and a slash at
// its end. It is "" for a text without "//".
func Key(u string) string {
	_, u, _ = strings.Cut(u, "//")
	u, _, _ = strings.Cut(u, "#")
	u, _, _ = strings.Cut(u, "?")
	return strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/")
}
