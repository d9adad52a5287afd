package warc

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"dateline/internal/disk"
)

// FilesOptions tune [OpenFiles]. The zero value is useful.
type FilesOptions struct {
	MaxSize  int64   // of one file; 0 means 1 GiB. A file holds one record at least
	MaxBytes int64   // of one block that Open reads; 0 means 256 MiB
	Software string  // for the warcinfo record of each file; "" means "dateline"
	ReadOnly bool    // Append is not wanted: the folder is neither made nor locked
	FS       disk.FS // nil means that of the operating system
}

// Files is a folder of WARC files that grows at the end. The files are called
// dateline-20261123T225300Z-00001.warc.gz: when each was begun, and its
// number. Methods may be called from several goroutines. One process at a
// time can append; others can read meanwhile, with ReadOnly.
type Files struct {
	dir     string
	o       FilesOptions
	fs      disk.FS
	readers sync.Pool // of *Reader, for Open

	mu      sync.Mutex // for what follows
	lock    io.Closer
	resumed bool      // Resume has been called
	w       Writer    // compresses; only its member is used
	file    disk.File // being written; nil before the first Append
	name    string
	size    int64
	synced  int64 // so many bytes of file are on stable storage
	listed  bool  // the name of file is on stable storage
	number  int   // of the last file
	broken  error // a write failed and could not be taken back
}

// ErrLocked reports that another process appends to the folder.
var ErrLocked = errors.New("another process is adding to this archive: wait until it is done, or stop it")

// OpenFiles opens the folder dir, which is made if need be. Nothing that
// stands there is changed; see [Files.Resume] for what comes before Append.
func OpenFiles(dir string, o FilesOptions) (*Files, error) {
	o.MaxSize = cmp.Or(o.MaxSize, 1<<30)
	o.MaxBytes = cmp.Or(o.MaxBytes, 256<<20)
	o.Software = cmp.Or(o.Software, "dateline")
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	d := &Files{dir: dir, o: o, fs: o.FS}
	if o.ReadOnly {
		return d, nil
	}
	err := disk.MakeFolder(d.fs, dir)
	if err == nil {
		d.lock, err = d.fs.Lock(filepath.Join(dir, "lock"))
	}
	if errors.Is(err, disk.ErrLocked) {
		err = fmt.Errorf("%w: %w", ErrLocked, err)
	}
	if err != nil {
		return nil, fmt.Errorf("open WARC files in %s: %w", dir, disk.Explain(err))
	}
	return d, nil
}

var fileName = regexp.MustCompile(`^dateline-\d{8}T\d{6}Z-(\d{5,})\.warc\.gz$`)

// Names returns the names of the files in the order in which they were begun.
func (d *Files) Names() ([]string, error) {
	entries, err := d.fs.ReadDir(d.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if fileName.MatchString(e.Name()) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, compareNames)
	return names, nil
}

// compareNames puts the files of a folder in the order in which they were
// begun; files of other names come first.
func compareNames(a, b string) int {
	return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
}

// number returns the number in a file's name, 0 if it is of another kind.
func number(name string) int {
	m := fileName.FindStringSubmatch(name)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // only digits: it may at most be too large
	return n
}

// Append writes rec behind the last record and returns where it stands. It
// begins a new file if the last one is full. The record is on stable storage
// only after [Files.Sync]. If Append fails the folder is as it was before;
// where that could not be brought about, every later call fails too.
func (d *Files) Append(rec *Record) (name string, offset int64, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.writable(); err != nil {
		return "", 0, err
	}
	member, err := d.w.member(rec)
	if err != nil {
		return "", 0, err
	}
	full := d.size+int64(len(member)) > d.o.MaxSize && d.size > d.infoLen()
	if d.file == nil || full {
		if err := d.begin(); err != nil {
			return "", 0, err
		}
	}
	if d.size == 0 {
		if err := d.describe(); err != nil {
			return "", 0, err
		}
	}
	offset = d.size
	if err := d.write(member); err != nil {
		return "", 0, err
	}
	return d.name, offset, nil
}

