package extract

import (
	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
)

// A TrainingBlock is a block of a page that the body model decides on.
type TrainingBlock struct {
	Kind     dateline.BlockKind // what its elements say that it is
	Text     string             // all of it
	Rules    bool               // the rules keep it
	Open     bool               // the model is asked; else it is left out
	Features *boost.Vector      // what the model sees of it
}

// TrainingBlocks returns the blocks of a page in order, as Article chooses from
// them: what the body model is trained on.
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

// Body returns the texts of the blocks that Article would choose with another
// body model.
func Body(html []byte, address string, m *boost.Model) (texts []string) {
	p := page.Read(dom.Parse(dom.Decode(html, "")), address)
	h := readHead(p, nil)
	b := readBody(h, m, nil)
	for _, block := range b.Blocks {
		texts = append(texts, b.Content[block.Start:block.End])
	}
	return texts
}
