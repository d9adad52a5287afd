package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/byline"
	"dateline/extract/date"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Sizes of bylines and distances from the headline, in bytes of visible text and in
// blocks. They were set by eye, as those of shown.go were.
const (
	mostProse  = 500 // bytes of running text below the headline, behind which no byline follows
	nearNames  = 8   // blocks between the lines of one list of names, and between the headline and a line with “By”
	mostNames  = 7   // names of a printed byline: longer lists are lists of other things
	underText  = 32  // blocks below the text that may say who wrote it
	longByline = 200 // bytes: no byline is longer
	longLine   = 120 // bytes: no line of names, roles and dates close to the headline is longer
	oneName    = 80  // bytes: no name with its role is longer
	yearDigits = 4   // digits that a date before the word that introduces a byline has at least
	bareName   = 40  // bytes: no name with its role is longer in a line that nothing calls a byline
)

// printedCredits returns the names in the lines around the headline that are bylines: by
// their words, by the names on their elements or by where they stand. The first line of
// names counts, together with those that follow it in boxes of the same kind. If no line
// is found, or nothing says that the one found names a person, pageWays are tried too.
func (p *credits) printedCredits() (all []credit) {
	from, to := p.headRange()
	head := p.head
	c := credit{shown: true}
	announced := byNobody
	first, passed, prose := -1, 0, 0 // the line of c; how many long paragraphs, and bytes of text, stand above the current line
	for i := from; i < to && passed < 2 && prose < mostProse; i++ {
		b := &p.Blocks[i]
		if i > head && b.Solid() > longParagraph {
			passed++
		}
		if i > head && b.Size >= shortProse && b.Link*4 < b.Size {
			prose += b.Size
		}
		if !p.mayName(i, head) {
			announced = byNobody
			continue
		}
		if role := announcesName(b.Text); role != byNobody {
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
			c.names, c.from, c.weak, c.line = found.names, found.from, found.weak, found.line
			c.said = found.said && i > head && i < head+nearNames
		case !found.weak && i-first < nearNames && p.sameBox(first, i):
			for _, n := range found.names {
				if !containsAll(c.names, []string{n}) {
					c.names = append(c.names, n)
				}
			}
		}
	}
	if len(c.names) > 0 && len(c.names) <= mostNames {
		all = append(all, c)
	}
	if len(c.names) == 0 || c.weak {
		for _, way := range pageWays {
			if names := way.find(p, 0); len(names) > 0 {
				all = append(all, credit{names: names, from: way.Name, shown: true})
				break
			}
		}
	}
	return all
}

// footBylines returns who wrote an article that names nobody at its headline, and the
// evidence: from the lines under the text, else by the textWays.
func footBylines(around *shown, b *body.Text, why *trace) (names []string, from string) {
	p := newCredits(around, why)
	if b.Last < 0 {
		return nil, ""
	}
	names, from = p.footCredits(b.Last)
	for i := 0; i < len(textWays) && len(names) == 0; i++ {
		names, from = textWays[i].find(p, b.Last), textWays[i].Name
	}
	if len(names) == 0 {
		return nil, ""
	}
	if why != nil {
		why.scored("bylines", claim{strings.Join(names, ", "), from}, 0, "under the text, asked since nothing at the headline names anybody")
	}
	return names, from
}

// footCredits returns the names in the lines under the last block of the text.
func (p *credits) footCredits(last int) (names []string, from string) {
	announced := byNobody
	for i := max(0, last-1); i < min(len(p.Blocks), last+underText); i++ {
		if b := &p.Blocks[i]; i > last+1 && b.Kind == dateline.Heading && b.Roles&(page.InByline|page.InBio) == 0 && announcesName(b.Text) == byNobody {
			return nil, "" // what is below this heading is not of the article
		}
		if !p.mayName(i, i-1) {
			announced = byNobody
			continue
		}
		said := announced
		if announced = announcesName(p.Blocks[i].Text); announced != byNobody || said == byOther {
			continue
		}
		if c := p.namesIn(i, said == byAuthor); len(c.names) > 0 && !c.weak && !p.noPersons(c.names) {
			return c.names, c.from
		}
	}
	return nil, ""
}

