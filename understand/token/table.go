package token

import (
	"iter"
	"math/bits"
)

// A Table maps keys that are Hashes to values. It is read faster than a map, since its keys need no
// further hashing but a multiplication (Fibonacci hashing, Knuth, The Art of Computer Programming 3, 6.4).
// A key must not be 0. The zero Table is empty and ready for use. Several goroutines can read a Table
// that none changes.
type Table[V any] struct {
	slots []entry[V] // a hash table with open addressing and linear probing, at most half full
	shift uint       // 64 - log2(len(slots))
	used  int        // how many slots hold a key
}

// An entry is a slot of a Table; its key is 0 if it is empty.
type entry[V any] struct {
	key   uint64
	value V
}

// Get returns the value of key, or the zero value if the table does not have the key.
func (t *Table[V]) Get(key uint64) (value V) {
	if len(t.slots) == 0 {
		return value
	}
	if s := t.find(key); s.key != 0 {
		return s.value
	}
	return value
}

// At returns a pointer to the value of key. It adds the key with the zero value if the table does not have
// it. The pointer is valid until the next call of At.
func (t *Table[V]) At(key uint64) *V {
	if t.used*2 >= len(t.slots) {
		t.Grow(max(len(t.slots)/2, 4))
	}
	s := t.find(key)
	if s.key == 0 {
		s.key = key
		t.used++
	}
	return &s.value
}

// Grow makes room for n keys in all, so that the table need not grow key by key.
func (t *Table[V]) Grow(n int) {
	if log := max(bits.Len(uint(2*n)), 4); 1<<log > len(t.slots) {
		t.resize(log)
	}
}

// All yields each key with its value, in no particular order.
func (t *Table[V]) All() iter.Seq2[uint64, V] {
	return func(yield func(uint64, V) bool) {
		for i := range t.slots {
			if s := &t.slots[i]; s.key != 0 && !yield(s.key, s.value) {
				return
			}
		}
	}
}

// find returns the slot that holds key, or the empty slot where it belongs. The table must have slots.
func (t *Table[V]) find(key uint64) *entry[V] {
	i := key * 0x9e3779b97f4a7c15 >> (t.shift & 63)
	for {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.key == key || s.key == 0 {
			return s
		}
		i++
	}
}

// resize gives the table 1<<log slots.
func (t *Table[V]) resize(log int) {
	old := t.slots
	t.shift = uint(64 - log)
	t.slots = make([]entry[V], 1<<log)
	for _, s := range old {
		if s.key != 0 {
			*t.find(s.key) = s
		}
	}
}
