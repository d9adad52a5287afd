package chain

// Potentials are the exponents of the weights between labels.
type Potentials struct {
	Labels int       // their number
	Steps  []float64 // [to*Labels+from]; 0 where forbidden
	First  []float64 // of the first label of a sequence
	Last   []float64 // of the last one
}

// NewPotentials returns potentials between so many labels, all of them 0.
func NewPotentials(labels int) Potentials {
	return Potentials{labels, make([]float64, labels*labels), make([]float64, labels), make([]float64, labels)}
}

// Marginals replaces pot, the potentials of labels at each position
// ([position*Labels+label]), by their probabilities: the forward-backward
// algorithm. alpha is scratch of the same length. If pairs is not nil, the
// expected number of each step is added to it. It returns false, and nothing
// useful, if no sequence of labels is possible.
func (c *Potentials) Marginals(pot, alpha, pairs []float64) bool {
	k := c.Labels
	n := len(pot) / k
	if n == 0 {
		return true
	}
	for l := range k {
		alpha[l] = pot[l] * c.First[l]
	}
	ok := normalise(alpha[:k])
	for i := 1; i < n; i++ {
		prev, here := alpha[(i-1)*k:i*k], alpha[i*k:(i+1)*k]
		for to := range here {
			sum := 0.0
			for l, w := range c.Steps[to*k : (to+1)*k] {
				sum += prev[l] * w
			}
			here[to] = sum * pot[i*k+to]
		}
		ok = normalise(here) && ok
	}
	var store [2][MaxLabels]float64
	beta, next := store[0][:k], store[1][:k]
	copy(beta, c.Last)
	for i := n - 1; ; i-- {
		here, p := alpha[i*k:(i+1)*k], pot[i*k:(i+1)*k]
		for l := range next { // potential and what follows, for the position before
			next[l] = p[l] * beta[l]
			p[l] = here[l] * beta[l]
		}
		ok = normalise(p) && ok
		if i == 0 {
			return ok
		}
		prev := alpha[(i-1)*k : i*k]
		for l := range beta {
			beta[l] = 0
		}
		total := 0.0
		for to, w := range next {
			if w == 0 {
				continue
			}
			for l, t := range c.Steps[to*k : (to+1)*k] {
				beta[l] += t * w
				total += prev[l] * t * w
			}
		}
		if total <= 0 {
			return false
		}
		if pairs != nil {
			for to, w := range next {
				w /= total
				for l, t := range c.Steps[to*k : (to+1)*k] {
					pairs[to*k+l] += prev[l] * t * w
				}
			}
		}
		normalise(beta)
	}
}

// normalise makes the numbers sum to 1, if they can.
func normalise(v []float64) bool {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	if sum <= 0 {
		return false
	}
	for i := range v {
		v[i] /= sum
	}
	return true
}
