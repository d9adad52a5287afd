package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"

	"dateline"
	"dateline/pipeline"
	"dateline/store"
)

// cursors is a store.Cursors in memory.
type cursors map[string]int64

func (c cursors) Cursor(_ context.Context, name string) (int64, error) { return c[name], nil }
func (c cursors) SetCursor(_ context.Context, name string, seq int64) error {
	c[name] = seq
	return nil
}

func articles(t *testing.T, n int) *store.Memory[dateline.Article] {
	t.Helper()
	log := store.NewMemory(func(a dateline.Article) string { return a.URL })
	for i := range n {
		if err := log.Put(t.Context(), dateline.Article{URL: strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	return log
}

// shout is a stage: it gives an article a headline.
func shout(_ context.Context, a dateline.Article) (dateline.Article, error) {
	a.Headline = a.URL + "!"
	return a, nil
}

func headlines(t *testing.T, log *store.Memory[dateline.Article]) []string {
	t.Helper()
	var all []string
	for e, err := range log.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e.Rec.Headline)
	}
	return all
}

func TestRun(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	var batches []int
	o := pipeline.Options{Batch: 10, Workers: 4, Done: func(n int) { batches = append(batches, n) }}
	n, err := pipeline.Run(t.Context(), "shout", at, from, to.Put, shout, o)
	if err != nil || n != 25 {
		t.Fatalf("Run = %d, %v, want 25 records", n, err)
	}
	if want := []int{10, 10, 5}; !slices.Equal(batches, want) {
		t.Errorf("batches of %v, want %v", batches, want)
	}
	got := headlines(t, to)
	for i, h := range got {
		if want := fmt.Sprint(i, "!"); h != want {
			t.Fatalf("record %d is %q, want %q", i, h, want)
		}
	}
	if at["shout"] != 25 {
		t.Errorf("cursor = %d, want 25", at["shout"])
	}

	// Only what is new is done.
	if err := from.Put(t.Context(), dateline.Article{URL: "new"}); err != nil {
		t.Fatal(err)
	}
	if n, err := pipeline.Run(t.Context(), "shout", at, from, to.Put, shout, o); n != 1 || err != nil {
		t.Errorf("second Run = %d, %v, want 1 record", n, err)
	}
}

func TestRunStopsAtAFailureAndGoesOnBehindTheLastBatch(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	broken := errors.New("the disk is full")
	failing := func(ctx context.Context, a dateline.Article) (dateline.Article, error) {
		if a.URL == "17" {
			return a, broken
		}
		return shout(ctx, a)
	}
	o := pipeline.Options{Batch: 10}
	n, err := pipeline.Run(t.Context(), "shout", at, from, to.Put, failing, o)
	if n != 10 || !errors.Is(err, broken) {
		t.Fatalf("Run = %d, %v, want 10 records and %v", n, err, broken)
	}
	if at["shout"] != 10 {
		t.Errorf("cursor = %d, want 10: the end of the last whole batch", at["shout"])
	}
	if n, err := pipeline.Run(t.Context(), "shout", at, from, to.Put, shout, o); n != 15 || err != nil {
		t.Errorf("Run after the failure = %d, %v, want 15 records", n, err)
	}
	if got := len(headlines(t, to)); got != 25 {
		t.Errorf("%d records in the end, want 25", got)
	}
}

func TestRunInterrupted(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	ctx, cancel := context.WithCancel(t.Context())
	interrupted := func(ctx context.Context, a dateline.Article) (dateline.Article, error) {
		if a.URL == "12" {
			cancel()
		}
		return shout(ctx, a)
	}
	_, err := pipeline.Run(ctx, "shout", at, from, to.Put, interrupted, pipeline.Options{Batch: 10})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v, want %v", err, context.Canceled)
	}
	if _, err := pipeline.Run(t.Context(), "shout", at, from, to.Put, shout, pipeline.Options{}); err != nil {
		t.Errorf("Run after the interruption: %v", err)
	}
	if got := len(headlines(t, to)); got != 25 {
		t.Errorf("%d records in the end, want 25", got)
	}
}

// count yields 0 to n-1, with an error in place of each multiple of seven.
func count(n int, seven error) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			var err error
			if i%7 == 0 {
				err = seven
			}
			if !yield(i, err) {
				return
			}
		}
	}
}

func TestMapKeepsOrderAndErrors(t *testing.T) {
	seven, eleven := errors.New("seven"), errors.New("eleven")
	square := func(i int) (int, error) {
		if i%11 == 0 {
			return 0, eleven
		}
		return i * i, nil
	}
	i := 0
	for got, err := range pipeline.Map(count(1000, seven), 8, square) {
		switch {
		case i%7 == 0:
			if err != seven {
				t.Fatalf("result %d: error %v, want %v", i, err, seven)
			}
		case i%11 == 0:
			if err != eleven {
				t.Fatalf("result %d: error %v, want %v", i, err, eleven)
			}
		case got != i*i || err != nil:
			t.Fatalf("result %d = %d, %v, want %d", i, got, err, i*i)
		}
		i++
	}
	if i != 1000 {
		t.Errorf("%d results, want 1000", i)
	}
}

func TestMapStopsWithItsConsumer(t *testing.T) {
	var done atomic.Int64
	for got := range pipeline.Map(count(1_000_000, nil), 4, func(i int) (int, error) { done.Add(1); return i, nil }) {
		if got == 100 {
			break
		}
	}
	if n := done.Load(); n > 100+1+3*4 {
		t.Errorf("%d values were worked on for 101 results by 4 workers", n)
	}
}
