package sqlite_test

import (
	"path/filepath"
	"testing"

	"dateline"
	"dateline/store"
	"dateline/store/sqlite"
	"dateline/store/storetest"
)

// open returns a new database that lasts as long as the test.
func open(t *testing.T) *sqlite.DB {
	t.Helper()
	return openFile(t, filepath.Join(t.TempDir(), "archive.db"), sqlite.Options{})
}

func openFile(t *testing.T, path string, o sqlite.Options) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return db
}

func TestLog(t *testing.T) {
	storetest.TestLog(t, func(t *testing.T) store.Log[dateline.Capture] { return open(t).Captures() })
}

func TestCursors(t *testing.T) {
	storetest.TestCursors(t, func(t *testing.T) store.Cursors { return open(t) })
}

func TestLookup(t *testing.T) {
	storetest.TestLookup(t, func(t *testing.T) storetest.Records {
		db := open(t)
		return storetest.Records{Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Groups: db.Groups(), Leads: db.Leads(), Lookup: db}
	})
}

func TestStats(t *testing.T) {
	db := open(t)
	fill(t, db, 0, 30)
	if err := db.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := db.Stats(t.Context())
	if err != nil || got.Bytes < 50000 {
		t.Errorf("Stats = %+v, %v", got, err)
	}
	got.Bytes = 0
	if want := (sqlite.Stats{Captures: 30, Articles: 30, Findings: 30}); got != want {
		t.Errorf("Stats = %+v, want %+v", got, want)
	}
}
