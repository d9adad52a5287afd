// Package disktest is a file system in memory that fails as disks do: it
// forgets what was not synced when the power fails, in any order and torn; it
// is full; it refuses; it breaks in the middle of a write.
package disktest

import (
	"io"
	"io/fs"
	"math/rand/v2"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing/fstest"

	"dateline/internal/disk"
)

// A Disk implements [disk.FS]. Its folders need not be made before files.
type Disk struct {
	// Fail is asked before each operation and may make it fail. Operations
	// are called as the methods of [disk.FS] and [disk.File]. A write that
	// fails has written some of its bytes. May be nil.
	Fail func(operation, name string) error
	// Room is how many bytes may still be written; negative means any number.
	Room int64

	mu     sync.Mutex
	r      *rand.Rand
	files  map[string]*node
	listed map[string]bool // files whose name is on stable storage
	locked map[string]bool
	starts int // of the process: open files of an earlier one are dead
}

// A node is a file as it was written, and as it is on stable storage. Sectors
// that a failed Sync has given up are in neither: they are read as written,
// and no later Sync writes them.
type node struct {
	now, kept []byte
	lost      map[int]bool
}

// sector is how many bytes a disk writes at once.
const sector = 512

// New returns an empty disk with room for anything.
func New(r *rand.Rand) *Disk {
	return &Disk{Room: -1, r: r, files: map[string]*node{}, listed: map[string]bool{}, locked: map[string]bool{}}
}

// Kill ends the process that uses the disk: its files are closed, its locks
// given back. What was written stays.
func (d *Disk) Kill() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.starts++
	clear(d.locked)
}

// LosePower ends the process, and takes from each file what is not on stable
// storage: of its size, of its sectors and of its name each may have got there
// or not, a sector perhaps in part.
func (d *Disk) LosePower() {
	d.Kill()
	d.mu.Lock()
	defer d.mu.Unlock()
	names := make([]string, 0, len(d.files))
	for name := range d.files {
		names = append(names, name)
	}
	slices.Sort(names) // so that one seed gives one story
	for _, name := range names {
		if !d.listed[name] && d.r.IntN(2) == 0 {
			delete(d.files, name)
			continue
		}
		n := d.files[name]
		n.now = d.survives(n)
		n.kept, n.lost, d.listed[name] = slices.Clone(n.now), nil, true
	}
}

// survives returns what is found of a file after the power failed.
func (d *Disk) survives(n *node) []byte {
	size := len(n.kept)
	if d.r.IntN(2) == 0 {
		size = len(n.now)
	}
	b := make([]byte, size) // what was never written reads as zeros
	copy(b, n.kept)
	for at := 0; at < size; at += sector {
		if at >= len(n.now) || n.lost[at/sector] || d.r.IntN(2) == 0 {
			continue
		}
		end := min(at+sector, len(n.now), size)
		if d.r.IntN(8) == 0 {
			end = at + d.r.IntN(end-at)
		}
		copy(b[at:end], n.now[at:end])
	}
	return b
}

// Dir returns the files of a folder as they are now.
func (d *Disk) Dir(dir string) fs.FS {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := fstest.MapFS{}
	for name, n := range d.files {
		if path.Dir(name) == clean(dir) {
			m[path.Base(name)] = &fstest.MapFile{Data: slices.Clone(n.now), Mode: 0o644}
		}
	}
	return m
}

// Change gives what a file holds to fn, which may change bytes in place, on
// stable storage too.
func (d *Disk) Change(name string, fn func([]byte)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.files[clean(name)]
	fn(n.now)
	n.kept, n.lost = slices.Clone(n.now), nil
}

func clean(name string) string { return path.Clean(filepath.ToSlash(name)) }

func (d *Disk) ask(operation, name string) error {
	if d.Fail != nil {
		if err := d.Fail(operation, name); err != nil {
			return &fs.PathError{Op: strings.ToLower(operation), Path: name, Err: err}
		}
	}
	return nil
}

// MkdirAll implements [disk.FS].
func (d *Disk) MkdirAll(dir string) error { return d.ask("MkdirAll", dir) }

// ReadDir implements [disk.FS].
func (d *Disk) ReadDir(dir string) ([]fs.DirEntry, error) {
	if err := d.ask("ReadDir", dir); err != nil {
		return nil, err
	}
	return fs.ReadDir(d.Dir(dir), ".")
}

// Open implements [disk.FS].
func (d *Disk) Open(name string) (disk.File, error) { return d.open("Open", name) }

// Append implements [disk.FS].
func (d *Disk) Append(name string) (disk.File, error) { return d.open("Append", name) }

func (d *Disk) open(operation, name string) (disk.File, error) {
	if err := d.ask(operation, name); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.files[clean(name)]
	if n == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &file{d, name, n, d.starts}, nil
}

