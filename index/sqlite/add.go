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

// kMark begins every token of the column k. It stands for no character, and
// query.Tokens never gives it, so no word of a text is taken for a mark:
//
//	kMark + "a"                every article has it
//	kMark + "12"               the article has the facet value 12
//	kMark + "by" + kMark + w   the word w of a value of the field by, in order
//	kMark + "e"                the end of such a value, also of the headline in title
const kMark = "\ue000"

// maxFacetText limits how many bytes of a value are compared.
const maxFacetText = 256

// A docRow is what the index keeps of one article.
type docRow struct {
	article, capture string
	fetched          int64 // Unix time in nanoseconds; 0 if not known
	base             int64 // first id that tells its publication time
	day              int64 // of publication, 20220210; 20220200 or 20220000 if not known further, 0 if not at all
	facets           []facetValue
	title, body      string // tokens
	words            string // tokens for k
	spoken           []spoken
	said             []saying
	skip             bool
}

// A facetValue is one value of a field: the first spelling met, and the form
// in which values are compared. Its kind is the name of the field, with
// notCounted behind it if only queries look for the value.
type facetValue struct {
	kind, fold, value string
}

const notCounted = "+"

// The id of a doc is its publication time in seconds from the year 1 and, in
// the lowest 8 bits, a number that makes it unique. Ids of articles whose
// publication is not known lie below firstDated and tell when they were
// fetched.
const (
	firstDated    = int64(1) << 47
	behindAll     = int64(1) << 62 // greater than every id
	idsOfSecond   = 1 << 8
	mostDoublings = 20          // of the seconds in which a free id is looked for: twelve days
	secondsTo70   = 62135596800 // from the year 1 to 1970, in the calendar of ISO 8601
)

// docID returns the first id of the second in which t lies; t must lie in the
// years 1 to 9999.
func docID(t time.Time) int64 { return (t.Unix() + secondsTo70) << 8 }

func inRange(t time.Time) bool {
	return t.Unix() >= -secondsTo70 && t.UTC().Year() <= 9999
}

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

// wordsOf returns the tokens that fields of kind Words put into k.
func wordsOf(a *dateline.Article) string {
	var b []byte
	for _, f := range field.All() {
		if f.Kind != field.Words {
			continue
		}
		for _, value := range upTo(f.Most, f.Found(a)) {
			b = appendTokens(b, kMark+f.Name+kMark, value)
			b = append(b, kMark+"e "...)
		}
	}
	return string(b)
}

// upTo returns the first n values of list; all if n is 0.
func upTo(n int, list []string) []string {
	if n > 0 && len(list) > n {
		return list[:n]
	}
	return list
}

func appendTokens(b []byte, mark, text string) []byte {
	for t := range query.Tokens(text) {
		b = append(b, mark...)
		b = append(b, t.Text...)
		b = append(b, ' ')
	}
	return b
}

// dayNumber tells the day in UTC as far as d tells it; start is its beginning.
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

// facetsOf returns the values that fields compare whole or count by, each once.
func facetsOf(a *dateline.Article, f *dateline.Findings) []facetValue {
	var values []facetValue
	met := map[facetValue]bool{} // by kind and folded form: the spelling is left out of the key
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
			for _, value := range upTo(x.Most, x.Found(a)) {
				add(x.Name+notCounted, value)
			}
		}
	}
	return values
}

// facetKey returns the form in which facet values are compared.
func facetKey(value string) string {
	fold := query.Fold(value)
	return strings.ToValidUTF8(fold[:min(len(fold), maxFacetText)], "")
}

// Add implements [index.Index]. The fewer calls the better: 2,000 articles a
// call are good.
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

// An adder is one transaction of Add.
type adder struct {
	ctx    context.Context
	tx     *sql.Tx
	source index.Source
	gen    int64
	values map[facetValue]int64 // the ids of the values met so far, by kind and folded form: the spelling is left out of the key
	fresh  map[int64]docRow     // rows in docs but not in fts yet

	current, stale, taken, insert, remove, gone, unfts, unspoken, speaks, value, newValue *sql.Stmt
	says, saysBy, unsaid, unsaidBy                                                        *sql.Stmt
}

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

// place decides what d changes, and changes docs.
func (a *adder) place(d docRow) error {
	var id, fetched int64
	var key string
	err := a.stale.QueryRowContext(a.ctx, d.capture).Scan(&id, &key)
	if err == nil && (key != d.article || d.skip) { // the capture showed another article, or an article
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

// restore indexes the newest version of the article that the source has beside
// the given capture, if there is one.
func (a *adder) restore(article, capture string) error {
	versions, err := a.source.Versions(a.ctx, dateline.ArticleID(article))
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return err
	}
	best := store.Current(slices.DeleteFunc(versions, func(v *dateline.Article) bool { return string(v.Capture) == capture }))
	if best == nil || best.Skip != "" {
		return nil
	}
	// The source may be ahead of the index: this capture may still stand under another article.
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
	return err // its own turn comes when the index reaches it
}

// drop removes a doc.
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

// put adds a doc under the next free id of its second.
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

func (a *adder) insertDoc(id int64, d docRow, facets []byte) (done bool, err error) {
	res, err := a.insert.ExecContext(a.ctx, id, d.article, d.capture, d.fetched, a.gen, d.day, facets)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// freeID returns a free id at or soon after base. Many articles may fall on
// one second, such as those dated only to the day: it looks at one second,
// then at the next two, four, eight, and takes the place after the last doc
// there. That reaches 16 million articles within a day.
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

// valueID returns the key of a facet value in facet_values.
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

// marks returns the tokens of column k, see kMark; values has the keys of
// facet values.
func (d *docRow) marks(values map[facetValue]int64) string {
	k := []byte(kMark + "a ")
	for _, v := range d.facets {
		k = append(k, kMark...)
		k = strconv.AppendInt(k, values[facetValue{kind: v.kind, fold: v.fold}], 10)
		k = append(k, ' ')
	}
	return string(append(k, d.words...))
}

// flush writes the fresh docs to fts, in order of id: FTS5 starts a new
// segment whenever a rowid is smaller than the one before.
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
