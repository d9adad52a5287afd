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
	p.root = p.bodyRoot()
	if p.root == 0 {
		return
	}
	keep := p.keep()
	p.a.Text, p.a.Blocks = join(p.blocks, keep)
	if p.a.Text != "" {
		p.found("text", "page:"+p.path(p.root))
	}
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
	for i := range p.blocks {
		b := &p.blocks[i]
		s := solid(b)
		if s == 0 {
			continue
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
// all of the body: a body can be split over several boxes.
func (p *page) widen(n dom.ID, sum []float32) dom.ID {
	t := p.t
	in := func(n dom.ID) float32 { return sum[t.End(n)] - sum[n] }
	best := n
	for up, steps := t.Parent(n), 0; up != 0 && steps < 8; up, steps = t.Parent(up), steps+1 {
		if tag := t.Tag(up); tag == dom.Body || tag == dom.HTML {
			break
		}
		more := in(up) - in(best)
		around := float32(p.size[t.End(up)] - p.size[up] - (p.size[t.End(best)] - p.size[best]))
		if p.own[up]&cueBody != 0 && in(up) < 3*in(best) || more > 0.05*in(best) && more > 0.45*around {
			best = up
		}
		if t.Tag(up) == dom.Article {
			break
		}
	}
	return best
}

// keep decides for every block of the page whether it is part of the text.
func (p *page) keep() []bool {
	t := p.t
	keep := make([]bool, len(p.blocks))
	head := norml(p.a.Headline)
	for i := range p.blocks {
		b := &p.blocks[i]
		if !t.Within(b.first, p.root) {
			continue
		}
		keep[i] = p.wanted(b) && norml(b.text) != head
	}
	p.addDeck(keep)
	p.dropLists(keep)
	p.dropHeadings(keep)
	p.dropRepeats(keep)
	return keep
}

// wanted decides on a block of the body's element by itself.
func (p *page) wanted(b *block) bool {
	if b.cue&(cueOut|cueAside|cueFooter) != 0 {
		return false
	}
	if b.cue&cueByline != 0 && b.size < 200 || b.cue&cueTime != 0 && b.size < 80 {
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

// dropRepeats drops a block that says again what an earlier one said.
func (p *page) dropRepeats(keep []bool) {
	seen := map[string]bool{}
	for i := range p.blocks {
		if !keep[i] || p.blocks[i].size < 40 {
			continue
		}
		if seen[p.blocks[i].text] {
			keep[i] = false
		}
		seen[p.blocks[i].text] = true
	}
}

// norml is what two printings of one text share: letters and digits in lower case.
func norml(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0xc0 && wordly(r) {
			b.WriteRune(r)
		}
	}
	return strings.ToLower(b.String())
}
