package web

import (
	"slices"
	"strings"

	"dateline"
)

// A version is one capture of an article as the list of versions shows it.
type version struct {
	Capture  dateline.CaptureID `json:"capture"`
	Link     string             `json:"link"`
	Fetched  string             `json:"fetched,omitempty"`
	Headline string             `json:"headline,omitempty"`
	Skip     string             `json:"skip,omitempty"`
	Shown    bool               `json:"shown,omitempty"`   // the version on this page
	Changed  []string           `json:"changed,omitempty"` // fields that differ from the version before
	First    bool               `json:"first,omitempty"`
	Added    int                `json:"added,omitempty"`   // paragraphs that the version before has not
	Removed  int                `json:"removed,omitempty"` // paragraphs that only the version before has
}

// compare lists versions, the newest first, each against the one before it.
func compare(versions []*dateline.Article, shown dateline.CaptureID) []version {
	var list []version
	for i, a := range versions {
		v := version{
			Capture: a.Capture, Link: versionURL(a), Fetched: a.Fetched, Headline: a.Headline, Skip: a.Skip,
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
