package page

import (
	"html"
	"iter"
	"strconv"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/jsontree"
	"dateline/internal/text"
)

// A Thing is one object of the page's JSON-LD (https://www.w3.org/TR/json-ld11/), with
// types and properties of https://schema.org. The zero Thing has no types and no
// properties.
type Thing struct{ jsontree.Value }

const (
	maxLD       = 2 << 20 // bytes of one script; longer ones are not read
	maxLDThings = 2000    // objects of a page, about; no script is read once there are more
)

// readLD adds the objects of one script of JSON-LD. If the script is empty it reads an
// attribute of it that holds JSON: some systems put the text there.
func (p *Page) readLD(n dom.ID) {
	src := strings.TrimSpace(p.Tree.Raw(n))
	for _, a := range p.Tree.Attrs(n) {
		if v := strings.TrimSpace(a.Value); src == "" && strings.HasPrefix(v, "{") {
			src = v
		}
	}
	p.addLD(src)
}

// addLD adds the objects of a text of JSON-LD to p.Things.
func (p *Page) addLD(src string) {
	if src == "" || len(src) > maxLD || len(p.Things) > maxLDThings {
		return
	}
	for v := range p.decodeLD(src) {
		if inner := v.Text(); inner != "" { // JSON within a string
			p.addLD(inner)
		}
		p.collectLD(v, 0, false)
	}
}

// decodeLD yields the values in the text of one script. JSON with errors is mended as
// far as that can be done, and there may be several values one after another.
func (p *Page) decodeLD(src string) iter.Seq[jsontree.Value] {
	return func(yield func(jsontree.Value) bool) {
		if v, rest, ok := p.ldTree.Add(src); ok && strings.TrimLeft(rest, " \t\r\n") == "" {
			yield(v)
			return
		}
		for range 16 {
			v, rest, ok := p.ldTree.Mend(src)
			if !ok || !yield(v) {
				return
			}
			src = rest
		}
	}
}

// collectLD adds v, if it is an object, and the objects in its lists and graphs. listed
// says that another object gives v as one of its items or parts.
func (p *Page) collectLD(v jsontree.Value, depth int, listed bool) {
	if depth > 6 || len(p.Things) > maxLDThings {
		return
	}
	switch v.Kind() {
	case jsontree.List:
		for e := range v.All() {
			p.collectLD(e, depth+1, listed)
		}
	case jsontree.Object:
		t := Thing{v}
		p.Things, p.listed = append(p.Things, t), append(p.listed, listed)
		for _, k := range [...]string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart", "subjectOf"} {
			if k == "itemListElement" && !t.Is("ItemList") && t.Is("BreadcrumbList") {
				continue
			}
			if inner := t.Get(k); inner.Kind() != jsontree.None {
				p.collectLD(inner, depth+1, listed || k == "itemListElement" || k == "hasPart" || k == "subjectOf")
			}
		}
	}
}

// types yields the thing's types without the address of their vocabulary:
// "NewsArticle" for "https://schema.org/NewsArticle".
func (t Thing) types() iter.Seq[string] {
	return func(yield func(string) bool) {
		for v := range t.Get("@type").All() {
			if s := v.Text(); v.Kind() == jsontree.String && !yield(s[strings.LastIndexAny(s, "/#:")+1:]) {
				return
			}
		}
	}
}

// Is reports whether the thing is of a type, given without the address of its
// vocabulary: "WebSite".
func (t Thing) Is(typ string) bool {
	for s := range t.types() {
		if s == typ {
			return true
		}
	}
	return false
}

// Text returns a property as one line of text: the string itself, the name of an object,
// or the first value of a list that has a text. It is "" if there is none.
func (t Thing) Text(key string) string {
	for v := range Flat(t.Get(key)) {
		if s := TextOf(v); s != "" {
			return s
		}
	}
	return ""
}

// Flat yields the values of a list and of the lists in it, four levels deep, or the value
// itself if it is no list. It yields nothing if there is no value.
func Flat(v jsontree.Value) iter.Seq[jsontree.Value] {
	const most = 4 // lists in lists
	return func(yield func(jsontree.Value) bool) { flat(v, most, yield) }
}

func flat(v jsontree.Value, depth int, yield func(jsontree.Value) bool) bool {
	if v.Kind() != jsontree.List {
		return v.Kind() == jsontree.None || yield(v)
	}
	for e := range v.All() {
		if depth > 0 && !flat(e, depth-1, yield) {
			return false
		}
	}
	return true
}