// closingCredit returns the names in a credit that closes the text, such as
// "(Reporting by Kate Giuliani)".
func (p *credits) closingCredit(last int) []string {
	const before, behind = 2, 8 // blocks around the last one of the text
	for i := max(p.head+1, last-before); i < min(len(p.Blocks), last+behind); i++ {
		b := &p.Blocks[i]
		if b.Kind == dateline.Heading || b.Roles&(page.InNav|page.InRelated|page.InComment|page.Hidden) != 0 {
			continue
		}
		if names := slices.DeleteFunc(byline.Closing(b.Text), p.isSite); len(names) > 0 && len(names) <= mostNames {
			return names
		}
	}
	return nil
}

// openingCredit returns the reporters whom the first paragraph names before its text.
func (p *credits) openingCredit(last int) []string {
	for i := p.head + 1; i <= last && i < len(p.Blocks); i++ {
		if b := &p.Blocks[i]; b.Kind == dateline.Paragraph && b.Size > shortProse && b.Roles&(page.InCaption|page.InFigure|page.InNav|page.InRelated|page.Hidden) == 0 {
			return slices.DeleteFunc(byline.Opening(b.Text), p.isSite)
		}
	}
	return nil
}

// signature returns the names if the last line of the text is nothing but names of
// persons, all in bold type, in italics or set to the right.
func (p *credits) signature(last int) []string {
	for i := last; i < min(len(p.Blocks), last+2); i++ {
		b := &p.Blocks[i]
		style := p.Tree.Attr(b.Node, dom.StyleKey)
		if b.Tag != dom.P || b.Size > 50 || b.Link > 0 || max(b.Bold, b.Slant) < b.Size && !strings.Contains(style, "right") && !byline.CapitalSurname(b.Text) ||
			!byline.CapitalSurname(b.Text) && i+1 < len(p.Blocks) && (p.Blocks[i+1].Kind == dateline.Item || p.Blocks[i+1].Link*2 > p.Blocks[i+1].Size) {
			continue // it may be a heading of what follows
		}
		names := byline.Split(b.Text)
		if len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !p.fullName(n) }) {
			return names
		}
	}
	return nil
}

// mayName reports whether block i can be a byline; head is the block of the headline, -1
// if there is none.
func (p *credits) mayName(i, head int) bool {
	b := &p.Blocks[i]
	out := page.InComment | page.InRelated | page.Hidden | page.InCaption | page.InFigure | page.InNav | page.InNotice | page.InSignup
	if head >= 0 && i > head && i < head+closeToHead {
		out &^= page.InNav | page.InNotice | page.InSignup
	}
	return b.Size <= longByline && b.Roles&out == 0 && b.Tag != dom.H1 && !byline.OpensCredit(b.Text) && (b.Roles&page.InByline != 0 || i+1 == len(p.Blocks) || !byline.OpensCredit(p.Blocks[i+1].Text))
}

// sameBox reports whether two lines stand in elements of one kind.
func (p *credits) sameBox(i, j int) bool {
	a, b := &p.Blocks[i], &p.Blocks[j]
	return a.Tag == b.Tag && p.Tree.Attr(a.Node, dom.Class) == p.Tree.Attr(b.Node, dom.Class)
}

// A byRole says whom a line introduces that is followed by a name.
type byRole uint8

const (
	byNobody byRole = iota
	byAuthor        // "By", "Written by"
	byOther         // "Reviewed by": no author
)

// announcesName says whom a line that is only "By" or the like introduces in the next
// line.
func announcesName(content string) byRole {
	low := text.Lower(strings.TrimRight(content, " :"))
	switch {
	case byline.Introduces(low):
		return byAuthor
	case len(low) < 40 && endsBy(low) && otherRole(low):
		return byOther
	}
	return byNobody
}

// endsBy reports whether words in small letters end with one that introduces somebody:
// "edited by".
func endsBy(low string) bool {
	return slices.ContainsFunc(byEnds.All(), func(end string) bool { return strings.HasSuffix(low, end) })
}

var byEnds = words.NewList("by-end").Wrap(" ", "")

// otherWords introduce somebody who is no author.
var otherWords = words.NewPhrases("other-role")

