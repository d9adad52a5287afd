package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"dateline"
	"dateline/internal/sqlfile"
	"dateline/store"
)

// Captures is the log of captures; the key is Capture.ID.
func (db *DB) Captures() store.Log[dateline.Capture] {
	return log[dateline.Capture]{db, "captures", func(c *dateline.Capture) string { return string(c.ID) }}
}

// Articles is the log of articles; the key is Article.Capture.
func (db *DB) Articles() store.Log[dateline.Article] {
	return log[dateline.Article]{db, "articles", func(a *dateline.Article) string { return string(a.Capture) }}
}

// Findings is the log of findings; the key is Findings.Capture.
func (db *DB) Findings() store.Log[dateline.Findings] {
	return log[dateline.Findings]{db, "findings", func(f *dateline.Findings) string { return string(f.Capture) }}
}

// Decisions is the log of what users have decided about speakers; the key is
// Decision.Key.
func (db *DB) Decisions() store.Log[dateline.Decision] {
	return log[dateline.Decision]{db, "decisions", (*dateline.Decision).Key}
}

// Sources is the log of the sources that are followed; the key is Source.URL.
func (db *DB) Sources() store.Log[dateline.Source] {
	return log[dateline.Source]{db, "sources", func(s *dateline.Source) string { return s.URL }}
}

// Leads is the log of the addresses that sources have named; the key is Lead.URL.
func (db *DB) Leads() store.Log[dateline.Lead] {
	return log[dateline.Lead]{db, "leads", func(l *dateline.Lead) string { return l.URL }}
}

// Seals is the log of the manifests of digests; the key is Seal.Key.
func (db *DB) Seals() store.Log[dateline.Seal] {
	return log[dateline.Seal]{db, "seals", (*dateline.Seal).Key}
}

// Corrections is the log of what users have set right in articles; the key is
// Correction.Key.
func (db *DB) Corrections() store.Log[dateline.Correction] {
	return log[dateline.Correction]{db, "corrections", (*dateline.Correction).Key}
}

// Alerts is the log of the searches that are kept; the key is Alert.Name.
func (db *DB) Alerts() store.Log[dateline.Alert] {
	return log[dateline.Alert]{db, "alerts", func(a *dateline.Alert) string { return a.Name }}
}

// Notices is the log of what alerts tell; the key is Notice.ID.
func (db *DB) Notices() store.Log[dateline.Notice] {
	return log[dateline.Notice]{db, "notices", func(n *dateline.Notice) string { return n.ID }}
}

// Groups is the log of what belongs together; the key is Group.Article.
func (db *DB) Groups() store.Log[dateline.Group] {
	return log[dateline.Group]{db, "groups", func(g *dateline.Group) string { return string(g.Article) }}
}

// A log is one table (seq, key, rec JSON, sum).
type log[T any] struct {
	db    *DB
	table string
	key   func(*T) string
}

func (l log[T]) Put(ctx context.Context, recs ...T) error {
	if len(recs) == 0 {
		return nil
	}
	keys, texts := make([]string, len(recs)), make([][]byte, len(recs))
	for i := range recs {
		keys[i] = l.key(&recs[i])
		if keys[i] == "" {
			return fmt.Errorf("put in %s: record %d has no key", l.table, i)
		}
		var err error
		if texts[i], err = encode(&recs[i]); err != nil {
			return fmt.Errorf("put in %s: %s: %w", l.table, keys[i], err)
		}
	}
	err := l.db.file.Write(ctx, func(tx *sql.Tx) error { return l.put(ctx, tx, keys, texts) })
	if err != nil {
		return fmt.Errorf("put in %s: %w", l.table, err)
	}
	return nil
}

// put writes each record that differs from the stored one. Positions only
// grow: the next one is taken while the record still has its old one.
func (l log[T]) put(ctx context.Context, tx *sql.Tx, keys []string, texts [][]byte) error {
	var next int64
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) + 1 FROM "+l.table).Scan(&next); err != nil {
		return err
	}
	get, err := tx.PrepareContext(ctx, "SELECT "+rowColumns+" FROM "+l.table+" WHERE key = ?")
	if err != nil {
		return err
	}
	defer get.Close()
	insert, err := tx.PrepareContext(ctx, "INSERT INTO "+l.table+" (seq, key, rec, sum) VALUES (?1, ?2, ?3, ?4)"+
		" ON CONFLICT (key) DO UPDATE SET seq = ?1, rec = ?3, sum = ?4")
	if err != nil {
		return err
	}
	defer insert.Close()
	for i, key := range keys {
		same, damage, err := l.holds(ctx, get, key, texts[i])
		if err != nil {
			return err
		}
		if same {
			continue
		}
		if _, err := insert.ExecContext(ctx, next, key, string(texts[i]), rowSum(l.table, []byte(key), next, texts[i])); err != nil {
			if damage != nil { // look-ups are by what stood there once, and SQLite cannot find it
				err = fmt.Errorf("%w, and it cannot be replaced: %w", damage, err)
			}
			return err
		}
		next++
	}
	return nil
}

