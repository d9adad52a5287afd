package archive_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/archive"
	"dateline/pipeline"
	"dateline/relate/story"
	"dateline/store/sqlite"
	"dateline/warc"
)

// told returns pages of two stories and a copy, in the order in which they came in.
func told() (pages []acquire.Page) {
	for i, text := range []string{
		"The ferry Marenna sank off Tarsk on Friday with 140 people aboard, and the coast guard of Kestria pulled 90 of them out of the water during the night.",
		"Parliament in Velmar rejected the budget of Finance Minister Ines Halvorsen after a debate of nine hours on pensions and tariffs that ended at dawn.",
		"The ferry Marenna sank off Tarsk on Friday with 140 people aboard, and the coast guard of Kestria pulled 90 of them out of the water during the night.",
		"Divers searched the wreck of the Marenna near Tarsk for the missing passengers; Captain Oskar Brandt was questioned by the coast guard of Kestria.",
		"Finance Minister Ines Halvorsen says that Velmar will vote again on the budget, with lower tariffs, a lower debt and the pensions as they are.",
		"Captain Oskar Brandt of the ferry Marenna had left Tarsk in spite of the warning of the coast guard of Kestria, a report on the sinking of the ship says.",
	} {
		words := strings.Fields(text)
		body := fmt.Sprintf(`<!DOCTYPE html><html lang="en"><!-- page %[4]d --><head><title>%[1]s</title></head><body><article><h1>%[1]s</h1>
<p>%[2]s</p><p>%[3]s</p></article></body></html>`, strings.Join(words[:5], " "), strings.Join(words[:14], " "), strings.Join(words[14:], " "), i)
		digest, length, _ := dateline.Digest(strings.NewReader(body)) // a strings.Reader does not fail
		c := dateline.Capture{URL: fmt.Sprintf("https://paper%d.example/%d", i, i), Status: 200, Type: dateline.TypeHTML,
			Fetched: time.Date(2026, 2, 3+i/3, 4, 5, i, 0, time.UTC), Payload: digest, Length: length}
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
		pages = append(pages, acquire.Page{Capture: c, Record: warc.TypeResponse, Block: []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body), Body: []byte(body)})
	}
	return pages
}

// groupsOf returns the stories and reports of the pages, a line each.
func groupsOf(t *testing.T, a *archive.Archive) (lines string) {
	t.Helper()
	for _, p := range told() {
		art, err := a.Find(t.Context(), p.Capture.URL)
		if err != nil {
			t.Fatal(err)
		}
		groups, err := a.GroupsOf(t.Context(), art.ID)
		if err != nil || groups[0] == nil {
			t.Fatalf("%s has no group: %v", p.Capture.URL, err)
		}
		lines += fmt.Sprintf("%s: report %s, event %s, story %s\n", art.ID, groups[0].Report, groups[0].Event, groups[0].Story)
	}
	return lines
}

// Articles are grouped the same way in one go, one by one in processes of their own, and
// when the stages are run again.
func TestGroups(t *testing.T) {
	all := open(t, t.TempDir(), archive.Options{})
	add(t, all, archive.Added{Pages: 6}, told()...)
	want := groupsOf(t, all)
	dir := t.TempDir()
	for _, p := range told() {
		one, err := archive.Open(t.Context(), dir, archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		add(t, one, archive.Added{Pages: 1}, p)
		if err := one.Close(); err != nil {
			t.Fatal(err)
		}
	}
	one := open(t, dir, archive.Options{})
	if got := groupsOf(t, one); got != want {
		t.Errorf("one by one the groups are\n%swant\n%s", got, want)
	}
	for _, stage := range []pipeline.Name{pipeline.Group, pipeline.Extract} {
		if err := one.Rebuild(t.Context(), stage, archive.RunOptions{}); err != nil {
			t.Fatal(err)
		}
		if got := groupsOf(t, one); got != want {
			t.Errorf("after a rebuild of %s the groups are\n%swant\n%s", stage, got, want)
		}
	}
	var list []string
	for z, err := range one.Stories(t.Context(), 2) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%d articles, %d reports", z.Articles, z.Reports))
	}
	if got := strings.Join(list, "; "); got != "4 articles, 3 reports; 2 articles, 2 reports" && got != "2 articles, 2 reports; 4 articles, 3 reports" {
		t.Errorf("stories of %s, want 4 articles in 3 reports and 2 in 2", got)
	}
}

