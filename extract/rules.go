package extract

import (
	"strings"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A verdict is what the rules say of a block: that it is part of the text, or
// which of them says that it is not.
type verdict uint8

const (
	kept verdict = iota
	keptDeck
	beforeText // with or before the headline
	outside    // of the body's element
	unwanted   // by what the elements around it are called, or all links
	aDate      // hardly more than a date or the names of the authors
	aLine      // one of the lines around the paragraphs
	aCaption
	inCard
	inLinks // in a list of links
	aLabel
	overNothing // a heading with nothing under it
	repeated
)

// rule gives the verdict of the rules for every block of the page.
func (p *page) rule() []verdict {
	t := p.t
	says := make([]verdict, len(p.blocks))
	keep := make([]bool, len(p.blocks))
	head := p.headEnd()
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case i <= head:
			says[i] = beforeText
		case !t.Within(b.first, p.root):
			says[i] = outside
		case p.isDateOrByline(b):
			says[i] = aDate
		case !p.wanted(b):
			says[i] = unwanted
		case p.isLine(b):
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
		{inCard, p.dropCards}, {keptDeck, func(keep []bool) { p.addDeck(keep, head) }}, {inLinks, p.dropLists}, {aLabel, p.dropLabels},
		{overNothing, p.dropHeadings}, {repeated, func(keep []bool) { p.dropRepeats(keep, len(keep)) }},
	} {
		step.run(keep)
		for i := range keep {
			if was := says[i] <= keptDeck; was != keep[i] {
				says[i] = step.says
			}
		}
	}
	return says
}

// headEnd returns the last block, near the beginning of the body, that prints
// the headline; -1 if there is none.
func (p *page) headEnd() int {
	head := text.Key(p.a.Headline)
	at, solids := -1, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if len(head) > 8 && b.size < 400 && p.printsHeadline(b, head) {
			at = i
		}
		if p.root != 0 && p.t.Within(b.first, p.root) && solid(b) > 100 {
			if solids++; solids > 1 {
				break
			}
		}
	}
	return at
}

// printsHeadline reports whether a block is the headline, which is head as
// norml makes it, or as much of it as stands without the site's name.
func (p *page) printsHeadline(b *block, head string) bool {
	k := text.Key(b.text)
	switch {
	case k == head || len(k) < len(head)+60 && strings.HasSuffix(k, head):
		return true
	case isHeading(b) && len(k) > 12 && (strings.HasSuffix(head, k) || strings.HasPrefix(head, k) && len(k)*2 > len(head)):
		return true
	}
	return b.tag == dom.H1 && text.Overlap(b.text, p.a.Headline) > 0.6
}

// wanted decides on a block of the body's element by itself.
func (p *page) wanted(b *block) bool {
	if b.cue&(cueOut|cueAside|cueFooter) != 0 {
		return false
	}
	if b.cue&cueByline != 0 && b.size < 200 || b.cue&cueTime != 0 && b.size < 80 || b.tag == dom.H1 && b.size < 300 {
		return false
	}
	if b.cue&cueFigure != 0 && b.kind != dateline.Quotation && b.kind != dateline.Table && b.kind != dateline.Code {
		return false
	}
	if b.kind == dateline.Heading {
		return b.link*10 < b.size*8
	}
	if b.link*10 > b.size*7 && b.kind != dateline.Table {
		return false
	}
	return true
}

// dropLists drops lists that are mostly links.
func (p *page) dropLists(keep []bool) {
	lists := emptied(&p.lists)
	for i := range p.blocks {
		if b := &p.blocks[i]; b.list != 0 {
			s := lists[b.list]
			s.add(b, keep[i])
			lists[b.list] = s
		}
	}
	for i := range p.blocks {
		if s := lists[p.blocks[i].list]; p.blocks[i].list != 0 && s.link*2 > s.size {
			keep[i] = false
		}
	}
}

