package chain

import "math"

// A Decoder finds the best labels of one sequence after another. Its zero value
// is ready for Reset; it uses its memory again, and serves one goroutine.
type Decoder struct {
	m       *Model
	n       int     // positions
	scores  []int32 // [position*labels+label]: of the features, then of the best path
	back    []uint8 // label before, on the best path
	best    []uint8
	alpha   []float64
	probs   []float64
	between Potentials // of steps
	steps   *Model     // that between and powers are of
	powers  []float64  // the exponents of the weights 0, -1, -2 …; 0 before they are reckoned
}

// Reset begins a sequence that is decoded with m.
func (d *Decoder) Reset(m *Model) {
	d.m, d.n, d.scores = m, 0, d.scores[:0]
}

// Add adds a position that has the features. The slice can be used again.
func (d *Decoder) Add(features []uint32) { d.m.add(features, d.position()) }

// AddFor is like Add. It also adds to sums, an element a label, what the
// features weigh in the model o, which costs little if o was packed together
// with the model of d.
func (d *Decoder) AddFor(o *Model, features []uint32, sums []int32) {
	addBoth(d.m, o, features, d.position(), sums)
}

// AddTo adds a position that has the features, and others whose weights AddFor
// has summed.
func (d *Decoder) AddTo(sums []int32, features []uint32) {
	scores := d.position()
	copy(scores, sums)
	d.m.add(features, scores)
}

// position returns the scores of a new position.
func (d *Decoder) position() []int32 {
	k := len(d.m.labels)
	d.scores = append(d.scores, make([]int32, k)...)
	d.n++
	return d.scores[(d.n-1)*k:]
}

// Decode returns the best label of each position (Viterbi 1967). The labels are valid until
// the next call of a method of d other than Probabilities, which has to come first.
func (d *Decoder) Decode() []uint8 {
	k := len(d.m.labels)
	d.best = grow(d.best, d.n)
	if d.n == 0 {
		return d.best
	}
	d.back = grow(d.back, d.n*k)
	for l, w := range d.m.first {
		d.scores[l] += w
	}
	for i := 1; i < d.n; i++ {
		prev, here, back := d.scores[(i-1)*k:i*k], d.scores[i*k:(i+1)*k], d.back[i*k:]
		for to := range here {
			best, from := int32(math.MinInt32), 0
			for l, w := range d.m.trans[to*k : (to+1)*k] {
				if s := prev[l] + w; s > best {
					best, from = s, l
				}
			}
			here[to] = max(here[to]+best, Forbidden*2)
			back[to] = uint8(from)
		}
		if i%1024 == 0 {
			level(here)
		}
	}
	at, top := 0, int32(math.MinInt32)
	for l, s := range d.scores[(d.n-1)*k:] {
		if s += d.m.last[l]; s > top {
			top, at = s, l
		}
	}
	for i := d.n - 1; ; i-- {
		d.best[i] = uint8(at)
		if i == 0 {
			return d.best
		}
		at = int(d.back[i*k+at])
	}
}

// level subtracts the best of scores from all of them, so that long sequences
// do not overflow.
func level(scores []int32) {
	top := scores[0]
	for _, s := range scores {
		top = max(top, s)
	}
	for l := range scores {
		scores[l] = max(scores[l]-top, Forbidden*2)
	}
}

// Probabilities returns how probable each label is at each position, at
// [position*labels+label]. It is called before Decode, if at all, and is valid
// until the next Reset.
func (d *Decoder) Probabilities() []float64 {
	k := len(d.m.labels)
	e := func(w int32) float64 { return math.Exp(float64(w) * float64(d.m.scale)) }
	if d.steps != d.m {
		d.steps, d.between, d.powers = d.m, NewPotentials(k), make([]float64, powers)
		for i, w := range d.m.trans {
			d.between.Steps[i] = e(w)
		}
		for l := range k {
			d.between.First[l], d.between.Last[l] = e(d.m.first[l]), e(d.m.last[l])
		}
	}
	d.probs, d.alpha = grow(d.probs, d.n*k), grow(d.alpha, d.n*k)
	for i := range d.n {
		s := d.scores[i*k : (i+1)*k]
		top := s[0]
		for _, v := range s {
			top = max(top, v)
		}
		for l, v := range s {
			d.probs[i*k+l] = d.power(top-v, e)
		}
	}
	d.between.Marginals(d.probs, d.alpha, nil)
	return d.probs
}

// powers is how many exponents a decoder keeps: the weights of nearly all labels lie within so much of
// the greatest.
const powers = 2048

// power returns e(-w), where w is not negative.
func (d *Decoder) power(w int32, e func(int32) float64) float64 {
	if w >= powers {
		return e(-w)
	}
	if d.powers[w] == 0 {
		d.powers[w] = e(-w)
	}
	return d.powers[w]
}

// grow returns s with n elements, made anew only if it holds less.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
