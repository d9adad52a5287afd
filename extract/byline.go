package extract

import (
	"slices"
	"strings"

	"dateline/extract/byline"
	"dateline/internal/text"
)

// A credit is a list of names that one source gives.
type credit struct {
	names []string
	from  string
	shown bool // to readers
	weak  bool // nothing says that it names a person
	said  bool // by words close under the headline
}

// bylinesOf sets who wrote the article: one person or agency each. What the
// page states of itself goes before what it shows, unless its JSON-LD describes
// no article and words under the headline name a person; what both give goes
// before all. Names of persons go before the site's own and these before the
// names of accounts; a list that has all of another and more before the other,
// if not both state and show that one.
func (p *page) bylinesOf() {
	credits := append(p.statedCredits(), p.printedCredits()...)
	best, most := -1, 0
	for i := range credits {
		if w := p.weigh(credits, i); w > most {
			best, most = i, w
		}
	}
	if best < 0 {
		return
	}
	for i := range credits {
		if confirmed(credits, best) {
			break
		}
		if len(credits[i].names) > len(credits[best].names) && containsAll(credits[i].names, credits[best].names) {
			best = i
		}
	}
	p.a.Bylines = credits[best].names
	p.found("bylines", credits[best].from)
}

// confirmed reports whether the page states and shows the very names of a credit.
func confirmed(credits []credit, i int) bool {
	c := credits[i]
	return slices.ContainsFunc(credits, func(o credit) bool {
		return o.shown != c.shown && len(o.names) == len(c.names) && containsAll(o.names, c.names)
	})
}

// weigh tells how well a credit is founded.
func (p *page) weigh(credits []credit, i int) int {
	c := credits[i]
	w := 10
	switch {
	case c.weak:
		w -= 8
	case slices.ContainsFunc(c.names, byline.Account):
		w -= 6
	case p.noPersons(c.names):
		w -= 3
	}
	for _, o := range credits {
		if o.shown != c.shown && containsAll(o.names, c.names) {
			return w + 2
		}
	}
	if c.said && p.news.newsRank() < newsTypes["Article"] {
		w++
	}
	return w
}

var authorMetas = []string{"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "article:author_name",
	"citation_author", "cxenseparse:author", "og:article:author", "article.author", "book:author", "mrf:authors", "dc.contributor"}

// statedCredits returns the names in the page's metadata.
func (p *page) statedCredits() (all []credit) {
	add := func(from string, values ...string) {
		if names := p.authorNames(values); len(names) > 0 {
			all = append(all, credit{names: names, from: from})
		}
	}
	for _, key := range []string{"author", "creator"} {
		var values []string
		for v := range p.news.Get(key).All() {
			if t, ok := p.thing(v); ok {
				values = append(values, t.personNames()...)
			} else {
				values = append(values, ldText(v))
			}
			if len(values) >= 100 {
				break
			}
		}
		add("jsonld:"+key, values...)
	}
	for _, name := range [...]string{"author", "creator"} {
		add("microdata:"+name, p.itemTextsBut(name, cueComment)...)
	}
	for _, m := range p.metasOf(authorMetas) {
		if names := p.besideSite(p.authorNames(p.metaAll(m.name))); len(names) > 0 {
			all = append(all, credit{names: names, from: "meta:" + m.name})
		}
	}
	if l := text.Lower(p.meta("twitter:label1")); strings.Contains(l, "by") || l == "verfasst von" || strings.Contains(l, "autor") || strings.Contains(l, "écrit") {
		add("meta:twitter:data1", p.meta("twitter:data1"))
	}
	return all
}

// personNames returns the names of a person or a list of persons.
func (t ldThing) personNames() []string {
	if names := t.texts("name"); len(names) > 0 {
		return names
	}
	if given, family := t.text("givenName"), t.text("familyName"); given != "" && family != "" {
		return []string{given + " " + family}
	}
	return t.texts("@list")
}

// headRange returns the blocks around the headline: where bylines and dates stand.
func (p *page) headRange() (from, to int) {
	head := p.headLine()
	if head < 0 {
		for i := range p.blocks {
			if p.root != 0 && p.t.Within(p.blocks[i].first, p.root) {
				head = i
				break
			}
		}
		head = max(head, 0)
	}
	from, to = max(0, head-6), head+1
	long := 0
	for ; to < len(p.blocks) && to < head+40; to++ {
		if solid(&p.blocks[to]) > 150 {
			if long++; long > 1 {
				break
			}
		}
	}
	return from, min(to, len(p.blocks))
}

// noPersons reports whether no name is that of a person who is not the site.
func (p *page) noPersons(names []string) bool {
	for _, n := range names {
		if !p.isSite(n) && byline.Personal(n) && !byline.IsAgency(n) {
			return false
		}
	}
	return true
}

// besideSite leaves the site's own name out of a list that names persons too.
func (p *page) besideSite(names []string) []string {
	if len(names) < 2 || p.noPersons(names) {
		return names
	}
	return slices.DeleteFunc(names, p.isSite)
}

// isCredit reports whether a line says who made a picture.
func isCredit(s string) bool {
	_, ok := creditOf(s)
	return ok
}

// containsAll reports whether all names of some are among all.
func containsAll(all, some []string) bool {
	have := make([]string, 0, 8)
	for _, n := range all {
		have = append(have, byline.Key(n))
	}
	for _, n := range some {
		if !slices.Contains(have, byline.Key(n)) {
			return false
		}
	}
	return true
}

// authorNames cleans and splits what sources give as authors.
func (p *page) authorNames(values []string) (out []string) {
	seen := map[string]bool{}
	for _, v := range values {
		for _, n := range p.besideSite(byline.Split(text.Line(unmarked(v)))) {
			if k := text.Key(n); k != "" && !seen[k] && !byline.Placeholder(n) {
				seen[k] = true
				out = append(out, n)
			}
		}
		if len(out) > 30 {
			break
		}
	}
	return out
}
