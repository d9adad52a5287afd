package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"dateline"
	"dateline/index"
	"dateline/index/field"
	"dateline/query"
)

// A saying is a statement as the index keeps it.
type saying struct {
	n          int    // its place among the statements of its article, from 0
	doubtful   bool   // dateline.Statement.Sure does not hold
	words, who string // tokens
	how        string // its polarity as one token, see mannerToken
	by         string // the name under which the facet counts the speaker; "" if no name is known
}

// speakerField is the field by whose facet speakers are counted.
var speakerField = func() field.Field {
	all := field.Facets()
	return all[slices.IndexFunc(all, func(f field.Field) bool { return f.Kind == field.Speaker })]
}()

// maxSaid is the number of statements of one article that the index keeps.
const maxSaid = 4000

// The rowid of a statement in the table said is made of the id of its doc and, in the
// lowest saidBits bits, its number and whether it is doubtful (the lowest bit of all).
const (
	saidBits  = 15
	saidShift = "15" // the same in SQL
)

// rowid returns the rowid of s in the table said, as a statement of the doc.
func (s saying) rowid(doc int64) int64 {
	id := doc<<saidBits | int64(s.n)<<1
	if s.doubtful {
		id |= 1
	}
	return id
}

// saidOf returns the statements of f that have words or a speaker to be found by,
// among the first maxSaid.
func saidOf(a *dateline.Article, f *dateline.Findings) []saying {
	if f == nil {
		return nil
	}
	var list []saying
	for i := range f.Statements[:min(len(f.Statements), maxSaid)] {
		s := &f.Statements[i]
		x := saying{n: i, doubtful: !s.Sure(a), by: s.Who}
		for _, f := range field.All() {
			switch f.Kind {
			case field.Speaker:
				x.who = string(appendTokens(nil, "", f.Statement(a, s)))
			case field.Said:
				x.words = string(appendTokens(nil, "", f.Statement(a, s)))
			case field.Manner:
				x.how = mannerToken(f.Statement(a, s))
			}
		}
		if x.words != "" || x.who != "" {
			list = append(list, x)
		}
	}
	return list
}

// mannerToken returns a polarity as one token: "notsaid" for "not said". It is "" if
// how holds no word.
func mannerToken(how string) string {
	return strings.ReplaceAll(string(appendTokens(nil, "", how)), " ", "")
}

// speak writes the statements of a doc to the index.
func (a *adder) speak(id int64, d docRow) error {
	for _, s := range d.said {
		if _, err := a.says.ExecContext(a.ctx, s.rowid(id), s.words, s.who, s.how); err != nil {
			return err
		}
		v := facetValue{kind: speakerField.Name, fold: facetKey(s.by)}
		if n, ok := a.values[v]; ok && !s.doubtful && s.by != "" {
			if _, err := a.saysBy.ExecContext(a.ctx, s.rowid(id), n); err != nil {
				return err
			}
		}
	}
	return nil
}

// silence removes the statements of a doc from the index.
func (a *adder) silence(id int64) error {
	for _, table := range []*sql.Stmt{a.unsaid, a.unsaidBy} {
		if _, err := table.ExecContext(a.ctx, id<<saidBits, (id+1)<<saidBits); err != nil {
			return err
		}
	}
	return nil
}

// spokenIn writes the condition on docs.id that the doc has a statement for which the
// FTS5 expression match holds.
func (c *compiler) spokenIn(match string) string {
	c.args = append(c.args, match)
	return `id IN (SELECT rowid >> ` + saidShift + ` FROM said WHERE said MATCH ?` + c.sure() + `)`
}

// sure returns the SQL that limits a search in the table said to statements that are
// sure; "" if the query is doubtful.
func (c *compiler) sure() string {
	if c.doubtful {
		return ""
	}
	return ` AND rowid & 1 = 0`
}

// saidAnd writes the conditions for the filters of statements in one And, which are
// about the same statements, see query.Spoken.
func (c *compiler) saidAnd(s query.Spoken) []string {
	var parts []string
	by, how := oneOf(s.Who), oneOf(s.How)
	if len(s.Said) == 0 || len(s.Who) > 1 {
		for _, f := range s.Who {
			parts = append(parts, c.spokenIn(saidTerm(f)+how))
		}
	}
	for _, f := range s.Said {
		parts = append(parts, c.spokenIn(saidTerm(f)+by+how))
	}
	if len(parts) == 0 && how != "" {
		parts = append(parts, c.spokenIn(strings.TrimPrefix(how, and)))
	}
	return parts
}

// and is the operator of FTS5 between two conditions.
const and = " AND "

// oneOf writes the condition that at least one of the filters matches a statement,
// with and before it, to be put behind another condition. It returns "" if there are
// no filters.
func oneOf(filters []query.Filter) string {
	if len(filters) == 0 {
		return ""
	}
	terms := make([]string, len(filters))
	for i, f := range filters {
		terms[i] = saidTerm(f)
	}
	return and + "(" + strings.Join(terms, " OR ") + ")"
}

