package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dateline/index/field"
	"dateline/internal/sqlfile"
	"dateline/query"
)

// A plan is a query in the form in which SQLite answers it. It selects the docs with
// an id from lo up to but not including hi. If match is set, they must match it in
// fts; if where is set, that condition must hold for their row in docs. At most one of
// the two is set.
type plan struct {
	lo, hi int64
	match  string       // FTS5 expression
	where  string       // condition on docs.id, for what fts does not know, see needsSQL
	args   []any        // the values of the parameters in where
	terms  []query.Term // by which hits are ranked
}

// Tokens of the column k: one that every article has, and one that none has.
const (
	everything = `"` + kMark + `a"`
	nothing    = `"` + kMark + `none"`
)

// newPlan returns the plan for q. Bounds that all hits must meet become lo and hi; the
// rest becomes an expression for fts or, if it must, an SQL condition.
func newPlan(ctx context.Context, db sqlfile.Queryer, q query.Query) (plan, error) {
	c := compiler{ctx: ctx, db: db, doubtful: q.Doubtful}
	p := plan{lo: 0, hi: behindAll, terms: q.Terms()}
	var rest query.And
	and, ok := q.Root.(query.And)
	if !ok && q.Root != nil {
		and = query.And{q.Root}
	}
	for _, x := range and {
		if b, ok := x.(query.Bound); ok {
			lo, hi, err := idRange(b)
			if err != nil {
				return plan{}, err
			}
			p.lo, p.hi = max(p.lo, lo), min(p.hi, hi)
			continue
		}
		rest = append(rest, x)
	}
	switch {
	case len(rest) == 0:
	case needsSQL(rest):
		p.where = c.sql(rest)
		p.args = c.args
	default:
		p.match = c.fts(rest)
	}
	return p, c.err
}

// ids returns the SQL that selects the ids of the plan, and its arguments.
func (p plan) ids() (string, []any) {
	switch {
	case p.match != "":
		return `SELECT rowid AS id FROM fts WHERE fts MATCH ? AND rowid >= ? AND rowid < ?`, []any{p.match, p.lo, p.hi}
	case p.where != "":
		return `SELECT id FROM docs WHERE id >= ? AND id < ? AND ` + p.where, append([]any{p.lo, p.hi}, p.args...)
	}
	return `SELECT id FROM docs WHERE id >= ? AND id < ?`, []any{p.lo, p.hi}
}

// idRange returns the ids that a bound admits, from lo up to but not including hi.
// Undated articles are not among them.
func idRange(b query.Bound) (lo, hi int64, err error) {
	t, ok := b.Time()
	if !ok {
		return 0, 0, fmt.Errorf("%s: %q is no date", b.Field, b.Date)
	}
	at := firstDated
	if inRange(t) { // otherwise it is the year 0, which is before all dated docs
		at += docID(t)
	}
	if b.Field == "after" {
		return at, behindAll, nil
	}
	return firstDated, at, nil
}

// needsSQL reports whether x holds something that fts does not know: limits of dates,
// days spoken of, articles that belong together, or statements.
func needsSQL(x query.Expr) bool {
	switch x := x.(type) {
	case query.Bound, query.When, query.Members:
		return true
	case query.Filter:
		return x.Statements()
	case query.Not:
		return needsSQL(x.X)
	case query.And:
		return slices.ContainsFunc(x, needsSQL)
	case query.Or:
		return slices.ContainsFunc(x, needsSQL)
	}
	return false
}

// A compiler writes the expressions of a plan. Its methods return an expression and
// append the values of its parameters to args. The first error is kept in err.
type compiler struct {
	ctx      context.Context
	db       sqlfile.Queryer
	doubtful bool // also look at statements that are not sure
	args     []any
	err      error
}

// fts writes x, for which needsSQL is false, as an FTS5 expression.
func (c *compiler) fts(x query.Expr) string {
	switch x := x.(type) {
	case query.Word:
		return termText(x.Term())
	case query.Phrase:
		return termText(x.Term())
	case query.Filter:
		return c.filter(x)
	case query.Not:
		return "(" + everything + " NOT " + c.fts(x.X) + ")"
	case query.And:
		return c.and(x)
	case query.Or:
		parts := make([]string, len(x))
		for i, y := range x {
			parts[i] = c.fts(y)
		}
		return "(" + strings.Join(parts, " OR ") + ")"
	}
	return everything
}

