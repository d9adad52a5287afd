// Package indextest is the contract of package index as a test. An
// implementation's own test file calls [TestIndex], and [Found] in tests of its own.
//
//	index.go      words, fields, order, pages, facets, versions
//	spoken.go     days that texts speak of
//	said.go       who said what
//	together.go   articles that belong together
//	named.go      people, organisations and places that texts name
//	random.go     random queries, compared with what doc/query.md says in code
//	findings.go   texts that bear their findings
package indextest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/index"
	"dateline/index/field"
	"dateline/query"
	"dateline/store"
	"dateline/store/storetest"
)

// An Open returns a new and empty index, as long as the test runs, that asks
// source for versions. Beside source it sees nothing of what is stored.
type Open func(t *testing.T, source index.Source) index.Index

// An archive is what an index is tested in: articles and findings are put in
// logs before they are given to the index.
type archive struct {
	articles store.Log[dateline.Article]
	findings store.Log[dateline.Findings]
	index    index.Index
}

func opened(t *testing.T, open Open) archive {
	t.Helper()
	ar := archive{
		articles: store.NewMemory(func(a dateline.Article) string { return string(a.Capture) }),
		findings: store.NewMemory(func(f dateline.Findings) string { return string(f.Capture) }),
	}
	ar.index = open(t, store.Scan{Articles: ar.articles, Findings: ar.findings})
	return ar
}

// TestIndex tests the index that open returns.
func TestIndex(t *testing.T, open Open) {
	t.Run("cursors", func(t *testing.T) {
		storetest.TestCursors(t, func(t *testing.T) store.Cursors { return open(t, store.Scan{}) })
	})
	t.Run("search", func(t *testing.T) { testSearch(t, filled(t, open)) })
	t.Run("revision", func(t *testing.T) { testRevision(t, filled(t, open)) })
	t.Run("rank", func(t *testing.T) { testRank(t, filled(t, open)) })
	t.Run("pages", func(t *testing.T) { testPages(t, filled(t, open)) })
	t.Run("facets", func(t *testing.T) { testFacets(t, filled(t, open)) })
	t.Run("facets agree with search", func(t *testing.T) { testFacetsAgree(t, filled(t, open)) })
	t.Run("articles that belong together", func(t *testing.T) { testTogether(t, filled(t, open)) })
	t.Run("days spoken of", func(t *testing.T) { testSpoken(t, open) })
	t.Run("statements", func(t *testing.T) { testSaid(t, open) })
	t.Run("names", func(t *testing.T) { testNamed(t, opened(t, open)) })
	t.Run("versions", func(t *testing.T) { testVersions(t, open) })
	t.Run("one second", func(t *testing.T) { testOneSecond(t, opened(t, open)) })
	t.Run("add all or none", func(t *testing.T) { testAddAtomic(t, opened(t, open)) })
	t.Run("rank only the newest", func(t *testing.T) { testRankNewest(t, opened(t, open)) })
	t.Run("random queries", func(t *testing.T) { testRandom(t, opened(t, open)) })
	t.Run("largest query", func(t *testing.T) { testLargest(t, filled(t, open)) })
}

func filled(t *testing.T, open Open) archive {
	t.Helper()
	ar := opened(t, open)
	ar.add(t, articles()...)
	return ar
}

// written returns an article that has its capture for a headline.
func written(capture, published, text string) dateline.Article {
	url := "https://news.example/" + capture
	return dateline.Article{ID: dateline.NewArticleID(url), Capture: dateline.CaptureID(capture), URL: url,
		Published: dateline.Date(published), Headline: capture, Text: text}
}

// add puts the articles in the log and then in the index, in one call each,
// with what findingsIn says of them.
func (ar archive) add(t *testing.T, list ...dateline.Article) {
	t.Helper()
	if err := ar.articles.Put(t.Context(), list...); err != nil {
		t.Fatal(err)
	}
	docs := make([]index.Doc, len(list))
	var findings []dateline.Findings
	for i := range list {
		docs[i].Article = &list[i]
		if f := findingsIn(&list[i]); f != nil {
			docs[i].Findings = f
			findings = append(findings, *f)
		}
	}
	if err := ar.findings.Put(t.Context(), findings...); err != nil {
		t.Fatal(err)
	}
	if err := ar.index.Add(t.Context(), docs...); err != nil {
		t.Fatal(err)
	}
}

