package web

import (
	"slices"

	"dateline"
	"dateline/query"
)

// facetSize is the number of values that a facet lists.
const facetSize = 60

// A facet counts the hits of a query by one field.
type facet struct {
	Name  string   `json:"name"` // "publisher", "who", "lang", "tag", "section", "month"
	Title string   `json:"-"`
	Items []choice `json:"values"`
	More  int      `json:"more,omitempty"` // values not listed
}

// A choice is one value of a facet or one term of a query, with the search
// that adds it or, if it is chosen already, removes it.
type choice struct {
	Field  string `json:"-"`
	Value  string `json:"value"`
	N      int    `json:"n"`
	Chosen bool   `json:"chosen,omitempty"`
	Link   string `json:"link"`
}

// narrowing lists the filters and limits of q.
func narrowing(q query.Query, best bool) []choice {
	var list []choice
	for i, t := range terms(q) {
		c := choice{Chosen: true}
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
		c.Link = searchURL(withoutTerm(q, i), best, 1)
		list = append(list, c)
	}
	return list
}

// facets lists what the hits of q can be narrowed by.
func facets(f query.Facets, q query.Query, best bool) []facet {
	latest := slices.Clone(f.Months)
	slices.Reverse(latest)
	var list []facet
	for _, x := range []struct {
		name, title string
		counts      []query.Count
		choices     func(string, []query.Count, query.Query, bool) []choice
	}{
		{"publisher", "Publisher", f.Publishers, choices},
		{"who", "Speaker", f.Speakers, choices},
		{"lang", "Language", f.Langs, choices},
		{"section", "Section", f.Sections, choices},
		{"tag", "Tag", f.Tags, choices},
		{"month", "Month", latest, months},
	} {
		n := min(len(x.counts), facetSize)
		if items := x.choices(x.name, x.counts[:n], q, best); len(items) > 0 {
			list = append(list, facet{Name: x.name, Title: x.title, Items: items, More: len(x.counts) - n})
		}
	}
	return list
}

// choices lists values of a field.
func choices(field string, counts []query.Count, q query.Query, best bool) []choice {
	var list []choice
	for _, n := range counts {
		if n.Value == "" {
			continue
		}
		c := choice{Field: field, Value: n.Value, N: n.N}
		same := func(x query.Expr) bool { return isFilter(x, field, n.Value) }
		next := without(q, same)
		if c.Chosen = len(terms(next)) < len(terms(q)); !c.Chosen {
			next = q.And(query.Filter{Field: field, Value: n.Value})
		}
		if _, err := query.Parse(next.String()); err != nil {
			continue // a value that no query can name, such as "—"
		}
		c.Link = searchURL(next, best, 1)
		list = append(list, c)
	}
	return list
}

// months is choices for months of publication.
func months(field string, counts []query.Count, q query.Query, best bool) []choice {
	var list []choice
	for _, n := range counts {
		start, end, ok := dateline.Date(n.Value).Interval()
		if !ok {
			continue
		}
		after, before := start.Format("2006-01"), end.Format("2006-01")
		c := choice{Field: field, Value: n.Value, N: n.N, Chosen: isBetween(q, after, before)}
		next := between(q, after, before)
		if c.Chosen {
			next = without(q, isBound)
		}
		c.Link = searchURL(next, best, 1)
		list = append(list, c)
	}
	return list
}
