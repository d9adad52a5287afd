// Package understand reads the deck and the text of an article: who says
// what, which day "on Thursday" is, who the people are.
package understand

import (
	"dateline"
	"dateline/understand/entity"
	"dateline/understand/token"
	"dateline/understand/when"
)

// Findings returns what a says: the days that it speaks of, and whom and what it
// names. It depends on nothing but a.
func Findings(a *dateline.Article) *dateline.Findings {
	r := newReading(a)
	var t token.Text
	t.Read(r.text, a.Lang)
	f := &dateline.Findings{
		Capture: a.Capture,
		Dates: when.Find(r.text, when.Reference{
			Published: a.Published,
			Lang:      a.Lang,
			Zone:      when.ZoneOf(a.Dateline.Place, a.Published, a.Publisher.Site),
		}),
		Mentions: entity.Find(&t, a.Lang).Mentions,
	}
	r.place(f)
	return f
}
