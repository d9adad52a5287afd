package token_test

import (
	"fmt"
	"maps"
	"testing"

	"dateline/understand/token"
)

func TestTable(t *testing.T) {
	var table token.Table[int]
	if v := table.Get(token.Hash("ferry")); v != 0 {
		t.Errorf("an empty table has %d", v)
	}
	table.Grow(100) // fewer than it will hold
	want := map[uint64]int{}
	for i := range 5000 {
		key := token.Hash(fmt.Sprint(i % 3000))
		*table.At(key) += i
		want[key] += i
		*table.At(uint64(i + 1)) = -i // keys that are no hashes
		want[uint64(i+1)] = -i
	}
	for key, v := range want {
		if got := table.Get(key); got != v {
			t.Errorf("%x has %d, want %d", key, got, v)
		}
	}
	if got := maps.Collect(table.All()); !maps.Equal(got, want) {
		t.Errorf("table has %d values, want %d", len(got), len(want))
	}
	if v := table.Get(token.Hash("ferry")); v != 0 {
		t.Errorf("a word that was not put in has %d", v)
	}
}