// and writes an And as an FTS5 expression. FTS5 knows NOT only between two
// expressions, so the negated terms come last.
func (c *compiler) and(terms query.And) string {
	var yes, no []string
	for _, x := range terms {
		if not, ok := x.(query.Not); ok {
			no = append(no, c.fts(not.X))
		} else {
			yes = append(yes, c.fts(x))
		}
	}
	if len(yes) == 0 {
		yes = []string{everything}
	}
	s := "(" + strings.Join(yes, " AND ") + ")"
	if len(no) > 0 {
		s = "(" + s + " NOT (" + strings.Join(no, " OR ") + "))"
	}
	return s
}

// termText writes a term as an FTS5 expression. Tokens never hold quotation marks, so
// none need escaping.
func termText(t query.Term) string {
	if len(t.Tokens) == 0 {
		return everything
	}
	s := `"` + strings.Join(t.Tokens, " ") + `"`
	if t.Prefix {
		s += "*"
	}
	return s
}

// filter writes a filter of the article as an FTS5 expression.
func (c *compiler) filter(f query.Filter) string {
	x, ok := field.Of(f.Field)
	switch {
	case ok && x.Kind == field.Value:
		return c.values(f.Value, x.Name, x.Name+notCounted)
	case ok && x.Kind == field.Words:
		t := f.Term()
		if len(t.Tokens) == 0 {
			return nothing
		}
		for i, token := range t.Tokens {
			t.Tokens[i] = kMark + x.Name + kMark + token
		}
		return termText(t)
	case ok && x.Kind == field.Together: // not resolved
		return nothing
	}
	if c.err == nil {
		c.err = fmt.Errorf("no field is called %q", f.Field)
	}
	return nothing
}

// values writes the FTS5 expression for docs that have the facet value, under any of
// the kinds (see facetValue).
func (c *compiler) values(value string, kinds ...string) string {
	var marks []string
	for _, kind := range kinds {
		var id int64
		err := c.db.QueryRowContext(c.ctx, `SELECT id FROM facet_values WHERE kind = ? AND fold = ?`, kind, facetKey(value)).Scan(&id)
		switch {
		case err == nil:
			marks = append(marks, `"`+kMark+strconv.FormatInt(id, 10)+`"`)
		case !errors.Is(err, sql.ErrNoRows) && c.err == nil:
			c.err = err
		}
	}
	if marks == nil {
		return nothing
	}
	return "(" + strings.Join(marks, " OR ") + ")"
}

// sql writes an expression as a condition on docs.id.
func (c *compiler) sql(x query.Expr) string {
	if !needsSQL(x) {
		c.args = append(c.args, c.fts(x))
		return "id IN (SELECT rowid FROM fts WHERE fts MATCH ?)"
	}
	switch x := x.(type) {
	case query.Bound:
		lo, hi, err := idRange(x)
		if err != nil && c.err == nil {
			c.err = err
		}
		c.args = append(c.args, lo, hi)
		return "(id >= ? AND id < ?)"
	case query.When:
		return c.when(x)
	case query.Members:
		return c.members(x)
	case query.Filter:
		return c.spokenIn(saidTerm(x))
	case query.Not:
		return "NOT " + c.sql(x.X)
	case query.And:
		spoken, rest := x.Spoken()
		parts := c.saidAnd(spoken)
		return c.join(parts, rest, " AND ", func(plain []query.Expr) query.Expr { return query.And(plain) })
	case query.Or:
		var parts []string
		said, rest := saidOr(x)
		if said != "" {
			parts = append(parts, c.spokenIn(said))
		}
		return c.join(parts, rest, " OR ", func(plain []query.Expr) query.Expr { return query.Or(plain) })
	}
	return "TRUE" // Unreachable: needsSQL knows the same kinds.
}

// members writes the condition that an article is one of those that belong together.
func (c *compiler) members(x query.Members) string {
	list, err := json.Marshal(nonNil(x.Articles))
	if err != nil && c.err == nil {
		c.err = err
	}
	c.args = append(c.args, string(list))
	return "id IN (SELECT d.id FROM json_each(?) j CROSS JOIN docs d ON d.article = j.value)"
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// join writes parts and terms with an operator between them. Terms that need no SQL
// are put into one expression by group, so that fts is asked only once for them.
func (c *compiler) join(parts []string, terms []query.Expr, operator string, group func([]query.Expr) query.Expr) string {
	var plain []query.Expr
	for _, x := range terms {
		if needsSQL(x) {
			parts = append(parts, c.sql(x))
		} else {
			plain = append(plain, x)
		}
	}
	if plain != nil {
		parts = append(parts, c.sql(group(plain)))
	}
	return "(" + strings.Join(parts, operator) + ")"
}
