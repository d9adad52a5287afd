package indextest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// testRandom asks random queries about random articles of few words, and
// compares the answers with those of holds, which looks at each article.
func testRandom(t *testing.T, ar archive) {
	r := rand.New(rand.NewPCG(1, 2))
	list := randomArticles(r, 150)
	ar.add(t, list[:70]...)
	ar.add(t, list[70:]...)
	slices.SortFunc(list, func(a, b dateline.Article) int { return standing(&b).Compare(standing(&a)) })
	for range 400 {
		q, err := query.Parse(query.Query{Root: randomExpr(r, 3)}.String()) // what stands side by side counts
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for i := range list {
			if holds(q.Root, &list[i]) {
				want = append(want, string(list[i].Capture))
			}
		}
		if got := ar.search(t, q.String(), index.Options{}); got != strings.Join(want, " ") {
			t.Errorf("Search(%s)\n got %q\nwant %q", q, got, strings.Join(want, " "))
		}
		if f := ar.facets(t, q.String()); f.Total != len(want) {
			t.Errorf("Facets(%s): total %d, want %d", q, f.Total, len(want))
		}
	}
}

var few = []string{"flood", "floods", "Río", "rio", "外交", "外交部", "部", "U.S.", "u", "s"}

func some(r *rand.Rand, n int) string {
	words := make([]string, r.IntN(n+1))
	for i := range words {
		words[i] = few[r.IntN(len(few))]
	}
	return strings.Join(words, []string{" ", ", ", ""}[r.IntN(3)])
}

func randomArticles(r *rand.Rand, n int) []dateline.Article {
	list := make([]dateline.Article, n)
	for i := range list {
		at := time.Date(2020+r.IntN(3), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, i, 0, time.UTC).Format(time.RFC3339)
		a := dateline.Article{ID: dateline.ArticleID(fmt.Sprint("a", i)), Capture: dateline.CaptureID(fmt.Sprint("c", i)),
			Headline: some(r, 2), Deck: some(r, 2), Text: some(r, 5), Bylines: []string{some(r, 2), some(r, 2)},
			Tags: []string{some(r, 1), some(r, 1)}, Section: some(r, 1), Lang: []string{"", "de", "de-AT", "en"}[r.IntN(4)],
			Publisher: dateline.Publisher{Name: some(r, 1), Site: []string{"", "a.example", "b.example"}[r.IntN(3)]}, Published: dateline.Date(at)}
		for range r.IntN(3) {
			a.Text += fmt.Sprintf([]string{" [20%[1]d]", " [20%[1]d-%02[2]d]", " [20%[1]d-%02[2]d-%02[3]d]", " [20%[1]d-W%02[3]d]", " [199]", " [202]"}[r.IntN(6)],
				20+r.IntN(3), 1+r.IntN(12), 1+r.IntN(28))
		}
		for range r.IntN(3) {
			a.Text += fmt.Sprintf(" <%s%s %s>", []string{"Ana", "Ana Lima", "Río"}[r.IntN(3)], []string{":", ":", "?", ":[denied]", ":[not said]"}[r.IntN(5)], some(r, 3))
		}
		if r.IntN(10) == 0 {
			a.Published, a.Fetched = "", at
		}
		list[i] = a
	}
	return list
}

