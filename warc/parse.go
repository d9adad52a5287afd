package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxHeader is how long the header of a record may be.
const maxHeader = 1 << 20

// errUnitEnd says that a member or frame, or a plain file, holds no more records.
var errUnitEnd = errors.New("end of unit")

// record reads the next record of the current unit.
func (r *Reader) record() (*Record, error) {
	t := r.text()
	for t.fill(1) && isBreak(t.rest()[0]) {
		t.skip(1)
	}
	offset := r.unit
	if r.format == plain {
		offset = t.offset()
	}
	start := t.offset()
	t.hold(start)
	if !t.fill(1) {
		if r.format != plain && t.err != io.EOF {
			return nil, r.damaged(offset, t.err)
		}
		return nil, errUnitEnd
	}
	rec := &Record{Offset: offset}
	flaw, err := r.header(rec)
	if err != nil {
		return nil, err
	}
	if rec.Truncated {
		err := r.cutShort(rec, ErrTruncated)
		if len(rec.Header) == 0 {
			rec = nil
		}
		return rec, err
	}
	if err := r.block(rec); err != nil {
		return rec, err
	}
	if flaw != nil {
		return rec, r.fault(offset, flaw)
	}
	if r.keep {
		r.asItStands(rec, start)
	}
	return rec, nil
}

// asItStands gives a whole record, which begins at the offset start of its unit or
// plain file, what [Options.Raw] promises.
func (r *Reader) asItStands(rec *Record, start int64) {
	t := r.text()
	read := t.buf[start-t.base : t.pos] // held since the record was begun
	head := headerLen(read, 0)
	rec.Raw = read[:head:head]
	alone := r.format == gzipped && start == 0 && t.err == io.EOF && len(t.rest()) == 0
	if !alone || string(read[head+len(rec.Block):]) != "\r\n\r\n" || r.unit < r.raw.base {
		return
	}
	rec.Member = r.raw.buf[r.unit-r.raw.base : r.offset()-r.raw.base]
}

// header reads a record's header. A flaw is what is wrong with a header that
// can be used all the same; err is trouble after which there is no record.
func (r *Reader) header(rec *Record) (flaw, err error) {
	t := r.text()
	if !t.fill(5) || string(t.rest()[:5]) != "WARC/" {
		return nil, r.lose(rec.Offset, ErrGarbage)
	}
	n := -1
	for from := 0; n < 0; {
		ahead := t.rest() // may be much more than a header, see cut
		n = headerLen(ahead[:min(len(ahead), maxHeader)], from)
		from = max(0, len(ahead)-3)
		if n < 0 && len(ahead) > maxHeader {
			return nil, r.lose(rec.Offset, fmt.Errorf("%w: longer than %d bytes", ErrHeader, maxHeader))
		}
		if n < 0 && !t.more() {
			n = len(t.rest())
			rec.Truncated = true
		}
	}
	rec.Version, rec.Header, flaw = parseHeader(string(t.rest()[:n]))
	if len(rec.Header) == 0 && !rec.Truncated {
		return nil, r.lose(rec.Offset, fmt.Errorf("%w: it has no fields", ErrHeader))
	}
	t.pos += n
	if flaw == nil && rec.Header.Get("WARC-Type") == "" {
		flaw = fmt.Errorf("%w: no WARC-Type", ErrHeader)
	} else if flaw == nil && !knownType(rec.Type()) {
		flaw = fmt.Errorf("%w %q", ErrType, rec.Type())
	}
	return flaw, nil
}

// headerLen returns the length of the header that b begins with, the blank
// line included; -1 if that is not in b[from:].
func headerLen(b []byte, from int) int {
	for i := from; ; {
		j := bytes.IndexByte(b[i:], '\n')
		if j < 0 {
			return -1
		}
		i += j + 1
		if bytes.HasPrefix(b[i:], []byte("\r\n")) {
			return i + 2
		}
		if bytes.HasPrefix(b[i:], []byte("\n")) {
			return i + 1
		}
	}
}

