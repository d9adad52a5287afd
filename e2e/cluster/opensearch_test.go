//go:build opensearch

package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/e2e/cluster/engine"
	"dateline/index"
	"dateline/index/indextest"
	"dateline/index/opensearch"
	"dateline/query"
	"dateline/store"
)

func TestMain(m *testing.M) { os.Exit(engine.Run(m)) }

var _ archive.Index = (*opensearch.Index)(nil)

var made atomic.Int64 // indices that tests have made

// newIndex returns a new and empty index of three shards, which is removed when the test
// ends.
func newIndex(t *testing.T, source index.Source) (*opensearch.Index, opensearch.Options) {
	t.Helper()
	o := opensearch.Options{URL: engine.OpenSearch(t), Name: fmt.Sprintf("test-%d-%d", time.Now().UnixNano(), made.Add(1)), Shards: 3}
	if err := opensearch.Make(t.Context(), o, source, func(context.Context, index.Index) error { return nil }); err != nil {
		t.Fatal(err)
	}
	x, err := opensearch.Open(t.Context(), o, source)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(x.Remove(context.WithoutCancel(t.Context())), x.Close()); err != nil {
			t.Error(err)
		}
	})
	return x, o
}

func TestIndex(t *testing.T) {
	indextest.TestIndex(t, func(t *testing.T, source index.Source) index.Index {
		x, _ := newIndex(t, source)
		return x
	})
}

// written returns an article of a text.
func written(id, fetched, text string) *dateline.Article {
	return &dateline.Article{ID: dateline.ArticleID("a" + id), Capture: dateline.CaptureID("c" + id + fetched), URL: "https://news.example/" + id,
		Fetched: fetched, Published: "2022-02-10", Headline: "Flood", Text: text}
}

// TestIndexMadeAnew replaces an index while another process has it open.
func TestIndexMadeAnew(t *testing.T) {
	x, o := newIndex(t, store.Scan{})
	reader, err := opensearch.Open(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.Add(t.Context(), index.Doc{Article: written("1", "", "old")}), x.SetCursor(t.Context(), "index", 7)); err != nil {
		t.Fatal(err)
	}
	failed := errors.New("the logs cannot be read")
	if err := x.Rebuild(t.Context(), func(context.Context, index.Index) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("Rebuild: %v, want %v", err, failed)
	}
	if seq, err := reader.Cursor(t.Context(), "index"); indextest.Found(t, reader, "old") != 1 || seq != 7 || err != nil {
		t.Errorf("after it failed: the cursor is %d, %v", seq, err)
	}
	before, err := reader.Revision(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = x.Rebuild(t.Context(), func(ctx context.Context, fresh index.Index) error {
		if n := indextest.Found(t, reader, "old"); n != 1 {
			t.Errorf("while it is made anew, %d articles are found, want 1", n)
		}
		return errors.Join(fresh.Add(ctx, index.Doc{Article: written("1", "", "new")}, index.Doc{Article: written("2", "", "new")}), fresh.SetCursor(ctx, "index", 9))
	})
	if err != nil {
		t.Fatal(err)
	}
	if indextest.Found(t, reader, "old") != 0 || indextest.Found(t, reader, "new") != 2 {
		t.Error("an open reader does not go on with the new index")
	}
	seq, err := reader.Cursor(t.Context(), "index")
	after, revErr := reader.Revision(t.Context())
	if err := errors.Join(err, revErr); err != nil || seq != 9 || after == before {
		t.Errorf("the cursor is %d, the revision %s (was %s), %v", seq, after, before, err)
	}
	if s, err := x.Stats(t.Context()); err != nil || s.Indexed != 2 || s.Bytes == 0 {
		t.Errorf("Stats = %+v, %v, want two articles", s, err)
	}
	for text, err := range x.Check(t.Context()) {
		t.Errorf("Check: %s, %v", text, err)
	}
}

// TestIndexOfOthers opens what is no index of this program.
func TestIndexOfOthers(t *testing.T) {
	at := engine.OpenSearch(t)
	if _, err := opensearch.Open(t.Context(), opensearch.Options{URL: at, Name: "none"}, nil); !errors.Is(err, index.ErrNone) {
		t.Errorf("an index that is not there: %v, want %v", err, index.ErrNone)
	}
	for _, name := range []string{"*", "a,b", "Up", "../x", "_all"} {
		if _, err := opensearch.Open(t.Context(), opensearch.Options{URL: at, Name: name}, nil); err == nil || errors.Is(err, index.ErrNone) {
			t.Errorf("the name %q: %v, want an error", name, err)
		}
	}
	_, err := opensearch.Open(t.Context(), opensearch.Options{URL: "http://user:secret@127.0.0.1:1"}, nil)
	if err == nil || errors.Is(err, index.ErrNone) || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address where nobody answers: %v, want an error without the password", err)
	}
}

