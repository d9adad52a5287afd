package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// migrations is append-only: the archive of version n has run the first n of
// them. A script that changes the tables of the index drops them, makes them
// anew and deletes the cursor of the stage that fills them. A table that is
// only added stays empty for what is indexed already, until the index is
// rebuilt.
var migrations = []string{
	logSchema + indexSchema,
	spokenSchema,
	decisionSchema + saidSchema,
	placeSchema,
}

// applicationID marks the file as an archive of this program.
const applicationID = 0x646c6e31

// The logs, what finds a record in them by something else than its key, and
// index_state: gen counts the changes of the index, epoch is the gen at which
// it was last dropped.
const logSchema = `
CREATE TABLE captures (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
CREATE TABLE articles (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
CREATE TABLE findings (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
CREATE TABLE cursors (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE INDEX captures_url ON captures (rec ->> 'url');
CREATE INDEX captures_payload ON captures (rec ->> 'payload') WHERE rec ->> 'revisit' IS NULL;
CREATE INDEX articles_id ON articles (rec ->> 'id');
CREATE INDEX articles_url ON articles (rec ->> 'url');

CREATE TABLE index_state (one INTEGER PRIMARY KEY CHECK (one = 1), gen INTEGER NOT NULL, epoch INTEGER NOT NULL);
INSERT INTO index_state VALUES (1, 0, 0);
`

// The index. docs.id tells the publication time, see docID; it is also the
// rowid in fts, so that "newest first" and date ranges are ranges of rowids.
// gen is the change of the index that wrote the row; gone holds the ids that
// a later change has freed. facets holds varints, keys of facet_values.
//
// fts keeps no texts. Its columns hold tokens as query.Tokens gives them,
// separated by spaces; k holds marks that no text can hold, see kMark.
const indexSchema = `
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

// The days that the texts of docs speak of, see spokenOf: width is the class
// of the interval, first and last are its first day and the one after its
// last.
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

// What users have decided about speakers: a log that no other can restore.
const decisionSchema = `
CREATE TABLE decisions (seq INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, rec TEXT NOT NULL);
`

// The statements of docs, see saying: said keeps tokens only, as fts does;
// said_by tells the speaker of those that are not doubtful, by the rowid in said.
const saidSchema = `
CREATE VIRTUAL TABLE said USING fts5(words, who, content='', contentless_delete=1,
	detail=full, columnsize=1, tokenize='ascii');
INSERT INTO said(said, rank) VALUES ('hashsize', 67108864);
CREATE TABLE said_by (sid INTEGER PRIMARY KEY, who INTEGER NOT NULL);
`

// Where the records of captures stand.
const placeSchema = `
CREATE INDEX captures_place ON captures (rec ->> 'file', rec ->> 'offset');
`

const dropIndex = `
DROP TABLE said_by;
DROP TABLE said;
DROP TABLE spoken;
DROP TABLE fts;
DROP TABLE facet_values;
DROP TABLE gone;
DROP TABLE docs;
`

// migrate brings the archive to the newest version.
func migrate(ctx context.Context, w *sql.DB) error {
	tx, err := w.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	version, err := readVersion(ctx, tx)
	if err != nil {
		return err
	}
	if version >= len(migrations) {
		return nil // if newer, checkVersion says so
	}
	for _, script := range migrations[version:] {
		if _, err := tx.ExecContext(ctx, script); err != nil {
			return fmt.Errorf("migration: %w", err)
		}
	}
	set := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, len(migrations))
	if _, err := tx.ExecContext(ctx, set); err != nil {
		return fmt.Errorf("migration: %w", err)
	}
	return tx.Commit()
}

// checkVersion reports an archive that this program cannot read.
func checkVersion(ctx context.Context, db *sql.DB) error {
	version, err := readVersion(ctx, db)
	switch {
	case err != nil:
		return err
	case version > len(migrations):
		return fmt.Errorf("the archive has version %d, this program reads up to version %d: use a newer program", version, len(migrations))
	case version < len(migrations):
		return fmt.Errorf("the archive has version %d and must be brought to version %d: open it once for writing", version, len(migrations))
	}
	return nil
}

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// readVersion returns the version of the archive, 0 for a new file.
func readVersion(ctx context.Context, q queryer) (version int, err error) {
	var app, tables int
	const sql = `SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_user_version, pragma_application_id`
	if err := q.QueryRowContext(ctx, sql).Scan(&version, &app, &tables); err != nil {
		return 0, fmt.Errorf("not an archive: %w", err)
	}
	if app != applicationID && tables > 0 {
		return 0, fmt.Errorf("not an archive: a database of another program (application_id %#x)", app)
	}
	return version, nil
}
