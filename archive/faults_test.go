package archive_test

import (
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	_ "modernc.org/sqlite" // as what damages a database

	"dateline/internal/sqlfile"
	"dateline/pipeline"
)

var everyFault = flag.Int("every", 499, "TestOneFault has each so manieth operation of the disk fail; 1 tries all")

// A step is one of the things that a user does.
type step struct {
	name string
	do   func() error
}

// steps are all that is done in a single-fault run.
func (u *user) steps() []step {
	n := len(u.pages)
	return []step{
		{"add", func() error { return u.add(0, n/2) }},
		{"same", func() error { return u.decide(0) }},
		{"backup", u.backup},
		{"add more", func() error { return u.add(n/2, n) }},
		{"rebuild extract", func() error { return u.rebuild(pipeline.Extract) }},
		{"rebuild understand", func() error { return u.rebuild(pipeline.Understand) }},
		{"rebuild group", func() error { return u.rebuild(pipeline.Group) }},
		{"rebuild index", func() error { return u.rebuild(pipeline.Index) }},
		{"backup again", u.backup},
		{"repair", u.repair},
	}
}

// spoil damages rows as no program should, so that Repair makes the database again.
func (u *user) spoil() error {
	db, err := sql.Open("sqlite", sqlfile.DSN(u.fs, onDisk+"/archive.db", nil, ""))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(u.t.Context(), "UPDATE captures SET sum = sum + 1 WHERE seq = 3; DELETE FROM findings WHERE seq = 2")
	return errors.Join(err, db.Close())
}

// Each operation of the disk fails in turn, once and from then on, in each of
// four ways, through adding, rebuilding, deciding, backing up and repairing. The
// error names the file and, where it goes on failing, says what is the matter;
// nothing that was acknowledged is lost; and when the disk works again so does
// the same command.
func TestOneFault(t *testing.T) {
	var n faultCounts
	for fault, words := range faults {
		for _, lasting := range []bool{false, true} {
			for at, more := int64(1), true; more; at += int64(*everyFault) {
				u := newUser(t, 1, 6)
				more = u.fails(t, fault, words, lasting, at, &n)
			}
		}
	}
	t.Logf("%d faults, %d of them without an error, since nothing needed what failed", n.struck, n.silent)
	if n.struck-n.silent < 10 {
		t.Errorf("only %d faults led to an error", n.struck-n.silent)
	}
}

type faultCounts struct{ struck, silent int }

// fails goes through the steps while one operation fails, and reports whether
// there were so many.
func (u *user) fails(t *testing.T, fault error, words string, lasting bool, at int64, n *faultCounts) bool {
	t.Helper()
	var count atomic.Int64
	var where atomic.Value
	story := fmt.Sprintf("operation %d, lasting %t, %v:", at, lasting, fault)
	u.disk.Fail = func(operation, name string) error {
		switch now := count.Add(1); {
		case now < at, now > at && !lasting:
			return nil
		case reads(operation) && !errors.Is(fault, syscall.EIO):
			return nil // a full or read-only disk can be read
		}
		if where.CompareAndSwap(nil, operation+" of "+name) {
			n.struck++
		}
		return fault
	}
	for _, s := range u.steps() {
		if s.name == "repair" {
			fail := u.disk.Fail
			u.disk.Fail = nil
			if err := u.spoil(); err != nil {
				t.Fatal(err)
			}
			u.disk.Fail = fail
		}
		err := s.do()
		if count.Load() < at && err != nil {
			t.Fatalf("%s: %s: %v", story, s.name, err)
		}
		if count.Load() < at {
			continue
		}
		story := fmt.Sprintf("%s %s, %v", story, s.name, where.Load())
		switch {
		case err != nil && where.Load() == nil:
			t.Errorf("%s: nothing failed, and %v", story, err)
		case err != nil:
			u.wantClear(story, err, words, lasting)
		case where.Load() != nil:
			n.silent++
		}
		u.disk.Fail = nil
		if s.name != "repair" {
			u.failed = true
			u.check(story)
			u.failed = false
		}
		if err := s.do(); err != nil {
			t.Errorf("%s; again: %v", story, err)
		}
		u.check(story + "; again")
		u.checkBackup(story)
		u.complete(story)
		return true
	}
	return false
}

// reads reports whether an operation only looks.
func reads(operation string) bool {
	switch operation {
	case "ReadAt", "ReadDir", "Stat", "Size", "Open":
		return true
	}
	return false
}

// wantClear wants an error that names a file, and says in words what is the matter
// with a disk that goes on failing.
func (u *user) wantClear(story string, err error, words string, lasting bool) {
	u.t.Helper()
	text := filepath.ToSlash(err.Error())
	named := strings.Contains(text, onDisk) || strings.Contains(text, backupOnDisk) || strings.Contains(text, "warc/dateline-")
	if !named || lasting && !strings.Contains(text, words) {
		u.t.Errorf("%s: the error does not name the file, or does not say %q: %v", story, words, err)
	}
}

// A disk that refuses a write while the database is made again ends that, to the
// last write: a row that cannot be written is not a damaged one, a file whose
// write-ahead log could not be written back is not whole, and no decision is lost.
func TestFullDiskWhileRepairing(t *testing.T) {
	for at, more := 1, true; more; at += 3 {
		u := newUser(t, 7, 6)
		if err := errors.Join(u.add(0, 6), u.decide(0), u.spoil()); err != nil {
			t.Fatal(err)
		}
		n := 0
		u.disk.Fail = func(operation, name string) error {
			if operation == "WriteAt" && strings.Contains(name, "archive.db.new") {
				if n++; n == at {
					return syscall.ENOSPC
				}
			}
			return nil
		}
		_ = u.repair() // it may end with an error or not need the write
		more = n >= at
		u.disk.Fail = nil
		if err := u.repair(); err != nil {
			t.Fatal(err)
		}
		u.check(fmt.Sprintf("write %d fails", at))
	}
}
