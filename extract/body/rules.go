package body

import (
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A verdict is what the rules say of a block: that it is part of the text, or
// which of them says that it is not.
type verdict uint8

const (
	kept       verdict = iota
	KeptDeck           // the sentence under the headline, where the page states no deck
	beforeText         // it stands with the headline or before it
	outside            // it stands outside of the body's element
	unwanted           // the names of the elements around it speak against it, or it is all links
	aDate              // it is hardly more than a date or the names of the authors
	aLine              // it is one of the lines that pages set around paragraphs: see isLine
	aCaption
	inCard
	inLinks // it is in a list of links
	aLabel
	overNothing // it is a heading with nothing under it
	repeated
)

// rule gives the verdict of the rules for every block of the page.
func (p *chooser) rule() []verdict {
	t := p.Tree
	says := make([]verdict, len(p.Blocks))
	keep := make([]bool, len(p.Blocks))
	head := p.headEnd()
	for i := range p.Blocks {
		b := &p.Blocks[i]
		switch {
		case i <= head:
			says[i] = beforeText
		case !t.Within(b.First, p.root):
			says[i] = outside
		case p.isDateOrByline(b):
			says[i] = aDate
		case !wanted(b):
			says[i] = unwanted
		case isLine(b):
			says[i] = aLine
		case p.isCaption(b):
			says[i] = aCaption
		default:
			keep[i] = true
		}
	}
	for _, step := range [...]struct {
		says verdict
		run  func(keep []bool)
	}{
		{inCard, p.dropCards}, {KeptDeck, func(keep []bool) { p.addDeck(keep, head) }}, {inLinks, p.dropLists}, {aLabel, p.dropLabels},
		{overNothing, p.dropHeadings}, {repeated, func(keep []bool) { p.dropRepeats(keep, len(keep)) }},
	} {
		step.run(keep)
		for i := range keep {
			if was := says[i] <= KeptDeck; was != keep[i] {
				says[i] = step.says
			}
		}
	}
	return says
}

// What tells a block that prints the headline. The numbers here and below are set by
// hand, on news pages that are read side by side with their records.
const (
	leastHeadline = 9   // bytes of the headline's key: shorter ones stand in other blocks as well
	mostPrinted   = 400 // bytes of a block that prints it: longer ones are paragraphs that have its words
	mostBefore    = 60  // bytes before it in the block: a kicker, a section
	leastPart     = 13  // bytes of a heading that prints a part of it
	likePrinted   = 0.6 // share of its words that an h1 has which prints it in other words
)

// headEnd returns the last block, near the beginning of the body, that prints
// the headline; -1 if there is none.
func (p *chooser) headEnd() int {
	const long = 100 // bytes of a paragraph that the body has begun with
	head := text.Key(p.lead.Headline)
	at, solids := -1, 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if len(head) >= leastHeadline && b.Size < mostPrinted && p.printsHeadline(b, head) {
			at = i
		}
		if p.root != 0 && p.Tree.Within(b.First, p.root) && b.Solid() > long {
			if solids++; solids > 1 {
				break
			}
		}
	}
	return at
}

// printsHeadline reports whether a block is the headline, whose key is head, or as
// much of it as stands without the site's name.
func (p *chooser) printsHeadline(b *page.Block, head string) bool {
	k := text.Key(b.Text)
	switch {
	case k == head || len(k) < len(head)+mostBefore && strings.HasSuffix(k, head):
		return true
	case isHeading(b) && len(k) >= leastPart && (strings.HasSuffix(head, k) || strings.HasPrefix(head, k) && len(k)*2 > len(head)):
		return true
	}
	return b.Tag == dom.H1 && text.Overlap(b.Text, p.lead.Headline) > likePrinted
}

// wanted decides on a block of the body's element by itself.
func wanted(b *page.Block) bool {
	if b.Roles&(page.NotText|page.InAside|page.InFooter) != 0 {
		return false
	}
	const (
		longByline = 200 // bytes: a longer block that is called a byline has more in it
		longTime   = 80
		longH1     = 300
	)
	if b.Roles&page.InByline != 0 && b.Size < longByline || b.Roles&page.InTime != 0 && b.Size < longTime || b.Tag == dom.H1 && b.Size < longH1 {
		return false
	}
	if b.Roles&page.InFigure != 0 && b.Kind != dateline.Quotation && b.Kind != dateline.Table && b.Kind != dateline.Code {
		return false
	}
	switch b.Kind { // bounds how much of it may be links
	case dateline.Heading:
		return b.Link*10 < b.Size*8
	case dateline.Table:
		return true
	}
	return b.Link*10 <= b.Size*7
}

