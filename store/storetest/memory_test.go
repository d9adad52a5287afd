package storetest_test

import (
	"testing"

	"dateline"
	"dateline/store"
	"dateline/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.TestLog(t, func(t *testing.T) store.Log[dateline.Capture] {
		return store.NewMemory(func(c dateline.Capture) string { return string(c.ID) })
	})
}

func TestMemoryCursors(t *testing.T) {
	storetest.TestCursors(t, func(t *testing.T) store.Cursors { return new(store.MemoryCursors) })
}

func TestScan(t *testing.T) {
	storetest.TestLookup(t, func(t *testing.T) storetest.Records {
		s := store.Scan{
			Captures: store.NewMemory(func(c dateline.Capture) string { return string(c.ID) }),
			Articles: store.NewMemory(func(a dateline.Article) string { return string(a.Capture) }),
			Findings: store.NewMemory(func(f dateline.Findings) string { return string(f.Capture) }),
			Groups:   store.NewMemory(func(g dateline.Group) string { return string(g.Article) }),
			Leads:    store.NewMemory(func(l dateline.Lead) string { return l.URL }),
		}
		return storetest.Records{Captures: s.Captures, Articles: s.Articles, Findings: s.Findings, Groups: s.Groups, Leads: s.Leads, Lookup: s}
	})
}
