// Package warc reads and writes WARC files, the archive's file format, and the
// HTTP messages in them.
//
// # The format
//
// A WARC file (ISO 28500:2017 is version 1.1, ISO 28500:2009 version 1.0) is
// records one after another, nothing before, between or after them. A record is
//
//	WARC/1.1 CRLF                      version                       (4)
//	Name: value CRLF …                 named fields                  (4, 5)
//	CRLF
//	block                              Content-Length bytes          (5.3)
//	CRLF CRLF
//
// Field names are compared without regard to case; a line that begins with a
// space or tab continues the field before it. Every record has WARC-Type,
// WARC-Record-ID, WARC-Date and Content-Length. WARC-Type (5.5) is one of:
//
//	warcinfo      about the records that follow                      (6.2)
//	response      what a server sent: status line, header, body      (6.3)
//	resource      a thing without the exchange that brought it       (6.4)
//	request       what was sent to the server                        (6.5)
//	metadata      about another record                               (6.6)
//	revisit       a capture equal to an earlier one, without its body (6.7)
//	conversion    another record's content in another format         (6.8)
//	continuation  the rest of a record cut in segments               (6.9, 7)
//
// Other types may come; what does not know them passes over them.
//
// A compressed file is gzip members one after another, each holding one
// record (annex D), or zstd frames likewise (the IIPC's "Zstandard Compression
// for WARC Files"; there a skippable frame 0x184D2A5D at the start may hold
// the dictionary of all frames, itself perhaps compressed). The offset of a
// record is that of its member or frame, and reading can begin there.
//
// Real files break all of this, and so the reader also takes: lines that end
// in LF alone; missing or superfluous blank lines between records; several
// records in a member or frame, up to the whole file in one; URIs in angle
// brackets; dates of 14 digits; versions other than 1.0 and 1.1.
//
// # The files
//
//	record.go   a Record and its header, and what its named fields say
//	capture.go  records made of captures, requests and files, and captures read from records
//	http.go     the HTTP message in a block; coding.go takes its content codings off
//	reader.go   a Reader of one file, record by record: parse.go reads one record,
//	            unit.go the gzip members and zstd frames, frame.go keeps the bytes of
//	            one zstd frame apart, window.go holds the bytes that were read last
//	writer.go   records into gzip members, or plain
//	section.go  the records that begin in a part of a file, so that parts can be read side by side
//	files.go    a folder of files that grows at the end; resume.go makes it ready for more
//	read.go     the record of a capture, believed only if it is what was captured
//	verify.go   whether every record of a folder is sound
package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// What can be wrong with a record. An [Error] wraps one of these, or what
// the decompressor or the input said.
var (
	ErrHeader    = errors.New("bad record header")
	ErrType      = errors.New("unknown record type")
	ErrLength    = errors.New("wrong Content-Length")
	ErrTruncated = errors.New("truncated record")
	ErrTooLarge  = errors.New("larger than the limit")
	ErrGarbage   = errors.New("not a WARC record")
)

// An Error says what is wrong at one place of a WARC file.
type Error struct {
	Name   string // of the file; "" if not known
	Offset int64  // of the record's member, frame or first byte
	Err    error  // what is wrong there, one of the errors of this package or of the input
	Fatal  bool   // the input cannot be read further
}

// Error says file, byte and trouble: "a.warc.gz: record at byte 512: …".
func (e *Error) Error() string {
	name := e.Name
	if name == "" {
		name = "warc"
	}
	return fmt.Sprintf("%s: record at byte %d: %v", name, e.Offset, e.Err)
}

// Unwrap returns what is wrong, for errors.Is.
func (e *Error) Unwrap() error { return e.Err }

// Options tune a [Reader]. The zero value is useful.
type Options struct {
	Name     string // of the file, for errors; "" takes it from the reader if that is an *os.File
	MaxBytes int64  // of one block once decompressed; 0 means 64 MiB
	Raw      bool   // records have Raw and Member
}

// A Reader reads the records of one WARC file.
type Reader struct {
	name string
	max  int64
	keep bool // records have Raw and Member

	raw    window        // the file as it is
	in     *bufio.Reader // over raw, for the decompressors
	format format

	// A unit is a gzip member or a zstd frame.
	unit     int64 // offset of the current one; -1 between two
	inflated window
	gz       *gzip.Reader
	zd       *zstd.Decoder
	frame    frameReader

	lost   int64 // where to look for the next good unit; -1 if not lost
	again  int64 // bytes read again because of damage
	probes int   // places that only looked like a unit
	broken error // why the sequence ended; nil at the end of the file
}

