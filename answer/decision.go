package answer

import "dateline"

// A Decision is what a user decided about two speakers: the record of the log,
// with the references as they are typed.
type Decision struct {
	Verdict dateline.Verdict `json:"verdict,omitempty"` // "same" or "differ"; absent if it is undone
	A       string           `json:"a"`                 // NAME or NAME@ARTICLE
	B       string           `json:"b"`                 // the same
	Undone  bool             `json:"undone,omitempty"`  // it took the opposite decision back, and holds no more itself
}

// NewDecision returns d as it can be typed.
func NewDecision(d dateline.Decision) Decision {
	return Decision{Verdict: d.Verdict, A: d.A.String(), B: d.B.String()}
}
