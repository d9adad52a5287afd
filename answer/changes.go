package answer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dateline"
	"dateline/query"
	"dateline/relate/version"
)

// Changes are changes of articles after they were first seen, the last first.
type Changes struct {
	Query    string   `json:"query"`              // as it was understood
	Articles int      `json:"articles"`           // of those that the query finds, how many were looked at
	Changes  []Change `json:"changes"`            // the last first
	Stated   int      `json:"stated,omitempty"`   // changes that were left out, since the article says so itself
	LeftOut  LeftOut  `json:"left_out,omitempty"` // what was not looked at
}

// A Change is one change of one article.
type Change struct {
	Of      Ref                `json:"of"`                // the later capture; of an article that is gone the earlier one
	Before  dateline.CaptureID `json:"before"`            // key of the earlier capture
	After   dateline.CaptureID `json:"after"`             // key of the later capture
	Digests [2]string          `json:"digests"`           // of the bytes of both captures, the earlier one first
	From    string             `json:"from,omitempty"`    // when the earlier one was made, RFC 3339, UTC
	Seen    string             `json:"seen,omitempty"`    // when the later one was made, RFC 3339, UTC
	Verdict version.Verdict    `json:"verdict"`           // "changed", "gone", "replaced"
	Again   bool               `json:"again,omitempty"`   // the article went back to an earlier text
	Changed []string           `json:"changed,omitempty"` // fields of the record that changed
	Added   []string           `json:"added,omitempty"`   // runs of words that are new
	Removed []string           `json:"removed,omitempty"` // runs of words that are gone
	Stated  []string           `json:"stated,omitempty"`  // corrections by which the article says that it was changed
	Dated   bool               `json:"dated,omitempty"`   // the page states a new time
}

// ChangesOptions say which changes are asked for.
type ChangesOptions struct {
	Stated bool   // those that the article states, too
	Bounds Bounds // of the work
}

// NewChanges returns how articles that q finds were changed since they were first
// seen: those changes about which the article says nothing itself, or all.
func NewChanges(ctx context.Context, a interface {
	Index
	Evidence
}, q query.Query, o ChangesOptions) (*Changes, error) {
	p := &Changes{Query: q.String(), Changes: []Change{}}
	n, left, err := readNewest(ctx, a, q, o.Bounds, func(art *dateline.Article) (bool, error) {
		return true, p.article(ctx, a, art.ID, o.Stated)
	})
	if err != nil {
		return nil, err
	}
	p.Articles, p.LeftOut = n, left
	slices.SortStableFunc(p.Changes, func(x, y Change) int { return seenAt(y).Compare(seenAt(x)) })
	return p, nil
}

func seenAt(c Change) time.Time {
	t, err := time.Parse(time.RFC3339, c.Seen)
	if err != nil {
		return time.Time{}
	}
	return t
}

// article appends the changes of one article.
func (p *Changes) article(ctx context.Context, a Evidence, id dateline.ArticleID, stated bool) error {
	list, err := a.Versions(ctx, id)
	if err != nil {
		return fmt.Errorf("article %s: %w", id, err)
	}
	if len(list) < 2 {
		return nil
	}
	entries, _, err := history(ctx, a, list)
	if err != nil {
		return err
	}
	for i, e := range entries {
		gone := e.Verdict == version.Gone && (i == 0 || entries[i-1].Verdict != version.Gone)
		if e.Before < 0 || e.Verdict != version.Changed && e.Verdict != version.Replaced && !gone {
			continue
		}
		before, d := entries[e.Before].Article, e.Diff
		c := Change{
			Of: newRef(e.Article), Before: before.Capture, After: e.Article.Capture, From: before.Fetched, Seen: e.Article.Fetched, Verdict: e.Verdict, Again: e.Again,
			Digests: [2]string{before.Payload, e.Article.Payload}, Changed: d.Changed, Added: d.Added, Removed: d.Removed, Dated: slices.Contains(d.Changed, "modified"),
		}
		if gone {
			c.Of = newRef(before)
		}
		for _, s := range d.Corrections {
			c.Stated = append(c.Stated, s.Text)
		}
		if len(c.Stated) > 0 && !stated {
			p.Stated++
			continue
		}
		p.Changes = append(p.Changes, c)
	}
	return nil
}
