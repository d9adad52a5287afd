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

// A Thing is one object of the page's JSON-LD; the zero one has nothing.
type Thing struct{ jsontree.Value }

const (
	maxLD       = 2 << 20 // bytes of one script
	maxLDThings = 2000
)

// readLD adds the objects of one script of JSON-LD, or of the attribute in which
// some systems put what should be in it.
func (p *Page) readLD(n dom.ID) {
	src := strings.TrimSpace(p.Tree.Raw(n))
	for _, a := range p.Tree.Attrs(n) {
		if v := strings.TrimSpace(a.Value); src == "" && strings.HasPrefix(v, "{") {
			src = v
		}
	}
	p.addLD(src)
}

// addLD adds the objects of a text of JSON-LD.
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

// decodeLD yields what one script holds, as far as it can be read.
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

// collectLD adds v and the objects that its lists and graphs hold. That it is
// listed says that another object gives it as one of its parts.
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

// types yields the local names of the thing's types.
func (t Thing) types() iter.Seq[string] {
	return func(yield func(string) bool) {
		for v := range t.Get("@type").All() {
			if s := v.Text(); v.Kind() == jsontree.String && !yield(s[strings.LastIndexAny(s, "/#:")+1:]) {
				return
			}
		}
	}
}

// Is reports whether the thing is of a type, by its local name: "WebSite".
func (t Thing) Is(typ string) bool {
	for s := range t.types() {
		if s == typ {
			return true
		}
	}
	return false
}

// Text returns a property as text: the name of an object, the first of a list.
func (t Thing) Text(key string) string {
	for v := range Flat(t.Get(key)) {
		if s := TextOf(v); s != "" {
			return s
		}
	}
	return ""
}

// Flat yields a value that is no list, or what a list and the lists in it have.
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

// Texts returns every value of a property as text.
func (t Thing) Texts(key string) (all []string) {
	for v := range Flat(t.Get(key)) {
		if s := TextOf(v); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// TextOf returns a value as one line of text: a string, a number, the name of an
// object; "" if it has none.
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

// Thing returns v as an object; a reference by @id is followed. It is not ok
// if v is none.
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

// How surely a thing is an article, by its type.
const (
	RankWebPage = 1
	RankArticle = 4
	RankNews    = 5
)

// newsTypes ranks the types of things that are articles.
var newsTypes = map[string]int{
	"NewsArticle": 5, "ReportageNewsArticle": 5, "AnalysisNewsArticle": 5, "OpinionNewsArticle": 5, "BackgroundNewsArticle": 5,
	"ReviewNewsArticle": 5, "AskPublicNewsArticle": 5, "LiveBlogPosting": 5, "Article": 4, "BlogPosting": 4, "Report": 4, "TechArticle": 4,
	"ScholarlyArticle": 4, "MedicalScholarlyArticle": 4, "AdvertiserContentArticle": 4, "SatiricalArticle": 4, "SocialMediaPosting": 3,
	"DiscussionForumPosting": 3, "Recipe": 3, "HowTo": 3, "Review": 2, "CreativeWork": 2, "VideoObject": 1, "PodcastEpisode": 1,
	"WebPage": 1, "ItemPage": 1,
}

// NewsRank returns how surely the thing is an article, by its types.
func (t Thing) NewsRank() (rank int) {
	for typ := range t.types() {
		rank = max(rank, newsTypes[typ])
	}
	return rank
}

// IsNews reports whether the page says of itself that it is an article.
func (p *Page) IsNews() bool {
	return p.News.NewsRank() >= 3 || newsTypes[p.items[p.newsItem].typ] >= 3 || p.Meta("article:published_time") != "" || p.Meta("og:type") == "article"
}

// NewsRank tells what the page says of itself that it is.
func (p *Page) NewsRank() uint8 {
	rank := p.News.NewsRank()
	if rank == 0 {
		rank = newsTypes[p.items[p.newsItem].typ]
	}
	return uint8(rank)
}

// ImageOf returns the address of an image given in JSON-LD; a reference by @id
// is followed.
func (p *Page) ImageOf(v jsontree.Value) string {
	if t, ok := p.Thing(v.First()); ok {
		return ImageURL(t.Value)
	}
	return ImageURL(v)
}

// ImageURL returns the address of an image given in JSON-LD.
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

// IsCut reports whether the page says that its text is not for everybody to read:
// in its JSON-LD, or by what it calls a box.
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
