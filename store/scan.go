package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"dateline"
)

// A Scan is a [Lookup] over logs of any kind, which it reads from first to
// last at each call: for tests, and for archives of a few hundred pages.
type Scan struct {
	Captures Log[dateline.Capture]  // read from first to last by each look-up of captures
	Articles Log[dateline.Article]  // likewise, of articles
	Findings Log[dateline.Findings] // likewise, of findings
	Groups   Log[dateline.Group]    // likewise, of groups; nil if there are none
	Leads    Log[dateline.Lead]     // likewise, of leads; nil if there are none
}

// scan returns the records of a log for which keep is true, at least one.
func scan[T any](ctx context.Context, l Log[T], what string, keep func(*T) bool) ([]*T, error) {
	var list []*T
	for e, err := range l.After(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if keep(&e.Rec) {
			list = append(list, &e.Rec)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("%s: %w", what, dateline.ErrNotFound)
	}
	return list, nil
}

// Find implements [Lookup].
func (s Scan) Find(ctx context.Context, ref string) (*dateline.Article, error) {
	ref, _, _ = strings.Cut(ref, "#")
	id := dateline.NewArticleID(ref)
	list, err := scan(ctx, s.Articles, "find "+ref, func(a *dateline.Article) bool {
		return ref != "" && (string(a.Capture) == ref || string(a.ID) == ref || a.ID == id || a.URL == ref)
	})
	return Current(list), err
}

// Article implements [Lookup].
func (s Scan) Article(ctx context.Context, id dateline.ArticleID) (*dateline.Article, error) {
	list, err := s.Versions(ctx, id)
	return Current(list), err
}

// Versions implements [Lookup].
func (s Scan) Versions(ctx context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	list, err := scan(ctx, s.Articles, "article "+string(id), func(a *dateline.Article) bool { return a.ID == id })
	slices.SortStableFunc(list, func(a, b *dateline.Article) int { return Fetched(a).Compare(Fetched(b)) })
	return list, err
}

// ArticlesOf implements [Lookup].
func (s Scan) ArticlesOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error) {
	return getAll(ctx, s.Articles, ids)
}

// FindingsOf implements [Lookup].
func (s Scan) FindingsOf(ctx context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	return getAll(ctx, s.Findings, ids)
}

// FoundIn implements [Lookup].
func (s Scan) FoundIn(ctx context.Context, id dateline.CaptureID) (string, error) {
	f, err := s.Findings.Get(ctx, string(id))
	return f.Article, err
}

func getAll[T any, K ~string](ctx context.Context, l Log[T], ids []K) ([]*T, error) {
	list := make([]*T, len(ids))
	for i, id := range ids {
		rec, err := l.Get(ctx, string(id))
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list[i] = &rec
	}
	return list, nil
}

// GroupsOf implements [Lookup].
func (s Scan) GroupsOf(ctx context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error) {
	if s.Groups == nil {
		return make([]*dateline.Group, len(ids)), nil
	}
	return getAll(ctx, s.Groups, ids)
}

// Members implements [Lookup].
func (s Scan) Members(ctx context.Context, level dateline.Level, id dateline.ArticleID) ([]*dateline.Group, error) {
	if s.Groups == nil {
		return nil, fmt.Errorf("%s %s: %w", level, id, dateline.ErrNotFound)
	}
	return scan(ctx, s.Groups, string(level)+" "+string(id), func(g *dateline.Group) bool { return level.Of(g) == id })
}

// Stories implements [Lookup].
func (s Scan) Stories(ctx context.Context, least int) iter.Seq2[StorySize, error] {
	return func(yield func(StorySize, error) bool) {
		if s.Groups == nil {
			return
		}
		sizes := map[dateline.ArticleID]*StorySize{}
		reports := map[[2]dateline.ArticleID]bool{}
		for e, err := range s.Groups.After(ctx, 0) {
			if err != nil {
				yield(StorySize{}, err)
				return
			}
			g := e.Rec
			z := sizes[g.Story]
			if z == nil {
				z = &StorySize{Story: g.Story}
				sizes[g.Story] = z
			}
			z.Articles++
			if report := [2]dateline.ArticleID{g.Story, g.Report}; !reports[report] {
				reports[report] = true
				z.Reports++
			}
			if g.Day != "" {
				z.Last = max(z.Last, g.Day)
				z.First = cmp.Or(min(cmp.Or(z.First, g.Day), g.Day), g.Day)
			}
		}
		list := slices.SortedFunc(maps.Values(sizes), func(a, b *StorySize) int {
			return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.Story, b.Story))
		})
		for _, z := range list {
			if z.Articles >= least && !yield(*z, nil) {
				return
			}
		}
	}
}

