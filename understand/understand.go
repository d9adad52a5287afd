// Package understand reads the text of an article: who says what, which day
// "on Thursday" is, who the people are.
package understand

import "dateline"

// Findings returns what the text of a says. It finds nothing yet: the finders
// come with packages quote, when and entity. It depends on nothing but a.
func Findings(a *dateline.Article) *dateline.Findings {
	return &dateline.Findings{Capture: a.Capture}
}
