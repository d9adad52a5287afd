package extract

import (
	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
)

// A TrainingBlock is a block of a page as the body model sees it: that is the model which
// decides, where rules do not, whether a block is text of the article.
type TrainingBlock struct {
	Kind     dateline.BlockKind // what its elements say that it is
	Text     string             // the whole text of the block
	Rules    bool               // the rules alone keep it as text of the article
	Open     bool               // the model is asked about it; else it is left out without asking
	Features *boost.Vector      // what the model sees of it
}

// TrainingBlocks returns the blocks of a page in its order, the same that Article chooses
// the text from; the body model is trained on them. html is in any charset, address is as
// for Article. It returns nil for a page without an element that can hold the body.
func TrainingBlocks(html []byte, address string) []TrainingBlock {
	p := page.Read(dom.Parse(dom.Decode(html, "")), address)
	h := readHead(p, nil)
	b := body.Choose(h.layout, h.root, h.lead(), nil, true)
	if b.Root == 0 {
		return nil
	}
	all := make([]TrainingBlock, len(b.Layout.Blocks))
	for i := range all {
		from := &b.Layout.Blocks[i]
		all[i] = TrainingBlock{from.Kind, from.Text, b.Says[i] <= body.KeptDeck, body.Open(&b.Features[i]), &b.Features[i]}
	}
	return all
}

// Body returns the texts of the blocks that Article would choose if m were the body
// model; a nil m is the program's own. It is nil if there are none.
func Body(html []byte, address string, m *boost.Model) (texts []string) {
	p := page.Read(dom.Parse(dom.Decode(html, "")), address)
	h := readHead(p, nil)
	b := readBody(h, m, nil)
	for _, block := range b.Blocks {
		texts = append(texts, b.Content[block.Start:block.End])
	}
	return texts
}
