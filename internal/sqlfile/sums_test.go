package sqlfile_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"dateline/internal/sqlfile"
)

// Each changed byte of a file that nobody writes to is found, also where nothing is stored;
// while somebody writes, and after a writer was killed, nothing is known.
func TestAltered(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "a.db")
	format := sqlfile.Format{Name: "test", ID: 7, Migrations: []string{"CREATE TABLE t (x TEXT)"}}
	open := func(o sqlfile.Options) *sqlfile.File {
		t.Helper()
		f, err := sqlfile.Open(ctx, path, format, o)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	put := func(f *sqlfile.File, x string) {
		t.Helper()
		err := f.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO t VALUES (?)", x)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	want := func(f *sqlfile.File, known bool, pages ...int64) {
		t.Helper()
		got, size, is, err := f.Altered(ctx)
		if err != nil || is != known || !slices.Equal(got, pages) || known && size != 4096 {
			t.Errorf("pages %v of %d bytes, known %t, %v; want %v, %t", got, size, is, err, pages, known)
		}
	}
	end := func(f *sqlfile.File) {
		t.Helper()
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	f := open(sqlfile.Options{})
	put(f, "one")
	want(f, false)
	end(f)
	f = open(sqlfile.Options{ReadOnly: true})
	want(f, true)
	end(f)

	sound, err := os.ReadFile(path)
	if err != nil || len(sound) != 2*4096 {
		t.Fatalf("%d bytes, %v; want two pages", len(sound), err)
	}
	for _, at := range []int{80, 2000, 4096 + 2000, 2*4096 - 1} { // reserved, room, room, the row
		changed := slices.Clone(sound)
		changed[at] ^= 1
		if err := os.WriteFile(path, changed, 0o644); err != nil {
			t.Fatal(err)
		}
		f = open(sqlfile.Options{ReadOnly: true})
		want(f, true, int64(at/4096)+1)
		end(f)
	}
	if err := os.WriteFile(path, sound, 0o644); err != nil {
		t.Fatal(err)
	}

	// Who writes takes the list away, and the last to close makes one.
	a, b := open(sqlfile.Options{}), open(sqlfile.Options{})
	want(a, true)
	put(a, "two")
	want(b, false)
	end(b)
	want(a, true)
	put(a, "three")
	want(a, false)
	end(a)
	f = open(sqlfile.Options{})
	want(f, true)
	if err := f.Vacuum(ctx); err != nil {
		t.Fatal(err)
	}
	want(f, false)
	end(f)

	// A list that is not whole says nothing, and is made anew.
	list, err := os.ReadFile(path + "-sums")
	if err != nil {
		t.Fatal(err)
	}
	list[20] ^= 1
	if err := os.WriteFile(path+"-sums", list, 0o644); err != nil {
		t.Fatal(err)
	}
	f = open(sqlfile.Options{})
	want(f, false)
	end(f)
	f = open(sqlfile.Options{ReadOnly: true})
	want(f, true)
	end(f)
}