// Create implements [disk.FS].
func (d *Disk) Create(name string) (disk.File, error) {
	if err := d.ask("Create", name); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.files[clean(name)] != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	}
	n := new(node)
	d.files[clean(name)] = n
	return &file{d, name, n, d.starts}, nil
}

// SyncDir implements [disk.FS].
func (d *Disk) SyncDir(dir string) error {
	if err := d.ask("SyncDir", dir); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for name := range d.files {
		if path.Dir(name) == clean(dir) {
			d.listed[name] = true
		}
	}
	return nil
}

// Lock implements [disk.FS].
func (d *Disk) Lock(name string) (io.Closer, error) {
	if err := d.ask("Lock", name); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.locked[name] {
		return nil, disk.ErrLocked
	}
	d.locked[name] = true
	return lock{d, name, d.starts}, nil
}

type lock struct {
	d     *Disk
	name  string
	start int
}

func (l lock) Close() error {
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	if l.start == l.d.starts {
		delete(l.d.locked, l.name)
	}
	return nil
}

// A file is one opening of a node.
type file struct {
	d     *Disk
	name  string
	n     *node
	start int
}

// begin asks whether an operation may be done. The disk is locked when it
// returns nil.
func (f *file) begin(operation string) error {
	if err := f.d.ask(operation, f.name); err != nil {
		return err
	}
	f.d.mu.Lock()
	if f.start != f.d.starts {
		f.d.mu.Unlock()
		return &fs.PathError{Op: operation, Path: f.name, Err: fs.ErrClosed}
	}
	return nil
}

func (f *file) ReadAt(p []byte, offset int64) (int, error) {
	if err := f.begin("ReadAt"); err != nil {
		return 0, err
	}
	defer f.d.mu.Unlock()
	if offset >= int64(len(f.n.now)) {
		return 0, io.EOF
	}
	n := copy(p, f.n.now[offset:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (f *file) WriteAt(p []byte, offset int64) (int, error) {
	refused := f.d.ask("WriteAt", f.name)
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.start != f.d.starts {
		return 0, &fs.PathError{Op: "write", Path: f.name, Err: fs.ErrClosed}
	}
	n := len(p)
	err := refused
	if refused != nil {
		n = f.d.r.IntN(len(p) + 1)
	}
	if more := offset + int64(n) - int64(len(f.n.now)); f.d.Room >= 0 && more > f.d.Room {
		n -= int(min(more-f.d.Room, int64(n)))
		err = &fs.PathError{Op: "write", Path: f.name, Err: syscall.ENOSPC}
	}
	f.resize(max(int64(len(f.n.now)), offset+int64(n)))
	copy(f.n.now[offset:], p[:n])
	f.touch(offset, offset+int64(n))
	return n, err
}

// touch says that bytes were written, whatever became of earlier ones there.
func (f *file) touch(from, to int64) {
	for at := from / sector; at*sector < to; at++ {
		delete(f.n.lost, int(at))
	}
}

// resize changes the size and the room that is left.
func (f *file) resize(size int64) {
	if f.d.Room >= 0 {
		f.d.Room -= size - int64(len(f.n.now))
	}
	if size <= int64(len(f.n.now)) {
		f.n.now = slices.Clone(f.n.now[:size])
		return
	}
	f.n.now = append(f.n.now, make([]byte, size-int64(len(f.n.now)))...)
}

func (f *file) Truncate(size int64) error {
	if err := f.begin("Truncate"); err != nil {
		return err
	}
	defer f.d.mu.Unlock()
	f.resize(size)
	return nil
}

func (f *file) Size() (int64, error) {
	if err := f.begin("Size"); err != nil {
		return 0, err
	}
	defer f.d.mu.Unlock()
	return int64(len(f.n.now)), nil
}

func (f *file) Sync() error {
	refused := f.d.ask("Sync", f.name)
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	if f.start != f.d.starts {
		return &fs.PathError{Op: "sync", Path: f.name, Err: fs.ErrClosed}
	}
	n := f.n
	if refused != nil { // the system thinks no more of what it could not write
		if n.lost == nil {
			n.lost = map[int]bool{}
		}
		for at := 0; at < len(n.now); at += sector {
			end := min(at+sector, len(n.now))
			if end > len(n.kept) || string(n.now[at:end]) != string(n.kept[at:end]) {
				n.lost[at/sector] = true
			}
		}
		return refused
	}
	kept := make([]byte, len(n.now))
	copy(kept, n.kept)
	for at := 0; at < len(n.now); at += sector {
		if end := min(at+sector, len(n.now)); !n.lost[at/sector] {
			copy(kept[at:end], n.now[at:end])
		}
	}
	n.kept = kept
	return nil
}

func (f *file) Close() error {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	return nil
}
