package entity

import (
	"slices"

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

// The parts of a name that a label can stand for, in the order of the labels of a kind.
// A name of one token is onlyToken. The scheme is known as BILOU (Ratinov and Roth, Design
// Challenges and Misconceptions in Named Entity Recognition, CoNLL 2009).
const (
	firstToken uint8 = iota
	innerToken
	lastToken
	onlyToken
	partCount
)

// labelCount is the number of labels. Label 0 is that of a token in no name; then come
// those of the parts of a name of each kind.
const labelCount = 1 + int(partCount)*int(kindCount)

// labelNames are the names of the labels, by their numbers, as package chain expects them.

var labelNames = func() []string {
	names := []string{"O"}
	for _, k := range kindNames {
		names = append(names, "B-"+k, "I-"+k, "L-"+k, "U-"+k)
	}
	return names
}()

// kindOf returns the kind of name that a label stands for, kindCount for label 0.
func kindOf(label uint8) kind {
	if label == 0 {
		return kindCount
	}
	return kind((label - 1) / partCount)
}

// begins reports whether label is one of the first, or only, token of a name.
func begins(label uint8) bool {
	return label > 0 && ((label-1)%partCount == firstToken || (label-1)%partCount == onlyToken)
}

// ends reports whether label is one of the last, or only, token of a name.
func ends(label uint8) bool { return label > 0 && (label-1)%partCount >= lastToken }

// single returns the label of the only token of a name of kind k.
func single(k kind) uint8 { return labelOf(k, onlyToken) }

// labelOf returns the label of a part of a name of kind k.
func labelOf(k kind, part uint8) uint8 { return 1 + partCount*uint8(k) + part }

// setLabels sets labels, which must not be empty, to those of the tokens of one name of
// kind k.
func setLabels(labels []uint8, k kind) {
	for i := range labels {
		labels[i] = labelOf(k, innerToken)
	}
	labels[0], labels[len(labels)-1] = labelOf(k, firstToken), labelOf(k, lastToken)
	if len(labels) == 1 {
		labels[0] = single(k)
	}
}

// models are the lexicon and the models that label English text.
type models struct {
	lexicon       *Lexicon
	first, second *chain.Model // without a second, the labels of the first stand
}

// A labeller finds labels. Its fields are kept from one text to the next so that memory
// is used again.
type labeller struct {
	models
	decoder chain.Decoder
	sheet   sheet   // the features of one token
	sums    []int32 // for each token in runs and each label: the sum of the weights of its features in the second model
	before  []uint8 // the labels before a rule corrects them
	explain bool    // also compute how probable the labels are
}

// label returns the label of each token of d. It labels every run with the first model, then
// labels runs that share words with other runs again with the second model, which also sees
// how the same words were labelled elsewhere in the text.
func (l *labeller) label(d *document) []uint8 {
	d.lexicon = l.lexicon
	d.labels = make([]uint8, len(d.t.Tokens))
	l.sums = l.sums[:0]
	if l.explain {
		d.probable = make([]float64, len(d.t.Tokens))
	}
	for _, r := range d.runs {
		l.decoder.Reset(l.first)
		for i := r.first; i < r.end; i++ {
			l.sheet.features = l.sheet.features[:0]
			d.features(&l.sheet, r, i)
			l.add()
		}
		copy(d.labels[r.first:r.end], l.decode(d, r))
	}
	if l.second == nil {
		return d.labels
	}
	d.poll()
	return l.labelAgain(d)
}

// add gives the features of the sheet to the decoder and, if there is a second model,
// keeps what they weigh in it.
func (l *labeller) add() {
	if l.second == nil {
		l.decoder.Add(l.sheet.features)
		return
	}
	at := len(l.sums)
	l.sums = append(l.sums, make([]int32, labelCount)...)
	l.decoder.AddFor(l.second, l.sheet.features, l.sums[at:])
}

// labelAgain returns the labels of d by the second model.
func (l *labeller) labelAgain(d *document) []uint8 {
	labels := slices.Clone(d.labels)
	sums := l.sums
	for _, r := range d.runs {
		here := sums[:r.len()*labelCount]
		sums = sums[len(here):]
		if !d.repeated(r) { // the first labels stand
			continue
		}
		l.decoder.Reset(l.second)
		for i := r.first; i < r.end; i++ {
			l.sheet.features = l.sheet.features[:0]
			d.ofVotes(&l.sheet, r, i)
			l.decoder.AddTo(here[(i-r.first)*labelCount:][:labelCount], l.sheet.features)
		}
		copy(labels[r.first:r.end], l.decode(d, r))
	}
	return labels
}

// decode returns the best labels of the run r, whose features the decoder was given, and
// sets how probable they are if that is asked for.
func (l *labeller) decode(d *document, r run) []uint8 {
	if !l.explain {
		return l.decoder.Decode()
	}
	p := l.decoder.Probabilities()
	labels := l.decoder.Decode()
	for i, label := range labels {
		d.probable[r.first+i] = p[i*labelCount+int(label)]
	}
	return labels
}

// repeated reports whether a word of run r with a capital stands in another run.
func (d *document) repeated(r run) bool {
	for i := r.first; i < r.end; i++ {
		if d.form[i] != 0 && d.vote(r, i) != voteUnseen {
			return true
		}
	}
	return false
}

// poll counts, for each word with a capital, how often it was labelled as each kind.
func (d *document) poll() {
	for _, r := range d.runs {
		for i := r.first; i < r.end; i++ {
			if w := d.words[d.t.Tokens[i].Fold]; w != nil && d.form[i] != 0 {
				w.kinds[kindOf(d.labels[i])]++
			}
		}
	}
}