// randomExpr returns a tree that need not be one that Parse would give.
func randomExpr(r *rand.Rand, depth int) query.Expr {
	if depth > 0 {
		x, y, z := randomExpr(r, depth-1), randomExpr(r, depth-1), randomExpr(r, depth-1)
		switch r.IntN(4) {
		case 0:
			return query.Not{X: x}
		case 1:
			return query.And{x, y, z}
		case 2:
			return query.Or{x, y}
		}
	}
	word := few[r.IntN(len(few))]
	switch r.IntN(15) {
	case 14:
		return query.Filter{Field: "polarity", Value: []string{"said", "denied", "not said"}[r.IntN(3)]}
	case 10, 11:
		return query.Filter{Field: "said", Value: word}
	case 12:
		return query.Filter{Field: "said", Value: word + "*"}
	case 13:
		return query.Filter{Field: "who", Value: []string{"ana", "Lima", "ana lima", "rio"}[r.IntN(4)]}
	case 0:
		return query.Word{Text: word, Prefix: true}
	case 1:
		return query.Phrase{Text: word + " " + few[r.IntN(len(few))]}
	case 2:
		return query.Bound{Field: []string{"after", "before"}[r.IntN(2)], Date: fmt.Sprintf("202%d-%02d", r.IntN(3), 1+r.IntN(12))}
	case 6:
		from, to := r.IntN(40), r.IntN(40)
		month := func(n int) string { return fmt.Sprintf("%d-%02d", 2019+n/12, 1+n%12) }
		return []query.When{{From: month(from)}, {To: month(to)}, {From: month(from), To: month(max(from, to))},
			{From: month(from) + "-15", To: month(from) + "-15"}}[r.IntN(4)]
	case 3:
		return query.Filter{Field: []string{"tag", "section", "by", "publisher"}[r.IntN(4)], Value: word}
	case 4:
		return query.Filter{Field: "lang", Value: []string{"de", "de-at", "en"}[r.IntN(3)]}
	case 5:
		return query.Filter{Field: "publisher", Value: "a.example"}
	}
	return query.Word{Text: word}
}

// standing returns the time by which an article is ordered; the undated stand
// before all others.
func standing(a *dateline.Article) time.Time {
	if t, _, ok := a.Published.Interval(); ok {
		return t
	}
	t, _, _ := dateline.Date(a.Fetched).Interval()
	return t.AddDate(-1000, 0, 0)
}

// holds reports whether x matches a, as doc/query.md says.
func holds(x query.Expr, a *dateline.Article) bool {
	switch x := x.(type) {
	case query.Word:
		return x.Term().Tokens == nil || within(x.Term(), a.Headline, a.Deck, a.Text)
	case query.Phrase:
		return x.Term().Tokens == nil || within(x.Term(), a.Headline, a.Deck, a.Text)
	case query.Filter:
		if x.Statements() {
			return speaks(query.And{x}, a)
		}
		return hasValue(x, a)
	case query.Bound:
		bound, _ := x.Time()
		start, _, dated := a.Published.Interval()
		return dated && start.Before(bound) == (x.Field == "before")
	case query.When:
		f := findingsIn(a)
		return f != nil && slices.ContainsFunc(f.Dates, func(d dateline.Timex) bool {
			start, end, ok := d.Interval()
			return ok && x.Admits(start, end)
		})
	case query.Not:
		return !holds(x.X, a)
	case query.And:
		_, rest := x.Spoken()
		return speaks(x, a) && !slices.ContainsFunc(rest, func(y query.Expr) bool { return !holds(y, a) })
	case query.Or:
		return slices.ContainsFunc(x, func(y query.Expr) bool { return holds(y, a) })
	}
	return true
}

func hasValue(f query.Filter, a *dateline.Article) bool {
	var values []string
	switch f.Field {
	case "by":
		return within(f.Term(), a.Bylines...)
	case "publisher":
		values = []string{a.Publisher.Name, a.Publisher.Site}
	case "lang":
		language, _, _ := strings.Cut(a.Lang, "-")
		values = []string{a.Lang, language}
	case "section":
		values = []string{a.Section}
	case "tag":
		values = a.Tags
	}
	return slices.ContainsFunc(values, func(v string) bool { return query.Fold(v) == query.Fold(f.Value) })
}

// within reports whether one of the texts holds the tokens of the term in a row.
func within(term query.Term, texts ...string) bool {
	for _, text := range texts {
		var tokens []string
		for tok := range query.Tokens(text) {
			tokens = append(tokens, tok.Text)
		}
		for len(tokens) >= len(term.Tokens) {
			if begins(tokens, term) {
				return true
			}
			tokens = tokens[1:]
		}
	}
	return false
}

func begins(tokens []string, term query.Term) bool {
	for i, want := range term.Tokens {
		if last := i == len(term.Tokens)-1; tokens[i] != want && !(last && term.Prefix && strings.HasPrefix(tokens[i], want)) {
			return false
		}
	}
	return true
}
