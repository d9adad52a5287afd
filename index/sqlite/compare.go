package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"math"
	"slices"

	"dateline"
	"dateline/index"
	"dateline/internal/sqlfile"
)

// buckets is the number of groups into which Compare divides articles. It keeps one
// sum for the words of each group; if the sum is wrong, all articles of the group are
// reported.
const buckets = 1 << 16

// Compare compares everything that the index holds of its articles with what they give
// now. get returns the article that a capture shows, with its findings; a Doc without
// an article says that it is not known, and then its words are not compared. Compare
// yields the articles of which the index holds something else.
//
// Words are compared by a sum over each of 65,536 groups of articles, so that memory
// does not grow with the archive. In an archive of more articles than that, a few
// sound articles are therefore reported together with a damaged one. The sequence ends
// after its first error.
func (x *Index) Compare(ctx context.Context, get func(dateline.CaptureID) (index.Doc, error)) iter.Seq2[index.Entry, error] {
	return func(yield func(index.Entry, error) bool) {
		c := comparison{ctx: ctx, seed: maphash.MakeSeed(), get: get, yield: yield}
		err := x.file.Scratch(ctx, func(conn *sql.Conn) error {
			c.conn = conn
			return c.run()
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(index.Entry{}, fmt.Errorf("index: comparison: %w", err))
		}
	}
}

// A comparison is one call of Compare under way.
type comparison struct {
	ctx   context.Context
	conn  *sql.Conn
	seed  maphash.Seed
	get   func(dateline.CaptureID) (index.Doc, error)
	yield func(index.Entry, error) bool

	sums    [buckets]uint64      // by group: in the end 0 if the index holds the words that it should
	unknown [buckets]bool        // groups with an article that is not known: their sum tells nothing
	values  map[int64]facetValue // by their ids in facet_values
	keys    map[facetValue]int64 // the same the other way round
}

// errEnough ends a comparison whose caller wants no more articles.
var errEnough = errors.New("enough")

func (c *comparison) run() error {
	if err := c.readValues(); err != nil {
		return err
	}
	told := map[int64]bool{}
	for h, err := range c.held() {
		if err != nil {
			return err
		}
		doc, err := c.get(h.entry.Capture)
		if err != nil {
			return err
		}
		if doc.Article == nil {
			c.unknown[bucket(h.id)] = true
			continue
		}
		d := newDocRow(doc.Article, doc.Findings)
		same, err := c.same(h, &d)
		if err != nil {
			return err
		}
		if !same {
			told[h.id] = true
			if !c.yield(h.entry, nil) {
				return errEnough
			}
		}
		c.expect(h.id, &d)
	}
	if err := c.subtractIndexed(); err != nil {
		return err
	}
	return c.tellSums(told)
}

// A held is the row of an article in docs.
type held struct {
	id, fetched, day int64
	facets           []byte
	entry            index.Entry
}

// held yields the rows of docs. It reads some at a time and closes the query between,
// so that other tables can be read while a row is looked at.
func (c *comparison) held() iter.Seq2[held, error] {
	return func(yield func(held, error) bool) {
		for last := int64(math.MinInt64); ; {
			chunk, err := queried(c, "SELECT id, article, capture, fetched, day, facets FROM docs WHERE id > ? ORDER BY id LIMIT ?",
				func(h *held) []any {
					return []any{&h.id, &h.entry.Article, &h.entry.Capture, &h.fetched, &h.day, &h.facets}
				}, last, rowsAtOnce)
			if err != nil {
				yield(held{}, err)
				return
			}
			for _, h := range chunk {
				if h.id <= last {
					yield(held{}, sqlfile.ErrOrder)
					return
				}
				if !yield(h, nil) {
					return
				}
				last = h.id
			}
			if len(chunk) == 0 {
				return
			}
		}
	}
}

// queried returns the rows that a query selects. columns returns where the columns of
// a row are to be put.
func queried[T any](c *comparison, query string, columns func(*T) []any, args ...any) (list []T, err error) {
	rows, err := c.conn.QueryContext(c.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t T
		if err := rows.Scan(columns(&t)...); err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// readValues reads the facet values that the index knows.
func (c *comparison) readValues() error {
	type value struct {
		id int64
		facetValue
	}
	list, err := queried(c, "SELECT id, kind, fold FROM facet_values", func(v *value) []any { return []any{&v.id, &v.kind, &v.fold} })
	c.values, c.keys = make(map[int64]facetValue, len(list)), make(map[facetValue]int64, len(list))
	for _, v := range list {
		c.values[v.id], c.keys[v.facetValue] = v.facetValue, v.id
	}
	return err
}

// same reports whether the tables hold of an article what it gives, d. Tables of
// words, fts and said, are left to the sums.
func (c *comparison) same(h held, d *docRow) (bool, error) {
	if h.fetched != d.fetched || h.day != d.day || string(h.entry.Article) != d.article || h.id < d.base {
		return false, nil
	}
	ids := map[facetValue]int64{}
	for b := h.facets; len(b) > 0; {
		n, size := binary.Uvarint(b)
		v, ok := c.values[int64(n)]
		if size <= 0 || !ok {
			return false, nil
		}
		ids[v] = int64(n)
		b = b[size:]
	}
	facets := []byte{}
	for _, v := range d.facets {
		facets = binary.AppendUvarint(facets, uint64(ids[facetValue{kind: v.kind, fold: v.fold}]))
	}
	if !bytes.Equal(facets, h.facets) {
		return false, nil
	}
	days, err := queried(c, "SELECT width, first, last FROM spoken WHERE id = ?", func(s *spoken) []any { return []any{&s.width, &s.first, &s.last} }, h.id)
	if err != nil {
		return false, err
	}
	order := func(a, b spoken) int {
		return cmp.Or(cmp.Compare(a.width, b.width), cmp.Compare(a.first, b.first), cmp.Compare(a.last, b.last))
	}
	if !slices.Equal(slices.SortedFunc(slices.Values(d.spoken), order), slices.SortedFunc(slices.Values(days), order)) {
		return false, nil
	}
	by, err := queried(c, "SELECT sid, who FROM said_by WHERE sid >= ? AND sid < ? ORDER BY sid",
		func(s *[2]int64) []any { return []any{&s[0], &s[1]} }, h.id<<saidBits, (h.id+1)<<saidBits)
	if err != nil {
		return false, err
	}
	var want [][2]int64
	for _, s := range d.said {
		if n, ok := ids[facetValue{kind: speakerField.Name, fold: facetKey(s.by)}]; ok && !s.doubtful && s.by != "" {
			want = append(want, [2]int64{s.rowid(h.id), n})
		}
	}
	slices.SortFunc(want, func(a, b [2]int64) int { return cmp.Compare(a[0], b[0]) })
	return slices.Equal(want, by), nil
}

// bucket returns the group of a doc, by Fibonacci hashing (Knuth, The Art of Computer
// Programming 3, 6.4).
func bucket(doc int64) int { return int(uint64(doc) * 0x9e3779b97f4a7c15 >> 48) }

// expect counts the words that the index should hold of an article.
func (c *comparison) expect(id int64, d *docRow) {
	c.words(id, "fts", id, "title", d.title)
	c.words(id, "fts", id, "body", d.body)
	c.words(id, "fts", id, "k", d.marks(c.keys))
	for _, s := range d.said {
		c.words(id, "said", s.rowid(id), "words", s.words)
		c.words(id, "said", s.rowid(id), "who", s.who)
		c.words(id, "said", s.rowid(id), "how", s.how)
	}
}

// words counts the words of one column of one row, cut as "ascii" cuts them, the
// tokenizer of SQLite that the tables use: at every ASCII character that is no letter
// or digit.
func (c *comparison) words(doc int64, table string, rowid int64, column, text string) {
	at := int64(0)
	for start, i := -1, 0; i <= len(text); i++ {
		within := i < len(text) && (text[i] >= 0x80 || '0' <= text[i] && text[i] <= '9' || 'a' <= text[i]|0x20 && text[i]|0x20 <= 'z')
		switch {
		case within && start < 0:
			start = i
		case !within && start >= 0:
			c.count(doc, table, rowid, column, at, text[start:i])
			start, at = -1, at+1
		}
	}
}

// count puts one word at its place into the sum of its group, or takes it out again if
// it is there: the sum is the exclusive or of hashes, in which what is counted twice
// vanishes.
func (c *comparison) count(doc int64, table string, rowid int64, column string, at int64, word string) {
	type place struct {
		table, column, word string
		rowid, at           int64
	}
	c.sums[bucket(doc)] ^= maphash.Comparable(c.seed, place{table, column, word, rowid, at})
}

// subtractIndexed counts every word that the index holds. Those that expect has
// counted vanish from the sums.
func (c *comparison) subtractIndexed() error {
	for _, table := range []string{"fts", "said"} {
		name := "words_of_" + table
		if _, err := c.conn.ExecContext(c.ctx, "CREATE VIRTUAL TABLE temp."+name+" USING fts5vocab('main', '"+table+"', 'instance')"); err != nil {
			return err
		}
		rows, err := c.conn.QueryContext(c.ctx, "SELECT term, doc, col, offset FROM temp."+name)
		if err != nil {
			return err
		}
		for rows.Next() {
			var word, column sql.NullString // what stands in a damaged index is of any type
			var rowid, at int64
			if err := rows.Scan(&word, &rowid, &column, &at); err != nil {
				rows.Close()
				return err
			}
			doc := rowid
			if table == "said" {
				doc >>= saidBits
			}
			c.count(doc, table, rowid, column.String, at, word.String)
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}

// tellSums yields the articles of the groups whose sum is not 0, but for those in
// told, which were yielded before.
func (c *comparison) tellSums(told map[int64]bool) error {
	if c.sums == [buckets]uint64{} {
		return nil
	}
	for h, err := range c.held() {
		if err != nil {
			return err
		}
		b := bucket(h.id)
		if c.sums[b] == 0 || c.unknown[b] || told[h.id] {
			continue
		}
		if !c.yield(h.entry, nil) {
			return errEnough
		}
	}
	return nil
}
