package crf

import (
	"math"

	"dateline/internal/chain"
)

// Choices is what a model is trained on that chooses one of several
// candidates: groups of candidates, one of each group being right.
type Choices struct {
	set   Set   // a position for each candidate, a sequence for each group
	right []int // position of the right candidate of each group
}

// NewChoices returns an empty set of choices.
func NewChoices() *Choices { return &Choices{set: Set{labels: []string{"score"}}} }

// Add adds a candidate to the last group.
func (c *Choices) Add(features []uint32, right bool) {
	if right {
		for len(c.right) <= len(c.set.seqs) {
			c.right = append(c.right, len(c.set.gold))
		}
	}
	c.set.Add(features, 0)
}

// End ends the last group. A group without a right candidate is dropped.
func (c *Choices) End() {
	s := &c.set
	if len(c.right) > len(s.seqs) {
		s.End()
		return
	}
	from := 0
	if n := len(s.seqs); n > 0 {
		from = s.seqs[n-1]
	}
	s.gold = s.gold[:from]
	s.ends = s.ends[:from]
	s.features = s.features[:0]
	if from > 0 {
		s.features = s.features[:s.ends[from-1]]
	}
}

// Train returns the model under which the right candidates are most probable,
// where a candidate's probability in its group grows as the exponent of its
// [chain.Model.Score].
func (c *Choices) Train(o Options) *chain.Model {
	t := &trainer{Options: o.withDefaults(), set: &c.set, k: 1}
	t.choose()
	t.steps()
	t.rounds(func(g, from, to int) { t.prefer(from, to, c.right[g]) })
	return t.model()
}

// prefer takes a step towards the candidate right among those from to end.
func (t *trainer) prefer(from, end, right int) {
	t.pot = resize(t.pot, end-from)
	top := math.Inf(-1)
	for i := range t.pot {
		t.pot[i] = 0
		for _, f := range t.at(from + i) {
			if f >= 0 {
				t.pot[i] += float64(t.w[f])
			}
		}
		top = max(top, t.pot[i])
	}
	sum := 0.0
	for i, s := range t.pot {
		t.pot[i] = math.Exp(s - top)
		sum += t.pot[i]
	}
	for i, p := range t.pot {
		p /= sum
		if from+i == right {
			p--
		}
		if math.Abs(p) < 1e-3 {
			continue
		}
		for _, f := range t.at(from + i) {
			if f >= 0 {
				d := float32(p) + float32(t.L2)*t.w[f]
				t.g[f] += d * d
				t.w[f] -= float32(t.Rate) * d / float32(math.Sqrt(float64(t.g[f]+1e-6)))
			}
		}
	}
}
