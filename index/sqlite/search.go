package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// A doc is a hit whose capture has not been looked up yet.
type doc struct {
	id    int64
	score float64
}

// How many ids, and how many captures, Search reads at a time. No transaction is
// open between two reads, so that a slow reader of the hits hinders nobody.
const (
	idsAtOnce      = 20000
	capturesAtOnce = 1000
)

// Search implements [index.Index].
func (x *Index) Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		if err := x.search(ctx, q, o, func(m index.Match) bool { return yield(m, nil) }); err != nil {
			yield(index.Match{}, fmt.Errorf("search %s: %w", q, err))
		}
	}
}

// search calls yield for each hit until it returns false.
func (x *Index) search(ctx context.Context, q query.Query, o index.Options, yield func(index.Match) bool) error {
	p, err := newPlan(ctx, x.file.Read, q)
	if err != nil {
		return err
	}
	left, skip := o.Limit, max(o.Offset, 0)
	if left <= 0 {
		left = 1 << 62
	}
	if o.Rank && len(p.terms) > 0 {
		docs, lowest, err := x.rank(ctx, p)
		if err != nil {
			return err
		}
		passed := min(skip, len(docs))
		docs, skip = docs[passed:], skip-passed
		docs = docs[:min(left, len(docs))]
		if more, err := x.load(ctx, docs, yield); err != nil || !more {
			return err
		}
		left -= len(docs)
		p.hi = lowest // the docs too old to be ranked follow, newest first
	}
	for left > 0 && p.lo < p.hi {
		n := min(left, idsAtOnce)
		docs, err := x.newest(ctx, p, n, skip)
		if err != nil {
			return err
		}
		if more, err := x.load(ctx, docs, yield); err != nil || !more || len(docs) < n {
			return err
		}
		left, skip = left-n, 0
		p.hi = docs[n-1].id
	}
	return nil
}

// newest returns docs of the plan, newest first: at most limit of them, after leaving
// out offset.
func (x *Index) newest(ctx context.Context, p plan, limit, offset int) ([]doc, error) {
	ids, args := p.ids()
	rows, err := x.file.Read.QueryContext(ctx, ids+` ORDER BY 1 DESC LIMIT ? OFFSET ?`, append(args, limit, offset)...)
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

// rank returns the docs of the plan, the best first, and of equally good ones the
// newer first. If there are more than index.RankExact, it returns only the
// index.RankNewest newest: those with an id of at least lowest.
func (x *Index) rank(ctx context.Context, p plan) (docs []doc, lowest int64, err error) {
	ids, args := p.ids()
	nth := `SELECT id FROM (` + ids + ` ORDER BY 1 DESC LIMIT 1 OFFSET ?)`
	lowest = p.lo
	err = x.file.Read.QueryRowContext(ctx, nth, append(args, index.RankExact)...).Scan(new(int64))
	if err == nil {
		err = x.file.Read.QueryRowContext(ctx, nth, append(args, index.RankNewest-1)...).Scan(&lowest)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, 0, err
	}
	p.lo = lowest
	var among map[int64]bool // the docs to rank; nil if the match of the plan selects them
	if p.match == "" {
		all, err := x.newest(ctx, p, index.RankExact, 0)
		if err != nil {
			return nil, 0, err
		}
		among = make(map[int64]bool, len(all))
		for _, d := range all {
			among[d.id] = true
		}
		p.match = anyTerm(p.terms)
	}
	rows, err := x.file.Read.QueryContext(ctx, `SELECT rowid, rank FROM fts WHERE fts MATCH ? AND rowid >= ? AND rowid < ?`, p.match, p.lo, p.hi)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var d doc
		if err := rows.Scan(&d.id, &d.score); err != nil {
			return nil, 0, err
		}
		d.score = -d.score // FTS5 gives lower numbers to better matches
		if among == nil || among[d.id] {
			docs = append(docs, d)
			delete(among, d.id)
		}
	}
	for id := range among { // what is left holds no term of the query and was found by something else
		docs = append(docs, doc{id: id})
	}
	slices.SortFunc(docs, func(a, b doc) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id))
	})
	return docs, lowest, rows.Err()
}

// anyTerm returns the FTS5 expression for docs that hold at least one of the terms.
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

// load calls yield for each of the docs until it returns false; then more is false.
// Docs that were removed since they were found are passed over.
func (x *Index) load(ctx context.Context, docs []doc, yield func(index.Match) bool) (more bool, err error) {
	for chunk := range slices.Chunk(docs, capturesAtOnce) {
		captures, err := x.capturesOf(ctx, chunk)
		if err != nil {
			return false, err
		}
		for i, d := range chunk {
			if captures[i] != "" && !yield(index.Match{Capture: captures[i], Score: d.score}) {
				return false, nil
			}
		}
	}
	return true, nil
}

// capturesOf returns the captures of docs, in their order; "" for a doc that was
// removed.
func (x *Index) capturesOf(ctx context.Context, docs []doc) ([]dateline.CaptureID, error) {
	list := []byte("[")
	for i, d := range docs {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, d.id, 10)
	}
	list = append(list, ']')
	rows, err := x.file.Read.QueryContext(ctx, `SELECT j.key, d.capture FROM json_each(?) j CROSS JOIN docs d ON d.id = j.value`, string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	captures := make([]dateline.CaptureID, len(docs))
	for rows.Next() {
		var i int
		var capture dateline.CaptureID
		if err := rows.Scan(&i, &capture); err != nil {
			return nil, err
		}
		captures[i] = capture
	}
	return captures, rows.Err()
}
