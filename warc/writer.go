package warc

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// A Writer writes records, one gzip member each. Each member's header tells
// its length, in the extra field "sl" that drafts of the WARC format had, so
// that a file can be walked without inflating it.
type Writer struct {
	w   io.Writer
	buf bytes.Buffer
	gz  *gzip.Writer
}

// NewWriter returns a Writer that gives w each member in one call of Write.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// WriteRecord writes rec and returns the length of its member. Content-Length
// is set to the length of the block; everything else is written as it stands
// in rec, in the same order. What cannot stand in a header is an error. Of a record
// that has Raw, header and block are written byte for byte as they stood in its file;
// if it has Member, too, its compressed data are copied and not compressed anew.
func (w *Writer) WriteRecord(rec *Record) (n int64, err error) {
	member, err := w.member(rec)
	if err != nil {
		return 0, err
	}
	m, err := w.w.Write(member)
	return int64(m), err
}

// member returns rec compressed, valid until the next call.
func (w *Writer) member(rec *Record) ([]byte, error) {
	head, err := rec.Raw, error(nil)
	if head == nil {
		head, err = appendHead(nil, rec)
	}
	if err != nil {
		return nil, err
	}
	w.buf.Reset()
	if body := deflated(rec.Member); body != nil {
		w.buf.WriteString("\x1f\x8b\x08")
		w.buf.Write(memberHead)
		w.buf.WriteString("\x0c\x00sl\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")
		w.buf.Write(body)
		return w.measured(len(head) + len(rec.Block) + 4), nil
	}
	if w.gz == nil {
		w.gz = gzip.NewWriter(&w.buf)
	}
	w.gz.Reset(&w.buf)
	w.gz.OS = 255 // unknown: the same bytes everywhere
	w.gz.Extra = append([]byte("sl\x08\x00"), make([]byte, 8)...)
	for _, part := range [][]byte{head, rec.Block, []byte("\r\n\r\n")} {
		if _, err := w.gz.Write(part); err != nil {
			return nil, err
		}
	}
	if err := w.gz.Close(); err != nil {
		return nil, err
	}
	copy(w.buf.Bytes()[3:], memberHead) // whatever a version of the library makes of a time that stands for none
	return w.measured(len(head) + len(rec.Block) + 4), nil
}

// measured returns the member that the buffer holds, once its own length and that of
// what it holds are written into its header.
func (w *Writer) measured(inflated int) []byte {
	b := w.buf.Bytes()
	binary.LittleEndian.PutUint32(b[memberLenAt:], uint32(len(b)))
	binary.LittleEndian.PutUint32(b[memberLenAt+4:], uint32(inflated))
	return b
}

// deflated returns what follows the header of a gzip member (RFC 1952, 2.3): the
// compressed data, its checksum and its length; nil if there is no such header.
func deflated(member []byte) []byte {
	const fixed, headSum, extra, name, comment = 10, 1 << 1, 1 << 2, 1 << 3, 1 << 4
	if len(member) < fixed || detect(member) != gzipped {
		return nil
	}
	flags, b := member[3], member[fixed:]
	if flags&extra != 0 {
		if len(b) < 2 || len(b) < 2+int(binary.LittleEndian.Uint16(b)) {
			return nil
		}
		b = b[2+int(binary.LittleEndian.Uint16(b)):]
	}
	for _, text := range []byte{name, comment} {
		if flags&text != 0 {
			_, after, ok := bytes.Cut(b, []byte{0})
			if !ok {
				return nil
			}
			b = after
		}
	}
	if flags&headSum != 0 {
		if len(b) < 2 {
			return nil
		}
		b = b[2:]
	}
	return b
}

// memberLenAt is where a member's header holds its length: after ten bytes
// that every member has, the length of the extra field (2), "sl" (2) and the
// length of that (2). Four bytes of length are followed by four of length
// before compression.
const memberLenAt = 16

// memberLen reads the length of a member that a Writer wrote; ok is false for others.
func memberLen(b []byte) (n int64, ok bool) {
	if len(b) < memberLenAt+8 || detect(b) != gzipped || b[3]&4 == 0 || string(b[10:16]) != "\x0c\x00sl\x08\x00" {
		return 0, false
	}
	return int64(binary.LittleEndian.Uint32(b[memberLenAt:])), true
}

// WritePlain writes rec without compression. Its header is made of Version and Header,
// as [Writer.WriteRecord] makes it of a record without Raw; Raw and Member are not looked at.
func WritePlain(w io.Writer, rec *Record) error {
	head, err := appendHead(nil, rec)
	if err != nil {
		return err
	}
	for _, part := range [][]byte{head, rec.Block, []byte("\r\n\r\n")} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// appendHead appends the version line, the fields and the blank line.
func appendHead(b []byte, rec *Record) ([]byte, error) {
	version := rec.Version
	if version == "" {
		version = "1.1"
	}
	b = append(b, "WARC/"+version+"\r\n"...)
	length := strconv.Itoa(len(rec.Block))
	seen := false
	for _, f := range rec.Header {
		if f.Name == "" || strings.ContainsAny(f.Name, ":\r\n") || strings.ContainsAny(f.Value, "\r\n") {
			return nil, fmt.Errorf("write record %s: field %q: %q cannot be written", rec.ID(), f.Name, f.Value)
		}
		if strings.EqualFold(f.Name, "Content-Length") {
			if seen {
				continue
			}
			seen, f.Value = true, length
		}
		b = append(b, f.Name+": "+f.Value+"\r\n"...)
	}
	if !seen {
		b = append(b, "Content-Length: "+length+"\r\n"...)
	}
	return append(b, "\r\n"...), nil
}
