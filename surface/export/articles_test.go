package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"dateline"
	"dateline/archive"
	"dateline/index"
	"dateline/query"
	"dateline/surface/export"
)

// held is an archive of articles in memory, which every query finds.
type held struct {
	docs    []*export.Doc
	damaged dateline.CaptureID
	most    int // articles that were asked for at a time
}

func (h *held) Matches(context.Context, query.Query, index.Options) iter.Seq2[index.Match, error] {
	return func(yield func(index.Match, error) bool) {
		for _, d := range h.docs {
			if !yield(index.Match{Capture: d.Article.Capture}, nil) {
				return
			}
		}
	}
}

func (h *held) ArticlesOf(_ context.Context, ids ...dateline.CaptureID) ([]*dateline.Article, error) {
	h.most = max(h.most, len(ids))
	list := make([]*dateline.Article, len(ids))
	for i, id := range ids {
		if d := h.doc(id); d != nil && id != h.damaged {
			list[i] = d.Article
		}
	}
	return list, nil
}

func (h *held) FindingsOf(_ context.Context, ids ...dateline.CaptureID) ([]*dateline.Findings, error) {
	list := make([]*dateline.Findings, len(ids))
	for i, id := range ids {
		list[i] = h.doc(id).Findings
	}
	return list, nil
}

func (h *held) GroupsOf(_ context.Context, ids ...dateline.ArticleID) ([]*dateline.Group, error) {
	list := make([]*dateline.Group, len(ids))
	for i, id := range ids {
		list[i] = &dateline.Group{Article: id, Report: id, Event: id, Story: h.docs[0].Article.ID}
	}
	return list, nil
}

func (h *held) Versions(_ context.Context, id dateline.ArticleID) ([]*dateline.Article, error) {
	for _, d := range h.docs {
		if d.Article.ID == id {
			first := *d.Article
			first.Capture, first.Headline = first.Capture+"-first", "First: "+first.Headline
			return []*dateline.Article{&first, d.Article}, nil
		}
	}
	return nil, dateline.ErrNotFound
}

func (h *held) State(context.Context) (archive.State, error) {
	return archive.State{Position: int64(len(h.docs)), Revision: "7"}, nil
}

func (h *held) doc(id dateline.CaptureID) *export.Doc {
	for _, d := range h.docs {
		if d.Article.Capture == id {
			return d
		}
	}
	return nil
}

// hostile is a headline that spreadsheets, pages, notes and feeds could take for something
// else than text.
const hostile = "=HYPERLINK(\"https://evil.example\";\"<script>alert(1)</script>\"), [x](javascript:y) & \u202e*_`#"

