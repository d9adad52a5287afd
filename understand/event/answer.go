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

// enough is how much must speak for a request to be the one that is answered: two of who asked,
// who was asked, and the medium. Set by eye.
const enough = 2

// answers tells of each reply which request of the text it answers: the nearest one for
// which enough speaks.
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

// speaksFor returns how much speaks for event k being what e, event i, answers; 0 if it cannot
// be.
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

// sharesActor reports whether one of a is one of b: the last word of the shorter is the last
// word with a capital of the longer, or one stands in the other.
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

// SameActor reports whether two words for actors can mean the same one: the words with a
// capital of the one are among those of the other.
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

// capitals returns the words of s that begin with a capital, without those that only tell whose
// somebody is.
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
