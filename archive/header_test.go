package archive_test

import (
	"database/sql"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"dateline"
	"dateline/archive"
)

// The head of the database says of which program and version it is: a number
// there that is damaged is found, and mended.
func TestDamagedHead(t *testing.T) {
	for name, head := range map[string]struct {
		at    int64 // in the header of SQLite's file format
		bytes []byte
		lost  bool // nothing in it can be read any more
	}{
		"version 5":             {60, []byte{0, 0, 0, 5}, false},
		"version 0":             {60, []byte{0, 0, 0, 0}, false},
		"of another program":    {68, []byte{0x64, 0x6c, 0x6e, 0x30}, false},
		"of no program":         {68, []byte{0, 0, 0, 0}, false},
		"pages of another size": {16, []byte{0x08, 0}, true},
		"no database":           {0, []byte("SQLite formaT"), true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			sample(t, dir)
			ids := captured(t, dir)
			was := look(t, dir, ids)
			overwrite(t, filepath.Join(dir, "archive.db"), head.at, head.bytes)
			if list := flaws(t, dir); len(list) == 0 || list[0].Kind != archive.FlawDatabase {
				t.Errorf("flaws: %v, want the database", list)
			}
			for _, readOnly := range []bool{true, false} {
				a, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: readOnly})
				if !errors.Is(err, archive.ErrDamaged) {
					t.Errorf("Open, read-only %t: %v, want ErrDamaged", readOnly, err)
				}
				if err == nil {
					_ = a.Close()
				}
			}
			if _, err := archive.Repair(t.Context(), dir, archive.Options{}, archive.RunOptions{}); err != nil {
				t.Fatal(err)
			}
			wantSound(t, dir)
			if head.lost { // decisions, sources and leads stand nowhere else
				maps.DeleteFunc(was, func(id dateline.CaptureID, _ shown) bool { return !slices.Contains(ids, id) })
			}
			if is := look(t, dir, ids); !reflect.DeepEqual(is, was) {
				t.Errorf("after repair: %v\n got %v\nwant %v", is.wrong(was), slices.Sorted(maps.Keys(is)), slices.Sorted(maps.Keys(was)))
			}
		})
	}
}

// An archive whose making was killed before it had any tables is none, for
// readers; the next command that writes makes it.
func TestEmptyDatabase(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "archive.db"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true}); !errors.Is(err, archive.ErrNone) {
		t.Errorf("Open: %v, want ErrNone", err)
	}
	add(t, open(t, dir, archive.Options{}), archive.Added{Pages: 2}, reports(2)...)
	wantSound(t, dir)
}

// overwrite writes bytes into a file.
func overwrite(t *testing.T, name string, at int64, b []byte) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(b, at)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

// An archive whose making was killed half way is none, for readers and for a
// backup; the next command that writes makes it.
func TestHalfMadeDatabase(t *testing.T) {
	making, dir := filepath.Join(t.TempDir(), "archive.db"), t.TempDir()
	db, err := sql.Open("sqlite", making)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range []string{"PRAGMA cache_size = 1", "BEGIN", "CREATE TABLE captures (rec TEXT)",
		"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000) INSERT INTO captures SELECT hex(randomblob(100)) FROM c"} {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	for _, end := range []string{"", "-journal"} { // as they are now
		write(t, filepath.Join(dir, "archive.db"+end), read(t, making+end))
	}
	if _, err := archive.Open(t.Context(), dir, archive.Options{ReadOnly: true}); !errors.Is(err, archive.ErrNone) {
		t.Errorf("Open: %v, want ErrNone", err)
	}
	if _, err := archive.Backup(t.Context(), dir, filepath.Join(t.TempDir(), "backup"), archive.CopyOptions{}); !errors.Is(err, archive.ErrNone) {
		t.Errorf("Backup: %v, want ErrNone", err)
	}
	add(t, open(t, dir, archive.Options{}), archive.Added{Pages: 2}, reports(2)...)
	wantSound(t, dir)
}
