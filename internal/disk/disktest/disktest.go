// Package disktest is a file system in memory that fails as disks do: it
// forgets what was not synced when the power fails, in any order and torn; it
// is full; it refuses; it breaks in the middle of a write.
package disktest

import (
	"cmp"
	"io"
	"io/fs"
	"iter"
	"maps"
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
	kept   map[string]*node // by the names that are on stable storage
	moves  []move           // changes of names that are not
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

// A move is a change of names: a file is made (from is ""), renamed, or removed
// (to is "").
type move struct {
	from, to string
	n        *node
}

// do carries out the change in a table of names and what they stand for.
func (m move) do(names map[string]*node) {
	if m.from != "" && names[m.from] == m.n {
		delete(names, m.from)
	}
	if m.to != "" {
		names[m.to] = m.n
	}
}

// sector is how many bytes a disk writes at once.
const sector = 512

// New returns an empty disk with room for anything.
func New(r *rand.Rand) *Disk {
	return &Disk{Room: -1, r: r, files: map[string]*node{}, kept: map[string]*node{}, locked: map[string]bool{}}
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
// or not, a sector perhaps in part. Changes of names get there in any order,
// those of one name in the order in which they were made.
func (d *Disk) LosePower() {
	d.Kill()
	d.mu.Lock()
	defer d.mu.Unlock()
	undone := map[string]bool{}
	for _, m := range d.moves {
		if undone[m.from] || undone[m.to] || d.r.IntN(2) == 0 {
			undone[m.from], undone[m.to] = m.from != "", m.to != ""
			continue
		}
		m.do(d.kept)
	}
	d.moves = nil
	d.files = maps.Clone(d.kept)
	done := map[*node]bool{}
	for _, name := range slices.Sorted(maps.Keys(d.files)) { // so that one seed gives one story
		if n := d.files[name]; !done[n] {
			n.now = d.survives(n)
			n.kept, n.lost, done[n] = slices.Clone(n.now), nil, true
		}
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

// Dir returns the files of a folder, and of those in it, as they are now.
func (d *Disk) Dir(dir string) fs.FS {
	d.mu.Lock()
	defer d.mu.Unlock()
	m := d.below(dir)
	for _, f := range m {
		f.Data = slices.Clone(f.Data)
	}
	return m
}

// Files yields the names of all files in a folder and below it.
func (d *Disk) Files(dir string) iter.Seq[string] {
	d.mu.Lock()
	defer d.mu.Unlock()
	var names []string
	for name := range d.below(dir) {
		names = append(names, path.Join(clean(dir), name))
	}
	slices.Sort(names)
	return slices.Values(names)
}

// below returns the files of a folder, and of those in it, whose bytes may
// change as soon as the disk is unlocked.
func (d *Disk) below(dir string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, n := range d.files {
		if name, ok := strings.CutPrefix(name, strings.TrimSuffix(clean(dir), "/")+"/"); ok {
			m[name] = &fstest.MapFile{Data: n.now, Mode: 0o644, Sys: n}
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
	d.mu.Lock()
	defer d.mu.Unlock()
	return fs.ReadDir(d.below(dir), ".")
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
	d.move(move{to: clean(name), n: n})
	return &file{d, name, n, d.starts}, nil
}

// SyncDir implements [disk.FS].
func (d *Disk) SyncDir(dir string) error {
	if err := d.ask("SyncDir", dir); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.moves = slices.DeleteFunc(d.moves, func(m move) bool {
		here := path.Dir(cmp.Or(m.to, m.from)) == clean(dir)
		if here {
			m.do(d.kept)
		}
		return here
	})
	return nil
}

// move changes names at once for whoever looks; whether the change survives a loss of
// power is decided then.
func (d *Disk) move(m move) {
	m.do(d.files)
	d.moves = append(d.moves, m)
}

// Remove implements [disk.FS].
func (d *Disk) Remove(name string) error {
	if err := d.ask("Remove", name); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.files[clean(name)]
	if n == nil {
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrNotExist}
	}
	if d.Room >= 0 {
		d.Room += int64(len(n.now))
	}
	d.move(move{from: clean(name), n: n})
	return nil
}

// Rename implements [disk.FS].
func (d *Disk) Rename(from, to string) error {
	if err := d.ask("Rename", from); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.files[clean(from)]
	if n == nil {
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	d.move(move{from: clean(from), to: clean(to), n: n})
	return nil
}

// Stat implements [disk.FS]. A folder is there if a file is in it.
func (d *Disk) Stat(name string) (fs.FileInfo, error) {
	if err := d.ask("Stat", name); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	info, err := fs.Stat(d.below(path.Dir(clean(name))), path.Base(clean(name)))
	if err != nil {
		err = &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return info, err
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

// resize changes the size of the file, and the room that is left on the disk by as much.
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
