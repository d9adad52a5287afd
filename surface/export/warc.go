package export

import (
	"context"
	"fmt"
	"io"

	"dateline"
	"dateline/warc"
)

// WARC writes the records of captures, a gzip member each, just as they are stored, behind
// a warcinfo record that says what was exported. It returns how many captures it wrote.
func WARC(ctx context.Context, out io.Writer, from Evidence, captures Captures, o Options) (n int, err error) {
	w := newRecords(out, "dateline-"+o.Made.UTC().Format("20060102T150405Z")+".warc.gz", o)
	for c, err := range captures {
		if err == nil {
			_, err = w.add(ctx, from, c)
		}
		if err != nil {
			return w.count, err
		}
	}
	return w.count, w.begin()
}

// records writes one WARC file.
type records struct {
	w      *warc.Writer
	o      Options
	file   string // its name
	offset int64  // of the next record
	count  int
	line   func(c *dateline.Capture, rec *warc.Record, length, offset int64) // told of each capture; may be nil
}

func newRecords(out io.Writer, file string, o Options) *records {
	return &records{w: warc.NewWriter(out), file: file, o: o}
}

// add writes the record of a capture; written is false if it is left out.
func (r *records) add(ctx context.Context, from Evidence, c *dateline.Capture) (written bool, err error) {
	if err := r.begin(); err != nil {
		return false, err
	}
	rec, _, err := r.o.stored(ctx, from, c)
	if rec == nil || err != nil {
		return false, err
	}
	n, err := r.w.WriteRecord(rec)
	if err != nil {
		return false, err
	}
	if r.line != nil {
		r.line(c, rec, n, r.offset)
	}
	r.offset += n
	r.count++
	return true, nil
}

// begin writes the warcinfo record, unless it is there (ISO 28500:2017, 6.2).
func (r *records) begin() error {
	if r.offset > 0 {
		return nil
	}
	block := "software: " + r.o.Software + "\r\nformat: WARC File Format 1.1\r\n"
	if r.o.Title != "" {
		block += fmt.Sprintf("description: exported from an archive by the query %q\r\n", r.o.Title)
	}
	n, err := r.w.WriteRecord(warc.NewInfo(r.file, []byte(block), r.o.Made))
	r.offset = n
	return err
}
