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