// otherRole reports whether words in lower case introduce no author.
func otherRole(low string) bool { return otherWords.In(low) }

// nameSeps are the marks that stand between the parts of a line of names, dates and
// sections: "Kate Giuliani | 2 July".
const nameSeps = "|•·⋅●│∙"

// A printedLine is a line of the page that may be a byline.
type printedLine struct {
	i         int // the number of its block
	b         *page.Block
	parts     []string // its text, cut at bars and dots
	announced bool     // the line before introduced the names in this one
}

// Which lines a way of finding names reads.
const (
	anyLine      = iota
	unmarkedLine // lines that none of lineMarks marks as a byline
	markedLine   // lines that one of lineMarks marks as a byline
)

// A lineWay is a way of finding names in a line of the page. Its name is the evidence.
// The one without a name reads marked lines, and the evidence is the name of the mark.
type lineWay struct {
	Way
	lines int // anyLine, unmarkedLine or markedLine
	find  func(p *credits, l *printedLine) credit
}

// lineWays are the ways of finding names in a line, in the order in which they are
// tried: the first that finds any decides.
var lineWays = []lineWay{
	{Way{"byline/by-word", "names behind “By” or its like, at the beginning of a part of a line or behind a date"}, anyLine, (*credits).byWord},
	{Way{"byline/names-beside-date", "a line beside the date that has nothing but names, each in an element of its own"}, anyLine, (*credits).namesBeside},
	{Way{"byline/first-part", "the first part of a line under the headline whose other parts are roles and dates"}, anyLine, (*credits).nameInParts},
	{Way{"byline/agency-line", "a line under the headline that is a news agency, with the place that it writes from"}, anyLine, (*credits).agencyLine},
	{Way{"byline/by-word-in-element", "an element of a line under the headline that begins with “By” or its like"}, anyLine, (*credits).namesSaid},
	{Way{"byline/above-paragraph", "a paragraph of nothing but names above a long one, on a page that states an article"}, unmarkedLine, (*credits).namesAbove},
	{Way{}, markedLine, (*credits).markedNames},
	{Way{"byline/own-element", "the only name in an element of a line that is called a byline"}, markedLine, (*credits).ownElement},
	{Way{"byline/likely-name", "what may be a name in a line that is called a byline, though nothing says that it is a person's"}, markedLine, (*credits).likelyName},
}

// lineMarks are what marks a line as a byline, in the order in which they are asked.
var lineMarks = []struct {
	Way
	marks func(p *credits, l *printedLine) bool
}{
	{Way{"byline/announced", "a line of names under one that is nothing but “By” or its like"}, func(_ *credits, l *printedLine) bool { return l.announced }},
	{Way{"byline/named-element", "names in an element that is called a byline or a description of the author"}, func(_ *credits, l *printedLine) bool { return l.b.Roles&(page.InByline|page.InBio) != 0 }},
	{Way{"byline/person-link", "a name under the headline that links to a person's page"}, (*credits).linksToPerson},
	{Way{"byline/above-description", "a name under the headline with the person's description below it"}, (*credits).aboveDescription},
	{Way{"byline/beside-date", "a name under the headline beside the date"}, (*credits).besideDate},
}

// A nameWay is a way of finding authors elsewhere than in the lines around the headline.
// last is the last block of the text.
type nameWay struct {
	Way
	find func(p *credits, last int) []string
}

// pageWays are asked where no line around the headline names a person, in order.
var pageWays = [...]nameWay{
	{Way{"byline/author-link", "the name in the links that lead to the page of one author"}, (*credits).linkedAuthor},
}

// textWays are asked where no line around the headline and none under the text names
// anybody, in order.
var textWays = [...]nameWay{
	{Way{"byline/closing-credit", "what closes the text: brackets or a line with “Reporting by” or its like, or a dash and a name"}, (*credits).closingCredit},
	{Way{"byline/opening-credit", "a reporter whom the first line of the text names before it begins, in Korean and Chinese"}, (*credits).openingCredit},
	{Way{"byline/signature", "a name that is the last line of the text, bold, slanted or to the right"}, (*credits).signature},
}

