package indextest

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// told returns articles that report statements, the newest first; each has
// its capture for a headline.
func told() []dateline.Article {
	var list []dateline.Article
	for _, x := range []struct{ capture, published, text string }{
		{"reply", "2022-02-10", "<Josep Borrell: I sent one answer> to the letter. <Sergey Lavrov: The letter was for ministers, every single one> he said."},
		{"tweet", "2022-02-09", "<Josep Borrell: My letter… is an answer to all> <Josep Borrell? ministers meet>"},
		{"ministry", "2022-02-08", "<the ministry: no answer yet> <Łódź Rail: Wir warten auf Straße 3>"},
		{"rumour", "2022-02-07", "<Sergey Lavrov? an answer was promised> It is late."},
		{"silent", "2022-02-06", "Josep Borrell sent a letter, one answer to all."},
	} {
		list = append(list, written(x.capture, x.published, x.text))
	}
	return list
}

// saidCases are queries over told and what they find; where doubtful
// statements count, too, all.
var saidCases = []struct{ query, want, all string }{
	{"who:borrell", "reply tweet", "reply tweet"},
	{`who:"Josep Borrell"`, "reply tweet", "reply tweet"},
	{`who:"borrell josep"`, "", ""},
	{"who:borr*", "reply tweet", "reply tweet"},
	{"who:borr", "", ""},
	{"who:lavrov", "reply", "reply rumour"},
	{"who:ministry", "ministry", "ministry"},
	{"who:lodz", "ministry", "ministry"},
	{"said:answer", "reply tweet ministry", "reply tweet ministry rumour"},
	{"said:letter", "reply tweet", "reply tweet"},
	{`said:"one answer"`, "reply", "reply"},
	{`said:"letter is an"`, "tweet", "tweet"}, // over the break
	{`said:"answer the letter"`, "", ""},      // not from one statement into the next
	{"said:minist*", "reply", "reply tweet"},
	{"said:STRASSE", "ministry", "ministry"},
	{"said:borrell", "", ""},

	// side by side
	{"who:borrell said:letter", "tweet", "tweet"},
	{"who:borrell said:answer", "reply tweet", "reply tweet"},
	{"who:lavrov said:answer", "", "rumour"},
	{"who:borrell who:lavrov", "reply", "reply"},
	{"who:borrell who:lavrov said:letter", "reply", "reply"},
	{"who:borrell who:ministry said:answer", "", ""},
	{"said:letter said:answer", "reply tweet", "reply tweet"},
	{"who:borrell said:letter said:answer", "tweet", "tweet"},
	{"who:borrell letter", "reply tweet", "reply tweet"},

	// within OR, NOT and with everything else
	{"-who:borrell", "ministry rumour silent", "ministry rumour silent"},
	{"-(who:borrell said:letter)", "reply ministry rumour silent", "reply ministry rumour silent"},
	{"who:borrell -said:letter", "", ""},
	{"who:borrell OR who:ministry", "reply tweet ministry", "reply tweet ministry"},
	{"who:ministry OR late OR said:letter", "reply tweet ministry rumour", "reply tweet ministry rumour"},
	{"(who:lavrov OR who:ministry) said:answer", "reply ministry", "reply ministry rumour"},
	{"who:borrell before:2022-02-10", "tweet", "tweet"},
	{"answer -said:answer", "rumour silent", "silent"},
}

// testSaid asks who said what, and then changes what was said.
func testSaid(t *testing.T, open Open) {
	ar := opened(t, open)
	list := told()
	ar.add(t, list...)
	for _, test := range saidCases {
		if got := ar.search(t, test.query, index.Options{}); got != test.want {
			t.Errorf("Search(%q)\n got %q\nwant %q", test.query, got, test.want)
		}
		if f := ar.facets(t, test.query); f.Total != len(strings.Fields(test.want)) {
			t.Errorf("Facets(%q): total %d, want those of %q", test.query, f.Total, test.want)
		}
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		q.Doubtful = true
		var all []string
		for hit, err := range ar.index.Search(t.Context(), q, index.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(hit.Capture))
		}
		if got := strings.Join(all, " "); got != test.all {
			t.Errorf("Search(%q) of all statements\n got %q\nwant %q", test.query, got, test.all)
		}
	}
	for q, want := range map[string]string{
		"":                        "Josep Borrell 2, Sergey Lavrov 1, Łódź Rail 1",
		"before:2022-02-10":       "Josep Borrell 1, Łódź Rail 1",
		"said:letter":             "Josep Borrell 1, Sergey Lavrov 1",
		"said:answer":             "Josep Borrell 2",
		"said:answer -lavrov":     "Josep Borrell 1",
		"who:borrell":             "Josep Borrell 2, Sergey Lavrov 1",
		"who:borrell said:letter": "",
		"said:letter said:answer": "",
		"silent":                  "",
	} {
		if got := countText(ar.facets(t, q).Of("who")); got != want {
			t.Errorf("Facets(%q): speakers %s, want %s", q, got, want)
		}
	}

	// A newer version has another speaker, and then proves to be no article.
	want := func(when, borrell, lima string) {
		t.Helper()
		if got := ar.search(t, "who:borrell said:answer", index.Options{}); got != borrell {
			t.Errorf("%s: Borrell in %q, want %q", when, got, borrell)
		}
		if got := ar.search(t, "who:lima said:answer", index.Options{}); got != lima {
			t.Errorf("%s: Lima in %q, want %q", when, got, lima)
		}
	}
	next := list[1]
	next.Capture, next.Fetched, next.Text = "later", "2023-05-06T00:00:00Z", "<Ana Lima: an answer>"
	ar.add(t, next)
	want("after a newer version", "reply", "later")
	next.Skip = dateline.SkipNotFound
	ar.add(t, next)
	want("after that was skipped", "reply tweet", "")
	list[1].Text = "<Ana Lima: an answer>"
	ar.add(t, list[1])
	want("after a change in place", "reply", "tweet")
}

// speaks reports whether a has the statements that terms of an And ask for,
// as doc/query.md says.
func speaks(and query.And, a *dateline.Article) bool {
	spoken, _ := and.Spoken()
	if spoken.None() {
		return true
	}
	who, said := spoken.Who, spoken.Said
	f := findingsIn(a)
	if f == nil {
		return false
	}
	var statements []dateline.Statement
	for _, s := range f.Statements {
		how := cmp.Or(s.Polarity, "said")
		if s.Sure(a) && (len(spoken.How) == 0 || slices.ContainsFunc(spoken.How, func(f query.Filter) bool { return strings.EqualFold(f.Value, how) })) {
			statements = append(statements, s)
		}
	}
	by := func(s dateline.Statement, f query.Filter) bool { return within(f.Term(), s.Name(a)) }
	for _, f := range who {
		if !slices.ContainsFunc(statements, func(s dateline.Statement) bool { return by(s, f) }) {
			return false
		}
	}
	for _, f := range said {
		if !slices.ContainsFunc(statements, func(s dateline.Statement) bool {
			return within(f.Term(), s.Said(a)) && (len(who) == 0 || slices.ContainsFunc(who, func(w query.Filter) bool { return by(s, w) }))
		}) {
			return false
		}
	}
	return len(statements) > 0
}
