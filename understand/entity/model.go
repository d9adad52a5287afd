package entity

import (
	_ "embed"
	"fmt"
	"sync"

	"dateline/internal/chain"
)

// The models; doc/models.md says how they are trained.
var (
	//go:embed model/lexicon
	lexiconFile []byte
	//go:embed model/labels
	labelsFile []byte
	//go:embed model/multi
	multiFile []byte
)

// embedded are the models that the program carries.
var embedded = sync.OnceValue(func() models {
	m, err := load(Files{Lexicon: lexiconFile, Labels: labelsFile})
	if err != nil {
		panic(err) // Unreachable: tests load them.
	}
	return m
})

// multiModel is the model for languages other than English.
var multiModel = sync.OnceValue(func() *chain.Model {
	m, err := chain.Unpack(multiFile, 1)
	if err != nil {
		panic(err) // Unreachable: tests load it.
	}
	return m[0]
})

var finders = sync.Pool{New: func() any { return &Finder{labeller{models: embedded()}} }}

// Files are what train/names makes and a [Finder] reads: the lexicon, and the two
// models of labels.
type Files struct {
	Lexicon []byte // what words with a capital mostly are, and their clusters
	Labels  []byte // the two models, the second behind the first
}

// NewFinder returns a Finder that uses the models in files.
func NewFinder(files Files) (*Finder, error) {
	m, err := load(files)
	if err != nil {
		return nil, err
	}
	return &Finder{labeller{models: m}}, nil
}

func load(files Files) (m models, err error) {
	if m.lexicon, err = loadLexicon(files.Lexicon); err != nil {
		return m, err
	}
	chains, err := chain.Unpack(files.Labels, 2)
	if err != nil {
		return m, err
	}
	for _, c := range chains {
		if len(c.Labels()) != labelCount {
			return m, fmt.Errorf("model has %d labels, want %d", len(c.Labels()), labelCount)
		}
	}
	m.first, m.second = chains[0], chains[1]
	return m, nil
}
