package archive

import (
	"context"
	"errors"
	"slices"

	"dateline"
	"dateline/pipeline"
	"dateline/relate/story"
	"dateline/store"
)

// A sortStage sorts articles as users have decided, if that has not been done: after a
// crash, and after all articles were grouped anew.
type sortStage struct{ a *Archive }

func (s sortStage) Run(ctx context.Context, _ store.Cursors, _ pipeline.Options) (int, error) {
	last, err := s.a.parts.Decisions.Last(ctx)
	if err != nil {
		return 0, err
	}
	done, err := s.a.parts.Cursors.Cursor(ctx, store.DecidedCursor)
	if err != nil || done >= last {
		return 0, err
	}
	return 0, s.a.sortAsDecided(ctx)
}

// GroupDecisions returns what users have decided about articles that belong together, in
// the order in which they did, without what was taken back.
func (a *Archive) GroupDecisions(ctx context.Context) ([]dateline.Decision, error) {
	all, _, err := a.groupDecisions(ctx)
	return slices.DeleteFunc(all, func(d dateline.Decision) bool { return d.Verdict == "" }), err
}

// groupDecisions returns the decisions about articles, those taken back among them, and
// the last position in the log.
func (a *Archive) groupDecisions(ctx context.Context) (list []dateline.Decision, last int64, err error) {
	for e, err := range a.parts.Decisions.After(ctx, 0) {
		if errors.As(err, new(*store.DamageError)) {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		if last = e.Seq; e.Rec.About != "" {
			list = append(list, e.Rec)
		}
	}
	return list, last, nil
}

// sortAsDecided sorts the articles of all stories that users have decided about. What the
// stage group remembers is read again, so that new articles join what was decided.
func (a *Archive) sortAsDecided(ctx context.Context) error {
	decisions, last, err := a.groupDecisions(ctx)
	if err != nil {
		return err
	}
	before, err := a.decidedStories(ctx, decisions)
	if err != nil {
		return err
	}
	groups := make([]*dateline.Group, len(before))
	for i := range before {
		g := before[i]
		groups[i] = &g
	}
	story.Apply(groups, decisions)
	var changed []dateline.Group
	for i, g := range groups {
		if !equalGroups(&before[i], g) {
			changed = append(changed, *g)
		}
	}
	if len(changed) > 0 {
		if err := a.parts.Groups.Put(ctx, changed...); err != nil {
			return err
		}
		a.grouping.restart(false, false)
	}
	return a.parts.Cursors.SetCursor(ctx, store.DecidedCursor, last)
}

// equalGroups reports whether two groups of one article sort it alike.
func equalGroups(a, b *dateline.Group) bool {
	if (a.Own == nil) != (b.Own == nil) || a.Own != nil && *a.Own != *b.Own {
		return false
	}
	return a.Report == b.Report && a.Event == b.Event && a.Story == b.Story
}

// decidedStories returns the groups of all articles of the stories that decisions are
// about, as they are now and as the program found them.
func (a *Archive) decidedStories(ctx context.Context, decisions []dateline.Decision) ([]dateline.Group, error) {
	var list []dateline.Group
	met, read := map[dateline.ArticleID]bool{}, map[dateline.ArticleID]bool{}
	for _, d := range decisions {
		refs, err := a.parts.Lookup.GroupsOf(ctx, d.A.Article, d.B.Article)
		if err != nil {
			return nil, err
		}
		for _, g := range refs {
			if g == nil {
				continue
			}
			for _, name := range []dateline.ArticleID{g.Story, g.Found().Story} {
				if read[name] {
					continue
				}
				read[name] = true
				members, err := a.parts.Lookup.Members(ctx, dateline.StoryLevel, name)
				if err != nil && !errors.Is(err, dateline.ErrNotFound) {
					return nil, err
				}
				for _, m := range members {
					if !met[m.Article] {
						met[m.Article] = true
						list = append(list, *m)
					}
				}
			}
		}
	}
	return list, nil
}

// foundBeside gives a new group what the program would have found if users had decided
// nothing about the article that it is most like.
func (a *Archive) foundBeside(ctx context.Context, g *dateline.Group) error {
	if g.Joined == nil {
		return nil
	}
	hidden, given := a.grouping.given[g.Joined.To]
	if !given {
		near, err := a.groupOf(ctx, g.Joined.To)
		if err != nil || near == nil {
			return err
		}
		hidden = near.Own
	}
	if hidden == nil || a.grouping.again {
		return nil
	}
	own := dateline.Sorted{Report: g.Report, Event: g.Event, Story: hidden.Story}
	if g.Report != g.Article {
		own.Report = hidden.Report
	}
	if g.Event != g.Article {
		own.Event = hidden.Event
	}
	if own != g.Found() {
		g.Own = &own
	}
	return nil
}
