package opensearch

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dateline/index"
	"dateline/index/field"
	"dateline/query"
)

// MostCounted is how many values of a field are counted, the most frequent ones. All
// fields together must stay below the 65,535 counts of one answer that OpenSearch
// allows by its settings.
const MostCounted = 5000

// mostDays is how many days, or months, are counted: those of 82 years.
const mostDays = 30000

// A counted is the answer to one aggregation: its counts, or the one within it.
type counted struct {
	Buckets []bucket `json:"buckets"`
	Others  int      `json:"sum_other_doc_count"`
	Error   int      `json:"doc_count_error_upper_bound"`
	Sure    *counted `json:"sure"` // of the speakers of statements
	By      *counted `json:"by"`
}

type bucket struct {
	Key      string `json:"key"`
	N        int    `json:"doc_count"`
	Articles *struct {
		N int `json:"doc_count"`
	} `json:"articles"`
}

func terms(name string, size int) object {
	return object{"terms": object{"field": name, "size": size}}
}

// Facets implements [index.Index].
func (x *Index) Facets(ctx context.Context, q query.Query) (index.Facets, error) {
	f, err := x.facets(ctx, q)
	if err != nil {
		return index.Facets{}, fmt.Errorf("facets of %s: %w", q, err)
	}
	return f, nil
}

func (x *Index) facets(ctx context.Context, q query.Query) (index.Facets, error) {
	f := index.Facets{Fields: map[string][]index.Count{}}
	selects, err := compile(q)
	if err != nil {
		return f, err
	}
	selects = filtered(selects)
	days, err := x.ask(ctx, object{"query": selects, "size": 0, "track_total_hits": true, "aggs": object{
		"days": terms("day", mostDays), "months": terms("month", mostDays),
	}})
	if err != nil {
		return f, err
	}
	f.Total = days.Hits.Total.Value
	f.Days, f.Months = calendar(days.Counts["days"]), calendar(days.Counts["months"])
	f.Undated = f.Total - days.Counts["days"].Others
	for _, c := range f.Days {
		f.Undated -= c.N
	}
	ask := object{}
	for _, x := range field.Facets() {
		if a := aggregation(x, q); a != nil {
			ask[x.Name] = a
		}
	}
	fields, err := x.ask(ctx, object{"query": selects, "size": 0, "track_total_hits": false, "aggs": ask})
	if err != nil {
		return f, err
	}
	for name := range ask {
		c, exact := fields.Counts[name], "counted."+name
		if c.Sure != nil { // of statements
			c, exact = *c.Sure.By, ""
		}
		list, err := x.counts(ctx, selects, c, exact)
		if err != nil {
			return f, err
		}
		if len(list) > 0 {
			f.Fields[name] = list
		}
	}
	return f, nil
}

// aggregation returns how the values of a field are counted; nil if they are not. For
// most fields and queries these are the values of articles. The facet of speakers
// differs where q asks for what is said: then only those are counted who say it, and
// nobody where q, besides, names a speaker or a manner or asks for a second thing said,
// see [index.Facets].
func aggregation(x field.Field, q query.Query) object {
	plain := terms("spelled."+x.Name, MostCounted)
	if x.Kind != field.Speaker {
		return plain
	}
	and, ok := q.Root.(query.And)
	if !ok {
		and = query.And{q.Root}
	}
	spoken, _ := and.Spoken()
	if len(spoken.Said) == 0 {
		return plain
	}
	if len(spoken.Who)+len(spoken.How) > 0 || len(spoken.Said) > 1 {
		return nil
	}
	c := compiler{doubtful: q.Doubtful}
	says := []object{c.ofStatement(spoken.Said[0])}
	if !q.Doubtful {
		says = append(says, object{"term": object{"said.sure": true}})
	}
	by := terms("said.by", MostCounted)
	by["aggs"] = object{"articles": object{"reverse_nested": object{}}}
	return object{
		"nested": object{"path": "said"},
		"aggs":   object{"sure": object{"filter": allOf(says, nil), "aggs": object{"by": by}}},
	}
}

// counts returns the counts of values, the most frequent first, each in its most
// frequent spelling. If not all spellings were counted, or not exactly, the values are
// counted again by their folded forms, in the field exact, if there is one.
func (x *Index) counts(ctx context.Context, selects object, c counted, exact string) ([]index.Count, error) {
	type value struct {
		n, most int
		best    string
	}
	values := map[string]*value{} // by the folded form
	for _, b := range c.Buckets {
		n := b.N
		if b.Articles != nil {
			n = b.Articles.N
		}
		fold, spelling, _ := strings.Cut(b.Key, separator)
		v := values[fold]
		if v == nil {
			v = new(value)
			values[fold] = v
		}
		if v.n += n; n > v.most || n == v.most && spelling < v.best {
			v.most, v.best = n, spelling
		}
	}
	if (c.Others > 0 || c.Error > 0) && exact != "" {
		folds := slices.Sorted(maps.Keys(values))
		p, err := x.ask(ctx, object{"query": selects, "size": 0, "track_total_hits": false, "aggs": object{
			"again": object{"terms": object{"field": exact, "size": len(folds), "include": folds}},
		}})
		if err != nil {
			return nil, err
		}
		for _, b := range p.Counts["again"].Buckets {
			if v := values[b.Key]; v != nil {
				v.n = b.N
			}
		}
	}
	var list []index.Count
	for _, v := range values {
		list = append(list, index.Count{Value: v.best, N: v.n})
	}
	slices.SortFunc(list, func(a, b index.Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
	return list, nil
}

// calendar returns counts of days or months in the order of the calendar.
func calendar(c counted) []index.Count {
	var list []index.Count
	for _, b := range c.Buckets {
		list = append(list, index.Count{Value: b.Key, N: b.N})
	}
	slices.SortFunc(list, func(a, b index.Count) int { return cmp.Compare(a.Value, b.Value) })
	return list
}
