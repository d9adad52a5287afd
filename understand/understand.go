// Package understand reads the text of an article: who says what, which day
// "on Thursday" is, who the people are.
package understand

import (
	"dateline"
	"dateline/understand/when"
)

// Findings returns what the text of a says: the days that it speaks of. It
// depends on nothing but a.
func Findings(a *dateline.Article) *dateline.Findings {
	return &dateline.Findings{
		Capture: a.Capture,
		Dates:   when.Find(a.Text, when.Reference{Published: a.Published, Lang: a.Lang}),
	}
}