// search returns the captures that the query finds, separated by spaces.
func (ar archive) search(t *testing.T, s string, o index.Options) string {
	t.Helper()
	q, err := query.Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	var found []string
	for hit, err := range ar.index.Search(t.Context(), q, o) {
		if err != nil {
			t.Fatalf("Search(%q): %v", s, err)
		}
		found = append(found, string(hit.Capture))
	}
	return strings.Join(found, " ")
}

// Found returns how many articles the query s finds in x. The facets must count as many.
func Found(t testing.TB, x index.Index, s string) (n int) {
	t.Helper()
	q, err := query.Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	for _, err := range x.Search(t.Context(), q, index.Options{}) {
		if err != nil {
			t.Fatalf("Search(%q): %v", s, err)
		}
		n++
	}
	if f, err := x.Facets(t.Context(), q); err != nil || f.Total != n {
		t.Errorf("%q: Search finds %d, Facets counts %d, %v", s, n, f.Total, err)
	}
	return n
}

// articles returns the articles that the cases question, in no order.
// The capture is their name; each is an article of its own.
func articles() []dateline.Article {
	list := []dateline.Article{
		{Capture: "letter", Published: "2022-02-10T11:26:00Z", Lang: "en-GB", Section: "World",
			Headline: "Borrell answers Lavrov's letter", Deck: "A reply on behalf of the Union",
			Bylines: []string{"Zoë Müller", "Ana Lima"}, Tags: []string{"Josep Borrell", "Russia"},
			Publisher: dateline.Publisher{Name: "Example Wire", Site: "wire.example"},
			Text:      "The high representative sent one answer in coordination with the U.S. side.\n\nMinisters met on Thursday."},
		{Capture: "talks", Published: "2022-02-10", Lang: "en", Section: "World",
			Headline: "Ministers talk", Bylines: []string{"Lima Ana"}, Tags: []string{"russia", "C++"},
			Publisher: dateline.Publisher{Name: "The Daily Example", Site: "daily.example"},
			Text:      "A minister said the answer was late. Ministerial talks go on at the café."},
		{Capture: "march", Published: "2022-03", Lang: "de-AT", Section: "Politik",
			Headline: "Straße gesperrt", Publisher: dateline.Publisher{Site: "zeitung.example"},
			Text: "Die Straßen in Łódź bleiben gesperrt, sagt Özdemir."},
		{Capture: "old", Published: "1969-07-20T20:17:00Z", Lang: "en", Headline: "On the moon",
			Publisher: dateline.Publisher{Name: "Example Wire", Site: "wire.example"}, Text: "Men on the moon. The answer is yes."},
		{Capture: "year", Published: "2021", Lang: "ru", Headline: "Ёлка года",
			Text: "Самая высокая ёлка стояла в Киеве, й и и."},
		{Capture: "zone", Published: "2022-03-01T01:30:00+03:00", Lang: "el", Headline: "Ο Οδυσσέας",
			Text: "Ο Οδυσσεύς ΟΔΥΣΣΕΥΣ γύρισε."},
		{Capture: "chinese", Published: "2023-05-01", Lang: "zh-Hans", Headline: "外交部长会见", Bylines: []string{"本报记者王小明 北京"},
			Text: "中国外交部长在北京会见了德国总理。iPhone 手机价格上涨。", Tags: []string{"中国"}},
		{Capture: "thai", Published: "2023-05-02", Lang: "th", Headline: "นายกรัฐมนตรี", Text: "นายกรัฐมนตรีแถลงข่าวที่กรุงเทพ"},
		{Capture: "undated", Fetched: "2024-01-01T00:00:00Z", Lang: "en", Headline: "No date", Text: "An answer without a date, e\u0301te\u0301."},
		{Capture: "undated2", Lang: "en", Headline: "No date, no time", Text: "One more answer."},
		{Capture: "front", Published: "2022-02-11", Skip: dateline.SkipFront, Headline: "Answer", Text: "answer"},
	}
	for i := range list {
		a := &list[i]
		a.URL = "https://news.example/" + string(a.Capture)
		a.Canonical = a.URL
		a.ID = dateline.NewArticleID(a.Canonical)
	}
	return list
}