// writable reports why nothing can be appended; nil if something can.
func (d *Files) writable() error {
	if d.lock == nil {
		return errors.New("append record: the WARC files are open for reading only, or closed")
	}
	if d.broken != nil {
		return d.broken
	}
	if d.resumed {
		return nil
	}
	_, err := d.resume(Resumption{})
	return err
}

// infoLen is more than the member of a warcinfo record takes: a file that
// holds no other record is never full.
func (d *Files) infoLen() int64 { return int64(512 + len(d.o.Software)) }

// write appends a member, or leaves the file as it was.
func (d *Files) write(member []byte) error {
	if _, err := d.file.WriteAt(member, d.size); err != nil {
		err = d.trouble("append record", err)
		if undo := d.file.Truncate(d.size); undo != nil {
			d.broken = fmt.Errorf("%w; what stands behind that byte is no record and could not be cut off: %w", err, disk.Explain(undo))
			return d.broken
		}
		return err
	}
	d.size += int64(len(member))
	return nil
}

// trouble says that something failed at the end of the last file.
func (d *Files) trouble(doing string, err error) error {
	return fmt.Errorf("%s: %s: byte %d: %w", doing, d.path(d.name), d.size, disk.Explain(err))
}

func (d *Files) path(name string) string { return filepath.Join(d.dir, name) }

// begin begins the next file.
func (d *Files) begin() error {
	if d.file != nil {
		if d.broken = d.sync(); d.broken != nil {
			return d.broken
		}
		err := d.file.Close()
		d.file = nil
		if err != nil {
			return d.trouble("close WARC file", err)
		}
	}
	name := fmt.Sprintf("dateline-%s-%05d.warc.gz", time.Now().UTC().Format("20060102T150405Z"), d.number+1)
	f, err := d.fs.Create(d.path(name))
	if err != nil {
		return fmt.Errorf("begin a WARC file: %w", disk.Explain(err))
	}
	d.file, d.name, d.size, d.synced, d.number, d.listed = f, name, 0, 0, d.number+1, false
	return nil
}

// describe writes the warcinfo record that each file begins with (ISO
// 28500:2017, 6.2).
func (d *Files) describe() error {
	block := []byte("software: " + withoutControls(d.o.Software) + "\r\nformat: WARC File Format 1.1\r\n")
	var w Writer
	member, err := w.member(NewInfo(d.name, block, time.Now()))
	if err != nil {
		return err
	}
	return d.write(member)
}

// Sync returns when all records appended before are on stable storage. If it
// fails they are not, and are taken back: those since the last Sync are in no
// file then, but for what filled files before this one. Every later call of
// Sync and Append fails too; open the folder again.
func (d *Files) Sync() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken == nil && d.file != nil {
		d.broken = d.sync()
	}
	return d.broken
}

// sync puts the last file and its name on stable storage.
func (d *Files) sync() error {
	err := d.file.Sync()
	if err == nil && !d.listed {
		err = d.fs.SyncDir(d.dir)
	}
	if err != nil {
		// The system may have given up what it could not write, and would
		// not try again. What is cut off can at least not be believed.
		err = d.trouble("sync WARC file", err)
		if undo := d.file.Truncate(d.synced); undo != nil {
			err = fmt.Errorf("%w; what was appended behind byte %d could not be cut off: %w", err, d.synced, disk.Explain(undo))
		}
		return err
	}
	d.listed, d.synced = true, d.size
	return nil
}

// Close syncs and lets another process append. Open can still be called.
func (d *Files) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var err error
	if d.file != nil {
		if d.broken == nil { // else somebody has been told
			err = d.sync()
		}
		err = errors.Join(err, d.file.Close())
		d.file = nil
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.Close())
		d.lock = nil
	}
	if err != nil {
		return fmt.Errorf("close WARC files: %w", err)
	}
	return nil
}
