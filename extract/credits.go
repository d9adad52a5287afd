package extract

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/byline"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/text"
	"dateline/internal/words"
)

// creditLine is the way of finding who did something else than write, in what a page
// shows.
var creditLine = Way{"credits/line", "a line at the headline or under the text that says who did something else than write: “Editing by”"}

// creditProperties are the properties of JSON-LD that name who did something else.
var creditProperties = [...]struct{ property, did string }{
	{"editor", "editing"}, {"translator", "translation"}, {"illustrator", "illustration"}, {"reviewedBy", "review"}, {"producer", "production"},
}

// creditsOf returns who did something else for the article than write it, and what, with
// the evidence: from lines at the headline and under the text, else from JSON-LD. Those
// in bylines, and the site, are left out.
func creditsOf(p *shown, b *body.Text, bylines []string) (all []dateline.Credit, from string) {
	add := func(name, did string) {
		c := dateline.Credit{Name: name, Did: did}
		if !containsAll(bylines, []string{name}) && !slices.Contains(all, c) && !p.isSite(name) {
			all = append(all, c)
		}
	}
	const most, behind = 400, 8 // bytes of a line, and blocks behind the text
	read := func(i int) {
		bl := &p.Blocks[i]
		if bl.Size > most || bl.Roles&(page.InFigure|page.InCaption|page.InComment|page.InRelated|page.InNav|page.Hidden) != 0 || bl.Kind == dateline.Heading {
			return
		}
		s := strings.Trim(bl.Text, " ()[]（）")
		for _, part := range byline.Parts(s) {
			for _, n := range part.Names {
				switch {
				case part.Did != "":
					add(n, part.Did)
				case s != bl.Text && i >= b.Last-1 && !containsAll(bylines, part.Names): // only part of the line is the credit: it stands in brackets at the end of the text
					add(n, "reporting")
				}
			}
		}
	}
	from = creditLine.Name
	if p.head >= 0 {
		for i := p.head + 1; i < min(len(p.Blocks), p.head+nearNames) && i < b.Last-1; i++ {
			read(i)
		}
	}
	for i := max(p.head+1, b.Last-1); b.Last >= 0 && i < min(len(p.Blocks), b.Last+behind); i++ {
		read(i)
	}
	if len(all) > 0 {
		return all, from
	}
	for _, c := range creditProperties {
		for _, n := range p.authorNames(p.News.Texts(c.property)) {
			if byline.Personal(n) {
				add(n, c.did)
				from = "jsonld:" + c.property
			}
		}
	}
	if len(all) == 0 {
		return nil, ""
	}
	return all, from
}

// authorsOf returns what JSON-LD states of the authors in bylines beside their names: what
// they are, and their addresses. Authors of whom it states no more are left out.
func authorsOf(p *page.Page, bylines []string) (all []dateline.Author) {
	for v := range page.Flat(p.News.Get("author")) {
		t, ok := p.Thing(v)
		name := text.Line(unmarked(t.Text("name")))
		if i := slices.IndexFunc(bylines, func(n string) bool { return byline.Key(n) == byline.Key(name) }); !ok || name == "" || i < 0 {
			continue
		} else {
			name = bylines[i]
		}
		a := dateline.Author{Name: name}
		switch {
		case t.Is("Person"):
			a.Kind = "person"
		case t.Is("Organization") || t.Is("NewsMediaOrganization") || t.Is("Corporation"):
			a.Kind = "organization"
		}
		a.URL = webAddress(p, t.Text("url"))
		const most = 20 // addresses of one author
		for _, s := range t.Texts("sameAs") {
			if s = webAddress(p, s); s != "" && s != a.URL && len(a.SameAs) < most && !slices.Contains(a.SameAs, s) {
				a.SameAs = append(a.SameAs, s)
			}
		}
		if (a.Kind != "" || a.URL != "" || len(a.SameAs) > 0) && !slices.ContainsFunc(all, func(o dateline.Author) bool { return o.Name == a.Name }) {
			all = append(all, a)
		}
	}
	return all
}

// webAddress returns an address that a page gives as an absolute one, "" if its scheme is
// neither http nor https.
func webAddress(p *page.Page, s string) string {
	if s = link.Resolve(p.Base, s); strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") {
		return s
	}
	return ""
}

