// Package understand reads the deck and the text of an article: who says
// what, which day "on Thursday" is, who the people are.
package understand

import (
	"dateline"
	"dateline/understand/when"
)

// Findings returns what a says: the days that it speaks of. It depends on
// nothing but a.
func Findings(a *dateline.Article) *dateline.Findings {
	r := newReading(a)
	f := &dateline.Findings{
		Capture: a.Capture,
		Dates: when.Find(r.text, when.Reference{
			Published: a.Published,
			Lang:      a.Lang,
			Zone:      when.ZoneOf(a.Dateline.Place, a.Published, a.Publisher.Site),
		}),
	}
	r.place(f)
	return f
}
