package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/internal/sqlfile"
	"dateline/store"
)

// Find implements [store.Lookup].
func (db *DB) Find(ctx context.Context, ref string) (*dateline.Article, error) {
	ref, _, _ = strings.Cut(ref, "#")
	const sql = `SELECT ` + rowColumns + ` FROM articles WHERE key = ?1
		UNION ALL SELECT ` + rowColumns + ` FROM articles WHERE rec ->> 'id' IN (?1, ?2)
		UNION ALL SELECT ` + rowColumns + ` FROM articles WHERE rec ->> 'url' = ?1`
	found, err := db.articles(ctx, sql, ref, string(dateline.NewArticleID(ref)))
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", ref, err)
	}
	return store.Current(found), nil
}

// Article implements [store.Lookup].
func (db *DB) Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error) {
	versions, err := db.Versions(ctx, id)
	if err != nil {
		return nil, err
	}
	return store.Current(versions), nil
}

// Versions implements [store.Lookup].
func (db *DB) Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	versions, err := db.articles(ctx, `SELECT `+rowColumns+` FROM articles WHERE rec ->> 'id' = ? ORDER BY seq`, string(id))
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	slices.SortStableFunc(versions, func(a, b *dateline.Article) int { return store.Fetched(a).Compare(store.Fetched(b)) })
	return versions, nil
}

// articles returns the records that the query selects, at least one.
func (db *DB) articles(ctx context.Context, query string, args ...any) ([]*dateline.Article, error) {
	return records[dateline.Article](ctx, db.file.Read, "articles", query, args...)
}

// records returns the records of a log that the query selects, at least one. A
// row that is damaged is passed over where there is a sound one.
func records[T any](ctx context.Context, q sqlfile.Queryer, table, query string, args ...any) ([]*T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var recs []*T
	var r row
	none := dateline.ErrNotFound
	for rows.Next() {
		if err := r.scan(rows); err != nil {
			return nil, err
		}
		rec := new(T)
		err := r.decode(table, rec)
		switch {
		case err == nil:
			recs = append(recs, rec)
		case errors.As(err, new(*store.DamageError)):
			none = err
		default:
			return nil, err
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(recs) == 0 {
		return nil, none
	}
	return recs, nil
}

// ArticlesOf implements [store.Lookup].
func (db *DB) ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error) {
	return byKey[dateline.Article](ctx, db.file.Read, "articles", ids)
}

// FindingsOf implements [store.Lookup].
func (db *DB) FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	return byKey[dateline.Findings](ctx, db.file.Read, "findings", ids)
}

// FoundIn implements [store.Lookup]. It reads the beginning of the record, where the JSON
// of findings has the digest.
func (db *DB) FoundIn(ctx context.Context, id dateline.CaptureID) (string, error) {
	var head string
	err := db.file.Read.QueryRowContext(ctx, "SELECT substr(rec, 1, 300) FROM findings WHERE key = ?", string(id)).Scan(&head)
	if errors.Is(err, sql.ErrNoRows) {
		err = dateline.ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("findings: %s: %w", id, err)
	}
	if _, rest, ok := strings.Cut(head, `,"article":"`); ok && strings.HasPrefix(head, `{"capture":"`+string(id)+`",`) {
		if digest, _, ok := strings.Cut(rest, `"`); ok {
			return digest, nil
		}
	}
	f, err := db.Findings().Get(ctx, string(id)) // made outside an archive, or damaged
	return f.Article, err
}

