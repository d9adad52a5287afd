// Package body chooses the blocks of a page that are the article's text.
//
// root.go finds the element that holds most of the running text. rules.go gives a
// verdict for every block, with the words that give lines away (lines.go, and
// dateline.go for lines of a date) and the deck (deck.go). features.go, wording.go, vocabulary.go and leads.go turn verdict,
// form, words and place of a block into numbers, and choose.go asks the model, of
// model/trees, which decides. corrections.go takes out what the page says of its
// own text; hidden.go reads the body that a page keeps in its scripts. What is no text
// whatever a model says: lines of furniture (furniture.go), the next article loaded
// below (next.go), notes on authors at the end (ending.go). body.go states the order.
// explain.go keeps why each block is text or not, and what.go says what those are that
// are left out. reuse.go empties maps that are used for page after page.
package body

import (
	"iter"
	"slices"
	"strings"
	"sync"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A Lead is what is known of an article before its body is chosen. With it, lines that
// only repeat the headline, the deck or the names of authors are told from the text.
type Lead struct {
	Headline  string   // as it was chosen, "" if there is none
	Deck      string   // as the page states it
	Bylines   []string // names
	Publisher string   // its name
	Lang      string   // BCP 47, "" if it is not known
}

// A Text is the text of an article, and how it was chosen among the blocks of the
// page.
type Text struct {
	*page.Layout                  // the blocks that were chosen from
	Root         dom.ID           // the element that holds the body, 0 if there is none
	Says         []verdict        // what the rules say of each block
	keep         []bool           // for each block, whether it is part of the text
	Last         int              // the last block of the text, -1 if there is none
	Content      string           // blocks separated by a blank line
	Blocks       []dateline.Block // what each part of Content is; they cover it in order
	Corrections  []string         // what the page says of its own text
	Deck         string           // the sentence between headline and text, if the page states no deck
	DeckWay      string           // how it was found
	From         string           // the element, for the evidence; "" if there is no text
	Sources      []Source         // where the text was looked for; nil unless asked for
	Choices      []Choice         // why each block is text or not; nil unless asked for
	Features     []vector         // of every block; nil unless asked for
}

// Keeps reports whether block i of the layout is part of the text.
func (b *Text) Keeps(i int) bool { return i < len(b.keep) && b.keep[i] }

// EndBefore returns where in Content the last block ends that stands before node n of
// the page, 0 if none does, or if the text is not what the page shows.
func (b *Text) EndBefore(n dom.ID) (end int) {
	for from, to := range b.Kept() {
		if from.First >= n {
			break
		}
		end = to.End
	}
	return end
}

// StartWithin returns where in Content the first block begins that stands within node n
// of the page; it is not ok if none does.
func (b *Text) StartWithin(n dom.ID) (start int, ok bool) {
	for from, to := range b.Kept() {
		if from.First > n {
			return to.Start, b.Layout.Source.Tree.Within(from.First, n)
		}
	}
	return 0, false
}

// Kept yields the blocks of the page that are part of the text, each with what it is
// there; none if the text is not what the page shows.
func (b *Text) Kept() iter.Seq2[*page.Block, dateline.Block] {
	return func(yield func(*page.Block, dateline.Block) bool) {
		at := 0
		for i := range b.keep {
			if !b.keep[i] {
				continue
			}
			from := &b.Layout.Blocks[i]
			if at >= len(b.Blocks) || b.Content[b.Blocks[at].Start:b.Blocks[at].End] != from.Text || !yield(from, b.Blocks[at]) {
				return
			}
			at++
		}
	}
}

// Choose finds the blocks of the article among those of the page. The element
// root holds most of the running text: see Root. A nil model is the
// program's own.
func Choose(l *page.Layout, root dom.ID, known Lead, model *boost.Model, why bool) *Text {
	c := choosers.Get().(*chooser)
	defer c.release()
	c.Page, c.Layout, c.lead, c.root, c.model = l.Source, l, known, root, model
	for _, n := range known.Bylines {
		if k := text.Key(n); k != "" {
			c.names = append(c.names, k)
		}
	}
	out := &Text{Layout: l, Root: root, Last: -1}
	if why {
		c.notes = &notes{}
	}
	says := c.reading()
	out.Layout, out.Root = c.Layout, c.root
	if c.root == 0 {
		return out
	}
	if out.DeckWay = c.deckWay; out.DeckWay != "" {
		out.Deck = c.lead.Deck
	}
	out.Says = says
	out.keep = c.choose(says)
	if why {
		out.Features = slices.Clone(c.reader.all)
	}
	out.takeCorrections()
	if why {
		c.notes.step(out.keep, "body/correction")
		out.Choices = c.choices(out)
	}
	out.Content, out.Blocks = join(c.Layout.Blocks, out.keep)
	for i := range out.keep {
		if out.keep[i] {
			out.Last = i
		}
	}
	if out.Content != "" {
		out.From = "page:" + c.Page.Path(c.root)
	}
	return out
}

// A chooser decides which blocks are the text. Its memory goes from page to page.
type chooser struct {
	*page.Page
	*page.Layout
	lead    Lead
	names   []string // keys of the bylines of lead
	root    dom.ID
	deckWay string       // how the deck of lead was found, if the page states none
	model   *boost.Model // nil means the program's own

	reader featureReader
	texts  map[string]int  // counts texts of blocks; each rule that counts begins it anew
	notes  *notes          // what decided on each block; nil unless asked for
	lists  map[dom.ID]sum  // what each list of the page adds up to, by its element
	alts   map[string]bool // alternative texts of pictures; empty until needed
}

var choosers = sync.Pool{New: func() any { return new(chooser) }}

// release forgets the page and keeps the memory.
func (c *chooser) release() {
	clear(c.reader.copies)
	clear(c.texts)
	clear(c.alts)
	clear(c.names)
	*c = chooser{names: c.names[:0], reader: c.reader, texts: c.texts, lists: c.lists, alts: c.alts}
	c.reader.p = nil
	choosers.Put(c)
}

// reading returns the verdicts of the rules. Where they leave most of the
// page's prose out, the names on its elements mislead: the page is read once
// more, believing fewer of them, and the better reading stays.
func (p *chooser) reading() []verdict {
	var says []verdict
	size := 0
	if p.root != 0 {
		says = p.rule()
		size = keptSize(p.Blocks, says)
	}
	if prose := p.Prose[len(p.Prose)-1]; int(prose) <= 4*size {
		return says
	}
	strict, root := p.Layout, p.root
	p.Layout = WithoutNext(strict.LayOutLoosely(), p.lead.Headline, p.lead.Lang)
	if p.root = Root(p.Layout, p.lead.Headline); p.root != 0 {
		if again := p.rule(); keptSize(p.Blocks, again) > 2*size {
			return again
		}
	}
	p.Layout, p.root = strict, root
	return says
}

// keptSize returns how many bytes the blocks hold that the rules keep.
func keptSize(blocks []page.Block, says []verdict) (n int) {
	for i := range says {
		if says[i] <= KeptDeck {
			n += blocks[i].Size
		}
	}
	return n
}

// join writes the kept blocks as text, a blank line between two.
func join(blocks []page.Block, keep []bool) (string, []dateline.Block) {
	var b strings.Builder
	size, count := 0, 0
	for i := range blocks {
		if keep[i] {
			size += len(blocks[i].Text) + len("\n\n")
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
		b.WriteString(blocks[i].Text)
		out = append(out, dateline.Block{Kind: blocks[i].Kind, Start: start, End: b.Len()})
	}
	return b.String(), out
}
