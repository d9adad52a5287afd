package nats_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"dateline"
	"dateline/store"
	"dateline/store/nats"
	"dateline/store/storetest"
)

// serve returns the address of a server in this process.
func serve(t *testing.T) string {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(), NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server does not start")
	}
	return s.ClientURL()
}

// opened returns new and empty logs in a server.
func opened(t *testing.T, at string) *nats.DB {
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
	at := serve(t)
	storetest.TestLog(t, func(t *testing.T) store.Log[dateline.Capture] { return opened(t, at).Captures() })
}

func TestCursors(t *testing.T) {
	storetest.TestCursors(t, func(t *testing.T) store.Cursors { return opened(t, serve(t)) })
}

func TestLookup(t *testing.T) {
	at := serve(t)
	storetest.TestLookup(t, func(t *testing.T) storetest.Records {
		db := opened(t, at)
		return storetest.Records{Captures: db.Captures(), Articles: db.Articles(), Findings: db.Findings(), Groups: db.Groups(), Leads: db.Leads(), Lookup: db}
	})
}

// TestKeys puts records whose keys could not be subjects.
func TestKeys(t *testing.T) {
	db := opened(t, serve(t))
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
		if _, err := nats.Open(t.Context(), nats.Options{URL: serve(t), Name: name, Existing: true}); err == nil || name != "" && errors.Is(err, nats.ErrNone) {
			t.Errorf("logs called %q: %v, want an error", name, err)
		}
	}
}

// TestTooLarge puts a record that no server takes.
func TestTooLarge(t *testing.T) {
	db := opened(t, serve(t))
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

// TestOpenAgain finds what another process has put.
func TestOpenAgain(t *testing.T) {
	at := serve(t)
	first := opened(t, at)
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
