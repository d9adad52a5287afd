// Package boost scores samples by small models that tell one class from another:
// boosted trees (Friedman 2001) that are oblivious (Kohavi 1994; as in CatBoost,
// Prokhorenkova et al. 2018), over features of one byte each. A tree asks the
// same few questions of every sample, so a model is a flat table, a sample costs
// a few comparisons a tree, and its score is a sum of integers: the same on every
// machine. Package train/trees makes the models.
package boost

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Depth is how many questions a tree asks one after the other: each compares one feature
// with a number.
const Depth = 5

// Width is how many features a sample has.
const Width = 128

// A Vector is the features of a sample; those not used are zero.
type Vector [Width]uint8

// A Model scores samples. Its zero value gives every sample zero.
type Model struct {
	bias  int32
	trees []Tree
	rest  []bounds // of what the trees from each stride on can add, as Read finds it
}

// bounds are the least and the greatest value that a sum of leaves can have.
type bounds struct{ least, most int32 }

const leaves = 1 << Depth

// stride is how many trees are asked before the question whether they decide.
const stride = 8

// A Tree adds to the score of a sample what stands in the leaf that its answers
// lead to: bit d of the leaf's number is the answer to question d.
type Tree struct {
	Ask    [Depth]Question
	Leaves [leaves]int16
}

// A Question asks whether a feature is above a value.
type Question struct{ Feature, Above uint8 }

// New returns the model of the trees, which gives the score bias to a sample
// before any tree is asked. Its trees are those of the slice.
func New(bias int32, trees []Tree) *Model {
	m := &Model{bias: bias, trees: trees}
	m.bound()
	return m
}

// Unit is the score of one unit of log odds: a sample with the score Unit is
// as likely of the class as e to one.
const Unit = 1024

// Score returns the log odds that v is of the class, times Unit.
func (m *Model) Score(v *Vector) int {
	sum := m.bias
	for i := range m.trees {
		sum += m.trees[i].score(v)
	}
	return int(sum)
}

var _ = [1]bool{Depth - 5: true} // score asks so many questions

func (t *Tree) score(v *Vector) int32 {
	at := t.Ask[0].of(v) | t.Ask[1].of(v)<<1 | t.Ask[2].of(v)<<2 | t.Ask[3].of(v)<<3 | t.Ask[4].of(v)<<4
	return int32(t.Leaves[at%leaves])
}

// of returns 1 if the feature is above the value, else 0: the sign of their
// difference, without a branch, which would be guessed wrong.
func (q Question) of(v *Vector) uint32 {
	return (uint32(q.Above) - uint32(v[q.Feature%Width])) >> 31
}

// Above reports whether the score of v is above a threshold. It asks no more
// trees than can change the answer.
func (m *Model) Above(v *Vector, threshold int) bool {
	sum := m.bias
	for i := range m.trees {
		if i%stride == 0 && len(m.rest) > 0 {
			rest := m.rest[i/stride]
			if int(sum+rest.most) <= threshold {
				return false
			}
			if int(sum+rest.least) > threshold {
				return true
			}
		}
		sum += m.trees[i].score(v)
	}
	return int(sum) > threshold
}

// Shares returns what each feature of v adds to its score: along the questions of
// every tree, how far each answer moves the mean of the leaves that remain (Saabas,
// Interpreting random forests, 2014, here without the counts of samples). The
// shares and what is the same for all samples add up to the score.
func (m *Model) Shares(v *Vector) (shares [Width]float64) {
	for i := range m.trees {
		t := &m.trees[i]
		mask, want := 0, 0
		before := t.mean(mask, want)
		for d, q := range t.Ask {
			mask |= 1 << d
			want |= int(q.of(v)) << d
			after := t.mean(mask, want)
			shares[q.Feature%Width] += after - before
			before = after
		}
	}
	return shares
}

// mean returns the mean of those leaves whose number has the bits of want where
// mask has any.
func (t *Tree) mean(mask, want int) float64 {
	sum, n := 0.0, 0
	for at, leaf := range t.Leaves {
		if at&mask == want {
			sum += float64(leaf)
			n++
		}
	}
	return sum / float64(n)
}

// bound finds, from each stride of trees on, the least and the most that the rest can add
// to a score, so that the sum can end early.
func (m *Model) bound() {
	m.rest = make([]bounds, (len(m.trees)+stride-1)/stride)
	var sum bounds
	for i := len(m.trees) - 1; i >= 0; i-- {
		leaf := m.trees[i].Leaves[:]
		sum.least += int32(slices.Min(leaf))
		sum.most += int32(slices.Max(leaf))
		if i%stride == 0 {
			m.rest[i/stride] = sum
		}
	}
}

// Features returns how many features a vector must hold at least.
func (m *Model) Features() (n int) {
	for i := range m.trees {
		for _, q := range m.trees[i].Ask {
			n = max(n, int(q.Feature)+1)
		}
	}
	return n
}

// The form of a model: the magic, the bias as four bytes, the number of trees
// as two, then for each tree its questions, two bytes each, and its leaves, two
// bytes each. Numbers are little-endian.
const (
	magic    = "boost5\n"
	treeSize = 2*Depth + 2*leaves
)

// Append appends the model's bytes to b.
func (m *Model) Append(b []byte) []byte {
	b = append(b, magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(m.bias))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(m.trees)))
	for i := range m.trees {
		for _, q := range m.trees[i].Ask {
			b = append(b, q.Feature, q.Above)
		}
		for _, v := range m.trees[i].Leaves {
			b = binary.LittleEndian.AppendUint16(b, uint16(v))
		}
	}
	return b
}

// Read reads a model and returns the bytes after it.
func Read(b []byte) (*Model, []byte, error) {
	const head = len(magic) + 6
	if len(b) < head || string(b[:len(magic)]) != magic {
		return nil, nil, errors.New("boost: not a model")
	}
	m := &Model{bias: int32(binary.LittleEndian.Uint32(b[len(magic):]))}
	n := int(binary.LittleEndian.Uint16(b[len(magic)+4:]))
	if b = b[head:]; len(b) < n*treeSize {
		return nil, nil, fmt.Errorf("boost: %d trees need %d bytes, there are %d", n, n*treeSize, len(b))
	}
	m.trees = make([]Tree, n)
	for i := range m.trees {
		t := &m.trees[i]
		for d := range t.Ask {
			t.Ask[d] = Question{b[2*d], b[2*d+1]}
		}
		for l := range t.Leaves {
			t.Leaves[l] = int16(binary.LittleEndian.Uint16(b[2*Depth+2*l:]))
		}
		b = b[treeSize:]
	}
	m.bound()
	return m, b, nil
}
