// Package memory is an index that lives as long as the process and finds by looking at
// every article. It serves tests and small collections. It is also a second
// implementation of the contract of package index, without SQL: where it and
// index/sqlite both pass indextest.TestIndex, the contract does not hang on one of
// them.
//
//	memory.go   what is added, and which version of an article is kept
//	doc.go      an article as the index keeps it
//	match.go    whether an article matches a query
//	search.go   hits in order, the newest or the best first
//	facets.go   the counts of hits
package memory

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"dateline"
	"dateline/index"
	"dateline/store"
)

// An Index is an index in memory. It takes about as many bytes as the texts that it is
// given. Make one with [New]. Its methods may be called from many goroutines.
type Index struct {
	store.MemoryCursors
	source index.Source

	mu    sync.RWMutex
	docs  map[dateline.ArticleID]*doc // by article: the version by which it is found
	added int                         // how many docs were ever made; it orders docs of the same instant
	calls int                         // how many calls of Add have succeeded: the revision
	list  []*doc                      // all of docs, the newest first; nil after a change, until it is needed again
}

// New returns an empty index that asks source for the other versions of an article,
// see [index.Source].
func New(source index.Source) *Index {
	return &Index{source: source, docs: map[dateline.ArticleID]*doc{}}
}

// Add implements [index.Index].
func (x *Index) Add(ctx context.Context, docs ...index.Doc) error {
	for i, d := range docs {
		if d.Article == nil || d.Article.ID == "" || d.Article.Capture == "" {
			return fmt.Errorf("index: article %d has no id or no capture", i)
		}
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	a := adder{x: x, docs: maps.Clone(x.docs), shows: make(map[dateline.CaptureID]dateline.ArticleID, len(x.docs)), added: x.added}
	for id, d := range a.docs {
		a.shows[d.capture] = id
	}
	for _, d := range docs {
		if err := a.place(ctx, d); err != nil {
			return fmt.Errorf("index: article %s of capture %s: %w", d.Article.ID, d.Article.Capture, err)
		}
	}
	x.docs, x.added, x.list = a.docs, a.added, nil
	x.calls++
	return nil
}

// Revision implements [index.Index].
func (x *Index) Revision(ctx context.Context) (string, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return strconv.Itoa(x.calls), ctx.Err()
}

// An adder is one call of Add. It works on copies, which take the place of what the
// index holds only if nothing fails.
type adder struct {
	x     *Index
	docs  map[dateline.ArticleID]*doc
	shows map[dateline.CaptureID]dateline.ArticleID // the article that is found by a capture
	added int
}

// place adds d, removes what it replaces, or does nothing, by the rules of
// [index.Index].
func (a *adder) place(ctx context.Context, d index.Doc) error {
	capture, skipped := d.Article.Capture, d.Article.Skip != ""
	if id, ok := a.shows[capture]; ok && (skipped || id != d.Article.ID) { // the capture shows something else than before
		a.drop(id)
		if err := a.restore(ctx, id, capture); err != nil {
			return err
		}
	}
	if skipped {
		return nil
	}
	if old := a.docs[d.Article.ID]; old != nil {
		if old.capture != capture && old.fetched.After(store.Fetched(d.Article)) {
			return nil
		}
		a.drop(d.Article.ID)
	}
	a.put(d)
	return nil
}

// restore puts in the newest version of an article that the source has, leaving out
// the one of the given capture. It does nothing if there is no such version.
func (a *adder) restore(ctx context.Context, id dateline.ArticleID, capture dateline.CaptureID) error {
	versions, err := a.x.source.Versions(ctx, id)
	if err != nil && !errors.Is(err, dateline.ErrNotFound) {
		return err
	}
	best := store.Current(slices.DeleteFunc(versions, func(v *dateline.Article) bool { return v.Capture == capture }))
	if best == nil || best.Skip != "" {
		return nil
	}
	if _, ok := a.shows[best.Capture]; ok {
		return nil // the source is ahead of the index, which will be given this capture later
	}
	found, err := a.x.source.FindingsOf(ctx, best.Capture)
	if err != nil {
		return err
	}
	a.put(index.Doc{Article: best, Findings: found[0]})
	return nil
}

func (a *adder) put(d index.Doc) {
	a.added++
	a.docs[d.Article.ID] = newDoc(d, a.added)
	a.shows[d.Article.Capture] = d.Article.ID
}

func (a *adder) drop(id dateline.ArticleID) {
	delete(a.shows, a.docs[id].capture)
	delete(a.docs, id)
}

// newest returns all docs, the newest first. Callers do not change the list.
func (x *Index) newest() []*doc {
	x.mu.RLock()
	list := x.list
	x.mu.RUnlock()
	if list != nil {
		return list
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.list == nil {
		x.list = slices.SortedFunc(maps.Values(x.docs), func(a, b *doc) int { return b.compare(a) })
	}
	return x.list
}
