package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dateline"
	"dateline/index"
	"dateline/index/indextest"
	"dateline/index/sqlite"
	"dateline/internal/disk"
	"dateline/query"
)

func TestIndex(t *testing.T) {
	indextest.TestIndex(t, func(t *testing.T, source index.Source) index.Index {
		return openFile(t, made(t, source), source, sqlite.Options{})
	})
}

// made makes an empty index and returns its path.
func made(t testing.TB, source index.Source) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index.db")
	if err := sqlite.Make(t.Context(), disk.OS{}, path, source, nothing); err != nil {
		t.Fatal(err)
	}
	return path
}

func nothing(context.Context, index.Index) error { return nil }

func openFile(t testing.TB, path string, source index.Source, o sqlite.Options) *sqlite.Index {
	t.Helper()
	x, err := sqlite.Open(t.Context(), path, source, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return x
}

// docs returns the articles from to to-1.
func docs(from, to int) []index.Doc {
	var list []index.Doc
	for n := from; n < to; n++ {
		url := fmt.Sprintf("https://news.example/%d", n)
		list = append(list, index.Doc{Article: &dateline.Article{ID: dateline.NewArticleID(url), URL: url,
			Capture:   dateline.CaptureID(fmt.Sprintf("c%d", n)),
			Published: dateline.Date(fmt.Sprintf("20%02d-%02d", n%30, 1+n%12)), Section: fmt.Sprint("s", n%3),
			Headline: fmt.Sprintf("flood number%d", n), Text: strings.Repeat("water rises in the town. ", 20)}})
	}
	return list
}

// fill returns a function that adds the articles from to to-1.
func fill(from, to int) index.Fill {
	return func(ctx context.Context, x index.Index) error { return x.Add(ctx, docs(from, to)...) }
}

func add(t *testing.T, x *sqlite.Index, from, to int) {
	t.Helper()
	if err := x.Add(t.Context(), docs(from, to)...); err != nil {
		t.Fatal(err)
	}
}

func wantHits(t *testing.T, x *sqlite.Index, s string, want int) {
	t.Helper()
	if n := indextest.Found(t, x, s); n != want {
		t.Errorf("%q finds %d articles, want %d", s, n, want)
	}
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%3F?#.db")
	if err := sqlite.Make(t.Context(), disk.OS{}, path, nil, fill(0, 50)); err != nil {
		t.Fatal(err)
	}
	r := openFile(t, path, nil, sqlite.Options{ReadOnly: true})
	wantHits(t, r, "flood", 50)
	w := openFile(t, path, nil, sqlite.Options{})
	add(t, w, 40, 60)
	wantHits(t, w, "flood", 60)
	wantHits(t, r, "flood section:s1", 20) // the reader sees it, in searches and in facets
	if err := r.SetCursor(t.Context(), "x", 1); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("SetCursor: %v, want %v", err, sqlite.ErrReadOnly)
	}
	if err := r.Add(t.Context(), docs(0, 1)...); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("Add: %v, want %v", err, sqlite.ErrReadOnly)
	}
}

// TestRebuild makes an index anew while others search it: they see the old one
// until they see all of the new one, and the old one stays where it fails.
func TestRebuild(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	if err := sqlite.Make(t.Context(), disk.OS{}, path, nil, fill(0, 50)); err != nil {
		t.Fatal(err)
	}
	w := openFile(t, path, nil, sqlite.Options{})
	r := openFile(t, path, nil, sqlite.Options{ReadOnly: true})
	add(t, w, 50, 60)
	if err := w.SetCursor(t.Context(), "index", 60); err != nil {
		t.Fatal(err)
	}
	wantHits(t, r, "flood", 60)
	failed := errors.New("no more")
	err := w.Rebuild(t.Context(), func(ctx context.Context, fresh index.Index) error {
		return errors.Join(fresh.Add(ctx, docs(0, 5)...), failed)
	})
	if !errors.Is(err, failed) {
		t.Errorf("Rebuild that fails: %v, want %v", err, failed)
	}
	wantHits(t, w, "flood", 60)
	wantHits(t, r, "flood", 60)
	err = w.Rebuild(t.Context(), func(ctx context.Context, fresh index.Index) error {
		wantHits(t, r, "flood", 60)
		if seq, err := fresh.Cursor(ctx, "index"); err != nil || seq != 0 {
			t.Errorf("cursor of the fresh index: %d, %v, want 0", seq, err)
		}
		other := sqlite.Make(ctx, disk.OS{}, path, nil, nothing)
		if !errors.Is(other, sqlite.ErrBusy) {
			t.Errorf("Make beside a Rebuild: %v, want %v", other, sqlite.ErrBusy)
		}
		err := errors.Join(fresh.Add(ctx, docs(0, 20)...), fresh.SetCursor(ctx, "index", 20))
		wantHits(t, r, "flood", 60)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*sqlite.Index{w, r} {
		wantHits(t, x, "flood", 20)
		wantHits(t, x, "section:s1", 7)
		if seq, err := x.Cursor(t.Context(), "index"); err != nil || seq != 20 {
			t.Errorf("cursor after Rebuild: %d, %v, want 20", seq, err)
		}
	}
	add(t, w, 20, 30)
	wantHits(t, r, "flood", 30)
	wantHits(t, openFile(t, path, nil, sqlite.Options{ReadOnly: true}), "flood", 30)
	if names, err := filepath.Glob(path + ".new*"); err != nil || names != nil {
		t.Errorf("Rebuild leaves %q, %v", names, err)
	}
}

// TestNone opens what is no index that can be used, and makes one in its place.
func TestNone(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(t *testing.T, path string) error
	}{
		{"missing", func(t *testing.T, path string) error { return os.Remove(path) }},
		{"empty", func(t *testing.T, path string) error { return os.Truncate(path, 0) }},
		{"damaged", func(t *testing.T, path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("no database\n", 1000)), 0o666)
		}},
		{"of another layout", func(t *testing.T, path string) error {
			exec1(t, path, "UPDATE index_state SET layout = '0'")
			return nil
		}},
		{"left in the making", func(t *testing.T, path string) error {
			return errors.Join(os.Rename(path, path+".new"), os.WriteFile(path+".new-wal", []byte("torn"), 0o666))
		}},
		{"damaged in the making", func(t *testing.T, path string) error {
			return errors.Join(os.Remove(path), os.WriteFile(path+".new", []byte(strings.Repeat("no database\n", 1000)), 0o666))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "index.db")
			if err := sqlite.Make(t.Context(), disk.OS{}, path, nil, fill(0, 50)); err != nil {
				t.Fatal(err)
			}
			if err := test.spoil(t, path); err != nil {
				t.Fatal(err)
			}
			for _, o := range []sqlite.Options{{}, {ReadOnly: true}} {
				if x, err := sqlite.Open(t.Context(), path, nil, o); !errors.Is(err, index.ErrNone) {
					t.Errorf("Open(%+v) = %v, %v, want %v", o, x, err, index.ErrNone)
				}
			}
			if err := sqlite.Make(t.Context(), disk.OS{}, path, nil, fill(0, 20)); err != nil {
				t.Fatal(err)
			}
			wantHits(t, openFile(t, path, nil, sqlite.Options{}), "flood", 20)
		})
	}
}

