package entity

import (
	"hash/fnv"
	"slices"

	"dateline/internal/chain"
	"dateline/train/crf"
	"dateline/understand/token"
)

// A Sample is a text whose names are marked, to train on. Package train/names
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

// Files are what training makes and a [Finder] reads: the lexicon, and the two
// models of labels.
type Files struct {
	Lexicon []byte // what words with a capital mostly are, and their clusters
	Labels  []byte // the two models, the second behind the first
}

// options are the choices of training, found by cross-validation.
var options = crf.Options{Rate: 0.02, Epochs: 5, L2: 1e-5, MinCount: 2, Prune: 0.02}

// Train learns from the samples, and from texts without marks, what names look
// like; clusters has the cluster of each word, by its [ClusterKey] and 1. The same
// input gives the same files.
//
// A first model, without a lexicon, labels the texts; the lexicon is what it
// found. The model called First has the lexicon. Second also has the labels
// that First gives the rest of a text; it must not learn from labels that First
// knew by heart, so for training those come from two models, each of the one
// half of the samples for the other.
func Train(samples []Sample, texts []string, clusters token.Table[uint16]) Files {
	var all []*sample
	var halves [2][]*sample
	for _, s := range samples {
		p := newSample(s)
		half := hash(s.ID) % 2
		all = append(all, p)
		halves[half] = append(halves[half], p)
	}
	m := models{first: learn(all, nil, false)}
	m.lexicon = gather(m, texts)
	m.lexicon.clusters = clusters
	m.first = learn(all, m.lexicon, false)
	for i := range halves {
		l := labeller{models: models{lexicon: m.lexicon, first: learn(halves[1-i], m.lexicon, false)}}
		for _, s := range halves[i] {
			s.labels = l.label(s.document)
			s.poll()
		}
	}
	m.second = learn(all, m.lexicon, true)
	return Files{Lexicon: m.lexicon.bytes(), Labels: chain.Pack(m.first, m.second)}
}

// A sample is a Sample that was read.
type sample struct {
	*document
	gold []uint8
}

func newSample(s Sample) *sample {
	t := &token.Text{}
	t.Read(s.Text, "en")
	p := &sample{document: read(t), gold: make([]uint8, len(t.Tokens))}
	starts, ends := map[int]int{}, map[int]int{}
	for i, k := range t.Tokens {
		starts[int(k.Start)], ends[int(k.End)] = i, i
	}
	in := make([]int, len(t.Tokens))
	for x, r := range p.runs {
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

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32() >> 8
}

// mark labels the tokens from first to last as a name, unless some are one
// already.
func (s *sample) mark(first, last int, kindName string) {
	for _, l := range s.gold[first : last+1] {
		if l != 0 {
			return
		}
	}
	if k := slices.Index(kindNames[:], kindName); k >= 0 {
		setLabels(s.gold[first:last+1], kind(k))
	}
}

// learn trains a model on the samples.
func learn(samples []*sample, x *lexicon, votes bool) *chain.Model {
	set := crf.NewSet(labelNames)
	var sh sheet
	for _, s := range samples {
		s.lexicon = x
		for _, r := range s.runs {
			for i := r.first; i < r.end; i++ {
				sh.features = sh.features[:0]
				s.features(&sh, r, i)
				if votes {
					s.ofVotes(&sh, r, i)
				}
				set.Add(sh.features, int(s.gold[i]))
			}
			set.End()
		}
	}
	return set.Train(options)
}

// gather makes a lexicon of what the model m finds in texts.
func gather(m models, texts []string) *lexicon {
	l := labeller{models: m}
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
	x := &lexicon{}
	for k, c := range tallies {
		if v := c.value(); v != 0 {
			*x.words.At(uint64(k) + 1) = v
		}
	}
	return x
}
