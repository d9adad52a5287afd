package answer

import (
	"slices"
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

// conjunction returns q with terms, joined by "and", in place of its own.
func conjunction(q query.Query, terms []query.Expr) query.Query {
	switch len(terms) {
	case 0:
		q.Root = nil
	case 1:
		q.Root = terms[0]
	default:
		q.Root = query.And(terms)
	}
	return q
}

// without returns q without the terms for which drop is true.
func without(q query.Query, drop func(query.Expr) bool) query.Query {
	var kept []query.Expr
	for _, t := range terms(q) {
		if !drop(t) {
			kept = append(kept, t)
		}
	}
	return conjunction(q, kept)
}

// withoutTerm returns q without its term i.
func withoutTerm(q query.Query, i int) query.Query {
	return conjunction(q, slices.Delete(slices.Clone(terms(q)), i, i+1))
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