// dropCards drops the boxes that lead to other articles: a heading that is a
// link, with what stands in its box.
func (p *page) dropCards(keep []bool) {
	t := p.t
	dropped := make([]bool, len(keep))
	all, cards := 0, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if keep[i] {
			all += b.size
		}
		if b.kind != dateline.Heading || b.link*10 < b.size*9 || !t.Within(b.first, p.root) {
			continue
		}
		box := b.node
		for range 5 {
			up := t.Parent(box)
			if up == 0 || up == p.root || p.size[t.End(up)]-p.size[up] > int32(b.size)+400 {
				break
			}
			box = up
		}
		for j := max(0, i-6); j < min(len(keep), i+8); j++ {
			if keep[j] && !dropped[j] && t.Within(p.blocks[j].first, box) {
				dropped[j] = true
				cards += p.blocks[j].size
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
func (p *page) dropLabels(keep []bool) {
	count := emptied(&p.texts)
	for i := range p.blocks {
		if b := &p.blocks[i]; b.size < 40 && b.kind != dateline.Item && b.kind != dateline.Code {
			count[b.text]++
		}
	}
	for i := range p.blocks {
		if b := &p.blocks[i]; keep[i] && b.size < 40 && count[b.text] > 1 && !ends(b.text) {
			keep[i] = false
		}
	}
}

// dropHeadings drops headings with nothing under them.
func (p *page) dropHeadings(keep []bool) {
	below := false
	for i := len(keep) - 1; i >= 0; i-- {
		if p.blocks[i].kind == dateline.Heading {
			if keep[i] && !below {
				keep[i] = false
			}
			// A dropped block between a heading and the next text takes the
			// heading with it: it was the heading of what was dropped.
			if i+1 < len(keep) && !keep[i+1] && p.blocks[i+1].kind != dateline.Heading && p.blocks[i+1].cue&cueRelated != 0 {
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
func (p *page) dropTail(keep []bool) {
	for i := len(keep) - 1; i >= 0; i-- {
		b := &p.blocks[i]
		if keep[i] && !isHeading(b) && !(b.kind == dateline.Paragraph && b.link*10 >= b.size*9) {
			return
		}
		keep[i] = false
	}
}

// isHeading reports whether a block is a heading, be it by its style alone.
func isHeading(b *block) bool {
	return b.kind == dateline.Heading || b.kind == dateline.Paragraph && b.bold == b.size && b.size < 80 && !ends(b.text)
}

// mostQuotes is how many quotes are looked for in the rest of the text.
const mostQuotes = 20

// dropRepeats drops a block that says again what one says that stands at most
// so many blocks before it, and a pull quote.
func (p *page) dropRepeats(keep []bool, near int) {
	seen := emptied(&p.texts)
	var room [mostQuotes]int
	quotes := room[:0]
	for i := range p.blocks {
		b := &p.blocks[i]
		if !keep[i] {
			continue
		}
		if len(quotes) < mostQuotes && b.size > 15 && b.size < 400 && (b.cue&cueQuote != 0 || b.kind == dateline.Quotation) {
			quotes = append(quotes, i)
		}
		if b.size >= 40 {
			at, again := seen[b.text]
			keep[i] = !again || i-at > near
			seen[b.text] = i
		}
	}
	p.dropQuotes(keep, quotes)
}

// dropQuotes drops those of the quotes that a larger block says too.
func (p *page) dropQuotes(keep []bool, quotes []int) {
	if len(quotes) == 0 {
		return
	}
	var keys [mostQuotes]string
	least := p.blocks[quotes[0]].size
	for n, q := range quotes {
		keys[n] = text.Key(p.blocks[q].text)
		least = min(least, p.blocks[q].size)
	}
	for i := range p.blocks {
		if !keep[i] || p.blocks[i].size <= least {
			continue
		}
		text := text.Key(p.blocks[i].text)
		for n, q := range quotes {
			if p.blocks[i].size > p.blocks[q].size && strings.Contains(text, keys[n]) {
				keep[q] = false
			}
		}
	}
}
