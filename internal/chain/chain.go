// Package chain labels sequences with a linear-chain conditional random field
// (Lafferty, McCallum and Pereira 2001) over hashed features.
//
// A feature is a 32-bit number made with [Mix]; what it says is known only to
// who makes it. A caller adds the features of one position after another to a
// [Decoder] and reads off the best labels:
//
//	d.Reset(model)
//	for each token {
//		d.Add(features) // chain.Mix(wordFeature, word), …
//	}
//	labels := d.Decode()
//
// Labels named "B-x", "I-x", "L-x" and "U-x" are the parts of a chunk x, as in
// BIO and BILOU, and are decoded only in an order that makes whole chunks.
// A model is made of the weights that package train/crf has learned ([New]),
// written by [Pack] and read by [Unpack]. Two that are given the same features
// are packed together: what both weigh is then looked up once ([Decoder.AddFor]).
//
// In order of reading: chain.go is the model, decode.go finds the best labels
// (Viterbi), marginals.go how probable they are (forward and backward sums),
// file.go is the form of a file of models, table.go that of the table in it, and
// sum.go adds up what features weigh in several models at once.
package chain

import (
	"math"
	"slices"
)

// Mix returns the feature of kind that has the value v. It is never 0.
func Mix(kind uint32, v uint64) uint32 {
	v ^= uint64(kind) * 0x9e3779b97f4a7c15
	v ^= v >> 32
	v *= 0xd6e8feb86659fd93
	v ^= v >> 32
	return max(uint32(v), 1)
}

// Pair returns a value for Mix made of two values, in this order.
func Pair(a, b uint64) uint64 {
	a = (a ^ a>>29) * 0xbf58476d1ce4e5b9
	return (a ^ a>>32) + b*0x94d049bb133111eb
}

// A Model holds the labels and weights of a trained chain. It is read-only
// and can be shared. Weights are whole numbers, so that every machine decodes
// the same.
type Model struct {
	labels []string
	scale  float32 // what a weight of 1 stands for
	trans  []int32 // [to*len(labels)+from]; Forbidden where no chunk allows it
	first  []int32 // of the first label
	last   []int32 // of the last label

	table *table // of weights, a byte a label, 128 more than they are
	from  int    // the first weight in a row, which can hold those of other models too
}

// MaxLabels bounds the labels of a model.
const MaxLabels = 64

// Forbidden is the weight of a step from label to label that no chunk allows.
const Forbidden = -1 << 28

// Weights are what a model is made of, as whole numbers.
type Weights struct {
	Labels   []string // at most MaxLabels
	Scale    float32  // what a weight of 1 stands for
	Steps    []int32  // from label to label: [to*len(Labels)+from]; Forbidden where no chunk allows it
	First    []int32  // of the first label of a sequence
	Last     []int32  // of the last one
	Features []uint32 // all different, none 0
	Rows     []int8   // of a feature for each label: [index in Features*len(Labels)+label]
}

// New returns the model of the weights. It keeps the slices.
func New(w Weights) *Model {
	m := &Model{labels: w.Labels, scale: w.Scale, trans: w.Steps, first: w.First, last: w.Last}
	m.fill(w.Features, w.Rows)
	return m
}

// Labels returns the names of the labels by their number. It is not to be changed.
func (m *Model) Labels() []string { return m.labels }

// Label returns the number of a label, or -1 if the model has none of that name.
func (m *Model) Label(name string) int { return slices.Index(m.labels, name) }

// Lean makes a label more likely everywhere, or less if by is negative, as a
// feature of that weight at every position would.
func (m *Model) Lean(label int, by float64) {
	w := int32(math.Round(by / float64(m.scale)))
	to := m.trans[label*len(m.labels):][:len(m.labels)]
	for from := range to {
		if to[from] != Forbidden {
			to[from] += w
		}
	}
	if m.first[label] != Forbidden {
		m.first[label] += w
	}
}

// Score returns the logarithm of how much a candidate with the features is
// preferred, up to a number that all of its group share. The model has one
// label.
func (m *Model) Score(features []uint32) float64 {
	var sum [1]int32
	m.add(features, sum[:])
	return float64(sum[0]) * float64(m.scale)
}

// add adds the weights of the features to sum.
func (m *Model) add(features []uint32, sum []int32) {
	var at places
	for len(features) > 0 {
		some := features[:min(len(features), atOnce)]
		features = features[len(some):]
		n := m.table.find(some, &at)
		m.table.sum(at[:n], m.from, sum)
	}
}

// addBoth does the same for two models, looking up once if they share a table.
func addBoth(m, o *Model, features []uint32, sum, other []int32) {
	if m.table != o.table {
		m.add(features, sum)
		o.add(features, other)
		return
	}
	var at places
	for len(features) > 0 {
		some := features[:min(len(features), atOnce)]
		features = features[len(some):]
		n := m.table.find(some, &at)
		m.table.sum(at[:n], m.from, sum)
		m.table.sum(at[:n], o.from, other)
	}
}