// TestForeign leaves files alone that belong to another program.
func TestForeign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "index.db")
	exec1(t, path, "CREATE TABLE mine (x)")
	for _, o := range []sqlite.Options{{}, {ReadOnly: true}} {
		if _, err := sqlite.Open(t.Context(), path, nil, o); err == nil || errors.Is(err, index.ErrNone) {
			t.Errorf("Open(%+v) of another program's file: %v", o, err)
		}
	}
}

func exec1(t *testing.T, path, statement string) {
	t.Helper()
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// TestReadersAndWriter searches and counts from several goroutines while one
// writes; the totals only grow, and the write-ahead log does not.
func TestReadersAndWriter(t *testing.T) {
	path := made(t, nil)
	x := openFile(t, path, nil, sqlite.Options{WALLimit: 1 << 20})
	add(t, x, 0, 10)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			last := 10
			for {
				f, err := x.Facets(t.Context(), query.Query{Root: query.Word{Text: "flood"}})
				if err != nil || f.Total < last {
					t.Errorf("Facets counts %d after %d, %v", f.Total, last, err)
					return
				}
				last = f.Total
				for _, err := range x.Search(t.Context(), query.Query{}, index.Options{Limit: 5}) {
					if err != nil {
						t.Errorf("Search: %v", err)
					}
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for n := range 20 {
		add(t, x, 10*n, 10*n+20) // half of them anew
		if fi, err := os.Stat(path + "-wal"); err != nil || fi.Size() > 3<<20 {
			t.Errorf("the write-ahead log after batch %d: %v bytes, %v, want at most 3 MiB", n, fi.Size(), err)
		}
	}
	close(done)
	wg.Wait()
	wantHits(t, x, "flood", 210)
}

// TestKill kills a process that adds and rebuilds, some times over, and looks
// whether what it had reported is there.
func TestKill(t *testing.T) {
	const variable = "SQLITE_TEST_INDEX"
	if path := os.Getenv(variable); path != "" {
		addUntilKilled(t, path)
		return
	}
	path := made(t, nil)
	reported := 0
	for round := range 4 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKill$")
		cmd.Env = append(os.Environ(), variable+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for batches := 0; batches < 5+round*3 && lines.Scan(); batches++ {
			if _, err := fmt.Sscanf(lines.Text(), "indexed %d", &reported); err != nil {
				t.Fatalf("the writer says %q", lines.Text())
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the writer ended before it was killed")
		}
		checkIndex(t, path, reported)
	}
}

func addUntilKilled(t *testing.T, path string) {
	x := openFile(t, path, nil, sqlite.Options{})
	s, err := x.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := int(s.Indexed); ; n += 50 {
		if n%150 == 0 {
			if err := x.Rebuild(t.Context(), fill(0, n+50)); err != nil {
				t.Fatal(err)
			}
		} else {
			add(t, x, n, n+50)
		}
		fmt.Println("indexed", n+50)
	}
}

// checkIndex checks that the articles up to n are found, and the whole file
// for damage.
func checkIndex(t *testing.T, path string, n int) {
	t.Helper()
	x, err := sqlite.Open(t.Context(), path, nil, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := x.Stats(t.Context())
	if err != nil || int(s.Indexed) < n {
		t.Errorf("Stats = %+v, %v, want %d indexed", s, err, n)
	}
	wantHits(t, x, "flood", int(s.Indexed))
	wantHits(t, x, fmt.Sprint("number", n-1), 1)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	var result string
	if err := raw.QueryRow("PRAGMA integrity_check").Scan(&result); err != nil || result != "ok" {
		t.Errorf("integrity_check: %s, %v", result, err)
	}
	if _, err := raw.Exec("INSERT INTO fts(fts) VALUES ('integrity-check')"); err != nil {
		t.Errorf("integrity check of fts: %v", err)
	}
}