// A process that was killed after it had stored groups, and before it had noted how far
// it had come, leaves the next one to go on as if nothing had happened: articles join
// those that came in before the kill.
func TestGroupsAfterKill(t *testing.T) {
	all := open(t, t.TempDir(), archive.Options{})
	add(t, all, archive.Added{Pages: 6}, told()...)
	want := groupsOf(t, all)
	for before := 1; before < 6; before++ {
		for noted := 0; noted <= before; noted++ {
			dir := t.TempDir()
			killed, err := archive.Open(t.Context(), dir, archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			add(t, killed, archive.Added{Pages: 6}, told()...)
			if err := killed.Close(); err != nil {
				t.Fatal(err)
			}
			statement(fmt.Sprintf("DELETE FROM groups WHERE seq > %d; UPDATE cursors SET seq = %d WHERE name = 'group'", before, noted))(t, dir)
			next := open(t, dir, archive.Options{})
			if err := next.Run(t.Context(), archive.RunOptions{}); err != nil {
				t.Fatal(err)
			}
			if got := groupsOf(t, next); got != want {
				t.Errorf("killed after %d articles, %d of them noted, the groups are\n%swant\n%s", before, noted, got, want)
			}
		}
	}
}

// An article of which several versions are stored is grouped once, also when the groups
// of all articles are found anew.
func TestGroupsOfVersions(t *testing.T) {
	a := open(t, t.TempDir(), archive.Options{})
	pages := told()
	later := pages[0]
	text := strings.Replace(string(later.Body), "during the night", "during the whole night", 1)
	later.Capture.Fetched = later.Capture.Fetched.AddDate(0, 0, 9)
	later.Capture.Payload, later.Capture.Length, _ = dateline.Digest(strings.NewReader(text)) // a strings.Reader does not fail
	later.Capture.ID = dateline.NewCaptureID(later.Capture.URL, later.Capture.Fetched, later.Capture.Payload)
	later.Block, later.Body = []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+text), []byte(text)
	// More than are stored at a time stand between the two.
	add(t, a, archive.Added{Pages: 607}, append(append(pages, reports(600)...), later)...)
	want := groupsOf(t, a)
	if err := a.Rebuild(t.Context(), pipeline.Group, archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	if got := groupsOf(t, a); got != want {
		t.Errorf("grouped anew, the groups are\n%swant\n%s", got, want)
	}
}

// A decision that was stored and not followed, because the process ended between the two,
// is followed by the next run; it lasts through a rebuild, and ends when it is taken back.
func TestGroupDecisions(t *testing.T) {
	dir := t.TempDir()
	one := open(t, dir, archive.Options{})
	add(t, one, archive.Added{Pages: 6}, told()...)
	found := groupsOf(t, one)
	key := func(a *archive.Archive, page int) dateline.ArticleID {
		art, err := a.Find(t.Context(), told()[page].Capture.URL)
		if err != nil {
			t.Fatal(err)
		}
		return art.ID
	}
	ferry, budget := key(one, 0), key(one, 1)
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "archive.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, _ := story.Decide(nil, dateline.StoryLevel, ferry, budget, dateline.Same)
	d.By = "Ana"
	if err := errors.Join(db.Decisions().Put(t.Context(), d), db.Close()); err != nil {
		t.Fatal(err)
	}

	one = open(t, dir, archive.Options{})
	for _, run := range []func() error{
		func() error { return one.Run(t.Context(), archive.RunOptions{}) },
		func() error { return one.Rebuild(t.Context(), pipeline.Group, archive.RunOptions{}) },
	} {
		if err := run(); err != nil {
			t.Fatal(err)
		}
		groups, err := one.Together(t.Context(), dateline.StoryLevel, budget)
		if err != nil || len(groups) != 6 {
			t.Fatalf("the story of two that were joined has %d articles, %v, want 6", len(groups), err)
		}
	}
	if list, err := one.GroupDecisions(t.Context()); err != nil || len(list) != 1 || list[0].By != "Ana" {
		t.Errorf("the decisions are %v, %v", list, err)
	}
	back, undone := story.Decide([]dateline.Decision{d}, dateline.StoryLevel, budget, ferry, dateline.Differ)
	if err := one.Decide(t.Context(), back); err != nil || !undone {
		t.Fatalf("the decision is taken back: %v, %v", undone, err)
	}
	if got := groupsOf(t, one); got != found {
		t.Errorf("without the decision the groups are\n%swant\n%s", got, found)
	}
}
