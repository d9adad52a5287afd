package token

import "iter"

// A Table holds values by Hashes. It is read faster than a map, since it takes
// its keys for hashes. No key is 0. The zero Table is empty.
type Table[V any] struct {
	slots []entry[V] // open addressing, at most half full
	shift uint       // 64 - log2(len(slots))
	used  int
}

type entry[V any] struct {
	key   uint64
	value V
}

// Get returns the value of key, the zero value if there is none.
func (t *Table[V]) Get(key uint64) (value V) {
	if len(t.slots) == 0 {
		return value
	}
	if s := t.find(key); s.key != 0 {
		return s.value
	}
	return value
}

// At returns where the value of key is kept, until the next call of At.
func (t *Table[V]) At(key uint64) *V {
	if t.used*2 >= len(t.slots) {
		t.grow()
	}
	s := t.find(key)
	if s.key == 0 {
		s.key = key
		t.used++
	}
	return &s.value
}

// All yields the keys, in no order, and their values.
func (t *Table[V]) All() iter.Seq2[uint64, V] {
	return func(yield func(uint64, V) bool) {
		for i := range t.slots {
			if s := &t.slots[i]; s.key != 0 && !yield(s.key, s.value) {
				return
			}
		}
	}
}

// find returns the slot of key, or the empty one where it belongs.
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

func (t *Table[V]) grow() {
	old := t.slots
	if len(old) == 0 {
		t.shift = 60
	} else {
		t.shift--
	}
	t.slots = make([]entry[V], 1<<(64-t.shift))
	for _, s := range old {
		if s.key != 0 {
			*t.find(s.key) = s
		}
	}
}
