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
		{Name: "bibtex", Title: "BibTeX", Ext: ".bib", Type: "application/x-bibtex; charset=utf-8", Of: Tables[:2], Short: "citations for LaTeX, JabRef, Zotero", needs: citedNeeds, open: openCited("bibtex")},
		{Name: "ris", Title: "RIS", Ext: ".ris", Type: "application/x-research-info-systems; charset=utf-8", Of: Tables[:2], Short: "citations for EndNote, Zotero, Citavi", needs: citedNeeds, open: openCited("ris")},
		{Name: "csl", Title: "CSL-JSON", Ext: ".json", Type: "application/vnd.citationstyles.csl+json", Of: Tables[:2], Short: "citations for pandoc and citeproc", needs: citedNeeds, open: openCited("csl")},
		{Name: "annotation", Title: "Web Annotations", Ext: ".jsonld", Type: `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`, Of: Tables[:2], Short: "an AnnotationPage that points at articles or words", needs: citedNeeds, open: openCited("annotation")},
		{Name: "atom", Title: "Atom", Ext: ".atom", Type: "application/atom+xml", Of: Tables[:1], Holds: true, Short: "a feed (RFC 4287)", needs: noNeeds, open: openAtom},
		{Name: "jsonfeed", Title: "JSON Feed", Ext: ".json", Type: "application/feed+json", Of: Tables[:1], Holds: true, Short: "a feed (JSON Feed 1.1)", needs: noNeeds, open: openJSONFeed},
		{Name: "schemaorg", Title: "schema.org", Ext: ".jsonld", Type: "application/ld+json", Of: Tables[:1], Holds: true, Short: "JSON-LD: a NewsArticle with its Quotations for each article", needs: findingNeeds, open: openSchemaOrg},
		{Name: "ninjs", Title: "ninjs", Ext: ".json", Type: "application/json", Of: Tables[:1], Short: "items for newsroom systems (IPTC ninjs 2.1)", needs: findingNeeds, open: openNinjs},
		{Name: "md", Title: "Markdown", Ext: ".zip", Type: "application/zip", Of: Tables[:1], Binary: true, Holds: true, Short: "a note for each article, as a ZIP, or in a folder with -o FOLDER/", needs: findingNeeds, open: openNotes},
		{Name: "epub", Title: "EPUB", Ext: ".epub", Type: "application/epub+zip", Of: Tables[:1], Binary: true, Holds: true, Short: "a book to read away from the desk (EPUB 3)", needs: noNeeds, open: openBook},
		{Name: "manifest", Title: "Manifest", Ext: ".json", Type: "application/json", Of: Tables[:1], Holds: true, Short: "what there is: counts by outlet and day, gaps, terms",
			needs: noNeeds, open: openManifest},
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

// citedNeeds says what citations are made from.
func citedNeeds(of string) Needs { return Needs{Findings: of == "statements"} }

func noNeeds(string) Needs      { return Needs{} }
func findingNeeds(string) Needs { return Needs{Findings: true} }

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
