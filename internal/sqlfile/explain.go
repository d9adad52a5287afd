package sqlfile

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	sqlite3 "modernc.org/sqlite/lib"

	"dateline/internal/disk"
)

// explain says what a failure of SQLite asks of the user: "unable to open
// database file" and "attempt to write a readonly database" each stand for a
// missing permission and for a disk that may only be read. It wraps err.
func (f *File) explain(err error) error {
	var system error
	switch code(err) {
	case sqlite3.SQLITE_FULL:
		system = syscall.ENOSPC
	case sqlite3.SQLITE_IOERR:
		system = cmp.Or(f.refusal(), error(syscall.EIO))
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		system = f.refusal()
	}
	if system == nil {
		return err
	}
	return disk.Explain(fmt.Errorf("%w: %w", err, system))
}

// refusal returns what the operating system says when the file, the files
// beside it, or a new one there are opened; nil if it refuses nothing.
func (f *File) refusal() error {
	if err := cmp.Or(f.opens(f.fs.Open), f.opens(f.fs.Append)); err != nil {
		return err
	}
	probe := fmt.Sprintf("%s-writable-%d", f.path, os.Getpid())
	fresh, err := disk.Recreate(f.fs, probe)
	if err != nil {
		return err
	}
	_ = errors.Join(fresh.Close(), f.fs.Remove(probe)) // nothing was written
	return nil
}

// opens returns why the file or one of those beside it cannot be opened. One
// that is not there is none.
func (f *File) opens(open func(name string) (disk.File, error)) error {
	for _, name := range []string{f.path, f.path + "-wal", f.path + "-shm"} {
		file, err := open(name)
		switch {
		case err == nil:
			_ = file.Close() // nothing was written
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	return nil
}
