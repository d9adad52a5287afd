package archive_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/acquire"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/warc"
)

const harbourPage = `<!DOCTYPE html><html lang="en"><head><title>Report %[1]d</title></head><body><article><h1>Report %[1]d</h1>
<p>The harbour office counted %[1]d ships in the roads this morning, more than on any day of the week before it.</p>
<p>Pilots said that the wind had kept them from bringing the larger ones in.</p></article></body></html>`

// exchanges is a WARC file of n pages, each fetched twice.
func exchanges(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		head := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
		for hour, r := range []struct{ kind, fields, block string }{
			{"response", "", head + fmt.Sprintf(harbourPage, i)},
			{"revisit", fmt.Sprintf("WARC-Profile: %s\r\nWARC-Refers-To-Target-URI: https://post.example/%d\r\nWARC-Refers-To-Date: 2026-11-23T00:53:00Z\r\n", warc.ProfileIdentical, i), head},
		} {
			fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:x:%d-%d>\r\nWARC-Date: 2026-11-23T%02d:53:00Z\r\n"+
				"WARC-Target-URI: https://post.example/%d\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", r.kind, i, hour, hour, i, r.fields, len(r.block), r.block)
		}
	}
	return b.String()
}

func openArchive(t *testing.T, dir string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// addText adds what a text holds and returns the counts, and what was bad.
func addText(t *testing.T, a *archive.Archive, text string) (archive.Added, []error) {
	t.Helper()
	var bad []error
	n, err := a.Add(t.Context(), acquire.Inputs(acquire.Options{Stdin: strings.NewReader(text)}, "-"),
		archive.AddOptions{Bad: func(err error) { bad = append(bad, err) }})
	if err != nil {
		t.Fatal(err)
	}
	return n, bad
}

// indexed returns every article in the index.
func indexed(t *testing.T, a *archive.Archive) (all []*dateline.Article) {
	t.Helper()
	for hit, err := range a.Search(t.Context(), query.Query{}, index.Options{Limit: 1000}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, hit.Article)
	}
	return all
}

// The WARC files alone are enough to have every capture again, with all that
// was known of it.
func TestLostDatabaseIsTakenFromWARCFiles(t *testing.T) {
	dir := t.TempDir()
	a := openArchive(t, dir)
	if n, bad := addText(t, a, exchanges(0, 6)); n.Pages != 12 || n.Revisits != 6 || bad != nil {
		t.Fatalf("added %+v, %v; want 12 pages, 6 of them revisits", n, bad)
	}
	before := map[dateline.CaptureID]dateline.Capture{}
	for _, art := range indexed(t, a) {
		versions, err := a.Versions(t.Context(), art.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			c, err := a.Capture(t.Context(), v.Capture)
			if err != nil {
				t.Fatal(err)
			}
			before[c.ID] = *c
		}
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	databases, err := filepath.Glob(filepath.Join(dir, "*.db*"))
	if err != nil || len(databases) == 0 || len(before) != 12 {
		t.Fatalf("%q, %v, %d captures; want databases and 12 captures", databases, err, len(before))
	}
	for _, name := range databases {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	a = openArchive(t, dir)
	n, bad := addText(t, a, exchanges(0, 7))
	if n.Left != 12 || n.Known != 12 || n.Pages != 2 || bad != nil || !strings.Contains(n.String(), "12 left by an interrupted run") {
		t.Errorf("added again: %+v, %v; want 12 taken in, 12 known, 2 new", n, bad)
	}
	for id, want := range before {
		c, err := a.Capture(t.Context(), id)
		if err != nil || !reflect.DeepEqual(*c, want) {
			t.Errorf("capture %s is %+v, %v; want %+v", id, c, err, want)
			continue
		}
		if rec, err := a.Record(t.Context(), c); err != nil || len(rec.Body) != int(c.Length) {
			t.Errorf("record of %s: %d bytes, %v; want %d", id, len(rec.Body), err, c.Length)
		}
	}
	if got := indexed(t, a); len(got) != 7 {
		t.Errorf("%d articles in the index, want 7", len(got))
	}
}

// When the last WARC file has lost its end, the capture there is told of and
// nothing takes its place.
func TestTornWARCFile(t *testing.T) {
	dir := t.TempDir()
	a := openArchive(t, dir)
	addText(t, a, exchanges(0, 3))
	a.Close()
	files, err := filepath.Glob(filepath.Join(dir, "warc", "*.warc.gz"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v; want one WARC file", files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], whole[:len(whole)-100], 0o644); err != nil {
		t.Fatal(err)
	}
	a = openArchive(t, dir)
	n, bad := addText(t, a, exchanges(3, 4))
	if n.Pages != 2 || n.Bad != 1 || len(bad) != 1 || !errors.Is(bad[0], warc.ErrTruncated) || !strings.Contains(bad[0].Error(), filepath.Base(files[0])) {
		t.Errorf("added %+v, bad %v; want 2 pages and the torn file named", n, bad)
	}
	after, err := os.ReadFile(files[0])
	if err != nil || len(after) != len(whole)-100 {
		t.Errorf("the torn file has %d bytes, %v; want %d as before", len(after), err, len(whole)-100)
	}
	var readable []string
	for _, art := range indexed(t, a) {
		c, err := a.Capture(t.Context(), art.Capture)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := a.Record(t.Context(), c)
		var trouble *warc.CaptureError
		switch {
		case err == nil && strings.Contains(string(rec.Body), art.Headline):
			readable = append(readable, art.Headline)
		case !errors.As(err, &trouble) || trouble.Capture != c.ID:
			t.Errorf("record of %s: %q, %v", c.URL, rec.Body, err)
		}
	}
	slices.Sort(readable)
	if want := []string{"Report 0", "Report 1", "Report 3"}; !slices.Equal(readable, want) {
		t.Errorf("%q can be read, want %q", readable, want)
	}
	if n, bad := addText(t, a, exchanges(3, 4)); n.Bad != 0 || bad != nil {
		t.Errorf("added again: %+v, %v; want no trouble told twice", n, bad)
	}
}
