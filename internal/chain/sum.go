package chain

import (
	"encoding/binary"
	"math/bits"
)

// A Sum is what features weigh together in the models of one file, which can have
// [SumLabels] labels between them. Sums of up to 200 features can be added. The zero
// Sum is that of no features.
//
// It has a lane of 16 bits for each label: those with even numbers in the elements
// with even numbers, four to each. The last lane counts the features, for a weight in
// a table is 128 more than it is.
type Sum [4]uint64

// SumLabels bounds the labels of the models whose weights a Sum can hold.
const SumLabels = 15

// Add adds to s what the features of o weigh.
func (s *Sum) Add(o *Sum) {
	s[0] += o[0]
	s[1] += o[1]
	s[2] += o[2]
	s[3] += o[3]
}

// Sums reports whether [Model.Sum] can be asked of m for the weights of o, too: whether
// the two were packed together and have few enough labels.
func (m *Model) Sums(o *Model) bool {
	return m.table == o.table && m.table.stride-m.table.key <= SumLabels
}

// Groups are groups of features whose weights are to be summed. They are looked up
// together, for a table is far larger than the fast memory of a processor, and it is
// the waiting that costs. The zero value has no group.
type Groups struct {
	of   []int32 // the group of each feature
	n    int32   // groups
	sums []Sum
}

// Next returns the number of the group that ends next.
func (g *Groups) Next() int32 { return g.n }

// End ends a group. With it, all groups have so many features.
func (g *Groups) End(features int) {
	for len(g.of) < features {
		g.of = append(g.of, g.n)
	}
	g.n++
}

// Reset removes all groups.
func (g *Groups) Reset() { g.of, g.n = g.of[:0], 0 }

// Sum returns what the features of each group weigh in m and in the models packed
// together with it. The features are those of the first group, then those of the next.
// m.Sums(m) must be true. The sums are valid until the next call.
func (m *Model) Sum(features []uint32, g *Groups) []Sum {
	g.sums = grow(g.sums, int(g.n))
	clear(g.sums)
	for at := 0; at < len(g.of); at += atOnce {
		end := min(at+atOnce, len(g.of))
		m.table.sumGroups(features[at:end], g.of[at:end], g.sums)
	}
	return g.sums
}

// sumGroups adds what each of the features weighs to the sum of its group. There are at
// most atOnce. As in find, nothing that is read for one feature decides what is done for
// the next.
func (t *table) sumGroups(features []uint32, of []int32, sums []Sum) {
	var at, hashes places
	var group [atOnce]int32
	shift, keys := t.shift&31, t.keys()
	n := 0
	for i, f := range features {
		h := f * golden
		b := t.blocks[h>>shift*blockSize:][:blockSize]
		slot := h & keys >> ((shift - 6) & 31) & 63
		taken := binary.LittleEndian.Uint64(b)
		k := n & (atOnce - 1)
		at[k] = (binary.LittleEndian.Uint32(b[8:]) + uint32(bits.OnesCount64(taken&(1<<slot-1)))) * uint32(t.stride)
		hashes[k], group[k] = h, of[i]
		n += int(taken >> slot & 1)
	}
	var differs [atOnce]bool
	for i, place := range at[:n] {
		differs[i] = (binary.LittleEndian.Uint32(t.rows[place:])^hashes[i])&keys != 0
	}
	width := t.stride - t.key
	mask := uint64(0) // of what is in the second word of a row
	if width > 8 {
		mask = 1<<(8*(width-8)) - 1
	}
	for i, place := range at[:n] {
		if differs[i] {
			again := t.findAgain(hashes[i])
			if again < 0 {
				continue
			}
			place = uint32(again)
		}
		s, row := &sums[group[i]], t.rows[int(place)+t.key:]
		w := binary.LittleEndian.Uint64(row)
		s[0] += w & lanes
		s[1] += w >> 8 & lanes
		if mask != 0 {
			w = binary.LittleEndian.Uint64(row[8:]) & mask
			s[2] += w & lanes
			s[3] += w>>8&lanes + 1<<48
		} else {
			s[3] += 1 << 48
		}
	}
}

// AddSum adds a position that has the features of which s is the sum.
func (d *Decoder) AddSum(s *Sum) {
	scores := d.position()
	offset := 128 * int32(s[3]>>48)
	for l := range scores {
		b := d.m.from - d.m.table.key + l
		scores[l] = int32(s[b>>3&1<<1|b&1]>>(b>>1&3*16)&0xffff) - offset
	}
}
