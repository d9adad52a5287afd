package answer

import (
	"slices"

	"dateline"
	"dateline/index"
	"dateline/index/field"
	"dateline/query"
)

// facetSize is the number of values that a facet lists.
const facetSize = 60

// A Facet counts the hits of a query by one field.
type Facet struct {
	Name   string  `json:"name"`           // as the query language has it: "publisher", "who"; or "month"
	Values []Value `json:"values"`         // the most frequent first; months the latest first
	More   int     `json:"more,omitempty"` // values not listed
}

// A Value is one value of a facet.
type Value struct {
	Value  string `json:"value"`            // as it is typed
	Count  int    `json:"count"`            // hits that have it
	Chosen bool   `json:"chosen,omitempty"` // the query asks for it
	Query  string `json:"query"`            // that adds it or, if it is chosen, that is without it; "" finds everything
}

// A Term is one filter or limit that a query has.
type Term struct {
	Field string `json:"field"` // "publisher", "after", "when"
	Value string `json:"value"` // as it is typed
	Query string `json:"query"` // the query without it
}

// narrowing lists the filters and limits of q.
func narrowing(q query.Query) []Term {
	var list []Term
	for i, t := range terms(q) {
		var c Term
		switch t := t.(type) {
		case query.Filter:
			c.Field, c.Value = t.Field, t.Value
		case query.Bound:
			c.Field, c.Value = t.Field, t.Date
		case query.When:
			c.Field, c.Value = "when", t.Range()
		default:
			continue
		}
		c.Query = withoutTerm(q, i).String()
		list = append(list, c)
	}
	return list
}

// facets lists what the hits of q can be narrowed by.
func facets(f index.Facets, q query.Query) []Facet {
	latest := slices.Clone(f.Months)
	slices.Reverse(latest)
	list := []Facet{}
	add := func(name string, counts []index.Count, values func(string, []index.Count, query.Query) []Value) {
		n := min(len(counts), facetSize)
		if items := values(name, counts[:n], q); len(items) > 0 {
			list = append(list, Facet{Name: name, Values: items, More: len(counts) - n})
		}
	}
	for _, x := range field.Facets() {
		add(x.Name, f.Of(x.Name), values)
	}
	add("month", latest, months)
	return list
}

// values lists values of a field.
func values(field string, counts []index.Count, q query.Query) []Value {
	var list []Value
	for _, n := range counts {
		if n.Value == "" {
			continue
		}
		v := Value{Value: n.Value, Count: n.N}
		same := func(x query.Expr) bool { return isFilter(x, field, n.Value) }
		next := without(q, same)
		if v.Chosen = len(terms(next)) < len(terms(q)); !v.Chosen {
			next = q.And(query.Filter{Field: field, Value: n.Value})
		}
		v.Query = next.String()
		if _, err := query.Parse(v.Query); err != nil {
			continue // a value that no query can name, such as "—"
		}
		list = append(list, v)
	}
	return list
}

// months is values for months of publication.
func months(_ string, counts []index.Count, q query.Query) []Value {
	var list []Value
	for _, n := range counts {
		start, end, ok := dateline.Date(n.Value).Interval()
		if !ok {
			continue
		}
		after, before := start.Format("2006-01"), end.Format("2006-01")
		v := Value{Value: n.Value, Count: n.N, Chosen: isBetween(q, after, before)}
		next := between(q, after, before)
		if v.Chosen {
			next = without(q, isBound)
		}
		v.Query = next.String()
		list = append(list, v)
	}
	return list
}
