package query_test

import (
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/query"
)

// statements are what Selects is asked about; each is "NAME: WORDS", or
// "NAME? WORDS" for one that is not sure; "[denied] " before the words is its polarity.
var statements = []string{
	"Josep Borrell: We sent one answer to the letter",
	"Josep Borrell? the ministers will meet",
	"Sergey Lavrov: The letter was for ministers",
	"the ministry: no answer yet",
	"Ana Lima: [denied] an answer",
	"Ana Lima: [not said] when",
}

// TestSelects asks which of the statements of one article a query selects.
func TestSelects(t *testing.T) {
	for _, test := range []struct {
		query string
		all   bool
		want  string // numbers of statements, from 1
	}{
		{"", false, "1 3 4 5 6"},
		{"", true, "1 2 3 4 5 6"},
		{"ferry lang:en -late after:2022", false, "1 3 4 5 6"},
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
		{"said:answer said:ministers", false, "1 3 4 5"},
		{"who:borrell OR said:yet", false, "1 4"},
		{"(who:borrell OR who:lavrov) said:ministers", true, "2 3"},
		{"(who:borrell OR said:yet) lang:en", false, "1 4"},
		{"who:lavrov OR ferry", false, "1 3 4 5 6"},
		{"-who:lavrov", false, "1 3 4 5 6"},
		{"tag:russia", false, "1 3 4 5 6"},
		{"polarity:denied", false, "5"},
		{`polarity:"Not  Said"`, false, "6"},
		{"polarity:said", false, "1 3 4"},
		{"said:answer polarity:denied", false, "5"},
		{"who:borrell polarity:denied", false, ""},
		{"polarity:denied polarity:refused", false, "5"},
		{"-polarity:denied", false, "1 3 4 5 6"},
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
				s.Confidence = 0.01
			}
			if how, ok := strings.CutPrefix(text[at+2:], "["); ok {
				s.Polarity, _, _ = strings.Cut(how, "]")
				s.Content[0].Start += len(s.Polarity) + len("[] ")
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
		"who:a": true, "polarity:asked": true, "letter said:a": true, "a OR (b said:c)": true,
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
