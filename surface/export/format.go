package export

import (
	"fmt"
	"io"
	"slices"

	"dateline"
)

// A Format is one way to write articles, and what is found in them, as one file.
type Format struct {
	Name   string   // as it is asked for: "parquet"
	Title  string   // for readers: "Parquet"
	Ext    string   // of the name of a file, with its point: ".parquet"
	Type   string   // media type
	Of     []string // what it can have a row, or an entry, for, of [Tables]
	Binary bool     // whether it is nothing for a terminal
	Holds  bool     // whether a file in it holds the Origin
	Short  string   // what it is, a few words for help texts

	needs func(of string) Needs
	open  func(io.Writer, Origin, func(*dateline.Article, *dateline.Statement) bool) (writer, error)
}

// A writer writes one file.
type writer interface {
	// Write adds an article, or what it has in the table that is asked for.
	Write(*Doc) error
	// Close writes what stands at the end of the file. It does not close what the
	// file is written to.
	Close() error
}

// Formats lists the formats, in the order in which they are offered.
func Formats() []Format {
	return []Format{
		{Name: "jsonl", Title: "JSON lines", Ext: ".jsonl", Type: "application/x-ndjson", Of: Tables, Short: "the record of each article with its findings, an object a line",
			needs: func(of string) Needs { n := tableNeeds(of); n.Findings = n.Findings || of == Tables[0]; return n }, open: openJSONL},
		{Name: "csv", Title: "CSV", Ext: ".csv", Type: "text/csv; charset=utf-8; header=present", Of: Tables, Short: "a table for spreadsheets (RFC 4180)",
			needs: tableNeeds, open: openCSV},
		{Name: "parquet", Title: "Parquet", Ext: ".parquet", Type: "application/vnd.apache.parquet", Of: Tables, Binary: true, Holds: true, Short: "a table for pandas, DuckDB, Arrow, R",
			needs: tableNeeds, open: openParquet},
		{Name: "manifest", Title: "Manifest", Ext: ".json", Type: "application/json", Of: Tables[:1], Holds: true, Short: "what there is: counts by outlet and day, gaps, terms",
			needs: func(string) Needs { return Needs{} }, open: openManifest},
	}
}

// tableNeeds says what the rows of a table are made from.
func tableNeeds(of string) Needs {
	switch of {
	case "articles":
		return Needs{Groups: true}
	case "versions":
		return Needs{Versions: true}
	}
	return Needs{Findings: true}
}

// FormatOf returns the format with the name, and reports whether there is one.
func FormatOf(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Needs says what Select is to read for rows of the table of.
func (f Format) Needs(of string) Needs { return f.needs(of) }

// Check returns an error that says what there is, if the format has no rows for of.
func (f Format) Check(of string) error {
	if slices.Contains(f.Of, of) {
		return nil
	}
	return fmt.Errorf("%s has no %q: it has %s", f.Name, of, listed(f.Of))
}

// listed joins words as a sentence does: "a, b and c".
func listed(list []string) string {
	s := ""
	for i, x := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			s += " and "
		default:
			s += ", "
		}
		s += x
	}
	return s
}

// A table is a file of rows of one type.
type table[T any] struct {
	rows   rowsOf[T]
	choose func(*dateline.Article, *dateline.Statement) bool
	put    func(*T) error
	close  func() error
}

func (t *table[T]) Write(d *Doc) error {
	choose := func(s *dateline.Statement) bool { return t.choose == nil || t.choose(d.Article, s) }
	return t.rows(d, choose, t.put)
}

func (t *table[T]) Close() error { return t.close() }

// A tableWriter opens a file of rows of any of the types.
type tableWriter interface {
	articles() (writer, error)
	statements() (writer, error)
	dates() (writer, error)
	mentions() (writer, error)
	events() (writer, error)
	versions() (writer, error)
}

// openTable opens the file of rows for of.
func openTable(w tableWriter, of string) (writer, error) {
	switch of {
	case "articles":
		return w.articles()
	case "statements":
		return w.statements()
	case "dates":
		return w.dates()
	case "mentions":
		return w.mentions()
	case "events":
		return w.events()
	case "versions":
		return w.versions()
	}
	return nil, fmt.Errorf("there is no table of %s", of)
}