// typesOfLD are the types of JSON-LD that tell the kind of an article, the more telling
// first.
var typesOfLD = [...]struct{ ld, typ string }{
	{"OpinionNewsArticle", "opinion"}, {"AnalysisNewsArticle", "analysis"}, {"LiveBlogPosting", "live blog"}, {"ReviewNewsArticle", "review"}, {"Review", "review"},
	{"AdvertiserContentArticle", "sponsored"},
}

// sectionTypes are the names of sections and genres that tell the kind of an article.
var sectionTypes = words.NewMap("type")

// typeOf returns what kind of article the page says that it is, such as "opinion", and
// where it says so: by the type of its JSON-LD, a label at its headline, its genre, its
// section, or by bylines that name only news agencies. The claim is zero if nothing tells
// the kind.
func typeOf(p *shown, section claim, bylines []string, bylineWay string) claim {
	for _, t := range typesOfLD {
		if p.News.Is(t.ld) {
			return claim{t.typ, "jsonld:@type"}
		}
	}
	if p.isSponsored() {
		return claim{"sponsored", sponsoredLabel.Name}
	}
	for _, genre := range p.News.Texts("genre") {
		if t := sectionTypes.Value(text.Lower(genre)); t != "" {
			return claim{t, "jsonld:genre"}
		}
	}
	if t := sectionTypes.Value(text.Lower(section.value)); t != "" {
		return claim{t, section.from}
	}
	if len(bylines) > 0 && !slices.ContainsFunc(bylines, func(n string) bool { return !byline.IsAgency(n) }) {
		return claim{"wire copy", bylineWay}
	}
	if p.News.Is("NewsArticle") || p.News.Is("ReportageNewsArticle") {
		return claim{"news", "jsonld:@type"}
	}
	return claim{}
}

// sponsoredLabel is the way of finding out that somebody paid for an article.
var sponsoredLabel = Way{"type/sponsored-label", "type: a label beside the headline that is nothing but the word for paid contents"}

var sponsoredLabels = words.NewSet("sponsored-label")

// isSponsored reports whether a line right before or behind the headline, in the box of one
// of them, is nothing but a label of paid contents. Farther off such a label stands over
// advertisements.
func (p *shown) isSponsored() bool {
	const near, levels = 2, 3 // blocks, and elements above the headline
	if p.head < 0 {
		return false
	}
	t, box := p.Tree, p.Blocks[p.head].Node
	for range levels {
		if up := t.Parent(box); up != 0 && p.Size[t.End(up)]-p.Size[up] < int32(p.Blocks[p.head].Size)+longLine {
			box = up
		}
	}
	for i := max(0, p.head-near); i <= min(len(p.Blocks)-1, p.head+near); i++ {
		b := &p.Blocks[i]
		if i == p.head || b.Roles&(page.Hidden|page.InNav) != 0 || !sponsoredLabels.Has(text.Lower(strings.Trim(b.Text, " |:·•-–—[]()"))) {
			continue
		}
		if t.Within(b.First, box) || (b.Node == t.Parent(box) || t.Parent(b.Node) == t.Parent(box)) && b.Roles&page.InAd == 0 {
			return true
		}
	}
	return false
}

// originalPlaces are where a page names the address that it is a copy of.
var originalPlaces = slices.Concat([]place[string]{{"jsonld:isBasedOn", func(p *page.Page) string { return page.AddressIn(p.News.Get("isBasedOn").First()) }}},
	metas("original-source", "syndication-source"), []place[string]{{"link:canonical", func(p *page.Page) string {
		if len(p.Canonicals) == 0 {
			return ""
		}
		return p.Canonicals[0]
	}}})

// copyOf returns the address of the article on another site of which the page says that
// it is a copy; the claim is zero if it names none.
func copyOf(p *page.Page, why *trace) claim {
	c := firstStated(p, "copy_of", originalPlaces, func(value string) string {
		switch u := webAddress(p, value); {
		case u == "":
			return "it is no address of the web"
		case p.Site == "" || link.Site(u) == p.Site:
			return "it is of the page's own site"
		case strings.Trim(link.Path(u), "/") == "":
			return "it is the first page of a site"
		}
		return ""
	}, why)
	if c.value != "" {
		c.value = webAddress(p, c.value)
	}
	return c
}
