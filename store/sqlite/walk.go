package sqlite

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"dateline"
	"dateline/internal/sqlfile"
	"dateline/store"
)

// Placed implements [store.Lookup].
func (db *DB) Placed(ctx context.Context, file string) iter.Seq2[store.Entry[dateline.Capture], error] {
	return func(yield func(store.Entry[dateline.Capture], error) bool) {
		for offset, seq := int64(0), int64(0); ; {
			chunk, last, err := db.placed(ctx, file, offset, seq)
			for _, e := range chunk {
				if !yield(e, nil) {
					return
				}
			}
			if err != nil {
				yield(store.Entry[dateline.Capture]{}, fmt.Errorf("captures in %s: %w", file, err))
				return
			}
			switch {
			case last.seq > 0:
				offset, seq = last.offset, last.seq
			case offset == 0:
				offset = 1 // those at offset 0 are done, and no other record begins before byte 1
			default:
				return
			}
		}
	}
}

// A place is where Placed has come to.
type place struct{ offset, seq int64 }

// placed returns some of the captures in the file behind an offset and, there,
// a position, and the last place read, which is zero at the end.
func (db *DB) placed(ctx context.Context, file string, offset, seq int64) (chunk []store.Entry[dateline.Capture], last place, err error) {
	const query = `SELECT coalesce(rec ->> 'offset', 0), ` + rowColumns + ` FROM captures WHERE rec ->> 'file' = ?1 AND `
	where := `rec ->> 'offset' IS NULL AND seq > ?3 ORDER BY seq` // the JSON of a capture leaves out an offset of 0
	if offset > 0 {
		where = `(rec ->> 'offset', seq) > (?2, ?3) ORDER BY rec ->> 'offset', seq`
	}
	rows, err := db.file.Read.QueryContext(ctx, query+where+` LIMIT ?4`, file, offset, seq, chunkRecords)
	if err != nil {
		return nil, last, err
	}
	defer rows.Close()
	var r row
	for rows.Next() {
		before := place{offset, seq}
		if err := rows.Scan(&offset, (*position)(&r.seq), &r.key, &r.sum, &r.rec); err != nil {
			return chunk, last, err
		}
		if seq = r.seq; offset < before.offset || offset == before.offset && seq <= before.seq {
			return chunk, last, sqlfile.ErrOrder
		}
		last = place{offset, seq}
		e := store.Entry[dateline.Capture]{Seq: r.seq}
		err := r.decode("captures", &e.Rec)
		switch {
		case err == nil:
			chunk = append(chunk, e)
		case !errors.As(err, new(*store.DamageError)):
			return chunk, last, err
		}
	}
	return chunk, last, rows.Err()
}

// Files implements [store.Lookup].
func (db *DB) Files(ctx context.Context) ([]string, error) {
	var names []string
	name := ""
	for {
		next, err := db.next(ctx, `SELECT min(rec ->> 'file') FROM captures WHERE rec ->> 'file' > ?`, name)
		if err != nil {
			return nil, fmt.Errorf("files of captures: %w", err)
		}
		if next == "" {
			return names, nil
		}
		names, name = append(names, next), next
	}
}

// next returns the text behind another one that the query finds; "" if there
// is none.
func (db *DB) next(ctx context.Context, query, after string) (string, error) {
	var text *string
	if err := db.file.Read.QueryRowContext(ctx, query, after).Scan(&text); err != nil || text == nil {
		return "", err
	}
	if *text <= after {
		return "", sqlfile.ErrOrder
	}
	return *text, nil
}

// IDs implements [store.Lookup].
func (db *DB) IDs(ctx context.Context, after dateline.ArticleID) iter.Seq2[dateline.ArticleID, error] {
	return func(yield func(dateline.ArticleID, error) bool) {
		for id := string(after); ; {
			next, err := db.next(ctx, `SELECT min(rec ->> 'id') FROM articles WHERE rec ->> 'id' > ?`, id)
			if err != nil {
				yield("", fmt.Errorf("articles after %s: %w", id, err))
				return
			}
			if next == "" || !yield(dateline.ArticleID(next), nil) {
				return
			}
			id = next
		}
	}
}

// Check yields what SQLite finds wrong with the structure of the file, a
// sentence each, at most a hundred, and cursors that no stage has: their names, which
// have no checksum, have been changed.
func (db *DB) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for text, err := range db.file.Check(ctx) {
			if !yield(text, err) || err != nil {
				return
			}
		}
		names, err := db.foreignCursors(ctx)
		if err != nil {
			yield("", fmt.Errorf("cursors: %w", err))
			return
		}
		for _, name := range names {
			if !yield(fmt.Sprintf("there is a cursor %q, and no such stage", name), nil) {
				return
			}
		}
	}
}

// Altered returns the pages of the file that are not as the last writer left them, see
// [sqlfile.File.Altered].
func (db *DB) Altered(ctx context.Context) (pages []int64, size int64, known bool, err error) {
	return db.file.Altered(ctx)
}

// foreignCursors returns the names of cursors that are neither a stage's nor a mark.
func (db *DB) foreignCursors(ctx context.Context) (names []string, err error) {
	rows, err := db.file.Read.QueryContext(ctx, "SELECT name FROM cursors ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		if _, ok := stages[name]; !ok && !strings.HasPrefix(name, store.MarkPrefix) {
			names = append(names, name)
		}
	}
	return names, rows.Err()
}
