package event

import (
	"strings"
	"unicode"

	"dateline"
)

// The kinds of which one answers another.
const (
	kindRequest = "REQUEST"
	kindDemand  = "DEMAND"
	kindReply   = "REPLY"
	kindReject  = "REJECT"
	kindAgree   = "AGREE"
)

// farthestRequest bounds how many events before and behind a reply are looked at for what it
// answers.
const farthestRequest = 40

// enough is the least score of speaksFor with which a request counts as answered. It was set by
// looking at results.
const enough = 2

// answers sets for each reply, rejection and agreement which request of the text it answers: the
// one with the highest score of speaksFor, at least enough, and of several the nearest.
func (f *finder) answers() {
	for i := range f.found {
		e := &f.found[i]
		if e.Kind != kindReply && e.Kind != kindReject && e.Kind != kindAgree {
			continue
		}
		best, most := -1, enough-1
		for k := max(0, i-farthestRequest); k < min(len(f.found), i+farthestRequest); k++ {
			if score := f.speaksFor(e, i, k); score > most || score == most && best >= 0 && distance(k, i) < distance(best, i) {
				best, most = k, score
			}
		}
		if best >= 0 {
			e.Answers = &best
		}
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// speaksFor returns a score for e, which is event i, being an answer to event k; 0 if it
// cannot be one.
func (f *finder) speaksFor(e *dateline.Event, i, k int) (score int) {
	r := &f.found[k]
	if k == i || r.Kind != kindRequest && (r.Kind != kindDemand || e.Kind == kindAgree) || sharesActor(e.From, r.From) {
		return 0
	}
	if e.On != "" && r.On != "" && r.On > e.On {
		return 0
	}
	said := f.t.Text[e.Sentence.Start:e.Sentence.End]
	switch {
	case sharesActor(e.To, r.From):
		score += 2
	case names(said, r.From):
		score++
	}
	if sharesActor(e.From, r.To) || sharesActor(e.Behalf, r.To) {
		score++
	}
	if r.Sentence == e.Sentence && k < i {
		score++
	}
	if e.Kind != kindReply && r.Sentence != e.Sentence { // not every agreement answers a request
		score--
	}
	return score
}

// sharesActor reports whether one of the actors a can be one of the actors b, see [SameActor].
func sharesActor(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if SameActor(x, y) {
				return true
			}
		}
	}
	return false
}

// SameActor reports whether a and b, each the words for an actor, can mean the same actor: all
// words with a capital in one of them are also in the other. It is false if one of them has none.
func SameActor(a, b string) bool {
	x, y := capitals(a), capitals(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return false
	}
	for w := range x {
		if !y[w] {
			return false
		}
	}
	return true
}

// capitals returns the words of s that do not begin with a small letter.
func capitals(s string) map[string]bool {
	list := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' }) {
		if c := []rune(w)[0]; unicode.IsUpper(c) || !unicode.IsLower(c) {
			list[w] = true
		}
	}
	return list
}

// names reports whether text has the last word of one of the actors.
func names(text string, actors []string) bool {
	for _, a := range actors {
		words := strings.Fields(a)
		if len(words) > 0 && strings.Contains(text, words[len(words)-1]) {
			return true
		}
	}
	return false
}
