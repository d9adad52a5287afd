package diskvfs

import (
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
	"syscall"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"dateline/internal/disk"
)

// A handle is one opening of a file.
type handle struct {
	fs        *FS
	name      string // "" of a file without a name
	file      disk.File
	node      *node
	level     int32 // of the lock that it holds
	shared    uint8 // slots of the shared memory that it has locked with others
	exclusive uint8 // and alone
	mapped    bool  // it uses the shared memory
	unlisted  bool  // the first Sync puts its name on stable storage, too
	temporary bool  // it is removed when it is closed
}

func closeFile(tls *libc.TLS, file uintptr) int32 {
	h := ofFile(file)
	h.fs.mu.Lock()
	h.unlock(sqlite3.SQLITE_LOCK_NONE)
	h.leaveShared(tls)
	if h.node.open--; h.node.open == 0 {
		delete(h.fs.nodes, h.name)
	}
	h.fs.mu.Unlock()
	registered.Lock()
	delete(registered.files, at[header](file).number)
	registered.Unlock()
	_ = h.file.Close() // what was synced is kept, and SQLite asks for no more
	if h.temporary && h.name != "" {
		_ = h.fs.Remove(h.name)
	}
	return sqlite3.SQLITE_OK
}

func read(tls *libc.TLS, file, buf uintptr, n int32, offset int64) int32 {
	b := unsafe.Slice(at[byte](buf), n)
	got, err := ofFile(file).file.ReadAt(b, offset)
	switch {
	case got == len(b):
		return sqlite3.SQLITE_OK
	case err == nil, errors.Is(err, io.EOF):
		clear(b[got:])
		return sqlite3.SQLITE_IOERR_SHORT_READ
	}
	return sqlite3.SQLITE_IOERR_READ
}

func write(tls *libc.TLS, file, buf uintptr, n int32, offset int64) int32 {
	_, err := ofFile(file).file.WriteAt(unsafe.Slice(at[byte](buf), n), offset)
	switch {
	case err == nil:
		return sqlite3.SQLITE_OK
	case errors.Is(err, syscall.ENOSPC):
		return sqlite3.SQLITE_FULL
	}
	return sqlite3.SQLITE_IOERR_WRITE
}

func truncate(tls *libc.TLS, file uintptr, size int64) int32 {
	if ofFile(file).file.Truncate(size) != nil {
		return sqlite3.SQLITE_IOERR_TRUNCATE
	}
	return sqlite3.SQLITE_OK
}

func syncFile(tls *libc.TLS, file uintptr, flags int32) int32 {
	h := ofFile(file)
	if h.file.Sync() != nil {
		return sqlite3.SQLITE_IOERR_FSYNC
	}
	if h.unlisted {
		if h.fs.SyncDir(path.Dir(filepath.ToSlash(h.name))) != nil {
			return sqlite3.SQLITE_IOERR_DIR_FSYNC
		}
		h.unlisted = false
	}
	return sqlite3.SQLITE_OK
}

func size(tls *libc.TLS, file, result uintptr) int32 {
	n, err := ofFile(file).file.Size()
	if err != nil {
		return sqlite3.SQLITE_IOERR_FSTAT
	}
	*at[int64](result) = n
	return sqlite3.SQLITE_OK
}

func control(tls *libc.TLS, file uintptr, op int32, arg uintptr) int32 {
	return sqlite3.SQLITE_NOTFOUND
}

func sectorSize(tls *libc.TLS, file uintptr) int32 { return 4096 }

// A write that is cut short changes no bytes beside those that it was to write,
// as SQLite takes for granted of every disk.
func characteristics(tls *libc.TLS, file uintptr) int32 {
	return sqlite3.SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

// A scratch is a file without a name, which nobody finds after a crash.
type scratch struct{ b []byte }

func (s *scratch) ReadAt(p []byte, offset int64) (int, error) {
	if offset >= int64(len(s.b)) {
		return 0, io.EOF
	}
	n := copy(p, s.b[offset:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (s *scratch) WriteAt(p []byte, offset int64) (int, error) {
	if more := int(offset) + len(p) - len(s.b); more > 0 {
		s.b = append(s.b, make([]byte, more)...)
	}
	return copy(s.b[offset:], p), nil
}

func (s *scratch) Truncate(size int64) error {
	s.b = slices.Grow(s.b, max(0, int(size)-len(s.b)))[:size]
	return nil
}

func (s *scratch) Size() (int64, error) { return int64(len(s.b)), nil }
func (s *scratch) Sync() error          { return nil }
func (s *scratch) Close() error         { return nil }
