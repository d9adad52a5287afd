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
	"testing/synctest"
	"time"

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

// shout gives an article a headline.
func shout(_ context.Context, a dateline.Article) ([]dateline.Article, error) {
	a.Headline = a.URL + "!"
	return []dateline.Article{a}, nil
}

// stage is a stage of the name "shout".
func stage(from, to *store.Memory[dateline.Article], do func(context.Context, dateline.Article) ([]dateline.Article, error)) pipeline.Stage[dateline.Article, dateline.Article] {
	return pipeline.Stage[dateline.Article, dateline.Article]{Name: "shout", From: from, Do: do, Put: to.Put}
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
	n, err := stage(from, to, shout).Run(t.Context(), at, o)
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
	if n, err := stage(from, to, shout).Run(t.Context(), at, o); n != 1 || err != nil {
		t.Errorf("second Run = %d, %v, want 1 record", n, err)
	}
}

func TestRunStopsAtAFailureAndGoesOnBehindTheLastBatch(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	broken := errors.New("the disk is full")
	failing := func(ctx context.Context, a dateline.Article) ([]dateline.Article, error) {
		if a.URL == "17" {
			return nil, broken
		}
		return shout(ctx, a)
	}
	o := pipeline.Options{Batch: 10}
	n, err := stage(from, to, failing).Run(t.Context(), at, o)
	if n != 10 || !errors.Is(err, broken) {
		t.Fatalf("Run = %d, %v, want 10 records and %v", n, err, broken)
	}
	if at["shout"] != 10 {
		t.Errorf("cursor = %d, want 10: the end of the last whole batch", at["shout"])
	}
	if n, err := stage(from, to, shout).Run(t.Context(), at, o); n != 15 || err != nil {
		t.Errorf("Run after the failure = %d, %v, want 15 records", n, err)
	}
	if got := len(headlines(t, to)); got != 25 {
		t.Errorf("%d records in the end, want 25", got)
	}
}

func TestRunInterrupted(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	ctx, cancel := context.WithCancel(t.Context())
	interrupted := func(ctx context.Context, a dateline.Article) ([]dateline.Article, error) {
		if a.URL == "12" {
			cancel()
		}
		return shout(ctx, a)
	}
	_, err := stage(from, to, interrupted).Run(ctx, at, pipeline.Options{Batch: 10})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Run = %v, want %v", err, context.Canceled)
	}
	if _, err := stage(from, to, shout).Run(t.Context(), at, pipeline.Options{}); err != nil {
		t.Errorf("Run after the interruption: %v", err)
	}
	if got := len(headlines(t, to)); got != 25 {
		t.Errorf("%d records in the end, want 25", got)
	}
}

// A stage may give several records for one, or none: the cursor moves on all
// the same.
func TestRunGivesSeveralRecordsOrNone(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	uneven := func(_ context.Context, a dateline.Article) (out []dateline.Article, _ error) {
		n, err := strconv.Atoi(a.URL)
		for i := range n % 3 {
			out = append(out, dateline.Article{URL: fmt.Sprint(a.URL, ".", i), Headline: fmt.Sprint(n, i)})
		}
		return out, err
	}
	if n, err := stage(from, to, uneven).Run(t.Context(), at, pipeline.Options{Batch: 1}); n != 25 || err != nil {
		t.Fatalf("Run = %d, %v, want 25 records read", n, err)
	}
	if at["shout"] != 25 {
		t.Errorf("cursor = %d, want 25", at["shout"])
	}
	var want []string
	for n := range 25 {
		for i := range n % 3 {
			want = append(want, fmt.Sprint(n, i))
		}
	}
	if got := headlines(t, to); !slices.Equal(got, want) {
		t.Errorf("records %v, want %v", got, want)
	}
}

// A record that Do passes over is told, what it gives is put, and the others
// are worked on.
func TestRunPassesOver(t *testing.T) {
	from, to, at := articles(t, 25), articles(t, 0), cursors{}
	unreadable := errors.New("unreadable")
	picky := func(ctx context.Context, a dateline.Article) ([]dateline.Article, error) {
		switch a.URL {
		case "7":
			return nil, fmt.Errorf("record 7: %w", pipeline.Pass(unreadable))
		case "17":
			return []dateline.Article{{URL: a.URL, Headline: "?"}}, pipeline.Pass(unreadable)
		}
		return shout(ctx, a)
	}
	var told []error
	o := pipeline.Options{Batch: 10, Passed: func(e error) { told = append(told, e) }}
	if n, err := stage(from, to, picky).Run(t.Context(), at, o); n != 25 || err != nil {
		t.Fatalf("Run = %d, %v, want 25 records read", n, err)
	}
	if len(told) != 2 || !errors.Is(told[0], unreadable) || !errors.Is(told[1], unreadable) {
		t.Errorf("told %v, want twice %v", told, unreadable)
	}
	got := headlines(t, to)
	if len(got) != 24 || got[7] != "8!" || got[16] != "?" {
		t.Errorf("records %q, want all but that of 7, and ? for 17", got)
	}
}

// A batch is put when it is old, however small: a kill loses little.
func TestRunPutsWhatIsOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		from, to, at := articles(t, 25), articles(t, 0), cursors{}
		slow := func(ctx context.Context, a dateline.Article) ([]dateline.Article, error) {
			time.Sleep(time.Second)
			return shout(ctx, a)
		}
		var batches []int
		o := pipeline.Options{Workers: 1, Age: 10 * time.Second, Done: func(n int) { batches = append(batches, n) }}
		if _, err := stage(from, to, slow).Run(t.Context(), at, o); err != nil {
			t.Fatal(err)
		}
		if want := []int{11, 11, 3}; !slices.Equal(batches, want) {
			t.Errorf("batches of %v, want %v", batches, want)
		}
	})
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
