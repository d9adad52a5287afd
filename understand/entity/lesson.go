package entity

import (
	"slices"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// A Sample is a text whose names are marked, to learn from. Package train/names
// makes them.
type Sample struct {
	ID    string    // tells in which half of the samples it is
	Text  string    // as it is to be read, in English
	Names []Sampled // in the order of the text, without overlap
}

// A Sampled is a name in a Sample: its span in bytes, and "person", "org",
// "place" or "other".
type Sampled struct {
	Start, End int    // bytes of the text, half-open
	Kind       string // "person", "org", "place" or "other"
}

// A Lesson is a Sample that was read.
type Lesson struct {
	d    *document
	gold []uint8
}

// Lesson returns the lesson of s.
func (s Sample) Lesson() *Lesson {
	t := &token.Text{}
	t.Read(s.Text, "en")
	p := &Lesson{d: read(t), gold: make([]uint8, len(t.Tokens))}
	starts, ends := map[int]int{}, map[int]int{}
	for i, k := range t.Tokens {
		starts[int(k.Start)], ends[int(k.End)] = i, i
	}
	in := make([]int, len(t.Tokens))
	for x, r := range p.d.runs {
		for i := r.first; i < r.end; i++ {
			in[i] = x + 1
		}
	}
	for _, n := range s.Names {
		first, ok := starts[n.Start]
		last, ok2 := ends[n.End]
		if ok && ok2 && in[first] > 0 && in[first] == in[last] {
			p.mark(first, last, n.Kind)
		}
	}
	return p
}

// mark labels the tokens from first to last as a name, unless some are one
// already.
func (l *Lesson) mark(first, last int, kindName string) {
	for _, label := range l.gold[first : last+1] {
		if label != 0 {
			return
		}
	}
	if k := slices.Index(kindNames[:], kindName); k >= 0 {
		setLabels(l.gold[first:last+1], kind(k))
	}
}

// Labels returns the names of the labels of tokens, by their numbers.
func Labels() []string { return slices.Clone(labelNames) }

// A Tagging takes what a model learns from: the features and the label of one
// token after another, and where a run of them ends.
type Tagging interface {
	Add(features []uint32, label int) // adds a token
	End()                             // ends the run
}

// Teach gives what a model of labels can learn from l with the lexicon x, which
// is nil for the first model; with votes also what Vote has told.
func (l *Lesson) Teach(x *Lexicon, votes bool, into Tagging) {
	l.d.lexicon = x
	var sh sheet
	for _, r := range l.d.runs {
		for i := r.first; i < r.end; i++ {
			sh.features = sh.features[:0]
			l.d.features(&sh, r, i)
			if votes {
				l.d.ofVotes(&sh, r, i)
			}
			into.Add(sh.features, int(l.gold[i]))
		}
		into.End()
	}
}

// Vote labels l by a first model, which has not learned from it, and notes for each
// word what its occurrences were taken for.
func (l *Lesson) Vote(x *Lexicon, first *chain.Model) {
	by := labeller{models: models{lexicon: x, first: first}}
	l.d.labels = by.label(l.d)
	l.d.poll()
}

// Gather returns a lexicon of what a model that does without one finds in texts;
// clusters has the cluster of each word, by its [ClusterKey] and 1.
func Gather(first *chain.Model, texts []string, clusters token.Table[uint16]) *Lexicon {
	l := labeller{models: models{first: first}}
	tallies := map[uint32]*tally{}
	for _, text := range texts {
		var t token.Text
		t.Read(text, "en")
		d := read(&t)
		labels := l.label(d)
		for i, k := range t.Tokens {
			if d.form[i] == 0 || d.loud[i] {
				continue
			}
			c := tallies[uint32(k.Fold)]
			if c == nil {
				c = &tally{}
				tallies[uint32(k.Fold)] = c
			}
			c[labels[i]]++
		}
	}
	x := &Lexicon{clusters: clusters}
	for k, c := range tallies {
		if v := c.value(); v != 0 {
			*x.words.At(uint64(k) + 1) = v
		}
	}
	return x
}

// NewFiles returns the files of what was learned.
func NewFiles(x *Lexicon, first, second *chain.Model) Files {
	return Files{Lexicon: x.bytes(), Labels: chain.Pack(first, second)}
}
