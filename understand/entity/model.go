package entity

import (
	_ "embed"
	"fmt"
	"sync"

	"dateline/internal/chain"
)

// The lexicon and the models; doc/models.md says how they are trained.
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

// Files are the lexicon and the two English models of labels, as train/names writes them
// and [NewFinder] reads them.
type Files struct {
	Lexicon []byte // what words with a capital mostly are, and their clusters
	Labels  []byte // the first and the second model, packed by package chain
}

// NewFinder returns a Finder that uses the models in files. It fails if one of them is
// malformed or has other labels than [Labels].
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
