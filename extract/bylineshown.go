package extract

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/date"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// printedCredits returns the names in the lines around the headline that are
// bylines by their words, by their name or by where they stand. The first line
// of names counts, with others that follow it in boxes like its own. Where no
// line names a person, links to the page of one author do.
func (p *page) printedCredits() (all []credit) {
	from, to := p.headRange()
	head := p.headLine()
	c := credit{from: "page:byline", shown: true}
	announced := byNobody
	first, passed, prose := -1, 0, 0 // the line of c; long paragraphs and bytes of text before it
	for i := from; i < to && passed < 2 && prose < 500; i++ {
		b := &p.blocks[i]
		if i > head && solid(b) > 150 {
			passed++
		}
		if i > head && b.size >= 80 && b.link*4 < b.size {
			prose += b.size
		}
		if !p.mayName(i, head) {
			announced = byNobody
			continue
		}
		if role := announcesName(b.text); role != byNobody {
			announced = role
			continue
		}
		said := announced
		announced = byNobody
		if said == byOther {
			continue
		}
		found := p.namesIn(i, said == byAuthor)
		found.names = slices.DeleteFunc(found.names, p.isSection)
		switch {
		case len(found.names) == 0:
		case first < 0 || p.noPersons(c.names) && !p.noPersons(found.names):
			first = i
			c.names, c.weak, c.said = found.names, found.weak, found.said && i > head && i < head+8
		case !found.weak && i-first < 8 && p.sameBox(first, i):
			for _, n := range found.names {
				if !containsAll(c.names, []string{n}) {
					c.names = append(c.names, n)
				}
			}
		}
	}
	if len(c.names) > 0 && len(c.names) < 8 {
		all = append(all, c)
	}
	if len(c.names) == 0 || c.weak {
		if n := p.linkedAuthor(); n != "" {
			all = append(all, credit{names: []string{n}, from: "page:author", shown: true})
		}
	}
	return all
}

// footCredits sets the bylines of a page that has none at its headline from the
// lines under the body that say who wrote it.
func (p *page) footCredits() {
	if len(p.a.Bylines) > 0 || p.last < 0 {
		return
	}
	announced := byNobody
	for i := max(0, p.last-1); i < min(len(p.blocks), p.last+32); i++ {
		if b := &p.blocks[i]; i > p.last+1 && b.kind == dateline.Heading && b.cue&(cueByline|cueBio) == 0 && announcesName(b.text) == byNobody {
			return // the head of something else
		}
		if !p.mayName(i, i-1) {
			announced = byNobody
			continue
		}
		said := announced
		if announced = announcesName(p.blocks[i].text); announced != byNobody || said == byOther {
			continue
		}
		if c := p.namesIn(i, said == byAuthor); len(c.names) > 0 && !c.weak && !p.noPersons(c.names) {
			p.a.Bylines = c.names
			p.found("bylines", "page:byline")
			return
		}
	}
}

// signature sets the bylines of a page that has none at all from the name of a
// person that is the last line of the text, all bold or slanted or to the right.
func (p *page) signature() {
	if len(p.a.Bylines) > 0 || p.last < 0 {
		return
	}
	for i := p.last; i < min(len(p.blocks), p.last+2); i++ {
		b := &p.blocks[i]
		style := p.t.Attr(b.node, dom.StyleKey)
		if b.tag != dom.P || b.size > 50 || b.link > 0 || max(b.bold, b.slant) < b.size && !strings.Contains(style, "right") ||
			i+1 < len(p.blocks) && (p.blocks[i+1].kind == dateline.Item || p.blocks[i+1].link*2 > p.blocks[i+1].size) {
			continue // it may be the head of what follows
		}
		names := byline.Split(b.text)
		if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return !p.fullName(n) }) {
			continue
		}
		p.a.Bylines = names
		p.found("bylines", "page:signature")
		return
	}
}

