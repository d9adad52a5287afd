package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"dateline/index"
	"dateline/query"
)

// columns hold in memory what facets are counted from, about 50 bytes for each doc.
// They are never changed; when the index has changed, new ones are made from them.
// ids, in ascending order, and days are those of docs.
type columns struct {
	gen, epoch int64 // the state of the index that they show, see indexSchema
	ids        []int64
	days       []int32
	starts     []int32      // the facets of doc i are facets[starts[i]:starts[i+1]]
	facets     []int32      // ids of values
	values     []facetValue // by id in facet_values; kind is "" where there is no such id
}

// Facets implements [index.Index]. The first call in a process reads the facets of all
// articles into memory; later ones read what has changed since.
func (x *Index) Facets(ctx context.Context, q query.Query) (index.Facets, error) {
	f, err := x.facets(ctx, q)
	if err == nil {
		err = x.countSpeakers(ctx, q, &f)
	}
	if err != nil {
		return index.Facets{}, fmt.Errorf("facets of %s: %w", q, err)
	}
	return f, nil
}

// worthSharing is the number of docs above which counting is divided among the
// processors. With fewer, the additional queries would take more time from other
// readers than they save. The number is chosen, not measured.
const worthSharing = 20000

// facets counts the hits of q, but leaves the speakers as countSpeakers finds them.
func (x *Index) facets(ctx context.Context, q query.Query) (index.Facets, error) {
	cols, err := x.columns(ctx)
	if err != nil {
		return index.Facets{}, err
	}
	p, err := newPlan(ctx, x.file.Read, q)
	if err != nil {
		return index.Facets{}, err
	}
	from, _ := slices.BinarySearch(cols.ids, p.lo)
	to, _ := slices.BinarySearch(cols.ids, p.hi)
	if p.match == "" && p.where == "" {
		t := newTally(cols)
		for i := from; i < to; i++ {
			t.add(i)
		}
		return t.facets(), nil
	}
	// Each processor counts a part, in order of time.
	parts := 1
	if to-from > worthSharing {
		parts = runtime.GOMAXPROCS(0)
	}
	tallies := make([]*tally, parts)
	g, ctx := errgroup.WithContext(ctx)
	for k := range parts {
		part, t := p, newTally(cols)
		if k > 0 {
			part.lo = cols.ids[from+(to-from)*k/parts]
		}
		if k < parts-1 {
			part.hi = cols.ids[from+(to-from)*(k+1)/parts]
		}
		tallies[k] = t
		g.Go(func() error { return x.count(ctx, part, t) })
	}
	if err := g.Wait(); err != nil {
		return index.Facets{}, err
	}
	for _, t := range tallies[1:] {
		tallies[0].merge(t)
	}
	return tallies[0].facets(), nil
}

// count counts the docs of the plan. SQLite returns their ids as one long text, since
// that costs half of what as many rows would.
func (x *Index) count(ctx context.Context, p plan, t *tally) error {
	ids, args := p.ids()
	list := `SELECT group_concat(id) FROM (` + ids + ` ORDER BY 1)`
	if p.match != "" { // FTS5 gives rowids in order: to sort them would cost a third more
		list = `SELECT group_concat(rowid) FROM fts WHERE fts MATCH ? AND rowid >= ? AND rowid < ?`
	}
	rows, err := x.file.Read.QueryContext(ctx, list, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var text sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&text); err != nil {
			return err
		}
		t.addList(text)
	}
	return rows.Err()
}

// A tally counts docs by their facet values and days.
type tally struct {
	cols   *columns
	total  int
	counts []int32 // by id of the value
	days   []dayCount
}

// A dayCount counts docs of the same day that were counted one after the other.
type dayCount struct {
	day int32 // as in docs.day
	n   int
}

func newTally(cols *columns) *tally {
	return &tally{cols: cols, counts: make([]int32, len(cols.values))}
}

// add counts the doc at place i of the columns.
func (t *tally) add(i int) {
	t.total++
	if day, n := t.cols.days[i], len(t.days); n > 0 && t.days[n-1].day == day {
		t.days[n-1].n++
	} else {
		t.days = append(t.days, dayCount{day, 1})
	}
	for _, v := range t.cols.facets[t.cols.starts[i]:t.cols.starts[i+1]] {
		t.counts[v]++
	}
}

// addList counts the docs of a list of ids in ascending order, separated by commas.
// Ids that the columns do not hold are passed over.
func (t *tally) addList(list []byte) {
	i, id := 0, int64(0)
	for k := 0; k <= len(list); k++ {
		if k < len(list) && list[k] != ',' {
			id = id*10 + int64(list[k]-'0')
			continue
		}
		if len(list) == 0 {
			return
		}
		i = seek(t.cols.ids, i, id)
		if i < len(t.cols.ids) && t.cols.ids[i] == id {
			t.add(i)
		}
		id = 0
	}
}

// seek returns the first place from i on at which ids is at least id, by steps that
// double: it takes time in the logarithm of the distance.
func seek(ids []int64, i int, id int64) int {
	step := 1
	lo := i
	for i < len(ids) && ids[i] < id {
		lo = i + 1
		i += step
		step *= 2
	}
	n, _ := slices.BinarySearch(ids[lo:min(i, len(ids))], id)
	return lo + n
}

// merge adds the counts of o.
func (t *tally) merge(o *tally) {
	t.total += o.total
	for i, n := range o.counts {
		t.counts[i] += n
	}
	t.days = append(t.days, o.days...)
}

