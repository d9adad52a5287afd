// Package index is the contract of an index: what answers the queries of
// package query over articles and their findings. An index holds nothing that
// the logs of package store do not: to lose it costs a rebuild, never data.
//
// Package index/field is the table of the fields that an index knows,
// index/sqlite the index that is embedded, index/memory one that looks at
// every article, index/indextest the contract as a test.
package index

import (
	"context"
	"errors"
	"iter"

	"dateline"
	"dateline/query"
	"dateline/store"
)

// ErrNone reports that there is no index, or none that this program can use:
// it has to be made.
var ErrNone = errors.New("there is no index")

// A Doc is what an index is given: one article with its findings.
type Doc struct {
	Article  *dateline.Article  // never nil; a page that is skipped is in no index
	Findings *dateline.Findings // nil if not found yet
}

// Options say which hits are wanted and in which order. The zero Options ask
// for all hits, newest first.
type Options struct {
	Limit  int  // at most so many hits; 0 means all
	Offset int  // hits to pass over first
	Rank   bool // best match first in place of newest first
}

// A Match is what an index finds: an article that a query matches, named by
// the capture that shows its newest version.
type Match struct {
	Capture dateline.CaptureID // key of the newest version
	Score   float64            // higher is better; 0 unless ranked
}

// A Hit is a match with its article, see [Hits].
type Hit struct {
	Article *dateline.Article // never nil; a page that is skipped is in no index
	Score   float64           // that of the match
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
	Value string `json:"value"` // as it is mostly spelled
	N     int    `json:"n"`     // hits that have it, at least 1
}

// Facets counts the hits of one query.
type Facets struct {
	Total   int // hits
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

// An Index answers queries. It knows of the logs only what Add is given and
// what its [Source] says. Implementations must pass indextest.TestIndex.
type Index interface {
	// Add indexes the articles, all or none. An article replaces its older
	// version: versions of one article share Article.ID, and the one with the
	// later Fetched, or at equal Fetched the one added later, is kept.
	// An article with Skip set is not found by any query; if it is the
	// newest version, the version before stays. If a capture that stood for an
	// article is added as something else, the newest version that the index's
	// Source has beside it stands for the article.
	Add(ctx context.Context, docs ...Doc) error
	// Search yields the articles that q matches. The sequence ends after its
	// first error.
	Search(ctx context.Context, q query.Query, o Options) iter.Seq2[Match, error]
	// Facets counts the articles that q matches.
	Facets(ctx context.Context, q query.Query) (Facets, error)
	// Revision names the state of the index: as long as it is the same, a query
	// finds and counts the same. It is never "".
	Revision(ctx context.Context) (string, error)
	// Cursors remember how far the stage that fills the index has come. They
	// lie with the index, so that an index that is lost is filled again.
	store.Cursors
}

// An Entry is an article that an index holds, and the capture that shows the
// version of it that is found.
type Entry struct {
	Article dateline.ArticleID // key of the article, which its versions share
	Capture dateline.CaptureID // key of the capture that shows the version
}

// A Fill puts all that an index is to hold into a new and empty one: it only
// adds to it, and reads and sets its cursors.
type Fill func(ctx context.Context, fresh Index) error

// A Source is what an index asks for the other versions of an article when the
// one that stood for it has gone. Every [store.Lookup] is one.
type Source interface {
	// Versions returns all versions of the article, or dateline.ErrNotFound.
	Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error)
	// FindingsOf returns the findings of captures, nil where there are none.
	FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error)
}
