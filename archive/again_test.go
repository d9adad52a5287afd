package archive_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dateline/archive"
	"dateline/store"
)

// What cannot be read any more is put back by adding it again; nothing new is
// made to rest on it.
func TestLostIsAddedAgain(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 20}, reports(20)...)
	hurt := page(1009, 3).Capture
	c, err := a.Capture(t.Context(), hurt.ID)
	if err != nil {
		t.Fatal(err)
	}
	damaged(t, dir, c, func(b []byte) { clear(b[:300]) })
	later := page(1009, 4) // the same payload a day later must not become a revisit of what is lost
	add(t, a, archive.Added{Pages: 2, Revisits: 1, Again: 1, Known: 19}, append(reports(20), later)...)
	for _, id := range []string{string(hurt.ID), string(later.Capture.ID)} {
		art, err := a.Find(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		c, err := a.Capture(t.Context(), art.Capture)
		if err != nil {
			t.Fatal(err)
		}
		if rec, err := a.Record(t.Context(), c); err != nil || string(rec.Payload) != string(later.Body) {
			t.Errorf("Record of %s = %d bytes, %v, want the page", id, len(rec.Payload), err)
		}
	}
	add(t, a, archive.Added{Known: 21}, append(reports(20), later)...)
	if n := hits(t, a, "harbour"); n != 20 {
		t.Errorf("%d articles found, want 20", n)
	}
}

// A payload whose only capture is lost is stored whole for the next page that
// has it.
func TestNothingRepeatsWhatIsLost(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 3}, reports(3)...)
	c, err := a.Capture(t.Context(), page(1001, 3).Capture.ID)
	if err != nil {
		t.Fatal(err)
	}
	damaged(t, dir, c, func(b []byte) { clear(b[:300]) })
	later := page(1001, 4)
	add(t, a, archive.Added{Pages: 1}, later)
	if c, err = a.Capture(t.Context(), later.Capture.ID); err != nil {
		t.Fatal(err)
	}
	if rec, err := a.Record(t.Context(), c); err != nil || string(rec.Payload) != string(later.Body) {
		t.Errorf("Record = %d bytes, %v, want the page", len(rec.Payload), err)
	}
}

// flipIn changes the last byte of a text wherever it stands in a file: SQLite
// leaves copies in room that it does not use.
func flipIn(t *testing.T, file, text string) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := []byte(text)
	other[len(other)-1] ^= 1
	if !bytes.Contains(b, []byte(text)) {
		t.Fatalf("%q does not stand in %s", text, file)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(b, []byte(text), other), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A changed byte in a row of a log is an error that tells which, is never
// shown, and keeps no other record from being worked on.
func TestDamagedRow(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 5}, reports(5)...)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	flipIn(t, filepath.Join(dir, "archive.db"), `counted 1003 ships in the roads this m`)
	a = open(t, dir, archive.Options{})
	hurt := page(1003, 3).Capture
	var damage *store.DamageError
	if art, err := a.Find(t.Context(), string(hurt.ID)); !errors.As(err, &damage) {
		t.Fatalf("Find = %+v, %v, want a %T", art, err, damage)
	}
	if damage.Log != "articles" || damage.Key != string(hurt.ID) {
		t.Errorf("%v does not name the article of %s", damage, hurt.ID)
	}
	if n := hits(t, a, "harbour"); n != 4 {
		t.Errorf("%d articles found, want the 4 sound ones", n)
	}
	add(t, a, archive.Added{Pages: 1}, page(1, 1))
	if n := hits(t, a, "harbour"); n != 5 {
		t.Errorf("%d articles found after one was added, want 5", n)
	}
	if err := a.Rebuild(t.Context(), "extract", archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if n := hits(t, a, "harbour"); n != 6 {
		t.Errorf("%d articles found after extraction, want all 6", n)
	}
}
