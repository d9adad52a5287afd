package index

import (
	"context"
	"fmt"
	"iter"

	"dateline"
	"dateline/query"
)

// Articles returns the articles that captures show. Every [store.Lookup] is one.
type Articles interface {
	// ArticlesOf returns one article for each of ids, in their order; nil where there is none.
	ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error)
}

// hitsAtOnce is how many articles Hits reads at a time.
const hitsAtOnce = 100

// Hits searches x and yields each match with its article, which it asks of from. A
// match whose article is no longer in the logs is passed over. The sequence ends after
// its first error.
func Hits(ctx context.Context, x Index, from Articles, q query.Query, o Options) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		l := loader{ctx: ctx, from: from, yield: yield}
		for m, err := range x.Search(ctx, q, o) {
			if err != nil {
				if l.load() {
					yield(Hit{}, err)
				}
				return
			}
			if l.matches = append(l.matches, m); len(l.matches) == hitsAtOnce && !l.load() {
				return
			}
		}
		l.load()
	}
}

// A loader collects matches, and reads their articles many at a time.
type loader struct {
	ctx     context.Context
	from    Articles
	yield   func(Hit, error) bool
	matches []Match
}

// load yields the hits of the matches collected so far, and forgets them. It returns
// false if no more hits are wanted.
func (l *loader) load() bool {
	if len(l.matches) == 0 {
		return true
	}
	ids := make([]dateline.CaptureID, len(l.matches))
	for i, m := range l.matches {
		ids[i] = m.Capture
	}
	articles, err := l.from.ArticlesOf(l.ctx, ids...)
	if err != nil {
		l.yield(Hit{}, fmt.Errorf("articles of hits: %w", err))
		return false
	}
	for i, a := range articles {
		if a != nil && !l.yield(Hit{a, l.matches[i].Score}, nil) {
			return false
		}
	}
	l.matches = l.matches[:0]
	return true
}