// bridge has an article with all that a record can have, and one of which next to nothing
// is known.
func bridge() *held {
	text := "LAGOS — “The bridge is shut,” said Vera Lind, “until March.”\n\nThe engineers\n\n+1: the council was to write on Friday. She asked “why”."
	at := func(s string) dateline.Span {
		i := strings.Index(text, s)
		return dateline.Span{Start: i, End: i + len(s)}
	}
	words := func(s string) dateline.Words {
		return dateline.Words{Start: at(s).Start, End: at(s).End, Text: s}
	}
	block := func(kind dateline.BlockKind, s string) dateline.Block {
		return dateline.Block{Kind: kind, Start: at(s).Start, End: at(s).End}
	}
	parts := strings.Split(text, "\n\n")
	zero := 0
	a := &dateline.Article{
		ID: "a1", Capture: "c1", URL: "https://post.example/bridge?a=1&b=2", Canonical: "https://post.example/bridge", Fetched: "2026-02-06T09:00:00Z", Payload: "sha256:0a",
		Headline: hostile, Deck: "What the council's letter says", Bylines: []string{"Ana de la Cruz", "The Associated Press"}, Dateline: dateline.Dateline{Place: "LAGOS", Agency: "AP"},
		Published: "2026-02-05T08:30:00+01:00", Modified: "2026-02-05", Lang: "en-GB", Type: "news", Section: "World", Tags: []string{"Bridges", "Ships; boats"},
		Publisher: dateline.Publisher{Name: "Harbour Post", Site: "post.example", Logo: "https://post.example/l.png"}, Text: text,
		Images:      []dateline.Image{{URL: "https://post.example/i.jpg", Width: 1200, Height: 800, Caption: "The bridge", Credit: "Ida Holm"}},
		Blocks:      []dateline.Block{block(dateline.Paragraph, parts[0]), block(dateline.Heading, parts[1]), block(dateline.Paragraph, parts[2])},
		Authors:     []dateline.Author{{Name: "Ana de la Cruz", Kind: "person", URL: "https://post.example/ana", SameAs: []string{"https://social.example/@ana"}}, {Name: "The Associated Press", Kind: "organization"}},
		Corrections: []string{"Correction: the bridge is shut until March."}, CopyOf: "https://ap.example/1",
	}
	f := &dateline.Findings{
		Statements: []dateline.Statement{
			{Content: []dateline.Span{at("The bridge is shut,"), at("until March.")}, Cue: []dateline.Span{at("said")}, Speaker: []dateline.Span{at("Vera Lind")}, Kind: "direct",
				Who: "Vera Lind", Role: "minister", Medium: "letter", To: []string{"the council"}, On: "2026-02-05", Rule: "quote/model", Confidence: 0.99},
			{Content: []dateline.Span{at("why")}, Kind: "direct", Rule: "quote/model", Confidence: 0.2},
		},
		Dates:    []dateline.Timex{{Words: words("Friday"), Type: "DATE", Value: "2026-02-06", Basis: "relative", Rule: "when/weekday"}},
		Mentions: []dateline.Mention{{Words: words("Vera Lind"), Kind: "person", Entity: "Vera Lind", Role: &dateline.Role{Words: words("council")}, Rule: "entity/model"}},
		Events: []dateline.Event{{Kind: "REQUEST", Trigger: words("asked"), From: []string{"Vera Lind"}, Sentence: at("She asked “why”."), Rule: "event/verb"},
			{Kind: "REPLY", Trigger: words("write"), From: []string{"the council"}, Answers: &zero, Sentence: at("+1: the council was to write on Friday."), Rule: "event/verb"}},
	}
	bare := &dateline.Article{ID: "a2", Capture: "c2", URL: "urn:sha256:00", Published: "2026-01", Text: "One line."}
	return &held{docs: []*export.Doc{{Article: a, Findings: f}, {Article: bare}}}
}

var origin = export.Origin{Software: "dateline/1.2", Query: `bridge "a & b"`, Of: "articles", Made: time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC),
	Archive: archive.State{Position: 2, Capture: "c2", Revision: "7"}}

// exported returns what a format writes of h.
func exported(t *testing.T, h *held, name, of string) []byte {
	t.Helper()
	f, ok := export.FormatOf(name)
	if !ok {
		t.Fatalf("there is no format %s", name)
	}
	o := origin
	o.Of = of
	var out bytes.Buffer
	docs := export.Select(t.Context(), h, query.Query{}, export.Selection{Needs: f.Needs(of)})
	w, err := export.Articles(&out, docs, f, o, query.Query{Doubtful: true}.Selects, nil)
	if err != nil || w.Articles != len(h.docs) || w.Last != h.docs[len(h.docs)-1].Article.ID {
		t.Fatalf("%s of %s: %+v, %v", name, of, w, err)
	}
	return out.Bytes()
}

func TestCSV(t *testing.T) {
	out := exported(t, bridge(), "csv", "articles")
	if n := bytes.Count(out, []byte("\r\n")); n != 3 {
		t.Errorf("%d lines end in CR and LF, want 3", n)
	}
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := func(row int, column string) string { return rows[row][slices.Index(rows[0], column)] }
	for column, want := range map[string]string{
		"article": "a1", "headline": "'" + hostile, "bylines": "Ana de la Cruz; The Associated Press", "published": "2026-02-05T08:30:00+01:00",
		"published_at": "2026-02-05T07:30:00Z", "day": "2026-02-05", "paywalled": "false", "story": "a1", "words": "24",
	} {
		if got := cell(1, column); got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	if day, published := cell(2, "day"), cell(2, "published"); day != "" || published != "2026-01" {
		t.Errorf("what is known to the month has the day %q and is published %q", day, published)
	}
}

// Each text that a spreadsheet would reckon with is one that it shows, and can be had back.
func TestCSVFormulas(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1", "\r=1": "'\r=1", "＝1": "'＝1",
		"'=1": "''=1", "'tis": "'tis", "1=1": "1=1", "": "", "a \"b\", c\nd": "a \"b\", c\nd", " padded ": " padded ",
	} {
		h := &held{docs: []*export.Doc{{Article: &dateline.Article{ID: "a", Capture: "c", Headline: text}}}}
		rows, err := csv.NewReader(bytes.NewReader(exported(t, h, "csv", "articles"))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v", text, len(rows), err)
		}
		if got := rows[1][slices.Index(rows[0], "headline")]; got != want {
			t.Errorf("%q is the cell %q, want %q", text, got, want)
		}
	}
}

