//go:build unix

package main

import (
	"fmt"
	"strings"

	"dateline"
	"dateline/extract"
	"dateline/query"
	"dateline/relate/exchange"
	"dateline/relate/speaker"
	"dateline/relate/timeline"
	"dateline/understand"
	"dateline/understand/entity"
	"dateline/understand/event"
	"dateline/understand/hedge"
	"dateline/understand/quote"
	"dateline/understand/token"
	"dateline/understand/when"
)

// A part is a part of the program that reads texts, with the languages and kinds of texts
// that it is measured with.
type part struct {
	name  string
	langs []string
	kinds []kind
	do    func(text, lang string)
}

// languages are those whose dates are found; others are those that have fewer kinds of
// texts to themselves.
var (
	languages = []string{"en", "de", "es", "fr", "nl", "pt", "ru"}
	others    = []string{"fr", "es", "pt", "it", "nl", "ru", "uk", "pl", "cs", "sv", "tr", "ar", "zh", "ja"}
)

// parts are what is measured, what reads first before what reads its results.
var parts = []part{
	{"token", []string{"en", "de"}, texts, func(text, lang string) { cut(text, lang) }},
	{"quote", []string{"en", "de"}, texts, func(text, lang string) { quote.Find(cut(text, lang), lang) }},
	{"entity", []string{"en", "de"}, texts, func(text, lang string) { entity.Find(cut(text, lang), lang) }},
	{"when", languages, texts, func(text, lang string) {
		when.Find(text, when.Reference{Published: published, Lang: lang})
	}},
	{"understand", []string{"en", "de"}, texts, func(text, lang string) { understand.Findings(article(text, lang)) }},
	{"understand", others, foreign, func(text, lang string) { understand.Findings(article(text, lang)) }},
	{"event", []string{"en"}, texts, func(text, lang string) {
		t := cut(text, lang)
		event.Find(t, lang, entity.Find(t, lang), nil, nil)
	}},
	{"hedge", []string{"en", "de"}, texts, func(text, lang string) { hedge.Find(cut(text, lang), lang) }},
	{"extract", []string{"en"}, markup, func(text, _ string) { extract.Article([]byte(text), "https://x.example/a") }},
	{"highlight", []string{""}, texts, highlight},
	{"speaker", []string{"en"}, texts, speakers},
	{"timeline", []string{"en", "de"}, texts, days},
	{"exchange", []string{"en"}, texts, requests},
}

const published = "2026-02-03T04:05:06Z"

func article(text, lang string) *dateline.Article {
	return &dateline.Article{ID: "a", Capture: "c", Lang: lang, Published: published, Text: text}
}

func cut(text, lang string) *token.Text {
	t := new(token.Text)
	t.Read(text, lang)
	return t
}

// highlight looks for words, phrases and prefixes in a text: some, all that its
// beginning is as a query, and as many as a query can hold.
func highlight(text, _ string) {
	own := strings.ToValidUTF8(text[:min(len(text), query.MaxLength)], "")
	for _, s := range []string{"a", `"a a a a"`, `a* said* 1* „* miller*`, `"` + strings.Repeat("a ", 30) + `b"`,
		own, strings.Join(strings.Fields(own[:len(own)/2]), "* "), manyPrefixes} {
		q, err := query.Parse(s)
		if err != nil {
			continue // not every text is a query
		}
		query.Highlight(q, text)
		query.Snippet(q, text, 200)
	}
}

// manyPrefixes is a query of a thousand terms, of which as many end with a star
// as a query can have.
var manyPrefixes = func() string {
	var b strings.Builder
	for i := 0; b.Len() < query.MaxLength-10; i++ {
		b.WriteString(letters(i)[:2])
		if i < query.MaxStars {
			b.WriteByte('*')
		}
		b.WriteByte(' ')
	}
	return b.String()
}()

// speakers joins the statements of a text to speakers, as if all were one
// article and as if each paragraph were an article of its own.
func speakers(text, lang string) {
	a := article(text, lang)
	f := understand.Findings(a)
	var one, each []speaker.Statement
	for i := range f.Statements {
		one = append(one, speaker.Statement{Article: a, Findings: f, N: i + 1})
		alone := *a
		alone.ID = dateline.ArticleID(fmt.Sprint(i))
		each = append(each, speaker.Statement{Article: &alone, Findings: &dateline.Findings{Statements: f.Statements[i : i+1], Mentions: f.Mentions[:min(len(f.Mentions), 20)]}, N: 1})
	}
	for _, statements := range [][]speaker.Statement{one, each} {
		for _, s := range speaker.Join(statements, nil) {
			s.Names()
			s.Roles()
			speaker.Sayings(s.Statements)
		}
	}
}

// days makes a timeline of a text, as one article and as one of each paragraph.
func days(text, lang string) {
	one, each := timeline.New(timeline.Request{}), timeline.New(timeline.Request{})
	a := article(text, lang)
	one.Add(a, when.Find(text, when.Reference{Published: published, Lang: lang}))
	for i, paragraph := range strings.Split(text, "\n\n") {
		b := article(paragraph, lang)
		b.ID = dateline.ArticleID(fmt.Sprint(i))
		each.Add(b, when.Find(paragraph, when.Reference{Published: published, Lang: lang}))
	}
	one.Points()
	each.Points()
}

// requests joins the requests and replies of a text, as if all were of one article and as
// if each were of an article of its own.
func requests(text, lang string) {
	a := article(text, lang)
	f := understand.Findings(a)
	var one, each exchange.Collector
	one.Add(a, f.Events)
	for i := range f.Events {
		b := *a
		b.ID = dateline.ArticleID(fmt.Sprint(i))
		each.Add(&b, f.Events[i:i+1])
	}
	one.Exchanges()
	each.Exchanges()
}
