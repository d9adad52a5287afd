package memory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"dateline/index"
	"dateline/index/field"
	"dateline/query"
)

// Facets implements [index.Index].
func (x *Index) Facets(ctx context.Context, q query.Query) (index.Facets, error) {
	hits, err := find(ctx, x.newest(), q)
	if err != nil {
		return index.Facets{}, fmt.Errorf("facets of %s: %w", q, err)
	}
	f := index.Facets{Total: len(hits), Fields: map[string][]index.Count{}}
	for _, x := range field.Facets() {
		t := tally{}
		for _, d := range hits {
			t.add(countedOf(x, d, q))
		}
		if len(t) > 0 {
			f.Fields[x.Name] = t.counts()
		}
	}
	days, months := map[string]int{}, map[string]int{}
	for _, d := range hits {
		count(months, d.month())
		if !count(days, d.day()) {
			f.Undated++
		}
	}
	f.Days, f.Months = calendar(days), calendar(months)
	return f, nil
}

// countedOf returns the values under which d, a hit of q, is counted by a facet. For
// most facets and queries these are the values that d has. The facet of speakers
// differs where q asks for what is said: then only those are counted who say it. It
// counts nobody where q, besides, names a speaker or a manner or asks for a second
// thing said, see [index.Facets].
func countedOf(x field.Field, d *doc, q query.Query) []value {
	if x.Kind != field.Speaker {
		return d.values[x.Name]
	}
	and, ok := q.Root.(query.And)
	if !ok {
		and = query.And{q.Root}
	}
	spoken, _ := and.Spoken()
	if len(spoken.Said) == 0 {
		return d.values[x.Name]
	}
	if len(spoken.Who)+len(spoken.How) > 0 || len(spoken.Said) > 1 {
		return nil
	}
	var list []value
	for _, s := range d.statements {
		if (s.sure || q.Doubtful) && s.by != "" && spoken.Said[0].Term().In(s.said) {
			list = append(list, value{fold: query.Fold(s.by), spelled: s.by, counted: true})
		}
	}
	return list
}

// A tally counts hits by the folded form of a value, and within that by spelling.
type tally map[string]map[string]int

// add counts one hit under each of its values, once under each.
func (t tally) add(values []value) {
	met := map[string]bool{}
	for _, v := range values {
		if !v.counted || met[v.fold] {
			continue
		}
		met[v.fold] = true
		if t[v.fold] == nil {
			t[v.fold] = map[string]int{}
		}
		t[v.fold][v.spelled]++
	}
}

// counts returns the values, the most frequent first, each in its most frequent
// spelling.
func (t tally) counts() []index.Count {
	var list []index.Count
	for _, spellings := range t {
		total, best := 0, ""
		for _, s := range slices.Sorted(maps.Keys(spellings)) {
			if total += spellings[s]; best == "" || spellings[s] > spellings[best] {
				best = s
			}
		}
		list = append(list, index.Count{Value: best, N: total})
	}
	slices.SortFunc(list, func(a, b index.Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Value, b.Value)) })
	return list
}

// count adds 1 to the count of key, unless key is "", and reports whether it did.
func count(counts map[string]int, key string) bool {
	if key != "" {
		counts[key]++
	}
	return key != ""
}

// calendar returns the counts in the order of their keys, which are days or months.
func calendar(counts map[string]int) []index.Count {
	var list []index.Count
	for _, key := range slices.Sorted(maps.Keys(counts)) {
		list = append(list, index.Count{Value: key, N: counts[key]})
	}
	return list
}

// day returns the day of publication in UTC, "" if it is not known.
func (d *doc) day() string {
	if !d.dated || d.published.Day() == "" {
		return ""
	}
	return d.at.Format("2006-01-02")
}

// month returns the month of publication in UTC, "" if it is not known.
func (d *doc) month() string {
	if !d.dated || d.published.Month() == "" {
		return ""
	}
	return d.at.Format("2006-01")
}