// searchCases are queries over articles and what they find, newest first.
var searchCases = []struct{ query, want string }{
	// everything: by time, the undated last and by the time fetched
	{"", "thai chinese march zone letter talks year old undated undated2"},

	// words
	{"answer", "letter talks old undated undated2"},
	{"ANSWER", "letter talks old undated undated2"},
	{"nosuchword", ""},
	{"Lavrov", "letter"},
	{"behalf", "letter"},
	{"ministers", "letter talks"},
	{"minister", "talks"},
	{"minister*", "letter talks"},
	{"ministeri*", "talks"},
	{"answer late", "talks"},
	{"answer,", "letter talks old undated undated2"},
	{"answer & late –", "talks"},
	{"U.S.", "letter"},
	{"U.S*", "letter"},
	{"S.U.", ""},

	// letters: case, marks, other shapes
	{"cafe", "talks"},
	{"CAFÉ", "talks"},
	{"ete", "undated"},
	{"été", "undated"},
	{"strasse", "march"},
	{"STRASSEN", "march"},
	{"lodz", "march"},
	{"ozdemir", "march"},
	{"Ｏｚｄｅｍｉｒ", "march"},
	{"елка", "year"},
	{"ЁЛКА", "year"},
	{"οδυσσευς", "zone"},
	{"οδυσσεας", "zone"},

	// phrases
	{`"one answer"`, "letter"},
	{`"answer one"`, ""},
	{`"One, Answer!"`, "letter"},
	{`"the u.s. side"`, "letter"},
	{`"letter a"`, ""}, // not from the headline into the deck
	{`"side ministers"`, "letter"},
	{`“one answer”`, "letter"},

	// scripts without spaces
	{"外交部长", "chinese"},
	{"外交 会见", "chinese"},
	{"部外", ""},
	{"德", "chinese"},
	{"理", "chinese"},
	{"馬", ""},
	{"北京会见", "chinese"},
	{"手机", "chinese"},
	{`"iPhone 手机"`, "chinese"},
	{`"iPhone 手"`, "chinese"},
	{`"手机 iPhone"`, ""},
	{"手*", "chinese"},
	{"รัฐมนตรี", "thai"},
	{"กรุงเทพ -手机", "thai"},

	// and, or, not, parentheses
	{"answer OR moon", "letter talks old undated undated2"},
	{"late OR lavrov moon", "talks"},
	{"late OR (lavrov OR moon)", "letter talks old"},
	{"(late OR lavrov) answer", "letter talks"},
	{"answer AND late", "talks"},
	{"answer -late", "letter old undated undated2"},
	{"answer NOT late", "letter old undated undated2"},
	{"answer -(late OR moon)", "letter undated undated2"},
	{`answer -"one answer"`, "talks old undated undated2"},
	{"-answer", "thai chinese march zone year"},
	{"-answer -lang:zh -lang:th", "march zone year"},
	{"--lavrov", "letter"},
	{"moon OR -answer", "thai chinese march zone year old"},
	{"-(moon OR -answer)", "letter talks undated undated2"},

	// fields
	{`publisher:"example wire"`, "letter old"},
	{"publisher:wire.example", "letter old"},
	{"publisher:zeitung.example", "march"},
	{"publisher:example", ""},
	{"publisher:wire.example answer -moon", "letter"},
	{"by:muller", "letter"},
	{`by:"ana lima"`, "letter"},
	{`by:"lima ana"`, "talks"},
	{`by:"muller ana"`, ""}, // not from one byline into the next
	{"by:lima", "letter talks"},
	{"by:lim*", "letter talks"},
	{"by:lim", ""},
	{"by:王小明", "chinese"},
	{"by:记者", "chinese"}, // within a run of characters
	{"by:明王", ""},
	{"by:answer", ""},
	{"muller", ""}, // bylines are not text
	{"tag:russia", "letter talks"},
	{"tag:RUSSIA", "letter talks"},
	{`tag:"josep borrell"`, "letter"},
	{"tag:borrell", ""},
	{"tag:c++", "talks"},
	{"tag:c", ""},
	{"tag:中国", "chinese"},
	{"-tag:russia answer", "old undated undated2"},
	{"section:world", "letter talks"},
	{"section:politik", "march"},
	{"lang:en", "letter talks old undated undated2"},
	{"lang:EN-gb", "letter"},
	{"lang:de", "march"},
	{"lang:zh", "chinese"},
	{"Lang:th OR lang:zh", "thai chinese"},

	// bounds
	{"after:2022", "thai chinese march zone letter talks"},
	{"after:2022-02-10", "thai chinese march zone letter talks"},
	{"after:2022-02-11", "thai chinese march zone"},
	{"after:2022-03", "thai chinese march"},
	{"after:2023-05-02", "thai"},
	{"before:2022", "year old"},
	{"before:2022-02-10", "year old"},
	{"before:2022-02-11", "letter talks year old"},
	{"before:2022-03", "zone letter talks year old"},
	{"after:2022-02 before:2022-03", "zone letter talks"},
	{"after:2021 before:2021-01-02", "year"}, // stands at its beginning
	{"after:2023 before:2022", ""},
	{"answer before:2022", "old"},
	{"answer after:2022-02-10 before:2022-02-11 -late", "letter"},
	{"lang:th OR before:2000", "thai old"},
	{"(lang:th OR before:2000 OR lavrov) -moon", "thai letter"},
	{"answer -after:2000", "old undated undated2"},
	{"-after:1000", "undated undated2"},
	{"(answer OR after:2023) (lang:th OR before:2000)", "thai old"},
	{"after:2022 (answer OR after:2023-05-02)", "thai letter talks"},
	{"answer OR (after:2022-03 before:2022-04)", "march letter talks old undated undated2"},
}

