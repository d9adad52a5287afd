package sqlite_test

import (
	"path/filepath"
	"testing"

	"dateline"
	"dateline/store"
	"dateline/store/sqlite"
	"dateline/store/storetest"
)

// open returns a new archive that lasts as long as the test.
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

func TestIndex(t *testing.T) {
	storetest.TestIndex(t, func(t *testing.T) storetest.Archive {
		db := open(t)
		return storetest.Archive{Articles: db.Articles(), Findings: db.Findings(), Index: db}
	})
}
