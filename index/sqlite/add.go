package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"dateline"
	"dateline/index"
	"dateline/index/field"
	"dateline/query"
	"dateline/store"
)

// kMark begins every token of the column k of fts. It is a character for private use
// (U+E000) that query.Tokens never gives, so no word of a text is taken for one of
// these marks:
//
//	kMark + "a"                every article has it
//	kMark + "12"               the article has the facet value with the id 12
//	kMark + "by" + kMark + w   w is a word of a value of the field by; the words stand in order
//	kMark + "e"                such a value ends here; in the column title, the headline
//
// The mark of an end keeps a phrase from matching across two values.
const kMark = "\ue000"

// maxFacetText is the number of bytes of a folded value that are stored and compared.
const maxFacetText = 256

// A docRow is what the index keeps of one article.
type docRow struct {
	article, capture string
	fetched          int64 // Unix time in nanoseconds; 0 if not known
	base             int64 // the id that it gets if that is free: the first one of its publication time, see docID
	day              int64 // of publication: 20220210; 20220200 or 20220000 if only the month or year is known; 0 if nothing is
	facets           []facetValue
	title, body      string // tokens
	words            string // tokens of the fields of kind Words, for the column k
	spoken           []spoken
	said             []saying
	skip             bool // dateline.Article.Skip is set: no query may find the article by this capture
}

// A facetValue is one value of a field. kind is the name of the field, with notCounted
// behind it if queries find the value but facets do not count it; fold is the form in
// which values are compared; value is the spelling that the index met first.
type facetValue struct {
	kind, fold, value string
}

// notCounted ends the kind of a value that facets do not count, see facetValue.
const notCounted = "+"

// The id of a doc is firstDated plus its publication time in seconds from the year 1,
// shifted by 8 bits; the lowest 8 bits number the docs of one second. The id of an
// article whose publication time is not known is made of the time at which it was
// fetched, without firstDated, so that these ids lie below all others.
const (
	firstDated    = int64(1) << 47
	behindAll     = int64(1) << 62 // greater than every id
	idsOfSecond   = 1 << 8         // the ids of one second
	mostDoublings = 20             // how often freeID doubles the time in which it looks for an id: 2^20 seconds are twelve days
	secondsTo70   = 62135596800    // from the year 1 to 1970, in the calendar of ISO 8601
)

// docID returns the first id of the second in which t lies; t must lie in the
// years 1 to 9999.
func docID(t time.Time) int64 { return (t.Unix() + secondsTo70) << 8 }

// inRange reports whether t lies in the years 1 to 9999, of which docs can have ids.
func inRange(t time.Time) bool {
	return t.Unix() >= -secondsTo70 && t.UTC().Year() <= 9999
}

// newDocRow returns what the index keeps of an article with its findings; f may be
// nil.
func newDocRow(a *dateline.Article, f *dateline.Findings) docRow {
	d := docRow{article: string(a.ID), capture: string(a.Capture), skip: a.Skip != ""}
	if t := store.Fetched(a); !t.IsZero() && inRange(t) {
		d.fetched, d.base = t.UnixNano(), docID(t)
	}
	if d.skip {
		return d
	}
	if t, _, ok := a.Published.Interval(); ok && inRange(t) {
		d.base, d.day = firstDated+docID(t), dayNumber(a.Published, t)
	}
	d.said = saidOf(a, f)
	d.facets = facetsOf(a, f)
	var b []byte
	b = appendTokens(b, "", a.Headline)
	b = append(b, kMark+"e "...)
	d.title = string(appendTokens(b, "", a.Deck))
	d.body = string(appendTokens(make([]byte, 0, len(a.Text)+len(a.Text)/8), "", a.Text))
	d.words = wordsOf(a)
	d.spoken = spokenOf(f)
	return d
}

// wordsOf returns the tokens of the values of fields of kind Words, marked for the
// column k, see kMark.
func wordsOf(a *dateline.Article) string {
	var b []byte
	for _, f := range field.All() {
		if f.Kind != field.Words {
			continue
		}
		for _, value := range upTo(f.Most, f.Found(a, nil)) {
			b = appendTokens(b, kMark+f.Name+kMark, value)
			b = append(b, kMark+"e "...)
		}
	}
	return string(b)
}