// saidOr returns one FTS5 expression, for the table said, for those terms of an Or
// that look for statements ("" if there are none), and the other terms.
func saidOr(terms query.Or) (said string, rest []query.Expr) {
	for _, x := range terms {
		f, ok := x.(query.Filter)
		if !ok || !f.Statements() {
			rest = append(rest, x)
			continue
		}
		if said != "" {
			said += " OR "
		}
		said += saidTerm(f)
	}
	return said, rest
}

// saidTerm writes a filter of statements as an FTS5 expression for the table said.
func saidTerm(f query.Filter) string {
	column := "{words} : "
	switch {
	case field.Speaker.Has(f.Field):
		column = "{who} : "
	case field.Manner.Has(f.Field):
		if how := mannerToken(f.Value); how != "" {
			return `{how} : "` + how + `"`
		}
		return "{how} : " + nothing
	}
	t := f.Term()
	if len(t.Tokens) == 0 {
		return column + nothing
	}
	return column + termText(t)
}

// countSpeakers replaces the counts of speakers in f, if q asks for what is said, by
// counts of those who say it. It removes them where q, besides, names a speaker or a
// manner or asks for a second thing said, see [index.Facets].
func (x *Index) countSpeakers(ctx context.Context, q query.Query, f *index.Facets) error {
	and, ok := q.Root.(query.And)
	if !ok {
		and = query.And{q.Root}
	}
	spoken, rest := and.Spoken()
	said := spoken.Said
	if len(said) == 0 {
		return nil
	}
	name := speakerField.Name
	delete(f.Fields, name)
	if len(spoken.Who)+len(spoken.How) > 0 || len(said) > 1 {
		return nil
	}
	var hits []int64 // ids of the hits; not needed if q is nothing but the one filter
	if len(rest) > 0 {
		p, err := newPlan(ctx, x.file.Read, q)
		if err != nil {
			return err
		}
		ids, args := p.ids()
		if hits, _, err = x.numbers(ctx, `SELECT group_concat(id), '' FROM (`+ids+` ORDER BY 1)`, args...); err != nil {
			return err
		}
	}
	c := compiler{doubtful: q.Doubtful}
	sids, speakers, err := x.numbers(ctx, `SELECT group_concat(said.rowid), group_concat(said_by.who) FROM said CROSS JOIN said_by ON sid = said.rowid
		WHERE said MATCH ?`+strings.ReplaceAll(c.sure(), "rowid", "said.rowid"), saidTerm(said[0]))
	if err != nil {
		return err
	}
	cols, err := x.columns(ctx)
	if err == nil {
		f.Fields[name] = tallySpeakers(cols, sids, speakers, hits, len(rest) > 0)
	}
	return err
}

// numbers returns two lists of numbers. The query selects one row with each list as a
// text, separated by commas, since that costs half of what as many rows would.
func (x *Index) numbers(ctx context.Context, query string, args ...any) (a, b []int64, err error) {
	var first, second sql.NullString
	if err := x.file.Read.QueryRowContext(ctx, query, args...).Scan(&first, &second); err != nil {
		return nil, nil, err
	}
	return split(first.String), split(second.String), nil
}

// split returns the numbers of a list that is separated by commas.
func split(list string) []int64 {
	if list == "" {
		return nil
	}
	numbers := make([]int64, 0, strings.Count(list, ",")+1)
	n := int64(0)
	for _, c := range []byte(list) {
		if c == ',' {
			numbers, n = append(numbers, n), 0
			continue
		}
		n = n*10 + int64(c-'0')
	}
	return append(numbers, n)
}

// tallySpeakers counts, for each speaker, the docs with a statement by that speaker.
// sids are the rowids of statements in ascending order, and speakers[i] is the speaker
// of sids[i]. If among is set, only docs in hits are counted, which are in ascending
// order, too.
func tallySpeakers(cols *columns, sids, speakers, hits []int64, among bool) []index.Count {
	type tally struct {
		last int64
		n    int
	}
	by := map[int64]tally{}
	at := 0
	for i, sid := range sids {
		doc := sid >> saidBits
		if at = seek(hits, at, doc); among && (at == len(hits) || hits[at] != doc) {
			continue
		}
		if t := by[speakers[i]]; t.last != doc {
			by[speakers[i]] = tally{doc, t.n + 1}
		}
	}
	var counts []index.Count
	for id, t := range by {
		if id < int64(len(cols.values)) { // otherwise the speaker was added after cols was made
			counts = append(counts, index.Count{Value: cols.values[id].value, N: t.n})
		}
	}
	slices.SortFunc(counts, func(a, b index.Count) int { return cmp.Or(b.N-a.N, strings.Compare(a.Value, b.Value)) })
	return counts
}
