package archive_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/archive"
	"dateline/index"
	"dateline/pipeline"
	"dateline/query"
	"dateline/warc"
)

// page is a captured page of one article, which was fetched on a day of
// February 2026.
func page(n, day int) acquire.Page {
	body := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Report %d</title></head><body><article><h1>Report %[1]d</h1>
<p>The harbour office counted %[1]d ships in the roads this morning, more than on any day of the week before it.</p>
<p>Pilots said that the wind had kept them from bringing the larger ones in, and that they hoped for a calm night.</p>
</article></body></html>`, n)
	digest, length, _ := dateline.Digest(strings.NewReader(body)) // a strings.Reader does not fail
	c := dateline.Capture{URL: fmt.Sprintf("https://harbourpost.example/report/%d", n), Status: 200, Type: dateline.TypeHTML,
		Fetched: time.Date(2026, 2, day, 4, 5, 6, 0, time.UTC), Payload: digest, Length: length}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
	return acquire.Page{Capture: c, Record: warc.TypeResponse, Block: []byte(block), Body: []byte(body)}
}

// given hands pages over.
func given(pages ...acquire.Page) func(context.Context) iter.Seq2[acquire.Page, error] {
	return func(context.Context) iter.Seq2[acquire.Page, error] {
		return func(yield func(acquire.Page, error) bool) {
			for _, p := range pages {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

// reports are pages of n articles.
func reports(n int) (pages []acquire.Page) {
	for i := range n {
		pages = append(pages, page(1000+i, 3))
	}
	return pages
}

func open(t *testing.T, dir string, o archive.Options) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func add(t *testing.T, a *archive.Archive, want archive.Added, pages ...acquire.Page) {
	t.Helper()
	got, err := a.Add(t.Context(), given(pages...), archive.AddOptions{})
	if err != nil || got != want {
		t.Fatalf("Add = %+v, %v, want %+v", got, err, want)
	}
}

// hits is how many articles a query finds.
func hits(t *testing.T, a *archive.Archive, text string) (n int) {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range a.Search(t.Context(), q, index.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

func TestAddTwiceChangesNothing(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	add(t, a, archive.Added{Pages: 20}, reports(20)...)
	if n := hits(t, a, "harbour"); n != 20 {
		t.Errorf("%d articles found, want 20", n)
	}
	add(t, a, archive.Added{Pages: 1, Known: 20}, append(reports(20), page(7, 3))...)
	if n := hits(t, a, "harbour"); n != 21 {
		t.Errorf("%d articles found, want 21", n)
	}
}

// A payload that is there already becomes a revisit, in one batch or later:
// it is stored once, and read back for each capture.
func TestPayloadIsStoredOnce(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	add(t, a, archive.Added{Pages: 2, Revisits: 1}, page(1, 3), page(1, 4))
	add(t, a, archive.Added{Pages: 1, Revisits: 1}, page(1, 5))
	first := page(1, 3)
	for day, want := range map[int]string{3: warc.TypeResponse, 4: warc.TypeRevisit, 5: warc.TypeRevisit} {
		c, err := a.Capture(t.Context(), page(1, day).Capture.ID)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := a.Record(t.Context(), c)
		if err != nil || rec.Type != want || string(rec.Payload) != string(first.Body) || !strings.HasPrefix(string(rec.Head), "HTTP/1.1 200 OK") {
			t.Errorf("record of day %d: %v, %+v, want a %s of the payload", day, err, rec, want)
		}
	}
	versions, err := a.Versions(t.Context(), dateline.NewArticleID(first.Capture.URL))
	if err != nil || len(versions) != 3 {
		t.Errorf("%d versions, %v, want 3", len(versions), err)
	}
}

// What is wrong with a part of the input is told, and the rest goes on.
func TestAddPassesOverWhatCannotBeRead(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	bad := errors.New("no page")
	pages := func(context.Context) iter.Seq2[acquire.Page, error] {
		return func(yield func(acquire.Page, error) bool) {
			_ = yield(page(1, 3), nil) && yield(acquire.Page{}, bad) && yield(page(2, 3), nil)
		}
	}
	var told []error
	n, err := a.Add(t.Context(), pages, archive.AddOptions{Bad: func(e error) { told = append(told, e) }})
	if want := (archive.Added{Pages: 2, Bad: 1}); err != nil || n != want {
		t.Errorf("Add = %+v, %v, want %+v", n, err, want)
	}
	if len(told) != 1 || told[0] != bad {
		t.Errorf("told %v, want %v", told, bad)
	}
}

// What is read when the user has had enough is kept, and the next call goes
// on with it.
func TestAddInterrupted(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	pages := func(ctx context.Context) iter.Seq2[acquire.Page, error] {
		return func(yield func(acquire.Page, error) bool) {
			for _, p := range reports(3) {
				if !yield(p, nil) {
					return
				}
			}
			cancel()
			<-ctx.Done() // a source that waits for more
		}
	}
	n, err := a.Add(ctx, pages, archive.AddOptions{})
	if !errors.Is(err, context.Canceled) || n.Pages < 2 {
		t.Fatalf("Add = %+v, %v, want at least two pages and %v", n, err, context.Canceled)
	}
	if err := a.Run(t.Context(), archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := hits(t, a, ""); got != n.Pages {
		t.Errorf("%d articles found, want the %d that were added", got, n.Pages)
	}
}

func TestRebuild(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 20}, reports(20)...)
	for _, name := range pipeline.Names() {
		indexed := 0
		if err := a.Rebuild(t.Context(), name, archive.RunOptions{Done: func(n int) { indexed += n }}); err != nil {
			t.Fatal(err)
		}
		want := 0 // what equals the stored record does not flow on
		if name == pipeline.Index {
			want = 20
		}
		if indexed != want {
			t.Errorf("rebuild %s: %d articles indexed, want %d", name, indexed, want)
		}
		if n := hits(t, a, ""); n != 20 {
			t.Errorf("rebuild %s: %d articles found, want 20", name, n)
		}
	}
}

// An archive that is open for reading sees what another adds, and only a
// folder that holds one can be read.
func TestOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "news")
	for _, o := range []archive.Options{{ReadOnly: true}, {Existing: true}} {
		if _, err := archive.Open(t.Context(), dir, o); !errors.Is(err, archive.ErrNone) || !strings.Contains(err.Error(), dir) {
			t.Errorf("Open(%+v) = %v, want %v and the folder", o, err, archive.ErrNone)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("Open(%+v) makes the folder", o)
		}
	}
	a := open(t, dir, archive.Options{})
	reader := open(t, dir, archive.Options{ReadOnly: true})
	if _, err := archive.Open(t.Context(), dir, archive.Options{}); !errors.Is(err, warc.ErrLocked) {
		t.Errorf("the second Open for writing = %v, want %v", err, warc.ErrLocked)
	}
	add(t, a, archive.Added{Pages: 3}, reports(3)...)
	if n := hits(t, reader, ""); n != 3 {
		t.Errorf("the reader finds %d articles, want 3", n)
	}
	if n, err := reader.Add(t.Context(), given(page(9, 9)), archive.AddOptions{}); err == nil {
		t.Errorf("Add to an archive open for reading = %+v, want an error", n)
	}
}

func TestDecisions(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	d := dateline.Decision{A: dateline.SpeakerRef{Name: "Kremlin"}, B: dateline.SpeakerRef{Name: "the Kremlin"}, Verdict: dateline.Same}
	for _, tt := range []struct {
		verdict dateline.Verdict
		want    int
	}{{dateline.Same, 1}, {dateline.Differ, 1}, {"", 0}} {
		d.Verdict = tt.verdict
		if err := a.Decide(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		list, err := a.Decisions(t.Context())
		if err != nil || len(list) != tt.want {
			t.Errorf("after %q: %v, %v, want %d decisions", tt.verdict, list, err, tt.want)
		}
	}
}

// TestExplain reads one page in both ways: why a record is as it is is told of
// the record itself.
func TestExplain(t *testing.T) {
	body := []byte(`<html lang="en"><title>Ferry late again</title><article><h1>Ferry late again</h1><p>By Anna Falk</p>` +
		`<p>“The pier is closed,” said Anna Falk, the mayor, on Monday, and nobody on the quay was surprised to hear it.</p></article>`)
	c := &dateline.Capture{URL: "https://post.example/ferry", Type: "text/html", Status: 200}
	e, err := archive.Explain(c, body)
	if want := archive.Extract(c, body); err != nil || !reflect.DeepEqual(e.Article, want) {
		t.Fatalf("Explain: %+v, %v, want the record %+v", e, err, want)
	}
	why, err := archive.ExplainFindings(e.Article)
	if err != nil || len(why.Statements) != 1 || why.Statements[0].Statement.Who != "Anna Falk" {
		t.Errorf("ExplainFindings: %+v, %v, want what Anna Falk said", why, err)
	}
}