// NewReader returns a Reader of the WARC file that in holds, plain or
// compressed: its first bytes tell.
func NewReader(in io.Reader, o Options) *Reader {
	r := &Reader{max: o.MaxBytes, keep: o.Raw}
	if f, ok := in.(interface{ Name() string }); ok && o.Name == "" {
		o.Name = f.Name()
	}
	if r.max <= 0 {
		r.max = 64 << 20
	}
	r.in = bufio.NewReaderSize(&r.raw, 32<<10)
	r.reset(in, o.Name)
	return r
}

// reset makes r the reader of another file. Its buffers and decompressors stay.
func (r *Reader) reset(in io.Reader, name string) {
	*r = Reader{name: name, max: r.max, keep: r.keep, raw: r.raw, in: r.in, inflated: r.inflated, gz: r.gz, unit: -1, lost: -1}
	r.raw.reset(in, 0)
	r.raw.most = int(r.max)
	r.in.Reset(&r.raw)
}

// Records yields the records in the order of the file. It can be ranged over
// once; a second range goes on where the first was left.
//
// Trouble is told record by record, as an error of type [*Error]. With the
// error comes the record, as far as it can be read and is sound, or nil:
//
//   - ErrTruncated, or what the decompressor says: the file ends or is damaged
//     within the record. Block holds the bytes before that; Truncated is set
//     if some are missing.
//   - ErrLength: the block is what stands before the next record.
//   - ErrTooLarge: Block holds its first 4 KiB only; Truncated is set. In a
//     plain file a block over the limit in which another record seems to begin
//     is taken to have a wrong length: else it would swallow what follows.
//   - ErrHeader: a line of the header is no field, or a mandatory field is
//     missing; the rest is as in the file.
//   - ErrType: a type that ISO 28500 does not know; the record is whole.
//   - ErrGarbage, with a nil record: bytes that are no record were passed over.
//
// After such an error the sequence goes on with the next record that can be
// found. It ends after an Error with Fatal set: the input itself could not be
// read, or is damaged in so many places that going on is useless.
//
// What follows a damaged gzip member is found by trying each place that looks
// like the start of a member: it counts if a record begins there. A member
// that is over the limit is inflated to its end only if that is no bomb (100
// times its own size); else it is left, and the next one found in that way.
func (r *Reader) Records() iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		for {
			rec, err := r.next()
			if err == io.EOF || !yield(rec, err) {
				return
			}
		}
	}
}

// next returns the next record, trouble, or io.EOF.
func (r *Reader) next() (*Record, error) {
	if r.broken != nil {
		return nil, io.EOF
	}
	if r.format == unknown {
		r.raw.fill(8)
		r.format = detect(r.raw.rest())
	}
	for {
		if r.lost >= 0 {
			if ok, err := r.resync(); err != nil {
				return nil, r.fatal(err)
			} else if !ok {
				return nil, r.end(r.raw.err)
			}
		}
		if r.format != plain && r.unit < 0 {
			if err := r.openUnit(); err != nil {
				return nil, err
			}
		}
		rec, err := r.record()
		if err != errUnitEnd {
			return rec, err
		}
		if r.format == plain {
			return nil, r.end(r.raw.err)
		}
		r.unit = -1
	}
}

// offset is the number of bytes of the file that have been used.
func (r *Reader) offset() int64 { return r.raw.offset() - int64(r.in.Buffered()) }

// text is the window that records are parsed from.
func (r *Reader) text() *window {
	if r.format == plain {
		return &r.raw
	}
	return &r.inflated
}

// end says io.EOF at the end of the file, and what is wrong if it is not reached.
func (r *Reader) end(err error) error {
	if err == nil || err == io.EOF {
		return io.EOF
	}
	return r.fatal(err)
}

func (r *Reader) fatal(err error) error {
	r.broken = &Error{Name: r.name, Offset: r.offset(), Err: err, Fatal: true}
	return r.broken
}

// fault is trouble with the record at offset that leaves the reader where it
// knows how to go on.
func (r *Reader) fault(offset int64, err error) error {
	return &Error{Name: r.name, Offset: offset, Err: err}
}

// damaged is trouble with the current unit; reading goes on after a resync.
func (r *Reader) damaged(offset int64, err error) error {
	if r.raw.err != nil && r.raw.err != io.EOF {
		return r.fatal(r.raw.err)
	}
	if r.format != plain {
		r.lost, r.unit = r.unit+1, -1
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
		err = ErrTruncated
	}
	return r.fault(offset, err)
}
