package answer

import (
	"context"
	"fmt"
	"slices"

	"dateline"
	"dateline/relate/version"
)

// A Version is one capture of an article as the list of its captures has it. It is
// compared with the one before it that shows the article whole, both read anew.
type Version struct {
	Capture  dateline.CaptureID `json:"capture"`            // key of the capture that shows it
	Fetched  string             `json:"fetched,omitempty"`  // RFC 3339, UTC
	Headline string             `json:"headline,omitempty"` // as printed then
	Skip     string             `json:"skip,omitempty"`     // why the page was no article then
	Shown    bool               `json:"shown,omitempty"`    // the version that the answer is about
	First    bool               `json:"first,omitempty"`    // there is nothing to compare it with
	Number   int                `json:"number,omitempty"`   // of the version that it shows, from 1: what reads alike has one; 0 if none is known yet
	Again    bool               `json:"again,omitempty"`    // it went back to a version before the last
	Verdict  version.Verdict    `json:"verdict,omitempty"`  // "same", "changed", "cut", "gone", "replaced", "unseen"; "" if it was not compared
	Changed  []string           `json:"changed,omitempty"`  // fields that a reader finds changed
	Added    int                `json:"added,omitempty"`    // runs of words that only this one has
	Removed  int                `json:"removed,omitempty"`  // runs of words that only the one before has
}

// Versions is how an article changed.
type Versions struct {
	Article  dateline.ArticleID `json:"article"`  // key that the versions share
	Versions []Version          `json:"versions"` // the newest first
}

// NewVersions lists the versions of the article that ref names, as
// [Lookup].Find reads it; Shown is the one that ref names.
func NewVersions(ctx context.Context, a Evidence, ref string) (*Versions, error) {
	art, err := a.Find(ctx, ref)
	if err != nil {
		return nil, err
	}
	list, err := versions(ctx, a, art.ID)
	if err != nil {
		return nil, err
	}
	compared, err := compare(ctx, a, list, art.Capture)
	return &Versions{art.ID, compared}, err
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
func compare(ctx context.Context, a Evidence, versions []*dateline.Article, shown dateline.CaptureID) ([]Version, error) {
	oldest := slices.Clone(versions)
	slices.Reverse(oldest)
	entries, skipped, err := history(ctx, a, oldest)
	if err != nil {
		return nil, err
	}
	list := make([]Version, 0, len(versions))
	for i, art := range slices.Backward(oldest) {
		v := Version{Capture: art.Capture, Fetched: art.Fetched, Headline: art.Headline, Skip: art.Skip, Shown: art.Capture == shown}
		if i >= skipped {
			e := entries[i-skipped]
			v.First, v.Number, v.Again = e.Before < 0, e.Number, e.Again
			if !v.First {
				v.Verdict = e.Verdict
			}
			if e.Diff != nil {
				v.Changed, v.Added, v.Removed = e.Diff.Changed, len(e.Diff.Added), len(e.Diff.Removed)
			}
		}
		list = append(list, v)
	}
	return list, nil
}

// changed names the fields in which two records of one capture differ.
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
		{"type", a.Type == b.Type},
		{"credits", slices.Equal(a.Credits, b.Credits)},
		{"copy_of", a.CopyOf == b.CopyOf},
		{"skip", a.Skip == b.Skip},
	} {
		if !f.same {
			names = append(names, f.name)
		}
	}
	return names
}
