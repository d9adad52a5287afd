package sqlite_test

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"dateline"
	"dateline/store/sqlite"
)

// fill puts the records from to to-1 in all logs.
func fill(t testing.TB, db *sqlite.DB, from, to int) {
	t.Helper()
	var captures []dateline.Capture
	var articles []dateline.Article
	var findings []dateline.Findings
	for n := from; n < to; n++ {
		url := fmt.Sprintf("https://news.example/%d", n)
		id := dateline.CaptureID(fmt.Sprintf("c%d", n))
		captures = append(captures, dateline.Capture{ID: id, URL: url, Payload: fmt.Sprintf("sha256:%d", n)})
		findings = append(findings, dateline.Findings{Capture: id})
		articles = append(articles, dateline.Article{ID: dateline.NewArticleID(url), Capture: id, URL: url,
			Published: dateline.Date(fmt.Sprintf("20%02d-%02d", n%30, 1+n%12)), Section: fmt.Sprint("s", n%3),
			Headline: fmt.Sprintf("flood number%d", n), Text: strings.Repeat("water rises in the town. ", 20)})
	}
	if err := db.Captures().Put(t.Context(), captures...); err != nil {
		t.Fatal(err)
	}
	if err := db.Articles().Put(t.Context(), articles...); err != nil {
		t.Fatal(err)
	}
	if err := db.Findings().Put(t.Context(), findings...); err != nil {
		t.Fatal(err)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	newer, other := filepath.Join(dir, "newer.db"), filepath.Join(dir, "other.db")
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database\n", 100)), 0o666); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), newer, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	exec1(t, newer, "PRAGMA user_version = 1000")
	exec1(t, other, "CREATE TABLE mine (x)")
	for _, test := range []struct{ path, want string }{
		{newer, "the archive has version 1000, this program reads up to version"},
		{other, "a database of another program"},
		{text, "not an archive"},
		{filepath.Join(dir, "no", "such.db"), "such.db"},
		{dir, dir},
	} {
		for _, o := range []sqlite.Options{{}, {ReadOnly: true}} {
			db, err := sqlite.Open(t.Context(), test.path, o)
			if err == nil {
				db.Close()
				t.Errorf("Open(%s, %+v): no error, want %q", test.path, o, test.want)
			} else if !strings.Contains(err.Error(), test.want) {
				t.Errorf("Open(%s, %+v): %v, want %q", test.path, o, err, test.want)
			}
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

// TestTwoWriters opens an archive twice at once, as two processes would, and
// writes through both: they take turns.
func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	var dbs [2]*sqlite.DB
	var wg sync.WaitGroup
	for i := range dbs {
		wg.Go(func() {
			var err error
			if dbs[i], err = sqlite.Open(t.Context(), path, sqlite.Options{}); err != nil {
				t.Errorf("Open: %v", err)
			}
		})
	}
	wg.Wait()
	for i, db := range dbs {
		if db == nil {
			t.FailNow()
		}
		defer db.Close()
		wg.Go(func() {
			for n := range 10 {
				from := 100*n + 50*i
				recs := make([]dateline.Capture, 50)
				for k := range recs {
					recs[k] = dateline.Capture{ID: dateline.CaptureID(fmt.Sprint("c", from+k)), Payload: "x"}
				}
				if err := db.Captures().Put(t.Context(), recs...); err != nil {
					t.Errorf("writer %d: %v", i, err)
				}
			}
		})
	}
	wg.Wait()
	if s, err := dbs[0].Stats(t.Context()); err != nil || s.Captures != 1000 {
		t.Errorf("Stats = %+v, %v, want 1000 captures", s, err)
	}
}

// TestKill kills a process that writes, some times over, and looks whether
// what it had reported is there.
func TestKill(t *testing.T) {
	const variable = "SQLITE_TEST_ARCHIVE"
	if path := os.Getenv(variable); path != "" {
		writeUntilKilled(t, path)
		return
	}
	path := filepath.Join(t.TempDir(), "archive.db")
	acknowledged := 0
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
			if _, err := fmt.Sscanf(lines.Text(), "stored %d", &acknowledged); err != nil {
				t.Fatalf("the writer says %q", lines.Text())
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Fatal("the writer ended before it was killed")
		}
		checkArchive(t, path, acknowledged)
	}
}

func writeUntilKilled(t *testing.T, path string) {
	db := openFile(t, path, sqlite.Options{})
	s, err := db.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for n := int(s.Findings); ; n += 50 {
		fill(t, db, n, n+50)
		fmt.Println("stored", n+50)
	}
}

// checkArchive checks that the records up to n are stored, and the
// whole file for damage.
func checkArchive(t *testing.T, path string, n int) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		key := fmt.Sprintf("c%d", i)
		if _, err := db.Captures().Get(t.Context(), key); err != nil {
			t.Errorf("of %d: %v", n, err)
		}
		if _, err := db.Findings().Get(t.Context(), key); err != nil {
			t.Errorf("of %d: %v", n, err)
		}
	}
	if err := db.Close(); err != nil {
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
}

// TestReadOnly reads what another writes, and what nobody has open.
func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b%3F?#.db")
	if db, err := sqlite.Open(t.Context(), path, sqlite.Options{ReadOnly: true}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of no file: %v, %v, want %v", db, err, fs.ErrNotExist)
	}
	w, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, w, 0, 20)
	r := openFile(t, path, sqlite.Options{ReadOnly: true})
	wantFindings(t, r, 20)
	fill(t, w, 10, 40) // the reader sees it
	wantFindings(t, r, 40)
	if err := r.SetCursor(t.Context(), "x", 1); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("SetCursor: %v, want %v", err, sqlite.ErrReadOnly)
	}
	if err := r.Checkpoint(t.Context()); !errors.Is(err, sqlite.ErrReadOnly) {
		t.Errorf("Checkpoint: %v, want %v", err, sqlite.ErrReadOnly)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wantFindings(t, openFile(t, path, sqlite.Options{ReadOnly: true}), 40)
}

func wantFindings(t *testing.T, db *sqlite.DB, want int64) {
	t.Helper()
	if s, err := db.Stats(t.Context()); err != nil || s.Findings != want {
		t.Errorf("Stats = %+v, %v, want %d findings", s, err, want)
	}
}
