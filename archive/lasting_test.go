package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dateline/archive"
	"dateline/index"
	"dateline/query"
)

// takeIndex deletes the index of the archive in dir.
func takeIndex(t *testing.T, dir string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, "index.db"+end)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

// An archive that is open for writing makes its index again when that is taken
// away, or goes on with one that a reader has made meanwhile; it holds all that was
// added before and since.
func TestIndexTakenFromWriter(t *testing.T) {
	for _, made := range []bool{false, true} {
		dir := t.TempDir()
		a := open(t, dir, archive.Options{})
		add(t, a, archive.Added{Pages: 3}, reports(6)[:3]...)
		takeIndex(t, dir)
		if made {
			hits(t, open(t, dir, archive.Options{ReadOnly: true}), "harbour")
		}
		add(t, a, archive.Added{Pages: 3}, reports(6)[3:]...)
		for _, a := range []*archive.Archive{a, open(t, dir, archive.Options{ReadOnly: true})} {
			if n := hits(t, a, "harbour"); n != 6 {
				t.Errorf("made by another process %t: %d reports are found, want 6", made, n)
			}
		}
	}
}

// A query that cannot wait until the index is made says so, and a later one finds
// what it should: the making goes on.
func TestIndexTakenFromHurriedReader(t *testing.T) {
	dir := t.TempDir()
	add(t, open(t, dir, archive.Options{}), archive.Added{Pages: 3}, reports(3)...)
	ctx, hurry := context.WithCancel(t.Context())
	gone := make(chan struct{})
	a := open(t, dir, archive.Options{ReadOnly: true, Notice: func(string) {
		hurry()
		<-gone
	}})
	takeIndex(t, dir)
	q, err := query.Parse("harbour")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Facets(ctx, q); !errors.Is(err, index.ErrNone) {
		t.Errorf("Facets of an index that is being made: %v, want %v", err, index.ErrNone)
	}
	close(gone)
	if n := hits(t, a, "harbour"); n != 3 {
		t.Errorf("%d reports are found, want 3", n)
	}
}
