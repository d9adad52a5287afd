package entity

import (
	"hash/fnv"
	"slices"
	"strings"

	"dateline/internal/chain"
	"dateline/train/crf"
	"dateline/understand/token"
)

// A Sample is a text whose names are marked, to train on.
type Sample struct {
	ID    string
	Text  string
	Names []Sampled
}

// A Sampled is a name in a Sample: its span in bytes, and "person", "org",
// "place" or "other".
type Sampled struct {
	Start, End int
	Kind       string
}

// Files are what training makes and a [Finder] reads: the lexicon, and the two
// models of labels.
type Files struct{ Lexicon, Labels []byte }

// options are the choices of training, found by cross-validation.
var options = crf.Options{Rate: 0.02, Epochs: 5, L2: 1e-5, MinCount: 2, Prune: 0.02}

// Train learns from the samples, and from texts without marks, what names look
// like. The same input gives the same files.
//
// A first model, without a lexicon, labels the texts; the lexicon is what it
// found. The model called First has the lexicon. Second also has the labels
// that First gives the rest of a text; it must not learn from labels that First
// knew by heart, so for training those come from two models, each of the one
// half of the samples for the other.
func Train(samples []Sample, texts []string) Files {
	var all []*sample
	var halves [2][]*sample
	for _, s := range samples {
		p := newSample(headlined(s))
		half := hash(s.ID) % 2
		all = append(all, p)
		halves[half] = append(halves[half], p)
	}
	m := models{first: learn(all, nil, false)}
	m.lexicon = gather(m, texts)
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
	for _, n := range split(s) {
		first, ok := starts[n.Start]
		last, ok2 := ends[n.End]
		if ok && ok2 && in[first] > 0 && in[first] == in[last] {
			p.mark(first, last, n.Kind)
		}
	}
	return p
}

// headlined returns s as an agency would send it: with one of its sentences, in
// capitals, as a headline, and with a dateline. The samples have few of both.
func headlined(s Sample) Sample {
	var h Sample
	if start, end, ok := titleOf(s); ok {
		h.Text = strings.ToUpper(s.Text[start:end]) + "\n\n"
		for _, n := range s.Names {
			if n.Start >= start && n.End <= end {
				h.Names = append(h.Names, Sampled{n.Start - start, n.End - start, n.Kind})
			}
		}
	}
	if where := datelineOf(s); where != "" {
		h.Names = append(h.Names, Sampled{len(h.Text), len(h.Text) + len(where), "place"})
		h.Text += where
		switch hash(s.ID) % 3 {
		case 0:
			h.Text += " 2021-03-05\n\n"
		case 1:
			h.Text += " (Reuters) - "
			h.Names = append(h.Names, Sampled{len(h.Text) - 11, len(h.Text) - 4, "org"})
		default:
			h.Text += " – "
		}
	}
	for _, n := range s.Names {
		h.Names = append(h.Names, Sampled{n.Start + len(h.Text), n.End + len(h.Text), n.Kind})
	}
	h.ID, h.Text = s.ID, h.Text+s.Text
	return h
}

// titleOf returns the first sentence of s that would do as a headline.
func titleOf(s Sample) (start, end int, ok bool) {
	var t token.Text
	t.Read(s.Text, "en")
	for _, r := range t.Sentences {
		start, end = int(t.Tokens[r.First].Start), int(t.Tokens[r.End-1].End)
		if end-start < 30 || end-start > 90 || len(strings.ToUpper(s.Text[start:end])) != end-start {
			continue
		}
		for _, n := range s.Names {
			if n.Start >= start && n.End <= end {
				return start, end, true
			}
		}
	}
	return 0, 0, false
}

// datelineOf returns the first place of s in capitals.
func datelineOf(s Sample) string {
	for _, n := range s.Names {
		if n.Kind == "place" && n.Start >= 0 && n.Start < n.End && n.End <= len(s.Text) {
			return strings.ToUpper(s.Text[n.Start:n.End])
		}
	}
	return ""
}

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32() >> 8
}

// split returns the names of s; a place with a comma in it, "Accra, Ghana", as
// two: most are marked so.
func split(s Sample) (list []Sampled) {
	for _, n := range s.Names {
		for n.Kind == "place" && n.Start >= 0 && n.Start < n.End && n.End <= len(s.Text) {
			before, after, ok := strings.Cut(s.Text[n.Start:n.End], ",")
			if !ok {
				break
			}
			list = append(list, Sampled{n.Start, n.Start + len(strings.TrimRight(before, " ")), n.Kind})
			n.Start = n.End - len(strings.TrimLeft(after, " "))
		}
		list = append(list, n)
	}
	return list
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
	x := &lexicon{clusters: clusters(texts)}
	for k, c := range tallies {
		if v := c.value(); v != 0 {
			*x.words.At(uint64(k) + 1) = v
		}
	}
	return x
}
