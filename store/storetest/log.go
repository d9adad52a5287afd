// Package storetest is the contract of package store as tests: of logs,
// cursors and look-ups. An implementation's own test file calls them.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dateline"
	"dateline/store"
)

// TestLog tests the log that open returns, a new and empty one at each call,
// keyed by Capture.ID.
func TestLog(t *testing.T, open func(t *testing.T) store.Log[dateline.Capture]) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, l store.Log[dateline.Capture])
	}{
		{"empty", testEmpty},
		{"put and get", testPutGet},
		{"put equals", testPutEquals},
		{"put moves what changed", testPutChanged},
		{"put all or none", testPutAtomic},
		{"after is paged", testAfterPaged},
		{"after sees what is put while it runs", testAfterLive},
		{"after stops", testAfterStops},
		{"cancelled", testCancelled},
		{"concurrent", testConcurrent},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, open(t)) })
	}
}

func capture(n int, err string) dateline.Capture {
	return dateline.Capture{
		ID: dateline.CaptureID(fmt.Sprintf("c%04d", n)), URL: fmt.Sprintf("https://news.example/%d?a=1&b=<2>", n),
		Fetched: time.Date(2022, 2, 10, 11, 26, n%60, 123456789, time.UTC), Payload: "sha256:00", Length: int64(n), Err: err,
	}
}

func put(t *testing.T, l store.Log[dateline.Capture], recs ...dateline.Capture) {
	t.Helper()
	if err := l.Put(t.Context(), recs...); err != nil {
		t.Fatalf("Put of %d records: %v", len(recs), err)
	}
}

// wantLog checks the records after seq, and that positions grow.
func wantLog(t *testing.T, l store.Log[dateline.Capture], seq int64, want ...dateline.Capture) (last int64) {
	t.Helper()
	last = seq
	var got []dateline.Capture
	for e, err := range l.After(t.Context(), seq) {
		if err != nil {
			t.Fatalf("After(%d): %v", seq, err)
		}
		if e.Seq <= last {
			t.Errorf("After(%d): position %d follows %d", seq, e.Seq, last)
		}
		last = e.Seq
		got = append(got, e.Rec)
	}
	if !slices.EqualFunc(got, want, func(a, b dateline.Capture) bool { return reflect.DeepEqual(a, b) }) {
		t.Errorf("After(%d)\n got %+v\nwant %+v", seq, got, want)
	}
	if end, err := l.Last(t.Context()); err != nil || len(want) > 0 && end != last {
		t.Errorf("Last() = %d, %v, want %d", end, err, last)
	}
	return last
}

func testEmpty(t *testing.T, l store.Log[dateline.Capture]) {
	if last := wantLog(t, l, 0); last != 0 {
		t.Errorf("Last() = %d, want 0", last)
	}
	if _, err := l.Get(t.Context(), "c1"); !errors.Is(err, dateline.ErrNotFound) {
		t.Errorf("Get(c1) = %v, want %v", err, dateline.ErrNotFound)
	}
	if ok, err := l.Has(t.Context(), "c1"); ok || err != nil {
		t.Errorf("Has(c1) = %t, %v, want false", ok, err)
	}
	put(t, l)
	wantLog(t, l, 0)
}

func testPutGet(t *testing.T, l store.Log[dateline.Capture]) {
	a, b := capture(1, ""), capture(2, "no such host \"x\" \u2028 日本")
	put(t, l, a, b)
	wantLog(t, l, 0, a, b)
	wantLog(t, l, -5, a, b)
	for _, want := range []dateline.Capture{a, b} {
		if got, err := l.Get(t.Context(), string(want.ID)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("Get(%s) = %+v, %v, want %+v", want.ID, got, err, want)
		}
		if ok, err := l.Has(t.Context(), string(want.ID)); !ok || err != nil {
			t.Errorf("Has(%s) = %t, %v, want true", want.ID, ok, err)
		}
	}
	for e := range l.After(t.Context(), 0) {
		if e.Seq != 1 {
			t.Errorf("first position is %d, want 1", e.Seq)
		}
		break
	}
}

func testPutEquals(t *testing.T, l store.Log[dateline.Capture]) {
	a, b := capture(1, ""), capture(2, "")
	put(t, l, a, b)
	last := wantLog(t, l, 0, a, b)
	put(t, l, a)
	put(t, l, b, a, b)
	wantLog(t, l, last)
	wantLog(t, l, 0, a, b)
}

