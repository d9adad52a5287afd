package sqlite

import (
	"fmt"
	"strings"

	"dateline/index/field"
	"dateline/internal/sqlfile"
)

// format is the format of index.db. It has one version: an index of another
// layout is not migrated but made again.
var format = sqlfile.Format{Name: "index", ID: 0x646c6932, Migrations: []string{schema()}}

// layoutNumber has to be raised with every change of the tables below, of what they
// hold, or of the tokens that query.Tokens gives.
const layoutNumber = 2

// layout describes what an index holds: layoutNumber and the fields. An index in which
// another layout is noted cannot be used and is made anew.
func layout() string {
	var b strings.Builder
	fmt.Fprint(&b, layoutNumber)
	for _, f := range field.All() {
		if f.Kind == field.Together { // nothing of it is in the index
			continue
		}
		fmt.Fprintf(&b, " %s:%d:%t", f.Name, f.Kind, f.Counted != nil)
	}
	return b.String()
}

// schema returns the script that makes an empty index.
func schema() string {
	return indexSchema + spokenSchema + saidSchema +
		fmt.Sprintf("INSERT INTO index_state VALUES (1, 0, random(), '%s');", layout())
}

// The tables of articles. In docs, id tells the publication time, see docID. It is
// also the rowid in fts, so that both "newest first" and a limit of dates are ranges
// of rowids. gen is the number of the change (one call of Add) that wrote the row.
// facets is a list of varints, each an id in facet_values. The table gone holds the
// ids that were removed, each with the number of the change that did so; facets.go
// reads it to learn what has changed.
//
// fts does not keep the texts, only where each word stands. Its columns are given
// tokens as query.Tokens yields them, separated by spaces; the column k is given marks
// that no text can hold, see kMark.
//
// In index_state, gen is the number of the last change, and epoch a random number that
// tells one index from another that is later put into the same file.
const indexSchema = `
CREATE TABLE cursors (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE index_state (one INTEGER PRIMARY KEY CHECK (one = 1), gen INTEGER NOT NULL, epoch INTEGER NOT NULL, layout TEXT NOT NULL);
CREATE TABLE docs (
	id INTEGER PRIMARY KEY,
	article TEXT NOT NULL UNIQUE,
	capture TEXT NOT NULL UNIQUE,
	fetched INTEGER NOT NULL,
	gen INTEGER NOT NULL,
	day INTEGER NOT NULL,
	facets BLOB NOT NULL
);
CREATE INDEX docs_gen ON docs (gen);
CREATE TABLE gone (id INTEGER NOT NULL, gen INTEGER NOT NULL);
CREATE INDEX gone_gen ON gone (gen);
CREATE TABLE facet_values (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,
	fold TEXT NOT NULL,
	value TEXT NOT NULL,
	UNIQUE (kind, fold)
);
CREATE VIRTUAL TABLE fts USING fts5(title, body, k, content='', contentless_delete=1,
	detail=full, columnsize=1, tokenize='ascii');
INSERT INTO fts(fts, rank) VALUES ('rank', 'bm25(4.0, 1.0, 0.0)');
INSERT INTO fts(fts, rank) VALUES ('hashsize', 134217728);
`

// The days that the texts of docs speak of, see spokenOf. width is the class of an
// interval; first is its first day and last the day after its last.
const spokenSchema = `
CREATE TABLE spoken (
	width INTEGER NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	id INTEGER NOT NULL,
	PRIMARY KEY (width, first, last, id)
) WITHOUT ROWID;
CREATE INDEX spoken_id ON spoken (id);
`

// The statements of docs, see saying. Like fts, the table said keeps only where each
// word stands. said_by gives the speaker of a statement, an id in facet_values, if the
// statement is sure and the speaker known by name; sid is the rowid in said.
const saidSchema = `
CREATE VIRTUAL TABLE said USING fts5(words, who, how, content='', contentless_delete=1,
	detail=full, columnsize=1, tokenize='ascii');
INSERT INTO said(said, rank) VALUES ('hashsize', 67108864);
CREATE TABLE said_by (sid INTEGER PRIMARY KEY, who INTEGER NOT NULL);
`

const dropIndex = `
DROP TABLE IF EXISTS said_by;
DROP TABLE IF EXISTS said;
DROP TABLE IF EXISTS spoken;
DROP TABLE IF EXISTS fts;
DROP TABLE IF EXISTS facet_values;
DROP TABLE IF EXISTS gone;
DROP TABLE IF EXISTS docs;
DROP TABLE IF EXISTS index_state;
DROP TABLE IF EXISTS cursors;
`
