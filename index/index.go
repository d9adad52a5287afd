// Package index is the contract of an index: what answers the queries of package query
// over articles and their findings. An index holds nothing that could not be made
// again from the logs of package store: to lose it costs a rebuild, never data.
//
//	index.go  the contract
//	hits.go   matches of a search together with their articles
//
// Package index/field is the table of the fields that articles are searched by. Three
// packages keep the contract: index/sqlite, which programs use, index/opensearch, for
// archives that one machine does not hold, and index/memory, which looks at every
// article. index/indextest is the contract as a test.
package index

import (
	"context"
	"errors"
	"iter"

	"dateline"
	"dateline/query"
	"dateline/store"
)

// ErrNone reports that there is no index, or none that this program can use. The
// remedy is to make it anew.
var ErrNone = errors.New("there is no index")

// A Doc is what an index is given: one article with its findings.
type Doc struct {
	Article  *dateline.Article  // never nil; a page that is skipped is in no index
	Findings *dateline.Findings // nil if nothing has been looked for in the article yet
}

// Options say which hits are wanted and in which order. The zero Options ask
// for all hits, newest first.
type Options struct {
	Limit  int  // the most hits to return; 0 means all
	Offset int  // how many hits to leave out at the beginning
	Rank   bool // the best match first instead of the newest
}

// A Match is what an index finds: an article that a query matches, named by
// the capture that shows its newest version.
type Match struct {
	Capture dateline.CaptureID // the capture that shows the newest version
	Score   float64            // higher is better; 0 unless ranked
}

// A Hit is a match with its article, see [Hits].
type Hit struct {
	Article *dateline.Article // never nil; a page that is skipped is in no index
	Score   float64           // that of the match
}

// To rank a hit takes time. A ranked search of a query with more than RankExact
// hits therefore ranks only the RankNewest newest of them, and the surfaces say so.
// The others follow, newest first and with Score 0.
const (
	RankExact  = 20000
	RankNewest = 5000
)

// A Count is one value of a facet and the number of hits that have it.
type Count struct {
	Value string `json:"value"` // in one of the spellings that articles have it in
	N     int    `json:"n"`     // hits that have it, at least 1
}

// Facets counts the hits of one query by the values of fields and by time.
type Facets struct {
	Total   int // hits
	Undated int // hits whose publication day is not known
	// Fields holds, for each name in field.Facets, the values that hits have, the
	// most frequent first. An index on several machines may leave out all but the 5,000
	// most frequent values of a field. A search that adds a query.Filter for one of the values
	// finds as many hits as were counted; for a speaker at least so many, since the
	// name may be part of a longer one, and for a person, an organisation or a place, since
	// another text may call one so whose name is longer. Speakers are those of statements that are sure;
	// where the query has a said filter, those who say it (if the query is Doubtful, of
	// all statements). No speakers are counted where the query, besides that filter,
	// names a speaker or a manner or has a second said filter: one more who filter
	// would then not narrow it as the counts would promise.
	Fields map[string][]Count
	// Days ("2022-02-10") and Months ("2022-02") of publication are in the
	// order of the calendar, in UTC.
	Days, Months []Count
}

// Of returns the counts of the field with the name; nil if no hit has a value of it.
func (f Facets) Of(name string) []Count { return f.Fields[name] }

// An Index answers queries. It knows of the logs only what Add is given and
// what its [Source] says. Implementations must pass indextest.TestIndex.
type Index interface {
	// Add indexes the articles, all or none; an index without transactions may have put
	// in some of them when the engine under it fails in the middle of a call. An article replaces its older
	// version: versions of one article share Article.ID, and the one with the
	// later Fetched, or at equal Fetched the one added later, is kept.
	// An article with Skip set is not found by any query; if it is the
	// newest version, the version before stays. If the capture by which an article
	// was found is added again with Skip set, or as another article, the newest of
	// the other versions that the index's Source has takes its place.
	Add(ctx context.Context, docs ...Doc) error
	// Search yields the articles that q matches. The sequence ends after its
	// first error.
	Search(ctx context.Context, q query.Query, o Options) iter.Seq2[Match, error]
	// Facets counts the articles that q matches.
	Facets(ctx context.Context, q query.Query) (Facets, error)
	// Revision names the state of the index: as long as it is the same, a query
	// finds and counts the same. It is never "".
	Revision(ctx context.Context) (string, error)
	// Cursors remember how far the stage that fills the index has read the logs. They
	// are kept in the index, so that they are lost with it and a new one is filled
	// from the beginning.
	store.Cursors
}

// An Entry is an article that an index holds, with the capture that shows the version
// by which a query finds it.
type Entry struct {
	Article dateline.ArticleID // key of the article, which its versions share
	Capture dateline.CaptureID // key of the capture that shows the version
}

// A Fill puts everything that an index is to hold into a new and empty one. It only
// adds articles, and reads and sets the cursors.
type Fill func(ctx context.Context, fresh Index) error

// A Source is what an index asks for the other versions of an article when the one by
// which it was found is gone. Every [store.Lookup] is one.
type Source interface {
	// Versions returns all versions of the article, or dateline.ErrNotFound.
	Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error)
	// FindingsOf returns the findings of each of ids, in their order; nil where there are none.
	FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error)
}