// Words are counted by white space, however much of it there is.
func TestWords(t *testing.T) {
	for text, want := range map[string]string{"": "0", "a": "1", "a b\n\nc": "3", "a\nb": "2", " a  b\tc ": "3", "a \n\n\n b": "2", "\n": "0", "é, ü": "2"} {
		h := &held{docs: []*export.Doc{{Article: &dateline.Article{ID: "a", Capture: "c", Text: text}}}}
		rows, err := csv.NewReader(bytes.NewReader(exported(t, h, "csv", "articles"))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v", text, len(rows), err)
		}
		if got := rows[1][slices.Index(rows[0], "words")]; got != want {
			t.Errorf("%q has %s words, want %s", text, got, want)
		}
	}
}

func TestTables(t *testing.T) {
	h := bridge()
	for of, want := range map[string][]string{
		"statements": {`"id":"a1#1"`, `"who":"Vera Lind"`, `"text":"The bridge is shut, … until March."`, `"doubtful":true`, `"content_spans":[[13,32],[`},
		"dates":      {`"value":"2026-02-06"`, `"n":1`, `"day":"2026-02-05"`},
		"mentions":   {`"entity":"Vera Lind"`, `"role":"council"`},
		"events":     {`"kind":"REPLY"`, `"answers":1`, `"sentence":"She asked “why”."`},
		"versions":   {`"headline":"First: `, `"capture":"c2","n":2,"shown":true`},
	} {
		out := string(exported(t, h, "jsonl", of))
		for _, part := range want {
			if !strings.Contains(out, part) {
				t.Errorf("%s have no %s:\n%s", of, part, out)
			}
		}
		rows, err := csv.NewReader(bytes.NewReader(exported(t, h, "csv", of))).ReadAll()
		if n := strings.Count(out, "\n"); err != nil || len(rows) != n+1 {
			t.Errorf("%s: %d rows of CSV for %d lines of JSON, %v", of, len(rows)-1, n, err)
		}
		if n := parquetRows(t, exported(t, h, "parquet", of)); n != int64(len(rows)-1) {
			t.Errorf("%s: %d rows of Parquet, %d of CSV", of, n, len(rows)-1)
		}
	}
}

func parquetRows(t *testing.T, file []byte) int64 {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return f.NumRows()
}

// The records of an export are those that other stages read.
func TestJSONL(t *testing.T) {
	h := bridge()
	dec := json.NewDecoder(bytes.NewReader(exported(t, h, "jsonl", "articles")))
	for _, d := range h.docs {
		var got struct {
			dateline.Article
			Findings *dateline.Findings `json:"findings"`
		}
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if want, _ := json.Marshal(d.Article); !equalJSON(t, got.Article, want) {
			t.Errorf("record %s differs", d.Article.ID)
		}
		if d.Findings != nil {
			if err := got.Findings.Check(&got.Article); err != nil {
				t.Error(err)
			}
		}
	}
}

func equalJSON(t *testing.T, v any, want []byte) bool {
	t.Helper()
	got, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(got, want)
}

func TestParquet(t *testing.T) {
	file := exported(t, bridge(), "parquet", "articles")
	type row struct {
		Article  string   `parquet:"article"`
		Headline *string  `parquet:"headline,optional"`
		Bylines  []string `parquet:"bylines,list"`
		Day      *int32   `parquet:"day,optional,date"`
	}
	rows, err := parquet.Read[row](bytes.NewReader(file), int64(len(file)))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if r := rows[0]; *r.Headline != hostile || len(r.Bylines) != 2 || time.Unix(int64(*r.Day)*86400, 0).UTC().Format(time.DateOnly) != "2026-02-05" {
		t.Errorf("first row: %+v", r)
	}
	if r := rows[1]; r.Headline != nil || r.Day != nil {
		t.Errorf("what is not known is %v and %v", r.Headline, r.Day)
	}
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	text, ok := f.Lookup("dateline")
	var o export.Origin
	if err := json.Unmarshal([]byte(text), &o); !ok || err != nil || o.Query != origin.Query || o.Software != "dateline/1.2" || o.Archive.Revision != "7" {
		t.Errorf("origin %s, %v", text, err)
	}
}

