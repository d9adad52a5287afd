//go:build !race

// Under the race detector a sync.Pool forgets what it holds, and the
// detector's own memory counts.

package entity_test

import (
	"runtime"
	"strings"
	"testing"

	"dateline/understand/entity"
	"dateline/understand/token"
)

// What a name takes that never ends grows in proportion with the text: for texts of twice
// the length no more than two and a half times as many bytes are allocated.
func TestMemoryOfEndlessNames(t *testing.T) {
	allocated := func(text string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		tokens := new(token.Text)
		tokens.Read(text, "de")
		entity.Find(tokens, "de")
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	for _, unit := range []string{"am ", "Bank of ", "March 2022 ", "中文。", "of the United Nations ", "year-"} {
		n := 8 << 10 / len(unit)
		allocated(strings.Repeat(unit, 2*n)) // what is kept for other texts
		short, long := allocated(strings.Repeat(unit, n)), allocated(strings.Repeat(unit, 2*n))
		if float64(long) > 2.5*float64(short) {
			t.Errorf("%q %d times: %d bytes, twice as often %d bytes", unit, n, short, long)
		}
	}
}