func testSearch(t *testing.T, ar archive) {
	for _, test := range searchCases {
		if got := ar.search(t, test.query, index.Options{}); got != test.want {
			t.Errorf("Search(%q)\n got %q\nwant %q", test.query, got, test.want)
		}
		ranked := strings.Fields(ar.search(t, test.query, index.Options{Rank: true}))
		want := strings.Fields(test.want)
		slices.Sort(ranked)
		slices.Sort(want)
		if !slices.Equal(ranked, want) {
			t.Errorf("Search(%q), ranked\n got %q\nwant %q in any order", test.query, ranked, want)
		}
	}
}

// testRevision wants one name for the state of an index until it changes.
func testRevision(t *testing.T, ar archive) {
	revision := func() string {
		name, err := ar.index.Revision(t.Context())
		if err != nil || name == "" {
			t.Fatalf("revision %q, %v", name, err)
		}
		return name
	}
	first := revision()
	ar.search(t, "answer", index.Options{})
	ar.facets(t, "answer")
	if got := revision(); got != first {
		t.Errorf("after a search: revision %q, was %q", got, first)
	}
	ar.add(t, written("another", "2022-02-12", "One more answer."))
	if got := revision(); got == first {
		t.Errorf("after an article was added: revision %q as before", got)
	}
}

