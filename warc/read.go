package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"dateline"
	"dateline/internal/disk"
)

// What can be wrong with the record of a capture besides damage to it. A
// [CaptureError] wraps one of these, an [*Error] or what the disk said.
var (
	ErrMissing = errors.New("the WARC file is missing")
	ErrOther   = errors.New("the record there is that of another capture")
	ErrDigest  = errors.New("the bytes are not those that were captured")
)

// A CaptureError says why the bytes of a capture cannot be had: where they
// should stand, what is wrong there, and which capture depends on them.
type CaptureError struct {
	Capture dateline.CaptureID // whose bytes were asked for
	URL     string             // that was captured
	File    string             // as the capture names it
	Offset  int64              // in bytes, at which its record should stand in File
	Err     error              // what is wrong there, one of the errors of this package or of the disk
}

// Error says file, byte and trouble, then the capture and its address.
func (e *CaptureError) Error() string {
	err := e.Err
	if at := (*Error)(nil); errors.As(err, &at) {
		err = at.Err // it tells file and byte, too
	}
	return fmt.Sprintf("%s: byte %d: %v (capture %s of %s)", e.File, e.Offset, err, e.Capture, e.URL)
}

// Unwrap returns what is wrong, for errors.Is.
func (e *CaptureError) Unwrap() error { return e.Err }

// Read returns the record of the capture c, and the message in it: the payload
// is just what was captured. A capture that was saved without an HTTP exchange
// has a message of no status and no header. A capture that repeats an earlier
// one has a nil message: the record of c.Revisit holds its payload.
//
// The record is believed only if its WARC-Record-ID is that of the capture and
// its payload has the capture's digest. Every error is a [*CaptureError], and
// comes without a record.
func (d *Files) Read(c *dateline.Capture) (*Record, *Message, error) {
	rec, err := d.Open(path.Base(c.File), c.Offset)
	m, err := believe(c, rec, err)
	if err != nil {
		return nil, nil, &CaptureError{Capture: c.ID, URL: c.URL, File: c.File, Offset: c.Offset, Err: err}
	}
	return rec, m, nil
}

// believe returns the message of the record that was read for the capture c,
// or why it is not that of c; flaw is what was wrong on reading.
func believe(c *dateline.Capture, rec *Record, flaw error) (*Message, error) {
	switch {
	case errors.Is(flaw, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: %w", ErrMissing, flaw)
	case rec == nil:
		return nil, flaw
	case !rec.IsOf(c):
		if flaw == nil {
			flaw = fmt.Errorf("%w: %s", ErrOther, rec.ID())
		}
		return nil, flaw
	case flaw != nil && (rec.BlockDigest() == "" || wrongDigest(rec) != nil):
		return nil, flaw // else the block is whole, and only what is around it damaged
	case c.Revisit != "":
		return nil, nil
	}
	m := &Message{Payload: rec.Block}
	if c.Status != 0 {
		m, _ = ParseMessage(rec.Block) // without a head it is all payload
	}
	if got := digestOf(m.Payload); got != c.Payload {
		return nil, fmt.Errorf("%w: %s instead of %s", ErrDigest, got, c.Payload)
	}
	return m, nil
}

// Stored returns the record of the capture c as [Files.Read] does, but with Member, to be
// written elsewhere just as it stands, and how many bytes it takes in its file.
func (d *Files) Stored(c *dateline.Capture) (rec *Record, length int64, err error) {
	name := path.Base(c.File)
	rec, err = d.open(name, c.Offset, true)
	if _, err = believe(c, rec, err); err == nil {
		length = int64(len(rec.Member))
	}
	if err == nil && length == 0 {
		err = fmt.Errorf("%w: it stands in no gzip member of its own", ErrHeader)
	}
	if err != nil {
		return nil, 0, &CaptureError{Capture: c.ID, URL: c.URL, File: c.File, Offset: c.Offset, Err: err}
	}
	return rec, length, nil
}

// digestOf is [dateline.Digest] of b.
func digestOf(b []byte) string {
	digest, _, _ := dateline.Digest(bytes.NewReader(b)) // a bytes.Reader does not fail
	return digest
}

// Open returns the record at the offset of the named file, both as [Files.Append]
// returned them. The record is wholly in memory and the caller's own; it has Raw, but
// no Member. To read the record of a capture, and to know that it is that, see
// [Files.Read].
func (d *Files) Open(name string, offset int64) (*Record, error) {
	return d.open(name, offset, false)
}

// open is Open; the record has Member only if that is asked for.
func (d *Files) open(name string, offset int64, member bool) (*Record, error) {
	if !filepath.IsLocal(name) || filepath.Base(name) != name {
		return nil, fmt.Errorf("open record: %q is no WARC file of this archive", name)
	}
	f, err := d.fs.Open(d.path(name))
	if err != nil {
		return nil, fmt.Errorf("open record: %w", disk.Explain(err))
	}
	defer f.Close()
	size, err := f.Size()
	if err != nil {
		return nil, fmt.Errorf("open record: %w", disk.Explain(err))
	}
	if offset < 0 || offset >= size {
		return nil, fmt.Errorf("open record: %s ends at byte %d, before byte %d", name, size, offset)
	}
	r, ok := d.readers.Get().(*Reader)
	if !ok {
		r = NewReader(nil, Options{MaxBytes: d.o.MaxBytes, Raw: true})
	}
	defer d.readers.Put(r)
	r.reset(io.NewSectionReader(f, offset, size-offset), name)
	r.format = gzipped // what is none is damage, not a plain file to be searched
	for rec, err := range r.Records() {
		if rec != nil {
			rec.Offset = offset
			rec.Block, rec.Raw = bytes.Clone(rec.Block), bytes.Clone(rec.Raw)
			if member {
				rec.Member = bytes.Clone(rec.Member)
			} else {
				rec.Member = nil
			}
		}
		var trouble *Error
		if errors.As(err, &trouble) {
			trouble.Offset += offset
		}
		return rec, err
	}
	return nil, fmt.Errorf("open record: %s: byte %d: no record", name, offset) // blank lines or an empty member
}

// Size returns the size of the named file; an error of fs.ErrNotExist if there
// is none.
func (d *Files) Size(name string) (int64, error) {
	if !filepath.IsLocal(name) || filepath.Base(name) != name {
		return 0, fmt.Errorf("%q is no WARC file of this archive: %w", name, fs.ErrNotExist)
	}
	f, err := d.fs.Open(d.path(name))
	if err != nil {
		return 0, disk.Explain(err)
	}
	defer f.Close()
	size, err := f.Size()
	return size, disk.Explain(err)
}

// RecordEnd returns where the record at offset of the named file ends, if a
// Writer wrote it; an error if that cannot be told.
func (d *Files) RecordEnd(name string, offset int64) (int64, error) {
	f, err := d.fs.Open(d.path(name))
	if err != nil {
		return 0, disk.Explain(err)
	}
	defer f.Close()
	n, ok, err := memberAt(f, offset)
	if err == nil && !ok {
		err = fmt.Errorf("%s: byte %d: no record of this archive", name, offset)
	}
	return offset + n, disk.Explain(err)
}
