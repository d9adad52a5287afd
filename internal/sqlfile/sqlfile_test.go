package sqlfile_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dateline/internal/sqlfile"
)

var format = sqlfile.Format{Name: "example", ID: 0x6578, Migrations: []string{"CREATE TABLE notes (text TEXT)"}}

// open opens a file that the test closes.
func open(t *testing.T, path string, o sqlfile.Options) *sqlfile.File {
	t.Helper()
	f, err := sqlfile.Open(t.Context(), path, format, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func put(ctx context.Context, f *sqlfile.File, text string) error {
	return f.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO notes VALUES (?)", text)
		return err
	})
}

// count returns how many notes a file has when it is opened for reading.
func count(t *testing.T, path string) int {
	t.Helper()
	f := open(t, path, sqlfile.Options{ReadOnly: true})
	var n int
	if err := f.Read.QueryRowContext(t.Context(), "SELECT count(*) FROM notes").Scan(&n); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	return n
}

// unwritable makes SQLite unable to put its file of shared memory beside the
// one at path, as in a folder that may only be read, whoever runs the test.
func unwritable(t *testing.T, path string) {
	t.Helper()
	if err := os.Symlink(filepath.Join("nowhere", "shm"), path+"-shm"); err != nil {
		t.Fatal(err)
	}
}

// TestReadWithoutWriting reads files in a folder that cannot be written to:
// one that was closed, and one whose last note stands in its log only.
func TestReadWithoutWriting(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := t.TempDir()
	path := filepath.Join(dir, "example.db")
	f := open(t, path, sqlfile.Options{})
	if err := put(t.Context(), f, "one"); err != nil {
		t.Fatal(err)
	}
	if err := f.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := put(t.Context(), f, "two"); err != nil {
		t.Fatal(err)
	}
	// As a killed process leaves it, on a disk that was copied file by file.
	killed := filepath.Join(t.TempDir(), "example.db")
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(killed+end, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}

	for _, path := range []string{path, killed} {
		unwritable(t, path)
		if n := count(t, path); n != 2 {
			t.Errorf("%s: %d notes, want 2", path, n)
		}
	}
	if left, err := os.ReadDir(os.TempDir()); err != nil || len(left) > 0 {
		t.Errorf("%v is left of copies, %v", left, err)
	}
}

// TestFailuresAreExplained has SQLite fail as it does for reasons that ask
// different things of users.
func TestFailuresAreExplained(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "example.db")
	f := open(t, path, sqlfile.Options{})
	defer f.Close()
	err := f.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), "PRAGMA max_page_count = 4"); err != nil {
			return err
		}
		_, err := tx.ExecContext(t.Context(), "INSERT INTO notes VALUES (zeroblob(100000))")
		return err
	})
	if !errors.Is(err, syscall.ENOSPC) || !strings.HasPrefix(err.Error(), path+": the disk is full: ") {
		t.Errorf("a full disk: %v", err)
	}

	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "nowhere", "example.db")
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("This is no database. ", 100)), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{folder: "is a directory", missing: "no such file", text: "not an example"} {
		for _, readOnly := range []bool{true, false} {
			_, err := sqlfile.Open(t.Context(), path, format, sqlfile.Options{ReadOnly: readOnly})
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("Open(%s), read-only %t: %v, want %q", path, readOnly, err, want)
			}
			if path == missing && readOnly && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("Open(%s): %v is not fs.ErrNotExist", path, err)
			}
		}
	}
}

// A file whose making was killed half way is an empty one for readers, and made
// anew by who may write.
func TestHalfMade(t *testing.T) {
	dir := t.TempDir()
	making := filepath.Join(dir, "making.db")
	db, err := sql.Open("sqlite", making)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range []string{"PRAGMA cache_size = 1", "BEGIN", "CREATE TABLE notes (text TEXT)",
		"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) INSERT INTO notes SELECT hex(randomblob(100)) FROM c"} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	killed := filepath.Join(dir, "killed.db")
	for _, end := range []string{"", "-journal"} { // as it is now
		b, err := os.ReadFile(making + end)
		if err != nil || len(b) == 0 {
			t.Fatalf("%s%s: %d bytes, %v", making, end, len(b), err)
		}
		if err := os.WriteFile(killed+end, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	version := (*sqlfile.VersionError)(nil)
	if _, err := sqlfile.Open(t.Context(), killed, format, sqlfile.Options{ReadOnly: true}); !errors.As(err, &version) || version.Version != 0 {
		t.Errorf("opened for reading: %v, want version 0", err)
	}
	f := open(t, killed, sqlfile.Options{})
	if err := errors.Join(put(t.Context(), f, "one"), f.Close()); err != nil {
		t.Fatal(err)
	}
	if n := count(t, killed); n != 1 {
		t.Errorf("%d notes, want 1", n)
	}
}
