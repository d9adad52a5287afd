package memory_test

import (
	"context"
	"errors"
	"testing"

	"dateline"
	"dateline/index"
	"dateline/index/indextest"
	"dateline/index/memory"
	"dateline/query"
	"dateline/store"
)

func TestIndex(t *testing.T) {
	indextest.TestIndex(t, func(_ *testing.T, source index.Source) index.Index { return memory.New(source) })
}

// TestSearchEndsWithItsReader asks after the reader has left.
func TestSearchEndsWithItsReader(t *testing.T) {
	x := memory.New(store.Scan{})
	if err := x.Add(t.Context(), index.Doc{Article: &dateline.Article{ID: "a", Capture: "c", Text: "flood"}}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for m, err := range x.Search(ctx, query.Query{}, index.Options{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("found %v, %v; want the error of the context", m, err)
		}
	}
	if _, err := x.Facets(ctx, query.Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("facets: %v, want the error of the context", err)
	}
}
