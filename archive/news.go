package archive

import (
	"context"
	"errors"
	"iter"

	"dateline"
	"dateline/index"
	"dateline/index/memory"
	"dateline/query"
	"dateline/store"
)

// News is one capture of the log of captures with what the stages have made of it.
type News struct {
	Position int64              // of the capture in its log
	Article  *dateline.Article  // what it shows; nil if that is no article, or cannot be read
	Findings *dateline.Findings // what was found in it; nil if Article is
	Group    *dateline.Group    // of the article; nil if it has none
	// Before is the version of the article that was fetched last before this one, of those
	// that came in before it; nil if there is none.
	Before *dateline.Article
	// First says that no capture that came in before shows the article.
	First bool
}

// News yields the captures behind a position in the order in which they came in, each as
// soon as the stages before the index have passed it. It ends where they have not come
// yet, or after its first error.
func (a *Archive) News(ctx context.Context, after int64) iter.Seq2[News, error] {
	return func(yield func(News, error) bool) {
		ends, err := a.measure(ctx)
		if err != nil {
			yield(News{}, err)
			return
		}
		ahead := map[dateline.CaptureID]int64{} // positions of the captures behind after
		for e, err := range store.Sound(ctx, a.parts.Captures, after) {
			if err != nil {
				yield(News{}, err)
				return
			}
			ahead[e.Rec.ID] = e.Seq
		}
		for e, err := range a.parts.Captures.After(ctx, after) {
			n := News{Position: e.Seq}
			if errors.As(err, new(*store.DamageError)) {
				if !yield(n, nil) {
					return
				}
				continue
			}
			ready := false
			if err == nil {
				ready, err = a.news(ctx, &n, &e.Rec, ends, ahead)
			}
			if err != nil {
				yield(News{}, err)
				return
			}
			if !ready || !yield(n, nil) {
				return
			}
		}
	}
}

// news reads what the stages have made of a capture; ready is false where they have not
// come to it.
func (a *Archive) news(ctx context.Context, n *News, c *dateline.Capture, e ends, ahead map[dateline.CaptureID]int64) (ready bool, err error) {
	if n.Position > e.extracted {
		return false, nil
	}
	art, err := a.parts.Articles.Get(ctx, string(c.ID))
	if err != nil || art.Skip != "" {
		_, err = gone(err)
		return true, err
	}
	found, err := a.parts.Findings.Get(ctx, string(c.ID))
	if missing, err := gone(err); missing || err != nil {
		return e.understood >= e.articles, err // else its turn comes
	}
	if n.Group, err = a.groupOf(ctx, art.ID); err != nil {
		return false, err
	}
	if n.Group == nil && e.grouped < e.articles {
		return false, nil
	}
	versions, err := a.parts.Lookup.Versions(ctx, art.ID)
	if _, err := gone(err); err != nil {
		return false, err
	}
	n.Article, n.Findings, n.First = &art, &found, true
	for _, v := range versions {
		at, behind := ahead[v.Capture]
		if v.Capture == art.Capture || v.Skip != "" || behind && at >= n.Position {
			continue
		}
		n.First = false
		if !store.Fetched(v).After(store.Fetched(&art)) {
			n.Before = v
		}
	}
	return true, nil
}

// Finds reports whether a query finds an article with its findings, whatever the index
// holds.
func (a *Archive) Finds(ctx context.Context, q query.Query, art *dateline.Article, f *dateline.Findings) (bool, error) {
	q, err := a.resolve(ctx, q)
	if err != nil {
		return false, err
	}
	x := memory.New(alone{})
	if err := x.Add(ctx, index.Doc{Article: art, Findings: f}); err != nil {
		return false, err
	}
	for _, err := range x.Search(ctx, q, index.Options{Limit: 1}) {
		return err == nil, err
	}
	return false, nil
}

// alone is the source of an index that holds one article in one version.
type alone struct{}

func (alone) Versions(context.Context, dateline.ArticleID) ([]*dateline.Article, error) {
	return nil, dateline.ErrNotFound
}

func (alone) FindingsOf(_ context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	return make([]*dateline.Findings, len(ids)), nil
}

// AddAlert keeps a search. What was added to the archive before is not told by it.
func (a *Archive) AddAlert(ctx context.Context, alert dateline.Alert) error {
	last, err := a.parts.Captures.Last(ctx)
	if err != nil {
		return err
	}
	alert.From = last
	return a.parts.Alerts.Put(ctx, alert)
}

// Alerted returns how far in the log of captures the alerts have looked.
func (a *Archive) Alerted(ctx context.Context) (int64, error) {
	return a.parts.Cursors.Cursor(ctx, store.AlertedCursor)
}

// SetAlerted notes how far in the log of captures the alerts have looked.
func (a *Archive) SetAlerted(ctx context.Context, at int64) error {
	return a.parts.Cursors.SetCursor(ctx, store.AlertedCursor, at)
}

// LastCapture returns the position of the last capture in its log, 0 if there is none.
func (a *Archive) LastCapture(ctx context.Context) (int64, error) {
	return a.parts.Captures.Last(ctx)
}
