package sqlite_test

import (
	"path/filepath"
	"testing"

	"dateline"
	"dateline/index"
	"dateline/store/sqlite"
)

// TestMigrateSpoken opens an archive of version 1, which knew neither days
// spoken of nor statements, and rebuilds its index.
func TestMigrateSpoken(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, db, 0, 5)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	exec1(t, path, "DROP INDEX captures_place; DROP TABLE said; DROP TABLE said_by; DROP TABLE decisions; DROP TABLE spoken; PRAGMA user_version = 1")
	db = openFile(t, path, sqlite.Options{})
	wantHits(t, db, "flood", 5)
	wantHits(t, db, "when:2022", 0)
	wantHits(t, db, "who:lima", 0)
	if err := db.ResetIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	for e, err := range db.Articles().After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		f := &dateline.Findings{Capture: e.Rec.Capture, Dates: []dateline.Timex{{Type: "DATE", Value: "2022-01-28"}},
			Statements: []dateline.Statement{{Content: []dateline.Span{{Start: 0, End: 3}}, Kind: "direct", Who: "Ana Lima"}}}
		if err := db.Add(t.Context(), index.Doc{Article: &e.Rec, Findings: f}); err != nil {
			t.Fatal(err)
		}
	}
	wantHits(t, db, "when:2022", 5)
	wantHits(t, db, "flood -when:2022-01-28", 0)
	wantHits(t, db, "who:lima", 5)
}
