package chain

import (
	"iter"
	"math/bits"
)

// A table finds the row of a feature: open addressing, half empty.
type table struct {
	slots []slot
	shift uint // 32 - log2(len(slots))
}

// A slot holds a feature, 0 if it is empty, its row and the first of the
// row's weights.
type slot struct {
	feature, row uint32
	weights      uint64
}

// newTable returns a table in which feature i has row i.
func newTable(features []uint32, weights func(row int) uint64) table {
	log := max(bits.Len(uint(len(features)*2-1)), 4)
	t := table{make([]slot, 1<<log), uint(32 - log)}
	for row, f := range features {
		i := home(f, t.shift)
		for t.slots[i].feature != 0 {
			i = t.next(i)
		}
		t.slots[i] = slot{f, uint32(row), weights(row)}
	}
	return t
}

// home returns where the search for a feature begins in a table of 2^(32-shift).
func home(f uint32, shift uint) uint32 { return f * 2654435769 >> shift }

func (t *table) next(i uint32) uint32 { return (i + 1) & uint32(len(t.slots)-1) }

// touch reads where the search for each of the features begins, and reports
// whether any of them can be there. The table is far larger than the fast
// memory of a processor; these reads do not wait for each other as those of
// find do, which then finds the slots in fast memory.
func (t *table) touch(features []uint32) bool {
	met := uint32(0)
	for _, f := range features {
		met |= t.slots[home(f, t.shift)].feature
	}
	return met != 0
}

// find returns the slot of f, or nil.
func (t *table) find(f uint32) *slot {
	i := home(f, t.shift)
	for t.slots[i].feature != f {
		if t.slots[i].feature == 0 {
			return nil
		}
		i = t.next(i)
	}
	return &t.slots[i]
}

// all yields the features and their rows.
func (t *table) all() iter.Seq2[uint32, int] {
	return func(yield func(uint32, int) bool) {
		for _, s := range t.slots {
			if s.feature != 0 && !yield(s.feature, int(s.row)) {
				return
			}
		}
	}
}
