// Package trees learns the models of internal/boost from labelled samples:
// gradient boosting of trees (Friedman 2001) whose leaves take a step of Newton's
// method on the logistic loss with a ridge (as in XGBoost, Chen and Guestrin
// 2016), each tree on a part of the samples (Friedman 2002).
package trees

import (
	"math"
	"math/rand/v2"

	"dateline/internal/boost"
)

const (
	width  = boost.Width
	leaves = 1 << boost.Depth
)

// A Sample is one example to learn from: the features of a thing, and whether it is what
// is looked for.
type Sample struct {
	Features *boost.Vector // a byte each
	Is       bool          // of the class
	Weight   float64       // how much it counts; at least 0
}

// Options say how to train.
type Options struct {
	Trees int     // how many are grown
	Rate  float64 // how far one tree goes towards the truth; 0 means 0.1
	Ridge float64 // weight that pulls every leaf towards zero; 0 means 1
	Rows  float64 // share of the samples that each tree sees; 0 means all
	Asked float64 // share of the features that each tree may ask for; 0 means all
	Seed  uint64  // of what Rows and Asked leave out
}

// Train returns the model of the samples. The same samples in the same order
// and the same options give the same model.
func Train(samples []Sample, o Options) *boost.Model {
	if len(samples) == 0 {
		return &boost.Model{}
	}
	t := newTrainer(samples, o)
	for range o.Trees {
		t.grow()
	}
	return boost.New(t.bias, t.trees)
}

type trainer struct {
	o       Options
	samples []Sample
	columns [][]uint8 // the features by column
	bins    []int     // values of each column
	score   []float64
	leaf    []uint8
	rows    []int32
	slopes  []slope // of the rows, for one tree
	rand    *rand.Rand
	bias    int32
	trees   []boost.Tree
}

func newTrainer(samples []Sample, o Options) *trainer {
	if o.Rate == 0 {
		o.Rate = 0.1
	}
	if o.Ridge == 0 {
		o.Ridge = 1
	}
	n := len(samples)
	t := &trainer{o: o, samples: samples, columns: make([][]uint8, width), bins: make([]int, width), score: make([]float64, n),
		leaf: make([]uint8, n), slopes: make([]slope, n), rand: rand.New(rand.NewPCG(o.Seed, 1))}
	for f := range t.columns {
		t.columns[f] = make([]uint8, n)
		for i := range samples {
			v := samples[i].Features[f]
			t.columns[f][i] = v
			t.bins[f] = max(t.bins[f], int(v)+1)
		}
	}
	yes, all := 0.0, 0.0
	for i := range samples {
		all += samples[i].Weight
		if samples[i].Is {
			yes += samples[i].Weight
		}
	}
	odds := math.Log((yes + 1e-3) / (all - yes + 1e-3))
	t.bias = int32(math.Round(odds * boost.Unit))
	for i := range t.score {
		t.score[i] = odds
	}
	return t
}

// grow adds the tree that most reduces the error that the trees before it leave.
func (t *trainer) grow() {
	t.rows = t.rows[:0]
	for i := range t.samples {
		p := 1 / (1 + math.Exp(-t.score[i]))
		y := 0.0
		if t.samples[i].Is {
			y = 1
		}
		w := t.samples[i].Weight
		t.leaf[i] = 0
		if w > 0 && (t.o.Rows == 0 || t.rand.Float64() < t.o.Rows) {
			t.slopes[len(t.rows)] = slope{w * (y - p), w * p * (1 - p)}
			t.rows = append(t.rows, int32(i))
		}
	}
	asked := make([]bool, len(t.columns))
	for f := range asked {
		asked[f] = (t.o.Asked == 0 || t.rand.Float64() < t.o.Asked) && t.bins[f] > 1
	}
	var tr boost.Tree
	for d := range boost.Depth {
		tr.Ask[d] = t.split(d, asked)
		column := t.columns[tr.Ask[d].Feature]
		for i, v := range column {
			if v > tr.Ask[d].Above {
				t.leaf[i] |= 1 << d
			}
		}
	}
	var g, h [leaves]float64
	for k, i := range t.rows {
		g[t.leaf[i]] += t.slopes[k].g
		h[t.leaf[i]] += t.slopes[k].h
	}
	for l := range tr.Leaves {
		v := math.Round(t.o.Rate * g[l] / (h[l] + t.o.Ridge) * boost.Unit)
		tr.Leaves[l] = int16(max(-mostLeaf, min(mostLeaf, v)))
	}
	for i := range t.score {
		t.score[i] += float64(tr.Leaves[t.leaf[i]]) / boost.Unit
	}
	t.trees = append(t.trees, tr)
}

// mostLeaf bounds what a leaf adds to a score; a leaf has 16 bits.
const mostLeaf = 32000

// A slope is the sum of gradients and curvatures of some samples.
type slope struct{ g, h float64 }

// split returns the question that tells most at a depth, over all leaves.
func (t *trainer) split(depth int, asked []bool) boost.Question {
	n := 1 << depth
	best, q := math.Inf(-1), boost.Question{Above: 255}
	slopes := t.slopes
	var room [leaves / 2 * 256]slope // of each value and leaf
	for f, column := range t.columns {
		if !asked[f] {
			continue
		}
		bins := t.bins[f]
		sums := room[:bins<<depth]
		clear(sums)
		for k, i := range t.rows {
			at := &sums[int(column[i])<<depth|int(t.leaf[i])]
			at.g += slopes[k].g
			at.h += slopes[k].h
		}
		var all, below [leaves / 2]slope
		for v := range bins {
			for l := range n {
				s := sums[v<<depth|l]
				all[l].g += s.g
				all[l].h += s.h
			}
		}
		for v := range bins - 1 {
			gain := 0.0
			for l := range n {
				s, b := sums[v<<depth|l], &below[l]
				b.g += s.g
				b.h += s.h
				up := slope{all[l].g - b.g, all[l].h - b.h}
				gain += b.g*b.g/(b.h+t.o.Ridge) + up.g*up.g/(up.h+t.o.Ridge)
			}
			if gain > best {
				best, q = gain, boost.Question{Feature: uint8(f), Above: uint8(v)}
			}
		}
	}
	return q
}