// upTo returns the first n values of list, and all of them if n is 0.
func upTo(n int, list []string) []string {
	if n > 0 && len(list) > n {
		return list[:n]
	}
	return list
}

// appendTokens appends the tokens of text, each with mark before it and a space behind
// it.
func appendTokens(b []byte, mark, text string) []byte {
	for t := range query.Tokens(text) {
		b = append(b, mark...)
		b = append(b, t.Text...)
		b = append(b, ' ')
	}
	return b
}

// dayNumber returns the day of a date in UTC, as docRow.day has it; start is the
// beginning of the date.
func dayNumber(d dateline.Date, start time.Time) int64 {
	year, month, day := start.UTC().Date()
	n := int64(year) * 10000
	if d.Month() != "" {
		n += int64(month) * 100
	}
	if d.Day() != "" {
		n += int64(day)
	}
	return n
}

// facetsOf returns the values that facets count or that filters compare whole, each
// once.
func facetsOf(a *dateline.Article, f *dateline.Findings) []facetValue {
	var values []facetValue
	met := map[facetValue]bool{} // by kind and fold; the spelling is left empty in the key
	add := func(kind, value string) bool {
		v := facetValue{kind: kind, fold: facetKey(value)}
		if v.fold == "" || met[v] || met[facetValue{kind: strings.TrimSuffix(kind, notCounted), fold: v.fold}] {
			return false
		}
		met[v] = true
		v.value = strings.Join(strings.Fields(value), " ")
		values = append(values, v)
		return true
	}
	for _, x := range field.All() {
		n := 0
		if x.Counted != nil {
			for _, value := range x.Counted(a, f) {
				if x.Most > 0 && n == x.Most {
					break
				}
				if add(x.Name, value) {
					n++
				}
			}
		}
		if x.Kind == field.Value && x.Found != nil {
			for _, value := range upTo(x.Most, x.Found(a, f)) {
				add(x.Name+notCounted, value)
			}
		}
	}
	return values
}

// facetKey returns the form in which facet values are compared: folded, and cut to
// maxFacetText bytes.
func facetKey(value string) string {
	fold := query.Fold(value)
	return strings.ToValidUTF8(fold[:min(len(fold), maxFacetText)], "")
}

