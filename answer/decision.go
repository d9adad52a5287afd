package answer

import "dateline"

// A Decision is what a user decided about two speakers, or two articles: the record of
// the log, with the references as they are typed.
type Decision struct {
	Verdict dateline.Verdict `json:"verdict,omitempty"` // "same" or "differ"; absent if it is undone
	About   dateline.Level   `json:"about,omitempty"`   // "story" or "copy" of articles; absent of speakers
	A       string           `json:"a"`                 // NAME or NAME@ARTICLE; the key of an article
	B       string           `json:"b"`                 // the other one, written as "a" is
	By      string           `json:"by,omitempty"`      // who decided; "" if that is not noted
	At      string           `json:"at,omitempty"`      // when it was decided: RFC 3339, UTC; absent if that is not noted
	Undone  bool             `json:"undone,omitempty"`  // it took the opposite decision back, and holds no more itself
}

// NewDecision returns d as it can be typed.
func NewDecision(d dateline.Decision) Decision {
	return Decision{Verdict: d.Verdict, About: d.About, A: d.A.String(), B: d.B.String(), By: d.By, At: d.At}
}
