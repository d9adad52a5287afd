package understand_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	"dateline"
	"dateline/understand"
)

// TestTooLong has findings say what of an article was not read, and find nothing
// there.
func TestTooLong(t *testing.T) {
	const most = 262144
	sentence := "Le ferry est parti le 3 mars. "
	long := strings.Repeat("(", most-2*9) + " " + sentence + sentence + sentence
	for _, c := range []struct {
		name       string
		deck, text string
		want       string
		dates      int
	}{
		{"short", "", sentence, "", 1},
		{"space behind", "", strings.Repeat("(", most) + "\n \n", "", 0},
		{"text", "", long, fmt.Sprintf("text %d-%d understand/too-long", most-2*9+1+2*len(sentence)-1, len(long)), 2},
		{"deck", long, "Le port est perdu.", fmt.Sprintf("deck %d-%d understand/too-long, text 0-18 understand/too-long", most-2*9+1+2*len(sentence)-1, len(long)), 2},
		{"text under a deck", "Le port est perdu depuis le 2 mars.", strings.Repeat("(", most-9+3), fmt.Sprintf("text %d-%d understand/too-long", most-9, most-9+3), 1},
	} {
		a := &dateline.Article{Lang: "fr", Published: "2022-03-14", Deck: c.deck, Text: c.text}
		f := understand.Findings(a)
		if err := f.Check(a); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		var got []string
		for _, l := range f.Limits {
			in := l.In
			if in == "" {
				in = "text"
			}
			got = append(got, fmt.Sprintf("%s %d-%d %s", in, l.Start, l.End, l.Rule))
		}
		if s := strings.Join(got, ", "); s != c.want || len(f.Dates) != c.dates {
			t.Errorf("%s: limits are %q with %d dates, want %q with %d", c.name, s, len(f.Dates), c.want, c.dates)
		}
	}
}

// TestNotUTF8 has nothing found in an article that is not UTF-8, and the limits say so:
// spans begin and end between characters, which such a text does not have.
func TestNotUTF8(t *testing.T) {
	const text = "Der Minister sagte am 3. März: „Der Hafen \xc3 öffnet.“"
	for _, c := range []struct{ deck, text, want string }{
		{"", text, "text 0-58"},
		{"Am 3. März öffnet der Hafen.", text, "deck 0-30, text 0-58"},
		{"\x80 am 3. März", "Am 4. März öffnet der Hafen.", "deck 0-13, text 0-30"},
	} {
		a := &dateline.Article{Lang: "de", Published: "2022-03-14", Deck: c.deck, Text: c.text}
		f := understand.Findings(a)
		if err := f.Check(a); err != nil {
			t.Errorf("%q, %q: %v", c.deck, c.text, err)
		}
		var got []string
		for _, l := range f.Limits {
			got = append(got, fmt.Sprintf("%s %d-%d", cmp.Or(l.In, "text"), l.Start, l.End))
			if l.Rule != "understand/not-utf-8" {
				t.Errorf("%q, %q: the rule of a limit is %s", c.deck, c.text, l.Rule)
			}
		}
		if s := strings.Join(got, ", "); s != c.want || len(f.Dates) > 0 || len(f.Statements) > 0 {
			t.Errorf("%q, %q: limits are %q with %d dates and %d statements, want %q and none", c.deck, c.text, s, len(f.Dates), len(f.Statements), c.want)
		}
	}
}