// Add implements [index.Index]. Each call is one transaction and costs some time of
// its own: give it many articles at once, such as 2,000.
func (x *Index) Add(ctx context.Context, docs ...index.Doc) error {
	if len(docs) == 0 {
		return nil
	}
	rows := make([]docRow, len(docs))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, doc := range docs {
		g.Go(func() error {
			if doc.Article == nil || doc.Article.ID == "" || doc.Article.Capture == "" {
				return fmt.Errorf("index: article %d has no id or no capture", i)
			}
			rows[i] = newDocRow(doc.Article, doc.Findings)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	err := x.file.Write(ctx, func(tx *sql.Tx) error {
		a := adder{ctx: ctx, tx: tx, source: x.source, values: make(map[facetValue]int64), fresh: make(map[int64]docRow)}
		return a.add(rows)
	})
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	return nil
}

// An adder is one call of Add, in its transaction.
type adder struct {
	ctx    context.Context
	tx     *sql.Tx
	source index.Source
	gen    int64                // the number of this change, see indexSchema
	values map[facetValue]int64 // ids of the values met so far, by kind and fold; the spelling is left empty in the key
	fresh  map[int64]docRow     // rows that are in docs but not in fts yet

	current, stale, taken, insert, remove, gone, unfts, unspoken, speaks, value, newValue *sql.Stmt
	says, saysBy, unsaid, unsaidBy                                                        *sql.Stmt
}

// prepare prepares the statements that are executed for each article.
func (a *adder) prepare() error {
	for _, p := range []struct {
		stmt **sql.Stmt
		sql  string
	}{
		{&a.current, `SELECT id, capture, fetched FROM docs WHERE article = ?`},
		{&a.stale, `SELECT id, article FROM docs WHERE capture = ?`},
		{&a.taken, `SELECT max(id) FROM docs WHERE id >= ? AND id < ?`},
		{&a.insert, `INSERT INTO docs (id, article, capture, fetched, gen, day, facets) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO NOTHING`},
		{&a.remove, `DELETE FROM docs WHERE id = ?`},
		{&a.gone, `INSERT INTO gone (id, gen) VALUES (?, ?)`},
		{&a.unfts, `DELETE FROM fts WHERE rowid = ?`},
		{&a.unspoken, `DELETE FROM spoken WHERE id = ?`},
		{&a.speaks, `INSERT INTO spoken (width, first, last, id) VALUES (?, ?, ?, ?)`},
		{&a.says, `INSERT INTO said (rowid, words, who, how) VALUES (?, ?, ?, ?)`},
		{&a.saysBy, `INSERT INTO said_by (sid, who) VALUES (?, ?)`},
		{&a.unsaid, `DELETE FROM said WHERE rowid >= ? AND rowid < ?`},
		{&a.unsaidBy, `DELETE FROM said_by WHERE sid >= ? AND sid < ?`},
		{&a.value, `SELECT id FROM facet_values WHERE kind = ? AND fold = ?`},
		{&a.newValue, `INSERT INTO facet_values (kind, fold, value) VALUES (?, ?, ?) RETURNING id`},
	} {
		var err error
		if *p.stmt, err = a.tx.PrepareContext(a.ctx, p.sql); err != nil {
			return err
		}
	}
	return nil // the transaction closes its statements
}

func (a *adder) add(rows []docRow) error {
	err := a.tx.QueryRowContext(a.ctx, `UPDATE index_state SET gen = gen + 1 RETURNING gen`).Scan(&a.gen)
	if err != nil {
		return err
	}
	if err := a.prepare(); err != nil {
		return err
	}
	for _, d := range rows {
		if err := a.place(d); err != nil {
			return fmt.Errorf("article %s of capture %s: %w", d.article, d.capture, err)
		}
	}
	return a.flush()
}

// place adds d, removes what it replaces, or does nothing, by the rules of
// [index.Index].
func (a *adder) place(d docRow) error {
	var id, fetched int64
	var key string
	err := a.stale.QueryRowContext(a.ctx, d.capture).Scan(&id, &key)
	if err == nil && (key != d.article || d.skip) { // the capture shows something else than before
		if err := a.drop(id); err != nil {
			return err
		}
		err = a.restore(key, d.capture)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if d.skip {
		return nil
	}
	err = a.current.QueryRowContext(a.ctx, d.article).Scan(&id, &key, &fetched)
	if errors.Is(err, sql.ErrNoRows) {
		return a.put(d)
	}
	if err != nil || key != d.capture && fetched > d.fetched {
		return err
	}
	if err := a.drop(id); err != nil {
		return err
	}
	return a.put(d)
}

// restore puts in the newest version of an article that the source has, leaving out
// the one of the given capture. It does nothing if there is no such version.
func (a *adder) restore(article, capture string) error {
	versions, err := a.source.Versions(a.ctx, dateline.ArticleID(article))
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return err
	}
	best := store.Current(slices.DeleteFunc(versions, func(v *dateline.Article) bool { return string(v.Capture) == capture }))
	if best == nil || best.Skip != "" {
		return nil
	}
	// The source may be ahead of the index, in which this capture may still belong to
	// another article. Then it is left alone: the index will be given it later.
	var id int64
	var key string
	err = a.stale.QueryRowContext(a.ctx, string(best.Capture)).Scan(&id, &key)
	if errors.Is(err, sql.ErrNoRows) {
		found, err := a.source.FindingsOf(a.ctx, best.Capture)
		if err != nil {
			return err
		}
		return a.put(newDocRow(best, found[0]))
	}
	return err
}

// drop removes a doc from all tables, and notes its id as gone.
func (a *adder) drop(id int64) error {
	if _, err := a.remove.ExecContext(a.ctx, id); err != nil {
		return err
	}
	if _, err := a.unspoken.ExecContext(a.ctx, id); err != nil {
		return err
	}
	if _, ok := a.fresh[id]; ok {
		delete(a.fresh, id)
		return nil
	}
	if err := a.silence(id); err != nil {
		return err
	}
	if _, err := a.gone.ExecContext(a.ctx, id, a.gen); err != nil {
		return err
	}
	_, err := a.unfts.ExecContext(a.ctx, id)
	return err
}

// put adds a doc under the first free id of its second or, if that has none, a little
// later. Its words are written by flush.
func (a *adder) put(d docRow) error {
	facets := []byte{}
	for _, v := range d.facets {
		n, err := a.valueID(v)
		if err != nil {
			return err
		}
		facets = binary.AppendUvarint(facets, uint64(n))
	}
	id := d.base
	done, err := a.insertDoc(id, d, facets)
	if err == nil && !done { // the id is taken
		if id, err = a.freeID(d.base); err == nil {
			_, err = a.insertDoc(id, d, facets)
		}
	}
	if err != nil {
		return err
	}
	a.fresh[id] = d
	for _, s := range d.spoken {
		if _, err := a.speaks.ExecContext(a.ctx, s.width, s.first, s.last, id); err != nil {
			return err
		}
	}
	return nil
}

// insertDoc writes a row of docs; done is false if the id is taken.
func (a *adder) insertDoc(id int64, d docRow, facets []byte) (done bool, err error) {
	res, err := a.insert.ExecContext(a.ctx, id, d.article, d.capture, d.fetched, a.gen, d.day, facets)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// freeID returns a free id at or soon after base. Many articles may fall on one
// second, such as those dated only to the day. It looks at one second, then at the
// next two, the next four and so on, and takes the id after the last one used there.
// That finds room for 16 million articles within a day.
func (a *adder) freeID(base int64) (int64, error) {
	lo, width := base, int64(idsOfSecond)
	for range mostDoublings {
		var last sql.NullInt64
		if err := a.taken.QueryRowContext(a.ctx, lo, lo+width).Scan(&last); err != nil {
			return 0, err
		}
		if !last.Valid {
			return lo, nil
		}
		if last.Int64+1 < lo+width {
			return last.Int64 + 1, nil
		}
		lo, width = lo+width, 2*width
	}
	return 0, errors.New("too many articles with one publication time")
}

// valueID returns the id of a facet value in facet_values, and adds the value if it is
// new.
func (a *adder) valueID(v facetValue) (id int64, err error) {
	key := facetValue{kind: v.kind, fold: v.fold}
	if id, ok := a.values[key]; ok {
		return id, nil
	}
	err = a.value.QueryRowContext(a.ctx, v.kind, v.fold).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = a.newValue.QueryRowContext(a.ctx, v.kind, v.fold, v.value).Scan(&id)
	}
	a.values[key] = id
	return id, err
}

// marks returns the tokens of the column k, see kMark. values gives the ids of facet
// values, by kind and fold.
func (d *docRow) marks(values map[facetValue]int64) string {
	k := []byte(kMark + "a ")
	for _, v := range d.facets {
		k = append(k, kMark...)
		k = strconv.AppendInt(k, values[facetValue{kind: v.kind, fold: v.fold}], 10)
		k = append(k, ' ')
	}
	return string(append(k, d.words...))
}

// flush writes the words of the fresh docs, in the order of their ids: FTS5 begins a
// new segment whenever a rowid is smaller than the one before it.
func (a *adder) flush() error {
	ids := make([]int64, 0, len(a.fresh))
	for id := range a.fresh {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	insert, err := a.tx.PrepareContext(a.ctx, `INSERT INTO fts (rowid, title, body, k) VALUES (?, ?, ?, ?)`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		d := a.fresh[id]
		if _, err := insert.ExecContext(a.ctx, id, d.title, d.body, d.marks(a.values)); err != nil {
			return err
		}
		if err := a.speak(id, d); err != nil {
			return err
		}
	}
	return nil
}
