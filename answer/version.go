package answer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline"
)

// A Version is one capture of an article as the list of its versions has it.
type Version struct {
	Capture  dateline.CaptureID `json:"capture"`            // key of the capture that shows it
	Fetched  string             `json:"fetched,omitempty"`  // RFC 3339, UTC
	Headline string             `json:"headline,omitempty"` // as printed then
	Skip     string             `json:"skip,omitempty"`     // why the page was no article then
	Shown    bool               `json:"shown,omitempty"`    // the version that the answer is about
	First    bool               `json:"first,omitempty"`    // the oldest: nothing to compare it with
	Changed  []string           `json:"changed,omitempty"`  // fields that differ from the version before
	Added    int                `json:"added,omitempty"`    // paragraphs that the version before has not
	Removed  int                `json:"removed,omitempty"`  // paragraphs that only the version before has
}

// Versions is how an article changed.
type Versions struct {
	Article  dateline.ArticleID `json:"article"`  // key that the versions share
	Versions []Version          `json:"versions"` // the newest first
}

// NewVersions lists the versions of the article that ref names, as
// [Lookup].Find reads it; Shown is the one that ref names.
func NewVersions(ctx context.Context, a Lookup, ref string) (*Versions, error) {
	art, err := a.Find(ctx, ref)
	if err != nil {
		return nil, err
	}
	list, err := versions(ctx, a, art.ID)
	if err != nil {
		return nil, err
	}
	return &Versions{art.ID, compare(list, art.Capture)}, nil
}

// versions returns all versions of an article, the newest first.
func versions(ctx context.Context, a Lookup, id dateline.ArticleID) ([]*dateline.Article, error) {
	list, err := a.Versions(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", id, err)
	}
	list = slices.Clone(list)
	slices.Reverse(list)
	return list, nil
}

func pick(versions []*dateline.Article, capture dateline.CaptureID) *dateline.Article {
	for _, v := range versions {
		if v.Capture == capture {
			return v
		}
	}
	return nil
}

// compare lists versions, the newest first, each against the one before it.
func compare(versions []*dateline.Article, shown dateline.CaptureID) []Version {
	list := []Version{}
	for i, a := range versions {
		v := Version{
			Capture: a.Capture, Fetched: a.Fetched, Headline: a.Headline, Skip: a.Skip,
			Shown: a.Capture == shown, First: i == len(versions)-1,
		}
		if !v.First {
			before := versions[i+1]
			v.Changed = changed(before, a)
			v.Added, v.Removed = missing(before, a), missing(a, before)
		}
		list = append(list, v)
	}
	return list
}

// changed names the fields in which two versions differ.
func changed(a, b *dateline.Article) []string {
	var names []string
	for _, f := range []struct {
		name string
		same bool
	}{
		{"headline", a.Headline == b.Headline},
		{"deck", a.Deck == b.Deck},
		{"bylines", slices.Equal(a.Bylines, b.Bylines)},
		{"dateline", a.Dateline == b.Dateline},
		{"published", a.Published == b.Published},
		{"modified", a.Modified == b.Modified},
		{"lang", a.Lang == b.Lang},
		{"section", a.Section == b.Section},
		{"tags", slices.Equal(a.Tags, b.Tags)},
		{"publisher", a.Publisher == b.Publisher},
		{"images", slices.Equal(a.Images, b.Images)},
		{"paywalled", a.Paywalled == b.Paywalled},
		{"text", a.Text == b.Text},
		{"corrections", slices.Equal(a.Corrections, b.Corrections)},
		{"skip", a.Skip == b.Skip},
	} {
		if !f.same {
			names = append(names, f.name)
		}
	}
	return names
}

// missing counts the paragraphs of b that a has not.
func missing(a, b *dateline.Article) int {
	has := map[string]int{}
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		has[p]++
	}
	n := 0
	for p := range strings.SplitSeq(b.Text, "\n\n") {
		if has[p]--; has[p] < 0 && p != "" {
			n++
		}
	}
	return n
}
