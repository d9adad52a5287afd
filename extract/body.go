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
	says := p.reading()
	if p.root == 0 {
		return
	}
	keep := p.choose(says)
	p.takeCorrections(keep)
	p.keep = keep
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

// reading returns the verdicts of the rules. Where they leave most of the
// page's prose out, the names on its elements mislead: the page is read once
// more, believing fewer of them, and the better reading stays.
func (p *page) reading() []verdict {
	var says []verdict
	size := 0
	if p.root != 0 {
		says = p.rule()
		size = keptSize(p.blocks, says)
	}
	if prose := p.prose[len(p.prose)-1]; int(prose) <= 4*size {
		return says
	}
	strict, root := p.blocks, p.root
	p.readBlocks(true)
	if p.root = p.bodyRoot(); p.root != 0 {
		if again := p.rule(); keptSize(p.blocks, again) > 2*size {
			return again
		}
	}
	p.blocks, p.root = strict, root
	return says
}

// keptSize returns how many bytes the blocks hold that the rules keep.
func keptSize(blocks []block, says []verdict) (n int) {
	for i := range says {
		if says[i] <= keptDeck {
			n += blocks[i].size
		}
	}
	return n
}

// join writes the kept blocks as text, a blank line between two.
func join(blocks []block, keep []bool) (string, []dateline.Block) {
	var b strings.Builder
	size, count := 0, 0
	for i := range blocks {
		if keep[i] {
			size += len(blocks[i].text) + len("\n\n")
			count++
		}
	}
	if count == 0 {
		return "", nil
	}
	b.Grow(size)
	out := make([]dateline.Block, 0, count)
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
