package body

import (
	_ "embed"
	"slices"
	"sync"

	"dateline"
	"dateline/internal/boost"
)

// bodyModel is the model that chooses the blocks of the body. doc/models.md
// says how it is made.
var bodyModel = sync.OnceValue(func() *boost.Model {
	m, _, err := boost.Read(bodyModelFile)
	if err != nil || m.Features() > fCount {
		panic("body: model/trees is not of these features") // Unreachable: a test reads it.
	}
	return m
})

//go:embed model/trees
var bodyModelFile []byte

// threshold is the score above which a block is part of the text.
const threshold = -250

// near is how many blocks apart a text does not say the same thing twice. Farther apart
// it may: a list of products says "Free delivery" of each.
const near = 12

// choose decides for every block of the page whether it is part of the text.
// Where the model would leave nothing, what the rules keep stays.
func (p *chooser) choose(says []verdict) []bool {
	keep := make([]bool, len(says))
	m := p.model
	if m == nil {
		m = bodyModel()
	}
	all := p.features(says)
	for i := range all {
		keep[i] = Open(&all[i]) && (m.Above(&all[i], threshold) || p.Blocks[i].Kind == dateline.Code && says[i] <= KeptDeck)
	}
	p.notes.begin(keep)
	if !slices.Contains(keep, true) { // a page like none that the model has seen
		for i := range keep {
			keep[i] = says[i] <= KeptDeck
		}
		p.notes.step(keep, "body/rules-alone")
	}
	p.dropHeadline(keep)
	p.notes.step(keep, "body/said-again")
	p.dropFurniture(keep)
	p.dropBios(keep)
	p.notes.step(keep, "body/about-author")
	p.keepAnnounced(keep)
	p.notes.step(keep, "body/announced-list")
	p.dropRepeats(keep, near)
	p.notes.step(keep, "body/said-again")
	p.dropTail(keep)
	p.notes.step(keep, "body/tail")
	return keep
}

// Open reports whether a block can be part of the text at all, so that the model is
// asked. These cannot: a headline, a date, a byline, and a short line above them; outside
// of the body's element, what is far from all that the rules keep, what is mostly links,
// and what stands under the headline of another article.
func Open(v *vector) bool {
	switch verdict(v[fVerdict]) {
	case aDate:
		return false
	case beforeText:
		return v[fKind] != kindLevel(dateline.Heading) && v[fSize] >= level(40)
	case outside:
		return min(v[fSinceKept], v[fUntilKept]) <= 25 && v[fLink] < 28 && v[fForeign] == 0
	}
	return true
}
