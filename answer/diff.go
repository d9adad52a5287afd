package answer

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"dateline"
	"dateline/archive"
	"dateline/relate/version"
)

// A Diff says how an article changed from one capture to a later one.
type Diff struct {
	Before Ref `json:"before"` // the earlier capture
	After  Ref `json:"after"`  // the later capture
	// BeforeFetched and AfterFetched are when they were made, RFC 3339, UTC.
	BeforeFetched string `json:"before_fetched,omitempty"`
	AfterFetched  string `json:"after_fetched,omitempty"` // when the later capture was made, RFC 3339, UTC
	*version.Diff
	Trouble []string `json:"trouble,omitempty"` // what could not be read again
}

// DiffOptions say which captures are compared.
type DiffOptions struct {
	Before dateline.CaptureID // "" means the last before After that shows the article whole
	After  dateline.CaptureID // "" means the last one that shows something new
}

// NewDiff says how the article changed that ref names, as [Lookup].Find reads it;
// if ref is the key of a capture, up to that capture. Both captures are read anew,
// by the same program. If there is only one capture the error is
// dateline.ErrNotFound.
func NewDiff(ctx context.Context, a Evidence, ref string, o DiffOptions) (*Diff, error) {
	art, err := a.Find(ctx, ref)
	if err != nil {
		return nil, err
	}
	if o.After == "" && string(art.Capture) == ref {
		o.After = art.Capture
	}
	list, err := a.Versions(ctx, art.ID)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", art.ID, err)
	}
	before, after, err := choose(ctx, a, list, o)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", art.ID, err)
	}
	d := &Diff{Before: newRef(before), After: newRef(after), BeforeFetched: before.Fetched, AfterFetched: after.Fetched}
	var seen [2]version.Seen
	for i, v := range []*dateline.Article{before, after} {
		if seen[i].Article, err = reread(ctx, a, v); err != nil {
			d.Trouble = append(d.Trouble, fmt.Sprintf("capture %s: %v", v.Capture, err))
			seen[i].Article = v
		}
		if seen[i].Findings, err = archive.Understand(seen[i].Article); err != nil {
			d.Trouble = append(d.Trouble, err.Error())
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	d.Diff = version.Compare(seen[0], seen[1])
	return d, nil
}

// choose finds the two captures of a list, the oldest first, that are compared.
func choose(ctx context.Context, a Evidence, list []*dateline.Article, o DiffOptions) (before, after *dateline.Article, err error) {
	at := func(id dateline.CaptureID) (int, error) {
		i := slices.IndexFunc(list, func(v *dateline.Article) bool { return v.Capture == id })
		if i < 0 {
			return 0, fmt.Errorf("capture %s: %w", id, dateline.ErrNotFound)
		}
		return i, nil
	}
	from, to := -1, -1
	if o.Before != "" {
		if from, err = at(o.Before); err != nil {
			return nil, nil, err
		}
	}
	if o.After != "" {
		if to, err = at(o.After); err != nil {
			return nil, nil, err
		}
	}
	if from < 0 || to < 0 {
		entries, skipped, err := history(ctx, a, list)
		if err != nil {
			return nil, nil, err
		}
		if to < 0 {
			to = lastNews(entries) + skipped
		}
		if from < 0 && to-skipped >= 0 && entries[to-skipped].Before >= 0 {
			from = entries[to-skipped].Before + skipped
		}
	}
	if from < 0 || to < 0 || from == to {
		return nil, nil, fmt.Errorf("only one capture shows it, which has nothing to be compared with: %w", dateline.ErrNotFound)
	}
	return list[from], list[to], nil
}

// lastNews is the index of the last capture that shows something new, or else of
// the last.
func lastNews(entries []version.Entry) int {
	for i, e := range slices.Backward(entries) {
		if e.Before >= 0 && e.Verdict != version.Same && e.Verdict != version.Unseen {
			return i
		}
	}
	return len(entries) - 1
}

// mostReread bounds the captures of one article that are read anew for one
// answer, the newest ones: it takes some milliseconds each.
const mostReread = 60

// history reads the captures of an article anew, the oldest first, and tells how
// they differ. Of more than can be read, it skips the oldest.
func history(ctx context.Context, a Evidence, list []*dateline.Article) (entries []version.Entry, skipped int, err error) {
	skipped = max(0, len(list)-mostReread)
	list = slices.Clone(list[skipped:])
	if len(list) > 1 {
		for i := range list {
			if err := ctx.Err(); err != nil {
				return nil, 0, err
			}
			if again, err := reread(ctx, a, list[i]); err == nil {
				list[i] = again
			} else if !errors.Is(err, archive.ErrLost) && !errors.Is(err, errTooLong) && !errors.Is(err, dateline.ErrNotFound) {
				return nil, 0, err
			}
		}
	}
	return version.History(list), skipped, nil
}

var errTooLong = fmt.Errorf("the page has more than the %d bytes that are read anew while somebody waits", MostExplained)

// reread reads the article of a capture anew.
func reread(ctx context.Context, a Evidence, art *dateline.Article) (*dateline.Article, error) {
	c, err := a.Capture(ctx, art.Capture)
	if err != nil {
		return nil, err
	}
	rec, err := a.Record(ctx, c)
	if err != nil {
		return nil, err
	}
	if len(rec.Body) > MostExplained {
		return nil, errTooLong
	}
	again := archive.Extract(c, rec.Body)
	again.ID, again.Capture, again.Canonical = art.ID, art.Capture, art.Canonical
	return again, nil
}
