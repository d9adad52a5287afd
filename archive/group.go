package archive

import (
	"context"
	"sync"

	"dateline"
	"dateline/pipeline"
	"dateline/relate/story"
	"dateline/store"
)

// A grouping is what the stage group remembers of the articles that it has read. It is
// the only stage that remembers anything from one record to the next. What it remembers
// follows from the logs: a process that begins where another was killed remembers the same.
type grouping struct {
	mu      sync.Mutex                              // Do goes on while the batch before is put
	grouper *story.Grouper                          // nil before it is needed
	given   map[dateline.ArticleID]*dateline.Sorted // groups that are given, and not stored yet, with what users' decisions hide of them; of all articles if again
	placed  map[dateline.ArticleID]bool             // all articles that the grouper knows, while lost groups are made again; else nil
	again   bool                                    // groups that are stored are found anew, but for their names
}

// begin begins a run of the stage. Groups that an earlier run gave and did not come to
// store are forgotten, and with them the articles, which come again.
func (g *grouping) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.given) > 0 {
		g.grouper = nil
	}
	g.given = map[dateline.ArticleID]*dateline.Sorted{}
}

// restart forgets all articles. If again, those that have groups are then grouped again;
// if mend, only those that have none, among all that stand before and between them.
func (g *grouping) restart(again, mend bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.grouper, g.given, g.placed, g.again = nil, nil, nil, again
	if again || mend {
		g.grouper = story.NewGrouper()
	}
	if mend {
		g.placed = map[dateline.ArticleID]bool{}
	}
}

// place remembers an article that has a group, if lost groups are being made again.
func (g *grouping) place(art *dateline.Article, known *dateline.Group) {
	if g.placed != nil && !g.placed[art.ID] {
		g.placed[art.ID] = true
		g.grouper.Place(art, known)
	}
}

// stored notes that groups were stored, or why they were not.
func (g *grouping) stored(groups []dateline.Group, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case err != nil:
		g.grouper = nil // what was not stored must not be remembered either
	case !g.again:
		for i := range groups {
			delete(g.given, groups[i].Article)
		}
	}
}

// groupMemory is how many articles a process reads again before it groups its first one:
// those that came in last. New articles do not join what came in before these. It bounds
// the time that this reading takes, which is a second for some thousand articles.
const groupMemory = 20_000

// groupStage finds the report, the event and the story of each article, in the order in
// which articles came in. An article that has a group keeps it, whatever versions follow.
func (a *Archive) groupStage() pipeline.Stage[dateline.Article, dateline.Group] {
	a.grouping.begin()
	return pipeline.Stage[dateline.Article, dateline.Group]{
		Name: pipeline.Group, From: a.parts.Articles,
		Put: func(ctx context.Context, groups ...dateline.Group) error {
			err := a.parts.Groups.Put(ctx, groups...)
			a.grouping.stored(groups, err)
			return err
		},
		Do: func(ctx context.Context, art dateline.Article) ([]dateline.Group, error) {
			if art.Skip != "" {
				return nil, nil
			}
			g := &a.grouping
			g.mu.Lock()
			defer g.mu.Unlock()
			known, err := a.groupOf(ctx, art.ID)
			if _, given := g.given[art.ID]; err != nil || given {
				return nil, err
			}
			if known != nil && !g.again {
				g.place(&art, known)
				return nil, nil
			}
			if err := a.remember(ctx, &art); err != nil {
				return nil, err
			}
			if known != nil && known.Own != nil { // names are those that the program gave
				found := *known
				found.Report, found.Event, found.Story = known.Own.Report, known.Own.Event, known.Own.Story
				known = &found
			}
			group := g.grouper.Add(&art, known)
			if err := a.foundBeside(ctx, &group); err != nil {
				return nil, err
			}
			g.given[art.ID] = group.Own
			if g.placed != nil {
				g.placed[art.ID] = true
			}
			return []dateline.Group{group}, nil
		},
	}
}

// groupOf returns the group of an article; nil if it has none, or a damaged one.
func (a *Archive) groupOf(ctx context.Context, id dateline.ArticleID) (*dateline.Group, error) {
	g, err := a.parts.Groups.Get(ctx, string(id))
	return known(&g, err)
}

// remember reads what the articles before art are grouped as, if this process does not
// know: the last ones that stand before the cursor, and those behind it. Behind it there
// are groups if a process was killed before it had moved the cursor, or if articles were
// extracted again.
func (a *Archive) remember(ctx context.Context, art *dateline.Article) error {
	if a.grouping.grouper != nil {
		return nil
	}
	last, err := a.parts.Cursors.Cursor(ctx, string(pipeline.Group))
	if err != nil {
		return err
	}
	grouper := story.NewGrouper()
	placed := map[dateline.ArticleID]bool{}
	for e, err := range store.Sound(ctx, a.parts.Articles, max(last-groupMemory, 0)) {
		if err != nil {
			return err
		}
		if e.Rec.Capture == art.Capture {
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
			grouper.Place(&e.Rec, known)
			placed[e.Rec.ID] = true
		}
	}
	a.grouping.grouper = grouper
	return nil
}

// ungrouped returns the position of the first article that the stage has passed and that
// has no group; 0 if there is none.
func (a *Archive) ungrouped(ctx context.Context) (int64, error) {
	last, err := a.parts.Cursors.Cursor(ctx, string(pipeline.Group))
	if err != nil {
		return 0, err
	}
	for e, err := range a.parts.Articles.After(ctx, 0) {
		if err != nil || e.Seq > last {
			return 0, err
		}
		if e.Rec.Skip != "" {
			continue
		}
		if known, err := a.groupOf(ctx, e.Rec.ID); err != nil || known == nil {
			return e.Seq, err
		}
	}
	return 0, nil
}

// regroup makes the groups again that articles lack, and returns how many. As when they
// were made first, each depends on the articles that came in before.
func (a *Archive) regroup(ctx context.Context, passed func(error)) (n int, err error) {
	first, err := a.ungrouped(ctx)
	if err != nil || first == 0 {
		return 0, err
	}
	cursors := new(store.MemoryCursors)
	if err := cursors.SetCursor(ctx, string(pipeline.Group), max(first-1-groupMemory, 0)); err != nil {
		return 0, err
	}
	a.grouping.restart(false, true)
	defer a.grouping.restart(false, false)
	s := a.groupStage()
	put := s.Put
	s.Put = func(ctx context.Context, groups ...dateline.Group) error {
		n += len(groups)
		return put(ctx, groups...)
	}
	if _, err = s.Run(ctx, cursors, pipeline.Options{Passed: passed, Workers: 1}); err == nil && n > 0 {
		err = a.sortAsDecided(ctx)
	}
	return n, err
}
