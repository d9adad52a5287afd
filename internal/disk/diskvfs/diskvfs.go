// Package diskvfs lets SQLite keep its files on any [disk.FS], so that tests can
// give it a disk that loses power, is full, or breaks (package disktest).
//
// It is a VFS of SQLite (sqlite.org/vfs.html) as the one for Unix is in what
// matters for crashes: what it returns for which failure, when it syncs a folder.
// Locks and the shared memory of write-ahead logs are those of one process.
//
//	diskvfs.go   registration; opening, deleting, looking
//	file.go      reading, writing, syncing
//	lock.go      locks and shared memory
package diskvfs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"dateline/internal/disk"
)

// An FS is a tree of files in which SQLite can keep databases. It stands for
// one process: register another one for the process after a crash.
type FS struct {
	disk.FS
	name string

	mu    sync.Mutex
	nodes map[string]*node // of the files that are open
}

// VFS returns the name by which SQLite knows the file system ("vfs=NAME" in the
// address of a database).
func (f *FS) VFS() string { return f.name }

// Register makes fsys known to SQLite, for as long as the process runs.
func Register(fsys disk.FS) (*FS, error) {
	registered.Lock()
	defer registered.Unlock()
	f := &FS{FS: fsys, name: fmt.Sprintf("disk%d", len(registered.list)), nodes: map[string]*node{}}
	tls := libc.NewTLS()
	defer tls.Close()
	name, err := libc.CString(f.name)
	if err != nil {
		return nil, err
	}
	own := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	if own == 0 {
		return nil, errors.New("no memory for a VFS")
	}
	v := at[sqlite3.Tsqlite3_vfs](own)
	*v = *at[sqlite3.Tsqlite3_vfs](sqlite3.Xsqlite3_vfs_find(tls, 0)) // clock, sleep and chance are those of the system
	v.FiVersion, v.FszOsFile, v.FmxPathname, v.FpNext = 2, int32(unsafe.Sizeof(header{})), 1024, 0
	v.FzName, v.FpAppData = name, uintptr(len(registered.list))
	v.FxOpen, v.FxDelete, v.FxAccess, v.FxFullPathname = function(open), function(remove), function(access), function(fullName)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, own, 0); rc != sqlite3.SQLITE_OK {
		return nil, fmt.Errorf("SQLite refuses a VFS: %d", rc)
	}
	registered.list = append(registered.list, f)
	return f, nil
}

// What SQLite points to by number: Go's memory is not to be stored in C's.
var registered struct {
	sync.Mutex
	list  []*FS
	files map[uintptr]*handle
	last  uintptr
}

// A header is what SQLite holds of an open file.
type header struct {
	methods uintptr
	number  uintptr // in registered.files
}