// namesIn returns the names in block i; announced says that the line before introduced
// them.
func (p *credits) namesIn(i int, announced bool) credit {
	l := &p.line
	*l = printedLine{i: i, b: &p.Blocks[i], announced: announced}
	p.parts = text.Pieces(p.parts[:0], p.Apart(i), nameSeps)
	l.parts = p.parts
	mark, known := "", false
	for _, way := range lineWays {
		if way.lines != anyLine {
			if !known {
				mark, known = p.markOf(l), true
			}
			if (mark != "") != (way.lines == markedLine) {
				continue
			}
		}
		if c := way.find(p, l); len(c.names) > 0 {
			if c.from = way.Name; c.from == "" {
				c.from = mark
			}
			c.line = l.b.Text
			return c
		}
	}
	return credit{}
}

// markOf names what marks a line as a byline, "" if nothing does.
func (p *credits) markOf(l *printedLine) string {
	for i := range lineMarks {
		if lineMarks[i].marks(p, l) {
			return lineMarks[i].Name
		}
	}
	return ""
}

// byWord finds the names behind "By" and its like, at the beginning of a part of
// the line or behind a date.
func (p *credits) byWord(l *printedLine) (c credit) {
	for i, part := range l.parts {
		rest, ok := saidBy(strings.TrimSpace(part), l.b)
		if !ok {
			continue
		}
		if c.names = p.sayingNames(rest, l.b); len(c.names) > 0 {
			c.names = p.atElements(c.names, l.i)
			for _, more := range l.parts[i+1:] {
				if more = strings.TrimSpace(more); byline.ListedAgency(more) && !p.isSite(more) {
					c.names = append(c.names, more)
				}
			}
			c.said = !slices.ContainsFunc(c.names, func(n string) bool { return !byline.Personal(n) || !strings.Contains(n, " ") || ideographic(n) })
			return c
		}
	}
	return c
}

// markedNames finds the names of persons in the first part of a marked line that
// has any.
func (p *credits) markedNames(l *printedLine) (c credit) {
	for _, part := range l.parts {
		part = strings.TrimSpace(part)
		if otherRole(text.Lower(part)) {
			continue
		}
		if last, first, ok := strings.Cut(part, ", "); ok && l.b.Roles&page.InByline != 0 && singleNames(last, first) && !p.isSection(first) && !p.isSection(last) {
			c.names = []string{first + " " + last}
			return c
		}
		for _, n := range p.atElements(byline.Split(withoutTail(part)), l.i) {
			if byline.Personal(n) && !p.isSite(n) && !byline.Idle(n) {
				c.names = append(c.names, n)
			}
		}
		if len(c.names) > 0 {
			return c
		}
	}
	return c
}

// likelyName finds what may be a name, though nothing says that it is a person's: in a
// line that the one before introduced, or in a short line in an element named a byline.
func (p *credits) likelyName(l *printedLine) (c credit) {
	if len(l.parts) == 0 || l.b.Roles&page.InBio != 0 || !l.announced && (l.b.Roles&page.InByline == 0 || l.b.Size >= bareName) {
		return c
	}
	names := byline.Split(withoutTail(strings.TrimSpace(l.parts[0])))
	if len(names) > 0 && plausible(names[0]) && date.LabelOf(names[0]) == date.Plain && !byline.Idle(names[0]) && byline.Titled(names[0]) && text.Digits(names[0]) == 0 {
		c.names, c.weak = names[:1], true
	}
	return c
}

// saidBy returns what follows the words that introduce an author, such as "By", at the
// beginning of a part of a line or behind a date; ok is false if there are none.
func saidBy(part string, b *page.Block) (rest string, ok bool) {
	rest, ok = byline.CutBy(part)
	low := text.Lower(part)
	if ok {
		return rest, !otherRole(low[:len(low)-min(len(low), len(rest))])
	}
	if b.Size >= longLine || b.Kind == dateline.Heading {
		return "", false
	}
	before, rest, ok := byline.CutByWithin(part)
	if !ok || otherRole(text.Lower(before)) || severalWords(before) && byline.Personal(withoutTail(before)) || b.Roles&(page.InTime|page.InByline) == 0 && text.Digits(before) < yearDigits {
		return "", false
	}
	return rest, true
}

