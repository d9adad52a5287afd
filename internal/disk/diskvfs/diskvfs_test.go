package diskvfs_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"

	_ "modernc.org/sqlite" // registers itself as "sqlite"

	"dateline/internal/disk/disktest"
	"dateline/internal/disk/diskvfs"
)

// open opens a database on a disk, with a journal of the given mode. Only
// synchronous=EXTRA puts the end of a journal that is deleted on stable storage.
func open(t *testing.T, f *diskvfs.FS, mode string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:/folder/test.db?vfs="+f.VFS()+"&_pragma=journal_mode("+mode+")&_pragma=synchronous(EXTRA)&_pragma=busy_timeout(50)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func newDisk(t *testing.T, seed uint64) (*disktest.Disk, *diskvfs.FS) {
	t.Helper()
	d := disktest.New(rand.New(rand.NewPCG(seed, 21)))
	f, err := diskvfs.Register(d)
	if err != nil {
		t.Fatal(err)
	}
	return d, f
}

// A database on a disk in memory is one like any other: it has indexes, is
// vacuumed and checked, and its files lie on the disk.
func TestDatabase(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		d, f := newDisk(t, 1)
		db := open(t, f, mode)
		for _, s := range []string{
			"CREATE TABLE a (n INTEGER PRIMARY KEY, s TEXT)", "CREATE INDEX a_s ON a (s)",
			"WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000) INSERT INTO a SELECT n, hex(randomblob(50)) FROM c",
			"DELETE FROM a WHERE n % 3 = 0", "VACUUM", "VACUUM INTO '/folder/copy.db'",
		} {
			if _, err := db.ExecContext(t.Context(), s); err != nil {
				t.Fatalf("%s: %s: %v", mode, s, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		var n int
		var check string
		if err := open(t, f, mode).QueryRowContext(t.Context(), "SELECT count(*), (SELECT integrity_check FROM pragma_integrity_check) FROM a").Scan(&n, &check); err != nil || n != 3334 || check != "ok" {
			t.Errorf("%s: %d rows, %q, %v, want 3334", mode, n, check, err)
		}
		if list := fmt.Sprint(d.Dir("/folder")); !strings.Contains(list, "test.db") || !strings.Contains(list, "copy.db") {
			t.Errorf("%s: the disk has %s", mode, list)
		}
	}
}

// One connection writes at a time, another one reads what was committed
// before, and is told to wait where it would write.
func TestLocks(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		_, f := newDisk(t, 2)
		a, b := open(t, f, mode), open(t, f, mode)
		if _, err := a.ExecContext(t.Context(), "CREATE TABLE a (n); INSERT INTO a VALUES (1)"); err != nil {
			t.Fatal(err)
		}
		tx, err := a.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.ExecContext(t.Context(), "INSERT INTO a VALUES (2)"); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := b.QueryRowContext(t.Context(), "SELECT count(*) FROM a").Scan(&n); err != nil || n != 1 {
			t.Errorf("%s: a reader sees %d rows, %v, want 1", mode, n, err)
		}
		if _, err := b.ExecContext(t.Context(), "INSERT INTO a VALUES (3)"); err == nil || !strings.Contains(err.Error(), "locked") {
			t.Errorf("%s: a second writer: %v, want locked", mode, err)
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
		if err := b.QueryRowContext(t.Context(), "SELECT count(*) FROM a").Scan(&n); err != nil || n != 2 {
			t.Errorf("%s: a reader sees %d rows then, %v, want 2", mode, n, err)
		}
	}
}

// What was committed is there after a loss of power, all of a transaction or
// nothing of it; without waiting for the disk it would not be.
func TestPowerLoss(t *testing.T) {
	for _, mode := range []string{"WAL", "DELETE"} {
		lost := 0
		for seed := range uint64(40) {
			d, f := newDisk(t, seed)
			db := open(t, f, mode)
			if seed%4 == 0 { // careless
				db.SetMaxOpenConns(1)
				if _, err := db.ExecContext(t.Context(), "PRAGMA synchronous = OFF"); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := db.ExecContext(t.Context(), "CREATE TABLE a (n INTEGER PRIMARY KEY, s TEXT)"); err != nil {
				t.Fatal(err)
			}
			left := 1 + int(seed)*3
			d.Fail = func(string, string) error {
				if left--; left <= 0 {
					return errors.New("the power is off")
				}
				return nil
			}
			committed := 0
			for left > 0 {
				if _, err := db.ExecContext(t.Context(), "INSERT INTO a SELECT NULL, hex(randomblob(2000)) UNION ALL SELECT NULL, 'b'"); err == nil {
					committed += 2
				}
			}
			db.Close()
			d.Fail = nil
			d.LosePower()
			var n int
			err := open(t, f, mode).QueryRowContext(t.Context(), "SELECT count(*) FROM a").Scan(&n)
			switch whole := err == nil && n%2 == 0 && n >= committed; {
			case seed%4 == 0 && !whole:
				lost++
			case seed%4 > 0 && !whole:
				t.Errorf("%s, seed %d: %d rows, %v, want %d or 2 more", mode, seed, n, err, committed)
			}
		}
		if lost == 0 {
			t.Errorf("%s: nothing is lost even if nobody waits for the disk: this disk forgets nothing", mode)
		}
	}
}

// A full disk and a broken one are told apart.
func TestFailures(t *testing.T) {
	d, f := newDisk(t, 3)
	db := open(t, f, "WAL")
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE a (s)"); err != nil {
		t.Fatal(err)
	}
	for fault, want := range map[error]string{syscall.ENOSPC: "full", syscall.EIO: "I/O"} {
		d.Fail = func(operation, name string) error {
			if operation == "WriteAt" {
				return fault
			}
			return nil
		}
		if _, err := db.ExecContext(t.Context(), "INSERT INTO a VALUES (1)"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", fault, err, want)
		}
	}
}
