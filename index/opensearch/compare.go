package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"

	"dateline"
	"dateline/index"
)

// docsAtOnce is how many documents with their texts are read at a time.
const docsAtOnce = 200

// Held yields, in the order of their IDs, the articles with an ID greater than after,
// each with the capture that shows the version by which it is found. The sequence ends
// after its first error.
func (x *Index) Held(ctx context.Context, after dateline.ArticleID) iter.Seq2[index.Entry, error] {
	return func(yield func(index.Entry, error) bool) {
		body := object{"query": everything, "sort": []object{{"article": "asc"}}, "size": hitsAtOnce, "_source": false,
			"docvalue_fields": []string{"capture"}, "track_total_hits": false, "search_after": []string{string(after)}}
		for h, err := range x.all(ctx, body) {
			var e index.Entry
			if err == nil && len(h.Fields.Capture) == 1 {
				e = index.Entry{Article: dateline.ArticleID(h.ID), Capture: h.Fields.Capture[0]}
			} else if err == nil {
				err = fmt.Errorf("article %s has no capture", h.ID)
			}
			if err != nil {
				yield(index.Entry{}, fmt.Errorf("index: articles: %w", err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

// all yields the hits of a search with an order, from page to page. The sequence ends
// after its first error.
func (x *Index) all(ctx context.Context, body object) iter.Seq2[hit, error] {
	return func(yield func(hit, error) bool) {
		for {
			p, err := x.ask(ctx, body)
			if err != nil {
				yield(hit{}, err)
				return
			}
			for _, h := range p.Hits.Hits {
				if !yield(h, nil) {
					return
				}
				body["search_after"] = h.Sort
			}
			if len(p.Hits.Hits) == 0 {
				return
			}
		}
	}
}

// Compare yields the articles of which the index holds something else than they give
// now. get returns the article that a capture shows, with its findings; of a Doc without
// an article, which is not known, nothing is compared. The sequence ends after its first
// error.
func (x *Index) Compare(ctx context.Context, get func(dateline.CaptureID) (index.Doc, error)) iter.Seq2[index.Entry, error] {
	return func(yield func(index.Entry, error) bool) {
		body := object{"query": everything, "sort": []object{{"article": "asc"}}, "size": docsAtOnce, "track_total_hits": false}
		for h, err := range x.all(ctx, body) {
			e, same := index.Entry{}, false
			if err == nil {
				e, same, err = compare(h, get)
			}
			if err != nil {
				yield(index.Entry{}, fmt.Errorf("index: comparison: %w", err))
				return
			}
			if !same && !yield(e, nil) {
				return
			}
		}
	}
}

// compare reports whether the document is what its article gives.
func compare(h hit, get func(dateline.CaptureID) (index.Doc, error)) (e index.Entry, same bool, err error) {
	var d doc
	e.Article = dateline.ArticleID(h.ID)
	if json.Unmarshal(h.Source, &d) != nil { // it is no document of this program
		return e, false, nil
	}
	e.Capture = dateline.CaptureID(d.Capture)
	now, err := get(e.Capture)
	if err != nil || now.Article == nil {
		return e, true, err
	}
	return e, d.Article == h.ID && now.Article.Skip == "" && reflect.DeepEqual(&d, newDoc(now.Article, now.Findings)), nil
}
