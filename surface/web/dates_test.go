package web_test

import (
	"strconv"
	"strings"
	"testing"

	"dateline"
)

// TestDatesInWords has the page of an article say in words what its dates mean, those that
// are no days, too.
func TestDatesInWords(t *testing.T) {
	m := &memory{}
	a := dateline.Article{URL: "https://wire.example/dates", Canonical: "https://wire.example/dates", Headline: "Dates", Lang: "en", Text: "When."}
	m.add(a)
	cases := []struct{ kind, value, mod, want string }{
		{"DATE", "2024-03-05", "", "Tuesday 5 March 2024"},
		{"TIME", "2024-03-05TEV", "", "Tuesday 5 March 2024, evening"},
		{"DATE", "2021", "END", "late 2021"},
		{"DATE", "197", "", "the 1970s"},
		{"DATE", "19", "", "1900 to 1999"},
		{"DATE", "2026-W29", "", "the week of Monday 13 July 2026"},
		{"DATE", "2026-W29-WE", "", "the weekend of Saturday 18 July 2026"},
		{"DATE", "2026-Q2", "", "the second quarter of 2026"},
		{"DATE", "2026-WI", "", "winter 2026"},
		{"DATE", "PRESENT_REF", "", "the present"},
		{"DURATION", "P8Y", "", "8 years"},
		{"DURATION", "P1D", "", "1 day"},
		{"DURATION", "P2C", "", "2 centuries"},
		{"DURATION", "PXM", "", "some months"},
		{"DURATION", "PT30M", "", "30 minutes"},
		{"DURATION", "P3E", "MORE_THAN", "3 decades (more_than)"},
		{"DURATION", "P1Y6M", "", "P1Y6M"},
		{"SET", "P1W", "", "each week"},
		{"SET", "P2D", "", "P2D"},
	}
	var f dateline.Findings
	for _, c := range cases {
		f.Dates = append(f.Dates, dateline.Timex{Words: dateline.Words{Start: 0, End: 4, Text: "When"}, Type: c.kind, Value: c.value, Mod: c.mod, Rule: "when/year"})
	}
	m.findings[m.last().Capture] = &f
	said := map[string]string{}
	for _, n := range all(get(t, m, "/article/"+string(m.last().ID)).tree(t), "li") {
		if id, _ := attr(n, "id"); strings.HasPrefix(id, "date-") {
			said[id] = text(n)
		}
	}
	if len(said) != len(cases) {
		t.Fatalf("the page lists %d dates, want %d", len(said), len(cases))
	}
	for i, c := range cases {
		if got := said["date-"+strconv.Itoa(i+1)]; !strings.HasPrefix(got, "When: "+c.want+" ") {
			t.Errorf("%s %s %s: %q, want it to begin with %q", c.kind, c.value, c.mod, got, "When: "+c.want)
		}
	}
}
