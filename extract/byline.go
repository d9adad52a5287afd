package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/internal/dom"
)

// A credit is a list of names that one source gives.
type credit struct {
	names []string
	from  string
}

// bylinesOf sets who wrote the article: one person or agency each. What the
// page states of itself goes before what it shows; names of persons before the
// site's own; a list that has all of another and more before the other.
func (p *page) bylinesOf() {
	credits := append(p.statedCredits(), p.printedCredits()...)
	best := -1
	for i := range credits {
		switch {
		case best < 0:
			best = i
		case p.onlySite(credits[best].names) && !p.onlySite(credits[i].names) && !onlyAgencies(credits[i].names):
			best = i
		case len(credits[i].names) > len(credits[best].names) && containsAll(credits[i].names, credits[best].names):
			best = i
		}
	}
	if best < 0 {
		return
	}
	p.a.Bylines = credits[best].names
	p.found("bylines", credits[best].from)
}

// statedCredits returns the names in the page's metadata.
func (p *page) statedCredits() (all []credit) {
	add := func(from string, values ...string) {
		if names := p.authorNames(values); len(names) > 0 {
			all = append(all, credit{names, from})
		}
	}
	for _, key := range []string{"author", "creator"} {
		var values []string
		for v := range p.news.Get(key).All() {
			if t, ok := p.thing(v); ok {
				values = append(values, t.texts("name")...)
			} else {
				values = append(values, ldText(v))
			}
			if len(values) >= 100 {
				break
			}
		}
		add("jsonld:"+key, values...)
	}
	add("microdata:author", p.itemTexts("author")...)
	add("microdata:creator", p.itemTexts("creator")...)
	for _, n := range []string{"author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl", "article:author_name",
		"citation_author", "cxenseparse:author", "og:article:author", "article.author", "book:author", "mrf:authors", "dc.contributor"} {
		add("meta:"+n, p.metaAll(n)...)
	}
	if l := strings.ToLower(p.meta("twitter:label1")); strings.Contains(l, "by") || l == "verfasst von" || strings.Contains(l, "autor") || strings.Contains(l, "écrit") {
		add("meta:twitter:data1", p.meta("twitter:data1"))
	}
	return all
}

// printedCredits returns the names in the lines around the headline that are
// bylines by their name or by their words.
func (p *page) printedCredits() (all []credit) {
	from, to := p.headRange()
	var values []string
	seen := map[string]bool{}
	announced := false // the line before was only "Written by"
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		if b.size > 200 || b.cue&(cueComment|cueRelated|cueNav|cueHidden|cueCaption|cueFigure|cueNotice|cueSignup) != 0 || b.tag == dom.H1 {
			continue
		}
		if isCredit(b.text) || i+1 < len(p.blocks) && isCredit(p.blocks[i+1].text) {
			continue // who took the picture, and what it shows
		}
		rest, said := cutBy(b.text)
		if j := strings.LastIndex(strings.ToLower(rest), " by "); j >= 0 && !said && b.size < 120 && (b.cue&(cueTime|cueByline) != 0 || countDigits(rest) > 4) && len(strings.ToLower(rest)) == len(rest) {
			rest, said = rest[j+len(" by "):], true
		}
		named := said || announced || b.cue&(cueByline|cueBio) != 0 || p.besideName(i)
		announced = contains(byWords, strings.ToLower(strings.TrimRight(b.text, " :")))
		if announced || !named {
			continue
		}
		for _, n := range p.authorNames([]string{rest}) {
			if personal(n) && !p.isSite(n) && !seen[norml(n)] {
				seen[norml(n)] = true
				values = append(values, n)
			}
		}
	}
	if len(values) > 0 && len(values) < 8 {
		all = append(all, credit{values, "page:byline"})
	}
	if n := p.openingName(); n != "" {
		all = append(all, credit{[]string{n}, "page:text"})
	}
	return all
}

// besideName reports whether a block without the name of a byline is one by
// where it stands or leads: a short line under the headline that links to a
// person's page, or that stands beside the date.
func (p *page) besideName(i int) bool {
	b := &p.blocks[i]
	if b.size > 40 || b.kind == dateline.Heading || !strings.Contains(b.text, " ") || !personal(b.text) {
		return false
	}
	if b.link > 0 {
		for n := b.node; n < p.t.End(b.node) && n < b.node+12; n++ {
			if p.t.Tag(n) == dom.A {
				return containsAny(strings.ToLower(p.t.Attr(n, dom.Href)), []string{"/author", "/autor", "/team/", "/people/", "/contributor", "/staff", "/profile", "/writer", "/by/", "/person", "/redaktion", "/auteur", "/skribent"})
			}
		}
		up := p.t.Parent(b.node)
		return p.t.Tag(up) == dom.A && containsAny(p.t.Attr(up, dom.Href), []string{"/author", "/autor", "/team/", "/people/", "/profile", "/contributor"})
	}
	if strings.ToUpper(b.text) == b.text {
		return false
	}
	head := p.headBlock(len(p.blocks))
	return i > head && i < head+5 && (i+1 < len(p.blocks) && p.isTimeLine(&p.blocks[i+1]) || i-1 > head && p.isTimeLine(&p.blocks[i-1]))
}