// facets returns what was counted.
func (t *tally) facets() index.Facets {
	f := index.Facets{Total: t.total, Fields: map[string][]index.Count{}}
	for id, n := range t.counts {
		if v := t.cols.values[id]; n > 0 && !strings.HasSuffix(v.kind, notCounted) {
			f.Fields[v.kind] = append(f.Fields[v.kind], index.Count{Value: v.value, N: int(n)})
		}
	}
	for _, list := range f.Fields {
		slices.SortFunc(list, func(a, b index.Count) int {
			if a.N != b.N {
				return b.N - a.N
			}
			return strings.Compare(a.Value, b.Value)
		})
	}
	t.calendar(&f)
	return f
}

// calendar sets the days and months of f and the number of undated hits.
func (t *tally) calendar(f *index.Facets) {
	slices.SortStableFunc(t.days, func(a, b dayCount) int { return int(a.day - b.day) })
	for _, d := range t.days {
		year, month, day := d.day/10000, d.day/100%100, d.day%100
		if day == 0 {
			f.Undated += d.n
		} else {
			f.Days = count(f.Days, d.n, year, month, day)
		}
		if month != 0 {
			f.Months = count(f.Months, d.n, year, month)
		}
	}
}

// count adds n to the last of counts if that is the count of the date, and otherwise
// appends a new count. date is a year, a year and a month, or a year, a month and a
// day.
func count(counts []index.Count, n int, date ...int32) []index.Count {
	var b []byte
	for i, part := range date {
		if i > 0 {
			b = append(b, '-')
		} else {
			b = append(b, byte('0'+part/1000), byte('0'+part/100%10))
		}
		b = append(b, byte('0'+part/10%10), byte('0'+part%10))
	}
	if last := len(counts) - 1; last >= 0 && counts[last].Value == string(b) {
		counts[last].N += n
		return counts
	}
	return append(counts, index.Count{Value: string(b), N: n})
}

// columns returns the columns for the present state of the index. Only docs that they
// hold are counted: a query that runs after them may find docs that were added in
// between, and these are passed over.
func (x *Index) columns(ctx context.Context) (*columns, error) {
	tx, err := x.file.Read.BeginTx(ctx, nil) // all that follows sees the same state of the index
	if err != nil {
		return nil, err
	}
	defer tx.Rollback() // it only reads
	var gen, epoch int64
	if err := tx.QueryRowContext(ctx, `SELECT gen, epoch FROM index_state`).Scan(&gen, &epoch); err != nil {
		return nil, err
	}
	x.mu.Lock() // one caller reads what has changed, the others wait for it
	defer x.mu.Unlock()
	old := x.cols
	if old != nil && old.epoch == epoch && old.gen >= gen {
		return old, nil
	}
	if old == nil || old.epoch != epoch {
		old = &columns{starts: []int32{0}}
	}
	next, err := old.update(ctx, tx, gen, epoch)
	if err != nil {
		return nil, err
	}
	x.cols = next
	return next, nil
}

// update returns the columns for a later state of the index.
func (c *columns) update(ctx context.Context, tx *sql.Tx, gen, epoch int64) (*columns, error) {
	gone, err := goneSince(ctx, tx, c.gen)
	if err != nil {
		return nil, err
	}
	values, err := valuesFrom(ctx, tx, c.values)
	if err != nil {
		return nil, err
	}
	next := &columns{gen: gen, epoch: epoch, values: values, starts: []int32{0}}
	const changed = `SELECT id, day, facets FROM docs WHERE gen > ? ORDER BY id`
	rows, err := tx.QueryContext(ctx, changed, c.gen)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	i := 0 // how many docs of c have been taken over or left out so far
	var id, day int64
	var facets sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &day, &facets); err != nil {
			return nil, err
		}
		i = next.take(c, i, id, gone)
		next.ids, next.days = append(next.ids, id), append(next.days, int32(day))
		for len(facets) > 0 {
			v, n := binary.Uvarint(facets)
			if n <= 0 || v >= uint64(len(values)) {
				return nil, fmt.Errorf("doc %d: facets cannot be read", id)
			}
			next.facets = append(next.facets, int32(v))
			facets = facets[n:]
		}
		next.starts = append(next.starts, int32(len(next.facets)))
	}
	next.take(c, i, behindAll, gone)
	return next, rows.Err()
}

// take appends the docs of old from place i on that have an id below end and are not
// gone. It returns the place after the last one looked at.
func (c *columns) take(old *columns, i int, end int64, gone map[int64]bool) int {
	for ; i < len(old.ids) && old.ids[i] < end; i++ {
		if gone[old.ids[i]] {
			continue
		}
		c.ids, c.days = append(c.ids, old.ids[i]), append(c.days, old.days[i])
		c.facets = append(c.facets, old.facets[old.starts[i]:old.starts[i+1]]...)
		c.starts = append(c.starts, int32(len(c.facets)))
	}
	return i
}

// goneSince returns the ids that were removed by changes after gen.
func goneSince(ctx context.Context, tx *sql.Tx, gen int64) (map[int64]bool, error) {
	if gen == 0 {
		return nil, nil
	}
	rows, err := tx.QueryContext(ctx, `SELECT id FROM gone WHERE gen > ?`, gen)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	gone := make(map[int64]bool)
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		gone[id] = true
	}
	return gone, rows.Err()
}

// valuesFrom returns all facet values by id; old are those already known, the first
// ones.
func valuesFrom(ctx context.Context, tx *sql.Tx, old []facetValue) ([]facetValue, error) {
	values := slices.Clip(old) // appending copies
	rows, err := tx.QueryContext(ctx, `SELECT id, kind, value FROM facet_values WHERE id >= ? ORDER BY id`, len(old))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		var v facetValue
		if err := rows.Scan(&id, &v.kind, &v.value); err != nil {
			return nil, err
		}
		for len(values) < id {
			values = append(values, facetValue{})
		}
		values = append(values, v)
	}
	return values, rows.Err()
}
