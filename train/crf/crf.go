// Package crf learns the models of internal/chain from labelled examples:
// those that label sequences ([Set]; conditional random fields, Lafferty,
// McCallum and Pereira 2001) and those that choose one of several candidates
// ([Choices]; the conditional logit of McFadden 1974). Weights move after each
// example by AdaGrad (Duchi, Hazan and Singer 2011).
package crf

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"

	"dateline/internal/chain"
)

// Options tell how to train. The zero value of each means its default.
type Options struct {
	Epochs   int     // passes over the set; 12
	Rate     float64 // first step of AdaGrad; 0.1
	L2       float64 // pull of weights to zero at each step; 1e-4
	MinCount int     // features seen less often are left out; 2
	Prune    float64 // features with all weights nearer to zero are left out; 0.05
}

func (o Options) withDefaults() Options {
	set := func(v *float64, d float64) {
		if *v == 0 {
			*v = d
		}
	}
	set(&o.Rate, 0.1)
	set(&o.L2, 1e-4)
	set(&o.Prune, 0.05)
	if o.Epochs == 0 {
		o.Epochs = 12
	}
	if o.MinCount == 0 {
		o.MinCount = 2
	}
	return o
}

// A Set is what a model is trained on: labelled sequences.
type Set struct {
	labels   []string
	features []uint32
	ends     []int   // of the features of each position
	gold     []uint8 // label of each position
	seqs     []int   // ends of sequences, in positions
}

// NewSet returns an empty set whose positions bear the labels, at most 64 of them.
func NewSet(labels []string) *Set { return &Set{labels: labels} }

// Add adds a position to the last sequence.
func (s *Set) Add(features []uint32, label int) {
	s.features = append(s.features, features...)
	s.ends = append(s.ends, len(s.features))
	s.gold = append(s.gold, uint8(label))
}

// End ends the last sequence.
func (s *Set) End() { s.seqs = append(s.seqs, len(s.gold)) }

// A trainer holds the weights while they are learned.
type trainer struct {
	Options
	set     *Set
	k       int
	keys    []uint32  // features kept, by their index
	index   []int32   // set.features as indices; -1 where left out
	w, g    []float32 // weights and sums of squared gradients: [index*k+label]
	tw      []float64 // weights of steps [to*k+from], then first, then last
	tg      []float64
	open    []bool // steps that are allowed, like tw
	between chain.Potentials
	pot     []float64
	alpha   []float64
	pairs   []float64
}

// Train returns the model that makes the labels of the set most probable. The
// same set and options give the same model.
func (s *Set) Train(o Options) *chain.Model {
	t := &trainer{Options: o.withDefaults(), set: s, k: len(s.labels)}
	t.choose()
	t.steps()
	t.rounds(func(_, from, to int) { t.learn(from, to) })
	return t.model()
}

// rounds calls learn in each round with the number of every sequence of the
// set and where it begins and ends, in an order that is always the same.
func (t *trainer) rounds(learn func(i, from, to int)) {
	ends := t.set.seqs
	order := make([]int, len(ends))
	for i := range order {
		order[i] = i
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range t.Epochs {
		rnd.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			from := 0
			if i > 0 {
				from = ends[i-1]
			}
			learn(i, from, ends[i])
		}
	}
}

// choose keeps the features that occur often enough to be learned (Options.MinCount) and
// gives each a number.
func (t *trainer) choose() {
	c := newCounter(1 << 16)
	for _, f := range t.set.features {
		c.add(f)
	}
	for i, f := range c.keys {
		if n := c.counts[i]; int(n) >= t.MinCount {
			t.keys = append(t.keys, f)
		}
	}
	slices.Sort(t.keys)
	for i := range c.counts {
		c.counts[i] = -1 // from here on the index of a feature
	}
	for i, f := range t.keys {
		c.counts[c.find(f)] = int32(i)
	}
	t.index = make([]int32, len(t.set.features))
	for i, f := range t.set.features {
		t.index[i] = c.counts[c.find(f)]
	}
	t.w = make([]float32, len(t.keys)*t.k)
	t.g = make([]float32, len(t.keys)*t.k)
}

// spread spreads features over a table by multiplication (Knuth 1973, section
// 6.4): 2 to the power of 32, divided by the golden ratio.
const spread = 2654435769

// A counter counts features: a table with open addressing. No feature is 0.
type counter struct {
	keys   []uint32
	counts []int32
	used   int
	shift  uint
}

func newCounter(size int) *counter {
	return &counter{make([]uint32, size), make([]int32, size), 0, uint(32 - bits.Len(uint(size-1)))}
}

// find returns the slot of f, or the empty one where it belongs.
func (c *counter) find(f uint32) int {
	mask := uint32(len(c.keys) - 1)
	i := f * spread >> c.shift
	for c.keys[i] != f && c.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return int(i)
}

func (c *counter) add(f uint32) {
	i := c.find(f)
	if c.keys[i] == 0 {
		if c.used++; c.used > len(c.keys)/2 {
			c.grow()
			i = c.find(f)
		}
		c.keys[i] = f
	}
	c.counts[i]++
}

func (c *counter) grow() {
	old := *c
	*c = *newCounter(2 * len(old.keys))
	c.used = old.used
	for i, f := range old.keys {
		if f != 0 {
			k := c.find(f)
			c.keys[k], c.counts[k] = f, old.counts[i]
		}
	}
}

