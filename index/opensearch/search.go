package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// How many hits are asked for at once: few at first, since few are wanted most of the
// time. OpenSearch gives no hit behind the first window by its number.
const (
	hitsAtFirst = 1000
	hitsAtOnce  = 5000
	window      = 10000
)

// newestFirst is the order of hits: of those of one second, that of their keys, so that
// it is the same in every answer.
var newestFirst = []object{{"order": "desc"}, {"article": "desc"}}

// A page is what OpenSearch answers to a search.
type page struct {
	TimedOut bool `json:"timed_out"`
	Shards   struct {
		Failed   int `json:"failed"`
		Failures []struct {
			Reason struct {
				Type   string `json:"type"`
				Reason string `json:"reason"`
			} `json:"reason"`
		} `json:"failures"`
	} `json:"_shards"`
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []hit `json:"hits"`
	} `json:"hits"`
	Counts map[string]counted `json:"aggregations"`
}

type hit struct {
	ID     string            `json:"_id"`
	Score  float64           `json:"_score"`
	Sort   []json.RawMessage `json:"sort"`
	Fields struct {
		Capture []dateline.CaptureID `json:"capture"`
	} `json:"fields"`
	Source json.RawMessage `json:"_source"`
}

// whole returns an error if a part of the index has not answered: a search that knows
// only some of the articles would be a wrong answer.
func (p *page) whole() error {
	if p.Shards.Failed > 0 {
		reason := ""
		if len(p.Shards.Failures) > 0 {
			reason = p.Shards.Failures[0].Reason.Type + ": " + p.Shards.Failures[0].Reason.Reason
		}
		return fmt.Errorf("%d shards do not answer: %.300s", p.Shards.Failed, reason)
	}
	if p.TimedOut {
		return fmt.Errorf("the search took too long for OpenSearch")
	}
	return nil
}

// ask sends a search and wants an answer of the whole index. Searches of one process go
// to the same copy of a shard as long as it is there: copies refresh at different times,
// and their scores differ.
func (x *Index) ask(ctx context.Context, body object) (*page, error) {
	p := new(page)
	path := x.docs + "/_search?allow_partial_search_results=false&search_type=dfs_query_then_fetch&preference=dateline"
	if err := x.c.call(ctx, "POST", path, body, p); err != nil {
		return nil, err
	}
	return p, p.whole()
}

// Search implements [index.Index].
func (x *Index) Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		if err := x.search(ctx, q, o, func(m index.Match) bool { return yield(m, nil) }); err != nil {
			yield(index.Match{}, fmt.Errorf("search %s: %w", q, err))
		}
	}
}

// search calls yield for each hit until it returns false.
func (x *Index) search(ctx context.Context, q query.Query, o index.Options, yield func(index.Match) bool) error {
	selects, err := compile(q)
	if err != nil {
		return err
	}
	w := walk{x: x, ctx: ctx, left: o.Limit, skip: max(o.Offset, 0), yield: yield}
	if w.left <= 0 {
		w.left = 1 << 62
	}
	terms := q.Terms()
	if !o.Rank || len(terms) == 0 {
		_, err := w.run(selects, newestFirst)
		return err
	}
	newest, older, err := x.divide(ctx, selects)
	if err != nil {
		return err
	}
	var scores []object
	for _, t := range terms {
		scores = append(scores, phrase("title", t, titleBoost), phrase("body", t, 1))
	}
	ranked := object{"bool": object{"filter": []object{newest}, "should": distinct(scores), "minimum_should_match": 0}}
	more, err := w.run(ranked, append([]object{{"_score": "desc"}}, newestFirst...))
	if err != nil || !more || older == nil {
		return err
	}
	_, err = w.run(older, newestFirst)
	return err
}

// divide returns what selects those hits that are to be ranked, and those too old for
// that; nil if there are none, see index.RankExact.
func (x *Index) divide(ctx context.Context, selects object) (newest, older object, err error) {
	p, err := x.ask(ctx, object{"query": selects, "size": 0, "track_total_hits": index.RankExact + 1})
	if err != nil || p.Hits.Total.Value <= index.RankExact {
		return selects, nil, err
	}
	p, err = x.ask(ctx, object{"query": filtered(selects), "sort": newestFirst, "from": index.RankNewest - 1, "size": 1,
		"_source": false, "track_total_hits": false})
	if err != nil || len(p.Hits.Hits) == 0 || len(p.Hits.Hits[0].Sort) != len(newestFirst) {
		return selects, nil, err // articles were removed meanwhile
	}
	order, article := p.Hits.Hits[0].Sort[0], p.Hits.Hits[0].Sort[1] // of the oldest one that is ranked
	since := anyOf([]object{
		{"range": object{"order": object{"gt": order}}},
		allOf([]object{{"term": object{"order": order}}, {"range": object{"article": object{"gte": article}}}}, nil),
	})
	return allOf([]object{selects, since}, nil), allOf([]object{selects}, []object{since}), nil
}

// filtered returns the query as one whose hits have no score.
func filtered(selects object) object { return allOf([]object{selects}, nil) }

// A walk goes over hits from page to page.
type walk struct {
	x     *Index
	ctx   context.Context
	left  int // how many hits are still wanted
	skip  int // how many are to be left out before
	yield func(index.Match) bool
}

// run goes over the hits of a query in an order. more is false if no more hits are
// wanted.
func (w *walk) run(selects object, order []object) (more bool, err error) {
	ranked := len(order) > len(newestFirst)
	if !ranked {
		selects = filtered(selects)
	}
	body := object{"query": selects, "sort": order, "_source": false, "docvalue_fields": []string{"capture"}, "track_total_hits": false}
	size := hitsAtFirst
	for w.left > 0 {
		n := min(w.left, size)
		if w.skip > 0 { // what is left out is counted, not looked at
			n = min(w.skip+n, window)
		}
		body["size"] = n
		p, err := w.x.ask(w.ctx, body)
		if err != nil {
			return false, err
		}
		hits := p.Hits.Hits
		for _, h := range hits[min(w.skip, len(hits)):] {
			if len(h.Fields.Capture) != 1 {
				return false, fmt.Errorf("article %s has no capture", h.ID)
			}
			if w.left == 0 || !w.yield(index.Match{Capture: h.Fields.Capture[0], Score: h.Score}) {
				return false, nil
			}
			w.left--
		}
		w.skip = max(0, w.skip-len(hits))
		if len(hits) < n {
			return true, nil
		}
		body["search_after"] = hits[n-1].Sort
		size = hitsAtOnce
	}
	return false, nil
}
