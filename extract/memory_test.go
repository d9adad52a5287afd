//go:build !race

// Under the race detector a sync.Pool forgets what it holds, and the
// detector's own memory counts.

package extract_test

import (
	"runtime"
	"runtime/debug"
	"testing"

	"dateline/extract"
	"dateline/internal/newspaper"
)

// allocated returns how many bytes f allocates when no memory of earlier pages
// is left to be used again. As nothing is collected meanwhile, f holds at no
// time more than that.
func allocated(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	runtime.GC()
	runtime.GC() // a sync.Pool drops what was not used between two collections
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestAllocs reads pages that are like those read before.
func TestAllocs(t *testing.T) {
	const most = 200
	for n := range 20 {
		page, address := newspaper.Page(n)
		if allocs := testing.AllocsPerRun(5, func() { extract.Article(page, address) }); allocs > most {
			t.Errorf("page %d takes %.0f allocations, want at most %d", n, allocs, most)
		}
	}
	for name, f := range pages(t) {
		page, address := f.Section("page.html"), address(f)
		if allocs := testing.AllocsPerRun(5, func() { extract.Article(page, address) }); allocs > most {
			t.Errorf("page %s takes %.0f allocations, want at most %d", name, allocs, most)
		}
	}
}

// TestMemory reads pages as if each were the first one.
func TestMemory(t *testing.T) {
	const times, fixed = 4, 96 << 10 // what pages share comes in chunks
	check := func(page []byte, address string) {
		extract.Article(page, address) // what the program makes once is no page's
		if n := allocated(func() { extract.Article(page, address) }); n > uint64(times*len(page)+fixed) {
			t.Errorf("a page of %d bytes takes %d, want at most %d times its size", len(page), n, times)
		}
	}
	var all []byte
	for n := range 20 {
		page, address := newspaper.Page(n)
		check(page, address)
		all = append(all, page...)
	}
	check(all, "")
}
