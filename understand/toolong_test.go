package understand_test

import (
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
