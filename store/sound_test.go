package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"dateline/store"
)

// A worn is a log of strings in which "damaged" stands for a damaged record and "broken" for
// a disk that fails.
type worn struct {
	store.Log[string]
	list []string
}

func (w worn) After(_ context.Context, seq int64) iter.Seq2[store.Entry[string], error] {
	return func(yield func(store.Entry[string], error) bool) {
		for i := seq + 1; i <= int64(len(w.list)); i++ {
			e := store.Entry[string]{Seq: i, Rec: w.list[i-1]}
			var err error
			switch e.Rec {
			case "damaged":
				e.Rec, err = "", fmt.Errorf("read: %w", &store.DamageError{Log: "words", Seq: i, Err: errors.New("it has changed")})
			case "broken":
				e.Rec, err = "", errors.New("the disk fails")
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Damaged records are passed over, and any other error is the last that is told.
func TestSound(t *testing.T) {
	w := worn{list: []string{"zero", "damaged", "one", "damaged", "two", "broken", "three"}}
	got := ""
	for e, err := range store.Sound(t.Context(), w, 1) {
		got += fmt.Sprintln(e.Seq, e.Rec, err)
	}
	if want := "3 one <nil>\n5 two <nil>\n6  the disk fails\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	n := 0
	for range store.Sound(t.Context(), w, 0) {
		if n++; n == 2 {
			break // a word more would end the test with a panic
		}
	}
	if n != 2 {
		t.Errorf("%d records before the caller has had enough, want 2", n)
	}
}
