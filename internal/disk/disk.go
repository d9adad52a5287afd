// Package disk is the thin layer of files under what must never be lost. [OS]
// is the operating system's; package disktest has one that fails as disks do.
//
// disk.go has the layer, files.go what is done with it in several places, and
// lock_unix.go and lock_other.go the lock of a folder by one process.
package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"
)

// An FS is a tree of files. Names are paths as package os takes them.
type FS interface {
	// MkdirAll makes a folder and those above it, unless they are there.
	MkdirAll(dir string) error
	// ReadDir returns the entries of a folder in the order of their names.
	ReadDir(dir string) ([]fs.DirEntry, error)
	// Open opens a file for reading.
	Open(name string) (File, error)
	// Append opens a file that is there for reading and writing.
	Append(name string) (File, error)
	// Create makes a file that is not there yet: else the error is fs.ErrExist.
	Create(name string) (File, error)
	// Stat says what a file or a folder is.
	Stat(name string) (fs.FileInfo, error)
	// Remove removes a file.
	Remove(name string) error
	// Rename gives a file another name, in place of what has that name: at each
	// moment, and after a crash, the one or the other is there.
	Rename(from, to string) error
	// SyncDir returns when the names in a folder are on stable storage.
	SyncDir(dir string) error
	// Lock takes the lock that the named file stands for, and makes the file
	// if need be. It ends with the process, or when it is closed. If another
	// process holds it the error is [ErrLocked].
	Lock(name string) (io.Closer, error)
}

// Same reports whether what Stat told twice is of one file, and not of another
// that has got its name meanwhile. The [fs.FileInfo.Sys] of a file system that is
// not the operating system's is equal for one file only.
func Same(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) || a.Sys() != nil && a.Sys() == b.Sys()
}

// A File is an open file.
type File interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Size() (int64, error)
	Truncate(size int64) error
	// Sync returns when all that was written is on stable storage. After an
	// error what was written since the last Sync may be lost, even if a later
	// Sync succeeds.
	Sync() error
}

// ErrLocked reports that another process holds a lock.
var ErrLocked = errors.New("another process holds the lock")

// OS is the file system of the operating system.
type OS struct{}

// MkdirAll implements [FS].
func (OS) MkdirAll(dir string) error { return os.MkdirAll(dir, 0o755) }

// ReadDir implements [FS].
func (OS) ReadDir(dir string) ([]fs.DirEntry, error) { return os.ReadDir(dir) }

// Open implements [FS].
func (OS) Open(name string) (File, error) { return opened(os.Open(name)) }

// Append implements [FS].
func (OS) Append(name string) (File, error) { return opened(os.OpenFile(name, os.O_RDWR, 0)) }

// Create implements [FS].
func (OS) Create(name string) (File, error) {
	return opened(os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644))
}

// Stat implements [FS].
func (OS) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// Remove implements [FS].
func (OS) Remove(name string) error { return os.Remove(name) }

// Rename implements [FS].
func (OS) Rename(from, to string) error { return os.Rename(from, to) }

// SyncDir implements [FS]. Windows has no such thing; there it does nothing.
func (OS) SyncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func opened(f *os.File, err error) (File, error) {
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

type osFile struct{ *os.File }

func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Explain says in words what a failure of a disk is, for errors that users
// read: a full disk, a missing permission, a disk that may only be read and
// one that is failing ask for different things of them. It wraps err, which it
// returns as it is if it knows no better words.
func Explain(err error) error {
	words := ""
	switch {
	case errors.As(err, new(*explained)):
		return err
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		words = "the disk is full"
	case errors.Is(err, syscall.EROFS):
		words = "the disk is read-only"
	case errors.Is(err, fs.ErrPermission):
		words = "no permission"
	case errors.Is(err, syscall.EIO):
		words = "the disk is failing"
	default:
		return err
	}
	return &explained{words, err}
}

type explained struct {
	words string
	err   error
}

func (e *explained) Error() string { return e.words + ": " + e.err.Error() }
func (e *explained) Unwrap() error { return e.err }
