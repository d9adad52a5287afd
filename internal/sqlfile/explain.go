package sqlfile

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
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
	if err := cmp.Or(f.opens(os.O_RDONLY), f.opens(os.O_RDWR)); err != nil {
		return err
	}
	fresh, err := os.CreateTemp(filepath.Dir(f.path), "writable-*")
	if err != nil {
		return err
	}
	fresh.Close()
	os.Remove(fresh.Name())
	return nil
}

// opens returns why the file or one of those beside it cannot be opened. One
// that is not there is none.
func (f *File) opens(flag int) error {
	for _, name := range []string{f.path, f.path + "-wal", f.path + "-shm"} {
		file, err := os.OpenFile(name, flag, 0)
		switch {
		case err == nil:
			file.Close()
		case !os.IsNotExist(err):
			return err
		}
	}
	return nil
}
