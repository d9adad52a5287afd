package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/index"
	"dateline/pipeline"
	"dateline/query"
	"dateline/relate/speaker"
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
	for e, err := range store.Sound(ctx, a.parts.Decisions, 0) {
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

// A ChoiceError says why a decision cannot be: what was chosen does not fit.
type ChoiceError struct{ error }

// Unwrap returns what is wrong.
func (e *ChoiceError) Unwrap() error { return e.error }

func choicef(format string, args ...any) error { return &ChoiceError{fmt.Errorf(format, args...)} }

// ErrAlready says that what is decided is so without a decision.
var ErrAlready = errors.New("so it is already")

// DecideGroups keeps what a user decides of the stories or the reports of two articles, each
// named by its key or address, or by the key of its story or report. If it takes an earlier
// decision back undone is true. In an archive that is opened Aside it takes effect by
// [Archive.Settle].
func (a *Archive) DecideGroups(ctx context.Context, level dateline.Level, refs [2]string, v dateline.Verdict, by string) (d dateline.Decision, undone bool, err error) {
	groups, err := a.twoGroups(ctx, level, refs)
	if err != nil {
		return d, false, err
	}
	x, y := groups[0], groups[1]
	d.A.Article, d.B.Article = x.Article, y.Article
	switch together := level.Of(x) == level.Of(y); {
	case x.Article == y.Article:
		return d, false, choicef("%s and %s are one article", refs[0], refs[1])
	case v == dateline.Differ && level == dateline.StoryLevel && x.Report == y.Report:
		return d, false, choicef("%s and %s print one report, which is of one story; \"dateline differ -copy\" parts them", refs[0], refs[1])
	case together == (v == dateline.Same):
		return d, false, ErrAlready
	}
	before, err := a.GroupDecisions(ctx)
	if err != nil {
		return d, false, err
	}
	d, undone = story.Decide(before, level, x.Article, y.Article, v)
	d.By, d.At = by, time.Now().UTC().Format(time.RFC3339)
	return d, undone, a.Decide(ctx, d)
}

// twoGroups returns the groups of two articles: by their keys and addresses, or by the key
// of a story or report, for which its first article stands that is not the other one.
func (a *Archive) twoGroups(ctx context.Context, level dateline.Level, refs [2]string) (groups [2]*dateline.Group, err error) {
	for i, ref := range refs {
		id := dateline.ArticleID(ref)
		if art, err := a.Find(ctx, ref); err == nil {
			id = art.ID
		} else if !errors.Is(err, dateline.ErrNotFound) {
			return groups, err
		}
		list, err := a.GroupsOf(ctx, id)
		if err != nil {
			return groups, err
		}
		if groups[i] = list[0]; groups[i] != nil {
			continue
		}
		members, err := a.Together(ctx, level, id)
		if errors.Is(err, dateline.ErrNotFound) {
			return groups, fmt.Errorf("%s is no article or story of the archive that is sorted; \"dateline stories\" prints keys: %w", ref, dateline.ErrNotFound)
		}
		if err != nil {
			return groups, err
		}
		groups[i] = members[0]
	}
	return groups, nil
}

// DecideSpeakers keeps what a user decides of two speakers, who have to speak in the
// archive. If it takes an earlier decision back undone is true.
func (a *Archive) DecideSpeakers(ctx context.Context, x, y dateline.SpeakerRef, v dateline.Verdict, by string) (d dateline.Decision, undone bool, err error) {
	for _, ref := range []dateline.SpeakerRef{x, y} {
		if err := a.speaks(ctx, ref); err != nil {
			return d, false, err
		}
	}
	if x.Article != "" && x.Article == y.Article && speaker.Key(x.Name) == speaker.Key(y.Name) {
		return d, false, choicef("%s and %s are one speaker of one article", x, y)
	}
	before, err := a.Decisions(ctx)
	if err != nil {
		return d, false, err
	}
	d, undone = speaker.Decide(before, x, y, v)
	d.By, d.At = by, time.Now().UTC().Format(time.RFC3339)
	return d, undone, a.Decide(ctx, d)
}

// speaks returns an error if nobody speaks in the archive whom a reference names.
func (a *Archive) speaks(ctx context.Context, ref dateline.SpeakerRef) error {
	key := speaker.Key(ref.Name)
	if key == "" {
		return choicef("%q names nobody", ref.Name)
	}
	q := query.Query{Root: query.Filter{Field: "who", Value: strings.ReplaceAll(key, "-", " ")}, Doubtful: true}
	for r, err := range speaker.Statements(ctx, a, q, index.Options{}) {
		if err != nil {
			return err
		}
		if speaker.Key(r.Name()) == key && (ref.Article == "" || ref.Article == r.Article.ID) {
			return nil
		}
	}
	return fmt.Errorf("nobody called %q speaks in the archive; \"dateline statements\" prints names: %w", ref, dateline.ErrNotFound)
}