// holds reports whether the record stored under key is text. damage says that
// a row is there which is not what was put.
func (l log[T]) holds(ctx context.Context, get *sql.Stmt, key string, text []byte) (same bool, damage, err error) {
	rows, err := get.QueryContext(ctx, key)
	if err != nil {
		return false, nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, nil, rows.Err()
	}
	var old row
	if err := old.scan(rows); err != nil {
		return false, nil, err
	}
	damage = old.check(l.table)
	same = damage == nil && bytes.Equal(old.rec, text)
	return same, damage, rows.Close()
}

func (l log[T]) Get(ctx context.Context, key string) (rec T, err error) {
	found, err := records[T](ctx, l.db.file.Read, l.table, "SELECT "+rowColumns+" FROM "+l.table+" WHERE key = ?", key)
	if err != nil {
		return rec, fmt.Errorf("%s: %s: %w", l.table, key, err)
	}
	return *found[0], nil
}

// Has looks at the list of keys alone.
func (l log[T]) Has(ctx context.Context, key string) (ok bool, err error) {
	err = l.db.file.Read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+l.table+" WHERE key = ?)", key).Scan(&ok)
	if err != nil {
		return false, fmt.Errorf("%s: %s: %w", l.table, key, err)
	}
	return ok, nil
}

func (l log[T]) Last(ctx context.Context) (seq int64, err error) {
	err = l.db.file.Read.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM "+l.table).Scan(&seq)
	if err != nil {
		return 0, fmt.Errorf("%s: last position: %w", l.table, err)
	}
	return seq, nil
}

// After reads in chunks of so many records, or a little more than so many bytes; set
// by eye: some such chunks are held at a time.
const (
	chunkRecords = 200
	chunkBytes   = 4 << 20
)

func (l log[T]) After(ctx context.Context, seq int64) iter.Seq2[store.Entry[T], error] {
	return func(yield func(store.Entry[T], error) bool) {
		for {
			chunk, err := l.chunk(ctx, seq)
			for _, e := range chunk {
				if !yield(e.Entry, e.damage) {
					return
				}
				seq = e.Seq
			}
			if err != nil {
				yield(store.Entry[T]{}, fmt.Errorf("%s after %d: %w", l.table, seq, err))
				return
			}
			if len(chunk) == 0 {
				return
			}
		}
	}
}

// A stored is a record, or what is wrong with its row.
type stored[T any] struct {
	store.Entry[T]
	damage error
}

// chunk returns some of the records after seq, and those before an error.
func (l log[T]) chunk(ctx context.Context, seq int64) (chunk []stored[T], err error) {
	rows, err := l.db.file.Read.QueryContext(ctx, "SELECT "+rowColumns+" FROM "+l.table+" WHERE seq > ? ORDER BY seq LIMIT ?", seq, chunkRecords)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var r row
	for size := 0; size < chunkBytes && rows.Next(); size += len(r.rec) {
		if err := r.scan(rows); err != nil {
			return chunk, err
		}
		if r.seq <= seq {
			return chunk, sqlfile.ErrOrder
		}
		seq = r.seq
		var e stored[T]
		e.Seq = r.seq
		if err := r.decode(l.table, &e.Rec); err != nil {
			if !errors.As(err, new(*store.DamageError)) {
				return chunk, err
			}
			e = stored[T]{store.Entry[T]{Seq: r.seq}, err}
		}
		chunk = append(chunk, e)
	}
	return chunk, rows.Err()
}

// encode returns rec as JSON, the same bytes for equal records.
func encode(rec any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(rec); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// Cursor implements [store.Cursors].
func (db *DB) Cursor(ctx context.Context, name string) (seq int64, err error) {
	err = db.file.Read.QueryRowContext(ctx, "SELECT seq FROM cursors WHERE name = ?", name).Scan(&seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("cursor %s: %w", name, err)
	}
	return seq, nil
}

// SetCursor implements [store.Cursors].
func (db *DB) SetCursor(ctx context.Context, name string, seq int64) error {
	err := db.file.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO cursors (name, seq) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET seq = ?2`, name, seq)
		return err
	})
	if err != nil {
		return fmt.Errorf("cursor %s: %w", name, err)
	}
	return nil
}
