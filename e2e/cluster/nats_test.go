package cluster_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/e2e/cluster/engine"
	"dateline/store"
	"dateline/store/nats"
	"dateline/store/storetest"
)

// openedLogs returns new and empty logs in a server.
func openedLogs(t *testing.T, at string) *nats.DB {
	t.Helper()
	db, err := nats.Open(t.Context(), nats.Options{URL: at})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(db.Remove(context.WithoutCancel(t.Context())), db.Close()); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestLog(t *testing.T) {
	at := engine.NATS(t)
	storetest.TestLog(t, func(t *testing.T) store.Log[dateline.Capture] { return openedLogs(t, at).Captures() })
}

func TestCursors(t *testing.T) {
	storetest.TestCursors(t, func(t *testing.T) store.Cursors { return openedLogs(t, engine.NATS(t)) })
}

func TestLookup(t *testing.T) {
	at := engine.NATS(t)
	storetest.TestLookup(t, func(t *testing.T) storetest.Records {
		db := openedLogs(t, at)
		return storetest.Records{Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Groups: db.Groups(), Leads: db.Leads(), Lookup: db}
	})
}

// TestKeysOfLogs puts records whose keys could not be subjects.
func TestKeysOfLogs(t *testing.T) {
	db := openedLogs(t, engine.NATS(t))
	urls := []string{"https://a.example/*.>? b", "https://a.example/" + strings.Repeat("x", 8000), "…", "=", "https://a.example/\n"}
	for i, url := range urls {
		if err := db.Sources().Put(t.Context(), dateline.Source{URL: url, Polls: i}); err != nil {
			t.Fatalf("Put(%.50q): %v", url, err)
		}
	}
	for i, url := range urls {
		if s, err := db.Sources().Get(t.Context(), url); err != nil || s.Polls != i || s.URL != url {
			t.Errorf("Get(%.50q) = %.60q, %d, %v", url, s.URL, s.Polls, err)
		}
	}
	for _, name := range []string{"a.b", "*", "A", "", "a b"} {
		if _, err := nats.Open(t.Context(), nats.Options{URL: engine.NATS(t), Name: name, Existing: true}); err == nil || name != "" && errors.Is(err, nats.ErrNone) {
			t.Errorf("logs called %q: %v, want an error", name, err)
		}
	}
}

// TestRecordTooLarge puts a record that no server takes.
func TestRecordTooLarge(t *testing.T) {
	db := openedLogs(t, engine.NATS(t))
	var b strings.Builder // hardly anything to compress
	for i := range 600_000 {
		fmt.Fprintf(&b, "%x", i*7919%1_000_003)
	}
	err := db.Articles().Put(t.Context(), dateline.Article{ID: "a1", Capture: "c1", Text: "small"}, dateline.Article{ID: "a2", Capture: "c2", Text: b.String()})
	if err == nil || !strings.Contains(err.Error(), "max_payload") {
		t.Errorf("a record of 3 MB: %v, want an error that names max_payload", err)
	}
	if last, err := db.Articles().Last(t.Context()); last != 0 || err != nil {
		t.Errorf("after that the log ends at %d, %v, want 0", last, err)
	}
}

// TestLease gives the right to add to one process at a time.
func TestLease(t *testing.T) {
	at := engine.NATS(t)
	first := openedLogs(t, at)
	second, err := nats.Open(t.Context(), nats.Options{URL: at})
	if err != nil {
		t.Fatal(err)
	}
	mine, err := first.Lease(t.Context(), "adding", "process 1")
	if err != nil {
		t.Fatal(err)
	}
	var held *nats.HeldError
	if _, err := second.Lease(t.Context(), "adding", "process 2"); !errors.As(err, &held) || held.By != "process 1" {
		t.Errorf("a lease that another process has: %v, want that process 1 holds it", err)
	}
	if err := mine.Release(t.Context()); err != nil {
		t.Error(err)
	}
	mine, err = second.Lease(t.Context(), "adding", "process 2")
	if err != nil {
		t.Fatalf("a lease that was given back: %v", err)
	}
	if err := errors.Join(mine.Release(t.Context()), second.Close()); err != nil {
		t.Error(err)
	}
}

// TestLogsOpenedAgain finds what another process has put.
func TestLogsOpenedAgain(t *testing.T) {
	at := engine.NATS(t)
	first := openedLogs(t, at)
	text := strings.Repeat("The port opened on Monday. ", 100)
	if err := first.Articles().Put(t.Context(), dateline.Article{ID: "a1", Capture: "c1", URL: "https://a.example/1", Text: text}); err != nil {
		t.Fatal(err)
	}
	second, err := nats.Open(t.Context(), nats.Options{URL: at, Existing: true})
	if err != nil {
		t.Fatal(err)
	}
	if a, err := second.Find(t.Context(), "https://a.example/1#x"); err != nil || a.Text != text {
		t.Errorf("Find = %v, %v", a, err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := nats.Open(t.Context(), nats.Options{URL: at, Name: "other", Existing: true}); !errors.Is(err, nats.ErrNone) {
		t.Errorf("logs of another name: %v, want %v", err, nats.ErrNone)
	}
}