// Texts returns every value of a property as one line of text; nil if there is none.
func (t Thing) Texts(key string) (all []string) {
	for v := range Flat(t.Get(key)) {
		if s := TextOf(v); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// TextOf returns a value as one line of text: a string with its entities decoded, a
// number, "true" or "false", or the name of an object. It is "" if there is no text.
func TextOf(v jsontree.Value) string {
	switch v.Kind() {
	case jsontree.String:
		return text.Line(html.UnescapeString(v.Text()))
	case jsontree.False:
		return "false"
	case jsontree.True:
		return "true"
	case jsontree.Number:
		if f, ok := v.Float(); ok {
			return strconv.FormatFloat(f, 'f', -1, 64)
		}
	case jsontree.Object:
		for _, k := range [...]string{"@value", "name", "headline", "alternateName"} {
			for e := range v.Get(k).All() {
				if e.Kind() == jsontree.String {
					return text.Line(html.UnescapeString(e.Text()))
				}
			}
		}
	}
	return ""
}

// Thing returns v as an object; ok is false if it is none. If v is only a reference, by
// its "@id", to another object of the page, that object is returned.
func (p *Page) Thing(v jsontree.Value) (t Thing, ok bool) {
	if v.Kind() != jsontree.Object {
		return t, false
	}
	id := v.Get("@id").Text()
	if id == "" || v.Len() > 2 {
		return Thing{v}, true
	}
	for _, t := range p.Things {
		if t.Len() > v.Len() && t.Get("@id").Text() == id {
			return t, true
		}
	}
	return Thing{v}, true
}

// How surely a thing is an article, by its type: see NewsRank. A RankWebPage is only
// known to be a page, a RankArticle is an article of any kind, a RankNews one of news.
const (
	RankWebPage = 1
	RankArticle = 4
	RankNews    = 5
)

// newsTypes ranks the types of https://schema.org that can be those of an article.
var newsTypes = map[string]int{
	"NewsArticle": 5, "ReportageNewsArticle": 5, "AnalysisNewsArticle": 5, "OpinionNewsArticle": 5, "BackgroundNewsArticle": 5,
	"ReviewNewsArticle": 5, "AskPublicNewsArticle": 5, "LiveBlogPosting": 5, "Article": 4, "BlogPosting": 4, "Report": 4, "TechArticle": 4,
	"ScholarlyArticle": 4, "MedicalScholarlyArticle": 4, "AdvertiserContentArticle": 4, "SatiricalArticle": 4, "SocialMediaPosting": 3,
	"DiscussionForumPosting": 3, "Recipe": 3, "HowTo": 3, "Review": 2, "CreativeWork": 2, "VideoObject": 1, "PodcastEpisode": 1,
	"WebPage": 1, "ItemPage": 1,
}

// NewsRank returns how surely the thing is an article, by its types: from 0, which is no
// type of an article, to RankNews.
func (t Thing) NewsRank() (rank int) {
	for typ := range t.types() {
		rank = max(rank, newsTypes[typ])
	}
	return rank
}

// IsNews reports whether the page's metadata says that it is an article: by the type of
// its JSON-LD, microdata or og:type, or by a date of publication in a <meta> element.
func (p *Page) IsNews() bool {
	return p.News.NewsRank() >= 3 || newsTypes[p.items[p.newsItem].typ] >= 3 || p.Meta("article:published_time") != "" || p.Meta("og:type") == "article"
}

// NewsRank returns how surely the page is an article, as Thing.NewsRank does: by its
// JSON-LD, else by its microdata.
func (p *Page) NewsRank() uint8 {
	rank := p.News.NewsRank()
	if rank == 0 {
		rank = newsTypes[p.items[p.newsItem].typ]
	}
	return uint8(rank)
}

// ImageOf returns the address of an image given in JSON-LD, the first one of a list; ""
// if there is none. A reference by "@id" to another object of the page is followed.
func (p *Page) ImageOf(v jsontree.Value) string {
	if t, ok := p.Thing(v.First()); ok {
		return ImageURL(t.Value)
	}
	return ImageURL(v)
}

// ImageURL returns the address of an image given in JSON-LD as a string or an object, the
// first one of a list; "" if there is none. It follows no references: see ImageOf.
func ImageURL(v jsontree.Value) string {
	if v = v.First(); v.Kind() == jsontree.String {
		return v.Text()
	}
	for _, k := range [...]string{"url", "contentUrl"} {
		if s := v.Get(k).First().Text(); s != "" {
			return s
		}
	}
	return ""
}

// IsCut reports whether the page says that not everybody can read all of its text: its
// JSON-LD says that the article is not free, or the class or id of an element names a
// paywall or what only subscribers see.
func (p *Page) IsCut() bool {
	switch text.Lower(p.News.Text("isAccessibleForFree")) {
	case "false", "no", "0":
		return true
	}
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		for _, k := range [...]dom.Key{dom.Class, dom.ID_} {
			if v := p.Tree.Attr(n, k); strings.Contains(v, "aywall") || strings.Contains(v, "subscriber-only") {
				return true
			}
		}
	}
	return false
}
