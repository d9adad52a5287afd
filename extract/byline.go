package extract

import (
	"slices"
	"strings"

	"dateline/extract/byline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// A credit is a list of names that one source gives.
type credit struct {
	names []string
	from  string
	shown bool   // the page shows the names to readers; else its metadata states them
	weak  bool   // nothing says that it names a person
	said  bool   // a line close under the headline introduces the names, with "By" or the like
	line  string // the line of the page that prints the names; "" if metadata states them
}

// credits finds who wrote an article.
type credits struct {
	*shown
	line  printedLine // the one that is read
	parts []string    // the parts of that line
	room  [6]string   // memory of parts, enough for most lines
	why   *trace      // nil if nobody asks for an explanation
}

func newCredits(around *shown, why *trace) *credits {
	p := &credits{shown: around, why: why}
	p.parts = p.room[:0]
	return p
}

// bylinesOf returns who wrote the article, one person or agency in each string, and the
// evidence. It chooses one of the lists of names that the page gives:
//
//   - A list of persons goes before one of the site's own or other names, that before one
//     with the name of an account, and a list of which nothing says that it names persons
//     comes last.
//   - Among equals, a list that the page both states in its metadata and shows to readers
//     goes first, then what it states, then what it shows. What words under the headline
//     introduce goes before what is stated if the JSON-LD describes no article.
//   - A longer list with all names of the chosen one takes its place, unless the page both
//     states and shows the chosen one.
func bylinesOf(around *shown, why *trace) (names []string, from string) {
	p := newCredits(around, why)
	printed := p.printedCredits()
	all := append(p.statedCredits(printed), printed...)
	best, most := -1, 0
	for i := range all {
		w := p.weigh(all, i)
		if why != nil {
			why.add("bylines", Candidate{Value: strings.Join(all[i].names, ", "), Way: all[i].from, Score: float64(w), Why: p.remark(all, i), Printed: all[i].line})
		}
		if w > most {
			best, most = i, w
		}
	}
	if best < 0 {
		return nil, ""
	}
	for i := range all {
		if confirmed(all, best) {
			break
		}
		if len(all[i].names) > len(all[best].names) && containsAll(all[i].names, all[best].names) {
			best = i
		}
	}
	return all[best].names, all[best].from
}

// confirmed reports whether the page both states and shows the names of credit i, with
// none added or left out.
func confirmed(credits []credit, i int) bool {
	c := credits[i]
	return slices.ContainsFunc(credits, func(o credit) bool {
		return o.shown != c.shown && len(o.names) == len(c.names) && containsAll(o.names, c.names)
	})
}

// weigh returns how much speaks for credit i: more is better.
func (p *credits) weigh(credits []credit, i int) int {
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
	if c.said && p.News.NewsRank() < page.RankArticle {
		w++
	}
	return w
}

// remark says in words, for an explanation, why credit i weighs what it does: see weigh.
func (p *credits) remark(credits []credit, i int) string {
	c := credits[i]
	var list []string
	switch {
	case c.weak:
		list = append(list, "nothing says that it names a person")
	case slices.ContainsFunc(c.names, byline.Account):
		list = append(list, "it is the name of an account")
	case p.noPersons(c.names):
		list = append(list, "it is no name of a person")
	}
	both := slices.ContainsFunc(credits, func(o credit) bool { return o.shown != c.shown && containsAll(o.names, c.names) })
	switch {
	case both:
		list = append(list, "the page both states it and prints it")
	case c.said:
		list = append(list, "words close under the headline name it")
	case c.shown:
		list = append(list, "the page prints it, and does not state it")
	default:
		list = append(list, "the page states it, and does not print it at the headline")
	}
	return strings.Join(list, "; ")
}

// An authorPlace is where a page states who wrote its article.
type authorPlace struct {
	name    string // the evidence
	find    func(*credits) []string
	account bool // it often has the name of the site, or of the account that published, beside the author
}

// authorPlaces are where a page states who wrote its article, the first of equals
// first.
var authorPlaces = func() (all []authorPlace) {
	for _, property := range [...]string{"author", "creator"} {
		all = append(all, authorPlace{name: "jsonld:" + property, find: func(p *credits) []string { return personsOf(p.Page, property) }})
	}
	for _, property := range [...]string{"author", "creator"} {
		all = append(all, authorPlace{name: "microdata:" + property, find: func(p *credits) []string {
			return p.ItemTextsBut(property, func(n dom.ID) bool { return p.Roles[n]&(page.InComment|page.InCaption|page.InFigure) != 0 })
		}})
	}
	for _, name := range [...]string{"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
		"citation_author", "byl", "cxenseparse:author", "og:article:author", "article.author", "book:author", "mrf:authors", "dc.contributor"} {
		library := slices.Contains(libraryNames, name)
		find := func(p *credits) []string { return firstNamesFirst(p.MetaAll(name), library) }
		all = append(all, authorPlace{"meta:" + name, find, true})
	}
	for _, property := range [...]string{"authors", "author"} {
		all = append(all, authorPlace{"meta:parsely-page", func(p *credits) []string { return p.Parsely.Texts(property) }, true})
	}
	return append(all, authorPlace{name: "meta:twitter:data1", find: labelledAuthor})
}()

// libraryNames are the metadata in which libraries give the last name first.
var libraryNames = []string{"citation_author", "dc.creator", "dcterms.creator", "dc.contributor"}

// firstNamesFirst returns names with the first name in front: "Kate Giuliani" for
// "Giuliani, Kate". library says that they come from metadata of libraries; in others,
// only two single words are turned round, since a comma there usually stands between the
// names of two persons.
func firstNamesFirst(names []string, library bool) []string {
	all := make([]string, 0, len(names))
	for _, n := range names {
		last, first, ok := strings.Cut(n, ",")
		if first = strings.TrimSpace(first); ok && first != "" && !strings.ContainsAny(first, ",;") && strings.Count(first, " ") < 3 && !byline.Role(first) && !strings.Contains(last, " and ") && (library || singleNames(last, first)) {
			n = first + " " + strings.TrimSpace(last)
		}
		all = append(all, n)
	}
	return all
}

// singleNames reports whether two texts are single words that can be the parts of the
// name of one person.
func singleNames(last, first string) bool {
	for _, w := range [...]string{strings.TrimSpace(last), first} {
		if strings.ContainsAny(w, " .@/") || !text.StartsCapital(w) || text.Capitals(w) || text.Digits(w) > 0 || byline.IsAgency(w) || byline.ListedAgency(w) || byline.Placeholder(w) || byline.Role(w) {
			return false
		}
	}
	return true
}

// statedCredits returns the names in the page's metadata. The site's own name is left
// out beside names of persons, unless the page prints the site as an author too; printed
// has the names that it prints.
func (p *credits) statedCredits(printed []credit) (all []credit) {
	prints := func(name string) bool {
		return slices.ContainsFunc(printed, func(c credit) bool { return containsAll(c.names, []string{name}) })
	}
	for i := range authorPlaces {
		at := &authorPlaces[i]
		names := p.authorNames(at.find(p))
		if at.account || !slices.ContainsFunc(names, func(n string) bool { return p.isSite(n) && prints(n) }) {
			names = p.besideSite(names)
		}
		if len(names) == 1 && strings.HasPrefix(at.name, "meta:") && p.ownHost(names[0]) {
			continue // what a system fills in where there is no author
		}
		if len(names) > 0 {
			all = append(all, credit{names: names, from: at.name})
		}
	}
	return all
}

// personsOf returns the names of the persons that a property of the article has in
// JSON-LD.
func personsOf(p *page.Page, property string) (names []string) {
	const most = 100 // no article has as many authors
	for v := range page.Flat(p.News.Get(property)) {
		if t, ok := p.Thing(v); ok {
			names = append(names, personNames(t)...)
		} else {
			names = append(names, page.TextOf(v))
		}
		if len(names) >= most {
			break
		}
	}
	return names
}

// authorLabels are parts of labels that announce an author in metadata for Twitter.
var authorLabels = words.NewPhrases("author-label")

// labelledAuthor returns the author in the metadata for Twitter, which has pairs of a
// label and a value: the first value, if its label is one such as "Written by".
func labelledAuthor(p *credits) []string {
	if authorLabels.In(text.Lower(p.Meta("twitter:label1"))) {
		return []string{p.Meta("twitter:data1")}
	}
	return nil
}

// personNames returns the names of an object of JSON-LD that is a person or a list.
func personNames(t page.Thing) []string {
	if names := t.Texts("name"); len(names) > 0 {
		return names
	}
	if given, family := t.Text("givenName"), t.Text("familyName"); given != "" && family != "" {
		return []string{given + " " + family}
	}
	return t.Texts("@list")
}

// containsAll reports whether all has every name of some, compared as byline.Key does.
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