// at returns what stands at an address of C's memory.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// function returns the address by which translated C calls a function.
func function(f any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

func ofVFS(vfs uintptr) *FS {
	registered.Lock()
	defer registered.Unlock()
	return registered.list[at[sqlite3.Tsqlite3_vfs](vfs).FpAppData]
}

func ofFile(file uintptr) *handle {
	registered.Lock()
	defer registered.Unlock()
	return registered.files[at[header](file).number]
}

// methods are those of every open file.
var methods = sync.OnceValue(func() uintptr {
	tls := libc.NewTLS()
	defer tls.Close()
	p := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	*at[sqlite3.Tsqlite3_io_methods](p) = sqlite3.Tsqlite3_io_methods{
		FiVersion: 2,
		FxClose:   function(closeFile), FxRead: function(read), FxWrite: function(write), FxTruncate: function(truncate),
		FxSync: function(syncFile), FxFileSize: function(size), FxLock: function(lock), FxUnlock: function(unlock),
		FxCheckReservedLock: function(reserved), FxFileControl: function(control), FxSectorSize: function(sectorSize),
		FxDeviceCharacteristics: function(characteristics),
		FxShmMap:                function(sharedMap), FxShmLock: function(sharedLock), FxShmBarrier: function(sharedBarrier), FxShmUnmap: function(sharedUnmap),
	}
	return p
})

func open(tls *libc.TLS, vfs, zName, file uintptr, flags int32, outFlags uintptr) int32 {
	*at[header](file) = header{} // without methods SQLite does not close it
	f := ofVFS(vfs)
	h := &handle{fs: f}
	if zName == 0 {
		h.file = new(scratch)
	} else {
		h.name = libc.GoString(zName)
		var err error
		if h.file, flags, err = f.openFile(h, flags); err != nil {
			return sqlite3.SQLITE_CANTOPEN
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if h.node = f.nodes[h.name]; h.node == nil {
		h.node = new(node)
		if h.name != "" {
			f.nodes[h.name] = h.node
		}
	}
	h.node.open++
	registered.Lock()
	defer registered.Unlock()
	if registered.files == nil {
		registered.files = map[uintptr]*handle{}
	}
	registered.last++
	registered.files[registered.last] = h
	*at[header](file) = header{methods(), registered.last}
	if outFlags != 0 {
		*at[int32](outFlags) = flags
	}
	return sqlite3.SQLITE_OK
}

// openFile opens a file for writing if it may be written, else for reading.
func (f *FS) openFile(h *handle, flags int32) (disk.File, int32, error) {
	h.temporary = flags&sqlite3.SQLITE_OPEN_DELETEONCLOSE != 0
	if flags&sqlite3.SQLITE_OPEN_READWRITE != 0 {
		const logs = sqlite3.SQLITE_OPEN_MAIN_JOURNAL | sqlite3.SQLITE_OPEN_SUPER_JOURNAL | sqlite3.SQLITE_OPEN_WAL
		create := flags&sqlite3.SQLITE_OPEN_CREATE != 0
		h.unlisted = create && flags&logs != 0
		file, err := f.Append(h.name)
		if errors.Is(err, fs.ErrNotExist) && create {
			file, err = f.Create(h.name)
		}
		if err == nil {
			return file, flags, nil
		}
		flags = flags&^(sqlite3.SQLITE_OPEN_READWRITE|sqlite3.SQLITE_OPEN_CREATE) | sqlite3.SQLITE_OPEN_READONLY
	}
	file, err := f.Open(h.name)
	return file, flags, err
}

func remove(tls *libc.TLS, vfs, zName uintptr, syncDir int32) int32 {
	f, name := ofVFS(vfs), libc.GoString(zName)
	err := f.Remove(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return sqlite3.SQLITE_IOERR_DELETE_NOENT
	case err != nil:
		return sqlite3.SQLITE_IOERR_DELETE
	}
	if syncDir != 0 && f.SyncDir(path.Dir(filepath.ToSlash(name))) != nil {
		return sqlite3.SQLITE_IOERR_DIR_FSYNC
	}
	return sqlite3.SQLITE_OK
}

func access(tls *libc.TLS, vfs, zName uintptr, flags int32, result uintptr) int32 {
	f, name := ofVFS(vfs), libc.GoString(zName)
	*at[int32](result) = 0
	info, err := f.Stat(name)
	if err != nil {
		return sqlite3.SQLITE_OK
	}
	if flags == sqlite3.SQLITE_ACCESS_EXISTS {
		if info.IsDir() || info.Size() > 0 { // an empty log is none
			*at[int32](result) = 1
		}
		return sqlite3.SQLITE_OK
	}
	if file, err := f.Append(name); err == nil {
		_ = file.Close() // nothing was written
		*at[int32](result) = 1
	}
	return sqlite3.SQLITE_OK
}

func fullName(tls *libc.TLS, vfs, zName uintptr, n int32, out uintptr) int32 {
	name := libc.GoString(zName)
	if int32(len(name)) >= n {
		return sqlite3.SQLITE_CANTOPEN
	}
	b := unsafe.Slice(at[byte](out), n)
	b[copy(b, name)] = 0
	return sqlite3.SQLITE_OK
}
