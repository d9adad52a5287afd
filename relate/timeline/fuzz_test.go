package timeline_test

import (
	"testing"

	"dateline"
	"dateline/relate/timeline"
	"dateline/understand/when"
)

// FuzzAdd makes a timeline of two articles with any text: its days are in order, each has
// a sentence of an article, and no more are given than were asked for.
func FuzzAdd(f *testing.F) {
	f.Add("The ferry sank on Monday. Divers came a day later.", "Feb. 2 – The ferry sank.\nFeb. 3 – Divers came.", "en")
	f.Add("Am Montag sank die Fähre.", "Die Fähre sank am 2. Februar 2026.", "de")
	f.Add("in 2021, in late 2021, since May", "every Monday until 2030", "")
	f.Fuzz(func(t *testing.T, first, second, lang string) {
		m := timeline.New(timeline.Request{Days: 5, Sentences: 2})
		for i, text := range []string{first, second} {
			a := &dateline.Article{ID: dateline.ArticleID([]string{"a", "b"}[i]), Lang: lang, Text: text, Published: "2026-02-03T06:00:00Z"}
			m.Add(a, when.Find(text, when.Reference{Published: a.Published, Lang: lang}))
		}
		points := m.Points()
		if len(points) > 5 {
			t.Errorf("%d days, want 5 at most", len(points))
		}
		last := ""
		for _, p := range points {
			if p.Date <= last {
				t.Errorf("the day %s follows %s", p.Date, last)
			}
			if last = p.Date; len(p.Sentences) == 0 || len(p.Sentences) > 2 {
				t.Errorf("%s has %d sentences, want 1 or 2", p.Date, len(p.Sentences))
			}
			for _, s := range p.Sentences {
				if s.Text() == "" || s.Rule == "" || s.Reports < 1 {
					t.Errorf("%s: %+v", p.Date, s)
				}
			}
		}
	})
}
