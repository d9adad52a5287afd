package entity

import (
	"slices"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// A Sample is a text whose names are marked, to learn from. Package train/names
// makes them.
type Sample struct {
	ID    string    // a name for the sample; its hash decides in which part of the samples it is
	Text  string    // in English, or for TeachMulti in the language given there
	Names []Sampled // in the order of the text, without overlap
}

// A Sampled is a name in a Sample.
type Sampled struct {
	Start, End int    // bytes of the text, half-open
	Kind       string // "person", "org", "place" or "other"
}

// A Lesson is a Sample that was cut into tokens, with the right label of each.
type Lesson struct {
	d    *document
	gold []uint8 // the right label of each token
}

// Lesson returns s as a lesson for the English models. Names that do not begin and end with a
// token, or that lie outside of runs of words with capitals, are left out.
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

// mark labels the tokens from first to last, which is included, as a name, unless one
// of them is in a name already.
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

// Labels returns the names of the labels of the English models, by their numbers: "O" for no
// name, then "B-person", "I-person", "L-person" and "U-person" for the parts of a
// person's name (BILOU), and the same for the other kinds.
func Labels() []string { return slices.Clone(labelNames) }

// A Tagging receives what a model learns from: the features and the label of one token
// after another, and where a sequence of them ends.
type Tagging interface {
	Add(features []uint32, label int) // adds a token
	End()                             // ends the sequence
}

// Teach gives to into the features and right labels of the tokens of l, one sequence for
// each run. The features are computed with the lexicon x, and without one if x is nil, as for the model
// that [Gather] uses. With votes they include those of the labels that [Lesson.Vote] found,
// which only the second model sees.
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

// Vote labels l by a first model, which should not have learned from l, and notes for
// each word how its occurrences were labelled. It must be called once, before [Lesson.Teach] with votes.
func (l *Lesson) Vote(x *Lexicon, first *chain.Model) {
	by := labeller{models: models{lexicon: x, first: first}}
	l.d.labels = by.label(l.d)
	l.d.poll()
}

// Gather returns a lexicon of how first, a model that was trained without a lexicon, labels
// the words of texts, which are in English. The table clusters has the cluster of each
// word under its [ClusterKey] plus one.
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

// NewFiles returns the lexicon and the two models as files, which [NewFinder] reads.
func NewFiles(x *Lexicon, first, second *chain.Model) Files {
	return Files{Lexicon: x.bytes(), Labels: chain.Pack(first, second)}
}
