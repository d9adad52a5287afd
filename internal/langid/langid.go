// Package langid tells the language of a text by its script and, where several
// languages share one, by its trigrams: the method of Cavnar and Trenkle, with
// the profiles of whatlanggo (LICENSE.profiles), which were counted in the
// translations of the Universal Declaration of Human Rights.
//
// script.go tells the script, trigram.go counts trigrams and holds the profiles,
// langid.go finds the nearest of them, and tag.go settles between that guess and the
// tags that a page states.
package langid

import "math"

// Guess returns the language of a text as a BCP 47 tag, and how far it stands
// out from the next likely one: 1 leaves no doubt. It is "" if nothing in the
// text tells. The cost grows with the text; a few hundred bytes are enough.
func Guess(text string) (tag string, confidence float64) {
	s := scriptOf(text)
	if s < 0 {
		return "", 0
	}
	if alone := scripts[s].alone; alone != "" {
		return alone, 1
	}
	c := counters.Get().(*counter)
	defer counters.Put(c)
	grams := c.ranked(text)
	c.scores = sized(c.scores, len(profiles().langs))
	lang, score, next := profiles().nearest(s, grams, c.scores)
	if score == 0 {
		return "", 0
	}
	return lang, confident(score, next, len(grams))
}

// nearest returns the language of a script whose profile is nearest to the
// trigrams of a text, its score and that of the second nearest. A trigram
// scores the more the nearer its rank is to that in the profile. The languages'
// scores are counted in scores.
func (p *profileTable) nearest(script int, grams []gram, scores []int) (lang string, score, next int) {
	clear(scores)
	for at, g := range grams {
		for _, e := range p.find(g) {
			scores[e.lang] += profileSize - max(at-int(e.rank), int(e.rank)-at)
		}
	}
	score, next = math.MinInt, math.MinInt
	for i := range p.langs {
		switch l := &p.langs[i]; {
		case l.script != script:
		case scores[i] > score:
			lang, score, next = l.tag, scores[i], score
		case scores[i] > next:
			next = scores[i]
		}
	}
	return lang, score, next
}

// confident turns the scores of the two nearest languages, and how many
// trigrams they rest on, into a confidence: a hyperbola found by experiment.
func confident(score, next, grams int) float64 {
	if next == 0 {
		return min(float64(score/500), 1)
	}
	rate := float64(score-next) / float64(next)
	return min(rate/(12/float64(grams)+0.05), 1)
}
