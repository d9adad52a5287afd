// Package sqlite keeps an archive in one SQLite file: the three logs, the
// cursors, and the index that answers queries.
//
// A log is one table (seq, key, rec JSON). Everything else is an index over
// the logs and may be dropped and built again.
//
// One process writes at a time, many may read. Writes are on stable storage
// when the call that made them returns nil.
package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	driver "modernc.org/sqlite" // registers itself as "sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Options say how to open an archive. The zero Options open it for reading
// and writing, and make it if it does not exist.
type Options struct {
	ReadOnly bool  // never write; the archive must exist, another process may be writing it
	WALLimit int64 // bytes of the write-ahead log at which it is emptied after a write; 0 means 400 MiB
}

// ErrReadOnly reports an attempt to write to an archive opened with
// Options.ReadOnly.
var ErrReadOnly = errors.New("the archive is open for reading only")

// A DB is an open archive. Its methods may be called from many goroutines.
type DB struct {
	path     string
	walLimit int64
	r        *sql.DB // many connections that only read
	w        *sql.DB // the one connection that writes; nil if read-only

	mu      sync.Mutex // guards what follows
	walTrim int64      // size of the write-ahead log from which it is emptied next
	cols    *columns   // what facets count over; nil until first needed
}

// Open opens the archive in the file path.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	limit := cmp.Or(o.WALLimit, 400<<20)
	for wait := 10 * time.Millisecond; ; wait *= 2 {
		db := &DB{path: abs, walLimit: limit, walTrim: limit}
		err := db.open(ctx, o)
		if err == nil {
			return db, nil
		}
		db.Close()
		if !busy(err) || wait > longestWait || pause(ctx, wait) != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
}

// longestWait is the last time that Open waits for another process which is
// making the archive; all waits together are twice as long. SQLite's own
// waiting (busy_timeout) does not cover the change to a write-ahead log.
const longestWait = 5 * time.Second

// busy reports whether another process holds the archive.
func busy(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// pause waits, or returns the error of ctx once that is done.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func (db *DB) open(ctx context.Context, o Options) error {
	fi, err := os.Stat(db.path)
	switch {
	case err != nil && o.ReadOnly:
		return errors.Unwrap(err) // without the path, which the caller adds
	case err == nil && fi.Size() > 0: // look before touching what may belong to another program
		if err := db.openReaders(); err != nil {
			return err
		}
		if version, err := readVersion(ctx, db.r); err != nil || version > len(migrations) {
			return cmp.Or(err, checkVersion(ctx, db.r))
		}
	}
	if !o.ReadOnly {
		if db.w, err = sql.Open("sqlite", dsn(db.path, writePragmas, "&_journal_mode=WAL&_txlock=immediate")); err != nil {
			return err
		}
		db.w.SetMaxOpenConns(1)
		if err := migrate(ctx, db.w); err != nil {
			return err
		}
	}
	if err := db.openReaders(); err != nil {
		return err
	}
	return checkVersion(ctx, db.r)
}

func (db *DB) openReaders() (err error) {
	if db.r != nil {
		return nil
	}
	if db.r, err = sql.Open("sqlite", dsn(db.path, readPragmas, "&mode=ro")); err != nil {
		return err
	}
	readers := max(4, runtime.GOMAXPROCS(0))
	db.r.SetMaxOpenConns(readers)
	db.r.SetMaxIdleConns(readers)
	return nil
}

// Pragmas of the connection that writes. The page size counts only for a new
// file, and must come before the journal mode: the driver runs _pragma
// parameters in the order of the alphabet and _journal_mode after them.
// Most records have 4 to 8 kB, so pages of 8 kB would be half empty.
var writePragmas = []string{
	"busy_timeout(10000)",
	"page_size(4096)",
	"synchronous(FULL)",
	"cache_size(-256000)",
	"temp_store(MEMORY)",
	"wal_autocheckpoint(40000)",
}

var readPragmas = []string{
	"busy_timeout(10000)",
	"query_only(1)",
	"cache_size(-64000)",
	"temp_store(MEMORY)",
}

func dsn(path string, pragmas []string, more string) string {
	v := url.Values{"_pragma": pragmas}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: v.Encode() + more}
	return u.String()
}

// Close closes the archive. It waits for calls that are under way.
func (db *DB) Close() error {
	var errs []error
	if db.r != nil {
		errs = append(errs, db.r.Close())
	}
	if db.w != nil { // last, so that it is the one that writes the log back
		errs = append(errs, db.w.Close())
	}
	return errors.Join(errs...)
}

// write runs fn in a transaction, all or nothing, and returns once it is on
// stable storage.
func (db *DB) write(ctx context.Context, fn func(tx *sql.Tx) error) error {
	if db.w == nil {
		return ErrReadOnly
	}
	tx, err := db.w.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return db.trimWAL(ctx)
}
