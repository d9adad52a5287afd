package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// A doc is a hit before its article is loaded.
type doc struct {
	id    int64
	score float64
}

// Search loads so many ids and so many articles at a time. Between them no
// transaction is open.
const (
	idsAtOnce      = 20000
	articlesAtOnce = 100
)

// Search implements [index.Index].
func (db *DB) Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Hit, error] {
	return func(yield func(index.Hit, error) bool) {
		if err := db.search(ctx, q, o, func(h index.Hit) bool { return yield(h, nil) }); err != nil {
			yield(index.Hit{}, fmt.Errorf("search %s: %w", q, err))
		}
	}
}

// search calls yield for each hit until it returns false.
func (db *DB) search(ctx context.Context, q query.Query, o index.Options, yield func(index.Hit) bool) error {
	p, err := newPlan(ctx, db.r, q)
	if err != nil {
		return err
	}
	left, skip := o.Limit, max(o.Offset, 0)
	if left <= 0 {
		left = 1 << 62
	}
	if o.Rank && len(p.terms) > 0 {
		docs, lowest, err := db.rank(ctx, p)
		if err != nil {
			return err
		}
		passed := min(skip, len(docs))
		docs, skip = docs[passed:], skip-passed
		docs = docs[:min(left, len(docs))]
		if more, err := db.load(ctx, docs, yield); err != nil || !more {
			return err
		}
		left -= len(docs)
		p.hi = lowest // what was too old to be ranked follows
	}
	for left > 0 && p.lo < p.hi {
		n := min(left, idsAtOnce)
		docs, err := db.newest(ctx, p, n, skip)
		if err != nil {
			return err
		}
		if more, err := db.load(ctx, docs, yield); err != nil || !more || len(docs) < n {
			return err
		}
		left, skip = left-n, 0
		p.hi = docs[n-1].id
	}
	return nil
}

// newest returns the docs of the plan, newest first.
func (db *DB) newest(ctx context.Context, p plan, limit, offset int) ([]doc, error) {
	ids, args := p.ids()
	rows, err := db.r.QueryContext(ctx, ids+` ORDER BY 1 DESC LIMIT ? OFFSET ?`, append(args, limit, offset)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var docs []doc
	for rows.Next() {
		var d doc
		if err := rows.Scan(&d.id); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, rows.Err()
}

// rank returns the docs of the plan, best first, and of docs as good as each
// other the newer first. If they are more than index.RankExact, only the
// index.RankNewest newest are among them: those with ids from lowest on.
func (db *DB) rank(ctx context.Context, p plan) (docs []doc, lowest int64, err error) {
	ids, args := p.ids()
	nth := `SELECT id FROM (` + ids + ` ORDER BY 1 DESC LIMIT 1 OFFSET ?)`
	lowest = p.lo
	err = db.r.QueryRowContext(ctx, nth, append(args, index.RankExact)...).Scan(new(int64))
	if err == nil {
		err = db.r.QueryRowContext(ctx, nth, append(args, index.RankNewest-1)...).Scan(&lowest)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, 0, err
	}
	p.lo = lowest
	var among map[int64]bool // the docs to rank, if match does not say
	if p.match == "" {
		all, err := db.newest(ctx, p, index.RankExact, 0)
		if err != nil {
			return nil, 0, err
		}
		among = make(map[int64]bool, len(all))
		for _, d := range all {
			among[d.id] = true
		}
		p.match = anyTerm(p.terms)
	}
	rows, err := db.r.QueryContext(ctx, `SELECT rowid, rank FROM fts WHERE fts MATCH ? AND rowid >= ? AND rowid < ?`, p.match, p.lo, p.hi)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var d doc
		if err := rows.Scan(&d.id, &d.score); err != nil {
			return nil, 0, err
		}
		d.score = -d.score // bm25 of FTS5 is the lower the better
		if among == nil || among[d.id] {
			docs = append(docs, d)
			delete(among, d.id)
		}
	}
	for id := range among { // matched by something else than a word
		docs = append(docs, doc{id: id})
	}
	slices.SortFunc(docs, func(a, b doc) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id))
	})
	return docs, lowest, rows.Err()
}

func anyTerm(terms []query.Term) string {
	s := ""
	for i, t := range terms {
		if i > 0 {
			s += " OR "
		}
		s += termText(t)
	}
	return s
}

// load calls yield for each of the docs until it returns false. Docs whose
// article has gone since they were found are passed over.
func (db *DB) load(ctx context.Context, docs []doc, yield func(index.Hit) bool) (more bool, err error) {
	for chunk := range slices.Chunk(docs, articlesAtOnce) {
		found, err := db.articlesOf(ctx, chunk)
		if err != nil {
			return false, err
		}
		for _, d := range chunk {
			if a := found[d.id]; a != nil && !yield(index.Hit{Article: a, Score: d.score}) {
				return false, nil
			}
		}
	}
	return true, nil
}

func (db *DB) articlesOf(ctx context.Context, docs []doc) (map[int64]*dateline.Article, error) {
	list := []byte("[")
	for i, d := range docs {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, d.id, 10)
	}
	list = append(list, ']')
	rows, err := db.r.QueryContext(ctx, `SELECT d.id, a.rec FROM json_each(?) j
		CROSS JOIN docs d ON d.id = j.value CROSS JOIN articles a ON a.key = d.capture`, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts [][]byte
	var ids []int64
	for rows.Next() {
		var id int64
		var text []byte
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		ids, texts = append(ids, id), append(texts, text)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	articles, err := decode[dateline.Article](texts)
	if err != nil {
		return nil, err
	}
	found := make(map[int64]*dateline.Article, len(docs))
	for i, id := range ids {
		found[id] = articles[i]
	}
	return found, nil
}

// decode reads records with all processors: it is most of the time that a
// page of hits takes.
func decode[T any](texts [][]byte) ([]*T, error) {
	recs := make([]*T, len(texts))
	var g errgroup.Group
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		g.Go(func() error {
			for i := w; i < len(texts); i += workers {
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