// parseHeader reads the version and the fields; err tells of the first line
// that is no field.
func parseHeader(s string) (version string, h Header, err error) {
	line, s, _ := strings.Cut(s, "\n")
	version = strings.TrimSpace(strings.TrimPrefix(line, "WARC/"))
	h, err = parseFields(s)
	return version, h, err
}

// parseFields reads "Name: value" lines up to a blank one or the end.
func parseFields(s string) (h Header, err error) {
	h = make(Header, 0, min(strings.Count(s, "\n")+1, 64))
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 {
			last := &h[len(h)-1]
			last.Value = strings.TrimSpace(last.Value + " " + strings.TrimSpace(line))
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		name = strings.TrimRight(name, " \t")
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			if err == nil {
				err = fmt.Errorf("%w: line %.60q is no field", ErrHeader, line)
			}
			continue
		}
		h = append(h, Field{name, strings.TrimSpace(value)})
	}
	return h, err
}

// block reads the block that rec's header announces.
func (r *Reader) block(rec *Record) error {
	t := r.text()
	n, ok := rec.ContentLength()
	if !ok {
		return r.cut(rec, fmt.Errorf("%w: Content-Length %.40q", ErrHeader, rec.Header.Get("Content-Length")))
	}
	if n > r.max {
		return r.tooLarge(rec, n)
	}
	if !t.fill(int(n)) {
		return r.cut(rec, nil)
	}
	end, ok := boundary(t, int(n))
	if !ok {
		return r.cut(rec, nil)
	}
	rec.Block = t.rest()[:n:n]
	t.pos += end
	if len(t.rest()) == 0 && t.err != nil && t.err != io.EOF {
		return r.damaged(rec.Offset, t.err) // the block is whole, but not what follows it
	}
	return nil
}

// boundary reports whether a record can end n bytes ahead: blank lines, then
// another record or the end. Then end is the distance to that.
func boundary(t *window, n int) (end int, ok bool) {
	for end = n; t.fill(end + 1); end++ {
		if !isBreak(t.rest()[end]) || end > n+64 {
			return end, t.fill(end+5) && string(t.rest()[end:end+5]) == "WARC/"
		}
	}
	return end, true
}

func isBreak(c byte) bool { return c == '\r' || c == '\n' }

// cut gives rec the block from the position to the next record, for when
// Content-Length does not tell. A nil err means that it told a wrong one.
func (r *Reader) cut(rec *Record, err error) error {
	t := r.text()
	n := nextStart(t, int(r.max)+len("\r\n\r\n"))
	found := n >= 0
	if !found && t.err == nil {
		rec.glimpse(t.rest())
		return r.lose(rec.Offset, ErrTooLarge)
	}
	if !found {
		n = len(t.rest())
	}
	block := trimBreaks(t.rest()[:n])
	t.pos += n
	if int64(len(block)) > r.max {
		rec.glimpse(block)
		return r.fault(rec.Offset, ErrTooLarge)
	}
	rec.Block = block[:len(block):len(block)]
	want, _ := rec.ContentLength()
	rec.Truncated = int64(len(block)) < want
	if err == nil {
		err = fmt.Errorf("%w: it says %d, the block has %d bytes", ErrLength, want, len(block))
		if !found && r.format == plain && rec.Truncated {
			err = fmt.Errorf("%w: %d of %d bytes", ErrTruncated, len(block), want)
		}
	}
	if found {
		return r.fault(rec.Offset, err)
	}
	return r.cutShort(rec, err)
}

// cutShort is trouble with a record that the end of its unit or file cuts
// short; err is what to say if the unit itself is whole.
func (r *Reader) cutShort(rec *Record, err error) error {
	t := r.text()
	t.skip(len(t.rest()))
	if t.err != io.EOF {
		rec.Truncated = true
		return r.damaged(rec.Offset, t.err)
	}
	return r.fault(rec.Offset, err)
}