// mayName reports whether a line can be a byline; head is that of the headline.
func (p *page) mayName(i, head int) bool {
	b := &p.blocks[i]
	out := cueComment | cueRelated | cueHidden | cueCaption | cueFigure | cueNav | cueNotice | cueSignup
	if head >= 0 && i > head && i < head+4 {
		out &^= cueNav | cueNotice | cueSignup
	}
	return b.size <= 200 && b.cue&out == 0 && b.tag != dom.H1 && !isCredit(b.text) && (b.cue&cueByline != 0 || i+1 == len(p.blocks) || !isCredit(p.blocks[i+1].text))
}

// sameBox reports whether two lines stand in elements of one kind.
func (p *page) sameBox(i, j int) bool {
	a, b := &p.blocks[i], &p.blocks[j]
	return a.tag == b.tag && p.t.Attr(a.node, dom.Class) == p.t.Attr(b.node, dom.Class)
}

// A byRole tells whom words introduce.
type byRole uint8

const (
	byNobody byRole = iota
	byAuthor        // "By", "Written by"
	byOther         // "Reviewed by": no author
)

// announcesName tells whom a line that names nobody introduces in the next one.
func announcesName(content string) byRole {
	low := text.Lower(strings.TrimRight(content, " :"))
	switch {
	case byline.Introduces(low):
		return byAuthor
	case len(low) < 40 && (strings.HasSuffix(low, " by") || strings.HasSuffix(low, " von")) && otherRole(low):
		return byOther
	}
	return byNobody
}

// otherWords introduce somebody who is no author.
var otherWords = []string{"reviewed", "edited", "fact check", "fact-check", "checked", "photo", "illustrat", "updated by", "translated", "produced by", "medically", "curated",
	"approved by", "expert", "geprüft", "bearbeitet", "redigiert", "übersetzt", "edité par", "editado por", "revisado"}

// otherRole reports whether words in lower case introduce no author.
func otherRole(low string) bool { return text.ContainsAny(low, otherWords) }

// nameSeps set the parts of a line of names, dates and sections apart.
const nameSeps = "|•·⋅●│∙"

// namesIn returns the names in a line. If announced, the line before introduced
// them.
func (p *page) namesIn(i int, announced bool) (c credit) {
	b := &p.blocks[i]
	content := p.apart(i)
	p.parts = text.Pieces(p.parts[:0], content, nameSeps)
	parts := p.parts
	for _, part := range parts {
		if rest, ok := saidBy(strings.TrimSpace(part), b); ok {
			if c.names = p.sayingNames(rest, b); len(c.names) > 0 {
				c.names = p.atElements(c.names, i)
				c.said = !slices.ContainsFunc(c.names, func(n string) bool { return !byline.Personal(n) || !strings.Contains(n, " ") || ideographic(n) })
				return c
			}
		}
	}
	if c.names = p.namesBeside(i); len(c.names) > 0 {
		return c
	}
	if n := p.nameInParts(i, parts); n != "" {
		c.names = []string{n}
		return c
	}
	if n := p.agencyLine(i); n != "" {
		c.names = []string{n}
		return c
	}
	if c.names = p.namesSaid(i); len(c.names) > 0 {
		return c
	}
	if !announced && b.cue&(cueByline|cueBio) == 0 && !p.besideName(i) {
		c.names = p.namesAbove(i)
		return c
	}
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if otherRole(text.Lower(part)) {
			continue
		}
		for _, n := range p.atElements(byline.Split(withoutTail(part)), i) {
			if byline.Personal(n) && !p.isSite(n) && !byline.Idle(n) {
				c.names = append(c.names, n)
			}
		}
		if len(c.names) > 0 {
			return c
		}
	}
	if n := p.ownElement(i); n != "" {
		c.names = []string{n}
		return c
	}
	if len(parts) > 0 && b.cue&cueBio == 0 && (announced || b.cue&cueByline != 0 && b.size < 40) {
		if names := byline.Split(withoutTail(strings.TrimSpace(parts[0]))); len(names) > 0 && plausible(names[0]) && !byline.Idle(names[0]) && byline.Titled(names[0]) && text.Digits(names[0]) == 0 {
			c.names, c.weak = names[:1], true
		}
	}
	return c
}

