package archive

import (
	"context"
	"errors"

	"dateline"
	"dateline/pipeline"
	"dateline/relate/story"
	"dateline/store"
)

// A grouping is what the stage group remembers of the articles that it has read. It is
// the only stage that remembers anything from one record to the next.
type grouping struct {
	grouper *story.Grouper                        // nil before it is needed
	batch   map[dateline.ArticleID]dateline.Group // given since the last Put
	again   bool                                  // groups that are stored are found anew, but for their names
}

// groupMemory is how many articles a process reads again before it groups its first one:
// those that came in last. New articles do not join what came in before these. It bounds
// the time that this reading takes, which is a second for some thousand articles.
const groupMemory = 20_000

// groupStage finds the report, the event and the story of each article, in the order in
// which articles came in. An article that has a group keeps it, whatever versions follow.
func (a *Archive) groupStage() pipeline.Stage[dateline.Article, dateline.Group] {
	return pipeline.Stage[dateline.Article, dateline.Group]{
		Name: pipeline.Group, From: a.parts.Articles,
		Put: func(ctx context.Context, groups ...dateline.Group) error {
			clear(a.grouping.batch)
			err := a.parts.Groups.Put(ctx, groups...)
			if err != nil {
				// What was not stored must not be remembered either: the articles come again.
				a.grouping.grouper = nil
			}
			return err
		},
		Do: func(ctx context.Context, art dateline.Article) ([]dateline.Group, error) {
			if art.Skip != "" {
				return nil, nil
			}
			known, err := a.groupOf(ctx, art.ID)
			if err != nil || known != nil && !a.grouping.again {
				return nil, err
			}
			if _, done := a.grouping.batch[art.ID]; done {
				return nil, nil
			}
			if err := a.remember(ctx); err != nil {
				return nil, err
			}
			group := a.grouping.grouper.Add(&art, known)
			a.grouping.batch[art.ID] = group
			return []dateline.Group{group}, nil
		},
	}
}

// groupOf returns the group of an article; nil if it has none, or a damaged one.
func (a *Archive) groupOf(ctx context.Context, id dateline.ArticleID) (*dateline.Group, error) {
	g, err := a.parts.Groups.Get(ctx, string(id))
	if errors.Is(err, dateline.ErrNotFound) || errors.As(err, new(*store.DamageError)) {
		return nil, nil
	}
	return &g, err
}

// remember reads what the last articles are grouped as, if this process does not know.
func (a *Archive) remember(ctx context.Context) error {
	if a.grouping.batch == nil {
		a.grouping.batch = map[dateline.ArticleID]dateline.Group{}
	}
	if a.grouping.grouper != nil {
		return nil
	}
	a.grouping.grouper = story.NewGrouper()
	last, err := a.parts.Cursors.Cursor(ctx, string(pipeline.Group))
	if err != nil {
		return err
	}
	placed := map[dateline.ArticleID]bool{}
	for e, err := range a.parts.Articles.After(ctx, max(last-groupMemory, 0)) {
		if errors.As(err, new(*store.DamageError)) {
			continue
		}
		if err != nil {
			return err
		}
		if e.Seq > last {
			break
		}
		if e.Rec.Skip != "" || placed[e.Rec.ID] {
			continue
		}
		known, err := a.groupOf(ctx, e.Rec.ID)
		if err != nil {
			return err
		}
		if known != nil {
			a.grouping.grouper.Place(&e.Rec, known)
			placed[e.Rec.ID] = true
		}
	}
	return nil
}
