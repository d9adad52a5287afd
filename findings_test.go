package dateline_test

import (
	"testing"

	"dateline"
)

func TestFindingsCheck(t *testing.T) {
	const text = "„Ja“, sagte Müller."
	a := &dateline.Article{Text: text, Deck: "Ja!"}
	mention := func(start, end int, words string) *dateline.Findings {
		return &dateline.Findings{Mentions: []dateline.Mention{{Words: dateline.Words{Start: start, End: end, Text: words}}}}
	}
	statement := func(spans ...dateline.Span) *dateline.Findings {
		return &dateline.Findings{Statements: []dateline.Statement{{Content: spans}}}
	}
	for _, c := range []struct {
		name string
		f    *dateline.Findings
		ok   bool
	}{
		{"nothing found", &dateline.Findings{}, true},
		{"words as they stand", mention(16, 23, "Müller"), true},
		{"other words", mention(16, 23, "Maier!"), false},
		{"within the ü", mention(18, 23, ""), false},
		{"content", statement(dateline.Span{Start: 3, End: 5}), true},
		{"within the quotation mark", statement(dateline.Span{Start: 3, End: 6}), false},
		{"behind the end", statement(dateline.Span{Start: 20, End: 30}), false},
		{"backwards", statement(dateline.Span{Start: 5, End: 3}), false},
		{"before the start", statement(dateline.Span{Start: -1, End: 3}), false},
		{"date", &dateline.Findings{Dates: []dateline.Timex{{Words: dateline.Words{Start: 0, End: 99}}}}, false},
		{"role", &dateline.Findings{Mentions: []dateline.Mention{{Role: &dateline.Role{Words: dateline.Words{Start: 1, End: 3}}}}}, false},
		{"in the deck", &dateline.Findings{Mentions: []dateline.Mention{{Words: dateline.Words{End: 2, Text: "Ja", In: dateline.InDeck}}}}, true},
		{"behind the deck", &dateline.Findings{Statements: []dateline.Statement{{In: dateline.InDeck, Content: []dateline.Span{{Start: 0, End: 5}}}}}, false},
		{"in no part", &dateline.Findings{Mentions: []dateline.Mention{{Words: dateline.Words{End: 2, In: "caption"}}}}, false},
	} {
		if err := c.f.Check(a); (err == nil) != c.ok {
			t.Errorf("%s: Check(%q) = %v, want ok %v", c.name, text, err, c.ok)
		}
	}
}
