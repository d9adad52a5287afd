package entity

import "dateline/understand/token"

// A Candidate is somebody or something that some words could have meant, or a
// way to find whom they mean that found nobody.
type Candidate struct {
	Name string // "" of a way that had nobody to offer
	Rule string // how it was found: "entity/pronoun"
	Lost string // why it was not taken; "" if it was
}

// Explain is like Find. The names also tell how probable their labels are.
func Explain(t *token.Text, lang string) *Names { return find(t, lang, true) }

// Probability returns how probable the model of names thinks the least probable
// label of mention i to be; 0 where no model labelled it or the names are not
// from [Explain].
func (ns *Names) Probability(i int) float64 {
	n := ns.names[i]
	if ns.d.probable == nil {
		return 0
	}
	least := 1.0
	for _, p := range ns.d.probable[n.first:n.end] {
		least = min(least, p)
	}
	return least
}

// Candidates returns whom the words from byte start to end could mean, and why
// each but the one that Who returns is not meant. What was tried comes in its
// order.
func (ns *Names) Candidates(start, end int) []Candidate {
	first, last := ns.tokens(start, end)
	if first >= last {
		return nil
	}
	asked := *ns
	var list []Candidate
	asked.losers = &list
	for _, try := range ns.tries() {
		before := len(list)
		e := try.find(&asked, run{first, last})
		for i := range list[before:] {
			list[before+i].Rule = try.rule
		}
		if e >= 0 {
			return append(list, Candidate{Name: ns.all[e].text, Rule: try.rule})
		}
		if len(list) == before {
			list = append(list, Candidate{Rule: try.rule, Lost: try.idle})
		}
	}
	return list
}

// Why a candidate is not whom some words mean.
const (
	lostDependent = "only tells more of another word, as in “a spokesman for Borrell”"
	lostNotHead   = "is not what the words are led by"
	lostToPerson  = "a person is named there, too"
	lostSex       = "has a name or title of the other sex"
	lostQuoted    = "is named within a quotation"
	lostRival     = "somebody else could be meant as well"
	lostMany      = "too many are named there"
	lostLater     = "is named, or has that role, only later"
	lostWords     = "has a role with that noun, but not with all of the words"
	lostLessened  = "has a lesser role: former, deputy, acting"
	lostGerman    = "other words stand with its name and lead it"
	lostGenitive  = "its name stands in the genitive"
	lostFarther   = "is named further back: the nearest sentence that names a person decides"
)

// Explaining whom a pronoun means tells whom else the sentences before it name.
const (
	farthest    = 8 // sentences that are looked at
	mostFarther = 6 // people that are told
)

// farther notes the people other than e whom the sentences before sentence s name.
// It costs nothing unless Candidates asks.
func (ns *Names) farther(e, s int) {
	if ns.losers == nil {
		return
	}
	t := ns.d.t
	told := map[int]bool{e: true}
	for k := s - 1; k >= max(0, s-farthest); k-- {
		end := int(t.Sentences[k].End)
		for i := ns.from(int(t.Sentences[k].First)); i < len(ns.names) && ns.names[i].end <= end; i++ {
			if other := ns.of[i]; ns.names[i].kind == person && !told[other] && len(told) <= mostFarther {
				told[other] = true
				ns.lost(other, lostFarther)
			}
		}
	}
}

// lost notes why entity e is not meant; it costs nothing unless Candidates asks.
func (ns *Names) lost(e int, why string) {
	if ns.losers != nil {
		*ns.losers = append(*ns.losers, Candidate{Name: ns.all[e].text, Lost: why})
	}
}
