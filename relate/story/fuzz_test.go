package story_test

import (
	"testing"

	"dateline"
	"dateline/relate/story"
)

// FuzzAdd groups three articles with any text. Each has a report, an event and a story that
// one of them gave its name to; a copy is of the story and the event of what it copies; and
// a grouper that was told of the first two finds the same for the third.
func FuzzAdd(f *testing.F) {
	ferry := "The ferry Marenna sank off Tarsk on Friday with 140 people aboard, and the coast guard of Kestria pulled 90 of them out of the water during the night."
	f.Add(ferry, ferry, "Divers searched the wreck of the Marenna near Tarsk for the missing passengers.", "2026-02-03")
	f.Add("", " ", "\xff\u2028", "")
	f.Add("a a a a", "a a a", "b", "2026-02-30")
	f.Fuzz(func(t *testing.T, first, second, third, day string) {
		var articles []*dateline.Article
		for i, text := range []string{first, second, third} {
			address := "https://paper.example/" + string(rune('a'+i))
			articles = append(articles, &dateline.Article{ID: dateline.NewArticleID(address), Capture: dateline.CaptureID(rune('a' + i)),
				URL: address, Lang: "en", Text: text, Published: dateline.Date(day)})
		}
		whole, told := story.NewGrouper(), story.NewGrouper()
		groups := map[dateline.ArticleID]dateline.Group{}
		for i, a := range articles {
			g := whole.Add(a, nil)
			groups[a.ID] = g
			if i < 2 {
				told.Place(a, &g)
				continue
			}
			if again := told.Add(a, nil); again.Report != g.Report || again.Event != g.Event || again.Story != g.Story {
				t.Errorf("grouped as %+v, and as %+v by one who was told of the others", g, again)
			}
		}
		for id, g := range groups {
			report, okReport := groups[g.Report]
			if _, ok := groups[g.Story]; !ok || !okReport || g.Article != id {
				t.Errorf("%s is of %+v", id, g)
			}
			if _, ok := groups[g.Event]; !ok || report.Story != g.Story || report.Event != g.Event {
				t.Errorf("%s is of %+v, and its report of %+v", id, g, report)
			}
		}
	})
}