// TestIndexCompared holds the index against the articles, of which one has changed.
func TestIndexCompared(t *testing.T) {
	x, _ := newIndex(t, store.Scan{})
	articles := map[dateline.CaptureID]*dateline.Article{}
	var docs []index.Doc
	for i := range 450 {
		a := written(fmt.Sprintf("%03d", i), "2022-02-10T00:00:00Z", "Río <b> & 外交部 in the flood")
		a.Bylines, a.Tags = []string{"Zoë Müller"}, []string{"C++"}
		articles[a.Capture] = a
		docs = append(docs, index.Doc{Article: a, Findings: &dateline.Findings{
			Statements: []dateline.Statement{{Kind: "direct", Who: "Ana Lima", Content: []dateline.Span{{Start: 0, End: 4}}}},
			Dates:      []dateline.Timex{{Type: "DATE", Value: "2022-01"}},
		}})
	}
	if err := x.Add(t.Context(), docs...); err != nil {
		t.Fatal(err)
	}
	get := func(id dateline.CaptureID) (index.Doc, error) {
		if articles[id] == nil {
			return index.Doc{}, nil
		}
		return index.Doc{Article: articles[id], Findings: docs[0].Findings}, nil
	}
	differ := func() (list []index.Entry) {
		for e, err := range x.Compare(t.Context(), get) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, e)
		}
		return list
	}
	if list := differ(); list != nil {
		t.Errorf("of an index as it should be, %d articles differ: %v", len(list), list[0])
	}
	changed := *docs[300].Article
	changed.Tags = []string{"C"}
	articles[changed.Capture] = &changed
	if list := differ(); len(list) != 1 || list[0] != (index.Entry{Article: changed.ID, Capture: changed.Capture}) {
		t.Errorf("articles that differ: %v, want %s", list, changed.ID)
	}
	n, last := 100, dateline.ArticleID("a099")
	for e, err := range x.Held(t.Context(), last) {
		if want := docs[n].Article; err != nil || e.Article != want.ID || e.Capture != want.Capture {
			t.Fatalf("Held: %v, %v, want %s", e, err, want.ID)
		}
		n++
	}
	if n != len(docs) {
		t.Errorf("Held ends before %d of %d", n, len(docs))
	}
}

// TestIndexOfManyWriters adds versions of the same articles from many processes; the
// newest of each must be left.
func TestIndexOfManyWriters(t *testing.T) {
	x, o := newIndex(t, store.Scan{})
	const writers, articles = 4, 20
	var wg sync.WaitGroup
	for w := range writers {
		own, err := opensearch.Open(t.Context(), o, store.Scan{})
		if err != nil {
			t.Fatal(err)
		}
		wg.Go(func() {
			for v := range 3 {
				var docs []index.Doc
				for i := range articles {
					day := 1 + (v*writers+w*7+i)%12
					docs = append(docs, index.Doc{Article: written(fmt.Sprint(i), fmt.Sprintf("2022-02-%02dT%02d:00:00Z", day, w), fmt.Sprintf("day%d", day))})
				}
				docs = append(docs, index.Doc{Article: written("last", fmt.Sprintf("2022-03-01T00:00:%02dZ", v*writers+w), fmt.Sprintf("second%d", v*writers+w))})
				if err := own.Add(t.Context(), docs...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n := indextest.Found(t, x, "flood"); n != articles+1 {
		t.Errorf("%d articles are found, want %d", n, articles+1)
	}
	if n := indextest.Found(t, x, fmt.Sprintf("second%d", 3*writers-1)); n != 1 {
		t.Error("the newest version of an article was not kept")
	}
}

// TestManyValues counts more values of a field than are told.
func TestManyValues(t *testing.T) {
	x, _ := newIndex(t, store.Scan{})
	const n = opensearch.MostCounted + 500
	var docs []index.Doc
	for i := range n {
		a := written(fmt.Sprintf("%05d", i), "", "")
		a.Tags = []string{fmt.Sprintf("only %d", i), []string{"All of Them", "all of them"}[i%2], fmt.Sprintf("%sCommon", []string{"", "  "}[i%2])}
		if i < 3 {
			a.Tags[2] = "COMMON" // a spelling too rare to be among those told
		}
		docs = append(docs, index.Doc{Article: a})
	}
	if err := x.Add(t.Context(), docs...); err != nil {
		t.Fatal(err)
	}
	f, err := x.Facets(t.Context(), query.Query{})
	if err != nil {
		t.Fatal(err)
	}
	tags := f.Of("tag")
	if len(tags) < 4000 || len(tags) > opensearch.MostCounted || f.Total != n {
		t.Fatalf("%d tags of %d articles are counted", len(tags), f.Total)
	}
	for i, want := range []index.Count{{Value: "All of Them", N: n}, {Value: "Common", N: n}} {
		if tags[i] != want {
			t.Errorf("tag %d is %v, want %v", i, tags[i], want)
		}
	}
	if got := indextest.Found(t, x, `tag:common`); got != n {
		t.Errorf("tag:common finds %d articles, want %d", got, n)
	}
}