// inPlace reports whether a part of a byline is a place behind a preposition of one or
// two letters: "à Lund".
func inPlace(s string) bool {
	preposition, place, _ := strings.Cut(s, " ")
	return utf8.RuneCountInString(preposition) <= 2 && !text.StartsCapital(preposition) && text.StartsCapital(place)
}

// sayingNames returns the names behind "By" in a line: the first may be any
// name but the headline, the others are those of persons and agencies.
func (p *credits) sayingNames(s string, b *page.Block) (names []string) {
	all := byline.Split(withoutTail(s))
	if len(all) > 1 && inPlace(all[0]) && byline.Personal(all[1]) {
		all = all[1:]
	}
	for i, n := range all {
		switch {
		case i > 0 && !byline.Personal(n) && !byline.IsAgency(n):
		case i > 0 && p.isSite(n) && !byline.IsAgency(n):
		case i > 0:
			names = append(names, n)
		case !plausible(n) || inSentence(n, b.Text) || byline.Idle(n) || text.Key(n) == text.Key(p.headline) || byline.Account(n) && b.Size > len(n)+60:
			return nil
		default:
			names = append(names, n)
		}
	}
	return names
}

// namesBeside returns the names of a line beside the date that has nothing but
// names of persons, each in an element of its own.
func (p *credits) namesBeside(l *printedLine) (c credit) {
	i, b := l.i, l.b
	head := p.head
	if i <= max(head, 0) || i > head+nearHead || b.Size > longLine || b.Kind == dateline.Heading || !(i+1 < len(p.Blocks) && body.IsDateLine(&p.Blocks[i+1], p.lang) || body.IsDateLine(&p.Blocks[i-1], p.lang)) {
		return credit{}
	}
	for s := range p.Elements(i) {
		if !byline.Personal(s) || p.isSite(s) || strings.ContainsAny(s, "&,") || text.Capitals(s) || containsAll(c.names, []string{s}) || len(c.names) > mostNames {
			return credit{}
		}
		c.names = append(c.names, s)
	}
	if len(c.names) < 2 {
		return credit{}
	}
	return c
}

// nameInParts returns the name of a person that is the first part of a line close
// under the headline whose other parts are roles and dates:
// "Kate Giuliani | Senior Writer | July 2, 2025".
func (p *credits) nameInParts(l *printedLine) (c credit) {
	i, parts := l.i, l.parts
	head := p.head
	if i <= head || i > head+closeToHead || len(parts) < 2 || len(parts) > 4 {
		return c
	}
	name := strings.TrimSpace(parts[0])
	if !p.fullName(name) || p.isSection(name) || strings.Contains(name, ",") {
		return c
	}
	for _, part := range parts[1:] {
		if part = strings.TrimSpace(part); part == "" || byline.Role(part) && len(part) < 60 {
			continue
		}
		if _, ok := date.Parse(part, p.dateLang()); !ok || text.Letters(part) > 30 {
			return c
		}
	}
	c.names = []string{name}
	return c
}

// namesSaid returns the names in an element of a short line close under the headline: the
// first that begins with "By" or the like, or ends with a word for a reporter.
func (p *credits) namesSaid(l *printedLine) (c credit) {
	i, b := l.i, l.b
	if head := p.head; head < 0 || i <= head || i > head+nearHead || b.Size > longLine || b.Kind == dateline.Heading {
		return c
	}
	for s := range p.Elements(i) {
		rest, said := byline.CutBy(s)
		if !said && !byline.EndsAsReporter(s) || otherRole(text.Lower(s)) {
			continue
		}
		for _, n := range byline.Split(withoutTail(rest)) {
			if byline.Personal(n) && !p.isSite(n) && !byline.Idle(n) && !inSentence(n, s) {
				c.names = append(c.names, n)
			}
		}
		if len(c.names) > 0 {
			return c
		}
	}
	return c
}

// inSentence reports whether n, which stands in the line, is the beginning of a sentence about somebody
// rather than a name: “Author Nadia Karim has published her fourth novel.”
func inSentence(n, line string) bool { return byline.RunsOn(n) && strings.HasSuffix(line, ".") }