// dropLists drops lists that are mostly links.
func (p *chooser) dropLists(keep []bool) {
	lists := emptied(&p.lists)
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.List != 0 {
			s := lists[b.List]
			s.add(b, keep[i])
			lists[b.List] = s
		}
	}
	for i := range p.Blocks {
		if s := lists[p.Blocks[i].List]; p.Blocks[i].List != 0 && s.link*2 > s.size {
			keep[i] = false
		}
	}
}

// dropCards drops the boxes that lead to other articles: a heading that is a
// link, with what stands in its box.
func (p *chooser) dropCards(keep []bool) {
	const (
		levels       = 5    // up from the heading to the card's box
		mostBeside   = 400  // bytes in the card beside its heading
		before, next = 6, 8 // blocks around the heading that can be in its card
	)
	t := p.Tree
	dropped := make([]bool, len(keep))
	all, cards := 0, 0
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if keep[i] {
			all += b.Size
		}
		if b.Kind != dateline.Heading || b.Link*10 < b.Size*9 || !t.Within(b.First, p.root) {
			continue
		}
		box := b.Node
		for range levels {
			up := t.Parent(box)
			if up == 0 || up == p.root || p.Size[t.End(up)]-p.Size[up] > int32(b.Size)+mostBeside {
				break
			}
			box = up
		}
		for j := max(0, i-before); j < min(len(keep), i+next); j++ {
			if keep[j] && !dropped[j] && t.Within(p.Blocks[j].First, box) {
				dropped[j] = true
				cards += p.Blocks[j].Size
			}
		}
	}
	if cards*4 > all { // a list of things with links is the article itself
		return
	}
	for i := range keep {
		keep[i] = keep[i] && !dropped[i]
	}
}

// dropLabels drops short lines that come again and again: "Advertisement".
func (p *chooser) dropLabels(keep []bool) {
	const long = 40 // bytes that no label has
	count := emptied(&p.texts)
	for i := range p.Blocks {
		if b := &p.Blocks[i]; b.Size < long && b.Kind != dateline.Item && b.Kind != dateline.Code {
			count[b.Text]++
		}
	}
	for i := range p.Blocks {
		if b := &p.Blocks[i]; keep[i] && b.Size < long && count[b.Text] > 1 && !text.Ends(b.Text) {
			keep[i] = false
		}
	}
}

// dropHeadline drops the line above the text that is nothing but the headline: pages without
// headings print it as a line among others.
func (p *chooser) dropHeadline(keep []bool) {
	const most = 3 // kept blocks
	head := text.Key(p.lead.Headline)
	for i, n := 0, 0; i < len(keep) && n < most && len(head) >= leastHeadline; i++ {
		if !keep[i] {
			continue
		}
		if n++; text.Key(p.Blocks[i].Text) == head {
			keep[i] = false
			return
		}
	}
}

// isProse reports whether a heading is a paragraph in its form: it is long and ends as a
// sentence does.
func isProse(b *page.Block) bool {
	const long = 65 // visible bytes: headings that end with a full stop are shorter
	return b.Size >= long && text.Ends(b.Text) && b.Link == 0
}

// dropHeadings drops headings with nothing under them.
func (p *chooser) dropHeadings(keep []bool) {
	below := false
	for i := len(keep) - 1; i >= 0; i-- {
		if p.Blocks[i].Kind == dateline.Heading && !isProse(&p.Blocks[i]) {
			if keep[i] && !below {
				keep[i] = false
			}
			// A dropped block between a heading and the next text takes the
			// heading with it: it was the heading of what was dropped.
			if i+1 < len(keep) && !keep[i+1] && p.Blocks[i+1].Kind != dateline.Heading && p.Blocks[i+1].Roles&page.InRelated != 0 {
				keep[i] = false
			}
			continue
		}
		if keep[i] {
			below = true
		}
	}
}

// dropTail drops the headings that nothing of the text follows, and links that
// stand there alone.
func (p *chooser) dropTail(keep []bool) {
	for i := len(keep) - 1; i >= 0; i-- {
		b := &p.Blocks[i]
		if keep[i] && (!isHeading(b) || isProse(b)) && !(b.Kind == dateline.Paragraph && b.Link*10 >= b.Size*9) {
			return
		}
		keep[i] = false
	}
}

