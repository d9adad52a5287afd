package archive_test

import (
	"compress/gzip"
	"context"
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/archive"
	"dateline/index"
	"dateline/query"
)

// version3 returns the folder of an archive as programs left it whose
// archive.db had version 3 and held the index, too: two pages, with statements
// and dates.
func version3(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/version3")); err != nil {
		t.Fatal(err)
	}
	packed, err := os.Open(filepath.Join(dir, "archive.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	r, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "archive.db"), text, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// wantFound opens the archive and checks what a search finds, that its raw
// capture can be read, and what was told while it was opened.
func wantFound(t *testing.T, dir string, o archive.Options, notices int) {
	t.Helper()
	var told []string
	o.Notice = func(text string) { told = append(told, text) }
	a, err := archive.Open(t.Context(), dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if len(told) != notices {
		t.Errorf("Open says %q, want %d notices", told, notices)
	}
	for text, want := range map[string]int{"ferry": 2, "who:varga said:ferry": 1, "when:2022-01-28": 1, `publisher:"Meridian Press" -varga`: 1} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for hit, err := range a.Search(t.Context(), q, index.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			c, err := a.Capture(t.Context(), hit.Article.Capture)
			if err != nil {
				t.Fatal(err)
			}
			if rec, err := a.Record(t.Context(), c); err != nil || !strings.Contains(string(rec.Payload), "ferry") {
				t.Errorf("Record(%s) = %+v, %v, want the page", c.ID, rec, err)
			}
		}
		f, err := a.Facets(t.Context(), q)
		if err != nil || n != want || f.Total != want {
			t.Errorf("%q: Search finds %d, Facets counts %d, %v, want %d", text, n, f.Total, err, want)
		}
	}
}

func TestOpenVersion3(t *testing.T) {
	dir := version3(t)
	if a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "dateline rebuild index") {
		t.Errorf("Open of an old archive for reading: %v, %v, want what brings it to today's form", a, err)
	}
	wantFound(t, dir, archive.Options{Existing: true}, 2) // brought to today's form, index made
	wantFound(t, dir, archive.Options{}, 0)
	wantFound(t, dir, archive.Options{ReadOnly: true}, 0)
	db, err := sql.Open("sqlite", filepath.Join(dir, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var logs, others int
	if err := db.QueryRow(`SELECT count(*) FILTER (WHERE name IN ('captures', 'articles', 'findings', 'decisions', 'cursors', 'sources', 'leads', 'groups', 'seals', 'corrections', 'alerts', 'notices')), count(*)
		FROM sqlite_schema WHERE type = 'table'`).Scan(&logs, &others); err != nil || logs != 12 || others != 12 {
		t.Errorf("archive.db has %d tables, %d of them logs and cursors, %v, want these twelve alone", others, logs, err)
	}
}

// TestOpenVersion3Interrupted stops the opening of an old archive at each
// point where it says what it does, and opens it again.
func TestOpenVersion3Interrupted(t *testing.T) {
	for stop := range 2 {
		dir := version3(t)
		ctx, cancel := context.WithCancel(t.Context())
		told := 0
		_, err := archive.Open(ctx, dir, archive.Options{Notice: func(string) {
			if told++; told > stop {
				cancel()
			}
		}})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Open, interrupted at notice %d: %v, want %v", stop, err, context.Canceled)
		}
		wantFound(t, dir, archive.Options{}, 2-stop)
	}
}

// TestIndexGone takes the index away, or damages it, and opens the archive.
func TestIndexGone(t *testing.T) {
	dir := version3(t)
	wantFound(t, dir, archive.Options{}, 2)
	name := filepath.Join(dir, "index.db")
	for _, o := range []archive.Options{{}, {ReadOnly: true}} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		wantFound(t, dir, o, 1)
		wantFound(t, dir, o, 0)
		if err := os.WriteFile(name, []byte(strings.Repeat("no database\n", 1000)), 0o666); err != nil {
			t.Fatal(err)
		}
		wantFound(t, dir, o, 1)
	}
	// Where nothing can be written, that is said.
	if err := errors.Join(os.Remove(name), os.Mkdir(name+".new", 0o777)); err != nil {
		t.Fatal(err)
	}
	if a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "index.db") {
		t.Errorf("Open where no index can be made: %v, %v, want an error that names it", a, err)
	}
}

// TestRebuildIndex makes the index anew while another reads it.
func TestRebuildIndex(t *testing.T) {
	dir := version3(t)
	a, err := archive.Open(t.Context(), dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	indexed := 0
	if err := a.Rebuild(t.Context(), "index", archive.RunOptions{Done: func(n int) { indexed += n; wantFound(t, dir, archive.Options{ReadOnly: true}, 0) }}); err != nil {
		t.Fatal(err)
	}
	if indexed != 2 {
		t.Errorf("Rebuild indexed %d articles, want 2", indexed)
	}
	wantFound(t, dir, archive.Options{ReadOnly: true}, 0)
}

// A reader of a folder that cannot be written to, and that has no index, makes
// one for itself and takes it away again.
func TestReadWithoutIndexWhereNothingCanBeWritten(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	u := newUser(t, 5, 4)
	if err := u.add(0, 4); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.db", "index.db-wal"} {
		if err := u.disk.Remove(onDisk + "/" + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	u.disk.Fail = func(operation, name string) error {
		if !reads(operation) && !strings.Contains(name, "archive.db") { // SQLite's own files beside it
			return fs.ErrPermission
		}
		return nil
	}
	var notices []string
	err := u.with(archive.Options{ReadOnly: true, Notice: func(text string) { notices = append(notices, text) }}, func(a *archive.Archive) error {
		if n := hits(t, a, "harbour"); n != 4 {
			t.Errorf("%d articles found, want 4", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(notices, "\n"); !strings.Contains(text, "no permission") || !strings.Contains(text, "one of its own") {
		t.Errorf("told %q", text)
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