// agencyLine returns the agency that is all of a line close under the headline,
// but for the place that it writes from: "AFP, MANILA".
func (p *credits) agencyLine(l *printedLine) (c credit) {
	i, b := l.i, l.b
	head := p.head
	if head < 0 || i <= head || i > head+closeToHead || b.Size > bareName || b.Kind == dateline.Heading || b.Link > 0 {
		return c
	}
	name, place, _ := strings.Cut(b.Text, ",")
	name, place = strings.TrimSpace(name), strings.TrimSpace(place)
	if !byline.ListedAgency(name) || place != "" && (!text.Capitals(place) || text.Digits(place) > 0) || p.isSite(name) {
		return c
	}
	c.names = []string{name}
	return c
}

// atElements cuts names where the element of a person's name ends: what follows is the
// name of another person, or a role, which is left out. i is the block of the line.
func (p *credits) atElements(names []string, i int) []string {
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

// severalWords reports whether a name has three words or more, so that it can be the name
// of a person with something else behind it.
func severalWords(name string) bool { return strings.Count(name, " ") >= 2 }

// firstElement returns the beginning of a name that is the text of an element of
// the line and a person's name itself, and the words behind it; else all of it.
func (p *credits) firstElement(name string, i int) (first, rest string) {
	if !severalWords(name) {
		return name, ""
	}
	for s := range p.Elements(i) {
		s, _ = byline.CutBy(s)
		if behind, ok := strings.CutPrefix(name, s); ok && strings.HasPrefix(behind, " ") && byline.Personal(s) && (strings.Contains(behind[1:], " ") || byline.Role(behind) || date.IsDay(behind[1:])) {
			return s, behind[1:]
		}
	}
	return name, ""
}

// ownElement returns the name of a person that is all the text of an element of
// a short byline at the headline, if it has one such name.
func (p *credits) ownElement(l *printedLine) (c credit) {
	i, b, name := l.i, l.b, ""
	if b.Roles&(page.InByline|page.InBio) != page.InByline || b.Size > oneName || i > p.head+nearHead || otherRole(text.Lower(b.Text)) {
		return c
	}
	for s := range p.Elements(i) {
		if s, _ = byline.CutBy(s); !byline.Personal(s) || !strings.Contains(s, " ") || strings.ContainsAny(s, "&,") || p.isSite(s) || byline.Idle(s) || name == s {
			continue
		}
		if name != "" {
			return c
		}
		name = s
	}
	if name != "" {
		c.names = []string{name}
	}
	return c
}

// namesAbove returns the names of persons that are all of the paragraph above
// a long one near the headline of what the page calls an article.
func (p *credits) namesAbove(l *printedLine) (c credit) {
	i, b := l.i, l.b
	head := p.head
	if p.News.NewsRank() < page.RankArticle || b.Tag != dom.P || b.Kind != dateline.Paragraph || b.Link > 0 || b.Size > oneName || i <= head || i > head+nearNames || i+1 >= len(p.Blocks) || p.Blocks[i+1].Solid() < shortProse {
		return c
	}
	names := byline.Split(b.Text)
	for _, n := range names {
		if !p.fullName(n) {
			return c
		}
	}
	c.names = names
	return c
}

// plausible reports whether a text can be the name under which somebody writes.
func plausible(n string) bool {
	words := strings.Count(n, " ") + 1
	low := text.Lower(n)
	return n != "" && len(n) <= 60 && words <= 6 && !strings.ContainsAny(n, "@?!:/…") && !byline.Placeholder(n) && (words == 1 || low[0] != n[0] || n[0] >= utf8.RuneSelf) &&
		!date.IsMonth(low) && !noNames.Has(low) && !byline.NoName(low)
}

// noNames are words that are nobody's name where they stand alone, such as "staff".
// beforeDates are words between a name and a date, such as "published on".
var (
	noNames     = words.NewSet("no-name-alone")
	beforeDates = words.NewList("before-date").Wrap(" ", "")
)

// tails are words with which something else than a name begins behind the names in a
// line, such as a date or the text of a button.
var tails = words.NewList("behind-names").Wrap(" ", "")

// withoutTail cuts the date and the buttons off a line of names.
func withoutTail(s string) string {
	low := text.Lower(s)
	if len(low) != len(s) {
		return s
	}
	for _, t := range tails.All() {
		if i := strings.Index(low, t); i > 1 && (strings.HasSuffix(t, " ") || !letterAt(low, i+len(t))) {
			s, low = s[:i], low[:i]
		}
	}
	return strings.TrimRight(strings.TrimSuffix(beforeDate(s), " on"), " .")
}

// beforeDate returns a line of names without the date behind them: without all from the
// first digit on, and without a month or words such as "published on" before it.
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
	for _, w := range beforeDates.All() {
		name = strings.TrimSuffix(name, w)
	}
	if name == "" {
		return s
	}
	return name
}

