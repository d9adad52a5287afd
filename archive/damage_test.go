package archive_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline"
	"dateline/archive"
	"dateline/extract"
	"dateline/index"
	indexfile "dateline/index/sqlite"
	"dateline/internal/disk"
	"dateline/pipeline"
	"dateline/store/sqlite"
	"dateline/understand"
	"dateline/warc"
)

// damaged changes bytes of the record of a capture on the disk.
func damaged(t *testing.T, dir string, c *dateline.Capture, change func(record []byte)) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(c.File))
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	change(b[c.Offset:])
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A record that is damaged on the disk is never shown and never replaces what
// was made of it; it is told, and all others are worked on.
func TestDamagedRecord(t *testing.T) {
	for name, change := range map[string]func([]byte){
		"one bit":      func(b []byte) { b[420] ^= 0x10 },
		"zeros":        func(b []byte) { clear(b[:512]) },
		"no file more": nil,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			a := open(t, dir, archive.Options{})
			add(t, a, archive.Added{Pages: 20}, reports(20)...)
			hurt := page(1009, 3).Capture.ID
			c, err := a.Capture(t.Context(), hurt)
			if err != nil {
				t.Fatal(err)
			}
			before, err := a.Find(t.Context(), string(hurt))
			if err != nil {
				t.Fatal(err)
			}
			lost := 1
			if change != nil {
				damaged(t, dir, c, change)
			} else {
				lost = 20
				if err := os.Remove(filepath.Join(dir, filepath.FromSlash(c.File))); err != nil {
					t.Fatal(err)
				}
			}
			if rec, err := a.Record(t.Context(), c); !errors.Is(err, archive.ErrLost) || len(rec.Payload) > 0 {
				t.Errorf("Record = %d bytes, %v, want none and %v", len(rec.Payload), err, archive.ErrLost)
			}
			for _, stage := range pipeline.Names() {
				var passed []error
				if err := a.Rebuild(t.Context(), stage, archive.RunOptions{Passed: func(e error) { passed = append(passed, e) }}); err != nil {
					t.Fatalf("rebuild %s: %v", stage, err)
				}
				if want := map[bool]int{true: lost}[stage == pipeline.Extract]; len(passed) != want {
					t.Errorf("rebuild %s: passed over %v, want %d", stage, passed, want)
				}
				for _, e := range passed {
					if !strings.Contains(e.Error(), c.File) || !strings.Contains(e.Error(), "byte ") {
						t.Errorf("%v does not name file and byte", e)
					}
				}
			}
			after, err := a.Find(t.Context(), string(hurt))
			if err != nil || after.Headline != before.Headline || after.Text != before.Text {
				t.Errorf("the article is now %+v, %v", after, err)
			}
			if n := hits(t, a, "harbour"); n != 20 {
				t.Errorf("%d articles found, want 20", n)
			}
			if change != nil {
				add(t, a, archive.Added{Pages: 1}, page(7, 7))
				if n := hits(t, a, "harbour"); n != 21 {
					t.Errorf("%d articles found after one was added, want 21", n)
				}
			}
		})
	}
}

// A page that the machinery cannot stand is passed over: what is stored says
// so, and all other pages are worked on.
func TestPageThatFails(t *testing.T) {
	dir := t.TempDir()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "archive.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	files, err := warc.OpenFiles(filepath.Join(dir, "warc"), warc.FilesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "index.db")
	if err := indexfile.Make(t.Context(), disk.OS{}, name, db, func(context.Context, index.Index) error { return nil }); err != nil {
		t.Fatal(err)
	}
	x, err := indexfile.Open(t.Context(), name, db, indexfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := archive.New(archive.Parts{
		Files: files, Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Decisions: db.Decisions(),
		Cursors: db, Lookup: db, Index: x, Close: []func() error{x.Close, db.Close, files.Close},
		Extract: func(c *dateline.Capture, body []byte) *dateline.Article {
			if strings.HasSuffix(c.URL, "/1004") {
				panic("no such block")
			}
			return extract.Capture(c, body)
		},
		Understand: func(a *dateline.Article) *dateline.Findings {
			if strings.HasSuffix(a.URL, "/1007") {
				panic("no such word")
			}
			return understand.Findings(a)
		},
	})
	defer a.Close()
	var passed []error
	n, err := a.Add(t.Context(), given(reports(10)...), archive.AddOptions{
		RunOptions: archive.RunOptions{Passed: func(e error) { passed = append(passed, e) }},
	})
	if want := (archive.Added{Pages: 10, Passed: 1}); err != nil || n != want {
		t.Errorf("Add = %+v, %v, want %+v", n, err, want)
	}
	if len(passed) != 1 || !strings.Contains(passed[0].Error(), "/1007") || !strings.Contains(passed[0].Error(), "no such word") {
		t.Errorf("passed over %v, want the page 1007 and why", passed)
	}
	if n := hits(t, a, "harbour"); n != 9 {
		t.Errorf("%d articles found, want 9", n)
	}
	art, err := a.Find(t.Context(), "https://harbourpost.example/report/1007")
	if err != nil {
		t.Fatal(err)
	}
	found, err := a.Findings(t.Context(), art.Capture)
	if err != nil || len(found.Limits) != 1 || found.Limits[0].End != len(art.Text) || found.Limits[0].Rule != "understand/failed" {
		t.Errorf("findings of the text that could not be read: %+v, %v, want a limit that says so", found, err)
	}
	art, err = a.Find(t.Context(), "https://harbourpost.example/report/1004")
	if err != nil || !strings.Contains(art.Skip, "no such block") {
		t.Errorf("the page that extraction could not stand: %+v, %v, want a skip that says why", art, err)
	}
}

// A disk that fails for a while leaves an article that says so, which verify
// tells once the capture can be read again; adding the page again mends it, and
// so does Repair.
func TestDiskThatFailsForAWhile(t *testing.T) {
	for name, mend := range map[string]func(t *testing.T, dir string){
		"add": func(t *testing.T, dir string) {
			add(t, open(t, dir, archive.Options{}), archive.Added{Known: 3}, reports(3)...)
		},
		"repair": func(t *testing.T, dir string) {
			if _, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{}); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			a, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			add(t, a, archive.Added{Pages: 3}, reports(3)...)
			c, err := a.Capture(t.Context(), page(1001, 3).Capture.ID)
			if err := errors.Join(err, a.Close()); err != nil {
				t.Fatal(err)
			}
			statement("DELETE FROM articles WHERE key = '"+string(c.ID)+"'; UPDATE cursors SET seq = 0")(t, dir)
			var whole []byte
			damaged(t, dir, c, func(b []byte) { whole = bytes.Clone(b); clear(b[40:60]) })
			if a, err = archive.Open(t.Context(), dir, archive.Options{}); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(a.Run(t.Context(), archive.RunOptions{}), a.Close()); err != nil {
				t.Fatal(err)
			}
			damaged(t, dir, c, func(b []byte) { copy(b, whole) })
			if list := flaws(t, dir); len(list) != 1 || list[0].Kind != archive.FlawArticle || list[0].Key != string(c.ID) {
				t.Errorf("flaws: %v, want the article of %s", list, c.ID)
			}
			mend(t, dir)
			wantSound(t, dir)
			if n := hits(t, open(t, dir, archive.Options{ReadOnly: true}), "harbour"); n != 3 {
				t.Errorf("%d articles found, want 3", n)
			}
		})
	}
}
