package extract_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	"dateline/extract"
	"dateline/internal/newspaper"
)

// allocated returns what f allocates when no memory of earlier pages is left
// to be used again: how often, and how many bytes in all. As nothing is
// collected, f holds at no time more than that.
func allocated(f func()) (count, size uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	runtime.GC() // a sync.Pool drops what two collections have not seen used
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs, after.TotalAlloc - before.TotalAlloc
}

// TestMemory reads pages the first time and again.
func TestMemory(t *testing.T) {
	var big []byte
	for n := range 20 {
		page, address := newspaper.Page(n)
		extract.Article(page, address)
		big = append(big, page...)
		first, size := allocated(func() { extract.Article(page, address) })
		again := testing.AllocsPerRun(5, func() { extract.Article(page, address) })
		t.Logf("page %d of %d kB: %.1f times, %d allocations, %.0f again", n, len(page)/1000, float64(size)/float64(len(page)), first, again)
	}
	first, size := allocated(func() { extract.Article(big, "") })
	t.Logf("page of %d kB: %.1f times, %d allocations", len(big)/1000, float64(size)/float64(len(big)), first)
}
