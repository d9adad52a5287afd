package body

import (
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// Hidden returns the body that a page keeps where no reader sees it: as
// markup within the data of its scripts, from which they draw the page, or in
// its JSON-LD. It is asked only where the page shows hardly any text; shown is
// what it shows, and what is returned if nothing better is kept.
func Hidden(p *page.Page, shown *Text, known Lead, model *boost.Model) *Text {
	const few, some = 300, 400 // bytes
	if len(shown.Content) >= few || !p.IsNews() && len(shown.Content) > 0 {
		return shown
	}
	best := *shown
	if stated := text.Line(p.News.Text("articleBody")); len(stated) > max(some, 4*len(shown.Content)) {
		best.setText(plainBlocks(p.News.Text("articleBody")), "jsonld:articleBody")
	}
	markup := p.StateMarkup()
	if markup == "" {
		return &best
	}
	t := dom.Parse(`<html><body><article>` + markup)
	defer t.Release()
	q := page.Read(t, p.Address)
	defer q.Release()
	l := q.LayOut()
	root := Root(l, known.Headline)
	if root == 0 {
		return &best
	}
	if kept := Choose(l, root, Lead{Headline: known.Headline, Bylines: known.Bylines}, model, false); len(kept.Content) > max(some, len(best.Content)) {
		best.Content, best.Blocks, best.From = kept.Content, kept.Blocks, "page:script"
	}
	return &best
}

// setText makes the blocks the text.
func (b *Text) setText(blocks []page.Block, from string) {
	keep := make([]bool, len(blocks))
	for i := range keep {
		keep[i] = true
	}
	b.Content, b.Blocks = join(blocks, keep)
	b.From = from
}

// plainBlocks returns a paragraph for every line of a text.
func plainBlocks(s string) (blocks []page.Block) {
	for l := range strings.SplitSeq(s, "\n") {
		if l = text.Line(l); l != "" {
			blocks = append(blocks, page.Block{Kind: dateline.Paragraph, Text: l})
		}
	}
	return blocks
}