// openingName returns the name that stands alone above the first paragraph.
func (p *page) openingName() string {
	seen := 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if p.root == 0 || !p.t.Within(b.first, p.root) || b.cue&cueOut != 0 {
			continue
		}
		if seen++; seen > 3 || solid(b) > 0 && b.size > 100 {
			return ""
		}
		if b.size < 40 && b.kind != dateline.Heading && b.link == 0 && strings.Contains(b.text, " ") && personal(b.text) && !p.isSite(b.text) && norml(b.text) != norml(p.a.Headline) {
			if parts := splitNames(b.text); len(parts) == 1 {
				return cleanName(titled(b.text))
			}
		}
	}
	return ""
}

// titled returns a name without the slashes and dots around it.
func titled(s string) string { return strings.Trim(s, " /.-–—") }

// headRange returns the blocks around the headline: where bylines and dates stand.
func (p *page) headRange() (from, to int) {
	head := p.headBlock(len(p.blocks))
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

// onlySite reports whether every name is the site's own or no person's.
func (p *page) onlySite(names []string) bool {
	for _, n := range names {
		if !p.isSite(n) && !deskName(n) {
			return false
		}
	}
	return true
}

// isCredit reports whether a line says who made a picture.
func isCredit(s string) bool {
	_, ok := creditOf(s)
	return ok
}

// onlyAgencies reports whether every name is that of a news agency.
func onlyAgencies(names []string) bool {
	for _, n := range names {
		if !isAgency(n) {
			return false
		}
	}
	return true
}

func containsAll(all, some []string) bool {
	have := map[string]bool{}
	for _, n := range all {
		have[norml(n)] = true
	}
	for _, n := range some {
		if !have[norml(n)] {
			return false
		}
	}
	return true
}

// authorNames cleans and splits what sources give as authors.
func (p *page) authorNames(values []string) (out []string) {
	seen := map[string]bool{}
	for _, v := range values {
		for _, n := range splitNames(line(v)) {
			if k := norml(n); k != "" && !seen[k] {
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

// splitNames returns the persons and agencies that a byline names.
func splitNames(s string) (out []string) {
	if len(s) > 400 || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") {
		return nil
	}
	s, _ = cutBy(s)
	parts := splitAny(s)
	for i, n := range parts {
		n = cleanName(n)
		if n == "" || i > 0 && roleName(n) || strings.ContainsAny(n, "@_=<>{}:") || strings.Count(n, ".") > 1 && !strings.Contains(n, ". ") || len(n) > 80 || countDigits(n) > 2 {
			continue
		}
		if len(parts) == 1 || utf8.RuneCountInString(n) > 1 {
			out = append(out, n)
		}
	}
	return out
}

var byWords = []string{"by", "von", "por", "par", "di", "da", "door", "af", "av", "tekst", "text", "texte", "texto", "testo", "autor", "autorin", "author",
	"authors", "auteur", "autore", "autora", "автор", "авторы", "автори", "автор:", "текст", "oleh", "penulis", "written by", "story by", "words by", "reported by",
	"posted by", "published by", "article by", "writer", "reporter", "kolumne von", "ein kommentar von", "kommentar von", "interview von", "gastbeitrag von",
	"eine analyse von", "analyse von", "ein gastbeitrag von", "texto de", "escrito por", "rédigé par", "a cura di", "scritto da", "skrevet af", "skrevet av", "geschreven door", "opinion by", "analysis by", "contributed by",
	"publicado por", "redactado por", "yazan", "haber", "tekst:", "szerző", "γράφει", "γράφει ο", "بقلم", "כתב", "autorzy", "opracowanie", "publié par", "from", "von:", "reporting by", "av:", "od"}

// cutBy cuts the word that introduces a byline; said tells whether there was one.
func cutBy(s string) (rest string, said bool) {
	low := strings.ToLower(s)
	best := 0
	for _, w := range byWords {
		if len(w) > best && strings.HasPrefix(low, w) && len(s) > len(w) {
			switch s[len(w)] {
			case ' ', ':':
				best = len(w)
			}
		}
	}
	if best == 0 || len(low) != len(s) {
		return s, false
	}
	return strings.TrimSpace(strings.TrimLeft(s[best:], " :")), true
}

var joiners = []string{" and ", " und ", " y ", " et ", " & ", " og ", " och ", " en ", " e ", " и ", " та ", " dan ", " i ", " ve ", ", ", "; ", ";", " | ", "|", " / ", "/", "、", "，", " • ", " · ", " – ", " — ", " - ", "•", ","}

// splitAny splits a list of names at what joins them, in small letters or in
// capitals.
func splitAny(s string) []string {
	if s == "" {
		return nil
	}
	parts := []string{s}
	for i, j := range joiners {
		capital := capitalJoiners[i]
		if !strings.Contains(s, j) && (capital == j || !strings.Contains(s, capital)) && (len(parts) == 1 || i < len(joiners)-1) {
			continue
		}
		var next []string
		for _, part := range parts {
			switch {
			case part == "" && len(j) <= 3:
			case strings.Contains(part, j):
				next = append(next, strings.Split(part, j)...)
			default:
				next = append(next, strings.Split(part, capital)...)
			}
		}
		parts = next
	}
	return parts
}

var capitalJoiners = func() (all []string) {
	for _, j := range joiners {
		all = append(all, strings.ToUpper(j))
	}
	return all
}()

// cleanName trims a name and cuts what follows it: a bracket, a date, a role.
func cleanName(n string) string {
	if i := strings.IndexFunc(n, unicode.IsDigit); i > 0 {
		n = strings.TrimRight(n[:i], " ,.|-–—(")
		if j := strings.LastIndexByte(n, ' '); j > 0 && monthsByName[strings.ToLower(n[j+1:])] > 0 {
			n = n[:j]
		}
	}
	if i := strings.IndexAny(n, "(["); i > 0 {
		n = n[:i]
	}
	n = strings.Trim(n, " \t,.:;|–—-•·*&\"'“”„»«)(")
	for _, cut := range []string{" for ", " für ", " updated ", " published ", " in ", " aus ", " at ", " says:", " on ", " posted "} {
		if i := strings.Index(strings.ToLower(n), cut); i > 3 && i < len(n) && len(strings.ToLower(n)) == len(n) {
			n = n[:i]
		}
	}
	for _, suffix := range []string{" 기자", " 記者", "記者", " 记者"} {
		n = strings.TrimSuffix(n, suffix)
	}
	rest, said := cutBy(n)
	if said {
		n = rest
	}
	return strings.TrimSpace(n)
}

func countDigits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

var roleWords = strings.Fields(`reporter editor correspondent writer staff journalist redakteur redakteurin korrespondent korrespondentin contributor
	producer director chief senior professor phd md esq columnist author analyst manager ceo cfa cfp cpa bureau desk redactor corresponsal
	correspondant journaliste giornalista redaktør journalist fotograf photographer specialist lecturer researcher fellow expert consultant
	redaktion volontär volontärin chefredakteur ressortleiter founder co-founder president head lead updated published editorial content`)

// roleName reports whether a part of a byline is a role and no name.
func roleName(n string) bool {
	for w := range strings.FieldsSeq(strings.ToLower(n)) {
		if contains(roleWords, strings.Trim(w, ".,()")) {
			return true
		}
	}
	return false
}

// deskName reports whether a name is that of no person: "admin", "Newsroom".
func deskName(n string) bool {
	switch k := norml(n); k {
	case "admin", "administrator", "editor", "staff", "redaktion", "newsroom", "webmaster", "newsdesk", "editorial", "root", "redaccion", "redaction", "redazione",
		"staffwriter", "staffreporter", "unknown", "anonymous", "team", "guest", "user", "author", "guestauthor", "editors", "editorialteam", "editorialstaff",
		"redactie", "redakcja", "online", "web", "webdesk", "null", "undefined", "none", "author1", "wpadmin":
		return true
	}
	return strings.Contains(n, ".com") || strings.Contains(n, ".de") || strings.Contains(strings.ToLower(n), "nachrichten")
}

// personal reports whether a name has the form of a person's or an agency's.
func personal(n string) bool {
	words := strings.Fields(n)
	if len(words) == 0 || len(words) > 6 || len(n) < 2 || countDigits(n) > 0 || deskName(n) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(n)
	if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
		return utf8.RuneCountInString(n) <= 12
	}
	if len(words) == 1 {
		return agencies[strings.ToLower(n)] || unicode.Is(unicode.Arabic, r)
	}
	capital := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'“’("))
		if unicode.IsUpper(r) || !unicode.IsLower(r) && unicode.IsLetter(r) {
			capital++
		} else if len(w) > 4 {
			return false
		}
	}
	return capital >= 2 && !roleName(n) && !contains([]string{"NEWS FEATURE", "BREAKING NEWS", "LIVE UPDATES", "Fact Checked", "Cite this Webpage", "Social Media", "Posted By", "Follow Us"}, n)
}
