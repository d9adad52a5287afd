package timeline_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dateline"
	"dateline/query"
	"dateline/relate/timeline"
	"dateline/understand"
)

// reports are of a flood: two tell the news of a day, two look back, one is a list of
// days, one copies another, and one is about something else.
var reports = []*dateline.Article{
	report("first", "2026-03-02", "The flood came over the Osk dike in the night and took four houses with it. Nobody slept."),
	report("second", "2026-03-03", "The army brought sandbags to the flood at Osk on Tuesday. The mayor thanked them for coming so soon."),
	report("third", "2026-03-09", "The flood came over the dike at Osk on March 2 and took four houses with it. A relief fund was opened on Sunday in the school."),
	report("copy", "2026-03-10", "The flood came over the dike at Osk on March 2 and took four houses with it. The fund grows."),
	report("fourth", "2026-03-20", "A week ago the minister visited Osk. The flood that took four houses at the dike on March 2 was the worst since 1954."),
	report("list", "2026-03-21", "The flood at Osk, day by day.\nMarch 2 - The flood takes four houses at the dike of Osk.\nMarch 13 - The minister visits the flood's victims in Osk.\nMarch 20 - The dike is mended, three weeks after the flood."),
	report("other", "2026-03-20", "The orchestra of Lindhaven played its last concert on March 5. Its hall will be sold. The players were sad about that."),
}

func report(name, published, text string) *dateline.Article {
	return &dateline.Article{ID: dateline.ArticleID(name), Published: dateline.Date(published), Lang: "en", Text: text}
}

// timelineOf returns the points of a request on the reports.
func timelineOf(t *testing.T, words string, r timeline.Request) []timeline.Point {
	t.Helper()
	q, err := query.Parse(words)
	if err != nil {
		t.Fatal(err)
	}
	r.Query = q
	m := timeline.New(r)
	for _, a := range reports {
		m.Add(a, understand.Dates(a))
	}
	return m.Points()
}

// show prints a timeline, a line a sentence.
func show(points []timeline.Point) string {
	var b strings.Builder
	for _, p := range points {
		for _, s := range p.Sentences {
			fmt.Fprintf(&b, "%s %s %s %d: %s\n", p.Date, s.Article.ID, s.Rule, s.Reports, s.Text())
		}
	}
	return b.String()
}

// TestPoints wants the days that most reports look back to, and what they say of them.
func TestPoints(t *testing.T) {
	got := show(timelineOf(t, "flood osk", timeline.Request{Days: 2}))
	want := `2026-03-02 list timeline/entry 1: March 2 - The flood takes four houses at the dike of Osk.
2026-03-13 list timeline/entry 1: March 13 - The minister visits the flood's victims in Osk.
`
	if got != want {
		t.Errorf("the two days are\n%s\nwant\n%s", got, want)
	}
}

// TestPointsOfPeriod asks for a period: no day outside it is named, and days are in order.
func TestPointsOfPeriod(t *testing.T) {
	points := timelineOf(t, "flood", timeline.Request{From: "2026-03-03", To: "2026-03-08", Sentences: 2})
	if len(points) == 0 {
		t.Fatal("no day in the period")
	}
	for _, p := range points {
		if p.Date < "2026-03-03" || p.Date > "2026-03-08" {
			t.Errorf("%s is outside the period", p.Date)
		}
	}
	if !slices.IsSortedFunc(points, func(a, b timeline.Point) int { return strings.Compare(a.Date, b.Date) }) {
		t.Errorf("days out of order: %s", show(points))
	}
}

// TestCopies wants a sentence that two articles print alike to count as one report.
func TestCopies(t *testing.T) {
	for _, p := range timelineOf(t, "flood", timeline.Request{}) {
		if p.Date == "2026-03-02" && p.Speak != 4 {
			t.Errorf("%d articles speak of 2 March, want 4: the copy is none of its own", p.Speak)
		}
	}
}

// TestSentencesAreCited wants every sentence word for word in its article, on a line of it.
func TestSentencesAreCited(t *testing.T) {
	n := 0
	for _, p := range timelineOf(t, "", timeline.Request{Days: 100, Sentences: 9}) {
		for _, s := range p.Sentences {
			n++
			if s.Text() != s.Article.Text[s.Start:s.End] || strings.Contains(s.Text(), "\n") || strings.TrimSpace(s.Text()) != s.Text() {
				t.Errorf("%s: [%d,%d) of %s is %q", p.Date, s.Start, s.End, s.Article.ID, s.Text())
			}
		}
	}
	if n < 10 {
		t.Errorf("%d sentences, want at least 10", n)
	}
}

// TestNoDay wants articles without a day of publication, and pages that are no
// articles, to say nothing.
func TestNoDay(t *testing.T) {
	m := timeline.New(timeline.Request{})
	m.Add(report("month", "2026-03", "The flood came on March 2 and took four houses at the dike."), nil)
	m.Add(&dateline.Article{Skip: "section front", Published: "2026-03-02", Text: "The flood came over the dike and took four houses."}, nil)
	m.Add(report("empty", "2026-03-02", ""), nil)
	if points := m.Points(); len(points) > 0 {
		t.Errorf("a timeline of nothing: %s", show(points))
	}
}

// A row of a table is no sentence, whatever day it names.
func TestRowsAreNoSentences(t *testing.T) {
	a := report("table", "2026-03-09", "The water fell slowly after the flood of March 2 at the dike.\n\nDay\tWater at Osk in metres\nTuesday 3 March, noon\t4 metres and 20 centimetres at the dike")
	row := strings.Index(a.Text, "Day")
	a.Blocks = []dateline.Block{{Kind: dateline.Paragraph, Start: 0, End: row - 2}, {Kind: dateline.Table, Start: row, End: len(a.Text)}}
	m := timeline.New(timeline.Request{})
	m.Add(a, understand.Dates(a))
	got := show(m.Points())
	if !strings.Contains(got, "2026-03-02") || strings.Contains(got, "centimetres") {
		t.Errorf("the timeline is\n%s", got)
	}
}
