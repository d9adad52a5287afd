package archive

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"math"
	"time"

	"dateline"
	"dateline/index"
	"dateline/query"
	"dateline/store"
)

// Search yields the hits of q. The sequence ends after its first error.
func (a *Archive) Search(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Hit, error] {
	return func(yield func(index.Hit, error) bool) {
		q, err := a.resolve(ctx, q)
		if err != nil {
			yield(index.Hit{}, err)
			return
		}
		index.Hits(ctx, a.parts.Index, a.parts.Lookup, q, o)(yield)
	}
}

// resolve returns q with the articles that each story, event and report in it has.
func (a *Archive) resolve(ctx context.Context, q query.Query) (query.Query, error) {
	return q.Resolve(func(level dateline.Level, id dateline.ArticleID) (ids []dateline.ArticleID, err error) {
		groups, err := a.Together(ctx, level, id)
		if errors.Is(err, dateline.ErrNotFound) {
			return nil, nil
		}
		for _, g := range groups {
			ids = append(ids, g.Article)
		}
		return ids, err
	})
}

// Matches yields what the index finds for q, without reading the articles. The sequence
// ends after its first error.
func (a *Archive) Matches(ctx context.Context, q query.Query, o index.Options) iter.Seq2[index.Match, error] {
	return a.parts.Index.Search(ctx, q, o)
}

// ArticlesOf returns the articles that captures show, in the order of ids; nil where
// there is none, or a damaged one.
func (a *Archive) ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error) {
	return a.parts.Lookup.ArticlesOf(ctx, ids...)
}

// FindingsOf returns what was found in the articles that captures show, in the order of
// ids; nil where there is none, or a damaged one.
func (a *Archive) FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	return a.parts.Lookup.FindingsOf(ctx, ids...)
}

// Facets counts the hits of q.
func (a *Archive) Facets(ctx context.Context, q query.Query) (index.Facets, error) {
	q, err := a.resolve(ctx, q)
	if err != nil {
		return index.Facets{}, err
	}
	return a.parts.Index.Facets(ctx, q)
}

// Find returns the article that ref names: its address, as requested or
// canonical, its ID, or the ID of one of its captures. If the archive has none
// the error is dateline.ErrNotFound, here and in the other look-ups.
func (a *Archive) Find(ctx context.Context, ref string) (*dateline.Article, error) {
	return a.parts.Lookup.Find(ctx, ref)
}

// Article returns the version that stands for an article: the newest one, but for
// pages to be skipped and versions cut by a paywall, see [store.Current].
func (a *Archive) Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error) {
	return a.parts.Lookup.Article(ctx, id)
}

// Versions returns all versions of an article, the oldest first.
func (a *Archive) Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	return a.parts.Lookup.Versions(ctx, id)
}

// Capture returns the capture with the given key.
func (a *Archive) Capture(ctx context.Context, id dateline.CaptureID) (*dateline.Capture, error) {
	c, err := a.parts.Captures.Get(ctx, string(id))
	return &c, err
}

// Captures yields every capture that is not withdrawn, in the order in which they were
// added. It ends after its first error.
func (a *Archive) Captures(ctx context.Context) iter.Seq2[*dateline.Capture, error] {
	return func(yield func(*dateline.Capture, error) bool) {
		for e, err := range a.parts.Captures.After(ctx, 0) {
			if err == nil {
				why, hidden := a.Withdrawn(ctx, e.Rec.ID)
				if err = hidden; why != "" {
					continue
				}
			}
			if !yield(&e.Rec, err) || err != nil {
				return
			}
		}
	}
}