// saidBy returns what stands behind the words that introduce an author: at the
// beginning of a part of a line, or behind a date.
func saidBy(part string, b *block) (rest string, ok bool) {
	rest, ok = byline.CutBy(part)
	low := text.Lower(part)
	if ok {
		return rest, !otherRole(low[:len(low)-min(len(low), len(rest))])
	}
	i := strings.LastIndex(low, " by ")
	if i < 0 || len(low) != len(part) || b.size >= 120 || b.kind == dateline.Heading || otherRole(low[:i]) {
		return "", false
	}
	if b.cue&(cueTime|cueByline) == 0 && text.Digits(part[:i]) < 4 {
		return "", false
	}
	return part[i+len(" by "):], true
}

// sayingNames returns the names behind "By" in a line: the first may be any
// name but the headline, the others are those of persons and agencies.
func (p *page) sayingNames(s string, b *block) (names []string) {
	for i, n := range byline.Split(withoutTail(s)) {
		switch {
		case i > 0 && !byline.Personal(n) && !byline.IsAgency(n):
		case i > 0:
			names = append(names, n)
		case !plausible(n) || byline.Idle(n) || text.Key(n) == text.Key(p.a.Headline) || byline.Account(n) && b.size > len(n)+60:
			return nil
		default:
			names = append(names, n)
		}
	}
	return names
}

