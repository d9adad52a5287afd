package warc

import (
	"errors"
	"fmt"
	"io"
	"math"

	"dateline/internal/disk"
)

// A Resumption tells [Files.Resume] what an archive knows of its WARC files.
type Resumption struct {
	// Known returns the offset of the last record in the named file that the
	// archive holds a capture of; -1 if it holds none. If Known is nil nobody
	// knows, and so nothing is cut off anywhere.
	Known func(name string) (offset int64, err error)
	// Take is given each sound record behind the last known one, in order: a
	// process that was killed, or a log older than the files, has left them
	// without a capture. They are on stable storage. The record is valid until
	// Take returns. If Take is nil they stay without a capture. Take is called
	// only if Known is set.
	Take func(name string, rec *Record) error
}

// Resumed is what [Files.Resume] found and did.
type Resumed struct {
	// Cut is how many bytes were cut off the last file: what a write that
	// never ended had left behind the last whole record.
	Cut int64
	// Torn says that the last known record is not whole any more: its file is
	// shorter than it was, or damaged at its end. Nothing of that file was
	// changed, and the next record begins a new one. Nil if that is not so.
	Torn *Error
}

// Resume makes the folder ready for Append; without it Append makes it ready
// by itself, with the zero Resumption. What ends within a record behind the
// last known one and the last whole one is cut off. Nothing else is ever
// changed: of a file that is damaged further ahead, or shorter than what is
// known of it, nothing is cut and nothing there is written over; Append then
// begins a new file. An error leaves everything as it was.
func (d *Files) Resume(o Resumption) (Resumed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lock == nil {
		return Resumed{}, errors.New("resume WARC files: they are open for reading only, or closed")
	}
	return d.resume(o)
}

func (d *Files) resume(o Resumption) (Resumed, error) {
	did, err := d.takeUp(o)
	if err != nil {
		return did, fmt.Errorf("resume WARC files in %s: %w", d.dir, disk.Explain(err))
	}
	d.resumed = true
	return did, nil
}

// takeUp gives away the records that no capture names, and opens the last file.
func (d *Files) takeUp(o Resumption) (did Resumed, err error) {
	names, err := d.Names()
	if err != nil || len(names) == 0 {
		return did, err
	}
	last := len(names) - 1
	known := make([]int64, len(names)) // of the files from first on
	first := last
	for i := last; i >= 0 && o.Known != nil; i-- {
		if known[i], err = o.Known(names[i]); err != nil {
			return did, err
		}
		if first = i; known[i] >= 0 {
			break
		}
	}
	for i := first; i <= last && o.Known != nil && o.Take != nil; i++ {
		if err := d.take(names[i], known[i], o.Take); err != nil {
			return did, err
		}
	}
	if o.Known == nil {
		known[last] = -1
	}
	d.number = number(names[last])
	return d.reopen(names[last], known[last], o.Known != nil)
}

// take gives away the sound records of a file that stand behind the known one.
func (d *Files) take(name string, known int64, take func(string, *Record) error) error {
	f, err := d.fs.Append(d.path(name)) // some systems sync only what may be written
	if err != nil {
		return err
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return err
	}
	from := max(known, 0)
	if n, ok, err := memberAt(f, from); err != nil {
		return err
	} else if ok && known >= 0 && from+n <= size {
		from += n
	}
	r := NewReader(io.NewSectionReader(f, from, max(0, size-from)), Options{Name: name, MaxBytes: d.o.MaxBytes, Raw: true})
	r.format = gzipped
	synced := false
	for rec, err := range r.Records() {
		var trouble *Error
		if errors.As(err, &trouble) && trouble.Fatal {
			return trouble
		}
		if err != nil || rec.Type() == TypeInfo {
			continue // damage is what a check of the archive tells of
		}
		if rec.Offset += from; rec.Offset == known {
			continue
		}
		if !synced { // else a log could name what a power loss takes
			if err := errors.Join(f.Sync(), d.fs.SyncDir(d.dir)); err != nil {
				return err
			}
			synced = true
		}
		if err := take(name, rec); err != nil {
			return err
		}
	}
	return nil
}

// reopen opens the last file for appending, unless a new one must be begun. It
// cuts off a torn end if that is allowed. known is the offset of the last
// known record, -1 if there is none.
func (d *Files) reopen(name string, known int64, cut bool) (did Resumed, err error) {
	f, err := d.fs.Append(d.path(name))
	if err != nil {
		return did, err
	}
	defer func() {
		if d.file == nil {
			err = errors.Join(err, f.Close())
		}
	}()
	size, err := f.Size()
	if err != nil {
		return did, err
	}
	end, err := soundEnd(f, max(known, 0), size)
	switch {
	case errors.Is(err, errDamaged):
		return did, nil // leave it as it is; Append begins another file
	case err != nil:
		return did, err
	case known >= 0 && end <= known:
		did.Torn = &Error{Name: name, Offset: known, Err: fmt.Errorf("%w: the file ends at byte %d", ErrTruncated, size)}
		return did, nil
	case end < size && !cut:
		return did, nil
	case end < size:
		if err := f.Truncate(end); err != nil {
			return did, err
		}
		did.Cut = size - end
	}
	d.file, d.name, d.size, d.synced, d.listed = f, name, end, end, false
	return did, nil
}

// errDamaged says that a file is damaged before its end, not just torn off.
var errDamaged = errors.New("damaged before its end")

// soundEnd returns where the last whole member of a file written by a
// [Writer] ends, walking from the member at from on; from if that one is not
// whole. What follows the end is a member that was left half written. If more
// than that is wrong, the error is errDamaged.
func soundEnd(f disk.File, from, size int64) (int64, error) {
	end, last := from, from // end of the whole members seen; start of the last of them
	for end < size {
		n, ok, err := memberAt(f, end)
		if err != nil {
			return 0, err
		}
		if !ok || end+n > size {
			break
		}
		last, end = end, end+n
	}
	// The length of a member is written with its beginning; that the rest of
	// the last one was written too, its checksum tells.
	if ok, err := whole(io.NewSectionReader(f, last, end-last)); err != nil {
		return 0, err
	} else if !ok {
		end = last
	}
	if more, err := memberAfter(f, end, size); err != nil || more {
		return 0, errors.Join(err, errDamaged)
	}
	return end, nil
}

// memberAt reads the length of the member at offset.
func memberAt(f disk.File, offset int64) (n int64, ok bool, err error) {
	var head [memberLenAt + 8]byte
	if _, err := f.ReadAt(head[:], offset); err != nil && err != io.EOF {
		return 0, false, err
	}
	n, ok = memberLen(head[:])
	return n, ok && n > int64(len(head)), nil
}

// whole reports whether r holds one record and nothing is wrong with it.
func whole(r *io.SectionReader) (bool, error) {
	for _, err := range NewReader(r, Options{MaxBytes: math.MaxInt / 2}).Records() {
		if trouble := (*Error)(nil); errors.As(err, &trouble) && trouble.Fatal {
			return false, trouble.Err // of the disk: it says nothing about the record
		}
		return err == nil, nil
	}
	return r.Size() == 0, nil
}

// memberAfter reports whether a whole record follows the broken place at offset.
func memberAfter(f disk.File, offset, size int64) (bool, error) {
	if offset >= size {
		return false, nil
	}
	r := NewReader(io.NewSectionReader(f, offset, size-offset), Options{})
	r.format = gzipped
	for rec, err := range r.Records() {
		var trouble *Error
		if errors.As(err, &trouble) && trouble.Fatal {
			return false, trouble
		}
		if rec != nil && err == nil {
			return true, nil
		}
	}
	return false, nil
}