// byKey returns the records of the keys in a log, nil where there is
// none or a damaged one, in the order of ids.
func byKey[T any, K ~string](ctx context.Context, q sqlfile.Queryer, table string, ids []K) ([]*T, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, `SELECT j.key, l.seq, l.key, l.sum, l.rec FROM json_each(?) j CROSS JOIN `+table+` l ON l.key = j.value`, string(list))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	defer rows.Close()
	texts := make([][]byte, len(ids))
	for rows.Next() {
		var i int
		var r row
		if err := rows.Scan(&i, (*position)(&r.seq), &r.key, &r.sum, &r.rec); err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
		if r.check(table) == nil {
			texts[i] = bytes.Clone(r.rec)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	recs, err := decode[T](texts)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	return recs, nil
}

// decode reads records from their JSON, nil where there is no text. It uses all
// processors, since decoding takes most of the time in which a page of hits is made.
func decode[T any](texts [][]byte) ([]*T, error) {
	recs := make([]*T, len(texts))
	var g errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		g.Go(func() error {
			for i := w; i < len(texts); i += workers {
				if texts[i] == nil {
					continue
				}
				recs[i] = new(T)
				if err := json.Unmarshal(texts[i], recs[i]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return recs, g.Wait()
}

// GroupsOf implements [store.Lookup].
func (db *DB) GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error) {
	return byKey[dateline.Group](ctx, db.file.Read, "groups", ids)
}

// Members implements [store.Lookup].
func (db *DB) Members(ctx context.Context, level dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error) {
	column := "story"
	switch level {
	case dateline.ReportLevel:
		column = "report"
	case dateline.EventLevel:
		column = "event"
	}
	list, err := records[dateline.Group](ctx, db.file.Read, "groups",
		`SELECT `+rowColumns+` FROM groups WHERE rec ->> '`+column+`' = ? ORDER BY seq`, string(id))
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", level, id, err)
	}
	return list, nil
}

// Stories implements [store.Lookup].
func (db *DB) Stories(ctx context.Context, least int) iter.Seq2[store.StorySize, error] {
	return func(yield func(store.StorySize, error) bool) {
		rows, err := db.file.Read.QueryContext(ctx, `SELECT rec ->> 'story' AS story, count(*), count(DISTINCT rec ->> 'report'),
			coalesce(min(rec ->> 'day'), ''), coalesce(max(rec ->> 'day'), '') AS last
			FROM groups GROUP BY rec ->> 'story' HAVING count(*) >= ? ORDER BY last DESC, story`, least)
		if err != nil {
			yield(store.StorySize{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var z store.StorySize
			if err := rows.Scan(&z.Story, &z.Articles, &z.Reports, &z.First, &z.Last); err != nil {
				yield(z, err)
				return
			}
			if !yield(z, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(store.StorySize{}, err)
		}
	}
}

// CaptureByPayload implements [store.Lookup].
func (db *DB) CaptureByPayload(ctx context.Context, digest string) (*dateline.Capture, error) {
	found, err := records[dateline.Capture](ctx, db.file.Read, "captures",
		`SELECT `+rowColumns+` FROM captures WHERE rec ->> 'payload' = ? AND rec ->> 'revisit' IS NULL ORDER BY seq LIMIT 1`, digest)
	if err != nil {
		return nil, fmt.Errorf("capture with payload %s: %w", digest, err)
	}
	return found[0], nil
}

// CaptureAt implements [store.Lookup].
func (db *DB) CaptureAt(ctx context.Context, url string, at time.Time) (*dateline.Capture, error) {
	found, err := records[dateline.Capture](ctx, db.file.Read, "captures", `SELECT `+rowColumns+` FROM captures WHERE rec ->> 'url' = ? ORDER BY seq`, url)
	if err == nil {
		found = slices.DeleteFunc(found, func(c *dateline.Capture) bool {
			return !c.Fetched.Truncate(time.Second).Equal(at.Truncate(time.Second))
		})
		slices.SortStableFunc(found, func(a, b *dateline.Capture) int { return strings.Compare(string(a.Revisit), string(b.Revisit)) })
		if len(found) == 0 {
			err = dateline.ErrNotFound
		}
	}
	if err != nil {
		return nil, fmt.Errorf("capture of %s at %s: %w", url, at.UTC().Format(time.RFC3339), err)
	}
	return found[0], nil
}

// LastCapture implements [store.Lookup].
func (db *DB) LastCapture(ctx context.Context, url string) (*dateline.Capture, error) {
	found, err := records[dateline.Capture](ctx, db.file.Read, "captures", `SELECT `+rowColumns+` FROM captures WHERE rec ->> 'url' = ? ORDER BY seq`, url)
	if err != nil {
		return nil, fmt.Errorf("last capture of %s: %w", url, err)
	}
	return found[len(found)-1], nil
}

// dueChunk is how many leads DueLeads reads at a time; set by eye.
const dueChunk = 1000

// DueLeads implements [store.Lookup]. Times are compared as they are written, in UTC:
// those of one second may come in another order.
func (db *DB) DueLeads(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error] {
	const layout = "2006-01-02T15:04:05" // "…:05Z" and "…:05.5Z" lie behind it
	return func(yield func(dateline.Lead, error) bool) {
		from, key := "", ""
		to := before.UTC().Add(time.Second).Format(layout)
		for {
			rows, err := db.file.Read.QueryContext(ctx, `SELECT rec ->> 'next', `+rowColumns+` FROM leads
				WHERE rec ->> 'next' >= ?1 AND rec ->> 'next' < ?2 AND (rec ->> 'next', key) > (?1, ?3)
				ORDER BY rec ->> 'next', key LIMIT ?4`, from, to, key, dueChunk)
			var due []dateline.Lead
			n := 0
			if err == nil {
				if n, err = readDue(rows, &due, &from, &key); err == nil {
					err = rows.Err()
				}
				err = errors.Join(err, rows.Close())
			}
			if err != nil {
				yield(dateline.Lead{}, fmt.Errorf("leads due before %s: %w", to, err))
				return
			}
			for _, l := range due {
				if l.Next.Before(before) && !yield(l, nil) {
					return
				}
			}
			if n < dueChunk {
				return
			}
		}
	}
}

// readDue reads the rows of one piece of DueLeads, how many there are, and the time and key
// of the last; damaged records are passed over.
func readDue(rows *sql.Rows, due *[]dateline.Lead, at, key *string) (n int, err error) {
	var r row
	for ; rows.Next(); n++ {
		if err := rows.Scan(at, (*position)(&r.seq), &r.key, &r.sum, &r.rec); err != nil {
			return n, err
		}
		*key = string(r.key)
		var l dateline.Lead
		err := r.decode("leads", &l)
		switch {
		case err == nil:
			*due = append(*due, l)
		case !errors.As(err, new(*store.DamageError)):
			return n, err
		}
	}
	return n, nil
}

// LastOffset implements [store.Lookup].
func (db *DB) LastOffset(ctx context.Context, file string) (int64, error) {
	var last sql.NullInt64
	err := db.file.Read.QueryRowContext(ctx, `SELECT rec ->> 'offset' FROM captures WHERE rec ->> 'file' = ?
		ORDER BY rec ->> 'offset' DESC LIMIT 1`, file).Scan(&last)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return -1, nil
	case err != nil:
		return 0, fmt.Errorf("last capture in %s: %w", file, err)
	}
	return last.Int64, nil // the JSON of a capture leaves out an offset of 0: NULL means 0 here
}
