package extract

import (
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/internal/dom"
)

// body finds the blocks of the article among the blocks of the page and sets
// the text.
func (p *page) body() {
	var keep []bool
	size := 0
	if p.root != 0 {
		keep = p.keep()
		size = kept(p.blocks, keep)
	}
	if prose := p.prose[len(p.prose)-1]; int(prose) > 4*size {
		// The names on the page's elements mislead: read it once more and
		// believe fewer of them.
		strict, root := p.blocks, p.root
		p.readBlocks(true)
		p.root = p.bodyRoot()
		again := []bool(nil)
		if p.root != 0 {
			again = p.keep()
		}
		if kept(p.blocks, again) > 2*size {
			keep = again
		} else {
			p.blocks, p.root = strict, root
		}
	}
	if p.root == 0 {
		return
	}
	p.a.Text, p.a.Blocks = join(p.blocks, keep)
	for i := range keep {
		if keep[i] {
			p.last = i
		}
	}
	if p.a.Text != "" {
		p.found("text", "page:"+p.path(p.root))
	}
}

// kept returns how many bytes the kept blocks hold.
func kept(blocks []block, keep []bool) (n int) {
	for i := range keep {
		if keep[i] {
			n += blocks[i].size
		}
	}
	return n
}

// join writes the kept blocks as text, a blank line between two.
func join(blocks []block, keep []bool) (string, []dateline.Block) {
	var b strings.Builder
	var out []dateline.Block
	for i := range blocks {
		if !keep[i] {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(blocks[i].text)
		out = append(out, dateline.Block{Kind: blocks[i].kind, Start: start, End: b.Len()})
	}
	return b.String(), out
}

// path names an element for the evidence: "article", "div.story-body".
func (p *page) path(n dom.ID) string {
	name := p.t.Tag(n).String()
	if p.t.Tag(n) == dom.Other {
		name = p.t.Nodes[n].Text
	}
	if v := p.t.Attr(n, dom.Itemprop); v != "" {
		return name + "[itemprop=" + v + "]"
	}
	for c := range strings.FieldsSeq(p.t.Attr(n, dom.Class)) {
		if len(c) < 60 && utf8.ValidString(c) {
			return name + "." + c
		}
		break
	}
	return name
}

// solid weighs a block as evidence of running text: its size, or zero.
func solid(b *block) float32 {
	if b.cue&(cueOut|cueAside|cueFooter|cueByline) != 0 || b.kind == dateline.Heading || b.kind == dateline.Code || b.kind == dateline.Table {
		return 0
	}
	if b.link*2 > b.size {
		return 0
	}
	n := float32(b.size - b.link)
	switch {
	case b.size >= 80:
	case b.size >= 25 && b.tag == dom.P && ends(b.text):
	default:
		return 0
	}
	if b.kind == dateline.Item {
		n *= 0.5
	}
	if b.tag != dom.P {
		n *= 0.8
	}
	return min(n, 800)
}

// ends reports whether a text ends as a sentence does.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»«)]“ ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟।:;", r)
}

// bodyRoot returns the element that holds the body.
func (p *page) bodyRoot() dom.ID {
	t := p.t
	score := make([]float32, t.Len())
	sum := make([]float32, t.Len()+1) // solid text before each node
	at := dom.ID(0)
	total := float32(0)
	passed, foreign := false, false // the headline; then the h1 of another article
	home := dom.ID(0)               // the article element of the headline
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.tag == dom.H1 && b.size > 15 {
			own := overlap(b.text, p.a.Headline) > 0.3
			foreign = passed && !own && p.within(b.node, dom.Article) != home
			if own && !passed {
				passed, home = true, p.within(b.node, dom.Article)
			}
		}
		s := solid(b)
		if s == 0 {
			continue
		}
		if foreign {
			s *= 0.25
		}
		for ; at < b.first; at++ {
			sum[at+1] = total
		}
		total += s
		sum[at+1] = total
		at++
		n := b.node
		if b.tag == dom.P || b.kind == dateline.Item {
			n = t.Parent(n)
		}
		for _, w := range [...]float32{1, 0.85, 0.6, 0.4, 0.25} {
			score[n] += s * w
			if n == 0 {
				break
			}
			n = t.Parent(n)
		}
	}
	for ; int(at) < t.Len(); at++ {
		sum[at+1] = total
	}
	if total == 0 {
		return 0
	}
	best, at := float32(0), 0
	for n := range score {
		if score[n] == 0 {
			continue
		}
		s := score[n]
		own := p.own[n]
		switch {
		case own&cueBody != 0:
			s *= 1.5
		case t.Tag(dom.ID(n)) == dom.Article:
			s *= 1.2
		case t.Tag(dom.ID(n)) == dom.Body || t.Tag(dom.ID(n)) == dom.HTML || n == 0:
			s *= 0.7
		}
		if s > best {
			best, at = s, dom.ID(n)
		}
	}
	return p.widen(at, sum)
}

