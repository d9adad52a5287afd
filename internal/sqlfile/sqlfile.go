// Package sqlfile opens SQLite files as the parts of an archive need them: one
// connection that writes, many that only read, a write-ahead log that is kept
// small, and a version in the file that says which tables it has.
//
//	sqlfile.go   opening, waiting for other processes, closing
//	write.go     transactions, the write-ahead log, sizes
//	copy.go      a write-ahead log where nothing can be written
//	restore.go   the pages of another file copied over those of an open one
//	place.go     a file that is deleted or replaced while it is open
//	driver.go    every failure of the disk names the file
//	explain.go   what a failure asks of the user
//	check.go     what is wrong with the structure of a file
//	sums.go      checksums of the pages of a file that nobody writes to
//	version.go   whose file it is and of which version; migrations
package sqlfile

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

	"dateline/internal/disk"
)

// Options say how to open a file. The zero Options open it for reading and
// writing, and make it if it does not exist.
type Options struct {
	ReadOnly  bool  // never write; the file must exist, another process may be writing it
	Exclusive bool  // no other process may open it meanwhile
	WALLimit  int64 // bytes of the write-ahead log at which it is emptied after a write; 0 means 400 MiB
	// FS is where the file is; nil means the file system of the operating
	// system. Any other has a method VFS, which returns the name by which SQLite
	// knows it, as that of package diskvfs.
	FS disk.FS
	// Migrating is told that a file of an older version is about to be brought
	// to the present one; nil tells nobody.
	Migrating func(from, to int)
	// Replaced is asked whether another file of the same format that has taken
	// the place of the one that was opened can be read in its stead; nil takes any.
	Replaced func(context.Context, Queryer) error
}

// ErrReadOnly reports an attempt to write to a file opened with
// Options.ReadOnly.
var ErrReadOnly = errors.New("the archive is open for reading only")

// A File is an open SQLite file. Its methods may be called from many
// goroutines.
type File struct {
	// Read has connections that only read, and that see what is committed.
	Read *sql.DB

	path     string
	fs       disk.FS
	format   Format
	walLimit int64
	write    *sql.DB                              // the one connection that writes; nil if read-only
	readDSN  string                               // what Read is opened by, without pragmas
	reads    *place                               // where Read finds its file
	writes   *place                               // where write finds it
	replaced func(context.Context, Queryer) error // see Options
	copied   string                               // the folder of the copy that is read in place of the file; "" if none is

	mu      sync.Mutex // guards walTrim
	walTrim int64      // size of the write-ahead log from which it is emptied next
}

// Open opens the file path, which has or gets the format f. A file of another kind is
// [ErrForeign], one whose version does not fit is a [*VersionError] or
// [ErrMisnumbered].
func Open(ctx context.Context, path string, f Format, o Options) (*File, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	limit := cmp.Or(o.WALLimit, walBytes)
	begun := time.Now()
	for wait := firstWait; ; wait *= 2 {
		file := &File{path: abs, fs: o.FS, format: f, walLimit: limit, walTrim: limit, replaced: o.Replaced}
		file.writes = &place{fs: o.FS, path: abs, replaced: func(context.Context) error { return ErrReplaced }}
		err := file.open(ctx, o)
		if err == nil {
			file.settle()
			return file, nil
		}
		file.Close()
		if !Busy(err) && !errors.Is(err, errChanged) || time.Since(begun) > longestWait || pause(ctx, wait) != nil {
			if !errors.As(err, new(*fileError)) {
				err = fmt.Errorf("%s: %w", path, disk.Explain(err))
			}
			return nil, err
		}
	}
}

// walBytes is the size of a write-ahead log at which it is emptied where none is
// given: two and a half times that at which SQLite writes it back by itself
// (wal_autocheckpoint), so that this is left to do only where readers overlap.
const walBytes = 400 << 20

// firstWait is how long Open waits before it tries again, at first.
const firstWait = 10 * time.Millisecond

// longestWait is how long after its beginning Open tries again while another
// process makes the file: SQLite's own waiting (busy_timeout) does not cover the
// change to a write-ahead log. What holds a lock for longer than busy_timeout is
// told after that.
const longestWait = 8 * time.Second