// CapturesOf yields the captures of the articles that q finds: all versions of each, and
// what they repeat, each capture once. It ends after its first error.
func (a *Archive) CapturesOf(ctx context.Context, q query.Query) iter.Seq2[*dateline.Capture, error] {
	return func(yield func(*dateline.Capture, error) bool) {
		seen := map[dateline.CaptureID]bool{}
		var give func(id dateline.CaptureID) error
		give = func(id dateline.CaptureID) error {
			if seen[id] {
				return nil
			}
			seen[id] = true
			if why, err := a.Withdrawn(ctx, id); why != "" || err != nil {
				return err
			}
			c, err := a.Capture(ctx, id)
			if err == nil && c.Revisit != "" {
				err = give(c.Revisit)
			}
			if err == nil && !yield(c, nil) {
				err = errEnough
			}
			return err
		}
		for hit, err := range a.Search(ctx, q, index.Options{Limit: math.MaxInt}) {
			var versions []*dateline.Article
			if err == nil {
				versions, err = a.Versions(ctx, hit.Article.ID)
			}
			for _, v := range versions {
				if err == nil {
					err = give(v.Capture)
				}
			}
			if errors.Is(err, errEnough) {
				return
			}
			if err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// Findings returns what was found in the article that the capture shows.
func (a *Archive) Findings(ctx context.Context, id dateline.CaptureID) (*dateline.Findings, error) {
	f, err := a.parts.Findings.Get(ctx, string(id))
	return &f, err
}

// Newest returns the versions that stand for articles, in the order of ids; nil where
// there is none.
func (a *Archive) Newest(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Article, error) {
	list := make([]*dateline.Article, len(ids))
	for i, id := range ids {
		art, err := known(a.parts.Lookup.Article(ctx, id))
		if err != nil {
			return nil, err
		}
		list[i] = art
	}
	return list, nil
}

// GroupsOf returns the groups of articles, in the order of ids; nil where there is none.
func (a *Archive) GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error) {
	return a.parts.Lookup.GroupsOf(ctx, ids...)
}

// Together returns the groups of all articles that belong together at a level, in the
// order in which they came in: of what has the key id, or if nothing has, of what the
// article id is of.
func (a *Archive) Together(ctx context.Context, level dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error) {
	list, err := a.parts.Lookup.Members(ctx, level, id)
	if !errors.Is(err, dateline.ErrNotFound) {
		return list, err
	}
	own, ownErr := a.parts.Lookup.GroupsOf(ctx, id)
	if ownErr != nil || own[0] == nil {
		return nil, cmp.Or(ownErr, err)
	}
	return a.parts.Lookup.Members(ctx, level, level.Of(own[0]))
}

// Stories yields the stories of at least so many articles, the one with the newest article
// first.
func (a *Archive) Stories(ctx context.Context, least int) iter.Seq2[store.StorySize, error] {
	return a.parts.Lookup.Stories(ctx, least)
}

// Sources is the log of what is followed, and of how that is.
func (a *Archive) Sources() store.Log[dateline.Source] { return a.parts.Sources }

// Leads is the log of the addresses that sources have named.
func (a *Archive) Leads() store.Log[dateline.Lead] { return a.parts.Leads }

// Due yields the leads that are asked for before a time, the soonest first.
func (a *Archive) Due(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error] {
	return a.parts.Lookup.DueLeads(ctx, before)
}

// Had reports whether the archive has a capture of an address, as requested, that was
// fetched since then.
func (a *Archive) Had(ctx context.Context, url string, since time.Time) (bool, error) {
	c, err := known(a.parts.Lookup.LastCapture(ctx, url))
	if c == nil || err != nil {
		return false, err
	}
	return !c.Fetched.Before(since.Truncate(time.Second)), nil
}

// Decisions returns what users have decided about speakers, without what was
// taken back.
func (a *Archive) Decisions(ctx context.Context) ([]dateline.Decision, error) {
	var list []dateline.Decision
	for e, err := range a.parts.Decisions.After(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if e.Rec.Verdict != "" && e.Rec.About == "" {
			list = append(list, e.Rec)
		}
	}
	return list, nil
}

// Decide keeps what a user has decided about speakers, or about articles that belong
// together, which are then sorted by it. It replaces an earlier decision about the same
// two.
func (a *Archive) Decide(ctx context.Context, d dateline.Decision) error {
	err := a.parts.Decisions.Put(ctx, d)
	if err == nil && d.About != "" && !a.aside { // else the stages do it, see Settle
		err = a.sortAsDecided(ctx)
	}
	return err
}

// Revision names the state of the index: as long as it is the same, a query
// finds the same.
func (a *Archive) Revision(ctx context.Context) (string, error) { return a.parts.Index.Revision(ctx) }

// A State names what an archive holds at a moment, so that what was made of it can be
// told from what is made later.
type State struct {
	Position int64              `json:"position"`          // of the last capture in its log: how many were added, and taken up again, so far
	Capture  dateline.CaptureID `json:"capture,omitempty"` // that stands there; "" in an empty archive
	Payload  string             `json:"payload,omitempty"` // digest of its bytes
	Revision string             `json:"revision"`          // of the index, see [Archive.Revision]
}

// State returns the state of the archive.
func (a *Archive) State(ctx context.Context) (s State, err error) {
	if s.Revision, err = a.Revision(ctx); err != nil {
		return s, err
	}
	if s.Position, err = a.parts.Captures.Last(ctx); err != nil || s.Position == 0 {
		return s, err
	}
	for e, err := range a.parts.Captures.After(ctx, s.Position-1) {
		if errors.As(err, new(*store.DamageError)) {
			break
		}
		s.Capture, s.Payload = e.Rec.ID, e.Rec.Payload
		return s, err
	}
	return s, nil
}