// many returns n articles.
func many(n int) *held {
	h := &held{}
	for i := range n {
		h.docs = append(h.docs, &export.Doc{Article: &dateline.Article{
			ID: dateline.ArticleID(fmt.Sprintf("m%d", i)), Capture: dateline.CaptureID(fmt.Sprintf("n%d", i)), Text: "Text.",
			Published: dateline.Date(fmt.Sprintf("2026-03-%02d", 28-i*27/n)), Publisher: dateline.Publisher{Name: "Post"},
		}})
	}
	return h
}

// An export that begins behind an article has those that are behind it, and two such
// parts together are the whole.
func TestSelect(t *testing.T) {
	h := many(450)
	keys := func(s export.Selection) (list []string, err error) {
		for d, err := range export.Select(t.Context(), h, query.Query{}, s) {
			if err != nil {
				return list, err
			}
			list = append(list, string(d.Article.ID))
		}
		return list, nil
	}
	whole, err := keys(export.Selection{})
	if err != nil || len(whole) != 450 || h.most != 100 {
		t.Fatalf("%d articles, %d at a time, %v", len(whole), h.most, err)
	}
	first, _ := keys(export.Selection{Limit: 123})
	rest, err := keys(export.Selection{After: dateline.ArticleID(first[len(first)-1])})
	if err != nil || len(first) != 123 || !slices.Equal(append(first, rest...), whole) {
		t.Errorf("%d and %d articles, %v", len(first), len(rest), err)
	}
	if rest, err := keys(export.Selection{After: "m449"}); err != nil || len(rest) != 0 {
		t.Errorf("behind the last: %q, %v", rest, err)
	}
	if _, err := keys(export.Selection{After: "other"}); !errors.Is(err, export.ErrCursor) {
		t.Errorf("behind an article that there is not: %v", err)
	}
	h.damaged = "n200"
	var lost []error
	if list, err := keys(export.Selection{Lost: func(err error) { lost = append(lost, err) }}); err != nil || len(list) != 449 || len(lost) != 1 || !strings.Contains(lost[0].Error(), "n200") {
		t.Errorf("%d articles, lost %v, %v", len(list), lost, err)
	}
}

// An export that is cut short can be read as far as it goes.
func TestCutShort(t *testing.T) {
	errCut := errors.New("cut")
	f, _ := export.FormatOf("parquet")
	var out bytes.Buffer
	cut := func(yield func(*export.Doc, error) bool) {
		for d := range export.Select(t.Context(), many(450), query.Query{}, export.Selection{Limit: 120}) {
			if !yield(d, nil) {
				return
			}
		}
		yield(nil, errCut)
	}
	w, err := export.Articles(&out, cut, f, origin, nil, nil)
	if !errors.Is(err, errCut) || w.Articles != 120 || w.Last != "m119" {
		t.Errorf("%+v, %v", w, err)
	}
	if n := parquetRows(t, out.Bytes()); n != 120 {
		t.Errorf("%d rows, want 120", n)
	}
}

func TestManifest(t *testing.T) {
	h := many(4) // of the 28th, 22nd, 15th and 8th
	h.docs = append(h.docs, bridge().docs...)
	tally := export.NewTally(origin, "https://post.example/feed")
	for range tally.Count(export.Select(t.Context(), h, query.Query{}, export.Selection{})) {
		continue
	}
	m := tally.Manifest()
	if m.Articles != 6 || m.Undated != 1 || m.First != "2026-02-05" || m.Last != "2026-03-28" || len(m.Days) != 5 || m.Captured.From != "2026-02-06T09:00:00Z" || len(m.Followed) != 1 {
		t.Errorf("manifest: %+v", m)
	}
	if len(m.Outlets) != 3 || m.Outlets[0].Name != "Post" || m.Outlets[0].Articles != 4 || len(m.Outlets[0].Days) != 4 {
		t.Fatalf("outlets: %+v", m.Outlets)
	}
	if want := (export.Range{From: "2026-02-06", To: "2026-03-07"}); len(m.Gaps) != 4 || m.Gaps[0] != want {
		t.Errorf("gaps: %+v", m.Gaps)
	}
	if gaps := m.Outlets[0].Gaps; len(gaps) != 0 {
		t.Errorf("an outlet that misses less than a week has the gaps %+v", gaps)
	}
	var read export.Manifest
	text := exported(t, h, "manifest", "articles")
	if err := json.Unmarshal(text, &read); err != nil || read.Export.Query != origin.Query || read.Articles != 6 {
		t.Errorf("%+v, %v", read, err)
	}
}