// isHeading reports whether a block is a heading, be it by its style alone.
func isHeading(b *page.Block) bool {
	const long = 80 // bytes
	return b.Kind == dateline.Heading || b.Kind == dateline.Paragraph && b.Bold == b.Size && b.Size < long && !text.Ends(b.Text)
}

// What is looked for in the rest of the text.
const (
	mostQuotes  = 20  // quotes
	leastQuote  = 16  // bytes of one: shorter ones stand in other sentences by chance
	mostQuote   = 400 // longer ones are told once
	leastRepeat = 40  // bytes of a block that says what one before says
)

// dropRepeats drops a block that says again what one says that stands at most
// so many blocks before it, and a pull quote.
func (p *chooser) dropRepeats(keep []bool, near int) {
	seen := emptied(&p.texts)
	var room [mostQuotes]int
	quotes := room[:0]
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if !keep[i] {
			continue
		}
		if len(quotes) < mostQuotes && b.Size >= leastQuote && b.Size < mostQuote && p.isSetApart(i) {
			quotes = append(quotes, i)
		}
		if b.Size >= leastRepeat {
			at, again := seen[b.Text]
			keep[i] = !again || i-at > near
			seen[b.Text] = i
		}
	}
	p.dropQuotes(keep, quotes)
}

// isSetApart reports whether a block may be a pull quote: it is called one, or begins as
// speech does and has a box for itself, or another element than the paragraphs (<p>)
// around it. Headings are none: those of a text say words of it, too.
func (p *chooser) isSetApart(i int) bool {
	b := &p.Blocks[i]
	if b.Roles&page.InQuote != 0 || b.Kind == dateline.Quotation || b.Roles&page.InAside != 0 && b.Kind == dateline.Paragraph && p.Tree.Tag(p.Tree.Parent(b.Node)) == dom.Aside {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(b.Text); !opensSpeech(first) || b.Kind != dateline.Paragraph {
		return false
	}
	return !p.besideProse(i-1, i) && !p.besideProse(i+1, i) || b.Tag != dom.P && p.isPBeside(i-1) && p.isPBeside(i+1)
}

// isPBeside reports whether block k is running text in a <p> element.
func (p *chooser) isPBeside(k int) bool {
	return k >= 0 && k < len(p.Blocks) && p.Blocks[k].Tag == dom.P && p.Blocks[k].Solid() > 0
}

// besideProse reports whether block k is running text in the box of block i.
func (p *chooser) besideProse(k, i int) bool {
	return p.inBox(k, i) && p.Blocks[k].Solid() > 0
}

// inBox reports whether block k stands in the box of block i.
func (p *chooser) inBox(k, i int) bool {
	return k >= 0 && k < len(p.Blocks) && p.Tree.Parent(p.Blocks[k].Node) == p.Tree.Parent(p.Blocks[i].Node)
}

// dropQuotes drops those of the quotes that a larger block says too.
func (p *chooser) dropQuotes(keep []bool, quotes []int) {
	if len(quotes) == 0 {
		return
	}
	var keys [mostQuotes]string
	least := p.Blocks[quotes[0]].Size
	for n, q := range quotes {
		keys[n] = text.Key(p.Blocks[q].Text)
		least = min(least, p.Blocks[q].Size)
	}
	for i := range p.Blocks {
		if !keep[i] || p.Blocks[i].Size <= least {
			continue
		}
		text := text.Key(p.Blocks[i].Text)
		for n, q := range quotes {
			if keep[q] && p.Blocks[i].Size > p.Blocks[q].Size && strings.Contains(text, keys[n]) {
				p.dropQuote(keep, q)
			}
		}
	}
}

// dropQuote drops a quote that is set apart, with the mark before it and the speaker's
// name below it.
func (p *chooser) dropQuote(keep []bool, q int) {
	const longSpeaker = 80 // bytes
	keep[q] = false
	for _, k := range [...]int{q - 1, q + 1} {
		if p.inBox(k, q) && p.Blocks[k].Solid() == 0 && p.Blocks[k].Size < longSpeaker && !text.Ends(p.Blocks[k].Text) && p.Blocks[k].Kind != dateline.Heading {
			keep[k] = false
		}
	}
}