// CaptureByPayload implements [Lookup].
func (s Scan) CaptureByPayload(ctx context.Context, digest string) (*dateline.Capture, error) {
	list, err := scan(ctx, s.Captures, "capture with payload "+digest, func(c *dateline.Capture) bool {
		return c.Payload == digest && c.Revisit == ""
	})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

// CaptureAt implements [Lookup].
func (s Scan) CaptureAt(ctx context.Context, url string, at time.Time) (*dateline.Capture, error) {
	at = at.Truncate(time.Second)
	list, err := scan(ctx, s.Captures, fmt.Sprintf("capture of %s at %s", url, at.UTC().Format(time.RFC3339)), func(c *dateline.Capture) bool {
		return c.URL == url && c.Fetched.Truncate(time.Second).Equal(at)
	})
	if err != nil {
		return nil, err
	}
	return slices.MinFunc(list, func(a, b *dateline.Capture) int { return cmp.Compare(a.Revisit, b.Revisit) }), nil
}

// LastCapture implements [Lookup].
func (s Scan) LastCapture(ctx context.Context, url string) (*dateline.Capture, error) {
	list, err := scan(ctx, s.Captures, "last capture of "+url, func(c *dateline.Capture) bool { return c.URL == url })
	if err != nil {
		return nil, err
	}
	return list[len(list)-1], nil
}

// DueLeads implements [Lookup].
func (s Scan) DueLeads(ctx context.Context, before time.Time) iter.Seq2[dateline.Lead, error] {
	return func(yield func(dateline.Lead, error) bool) {
		if s.Leads == nil {
			return
		}
		var due []dateline.Lead
		for e, err := range Sound(ctx, s.Leads, 0) {
			if err != nil {
				yield(dateline.Lead{}, err)
				return
			}
			if l := e.Rec; !l.Next.IsZero() && l.Next.Before(before) {
				due = append(due, l)
			}
		}
		slices.SortStableFunc(due, func(a, b dateline.Lead) int { return a.Next.Compare(b.Next) })
		for _, l := range due {
			if !yield(l, nil) {
				return
			}
		}
	}
}

// LastOffset implements [Lookup].
func (s Scan) LastOffset(ctx context.Context, file string) (int64, error) {
	last := int64(-1)
	for e, err := range s.Captures.After(ctx, 0) {
		if err != nil {
			return 0, err
		}
		if e.Rec.File == file {
			last = max(last, e.Rec.Offset)
		}
	}
	return last, nil
}

// Placed implements [Lookup].
func (s Scan) Placed(ctx context.Context, file string) iter.Seq2[Entry[dateline.Capture], error] {
	return func(yield func(Entry[dateline.Capture], error) bool) {
		var list []Entry[dateline.Capture]
		for e, err := range s.Captures.After(ctx, 0) {
			if err != nil {
				yield(Entry[dateline.Capture]{}, err)
				return
			}
			if e.Rec.File == file {
				list = append(list, e)
			}
		}
		slices.SortStableFunc(list, func(a, b Entry[dateline.Capture]) int { return cmp.Compare(a.Rec.Offset, b.Rec.Offset) })
		for _, e := range list {
			if !yield(e, nil) {
				return
			}
		}
	}
}

// Files implements [Lookup].
func (s Scan) Files(ctx context.Context) ([]string, error) {
	var names []string
	for e, err := range s.Captures.After(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if e.Rec.File != "" {
			names = append(names, e.Rec.File)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// IDs implements [Lookup].
func (s Scan) IDs(ctx context.Context, after dateline.ArticleID) iter.Seq2[dateline.ArticleID, error] {
	return func(yield func(dateline.ArticleID, error) bool) {
		var ids []dateline.ArticleID
		for e, err := range s.Articles.After(ctx, 0) {
			if err != nil {
				yield("", err)
				return
			}
			if e.Rec.ID > after {
				ids = append(ids, e.Rec.ID)
			}
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			if !yield(id, nil) {
				return
			}
		}
	}
}