func testRank(t *testing.T, ar archive) {
	for _, test := range []struct{ query, first string }{
		{"lavrov OR answer", "letter"}, // the rarer word
		{"ministers", "talks"},         // in the headline
		{"moon", "old"},
		{"lang:en", "letter"}, // no word: newest first
		{"moon OR after:2023", "old"},
	} {
		if got := ar.search(t, test.query, index.Options{Rank: true, Limit: 1}); got != test.first {
			t.Errorf("Search(%q), ranked: first is %q, want %q", test.query, got, test.first)
		}
	}
	last := 0.0
	q := query.Query{Root: query.Word{Text: "answer"}}
	for hit, err := range ar.index.Search(t.Context(), q, index.Options{Rank: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if hit.Score <= 0 || last > 0 && hit.Score > last {
			t.Errorf("score %v after %v", hit.Score, last)
		}
		last = hit.Score
	}
	for hit, err := range ar.index.Search(t.Context(), q, index.Options{}) {
		if err != nil || hit.Score != 0 {
			t.Errorf("newest first: score %v, %v; want 0", hit.Score, err)
		}
	}
}

func testPages(t *testing.T, ar archive) {
	for _, s := range []string{"", "answer", "answer OR before:2000"} {
		for _, rank := range []bool{false, true} {
			all := strings.Fields(ar.search(t, s, index.Options{Rank: rank}))
			for offset := range len(all) + 2 {
				for limit := range len(all) + 2 {
					from := min(offset, len(all))
					to := min(from+limit, len(all))
					if limit == 0 {
						to = len(all)
					}
					want := strings.Join(all[from:to], " ")
					o := index.Options{Limit: limit, Offset: offset, Rank: rank}
					if got := ar.search(t, s, o); got != want {
						t.Errorf("Search(%q, %+v)\n got %q\nwant %q", s, o, got, want)
					}
				}
			}
		}
	}
}

func testFacets(t *testing.T, ar archive) {
	for _, test := range []struct{ query, want string }{
		{"", `total 10, undated 4
publishers: Example Wire 2, The Daily Example 1, zeitung.example 1
langs: en 5, de 1, el 1, ru 1, th 1, zh 1
sections: World 2, Politik 1
tags: Russia 2, C++ 1, Josep Borrell 1, 中国 1
days: 1969-07-20 1, 2022-02-10 2, 2022-02-28 1, 2023-05-01 1, 2023-05-02 1
months: 1969-07 1, 2022-02 3, 2022-03 1, 2023-05 2
`},
		{"answer", `total 5, undated 2
publishers: Example Wire 2, The Daily Example 1
langs: en 5
sections: World 2
tags: Russia 2, C++ 1, Josep Borrell 1
days: 1969-07-20 1, 2022-02-10 2
months: 1969-07 1, 2022-02 2
`},
		{"moon OR after:2023", `total 3, undated 0
publishers: Example Wire 1
langs: en 1, th 1, zh 1
sections:
tags: 中国 1
days: 1969-07-20 1, 2023-05-01 1, 2023-05-02 1
months: 1969-07 1, 2023-05 2
`},
		{"before:2022-02-10 after:1970", `total 1, undated 1
publishers:
langs: ru 1
sections:
tags:
days:
months:
`},
		{"nosuchword", "total 0, undated 0\npublishers:\nlangs:\nsections:\ntags:\ndays:\nmonths:\n"},
	} {
		if got := facetText(ar.facets(t, test.query)); got != test.want {
			t.Errorf("Facets(%q)\n got %s\nwant %s", test.query, got, test.want)
		}
	}
}

func (ar archive) facets(t *testing.T, s string) index.Facets {
	t.Helper()
	q, err := query.Parse(s)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	f, err := ar.index.Facets(t.Context(), q)
	if err != nil {
		t.Fatalf("Facets(%q): %v", s, err)
	}
	return f
}

func facetText(f index.Facets) string {
	var b strings.Builder
	fmt.Fprintf(&b, "total %d, undated %d\n", f.Total, f.Undated)
	for _, list := range []struct {
		name   string
		counts []index.Count
	}{
		{"publishers", f.Of("publisher")}, {"langs", f.Of("lang")}, {"sections", f.Of("section")},
		{"tags", f.Of("tag")}, {"days", f.Days}, {"months", f.Months},
	} {
		b.WriteString(strings.TrimRight(list.name+": "+countText(list.counts), " ") + "\n")
	}
	return b.String()
}

func countText(counts []index.Count) string {
	list := make([]string, len(counts))
	for i, c := range counts {
		list[i] = fmt.Sprintf("%s %d", c.Value, c.N)
	}
	return strings.Join(list, ", ")
}

// testFacetsAgree checks that a search for each value finds as many as counted.
func testFacetsAgree(t *testing.T, ar archive) {
	for _, s := range []string{"", "answer", "answer OR after:2023"} {
		f := ar.facets(t, s)
		q, err := query.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(strings.Fields(ar.search(t, s, index.Options{}))); n != f.Total {
			t.Errorf("Facets(%q): total %d, Search finds %d", s, f.Total, n)
		}
		for _, x := range field.Facets() {
			for _, c := range f.Of(x.Name) {
				narrow := q.And(query.Filter{Field: x.Name, Value: c.Value}).String()
				n := len(strings.Fields(ar.search(t, narrow, index.Options{})))
				if n < c.N || n > c.N && x.Kind != field.Speaker {
					t.Errorf("Facets(%q): %s %q %d times, Search(%q) finds %d", s, x.Name, c.Value, c.N, narrow, n)
				}
			}
		}
	}
}

// testVersions adds captures of two addresses one after the other and looks
// at what is found after each.
func testVersions(t *testing.T, open Open) {
	version := func(article, capture, fetched, published, text string) dateline.Article {
		return dateline.Article{ID: dateline.ArticleID(article), Capture: dateline.CaptureID(capture),
			URL: "https://news.example/" + article, Fetched: fetched, Published: dateline.Date(published), Headline: "Flood", Text: text}
	}
	skipped := func(a dateline.Article) dateline.Article {
		a.Skip = dateline.SkipNotFound
		return a
	}
	v1 := version("a1", "v1", "2022-01-01T00:00:00Z", "2022-01-01", "one")
	v2 := version("a1", "v2", "2022-01-02T00:00:00Z", "2022-01-02", "two")
	v3 := version("a1", "v3", "2022-01-03T00:00:00Z", "", "three")
	other := version("a2", "w1", "2022-01-01T00:00:00Z", "2022-01-01", "other")
	const all = "flood"
	type step struct {
		add  []dateline.Article
		want string // for all
		gone string // a word that finds nothing
	}
	for _, test := range []struct {
		name  string
		steps []step
	}{
		{"newer replaces", []step{{[]dateline.Article{v1, other}, "w1 v1", "two"}, {[]dateline.Article{v2}, "v2 w1", "one"}, {[]dateline.Article{v3}, "w1 v3", "two"}}},
		{"older is passed over", []step{{[]dateline.Article{v2}, "v2", "one"}, {[]dateline.Article{v1}, "v2", "one"}}},
		{"in one call", []step{{[]dateline.Article{v1, v2, other}, "v2 w1", "one"}}},
		{"in one call, newest first", []step{{[]dateline.Article{v3, v1, v2}, "v3", "two"}}},
		{"same time: later added", []step{{[]dateline.Article{v1}, "v1", "two"},
			{[]dateline.Article{version("a1", "v9", v1.Fetched, "2022-01-01", "two")}, "v9", "one"}}},
		{"added twice", []step{{[]dateline.Article{v1}, "v1", ""}, {[]dateline.Article{v1, v1}, "v1", ""}}},
		{"changed in place", []step{{[]dateline.Article{v1}, "v1", "two"},
			{[]dateline.Article{version("a1", "v1", v1.Fetched, "2022-01-01", "two")}, "v1", "one"}}},
		{"newest is skipped", []step{{[]dateline.Article{v1}, "v1", ""}, {[]dateline.Article{skipped(v2)}, "v1", "two"}}},
		{"becomes skipped", []step{{[]dateline.Article{v1, v2}, "v2", "one"}, {[]dateline.Article{skipped(v2)}, "v1", "two"}}},
		{"only one becomes skipped", []step{{[]dateline.Article{v1}, "v1", ""}, {[]dateline.Article{skipped(v1)}, "", "one"}}},
		{"becomes an article", []step{{[]dateline.Article{skipped(v1)}, "", "one"}, {[]dateline.Article{v1}, "v1", ""}}},
		{"another address", []step{{[]dateline.Article{v1, v2}, "v2", "one"},
			{[]dateline.Article{version("a2", "v2", v2.Fetched, "2022-01-02", "two")}, "v2 v1", ""}}},
		{"another address, in one call", []step{{[]dateline.Article{v1, v2, version("a2", "v2", v2.Fetched, "2022-01-02", "new")}, "v2 v1", "two"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			ar := opened(t, open)
			for i, s := range test.steps {
				ar.add(t, s.add...)
				found := ar.search(t, all, index.Options{})
				// Versions of one day stand in any order.
				if got, want := strings.Fields(found), strings.Fields(s.want); found != s.want && !(len(got) == 2 && got[0] == want[1] && got[1] == want[0] && want[1] == "v1" && want[0] == "w1") {
					t.Errorf("step %d: found %q, want %q", i, found, s.want)
				}
				if f := ar.facets(t, all); f.Total != len(strings.Fields(s.want)) {
					t.Errorf("step %d: facets count %d, want %d", i, f.Total, len(strings.Fields(s.want)))
				}
				if found := ar.search(t, s.gone, index.Options{}); s.gone != "" && found != "" {
					t.Errorf("step %d: Search(%s) found %q, want nothing", i, s.gone, found)
				}
			}
		})
	}
}

// testOneSecond adds many articles with the same publication time.
func testOneSecond(t *testing.T, ar archive) {
	const n = 1500
	var list []dateline.Article
	for i := range n {
		id := fmt.Sprintf("%05d", i)
		list = append(list, dateline.Article{ID: dateline.ArticleID("a" + id), Capture: dateline.CaptureID("c" + id),
			URL: "https://news.example/" + id, Published: "2022-02-10", Headline: "Same day"})
	}
	ar.add(t, list[:700]...)
	ar.add(t, list[700:]...)
	ar.add(t, list[:10]...)
	for _, s := range []string{"day", "day after:2022-02-10 before:2022-02-11"} {
		found := strings.Fields(ar.search(t, s, index.Options{}))
		slices.Sort(found)
		if distinct := len(slices.Compact(found)); distinct != n {
			t.Errorf("Search(%q) found %d articles, want %d", s, distinct, n)
		}
	}
	if f := ar.facets(t, ""); len(f.Days) != 1 || f.Days[0] != (index.Count{Value: "2022-02-10", N: n}) {
		t.Errorf("days %v, want one of %d", f.Days, n)
	}
}

func testAddAtomic(t *testing.T, ar archive) {
	good := articles()[0]
	if err := ar.articles.Put(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	if err := ar.index.Add(t.Context(), index.Doc{Article: &good}, index.Doc{Article: &dateline.Article{}}); err == nil {
		t.Error("Add of an article without id: no error")
	}
	if found := ar.search(t, "", index.Options{}); found != "" {
		t.Errorf("after a failed Add, Search finds %q, want nothing", found)
	}
	q := query.Query{Root: query.Filter{Field: "nosuchfield", Value: "x"}}
	var last error
	for _, err := range ar.index.Search(t.Context(), q, index.Options{}) {
		last = err
	}
	if last == nil || errors.Is(last, dateline.ErrNotFound) {
		t.Errorf("Search for a field that does not exist: %v, want an error", last)
	}
}

// testRankNewest ranks more hits than index.RankExact. The oldest article is
// the best match, too old to be ranked; the newest but one comes first.
func testRankNewest(t *testing.T, ar archive) {
	const n = index.RankExact + 50
	list := make([]dateline.Article, n)
	start := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range list {
		id := fmt.Sprintf("%05d", i)
		list[i] = dateline.Article{ID: dateline.ArticleID("a" + id), Capture: dateline.CaptureID("c" + id), Text: "flood in town",
			Published: dateline.Date(start.Add(time.Duration(i) * time.Hour).Format(time.RFC3339))}
	}
	list[0].Headline, list[n-2].Headline = "Flood flood", "Flood"
	ar.add(t, list...)
	found := strings.Fields(ar.search(t, "flood", index.Options{Rank: true, Limit: index.RankNewest + 2}))
	want := []string{"c20048", "c20049", "c20047", "c20046"}
	if !slices.Equal(found[:4], want) {
		t.Errorf("the first hits are %q, want %q", found[:4], want)
	}
	want = []string{"c15050", "c15049", "c15048"} // the last one ranked, then the next older
	if last := found[index.RankNewest-1:]; !slices.Equal(last, want) {
		t.Errorf("the hits from %d on are %q, want %q", index.RankNewest, last, want)
	}
	var score float64
	scored := 0
	q := query.Query{Root: query.Word{Text: "flood"}}
	for hit, err := range ar.index.Search(t.Context(), q, index.Options{Rank: true, Offset: index.RankNewest - 5, Limit: 10}) {
		if err != nil {
			t.Fatal(err)
		}
		if score = hit.Score; score > 0 {
			scored++
		}
	}
	if scored != 5 || score != 0 {
		t.Errorf("of the hits around %d, %d have a score, want 5", index.RankNewest, scored)
	}
}

// testLargest asks the longest and deepest queries that can be parsed.
func testLargest(t *testing.T, ar archive) {
	deep := strings.Repeat("(", query.MaxDepth-1) + "moon" + strings.Repeat(" late OR answer)", query.MaxDepth-1)
	for _, s := range []string{
		strings.Repeat("(a b OR ", query.MaxDepth) + "moon" + strings.Repeat(")", query.MaxDepth),
		strings.Repeat("-(a b OR ", query.MaxDepth/2) + "moon" + strings.Repeat(")", query.MaxDepth/2),
		strings.Repeat("(x OR -y z ", query.MaxDepth-1) + "moon" + strings.Repeat(")", query.MaxDepth-1),
		strings.Repeat("x OR y -(z OR ", query.MaxDepth/2) + "moon" + strings.Repeat(")", query.MaxDepth/2),
		strings.Repeat("-(x OR y ", query.MaxDepth/2) + "before:2000" + strings.Repeat(")", query.MaxDepth/2),
		strings.Repeat("-(x OR ", query.MaxDepth/2) + "before:2000" + strings.Repeat(")", query.MaxDepth/2),
		deep,
		"moon" + strings.Repeat(" OR x", (query.MaxLength-4)/5),
		"moon" + strings.Repeat(" OR -x", 10) + strings.Repeat(" -q", (query.MaxLength-70)/3),
		"moon" + strings.Repeat(" OR before:1000", (query.MaxLength-4)/15),
		"moon" + strings.Repeat(" OR when:1000", (query.MaxLength-4)/13),
		"moon" + strings.Repeat(" -when:1000", (query.MaxLength-4)/11),
		"moon" + strings.Repeat(" OR said:x", (query.MaxLength-4)/10),
		"moon" + strings.Repeat(" said:x", (query.MaxLength-4)/7),
		"moon" + strings.Repeat(" who:x", (query.MaxLength-4)/6),
		"said:y said:z" + strings.Repeat(" who:x", (query.MaxLength-13)/6),
		"moon" + strings.Repeat(" -said:x", (query.MaxLength-4)/8),
		strings.Repeat("-(x OR when:..1000 ", query.MaxDepth/2) + "before:2000" + strings.Repeat(")", query.MaxDepth/2),
		`"` + strings.Repeat("x ", (query.MaxLength-2)/2) + `"`,
		strings.Repeat("x* ", query.MaxStars),
	} {
		q, err := query.Parse(s)
		if err != nil {
			t.Errorf("Parse(%.40q…): %v", s, err)
			continue
		}
		for _, rank := range []bool{false, true} {
			for _, err := range ar.index.Search(t.Context(), q, index.Options{Rank: rank}) {
				if err != nil {
					t.Errorf("Search(%.40q…): %.200v", s, err)
				}
			}
		}
		if _, err := ar.index.Facets(t.Context(), q); err != nil {
			t.Errorf("Facets(%.40q…): %.200v", s, err)
		}
	}
}
