package warc

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"time"

	"dateline"
)

// FilesOptions tune [OpenFiles]. The zero value is useful.
type FilesOptions struct {
	MaxSize  int64  // of one file; 0 means 1 GiB. A file holds one record at least
	MaxBytes int64  // of one block that Open reads; 0 means 256 MiB
	Software string // for the warcinfo record of each file; "" means "dateline"
	ReadOnly bool   // Append is not wanted: the folder is neither made, locked nor repaired
}

// Files is a folder of WARC files that grows at the end. The files are called
// dateline-20261123T225300Z-00001.warc.gz: when each was begun, and its
// number. Methods may be called from several goroutines. One process at a
// time can append; others can read meanwhile, with ReadOnly.
type Files struct {
	dir     string
	o       FilesOptions
	readers sync.Pool // of *Reader, for Open

	mu     sync.Mutex // for what follows
	lock   *folderLock
	w      Writer   // compresses; only its member is used
	file   *os.File // being written; nil before the first Append
	name   string
	size   int64
	number int   // of the last file
	broken error // a write failed and could not be taken back
}

// ErrLocked reports that another process appends to the folder.
var ErrLocked = errors.New("another process is adding to this archive: wait until it is done, or stop it")

// OpenFiles opens the folder dir, which is made if need be. If the last file
// ends within a record, because a process was killed there, that end is cut
// off. Nothing else that stands in the folder is ever changed.
func OpenFiles(dir string, o FilesOptions) (*Files, error) {
	o.MaxSize = cmp.Or(o.MaxSize, 1<<30)
	o.MaxBytes = cmp.Or(o.MaxBytes, 256<<20)
	o.Software = cmp.Or(o.Software, "dateline")
	d := &Files{dir: dir, o: o}
	if o.ReadOnly {
		return d, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open WARC files: %w", err)
	}
	lock, err := lockFolder(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("open WARC files in %s: %w", dir, err)
	}
	d.lock = lock
	if err := d.resume(); err != nil {
		err = errors.Join(err, lock.release())
		return nil, fmt.Errorf("open WARC files in %s: %w", dir, err)
	}
	return d, nil
}

var fileName = regexp.MustCompile(`^dateline-\d{8}T\d{6}Z-(\d{5,})\.warc\.gz$`)

// Names returns the names of the files in the order in which they were begun.
func (d *Files) Names() ([]string, error) {
	entries, err := os.ReadDir(d.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if fileName.MatchString(e.Name()) && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
	})
	return names, nil
}

func number(name string) int {
	n, _ := strconv.Atoi(fileName.FindStringSubmatch(name)[1]) // Names has matched it
	return n
}

// resume opens the last file for appending, cutting off a torn end.
func (d *Files) resume() error {
	names, err := d.Names()
	if err != nil || len(names) == 0 {
		return err
	}
	name := names[len(names)-1]
	d.number = number(name)
	f, err := os.OpenFile(filepath.Join(d.dir, name), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	end, err := soundEnd(f)
	if errors.Is(err, errDamaged) {
		return f.Close() // leave it as it is; Append begins another file
	}
	if err == nil {
		err = f.Truncate(end)
	}
	if err == nil {
		_, err = f.Seek(end, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	d.file, d.name, d.size = f, name, end
	return nil
}

// Append writes rec behind the last record and returns where it stands. It
// begins a new file if the last one is full. The record is on stable storage
// only after [Files.Sync]. If Append fails the folder is as it was before.
func (d *Files) Append(rec *Record) (name string, offset int64, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lock == nil {
		return "", 0, errors.New("append record: the WARC files are open for reading only, or closed")
	}
	if d.broken != nil {
		return "", 0, d.broken
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

// infoLen is more than the member of a warcinfo record takes: a file that
// holds no other record is never full.
func (d *Files) infoLen() int64 { return int64(512 + len(d.o.Software)) }

// write appends a member, or leaves the file as it was.
func (d *Files) write(member []byte) error {
	if _, err := d.file.Write(member); err != nil {
		err = fmt.Errorf("append record: %w", err)
		_, seekErr := d.file.Seek(d.size, io.SeekStart)
		if undo := errors.Join(d.file.Truncate(d.size), seekErr); undo != nil {
			d.broken = fmt.Errorf("%s is damaged behind byte %d: %w", d.name, d.size, errors.Join(err, undo))
			return d.broken
		}
		return err
	}
	d.size += int64(len(member))
	return nil
}

// begin begins the next file.
func (d *Files) begin() error {
	if d.file != nil {
		if err := errors.Join(d.file.Sync(), d.file.Close()); err != nil {
			d.broken = fmt.Errorf("finish %s: %w", d.name, err)
			return d.broken
		}
		d.file = nil
	}
	name := fmt.Sprintf("dateline-%s-%05d.warc.gz", time.Now().UTC().Format("20060102T150405Z"), d.number+1)
	f, err := os.OpenFile(filepath.Join(d.dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("begin a WARC file: %w", err)
	}
	d.file, d.name, d.size, d.number = f, name, 0, d.number+1
	return syncFolder(d.dir)
}

// describe writes the warcinfo record that each file begins with (ISO
// 28500:2017, 6.2).
func (d *Files) describe() error {
	var w Writer
	member, err := w.member(&Record{
		Version: "1.1",
		Header: Header{
			{"WARC-Type", TypeInfo},
			{"WARC-Record-ID", "<" + recordID(dateline.CaptureID("warcinfo "+d.name)) + ">"},
			{"WARC-Date", time.Now().UTC().Format(time.RFC3339)},
			{"WARC-Filename", d.name},
			{"Content-Type", "application/warc-fields"},
		},
		Block: []byte("software: " + d.o.Software + "\r\nformat: WARC File Format 1.1\r\n"),
	})
	if err != nil {
		return err
	}
	return d.write(member)
}

// Sync returns when all records appended before are on stable storage.
func (d *Files) Sync() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.file == nil {
		return nil
	}
	if err := d.file.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", d.name, err)
	}
	return nil
}

// Open returns the record at offset of the named file, as Append told them.
// It is wholly in memory, and the caller's own.
func (d *Files) Open(name string, offset int64) (*Record, error) {
	if !filepath.IsLocal(name) || filepath.Base(name) != name {
		return nil, fmt.Errorf("open record: %q is no WARC file of this archive", name)
	}
	f, err := os.Open(filepath.Join(d.dir, name))
	if err != nil {
		return nil, fmt.Errorf("open record: %w", err)
	}
	defer f.Close()
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return nil, fmt.Errorf("open record: %s: %w", name, err)
	}
	r, ok := d.readers.Get().(*Reader)
	if !ok {
		r = NewReader(nil, Options{MaxBytes: d.o.MaxBytes})
	}
	defer d.readers.Put(r)
	r.reset(f, name)
	for rec, err := range r.Records() {
		if rec != nil {
			rec.Offset = offset
			rec.Block = bytes.Clone(rec.Block)
		}
		var trouble *Error
		if errors.As(err, &trouble) {
			trouble.Offset += offset
		}
		return rec, err
	}
	return nil, fmt.Errorf("open record: %s ends before byte %d", name, offset)
}

// Close syncs and lets another process append. Open can still be called.
func (d *Files) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	var err error
	if d.file != nil {
		err = errors.Join(d.file.Sync(), d.file.Close())
		d.file = nil
	}
	if d.lock != nil {
		err = errors.Join(err, d.lock.release())
		d.lock = nil
	}
	if err != nil {
		return fmt.Errorf("close WARC files: %w", err)
	}
	return nil
}
