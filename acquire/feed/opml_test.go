package feed_test

import (
	"slices"
	"strings"
	"testing"

	"dateline/acquire/feed"
)

// TestOPML reads lists of subscriptions as programs write them, broken ones, too,
// and reads back what it writes.
func TestOPML(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nested, each once": {`<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body><outline text="News"><outline type="rss" text="A" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/><outline TEXT="B" xmlURL="http://b.example/rss?x=1&amp;y=2"/></outline><outline xmlUrl="https://a.example/feed"/></body></opml>`,
			[]string{"https://a.example/feed", "http://b.example/rss?x=1&y=2"}},
		"cut":               {`<opml><body><outline xmlUrl="https://a.example/feed"/><outline xmlUrl="https://b.exa`, []string{"https://a.example/feed"}},
		"no address to ask": {`<opml><body><outline xmlUrl="file:///etc/passwd"/><outline xmlUrl=""/></body></opml>`, nil},
		"a page":            {`<html><body>Hello`, nil},
		"nothing":           {``, nil},
	} {
		got, err := feed.ParseOPML([]byte(c.text))
		if !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%s: %q, %v, want %q", name, got, err, c.want)
		}
	}
	var b strings.Builder
	list := []feed.Outline{{Title: `A & "B" <c>`, URL: "https://a.example/feed?a=1&b=2"}, {URL: "https://c.example/"}}
	if err := feed.WriteOPML(&b, list); err != nil {
		t.Fatal(err)
	}
	got, err := feed.ParseOPML([]byte(b.String()))
	if want := []string{list[0].URL, list[1].URL}; err != nil || !slices.Equal(got, want) {
		t.Errorf("written and read again: %q, %v, want %q\n%s", got, err, want, b.String())
	}
}