// namesBeside returns the names of a line beside the date that has nothing but
// names of persons, each in an element of its own.
func (p *page) namesBeside(i int) (names []string) {
	b := &p.blocks[i]
	head := p.headLine()
	if i <= max(head, 0) || i > head+5 || b.size > 120 || b.kind == dateline.Heading || !(i+1 < len(p.blocks) && p.isTimeLine(&p.blocks[i+1]) || p.isTimeLine(&p.blocks[i-1])) {
		return nil
	}
	for s := range p.elements(i) {
		if !byline.Personal(s) || p.isSite(s) || strings.ContainsAny(s, "&,") || text.Capitals(s) || containsAll(names, []string{s}) || len(names) > 7 {
			return nil
		}
		names = append(names, s)
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// nameInParts returns the name of a person that is the first part of a line close
// under the headline whose other parts are roles and dates:
// "Kate Giuliani | Senior Writer | July 2, 2025".
func (p *page) nameInParts(i int, parts []string) string {
	head := p.headLine()
	if i <= head || i > head+4 || len(parts) < 2 || len(parts) > 4 {
		return ""
	}
	name := strings.TrimSpace(parts[0])
	if !p.fullName(name) || p.isSection(name) || strings.Contains(name, ",") {
		return ""
	}
	for _, part := range parts[1:] {
		if part = strings.TrimSpace(part); part == "" || byline.Role(part) && len(part) < 60 {
			continue
		}
		if _, ok := date.Parse(part, p.dateLang()); !ok || text.Letters(part) > 30 {
			return ""
		}
	}
	return name
}

// namesSaid returns the names in the first element of a short line close under
// the headline that begins with the word that introduces them, or ends with the
// word for a reporter.
func (p *page) namesSaid(i int) (names []string) {
	b := &p.blocks[i]
	if head := p.headLine(); head < 0 || i <= head || i > head+5 || b.size > 120 || b.kind == dateline.Heading {
		return nil
	}
	for s := range p.elements(i) {
		rest, said := byline.CutBy(s)
		if !said && !strings.HasSuffix(s, " 기자") && !strings.HasSuffix(s, " 記者") && !strings.HasSuffix(s, " 记者") || otherRole(text.Lower(s)) {
			continue
		}
		for _, n := range byline.Split(withoutTail(rest)) {
			if byline.Personal(n) && !p.isSite(n) && !byline.Idle(n) {
				names = append(names, n)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// agencyLine returns the agency that is all of a line close under the headline,
// but for the place that it writes from: "AFP, MANILA".
func (p *page) agencyLine(i int) string {
	b := &p.blocks[i]
	head := p.headLine()
	if head < 0 || i <= head || i > head+4 || b.size > 40 || b.kind == dateline.Heading || b.link > 0 {
		return ""
	}
	name, place, _ := strings.Cut(b.text, ",")
	name, place = strings.TrimSpace(name), strings.TrimSpace(place)
	if !byline.ListedAgency(name) || place != "" && (!text.Capitals(place) || text.Digits(place) > 0) || p.isSite(name) {
		return ""
	}
	return name
}

// atElements parts names where an element ends behind that of a person: what
// follows is another's name or a role, which is left out.
func (p *page) atElements(names []string, i int) []string {
	if !slices.ContainsFunc(names, severalWords) {
		return names
	}
	out := make([]string, 0, len(names))
	for _, n := range names {
		for range 8 {
			name, rest := p.firstElement(n, i)
			out = append(out, name)
			if n = rest; !byline.Personal(n) {
				break
			}
		}
	}
	return out
}

// severalWords reports whether a name can be that of a person and something else.
func severalWords(name string) bool { return strings.Count(name, " ") >= 2 }

// firstElement returns the beginning of a name that is the text of an element of
// the line and a person's name itself, and the words behind it; else all of it.
func (p *page) firstElement(name string, i int) (first, rest string) {
	if !severalWords(name) {
		return name, ""
	}
	for s := range p.elements(i) {
		s, _ = byline.CutBy(s)
		if behind, ok := strings.CutPrefix(name, s); ok && strings.HasPrefix(behind, " ") && byline.Personal(s) && (strings.Contains(behind[1:], " ") || byline.Role(behind)) {
			return s, behind[1:]
		}
	}
	return name, ""
}

// ownElement returns the name of a person that is all the text of an element of
// a short byline at the headline, if it has one such name.
func (p *page) ownElement(i int) (name string) {
	b := &p.blocks[i]
	if b.cue&(cueByline|cueBio) != cueByline || b.size > 80 || i > p.headLine()+5 || otherRole(text.Lower(b.text)) {
		return ""
	}
	for s := range p.elements(i) {
		if s, _ = byline.CutBy(s); !byline.Personal(s) || !strings.Contains(s, " ") || strings.ContainsAny(s, "&,") || p.isSite(s) || byline.Idle(s) || name == s {
			continue
		}
		if name != "" {
			return ""
		}
		name = s
	}
	return name
}

// elements yields the texts of the elements of a line.
func (p *page) elements(i int) iter.Seq[string] {
	b := &p.blocks[i]
	return func(yield func(string) bool) {
		for n := b.first; n < p.t.End(b.node); n++ {
			if p.t.Tag(n) == dom.Text && visible(p.t.Nodes[n].Text) >= 4 && !yield(text.Line(p.t.Nodes[n].Text)) {
				return
			}
		}
	}
}

// fullName reports whether a text has the form of a person's first and last name
// and is not the site's.
func (p *page) fullName(s string) bool {
	return byline.Personal(s) && strings.Contains(s, " ") && !text.Capitals(s) && !p.isSite(s) && !byline.Idle(s) && !strings.ContainsAny(s, "&?!")
}

// namesAbove returns the names of persons that are all of the paragraph above
// a long one near the headline of what the page calls an article.
func (p *page) namesAbove(i int) []string {
	b := &p.blocks[i]
	head := p.headLine()
	if p.news.newsRank() < newsTypes["Article"] || b.tag != dom.P || b.kind != dateline.Paragraph || b.link > 0 || b.size > 80 || i <= head || i > head+8 || i+1 >= len(p.blocks) || solid(&p.blocks[i+1]) < 80 {
		return nil
	}
	names := byline.Split(b.text)
	for _, n := range names {
		if !p.fullName(n) {
			return nil
		}
	}
	return names
}

// plausible reports whether a text can be the name under which somebody writes.
func plausible(n string) bool {
	words := strings.Count(n, " ") + 1
	low := text.Lower(n)
	return n != "" && len(n) <= 60 && words <= 6 && !strings.ContainsAny(n, "@?!:/…") && !byline.Placeholder(n) && (words == 1 || low[0] != n[0] || n[0] >= utf8.RuneSelf) &&
		!date.IsMonth(low) && !slices.Contains([]string{"here", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}, low)
}

// tails begin what follows a name in a line.
var tails = []string{" last updated", " last modified", " published", " updated", " posted", " view ", " follow", " min read", " share", " on ", " veröffentlicht", " aktualisiert", " publié", " mis à jour", " publicado", " actualizado", " comments"}

// withoutTail cuts the date and the buttons off a line of names.
func withoutTail(s string) string {
	low := text.Lower(s)
	if len(low) != len(s) {
		return s
	}
	for _, t := range tails {
		if i := strings.Index(low, t); i > 1 && (strings.HasSuffix(t, " ") || !letterAt(low, i+len(t))) {
			s, low = s[:i], low[:i]
		}
	}
	return strings.TrimRight(strings.TrimSuffix(beforeDate(s), " on"), " .")
}

// beforeDate cuts off a line what follows the name from the first number on,
// and the month before it.
func beforeDate(s string) string {
	i := strings.IndexFunc(s, unicode.IsDigit)
	if i <= 0 {
		return s
	}
	name := strings.TrimRight(s[:i], " ,.|-–—(")
	last := strings.LastIndexByte(name, ' ')
	if date.IsMonth(name[last+1:]) {
		name = strings.TrimRight(name[:max(last, 0)], " ,.|-–—(")
	}
	for _, w := range [...]string{" le", " am", " on", " el", " il", " den", " em", " op", " dne", " às", " à", " um", " kl"} {
		name = strings.TrimSuffix(name, w)
	}
	if name == "" {
		return s
	}
	return name
}

func letterAt(s string, i int) bool {
	return i < len(s) && s[i] >= 'a' && s[i] <= 'z'
}

// besideName reports whether a block without the name of a byline is one by
// where it stands or leads: a short line under the headline that links to a
// person's page, or that stands beside the date.
func (p *page) besideName(i int) bool {
	b := &p.blocks[i]
	name, _, _ := strings.Cut(b.text, ",")
	if b.size > 40 || b.kind == dateline.Heading || !strings.Contains(name, " ") || !byline.Personal(name) {
		return false
	}
	if b.link > 0 {
		for n := b.node; n < p.t.End(b.node) && n < b.node+12; n++ {
			if p.t.Tag(n) == dom.A {
				return authorAddress(p.t.Attr(n, dom.Href))
			}
		}
		up := p.t.Parent(b.node)
		return p.t.Tag(up) == dom.A && authorAddress(p.t.Attr(up, dom.Href))
	}
	if text.Capitals(b.text) {
		return false
	}
	head := p.headLine()
	if i > head && i < head+5 && i+1 < len(p.blocks) && p.blocks[i+1].cue&cueBio != 0 && p.blocks[i+1].size < 120 {
		return true // the person's description follows
	}
	return i > head && i < head+5 && (i+1 < len(p.blocks) && p.isTimeLine(&p.blocks[i+1]) || i-1 > head && p.isTimeLine(&p.blocks[i-1]))
}

// authorAddress reports whether an address is that of a person's page.
func authorAddress(href string) bool {
	return text.ContainsAny(text.Lower(href), []string{"/author", "/autor", "/team/", "/people/", "/contributor", "/staff", "/profile", "/writer", "/by/", "/person", "/redaktion", "/auteur", "/skribent"})
}

// linkedAuthor returns the name in the links that the page marks as leading to
// the author, if they name one person.
func (p *page) linkedAuthor() (name string) {
	t := p.t
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		if t.Tag(n) != dom.A || p.cues[n]&(cueNav|cueRelated|cueComment|cueHidden|cueAside) != 0 || p.cues[n]&cueFooter != 0 && p.cues[n]&cueArticle == 0 {
			continue
		}
		size := p.size[t.End(n)] - p.size[n]
		if size < 3 || size > 40 || !strings.EqualFold(t.Attr(n, dom.Rel), "author") && !strings.Contains(t.Attr(n, dom.Href), "/author") {
			continue
		}
		s, _ := byline.CutBy(textOf(t, n))
		if !byline.Personal(s) || byline.Idle(s) || utf8.RuneCountInString(s) > 40 {
			continue
		}
		if name != "" && text.Key(name) != text.Key(s) {
			return ""
		}
		name = s
	}
	return name
}
