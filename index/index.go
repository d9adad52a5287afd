// Package index is the contract of an index: what answers the queries of
// package query over articles and their findings. An index holds nothing that
// the logs of package store do not: to lose it costs a rebuild, never data.
//
// Package index/field is the table of the fields that an index knows,
// index/sqlite the index that is embedded, index/indextest the contract as a
// test.
package index

import (
	"context"
	"iter"

	"dateline"
	"dateline/query"
)

// A Doc is what an index is given: one article with its findings.
type Doc struct {
	Article  *dateline.Article
	Findings *dateline.Findings // nil if not found yet
}

// Options say which hits are wanted and in which order. The zero Options ask
// for all hits, newest first.
type Options struct {
	Limit  int  // at most so many hits; 0 means all
	Offset int  // hits to pass over first
	Rank   bool // best match first in place of newest first
}

// A Hit is one article that a query matches, in its newest version.
type Hit struct {
	Article *dateline.Article
	Score   float64 // higher is better; 0 unless ranked
}

// Where a query has more than RankExact hits, a ranked search ranks only its
// RankNewest newest ones, and the surfaces say so. The others follow, newest
// first and with Score 0.
const (
	RankExact  = 20000
	RankNewest = 5000
)

// A Count is one value of a facet and the number of hits that have it.
type Count struct {
	Value string `json:"value"`
	N     int    `json:"n"`
}

// Facets counts the hits of one query.
type Facets struct {
	Total   int
	Undated int // hits whose publication day is not known
	// Fields holds, by the names of field.Facets, the values that hits
	// have, most frequent first. A search that adds a query.Filter for one of
	// the values finds as many hits as were counted; for a speaker, whose name
	// may be part of a longer one, at least so many. Speakers are counted of
	// statements that are sure, and not at all where one more who: would not
	// narrow the query.
	Fields map[string][]Count
	// Days ("2022-02-10") and Months ("2022-02") of publication are in the
	// order of the calendar, in UTC.
	Days, Months []Count
}

// Of returns the counts of a field.
func (f Facets) Of(name string) []Count { return f.Fields[name] }

// An Index answers queries. Implementations must pass indextest.TestIndex.
type Index interface {
	// Add indexes the articles, all or none. An article replaces its older
	// version: versions of one article share Article.ID, and the one with the
	// later Fetched, or at equal Fetched the one added later, is kept.
	// An article with Skip set is not found by any query; if it is the
	// newest version, the version before stays.
	Add(ctx context.Context, docs ...Doc) error
	// Search yields the hits of q. The sequence ends after its first error.
	Search(ctx context.Context, q query.Query, o Options) iter.Seq2[Hit, error]
	// Facets counts the hits of q.
	Facets(ctx context.Context, q query.Query) (Facets, error)
}
