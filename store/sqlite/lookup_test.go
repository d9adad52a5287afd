package sqlite_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dateline"
	"dateline/store/sqlite"
)

func version(id, capture, url, fetched, skip string) dateline.Article {
	return dateline.Article{ID: dateline.ArticleID(id), Capture: dateline.CaptureID(capture), URL: url, Fetched: fetched, Skip: skip}
}

func TestFind(t *testing.T) {
	db := open(t)
	const canonical = "https://news.example/story"
	id := string(dateline.NewArticleID(canonical))
	recs := []dateline.Article{
		version(id, "c1", canonical+"?from=feed", "2022-01-02T00:00:00Z", ""),
		version(id, "c2", canonical, "2022-01-02T00:00:00.5Z", ""),
		version(id, "c3", canonical, "2022-01-01T00:00:00Z", ""),
		version(id, "c4", canonical, "2022-01-05T00:00:00Z", dateline.SkipNotFound),
		version("a-front", "c5", "https://news.example/", "2022-01-05T00:00:00Z", dateline.SkipFront),
		version("a-dump", "c6", "https://other.example/?q=ü&b=<c>", "", ""),
		version("a-dump", "c7", "https://other.example/?q=ü&b=<c>", "", ""),
	}
	if err := db.Articles().Put(t.Context(), recs...); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ ref, want string }{
		{id, "c2"},
		{"c1", "c1"},
		{"c4", "c4"},
		{canonical, "c2"},
		{canonical + "#comments", "c2"},
		{canonical + "?from=feed", "c1"},
		{"https://news.example/", "c5"},
		{"https://other.example/?q=ü&b=<c>", "c7"},
		{"https://nowhere.example/", ""},
		{"", ""},
	} {
		a, err := db.Find(t.Context(), test.ref)
		if test.want == "" {
			if !errors.Is(err, dateline.ErrNotFound) {
				t.Errorf("Find(%q) = %v, %v, want %v", test.ref, a, err, dateline.ErrNotFound)
			}
			continue
		}
		if err != nil || string(a.Capture) != test.want {
			t.Errorf("Find(%q) = %v, %v, want %s", test.ref, a, err, test.want)
		}
	}

	versions, err := db.Versions(t.Context(), dateline.ArticleID(id))
	got := ""
	for _, a := range versions {
		got += string(a.Capture) + " "
	}
	if want := "c3 c1 c2 c4 "; err != nil || got != want {
		t.Errorf("Versions = %q, %v, want %q", got, err, want)
	}
	if a, err := db.Article(t.Context(), dateline.ArticleID(id)); err != nil || a.Capture != "c2" {
		t.Errorf("Article = %v, %v, want c2", a, err)
	}
	if _, err := db.Article(t.Context(), "nosuch"); !errors.Is(err, dateline.ErrNotFound) {
		t.Errorf("Article(nosuch): %v, want %v", err, dateline.ErrNotFound)
	}
}

func TestFindCapture(t *testing.T) {
	db := open(t)
	at := time.Date(2022, 1, 2, 3, 4, 5, 0, time.UTC)
	const url = "https://news.example/a"
	recs := []dateline.Capture{
		{ID: "r1", URL: url, Fetched: at, Payload: "sha256:aa", Revisit: "c1"},
		{ID: "c1", URL: url, Fetched: at.Add(time.Millisecond), Payload: "sha256:aa"},
		{ID: "c2", URL: url, Fetched: at.Add(time.Hour), Payload: "sha256:bb"},
		{ID: "c3", URL: "https://news.example/b", Payload: "sha256:bb"},
		{ID: "r2", URL: url, Fetched: at.Add(2 * time.Hour), Payload: "sha256:cc", Revisit: "lost"},
	}
	if err := db.Captures().Put(t.Context(), recs...); err != nil {
		t.Fatal(err)
	}
	check := func(what string, c *dateline.Capture, err error, want string) {
		t.Helper()
		switch {
		case want == "" && !errors.Is(err, dateline.ErrNotFound):
			t.Errorf("%s = %v, %v, want %v", what, c, err, dateline.ErrNotFound)
		case want != "" && (err != nil || string(c.ID) != want):
			t.Errorf("%s = %v, %v, want %s", what, c, err, want)
		}
	}
	for _, test := range []struct{ digest, want string }{
		{"sha256:aa", "c1"}, {"sha256:bb", "c2"}, {"sha256:cc", ""}, {"", ""},
	} {
		c, err := db.CaptureByPayload(t.Context(), test.digest)
		check("CaptureByPayload("+test.digest+")", c, err, test.want)
	}
	for _, test := range []struct {
		url  string
		at   time.Time
		want string
	}{
		{url, at, "c1"},
		{url, at.In(time.FixedZone("", 3600)), "c1"},
		{url, at.Add(time.Hour), "c2"},
		{url, at.Add(2 * time.Hour), "r2"},
		{url, at.Add(time.Minute), ""},
		{"https://news.example/b", time.Time{}, "c3"},
		{"https://news.example/c", at, ""},
	} {
		c, err := db.CaptureAt(t.Context(), test.url, test.at)
		check("CaptureAt("+test.url+", "+test.at.String()+")", c, err, test.want)
	}
}

func TestStats(t *testing.T) {
	db := open(t)
	fill(t, db, 0, 30)
	if err := db.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, err := db.Stats(t.Context())
	if err != nil || got.Bytes < 50000 {
		t.Errorf("Stats = %+v, %v", got, err)
	}
	got.Bytes = 0
	if want := (sqlite.Stats{Captures: 30, Articles: 30, Findings: 30, Indexed: 30}); got != want {
		t.Errorf("Stats = %+v, want %+v", got, want)
	}
}

func TestLastOffset(t *testing.T) {
	db := open(t)
	var captures []dateline.Capture
	for i, at := range []int64{300, 100, 20000, 9000} {
		captures = append(captures, dateline.Capture{ID: dateline.CaptureID(fmt.Sprint("c", i)), File: "warc/a.warc.gz", Offset: at})
	}
	captures = append(captures, dateline.Capture{ID: "c9", File: "warc/b.warc.gz"})
	if err := db.Captures().Put(t.Context(), captures...); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]int64{"warc/a.warc.gz": 20000, "warc/b.warc.gz": 0, "warc/c.warc.gz": -1} {
		if got, err := db.LastOffset(t.Context(), file); got != want || err != nil {
			t.Errorf("LastOffset(%s) = %d, %v, want %d", file, got, err, want)
		}
	}
}
