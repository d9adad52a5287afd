package extract

import (
	_ "embed"
	"sync"

	"dateline"
	"dateline/internal/boost"
	"dateline/internal/dom"
)

// bodyModel is the model that chooses the blocks of the body. doc/models.md
// says how it is made.
var bodyModel = sync.OnceValue(func() *boost.Model {
	m, _, err := boost.Read(bodyModelFile)
	if err != nil || m.Features() > fCount {
		panic("extract: body.model is not of these features") // Unreachable: a test reads it.
	}
	return m
})

//go:embed body.model
var bodyModelFile []byte

// threshold is the score above which a block is part of the text.
const threshold = -400

// choose decides for every block of the page whether it is part of the text.
func (p *page) choose(says []verdict) []bool {
	keep := make([]bool, len(says))
	m := bodyModel()
	all := p.features(says)
	for i := range all {
		keep[i] = open(&all[i]) && m.Above(&all[i], threshold)
	}
	return keep
}

// open reports whether a block can be part of the text at all: not a headline,
// a date or a byline, nor a short line above them; not what stands far from all that the
// rules keep, nor links outside of the body's element.
func open(v *vector) bool {
	switch verdict(v[fVerdict]) {
	case aDate:
		return false
	case beforeText:
		return v[fKind] != kindLevel(dateline.Heading) && v[fSize] >= level(40)
	case outside:
		return min(v[fSinceKept], v[fUntilKept]) <= 25 && v[fLink] < 28
	}
	return true
}

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
