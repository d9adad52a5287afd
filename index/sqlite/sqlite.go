// Package sqlite is the index that programs use: one SQLite file, index.db, that can
// be deleted and made again from the logs. Words are found by FTS5, the full-text
// search of SQLite.
//
//	sqlite.go   opening, cursors, checks, sizes
//	make.go     making an index in a file beside the one in use, and replacing that one by it
//	schema.go   the tables
//	add.go      putting articles into the tables
//	spoken.go   the days that texts speak of: storing and finding them
//	said.go     statements: storing, finding and counting them
//	plan.go     from a query to the SQL and FTS5 expressions that answer it
//	compare.go  whether the index holds what its articles give
//	search.go   matches of a query, the newest or the best first
//	facets.go   counts of a query
//	revision.go whether anything has changed
//
// One process at a time may write; many may search.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"sync"

	"dateline"
	"dateline/index"
	"dateline/internal/disk"
	"dateline/internal/sqlfile"
)

// Options say how to open an index. The zero Options open it for reading and
// writing.
type Options struct {
	ReadOnly bool    // never write; another process may be writing
	WALLimit int64   // bytes of the write-ahead log at which it is emptied after a write; 0 means 400 MiB
	FS       disk.FS // the file system that holds the file; nil is that of the machine, see sqlfile.Options
}

// ErrReadOnly reports an attempt to write to an index opened with
// Options.ReadOnly.
var ErrReadOnly = sqlfile.ErrReadOnly

// An Index is an open index. Its methods may be called from many goroutines.
type Index struct {
	path   string
	fs     disk.FS
	file   *sqlfile.File
	source index.Source

	mu   sync.Mutex // guards what follows
	cols *columns   // what facets are counted from; nil until first needed
}

// Open opens the index in the file path. If there is none, or none that this program
// can use, the error is index.ErrNone, and [Make] makes one. source is asked for the
// other versions of an article when the one by which it was found is gone; it may be
// nil if nothing will be added.
func Open(ctx context.Context, path string, source index.Source, o Options) (*Index, error) {
	if o.FS == nil {
		o.FS = disk.OS{}
	}
	fi, err := o.FS.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && fi.Size() == 0 {
		return nil, fmt.Errorf("%s: %w", path, index.ErrNone)
	}
	x, err := open(ctx, path, source, sqlfile.Options{ReadOnly: o.ReadOnly, WALLimit: o.WALLimit, FS: o.FS, Replaced: usable})
	switch {
	case sqlfile.Damaged(err), errors.As(err, new(*sqlfile.VersionError)), errors.Is(err, sqlfile.ErrMisnumbered):
		return nil, fmt.Errorf("%s: %w: %w", path, index.ErrNone, err)
	case err != nil:
		return nil, err
	}
	if err := usable(ctx, x.file.Read); err != nil {
		if sqlfile.Damaged(err) || errors.Is(err, errLayout) {
			err = fmt.Errorf("%s: %w: %w", path, index.ErrNone, err)
		}
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// open opens the file with its format checked, but not whether this program can use
// its layout.
func open(ctx context.Context, path string, source index.Source, o sqlfile.Options) (*Index, error) {
	file, err := sqlfile.Open(ctx, path, format, o)
	if err != nil {
		return nil, err
	}
	return &Index{path: path, fs: o.FS, file: file, source: source}, nil
}

// errLayout reports an index that another version of this program made.
var errLayout = errors.New("it was made by another version of this program")

// usable returns nil if this program can use the index, and errLayout if it was made
// for another layout.
func usable(ctx context.Context, q sqlfile.Queryer) error {
	var got string
	err := q.QueryRowContext(ctx, `SELECT layout FROM index_state`).Scan(&got)
	if err == nil && got != layout() {
		err = errLayout
	}
	return err
}

// Close closes the index. It waits for calls that are under way.
func (x *Index) Close() error { return x.file.Close() }

// Checkpoint writes the write-ahead log back into the file and empties it. It waits up
// to ten seconds for readers. If they do not finish, the log stays as it is; that is
// no error, since a later checkpoint will empty it.
func (x *Index) Checkpoint(ctx context.Context) error { return x.file.Checkpoint(ctx) }

// Cursor implements store.Cursors.
func (x *Index) Cursor(ctx context.Context, name string) (seq int64, err error) {
	err = x.file.Read.QueryRowContext(ctx, "SELECT seq FROM cursors WHERE name = ?", name).Scan(&seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("index: cursor %s: %w", name, err)
	}
	return seq, nil
}

// SetCursor implements store.Cursors.
func (x *Index) SetCursor(ctx context.Context, name string, seq int64) error {
	err := x.file.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO cursors (name, seq) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET seq = ?2`, name, seq)
		return err
	})
	if err != nil {
		return fmt.Errorf("index: cursor %s: %w", name, err)
	}
	return nil
}

// Check yields what SQLite finds wrong with the structure of the file, in one sentence
// each, at most a hundred.
func (x *Index) Check(ctx context.Context) iter.Seq2[string, error] { return x.file.Check(ctx) }

// Altered returns the pages of the file that are not as the last writer left them, see
// [sqlfile.File.Altered].
func (x *Index) Altered(ctx context.Context) (pages []int64, size int64, known bool, err error) {
	return x.file.Altered(ctx)
}

// Held yields, in the order of their IDs, the articles with an ID greater than after,
// each with the capture that shows the version by which it is found. The sequence ends
// after its first error.
func (x *Index) Held(ctx context.Context, after dateline.ArticleID) iter.Seq2[index.Entry, error] {
	return func(yield func(index.Entry, error) bool) {
		for {
			chunk, err := x.held(ctx, after)
			for _, e := range chunk {
				if !yield(e, nil) {
					return
				}
				after = e.Article
			}
			if err != nil {
				yield(index.Entry{}, fmt.Errorf("index: articles: %w", err))
				return
			}
			if len(chunk) == 0 {
				return
			}
		}
	}
}

// rowsAtOnce is how many rows are read at a time where a whole table is gone through:
// about 200 kB of them.
const rowsAtOnce = 1000

// held returns the next articles with an ID greater than after, at most rowsAtOnce;
// none at the end.
func (x *Index) held(ctx context.Context, after dateline.ArticleID) (chunk []index.Entry, err error) {
	rows, err := x.file.Read.QueryContext(ctx, "SELECT article, capture FROM docs WHERE article > ? ORDER BY article LIMIT ?", string(after), rowsAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e index.Entry
		if err := rows.Scan(&e.Article, &e.Capture); err != nil {
			return chunk, err
		}
		if e.Article <= after {
			return chunk, sqlfile.ErrOrder
		}
		after = e.Article
		chunk = append(chunk, e)
	}
	return chunk, rows.Err()
}

// Stats are the sizes of an index.
type Stats struct {
	Indexed int64 `json:"indexed"` // articles that a query can find
	Bytes   int64 `json:"bytes"`   // on disk, with the write-ahead log
}

// Stats returns the sizes of the index.
func (x *Index) Stats(ctx context.Context) (s Stats, err error) {
	err = x.file.Read.QueryRowContext(ctx, `SELECT count(*) FROM docs`).Scan(&s.Indexed)
	if err == nil {
		s.Bytes, err = x.file.Bytes()
	}
	if err != nil {
		return Stats{}, fmt.Errorf("index: stats: %w", err)
	}
	return s, nil
}
