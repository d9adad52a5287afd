package version

import "dateline/internal/text"

// A Correction is what an article says of its own text since the later capture.
type Correction struct {
	Text     string `json:"text"`               // as printed
	Explains []int  `json:"explains,omitempty"` // numbers of the parts, from 0, that it speaks of; none if it does not say
}

// corrections returns the corrections that the later reading states and the
// earlier does not, each with the changes that it speaks of: those that have a
// number or a word of it that they changed, or, with most of their words, are
// in a sentence that it repeats.
func (c *comparison) corrections(a, b *reading) (list []Correction) {
	had := map[string]bool{}
	for _, s := range a.article.Corrections {
		had[keyOf(s)] = true
	}
	for _, s := range b.article.Corrections {
		if had[keyOf(s)] || b.furniture(s) {
			continue
		}
		list = append(list, Correction{Text: line(s), Explains: c.explained(s)})
	}
	return list
}

// explained returns the parts that a correction speaks of.
func (c *comparison) explained(correction string) (parts []int) {
	said := wordsOf(correction)
	best := 0
	score := make([]int, len(c.parts))
	for i, p := range c.parts {
		if p.Field == "correction" || p.Same {
			continue
		}
		for _, r := range p.Runs {
			for _, t := range tokens(r.Text) {
				w := text.Lower(t.text)
				if !t.word || !said[w] {
					continue
				}
				switch {
				case r.Only != "" && isFigure(w):
					score[i] += 8
				case r.Only != "":
					score[i] += 3
				case len(w) > 5:
					score[i]++
				}
			}
		}
		best = max(best, score[i])
	}
	for i, n := range score {
		if n >= 3 && 2*n >= best {
			parts = append(parts, i)
		}
	}
	return parts
}
