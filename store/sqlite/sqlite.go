// Package sqlite keeps the logs of an archive, the cursors of its stages and
// the look-ups in one SQLite file.
//
//	sqlite.go   opening, closing, sizes
//	schema.go   the tables and how older files are brought to them
//	views.go    the logs as tables of typed columns, for whoever opens the file
//	log.go      store.Log and store.Cursors
//	sum.go      the checksum of each row
//	copy.go     a copy of a database in use; salvage.go: what is sound of a damaged one
//	lookup.go   store.Lookup
//	walk.go     store.Lookup: many records in an order of their own; the check of the file
//
// A log is one table (seq, key, rec JSON, sum). The file can be read by SQLite from
// version 3.40 on, and so by most of what reads SQLite at all.
//
// One process writes at a time, many may read. Writes are on stable storage
// when the call that made them returns nil.
package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"dateline/internal/disk"
	"dateline/internal/sqlfile"
)

// Options say how to open an archive's database. The zero Options open it for
// reading and writing, and make it if it does not exist.
type Options struct {
	ReadOnly bool    // never write; the file must exist, another process may be writing it
	WALLimit int64   // bytes of the write-ahead log at which it is emptied after a write; 0 means 400 MiB
	FS       disk.FS // where the file is, see sqlfile.Options
	// Migrating is told that a file of an older version is about to be brought
	// to the present one, which takes a while; nil tells nobody.
	Migrating func(from, to int)
}

// ErrReadOnly reports an attempt to write to an archive opened with
// Options.ReadOnly.
var ErrReadOnly = sqlfile.ErrReadOnly

// A DB is an open database. Its methods may be called from many goroutines.
type DB struct{ file *sqlfile.File }

// Open opens the database in the file path, and brings one of an older version to
// the present one unless o.ReadOnly is set. See [Damaged], [Unusable] and [Empty] for
// what its errors can say of the file.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	from := 0
	file, err := sqlfile.Open(ctx, path, format, sqlfile.Options{ReadOnly: o.ReadOnly, WALLimit: o.WALLimit, FS: o.FS,
		Migrating: func(version, to int) {
			from = version
			if o.Migrating != nil {
				o.Migrating(version, to)
			}
		}})
	if err != nil {
		return nil, err
	}
	if from > 0 && from <= lastWithIndex {
		// Without the index the file is half as large. If this fails or is cut
		// short, the room is used by later records.
		_ = file.Vacuum(ctx)
	}
	return &DB{file}, nil
}

// Close closes the database. It waits for calls that are under way.
func (db *DB) Close() error { return db.file.Close() }

// Checkpoint writes the write-ahead log back into the file and empties it.
// It waits up to ten seconds for readers; if they do not finish, the log
// stays and that is no error.
func (db *DB) Checkpoint(ctx context.Context) error { return db.file.Checkpoint(ctx) }

// Stats are the sizes of an archive's logs.
type Stats struct {
	Captures int64 `json:"captures"` // captures, revisits among them
	Articles int64 `json:"articles"` // versions of articles and skipped pages
	Findings int64 `json:"findings"` // articles in which findings were looked for
	Bytes    int64 `json:"bytes"`    // on disk, with the write-ahead log
}

// Stats returns the sizes of the logs.
func (db *DB) Stats(ctx context.Context) (s Stats, err error) {
	const count = `SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM articles), (SELECT count(*) FROM findings)`
	err = db.file.Read.QueryRowContext(ctx, count).Scan(&s.Captures, &s.Articles, &s.Findings)
	if err == nil {
		s.Bytes, err = db.file.Bytes()
	}
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	return s, nil
}

// Query runs a query in SQL that reads. SQLite refuses whatever would change the file.
func (db *DB) Query(ctx context.Context, query string) (*sql.Rows, error) {
	return db.file.Read.QueryContext(ctx, query)
}
