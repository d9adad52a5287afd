package export

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"dateline"
)

// openParquet opens a file of Apache Parquet, compressed by Zstandard, with the Origin as
// JSON under the key "dateline" of its metadata.
func openParquet(w io.Writer, o Origin, choose func(*dateline.Article, *dateline.Statement) bool) (writer, error) {
	origin, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	name, version, _ := strings.Cut(o.Software, "/")
	return openTable(parquetFile{w, choose, []parquet.WriterOption{
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.KeyValueMetadata("dateline", string(origin)),
		parquet.CreatedBy(name, version, ""),
	}}, o.Of)
}

// A row group ends after so many rows, or about so many bytes of text. The rows are what
// DuckDB reads at a time; the bytes bound what the writer holds before they are compressed.
const (
	groupRows  = 122880
	groupBytes = 64 << 20
)

type parquetFile struct {
	w       io.Writer
	choose  func(*dateline.Article, *dateline.Statement) bool
	options []parquet.WriterOption
}

func openRows[T any](f parquetFile, rows rowsOf[T], size func(*T) int) (writer, error) {
	w := parquet.NewGenericWriter[T](f.w, f.options...)
	batch := make([]T, 0, docsAtOnce)
	n, bytes := 0, 0
	flush := func() error {
		_, err := w.Write(batch)
		clear(batch)
		batch = batch[:0]
		return err
	}
	put := func(row *T) error {
		batch = append(batch, *row)
		n, bytes = n+1, bytes+size(row)
		if len(batch) < docsAtOnce && n < groupRows && bytes < groupBytes {
			return nil
		}
		if err := flush(); err != nil || n < groupRows && bytes < groupBytes {
			return err
		}
		n, bytes = 0, 0
		return w.Flush()
	}
	end := func() error {
		if err := flush(); err != nil {
			return err
		}
		return w.Close()
	}
	return &table[T]{rows, f.choose, put, end}, nil
}

// findingBytes is about what a row of a finding takes, for the size of row groups.
const findingBytes = 400

func (f parquetFile) articles() (writer, error) {
	return openRows(f, articleRows, func(r *articleRow) int { return 1000 + len(r.Text) })
}
func (f parquetFile) statements() (writer, error) {
	return openRows(f, statementRows, func(r *statementRow) int { return findingBytes + len(r.Text) })
}
func (f parquetFile) dates() (writer, error) {
	return openRows(f, dateRows, func(*dateRow) int { return findingBytes })
}
func (f parquetFile) mentions() (writer, error) {
	return openRows(f, mentionRows, func(*mentionRow) int { return findingBytes })
}
func (f parquetFile) events() (writer, error) {
	return openRows(f, eventRows, func(r *eventRow) int { return findingBytes + len(r.Sentence) })
}
func (f parquetFile) versions() (writer, error) {
	return openRows(f, versionRows, func(r *versionRow) int { return 1000 + len(r.Text) })
}