// steps makes room for the weights of the steps from one label to the next, and notes
// which steps the scheme of labels allows.
func (t *trainer) steps() {
	k := t.k
	n := k*k + 2*k
	t.tw, t.tg, t.open, t.pairs = make([]float64, n), make([]float64, n), make([]bool, n), make([]float64, n)
	sch := scheme(t.set.labels)
	for to, b := range sch {
		for from, a := range sch {
			t.open[to*k+from] = sch.follows(a, b)
		}
		t.open[k*k+to] = sch.follows("", b)
		t.open[k*k+k+to] = sch.follows(b, "")
	}
	t.between = chain.NewPotentials(k)
}

// learn takes a step towards the labels of the positions from to end.
func (t *trainer) learn(from, end int) {
	k, n := t.k, end-from
	if n == 0 {
		return
	}
	e := func(i int) float64 {
		if !t.open[i] {
			return 0
		}
		return math.Exp(t.tw[i])
	}
	for i := range t.between.Steps {
		t.between.Steps[i] = e(i)
	}
	for l := range k {
		t.between.First[l], t.between.Last[l] = e(k*k+l), e(k*k+k+l)
	}
	t.pot, t.alpha = resize(t.pot, n*k), resize(t.alpha, n*k)
	for i := range n {
		p := t.pot[i*k : (i+1)*k]
		clear(p)
		for _, f := range t.at(from + i) {
			if f >= 0 {
				for l, w := range t.w[int(f)*k:][:k] {
					p[l] += float64(w)
				}
			}
		}
		top := slices.Max(p)
		for l := range p {
			p[l] = math.Exp(p[l] - top)
		}
	}
	clear(t.pairs)
	if !t.between.Marginals(t.pot, t.alpha, t.pairs[:k*k]) {
		return
	}
	t.update(from, n)
}

// at returns the features of a position, as indices.
func (t *trainer) at(pos int) []int32 {
	start := 0
	if pos > 0 {
		start = t.set.ends[pos-1]
	}
	return t.index[start:t.set.ends[pos]]
}

// enough is how near a probability comes to what is true before its weights rest.
const enough = 1e-3

// update moves the weights against the gradient: what the model expects less
// what is true.
func (t *trainer) update(from, n int) {
	k := t.k
	gold := t.set.gold[from : from+n]
	rate, l2 := float32(t.Rate), float32(t.L2)
	var slope [chain.MaxLabels]float32
	for i, y := range gold {
		p := t.pot[i*k : (i+1)*k]
		if i > 0 {
			t.pairs[int(y)*k+int(gold[i-1])]--
		}
		if 1-p[y] < enough {
			continue
		}
		for l := range p {
			slope[l] = float32(p[l])
			if l == int(y) {
				slope[l]--
			} else if p[l] < enough/4 {
				slope[l] = 0
			}
		}
		for _, f := range t.at(from + i) {
			if f < 0 {
				continue
			}
			w, g := t.w[int(f)*k:][:k], t.g[int(f)*k:][:k]
			for l, d := range slope[:k] {
				if d != 0 {
					d += l2 * w[l]
					g[l] += d * d
					w[l] -= rate * d / float32(math.Sqrt(float64(g[l]+1e-6)))
				}
			}
		}
	}
	for l := range k {
		t.pairs[k*k+l] += t.pot[l]
		t.pairs[k*k+k+l] += t.pot[(n-1)*k+l]
	}
	t.pairs[k*k+int(gold[0])]--
	t.pairs[k*k+k+int(gold[n-1])]--
	for i, d := range t.pairs {
		if t.open[i] && d != 0 {
			t.tg[i] += d * d
			t.tw[i] -= t.Rate * d / math.Sqrt(t.tg[i]+1e-6)
		}
	}
}

// model returns the learned weights, rounded to whole numbers, as a model of package
// chain.
func (t *trainer) model() *chain.Model {
	top := float32(0)
	for _, w := range t.w {
		top = max(top, w, -w)
	}
	m := chain.Weights{Labels: t.set.labels, Scale: max(top, 1e-6) / math.MaxInt8}
	whole := func(w float64) int32 { return int32(math.Round(w / float64(m.Scale))) }
	step := func(i int) int32 {
		if !t.open[i] {
			return chain.Forbidden
		}
		return whole(t.tw[i])
	}
	k := t.k
	for i := range k * k {
		m.Steps = append(m.Steps, step(i))
	}
	for l := range k {
		m.First = append(m.First, step(k*k+l))
		m.Last = append(m.Last, step(k*k+k+l))
	}
	for i, f := range t.keys {
		w := t.w[i*k : (i+1)*k]
		if max(slices.Max(w), -slices.Min(w)) < float32(t.Prune) {
			continue
		}
		m.Features = append(m.Features, f)
		for _, x := range w {
			m.Rows = append(m.Rows, int8(whole(float64(x))))
		}
	}
	return chain.New(m)
}

// resize returns s with n elements, whatever they are.
func resize(s []float64, n int) []float64 { return slices.Grow(s[:0], n)[:n] }

// A scheme is the labels of a model; it tells which of them may follow each
// other.
type scheme []string

// follows reports whether label b may follow label a; "" stands for both ends
// of a sequence.
func (s scheme) follows(a, b string) bool {
	partA, chunkA, _ := strings.Cut(a, "-")
	partB, chunkB, _ := strings.Cut(b, "-")
	inside := partB == "I" || partB == "L"
	if partA != "B" && partA != "I" {
		return !inside
	}
	if inside {
		return chunkA == chunkB
	}
	return !slices.Contains(s, "L-"+chunkA) // else a chunk of many ends in L
}
