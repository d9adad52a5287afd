package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeReport writes a page about a ship that has the word.
func writeReport(t *testing.T, word string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), word+".html")
	text := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>%[1]s in the roads</title></head><body><article><h1>%[1]s in the roads</h1>
<p>The harbour office counted the ship %[1]s in the roads this morning, and four more that had not been there the day before.</p>
<p>Pilots said that the wind had kept them from bringing the larger ones in, and that they hoped for a calm night.</p></article></body></html>`, word)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// mustRun runs a command that must end well, and returns what it tells.
func mustRun(t *testing.T, args ...string) (stderr string) {
	t.Helper()
	var b strings.Builder
	if got := run(t.Context(), args, streams{strings.NewReader(""), io.Discard, &b}); got != exitDone {
		t.Fatalf("dateline %q: exit status %d\n%s", args, got, b.String())
	}
	return b.String()
}

// TestServeWithoutItsIndex takes the index away from a running server, or puts
// another in its place, in each way that users do: the server goes on, with what
// the archive holds now.
func TestServeWithoutItsIndex(t *testing.T) {
	type world struct{ archive, index string }
	gone := func(t *testing.T, w world) {
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(w.index + end); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
	for _, x := range []struct {
		name string
		do   func(*testing.T, world)
		want string // words that are found then: the report added before, or that one and more
	}{
		{"deleted", gone, "Alcedo"},
		{"deleted without the files beside it", func(t *testing.T, w world) {
			if err := os.Remove(w.index); err != nil {
				t.Fatal(err)
			}
		}, "Alcedo"},
		{"deleted, and made by another process", func(t *testing.T, w world) {
			gone(t, w)
			mustRun(t, "rebuild", "-archive", w.archive, "index")
		}, "Alcedo"},
		{"deleted, and made by one that adds", func(t *testing.T, w world) {
			gone(t, w)
			mustRun(t, "add", "-archive", w.archive, writeReport(t, "Bonito"))
		}, "Alcedo Bonito"},
		{"made anew in its place", func(t *testing.T, w world) {
			mustRun(t, "rebuild", "-archive", w.archive, "index")
		}, "Alcedo"},
		{"emptied", func(t *testing.T, w world) {
			if err := os.Truncate(w.index, 0); err != nil {
				t.Fatal(err)
			}
			mustRun(t, "rebuild", "-archive", w.archive, "index")
		}, "Alcedo"},
		{"another database", func(t *testing.T, w world) {
			mustRun(t, "add", "-archive", w.archive, writeReport(t, "Bonito"))
			if err := os.Rename(filepath.Join(w.archive, "archive.db"), filepath.Join(w.archive, "put-away.db")); err != nil {
				t.Fatal(err)
			}
			mustRun(t, "verify", "-archive", w.archive, "-repair")
		}, "Alcedo Bonito"},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "archive")
			w := world{dir, filepath.Join(dir, "index.db")}
			mustRun(t, "add", "-archive", dir, writeReport(t, "Alcedo"))
			address, stop := servedBy(t, "serve", "-archive", dir, "-addr", "127.0.0.1:0")
			defer stop()
			wantServed(t, address, "Alcedo") // so that it has connections
			x.do(t, w)
			for range 20 { // on each of its connections
				for word := range strings.FieldsSeq(x.want) {
					wantServed(t, address, word)
				}
			}
			if _, err := os.Stat(w.index); err != nil {
				t.Errorf("the index was not made again: %v", err)
			}
		})
	}
}

// wantServed wants the report that has the word to be found, and shown, within
// what a reader waits for.
func wantServed(t *testing.T, address, word string) {
	t.Helper()
	for _, path := range []string{"search.json?q=" + word, "search?q=" + word, ""} {
		for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
			status, body := fetched(t, address+path)
			if status == http.StatusOK && strings.Contains(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(body), word+" in the roads") {
				break
			}
			if time.Since(begun) > 10*time.Second || status != http.StatusServiceUnavailable && status != http.StatusOK {
				t.Fatalf("/%s: status %d\n%s", path, status, body)
			}
		}
	}
}

func fetched(t *testing.T, address string) (status int, body string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}
