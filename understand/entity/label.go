package entity

import (
	"dateline/internal/chain"
)

// A kind is what a name names.
type kind uint8

const (
	person kind = iota
	org
	place
	other // nationalities, works, events, products: found so as not to be taken for the rest
	kindCount
)

// labelCount is the number of labels: none, then the first, an inner, the last
// and the only token of a name of each kind.
const labelCount = 1 + 4*int(kindCount)

var labelNames = func() []string {
	names := []string{"O"}
	for _, k := range []string{"person", "org", "place", "other"} {
		names = append(names, "B-"+k, "I-"+k, "L-"+k, "U-"+k)
	}
	return names
}()

// kindOf returns the kind that a label is of, kindCount if of none.
func kindOf(label uint8) kind {
	if label == 0 {
		return kindCount
	}
	return kind(label-1) / 4
}

// ends reports whether a name ends with a token that has the label.
func ends(label uint8) bool { return label > 0 && (label-1)%4 >= 2 }

// single returns the label of the only token of a name.
func single(k kind) uint8 { return 4 + 4*uint8(k) }

// models are what the labels are found with.
type models struct {
	lexicon       *lexicon
	first, second *chain.Model
}

// A labeller finds labels. It uses its memory again.
type labeller struct {
	models
	decoder chain.Decoder
	sheet   sheet // of all tokens in runs
	ends    []int // in sheet, of the features of each
	votes   sheet // of one token, with votes
}

// label returns the label of each token of d. It labels twice: the second time
// knowing what was made of the same words elsewhere in the text.
func (l *labeller) label(d *document) []uint8 {
	d.lexicon = l.lexicon
	l.describe(d)
	labels := l.pass(d, l.first, false)
	if l.second == nil {
		return labels
	}
	d.labels = labels
	d.poll()
	return l.pass(d, l.second, true)
}

// describe puts the features of all tokens in runs into the sheet.
func (l *labeller) describe(d *document) {
	l.sheet.features, l.ends = l.sheet.features[:0], l.ends[:0]
	for _, r := range d.runs {
		for i := r.first; i < r.end; i++ {
			d.features(&l.sheet, r, i)
			l.ends = append(l.ends, len(l.sheet.features))
		}
	}
}

// pass returns the labels of d by the model m, with or without the votes of the
// labels that d has.
func (l *labeller) pass(d *document, m *chain.Model, votes bool) []uint8 {
	labels := make([]uint8, len(d.t.Tokens))
	at, k := 0, 0
	for _, r := range d.runs {
		if votes && !d.repeated(r) { // the first labels stand
			copy(labels[r.first:r.end], d.labels[r.first:r.end])
			k += r.len()
			at = l.ends[k-1]
			continue
		}
		l.decoder.Reset(m)
		for i := r.first; i < r.end; i++ {
			features := l.sheet.features[at:l.ends[k]]
			at = l.ends[k]
			k++
			if votes {
				l.votes.features = append(l.votes.features[:0], features...)
				d.ofVotes(&l.votes, r, i)
				features = l.votes.features
			}
			l.decoder.Add(features)
		}
		copy(labels[r.first:r.end], l.decoder.Decode())
	}
	return labels
}

// repeated reports whether a word of run r with a capital stands in another run.
func (d *document) repeated(r run) bool {
	for i := r.first; i < r.end; i++ {
		if d.form[i] != 0 && d.vote(r, i) != unseen {
			return true
		}
	}
	return false
}

// poll counts the labels of each word.
func (d *document) poll() {
	for _, r := range d.runs {
		for i := r.first; i < r.end; i++ {
			if w := d.words[d.t.Tokens[i].Fold]; w != nil && d.form[i] != 0 {
				w.kinds[kindOf(d.labels[i])]++
			}
		}
	}
}
