package store

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"dateline"
	"dateline/relate/version"
)

// A Lookup finds records by something else than their key, or many at a time.
// What is not there is dateline.ErrNotFound, unless the method says otherwise.
// Damaged records are passed over; if there is nothing else the error is a
// [*DamageError]. Implementations must pass storetest.TestLookup.
type Lookup interface {
	// Find returns the article that ref names: an article by its id, the
	// version that one capture shows by the capture's id, or an article by its
	// address, as requested or canonical, whatever fragment it has. If ref
	// names several versions it is [Current] of them.
	Find(ctx context.Context, ref string) (*dateline.Article, error)
	// Article returns the version that stands for the article, see [Current].
	Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error)
	// Versions returns all versions of the article, the oldest first, pages to
	// be skipped included.
	Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error)
	// ArticlesOf returns the articles that the captures show, in the order of
	// ids; nil where there is none, or a damaged one.
	ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error)
	// FindingsOf returns what was found in the articles that the captures
	// show, statements among it, in the order of ids; nil where there is none,
	// or a damaged one.
	FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error)
	// FoundIn returns the digest of the article in which the findings of a capture were
	// made, as Findings.Article has it. It takes less time than to read the findings,
	// and does not tell whether they are damaged.
	FoundIn(ctx context.Context, id dateline.CaptureID) (digest string, err error)
	// GroupsOf returns the groups of articles, in the order of ids; nil where there
	// is none, or a damaged one.
	GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error)
	// Members returns the groups of all articles that belong together at a level, by the
	// key of what they are of, in the order in which they came in.
	Members(ctx context.Context, level dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error)
	// Stories yields the stories that have at least so many articles, with the
	// number of these and of reports, the one with the newest article first. The
	// sequence ends after its first error.
	Stories(ctx context.Context, least int) iter.Seq2[StorySize, error]
	// CaptureByPayload returns the first capture that holds the payload with
	// the digest, never a revisit.
	CaptureByPayload(ctx context.Context, digest string) (*dateline.Capture, error)
	// CaptureAt returns the capture of the address at the given time, to the
	// second; of several the one that holds its payload.
	CaptureAt(ctx context.Context, url string, at time.Time) (*dateline.Capture, error)
	// LastCapture returns the capture of the address, as it was requested, that was put
	// last.
	LastCapture(ctx context.Context, url string) (*dateline.Capture, error)
	// DueLeads yields the leads that are asked for before a time, the soonest first;
	// damaged ones are passed over. The sequence ends after its first error.
	DueLeads(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error]
	// LastOffset returns where the last record that a capture names stands in
	// a WARC file, named as captures do; -1 if there is none in that file.
	LastOffset(ctx context.Context, file string) (int64, error)
	// Placed yields the captures whose records stand in a WARC file, named as
	// captures do, in the order of their offsets; damaged ones are passed over.
	// The sequence ends after its first error.
	Placed(ctx context.Context, file string) iter.Seq2[Entry[dateline.Capture], error]
	// Files returns the WARC files that captures name, in the order of their names.
	Files(ctx context.Context) ([]string, error)
	// IDs yields the IDs of all articles behind after, in the order of bytes.
	// The sequence ends after its first error.
	IDs(ctx context.Context, after dateline.ArticleID) iter.Seq2[dateline.ArticleID, error]
}

// A StorySize is how much is told of a story.
type StorySize struct {
	Story       dateline.ArticleID // its first article, which names it
	Articles    int                // of it
	Reports     int                // of these, without copies
	First, Last dateline.Date      // days of its first and its last article; "" if none has one
}

// Current returns the version that stands for an article: the one fetched
// last, and of those the last in the list; pages to be skipped count only if
// there is nothing else, and one that shows a part of the article (behind a
// paywall) only if none shows it whole. It returns nil if there are no versions.
func Current(versions []*dateline.Article) *dateline.Article {
	best := newest(versions)
	if best == nil || best.Skip != "" || !best.Paywalled {
		return best
	}
	whole := slices.DeleteFunc(slices.Clone(versions), func(a *dateline.Article) bool { return !version.IsPart(best, a) })
	return cmp.Or(newest(whole), best)
}

// newest returns the version fetched last that is no page to be skipped, or else
// the one fetched last.
func newest(versions []*dateline.Article) *dateline.Article {
	var best *dateline.Article
	for _, a := range versions {
		switch {
		case best == nil,
			best.Skip != "" && a.Skip == "",
			(best.Skip == "") == (a.Skip == "") && !Fetched(a).Before(Fetched(best)):
			best = a
		}
	}
	return best
}

// Fetched returns when a was fetched; the zero time if that is not known.
func Fetched(a *dateline.Article) time.Time {
	t, err := time.Parse(time.RFC3339, a.Fetched)
	if err != nil {
		return time.Time{}
	}
	return t
}