// tooLarge passes over a block of n bytes, more than may be held.
func (r *Reader) tooLarge(rec *Record, n int64) error {
	t := r.text()
	if !t.fill(int(r.max) + 1) {
		return r.cut(rec, nil) // there is less than it says
	}
	// In a plain file a wrong length would swallow the records that follow.
	if r.format == plain {
		if nextStart(t, int(r.max)) >= 0 {
			return r.cut(rec, nil)
		}
	}
	rec.glimpse(t.rest())
	for left := n; left > 0; {
		if len(t.rest()) == 0 && !t.more() {
			return r.cutShort(rec, ErrTooLarge)
		}
		k := min(left, int64(len(t.rest())))
		t.skip(int(k))
		left -= k
		if r.bomb() {
			break
		}
	}
	return r.fault(rec.Offset, ErrTooLarge)
}

// glimpse keeps the beginning of a block that is too large.
func (r *Record) glimpse(b []byte) {
	r.Block = bytes.Clone(b[:min(len(b), 4<<10)])
	r.Truncated = true
}

// lose is trouble at offset after which the next record of the unit must be
// looked for. It looks, and moves there or to the end of the unit.
func (r *Reader) lose(offset int64, err error) error {
	t := r.text()
	for t.skip(min(1, len(t.rest()))); ; {
		if i := bytes.Index(t.rest(), []byte("WARC/")); i >= 0 {
			t.skip(i)
			t.fill(maxStart)
			if isStart(t, 0) {
				return r.fault(offset, err)
			}
			t.skip(1)
			continue
		}
		t.skip(max(0, len(t.rest())-4))
		if r.bomb() {
			return r.fault(offset, err)
		}
		if !t.more() {
			t.skip(len(t.rest()))
			if r.format != plain && t.err != io.EOF {
				return r.damaged(offset, err)
			}
			return r.fault(offset, err)
		}
	}
}

// bomb reports whether the unit inflates to 100 times what it takes in the
// file, and then abandons it.
func (r *Reader) bomb() bool {
	if r.format == plain || r.inflated.offset() < 1<<20+100*(r.offset()-r.unit) {
		return false
	}
	r.lost, r.unit = r.offset(), -1
	return true
}

// maxStart is how many bytes [isStart] wants to see.
const maxStart = 80

// nextStart returns the distance to the next place where a record seems to
// start, at most most; -1 if there is none. If then t.err is nil, it is
// farther away.
func nextStart(t *window, most int) int {
	for from := 0; ; {
		if i := bytes.Index(t.rest()[from:], []byte("WARC/")); i >= 0 {
			from += i
			t.fill(from + maxStart)
			if isStart(t, from) && from <= most {
				return from
			}
			from++
			continue
		}
		from = max(from, len(t.rest())-4)
		if from > most || !t.more() {
			return -1
		}
	}
}

// isStart reports whether a record seems to start n bytes ahead, where
// "WARC/" stands: at the start of a line, with a version and a field.
func isStart(t *window, n int) bool {
	if at := t.pos + n; at > 0 && t.buf[at-1] != '\n' {
		return false
	}
	b := t.rest()[n:]
	version, b, ok := bytes.Cut(b[5:min(len(b), maxStart)], []byte("\n"))
	if !ok || len(bytes.Trim(version, "0123456789.\r ")) > 0 {
		return false
	}
	name, _, ok := bytes.Cut(b, []byte(":"))
	return ok && len(name) > 0 && !bytes.ContainsAny(name, " \r\n<>\"")
}

// trimBreaks removes the two line breaks that follow a block.
func trimBreaks(b []byte) []byte {
	for range 2 {
		b = bytes.TrimSuffix(b, []byte("\n"))
		b = bytes.TrimSuffix(b, []byte("\r"))
	}
	return b
}
