package query

import (
	"context"
	"iter"

	"dateline"
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

// Facets counts the hits of one query, most frequent value first; Days and
// Months are in calendar order, in UTC. A search that adds a [Filter] for one
// of the values finds as many hits as were counted; for a speaker, whose name
// may be part of a longer one, at least so many.
type Facets struct {
	Total      int     `json:"total"`
	Undated    int     `json:"undated"`    // hits whose publication day is not known
	Publishers []Count `json:"publishers"` // names; sites where there is no name
	Langs      []Count `json:"langs"`      // without the variety: "de" for "de-AT"
	Sections   []Count `json:"sections"`
	Tags       []Count `json:"tags"`
	Speakers   []Count `json:"speakers"` // of statements that are sure; none where one more who: would not narrow q
	Days       []Count `json:"days"`     // "2022-02-10"
	Months     []Count `json:"months"`   // "2022-02"
}

// An Index answers queries. It holds nothing the logs do not: dropping it
// costs a rebuild, never data. Implementations must pass storetest.TestIndex.
type Index interface {
	// Add indexes the articles, all or none. An article replaces its older
	// version: versions of one article share Article.ID, and the one with the
	// later Fetched, or at equal Fetched the one added later, is kept.
	// An article with Skip set is not found by any query; if it is the
	// newest version, the version before stays.
	Add(ctx context.Context, docs ...Doc) error
	// Search yields the hits of q. The sequence ends after its first error.
	Search(ctx context.Context, q Query, o Options) iter.Seq2[Hit, error]
	// Facets counts the hits of q.
	Facets(ctx context.Context, q Query) (Facets, error)
}
