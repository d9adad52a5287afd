package understand_test

import (
	"strings"
	"testing"

	"dateline"
	"dateline/understand"
)

// TestChronology reads lists of days, whose years are told by their order.
func TestChronology(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"a list of the past", "Here is what happened.\nFeb. 24 - Rebels take the town.\nApril 30 - The bridge falls.\nOct. 2 – The mayor resigns.",
			"2011-02-24 2011-04-30 2011-10-02"},
		{"over the turn of a year", "Nov. 3: The strike begins.\n\nJan. 9: It ends.\n\nOct. 1: It begins again.", "2010-11-03 2011-01-09 2011-10-01"},
		{"a list of what is to come", "Nov. 3: The fair opens.\n\nDec. 9: It closes.\n\nFeb. 1: It is counted.", "2011-11-03 2011-12-09 2012-02-01"},
		{"too short for a list", "Feb. 24 - Rebels take the town.\nThe mayor will speak on March 3.", "2012-02-24 2012-03-03"},
		{"stated years stay", "Feb. 24, 2010 - Talks.\nApril 30 - More talks.\nOct. 2 - An end.", "2010-02-24 2011-04-30 2011-10-02"},
	} {
		a := &dateline.Article{Published: "2011-10-20", Lang: "en", Text: test.text}
		var got []string
		for _, d := range understand.Dates(a) {
			got = append(got, d.Value)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}
