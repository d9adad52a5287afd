package indextest

import (
	"strings"
	"testing"

	"dateline"
	"dateline/index"
)

// speaking returns articles that speak of days, the newest first; each has its
// capture for a headline.
func speaking() []dateline.Article {
	var list []dateline.Article
	for _, x := range []struct{ capture, published, text string }{
		{"meeting", "2022-02-10", "On [2022-02-10] ministers met; letters of [2022-01-28] and [2022-02-01], drafts of late [2021]."},
		{"evening", "2022-01-28T23:00:00Z", "On [2022-01-28] in the evening, on [2022-01-28] at night and [2022-01-28T22:10]."},
		{"month", "2021-12-05", "In [2021-11] and for [P3D], [PRESENT_REF], some time in [XXXX-02]."},
		{"week", "2021-11-20", "The weekend [2021-W46-WE], before it [2021-W45]."},
		{"nineties", "2000-01-01", "In the [199], in [1998-WI] and all through the [19]."},
		{"old", "1999-01-01", "On [0001-01-01] and on [9999-12-31]."},
		{"silent", "1998-01-01", "No day at all."},
	} {
		list = append(list, written(x.capture, x.published, x.text))
	}
	return list
}

// spokenCases are queries over speaking and what they find.
var spokenCases = []struct{ query, want string }{
	{"when:2022-01-28", "meeting evening"},
	{"when:2022-01-27", ""},
	{"when:2022-01-29", ""},
	{"when:2022-01", "meeting evening"},
	{"when:2022", "meeting evening"},
	{"when:2021", "meeting month week"},
	{"when:2021-11-30", "meeting month"},
	{"when:2021-12", "meeting"},
	{"when:2021-11-20", "meeting month week"},
	{"when:2021-11-13..2021-11-14", "meeting month week"},
	{"when:2021-11..2022-01", "meeting evening month week"},
	{"when:2022-01-29..2022-01-31", ""},
	{"when:2022-02-02..", "meeting old"},
	{"when:..2000", "nineties old"},
	{"when:1994", ""},
	{"when:1990..1999", "nineties"},
	{"when:1991..1997", ""},
	{"when:1999-01", "nineties"},
	{"when:1998-11", ""},
	{"when:1900..1999", "nineties"},
	{"when:0001", "old"},
	{"when:9999-12-31", "old"},

	// within OR, NOT and with everything else
	{"-when:2021", "evening nineties old silent"},
	{"-when:0001..9999", "silent"},
	{"when:2022-01-28 -when:2022-02-10", "evening"},
	{"when:2022-01-28 OR silent", "meeting evening silent"},
	{"when:2022-02-10 OR when:9999", "meeting old"},
	{"when:2022-01-28 after:2022-02", "meeting"},
	{"(when:2022-01-28 OR when:1999) before:2022-02", "evening nineties"},
	{"-(when:2022-01-28 OR old) -silent", "month week nineties"},
	{"ministers when:2022-01-28", "meeting"},
	{"ministers when:2022-01-29", ""},
}

// testSpoken asks for days that texts speak of, and then changes the texts.
func testSpoken(t *testing.T, open Open) {
	ar := opened(t, open)
	list := speaking()
	ar.add(t, list...)
	for _, test := range spokenCases {
		if got := ar.search(t, test.query, index.Options{}); got != test.want {
			t.Errorf("Search(%q)\n got %q\nwant %q", test.query, got, test.want)
		}
		if f := ar.facets(t, test.query); f.Total != len(strings.Fields(test.want)) {
			t.Errorf("Facets(%q): total %d, want those of %q", test.query, f.Total, test.want)
		}
		if n := len(strings.Fields(ar.search(t, test.query, index.Options{Rank: true}))); n != len(strings.Fields(test.want)) {
			t.Errorf("Search(%q), ranked: %d hits, want %q", test.query, n, test.want)
		}
	}

	// A newer version speaks of another day, and then proves to be no article.
	wantBoth := func(when, first, second string) {
		t.Helper()
		if got := ar.search(t, "when:2022-01-28", index.Options{}); got != first {
			t.Errorf("%s: on 2022-01-28 %q, want %q", when, got, first)
		}
		if got := ar.search(t, "when:2023-05-06", index.Options{}); got != second {
			t.Errorf("%s: on 2023-05-06 %q, want %q", when, got, second)
		}
	}
	next := list[1]
	next.Capture, next.Fetched, next.Text = "later", "2023-05-06T00:00:00Z", "Now on [2023-05-06]."
	ar.add(t, next)
	wantBoth("after a newer version", "meeting", "later")
	next.Skip = dateline.SkipNotFound
	ar.add(t, next)
	wantBoth("after that was skipped", "meeting evening", "")
	list[1].Text = "Corrected: on [2023-05-06]."
	ar.add(t, list[1])
	wantBoth("after a change in place", "meeting", "evening")
}