// letterAt reports whether s has a small letter from a to z at byte i.
func letterAt(s string, i int) bool {
	return i < len(s) && s[i] >= 'a' && s[i] <= 'z'
}

// loneName reports whether a short line that nothing calls a byline begins with what
// may be the name of a person.
func loneName(b *page.Block) bool {
	name, _, _ := strings.Cut(b.Text, ",")
	return b.Size <= bareName && b.Kind != dateline.Heading && strings.Contains(name, " ") && byline.Personal(name)
}

// linksToPerson reports whether a line is a name that links to a person's page.
func (p *credits) linksToPerson(l *printedLine) bool {
	return l.b.Link > 0 && loneName(l.b) && authorAddress(p.Tree.Attr(p.linkOf(l.b), dom.Href))
}

// underHead reports whether a line close under the headline is a name that links to
// nothing.
func (p *credits) underHead(l *printedLine) bool {
	return l.b.Link == 0 && l.i > p.head && l.i < p.head+nearHead && loneName(l.b) && !text.Capitals(l.b.Text)
}

// aboveDescription reports whether the description of the person stands under a name.
func (p *credits) aboveDescription(l *printedLine) bool {
	i := l.i + 1
	return i < len(p.Blocks) && p.Blocks[i].Roles&page.InBio != 0 && p.Blocks[i].Size < longLine && p.underHead(l)
}

// besideDate reports whether a name stands right before or behind the date.
func (p *credits) besideDate(l *printedLine) bool {
	i := l.i
	return p.underHead(l) && (i+1 < len(p.Blocks) && body.IsDateLine(&p.Blocks[i+1], p.lang) || i-1 > p.head && body.IsDateLine(&p.Blocks[i-1], p.lang))
}

// linkOf returns the first link in a line, else the link around it; 0 if there is none.
func (p *credits) linkOf(b *page.Block) dom.ID {
	for n := b.Node; n < p.Tree.End(b.Node) && n < b.Node+12; n++ {
		if p.Tree.Tag(n) == dom.A {
			return n
		}
	}
	if up := p.Tree.Parent(b.Node); p.Tree.Tag(up) == dom.A {
		return up
	}
	return 0
}

// authorAddress reports whether an address is that of a person's page.
func authorAddress(href string) bool {
	return authorFolders.In(text.Lower(href))
}

// authorFolders stand in addresses of pages on persons.
var authorFolders = words.NewPhrases("author-folder")

// linkedAuthor returns the name in the links that the page marks as leading to
// the author, if they name one person.
func (p *credits) linkedAuthor(int) []string {
	name := ""
	t := p.Tree
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		if t.Tag(n) != dom.A || p.Roles[n]&(page.InNav|page.InRelated|page.InComment|page.Hidden|page.InAside) != 0 || p.Roles[n]&page.InFooter != 0 && p.Roles[n]&page.InArticle == 0 {
			continue
		}
		size := p.Size[t.End(n)] - p.Size[n]
		if size < 3 || size > 40 || !strings.EqualFold(t.Attr(n, dom.Rel), "author") && !strings.Contains(t.Attr(n, dom.Href), "/author") {
			continue
		}
		s, _ := byline.CutBy(page.Text(t, n))
		if !byline.Personal(s) || byline.Idle(s) || utf8.RuneCountInString(s) > 40 {
			continue
		}
		if name != "" && text.Key(name) != text.Key(s) {
			return nil
		}
		name = s
	}
	if name == "" {
		return nil
	}
	return []string{name}
}
