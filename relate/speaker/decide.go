package speaker

import "dateline"

// Decide returns the decision that a and b are, or are not, one speaker. If
// the opposite was decided before, it is that decision taken back, and undone
// is true.
func Decide(before []dateline.Decision, a, b dateline.SpeakerRef, v dateline.Verdict) (d dateline.Decision, undone bool) {
	for _, old := range before {
		if !equal(old.A, a) || !equal(old.B, b) {
			if !equal(old.A, b) || !equal(old.B, a) {
				continue
			}
		}
		if undone = old.Verdict != "" && old.Verdict != v; undone {
			v = ""
		}
		old.Verdict = v
		return old, undone
	}
	return dateline.Decision{A: a, B: b, Verdict: v}, false
}

func equal(a, b dateline.SpeakerRef) bool {
	return a.Article == b.Article && Key(a.Name) == Key(b.Name)
}
