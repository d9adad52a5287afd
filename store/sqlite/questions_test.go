package sqlite_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline"
	"dateline/store/sqlite"
)

// harbour writes archive.db with two outlets that tell one story, one of them in two
// versions, and returns its path.
func harbour(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const text = "Vera Lind denied on 5 February that the bridge would open. The council of Lagos asked the ministry for a date, and Ben Ossa wrote back."
	at := func(s string) dateline.Span {
		i := strings.Index(text, s)
		return dateline.Span{Start: i, End: i + len(s)}
	}
	words := func(s string) dateline.Words {
		return dateline.Words{Start: at(s).Start, End: at(s).End, Text: s}
	}
	asked := 0
	put := func(id dateline.ArticleID, capture dateline.CaptureID, site, headline, fetched string) {
		url := "https://" + site + "/bridge"
		f := dateline.Findings{Capture: capture,
			Statements: []dateline.Statement{{Content: []dateline.Span{at("that the bridge would open")}, Cue: []dateline.Span{at("denied")}, Speaker: []dateline.Span{at("Vera Lind")},
				Kind: "indirect", Who: "Vera Lind", Medium: "letter", On: "2026-02-05", Polarity: "denied", Confidence: 0.9, Rule: "quote/model"}},
			Dates: []dateline.Timex{{Words: words("5 February"), Type: "DATE", Value: "2026-02-05", Basis: "relative", Rule: "when/day"}},
			Mentions: []dateline.Mention{{Words: words("Vera Lind"), Kind: "person", Entity: "Vera Lind", Role: &dateline.Role{Words: words("ministry")}},
				{Words: words("Lagos"), Kind: "place", Entity: "Lagos"}, {Words: words("Ben Ossa"), Kind: "person", Entity: "Ben Ossa"}},
			Events: []dateline.Event{{Kind: "REQUEST", Trigger: words("asked"), From: []string{"council of Lagos"}, To: []string{"ministry"}, Sentence: at(text), Rule: "event/verb"},
				{Kind: "REPLY", Trigger: words("wrote back"), From: []string{"Ben Ossa"}, Answers: &asked, Sentence: at(text), Rule: "event/verb"}},
		}
		err := errors.Join(
			db.Captures().Put(t.Context(), dateline.Capture{ID: capture, URL: url, Status: 200, Type: "text/html", Payload: "sha256:" + string(capture)}),
			db.Articles().Put(t.Context(), dateline.Article{ID: id, Capture: capture, URL: url, Canonical: url, Fetched: fetched, Headline: headline, Bylines: []string{"Ana Lima"},
				Published: "2026-02-06T08:00:00Z", Lang: "en", Type: "news", Tags: []string{"Bridges"}, Publisher: dateline.Publisher{Name: site, Site: site}, Text: text, Evidence: dateline.Evidence{"headline": "page:h1"}}),
			db.Findings().Put(t.Context(), f),
			db.Groups().Put(t.Context(), dateline.Group{Article: id, Report: "a1", Event: "a1", Story: "a1", Day: "2026-02-06"}))
		if err != nil {
			t.Fatal(err)
		}
	}
	put("a1", "c1", "post.example", "Bridge opens", "2026-02-06T09:00:00Z")
	put("a1", "c2", "post.example", "Bridge stays shut", "2026-02-06T12:00:00Z")
	put("a2", "c3", "kurier.example", "No bridge", "2026-02-06T10:00:00Z")
	if err := errors.Join(db.Captures().Put(t.Context(), dateline.Capture{ID: "c4", URL: "https://post.example/lost", Status: 404, Payload: "sha256:c4"}), db.Checkpoint(t.Context()), db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// questions returns the queries that doc/schema.md gives as examples.
func questions(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../doc/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "\n### Questions\n")
	_, section, begun := strings.Cut(section, "```sql\n")
	section, _, ended := strings.Cut(section, "```")
	if !ok || !begun || !ended {
		t.Fatal("doc/schema.md has no section Questions with a block of SQL")
	}
	var list []string
	for q := range strings.SplitSeq(section, ";\n") {
		if strings.TrimSpace(q) != "" {
			list = append(list, q)
		}
	}
	return list
}

// Each question of doc/schema.md has an answer.
func TestQuestions(t *testing.T) {
	db, err := sql.Open("sqlite", harbour(t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	list := questions(t)
	if len(list) < 20 {
		t.Errorf("%d questions, want 20", len(list))
	}
	for _, q := range list {
		if got := answer(t, db, q); got == "" {
			t.Errorf("no rows for %s", q)
		}
	}
	if got, want := answer(t, db, `SELECT capture, n, versions FROM version WHERE article = 'a1' ORDER BY n`), "c1|1|2\nc2|2|2\n"; got != want {
		t.Errorf("versions:\n%s\nwant\n%s", got, want)
	}
}
