package chain

import (
	"iter"
	"math/bits"
)

// A table finds the row of a feature: open addressing, half empty.
type table struct {
	features []uint32 // 0 where empty
	rows     []uint32
	shift    uint // 32 - log2(len(features))
}

// newTable returns a table in which feature i has row i.
func newTable(features []uint32) table {
	log := max(bits.Len(uint(len(features)*2-1)), 4)
	t := table{make([]uint32, 1<<log), make([]uint32, 1<<log), uint(32 - log)}
	mask := uint32(len(t.features) - 1)
	for row, f := range features {
		i := slot(f, t.shift)
		for t.features[i] != 0 {
			i = (i + 1) & mask
		}
		t.features[i], t.rows[i] = f, uint32(row)
	}
	return t
}

// slot returns where the search for a feature begins in a table of 2^(32-shift).
func slot(f uint32, shift uint) uint32 { return f * 2654435769 >> shift }

// find returns the row of f, or -1.
func (t *table) find(f uint32) int {
	i := slot(f, t.shift)
	for t.features[i] != f {
		if t.features[i] == 0 {
			return -1
		}
		i = (i + 1) & uint32(len(t.features)-1)
	}
	return int(t.rows[i])
}

// all yields the features and their rows.
func (t *table) all() iter.Seq2[uint32, int] {
	return func(yield func(uint32, int) bool) {
		for i, f := range t.features {
			if f != 0 && !yield(f, int(t.rows[i])) {
				return
			}
		}
	}
}