// widen climbs from the element with the densest text to the one that holds
// all of the body: a body can be split over several boxes, often of one name.
func (p *page) widen(n dom.ID, sum []float32) dom.ID {
	t := p.t
	in := func(n dom.ID) float32 { return sum[t.End(n)] - sum[n] }
	best := n
	for up, steps := t.Parent(n), 0; up != 0 && steps < 20; up, steps = t.Parent(up), steps+1 {
		if tag := t.Tag(up); tag == dom.Body || tag == dom.HTML {
			break
		}
		if p.otherHeadline(best, up) {
			break
		}
		more := in(up) - in(best)
		around := float32(p.size[t.End(up)] - p.size[up] - (p.size[t.End(best)] - p.size[best]))
		switch {
		case more <= 0.03*in(best):
		case p.own[up]&cueBody != 0 && in(up) < 3*in(best), more > widenShare*around, p.twins(best, up) && more > 0.25*around:
			best = up
		}
	}
	return best
}

// otherHeadline reports whether going up from n to up takes in the h1 of
// another article.
func (p *page) otherHeadline(n, up dom.ID) bool {
	for _, h := range p.h1s[:min(len(p.h1s), 20)] {
		if p.t.Within(h, up) && !p.t.Within(h, n) && h > n && p.size[p.t.End(h)]-p.size[h] > 20 && overlap(textOf(p.t, h), p.a.Headline) < 0.3 && p.within(h, dom.Article) != p.within(n, dom.Article) {
			return true
		}
	}
	return false
}

// within returns the innermost ancestor of n with the given tag, or n itself;
// zero if there is none.
func (p *page) within(n dom.ID, tag dom.Tag) dom.ID {
	for n != 0 && p.t.Tag(n) != tag {
		n = p.t.Parent(n)
	}
	return n
}

// widenShare is how much of the text that a wider element adds must be prose.
const widenShare = 0.4

// twins reports whether n has brothers of its own name: boxes of one kind.
func (p *page) twins(n, parent dom.ID) bool {
	t := p.t
	class := t.Attr(n, dom.Class)
	for t.Parent(n) != parent {
		n = t.Parent(n)
		class = t.Attr(n, dom.Class)
	}
	for c := t.First(parent); c != 0; c = t.Next(c) {
		if c != n && t.Tag(c) == t.Tag(n) && t.Attr(c, dom.Class) == class {
			return true
		}
	}
	return false
}

// keep decides for every block of the page whether it is part of the text.
func (p *page) keep() []bool {
	t := p.t
	keep := make([]bool, len(p.blocks))
	head := p.headEnd()
	for i := range p.blocks {
		b := &p.blocks[i]
		keep[i] = i > head && t.Within(b.first, p.root) && p.wanted(b) && !p.isLine(b) && !p.isCaption(b)
	}
	p.dropCards(keep)
	p.addDeck(keep, head)
	p.dropLists(keep)
	p.dropLabels(keep)
	p.dropHeadings(keep)
	p.dropRepeats(keep)
	return keep
}

// headEnd returns the last block, near the beginning of the body, that prints
// the headline; -1 if there is none.
func (p *page) headEnd() int {
	head := norml(p.a.Headline)
	at, solids := -1, 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if len(head) > 8 && b.size < 400 {
			k := norml(b.text)
			if k == head || len(k) < len(head)+60 && strings.HasSuffix(k, head) || b.kind == dateline.Heading && len(k) > 12 && strings.HasSuffix(head, k) || b.tag == dom.H1 && overlap(b.text, p.a.Headline) > 0.6 {
				at = i
			}
		}
		if p.root != 0 && p.t.Within(b.first, p.root) && solid(b) > 100 {
			if solids++; solids > 1 {
				break
			}
		}
	}
	return at
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
	type sum struct{ size, link int }
	lists := map[dom.ID]sum{}
	for i := range p.blocks {
		if b := &p.blocks[i]; b.list != 0 {
			s := lists[b.list]
			lists[b.list] = sum{s.size + b.size, s.link + b.link}
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
	count := map[string]int{}
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

// dropRepeats drops a block that says again what another one says: the same
// text, or a pull quote.
func (p *page) dropRepeats(keep []bool) {
	seen := map[string]bool{}
	var quotes []int
	for i := range p.blocks {
		b := &p.blocks[i]
		if !keep[i] {
			continue
		}
		if len(quotes) < 20 && b.size > 15 && b.size < 400 && (b.cue&cueQuote != 0 || b.kind == dateline.Quotation) {
			quotes = append(quotes, i)
		}
		if b.size >= 40 {
			keep[i] = !seen[b.text]
			seen[b.text] = true
		}
	}
	for _, q := range quotes {
		k := norml(p.blocks[q].text)
		for i := range p.blocks {
			if i != q && keep[i] && p.blocks[i].size > p.blocks[q].size && strings.Contains(norml(p.blocks[i].text), k) {
				keep[q] = false
				break
			}
		}
	}
}