// Busy reports whether err says that another process holds the file.
func Busy(err error) bool { return code(err) == sqlite3.SQLITE_BUSY }

// ErrOrder reports rows that do not come in the order that was asked for: pages
// of the file are broken, and a caller that reads on behind the last row might
// never come to an end.
var ErrOrder = errors.New("its rows do not stand in their order: the file is damaged")

// Damaged reports whether err says that a file is no SQLite database, or one
// whose pages are broken.
func Damaged(err error) bool {
	return errors.Is(err, ErrOrder) || code(err) == sqlite3.SQLITE_NOTADB || code(err) == sqlite3.SQLITE_CORRUPT
}

// Unfit reports whether err says that the tables of a file are not those that
// its version has.
func Unfit(err error) bool { return code(err) == sqlite3.SQLITE_ERROR }

// Conflicting reports whether err says that a row does not go with those that
// are there: its key is there already.
func Conflicting(err error) bool { return code(err) == sqlite3.SQLITE_CONSTRAINT }

// code returns the primary result code of an error of SQLite, 0 of any other.
func code(err error) int {
	var e *driver.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
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

func (f *File) open(ctx context.Context, o Options) error {
	fi, err := f.fs.Stat(f.path)
	switch {
	case err != nil && o.ReadOnly:
		return errors.Unwrap(err) // without the path, which the caller adds
	case err == nil && fi.Size() > 0 && !o.Exclusive: // look before touching what may belong to another program
		if !o.ReadOnly {
			if err := f.rollBack(ctx); err != nil {
				return f.format.foreign(err)
			}
		}
		if err := f.openReaders(ctx); err != nil {
			return err
		}
		if version, err := f.format.read(ctx, f.Read); err != nil || version > f.format.Version() {
			return cmp.Or(err, f.format.check(ctx, f.Read))
		}
	}
	if !o.ReadOnly {
		if err := f.openWriter(ctx, o); err != nil {
			return err
		}
	}
	if o.Exclusive { // other connections, even of this process, would wait for ever
		f.Read = f.write
	}
	if err := f.openReaders(ctx); err != nil {
		return err
	}
	return f.format.check(ctx, f.Read)
}

// settle makes the files that are there those that were opened.
func (f *File) settle() {
	f.writes.settle()
	if f.reads != nil { // an exclusive file has one connection
		f.reads.settle()
	}
}

// asGood reports a file that has taken the place of the one that was opened, and
// that cannot be read in its stead.
func (f *File) asGood(ctx context.Context) error {
	other, err := Open(ctx, f.path, f.format, Options{ReadOnly: true, FS: f.fs})
	if err != nil {
		return err
	}
	if f.replaced != nil {
		err = f.replaced(ctx, other.Read)
	}
	return errors.Join(err, other.Close())
}

// rollBack takes back a transaction that a killed process, or a loss of power,
// has left half done in a file that is not yet in WAL mode, as SQLite does when
// it may write. Nothing else is changed, whosever file it is.
func (f *File) rollBack(ctx context.Context) error {
	size, err := disk.Size(f.fs, f.path+"-journal")
	if err != nil || size == 0 {
		return err
	}
	db, err := f.database(DSN(f.fs, f.path, scratchPragmas, "&mode=rw"), f.writes)
	if err != nil {
		return err
	}
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(new(int))
	return errors.Join(err, db.Close())
}

func (f *File) openWriter(ctx context.Context, o Options) (err error) {
	pragmas := writePragmas
	if o.Exclusive {
		pragmas = append([]string{"locking_mode(EXCLUSIVE)"}, pragmas...)
	}
	if f.write, err = f.database(DSN(f.fs, f.path, pragmas, "&_journal_mode=WAL&_txlock=immediate"), f.writes); err != nil {
		return err
	}
	f.write.SetMaxOpenConns(1)
	return f.format.migrate(ctx, f.write, func(from, to int) error {
		if o.Migrating != nil && from > 0 {
			o.Migrating(from, to)
		}
		return f.forgetSums()
	})
}

// openReaders opens the connections that only read. Where SQLite can read
// nothing since it may not put its own files beside a file in a folder that
// cannot be written to, it is told that nobody changes the file, or reads a
// copy if there is a write-ahead log.
func (f *File) openReaders(ctx context.Context) error {
	if f.Read != nil {
		return nil
	}
	read, err := f.openRead(ctx, f.fs, f.path, "&mode=ro")
	if c := code(err); c == sqlite3.SQLITE_CANTOPEN || c == sqlite3.SQLITE_READONLY {
		journal, journalErr := disk.Size(f.fs, f.path+"-journal")
		switch size, walErr := disk.Size(f.fs, f.path+"-wal"); {
		case journalErr == nil && journal > 0 && c == sqlite3.SQLITE_READONLY:
			// Only the making of the file has such a journal: it never came to its end.
			return &VersionError{f.format, 0, f.format.Version()}
		case walErr != nil || f.opens(f.fs.Open) != nil: // explain says why
		case size == 0:
			read, err = f.openRead(ctx, f.fs, f.path, "&mode=ro&immutable=1")
		default:
			read, err = f.openCopy(ctx)
		}
	}
	if err != nil {
		return f.format.foreign(err)
	}
	f.Read = read
	return nil
}

func (f *File) openRead(ctx context.Context, fsys disk.FS, path, more string) (*sql.DB, error) {
	f.reads = &place{fs: fsys, path: path, replaced: f.asGood}
	db, err := f.database(DSN(fsys, path, readPragmas, more), f.reads)
	if err != nil {
		return nil, err
	}
	f.readDSN = DSN(fsys, path, scratchPragmas, more)
	readers := max(leastReaders, runtime.GOMAXPROCS(0))
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(new(int)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// BusyTimeout is the pragma by which SQLite waits for locks of other processes: ten
// seconds, as long as somebody waits for a page.
const BusyTimeout = "busy_timeout(10000)"

// leastReaders is how many connections may read at a time on the smallest machine:
// one that waits for the disk leaves the others working.
const leastReaders = 4

// Pragmas of the connection that writes. The page size counts only for a new
// file, and must come before the journal mode: the driver runs _pragma
// parameters in the order of the alphabet and _journal_mode after them.
// Most records have 4 to 8 kB, so pages of 8 kB would be half empty.
var writePragmas = []string{
	BusyTimeout,
	"page_size(4096)",
	"synchronous(FULL)",
	"cache_size(-256000)",
	"temp_store(MEMORY)",
	"wal_autocheckpoint(40000)",
}

var readPragmas = []string{
	BusyTimeout,
	"query_only(1)",
	"cache_size(-64000)",
	"temp_store(MEMORY)",
}

// Pragmas of a connection that reads and has temporary tables.
var scratchPragmas = []string{BusyTimeout, "temp_store(MEMORY)"}

// Scratch calls fn with a connection of its own. It cannot change the file, but it
// can make temporary tables, which end with it.
func (f *File) Scratch(ctx context.Context, fn func(*sql.Conn) error) error {
	db, err := f.database(f.readDSN, f.reads)
	if err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		err = errors.Join(fn(conn), conn.Close())
	}
	return errors.Join(err, db.Close())
}

// Companions are the names of the files that SQLite and this package keep beside the one
// at path: they go with it.
func Companions(path string) []string {
	return []string{path + "-wal", path + "-shm", path + "-journal", path + sumsSuffix}
}

// DSN returns the address by which the SQLite file at path, which is absolute,
// is opened: more begins with "&" and has the parameters besides pragmas.
func DSN(fsys disk.FS, path string, pragmas []string, more string) string {
	v := url.Values{"_pragma": pragmas}
	if f, ok := fsys.(interface{ VFS() string }); ok {
		v.Set("vfs", f.VFS())
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: v.Encode() + more}
	return u.String()
}

// Close closes the file. It waits for calls that are under way.
func (f *File) Close() error {
	var errs []error
	if f.Read != nil && f.Read != f.write {
		errs = append(errs, f.Read.Close())
	}
	if f.write != nil { // last, so that it is the one that writes the log back
		if f.Read != nil && f.Read != f.write {
			f.keepSums(context.Background())
		}
		errs = append(errs, f.write.Close())
	}
	if f.copied != "" {
		errs = append(errs, os.RemoveAll(f.copied))
	}
	return errors.Join(errs...)
}
