package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dateline/query"
)

// terms returns what q joins by "and", one term at least unless q is empty.
func terms(q query.Query) []query.Expr {
	switch x := q.Root.(type) {
	case nil:
		return nil
	case query.And:
		return x
	default:
		return []query.Expr{x}
	}
}

// conjunction returns the query that joins terms by "and".
func conjunction(terms []query.Expr) query.Query {
	switch len(terms) {
	case 0:
		return query.Query{}
	case 1:
		return query.Query{Root: terms[0]}
	}
	return query.Query{Root: query.And(terms)}
}

// without returns q without the terms for which drop is true.
func without(q query.Query, drop func(query.Expr) bool) query.Query {
	var kept []query.Expr
	for _, t := range terms(q) {
		if !drop(t) {
			kept = append(kept, t)
		}
	}
	next := conjunction(kept)
	next.Doubtful = q.Doubtful
	return next
}

// withoutTerm returns q without its term i.
func withoutTerm(q query.Query, i int) query.Query {
	next := conjunction(slices.Delete(slices.Clone(terms(q)), i, i+1))
	next.Doubtful = q.Doubtful
	return next
}

// isFilter reports whether x asks for exactly this value of this field.
func isFilter(x query.Expr, field, value string) bool {
	f, ok := x.(query.Filter)
	return ok && f.Field == field && strings.EqualFold(f.Value, value)
}

func isBound(x query.Expr) bool {
	_, ok := x.(query.Bound)
	return ok
}

// between returns q limited to publication from after up to, not including,
// before, in place of the limits it had.
func between(q query.Query, after, before string) query.Query {
	return without(q, isBound).And(query.Bound{Field: "after", Date: after}).And(query.Bound{Field: "before", Date: before})
}

// isBetween reports whether q has exactly the limits that between sets.
func isBetween(q query.Query, after, before string) bool {
	n := 0
	for _, t := range terms(q) {
		switch t {
		case query.Expr(query.Bound{Field: "after", Date: after}), query.Expr(query.Bound{Field: "before", Date: before}):
			n++
		}
	}
	return n == 2
}

// searchURL is the address of one page of a search.
func searchURL(q query.Query, best bool, page int) string {
	v := url.Values{"q": {q.String()}}
	if q.Doubtful && q.Statements() {
		v.Set("all", "1")
	}
	if best {
		v.Set("sort", "best")
	}
	if page > 1 {
		v.Set("page", strconv.Itoa(page))
	}
	return "/search?" + v.Encode()
}