func testPutChanged(t *testing.T, l store.Log[dateline.Capture]) {
	a, b := capture(1, ""), capture(2, "")
	put(t, l, a, b)
	last := wantLog(t, l, 0, a, b)
	b2 := capture(2, "truncated") // the last one: its position must still grow
	put(t, l, b2)
	last = wantLog(t, l, last, b2)
	a2 := capture(1, "truncated")
	put(t, l, a2)
	last = wantLog(t, l, last, a2)
	wantLog(t, l, 0, b2, a2)
	put(t, l, a, a2, a, capture(3, "")) // one key several times: the last one counts
	wantLog(t, l, last, a, capture(3, ""))
	wantLog(t, l, 0, b2, a, capture(3, ""))
}

func testPutAtomic(t *testing.T, l store.Log[dateline.Capture]) {
	put(t, l, capture(1, ""))
	if err := l.Put(t.Context(), capture(2, ""), dateline.Capture{}); err == nil {
		t.Error("Put of a record without a key: no error")
	}
	wantLog(t, l, 0, capture(1, ""))
}

func testAfterPaged(t *testing.T, l store.Log[dateline.Capture]) {
	var want []dateline.Capture
	for n := range 1500 {
		want = append(want, capture(n, strings.Repeat("x", n)))
	}
	put(t, l, want...)
	var middle int64
	for e := range l.After(t.Context(), 0) {
		if e.Rec.ID == want[699].ID {
			middle = e.Seq
		}
	}
	wantLog(t, l, 0, want...)
	wantLog(t, l, middle, want[700:]...)
}

func testAfterLive(t *testing.T, l store.Log[dateline.Capture]) {
	put(t, l, capture(0, ""))
	n := 0
	for e, err := range l.After(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		if want := capture(n, "").ID; e.Rec.ID != want {
			t.Fatalf("record %d is %s, want %s", n, e.Rec.ID, want)
		}
		if n++; n <= 300 {
			put(t, l, capture(n, "")) // deadlocks if After holds a lock
		}
	}
	if n != 301 {
		t.Errorf("After gave %d records, want 301", n)
	}
}

func testAfterStops(t *testing.T, l store.Log[dateline.Capture]) {
	put(t, l, capture(1, ""), capture(2, ""))
	for range 100 { // a leak of one connection each would show
		for range l.After(t.Context(), 0) {
			break
		}
	}
	wantLog(t, l, 0, capture(1, ""), capture(2, ""))
}

func testCancelled(t *testing.T, l store.Log[dateline.Capture]) {
	put(t, l, capture(1, ""))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Put(ctx, capture(2, "")); !errors.Is(err, context.Canceled) {
		t.Errorf("Put in a cancelled context: %v, want %v", err, context.Canceled)
	}
	n := 0
	for _, err := range l.After(ctx, 0) {
		if n++; !errors.Is(err, context.Canceled) {
			t.Errorf("After in a cancelled context: %v, want %v", err, context.Canceled)
		}
	}
	if n != 1 {
		t.Errorf("After in a cancelled context gave %d entries, want one error", n)
	}
	wantLog(t, l, 0, capture(1, ""))
}

func testConcurrent(t *testing.T, l store.Log[dateline.Capture]) {
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for n := range 20 {
				if err := l.Put(t.Context(), capture(worker*100+n, ""), capture(999, fmt.Sprint(worker, n))); err != nil {
					t.Errorf("Put: %v", err)
				}
				for _, err := range l.After(t.Context(), 0) {
					if err != nil {
						t.Errorf("After: %v", err)
					}
				}
			}
		})
	}
	wg.Wait()
	n := 0
	for range l.After(t.Context(), 0) {
		n++
	}
	if n != 81 {
		t.Errorf("After gave %d records, want 81", n)
	}
}

// TestCursors tests the cursors that open returns, new ones at each call.
func TestCursors(t *testing.T, open func(t *testing.T) store.Cursors) {
	c := open(t)
	want := func(name string, want int64) {
		t.Helper()
		if got, err := c.Cursor(t.Context(), name); err != nil || got != want {
			t.Errorf("Cursor(%s) = %d, %v, want %d", name, got, err, want)
		}
	}
	set := func(name string, seq int64) {
		t.Helper()
		if err := c.SetCursor(t.Context(), name, seq); err != nil {
			t.Errorf("SetCursor(%s, %d): %v", name, seq, err)
		}
	}
	want("extract", 0)
	set("extract", 7)
	set("understand", 1<<40)
	want("extract", 7)
	want("understand", 1<<40)
	set("extract", 0)
	want("extract", 0)
	want("understand", 1<<40)
}
