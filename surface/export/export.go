// Package export writes what an archive holds in the formats of other programs.
//
// For people who count, cite and read: the [Formats] of articles, which [Articles]
// writes of what [Select] reads.
//
//	articles.go  articles read a hundred at a time, and where an export is from
//	format.go    the table of formats
//	rows.go      what a table has a row for, and its columns
//	lines.go     JSON lines and CSV
//	parquet.go   Parquet
//	items.go     citations, schema.org, ninjs
//	feeds.go     Atom, JSON Feed
//	books.go     notes in Markdown, EPUB
//	manifest.go  what an export holds: counts by outlet and day, gaps, terms
//
// For web archives: [CDXJ], the index that replay programs look addresses up in;
// [WARC], the records of captures just as they are stored; [WACZ], both and a list of
// pages in one file: cdxj.go, warc.go, wacz.go, and surt.go, which has the key that such an
// index is sorted by. cell.go writes one cell of a table so that no spreadsheet runs it.
package export

import (
	"context"
	"errors"
	"iter"
	"time"

	"dateline"
	"dateline/warc"
)

// Evidence reads what is stored of captures. archive.Archive is one.
type Evidence interface {
	// Stored returns the record of a capture as it stands in its WARC file, with Raw and
	// Member, and how many bytes it takes there. It is that of the capture and holds
	// what was captured, or the error says what is wrong.
	Stored(ctx context.Context, c *dateline.Capture) (rec *warc.Record, length int64, err error)
}

// Captures are the captures to export, each once, in any order; one that repeats an
// earlier one (Capture.Revisit) comes with that one. They end after their first error.
type Captures = iter.Seq2[*dateline.Capture, error]

// Options say what an export tells of itself, and who is told of what is left out and of
// how far it has come.
type Options struct {
	Software string    // that made it: "dateline/1.2"
	Title    string    // what was exported, a query; "" for all of an archive
	Made     time.Time // when
	// Lost is told of each capture that cannot be read and so is left out. If it is nil
	// the export ends with such an error.
	Lost func(error)
	// Done is told after each capture; may be nil.
	Done func()
}

// stored reads the record of a capture; nil without an error if it is left out.
func (o Options) stored(ctx context.Context, from Evidence, c *dateline.Capture) (*warc.Record, int64, error) {
	rec, length, err := from.Stored(ctx, c)
	if o.Lost != nil && errors.As(err, new(*warc.CaptureError)) {
		o.Lost(err)
		return nil, 0, nil
	}
	if err == nil && o.Done != nil {
		o.Done()
	}
	return rec, length, err
}
