package memory

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"dateline/index"
	"dateline/query"
)

// Search implements [index.Index].
func (x *Index) Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		list := x.newest()
		hits, err := find(ctx, list, q)
		if err != nil {
			yield(index.Match{}, fmt.Errorf("search %s: %w", q, err))
			return
		}
		scores := make([]float64, len(hits)) // scores[i] is that of hits[i]
		if terms := q.Terms(); o.Rank && len(terms) > 0 {
			rank(list, terms, hits, scores)
		}
		from := min(max(o.Offset, 0), len(hits))
		to := len(hits)
		if o.Limit > 0 {
			to = min(to, from+o.Limit)
		}
		for i := from; i < to; i++ {
			if !yield(index.Match{Capture: hits[i].capture, Score: scores[i]}, nil) {
				return
			}
		}
	}
}

// docsBetweenChecks is how many docs are looked at before the search asks again
// whether its context has ended.
const docsBetweenChecks = 1000

// find returns the docs of the list that q matches, in the order of the list.
func find(ctx context.Context, list []*doc, q query.Query) ([]*doc, error) {
	if err := check(q.Root); err != nil {
		return nil, err
	}
	var hits []*doc
	for i, d := range list {
		if i%docsBetweenChecks == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if d.matches(q.Root, q.Doubtful) {
			hits = append(hits, d)
		}
	}
	return hits, nil
}

// Parameters of BM25 with weighted fields (Robertson and Zaragoza, The
// Probabilistic Relevance Framework: BM25 and Beyond, 2009). k1 and b are the
// constants of SQLite's FTS5, by which package index/sqlite ranks. A word of the
// headline or the deck counts as headWeight words of the text.
const (
	k1         = 1.2
	b          = 0.75
	headWeight = 4
)

// rank orders hits, which come newest first, by how well they match the terms, and
// sets scores[i] to the score of hits[i]. If there are more than [index.RankExact], it
// changes only the [index.RankNewest] newest. all is what the rarity of a term is
// counted in.
func rank(all []*doc, terms []query.Term, hits []*doc, scores []float64) {
	if len(hits) > index.RankExact {
		hits, scores = hits[:index.RankNewest], scores[:index.RankNewest]
	}
	var length float64
	holding := make([]float64, len(terms)) // by term: how many docs hold it
	for _, d := range all {
		length += d.length()
		for i, t := range terms {
			if d.hasText(t) {
				holding[i]++
			}
		}
	}
	mean := length / float64(len(all))
	type scored struct {
		*doc
		score float64
	}
	list := make([]scored, len(hits))
	for i, d := range hits {
		list[i].doc = d
		for k, t := range terms {
			n := d.frequency(t)
			rarity := math.Log(1 + (float64(len(all))-holding[k]+.5)/(holding[k]+.5))
			list[i].score += rarity * n * (k1 + 1) / (n + k1*(1-b+b*d.length()/mean))
		}
	}
	slices.SortStableFunc(list, func(x, y scored) int { return cmp.Compare(y.score, x.score) })
	for i, s := range list {
		hits[i], scores[i] = s.doc, s.score
	}
}

// length returns the number of words of d, each of the headline and the deck counted
// headWeight times, and 1 more, so that it is never 0.
func (d *doc) length() float64 {
	return float64(1 + len(d.text) + headWeight*(len(d.headline)+len(d.deck)))
}

// frequency returns how often d holds the term, each place in the headline and the
// deck counted headWeight times.
func (d *doc) frequency(t query.Term) float64 {
	return float64(occurrences(t, d.text) + headWeight*(occurrences(t, d.headline)+occurrences(t, d.deck)))
}

// occurrences returns the number of places in tokens at which the term begins.
func occurrences(t query.Term, tokens []string) int {
	n, last := 0, len(t.Tokens)-1
	for last >= 0 && len(tokens) > last {
		if slices.Equal(tokens[:last], t.Tokens[:last]) &&
			(tokens[last] == t.Tokens[last] || t.Prefix && strings.HasPrefix(tokens[last], t.Tokens[last])) {
			n++
		}
		tokens = tokens[1:]
	}
	return n
}
