package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/store/sqlite"
)

// viewed returns archive.db as another program opens it, with one article.
func viewed(t *testing.T) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := "Łódź: „Wir warten auf“, sagt Özdemir, „die Straße“ am 28. Januar."
	at := func(s, in string) dateline.Span {
		i := strings.Index(in, s)
		return dateline.Span{Start: i, End: i + len(s)}
	}
	const deck = "The “answer” is late"
	date := dateline.Timex{Type: "DATE", Value: "2022-01-28", Basis: "relative", Rule: "when/day"}
	span := at("28. Januar", text)
	date.Words = dateline.Words{Start: span.Start, End: span.End, Text: "28. Januar"}
	place := at("Łódź", text)
	word := func(s string) dateline.Words {
		return dateline.Words{Start: at(s, text).Start, End: at(s, text).End, Text: s}
	}
	if err := db.Groups().Put(t.Context(), dateline.Group{Article: "a1", Report: "a1", Event: "a1", Story: "a1", Day: "2022-02-10"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Captures().Put(t.Context(), dateline.Capture{ID: "c1", URL: "https://news.example/1", Payload: "sha256:00", Length: 7}); err != nil {
		t.Fatal(err)
	}
	if err := db.Articles().Put(t.Context(), dateline.Article{ID: "a1", Capture: "c1", URL: "https://news.example/1", Headline: "Łódź",
		Type: "news", Deck: deck, Text: text, Bylines: []string{"Ana Lima"}, Published: "2022-02-10", Publisher: dateline.Publisher{Site: "news.example"}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Findings().Put(t.Context(), dateline.Findings{Capture: "c1", Dates: []dateline.Timex{date}, Statements: []dateline.Statement{
		{Content: []dateline.Span{at("Wir warten auf", text), at("die Straße", text)}, Speaker: []dateline.Span{at("Özdemir", text)}, Cue: []dateline.Span{at("sagt", text)},
			Kind: "direct", Who: "Cem Özdemir", Rule: "quote/cue-between", Confidence: 0.9},
		{In: dateline.InDeck, Content: []dateline.Span{at("answer", deck)}, Kind: "direct", Rule: "quote/no-cue"},
	}, Events: []dateline.Event{{Kind: "REQUEST", Trigger: word("sagt"), From: []string{"Cem Özdemir"}, Sentence: at("„Wir warten auf“", text), Rule: "event/verb"}}, Mentions: []dateline.Mention{{Words: dateline.Words{Start: place.Start, End: place.End, Text: "Łódź"}, Kind: "place", Entity: "Łódź"}}}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { raw.Close() })
	return raw
}

// TestViews asks the views what a reader of the file would.
func TestViews(t *testing.T) {
	db := viewed(t)
	for _, test := range []struct{ query, want string }{
		{`SELECT n, who, called, text, cue, part FROM statement`, "1|Cem Özdemir|Özdemir|Wir warten auf … die Straße|sagt|text\n2|-|-|answer|-|deck\n"},
		{`SELECT capture, article, typeof(confidence), publisher, url FROM statement WHERE who LIKE 'Cem%'`, "c1|a1|real|news.example|https://news.example/1\n"},
		{`SELECT text, kind, entity, typeof(start) FROM mention`, "Łódź|place|Łódź|integer\n"},
		{`SELECT text, value, basis FROM date`, "28. Januar|2022-01-28|relative\n"},
		{`SELECT article, headline, bylines, published, paywalled, length(text) FROM article`, "a1|Łódź|[\"Ana Lima\"]|2022-02-10|0|65\n"},
		{`SELECT kind, trigger_words, actors, sentence, part, rule FROM event`, "REQUEST|sagt|[\"Cem Özdemir\"]|„Wir warten auf“|text|event/verb\n"},
		{`SELECT article, n, versions, capture FROM version`, "a1|1|1|c1\n"},
		{`SELECT story, articles, reports, first_day, last_day, headline FROM story`, "a1|1|1|2022-02-10|2022-02-10|Łódź\n"},
		{`SELECT article, story, type FROM article`, "a1|a1|news\n"},
		{`SELECT capture, url, length, offset, revisit FROM capture`, "c1|https://news.example/1|7|0|-\n"},
	} {
		if got := answer(t, db, test.query); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.query, got, test.want)
		}
	}
	for _, view := range []string{"capture", "article", "statement", "mention", "date", "event", "version", "story"} {
		if _, err := db.Exec("DELETE FROM " + view); err == nil {
			t.Errorf("rows of the view %s can be deleted", view)
		}
	}
}

// answer returns the rows of a query, "-" for NULL.
func answer(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(sql.NullString)
		}
		if err := rows.Scan(row...); err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, v := range row {
			cell := "-"
			if s := v.(*sql.NullString); s.Valid {
				cell = s.String
			}
			cells = append(cells, cell)
		}
		fmt.Fprintln(&b, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return b.String()
}

// known340 are the functions and keywords before a parenthesis that the schema
// uses and SQLite 3.40 knows. Whoever adds one looks up since when there is it.
var known340 = strings.Fields("cast coalesce group_concat substr json_each key on captures articles findings decisions cursors sources leads groups count min max and values seals corrections alerts notices")

// TestSchemaFor340 looks in the schema for what SQLite 3.40 does not know.
func TestSchemaFor340(t *testing.T) {
	db := viewed(t)
	schema := strings.ToLower(answer(t, db, `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL`))
	if n := strings.Count(schema, "create view"); n != 8 {
		t.Errorf("the schema has %d views, want 8", n)
	}
	if strings.Contains(schema, "virtual") || strings.Contains(schema, "contentless_delete") || strings.Contains(schema, "fts") {
		t.Error("the schema has a virtual table: its options may be newer than SQLite 3.40")
	}
	if strings.Contains(schema, "order by") {
		t.Error("the schema orders rows: within an aggregate SQLite 3.40 cannot")
	}
	for _, m := range regexp.MustCompile(`([a-z_0-9]+)\s*\(`).FindAllStringSubmatch(schema, -1) {
		if !slices.Contains(known340, m[1]) {
			t.Errorf("the schema uses %s(…): does SQLite 3.40 know it?", m[1])
		}
	}
}

// TestViewsDocumented checks that doc/schema.md names every column.
func TestViewsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../doc/schema.md")
	if err != nil {
		t.Fatal(err)
	}
	db := viewed(t)
	for _, view := range []string{"capture", "article", "statement", "mention", "date", "event", "version", "story"} {
		_, section, ok := strings.Cut(string(text), "\n#### `"+view+"`\n")
		section, _, _ = strings.Cut(section, "\n#")
		if !ok {
			t.Errorf("doc/schema.md has no section on the view %s", view)
		}
		for column := range strings.Lines(answer(t, db, "SELECT name FROM pragma_table_info('"+view+"')")) {
			if column = strings.TrimSpace(column); !strings.Contains(section, "`"+column+"`") {
				t.Errorf("doc/schema.md does not name the column %s of the view %s", column, view)
			}
		}
	}
}
