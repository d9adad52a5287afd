package warc

import (
	"errors"
	"io"
	"iter"
)

// Section yields the records of a gzip-compressed WARC file that begin in its bytes from
// (included) to to (excluded): their members, or those that they share. size is that of the file.
// Sections that follow one another yield each record once, so that the members of one
// file can be inflated side by side. Offsets are those of the file. Trouble is told as
// [Reader.Records] tells it.
//
// Where the first member of a section begins is found by looking for one that begins with a
// record, as after damage.
func Section(in io.ReaderAt, from, to, size int64, o Options) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		r := NewReader(io.NewSectionReader(in, from, max(0, size-from)), o)
		r.format = gzipped
		if from > 0 {
			r.lost = 0
		}
		for rec, err := range r.Records() {
			at := int64(-1)
			if e := (*Error)(nil); errors.As(err, &e) {
				e.Offset += from
				at = e.Offset
			}
			if rec != nil {
				rec.Offset += from
				at = rec.Offset
			}
			if at >= to || !yield(rec, err) {
				return
			}
		}
	}
}

// IsGzip reports whether b, the first bytes of a file, begin a gzip member.
func IsGzip(b []byte) bool { return detect(b) == gzipped }

// Rest yields the records from the first one that can be found in in,
// which begins somewhere in a gzip-compressed file. Offsets count from the start of in.
func Rest(in io.Reader, o Options) iter.Seq2[*Record, error] {
	r := NewReader(in, o)
	r.format, r.lost = gzipped, 0
	return r.Records()
}
