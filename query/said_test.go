package query_test

import (
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/query"
)

// statements are what Selects is asked about; each is "NAME: WORDS", or
// "NAME? WORDS" for one that is not sure.
var statements = []string{
	"Josep Borrell: We sent one answer to the letter",
	"Josep Borrell? the ministers will meet",
	"Sergey Lavrov: The letter was for ministers",
	"the ministry: no answer yet",
}

// TestSelects asks which of the statements of one article a query selects.
func TestSelects(t *testing.T) {
	for _, test := range []struct {
		query string
		all   bool
		want  string // numbers of statements, from 1
	}{
		{"", false, "1 3 4"},
		{"", true, "1 2 3 4"},
		{"ferry lang:en -late after:2022", false, "1 3 4"},
		{"who:borrell", false, "1"},
		{"who:borrell", true, "1 2"},
		{`who:"Josep Borrell"`, true, "1 2"},
		{`who:"Borrell Josep"`, true, ""},
		{"who:ministry", false, "4"},
		{"who:borr*", false, "1"},
		{"who:borr", false, ""},
		{"said:letter", false, "1 3"},
		{"said:minist*", true, "2 3"},
		{`said:"one answer"`, false, "1"},
		{`said:"answer one"`, false, ""},
		{"said:we", false, "1"},
		{"who:borrell said:letter", false, "1"},
		{"who:lavrov said:answer", false, ""},
		{"who:borrell who:lavrov said:letter", false, "1 3"},
		{"said:answer said:ministers", false, "1 3 4"},
		{"who:borrell OR said:yet", false, "1 4"},
		{"(who:borrell OR who:lavrov) said:ministers", true, "2 3"},
		{"(who:borrell OR said:yet) lang:en", false, "1 4"},
		{"who:lavrov OR ferry", false, "1 3 4"},
		{"-who:lavrov", false, "1 3 4"},
		{"tag:russia", false, "1 3 4"},
	} {
		q, err := query.Parse(test.query)
		if err != nil {
			t.Fatal(err)
		}
		q.Doubtful = test.all
		var got []string
		for i, text := range statements {
			at := strings.IndexAny(text, ":?")
			a := &dateline.Article{Text: text}
			s := &dateline.Statement{Content: []dateline.Span{{Start: at + 2, End: len(text)}}, Kind: "direct", Who: text[:at]}
			if s.Who == "the ministry" { // named here, but not known by a name
				s.Who, s.Speaker = "", []dateline.Span{{Start: 0, End: at}}
			}
			if text[at] == '?' {
				s.Kind = "indirect"
			}
			if q.Selects(a, s) {
				got = append(got, string(rune('1'+i)))
			}
		}
		if want := strings.Fields(test.want); !slices.Equal(got, want) {
			t.Errorf("%q, doubtful %t, selects %q, want %q", test.query, test.all, got, want)
		}
	}
}

func TestStatements(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "letter": false, "tag:x by:y": false, "-who:a": false, "when:2022 -(who:a OR b)": false,
		"who:a": true, "letter said:a": true, "a OR (b said:c)": true,
	} {
		q, err := query.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Statements(); got != want {
			t.Errorf("%q asks for statements: %t, want %t", text, got, want)
		}
	}
}
