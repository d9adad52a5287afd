package extract

import (
	"dateline"
	"dateline/internal/boost"
	"dateline/internal/dom"
)

// A Candidate is a block of a page that the body model decides on.
type Candidate struct {
	Kind     dateline.BlockKind
	Text     string
	Rules    bool          // the rules keep it
	Open     bool          // the model is asked; else it is left out
	Features *boost.Vector // what the model sees of it
}

// Candidates returns the blocks of a page in order, as Article chooses from
// them: what the body model is trained on.
func Candidates(body []byte, address string) []Candidate {
	p := newPage(dom.Parse(dom.Decode(body, "")), address)
	p.readHead()
	says := p.reading()
	if p.root == 0 {
		return nil
	}
	features := p.features(says)
	all := make([]Candidate, len(p.blocks))
	for i, b := range p.blocks {
		all[i] = Candidate{b.kind, b.text, says[i] <= keptDeck, open(&features[i]), &features[i]}
	}
	return all
}

// Body returns the texts of the blocks that Article would choose with another
// body model.
func Body(body []byte, address string, m *boost.Model) (texts []string) {
	p := newPage(dom.Parse(dom.Decode(body, "")), address)
	p.model = m
	p.readHead()
	p.body()
	p.hiddenBody()
	for _, b := range p.a.Blocks {
		texts = append(texts, p.a.Text[b.Start:b.End])
	}
	return texts
}
