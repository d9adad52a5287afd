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
	lostBody      = "is named near, but was taken for a body or place, not for a person"
	lostFarther   = "is named further back: the nearest sentence that names a person of that sex decides"
)

// Explaining whom a pronoun means tells whom else the sentences before it name.
const (
	farthest    = 8 // sentences that are looked at
	mostFarther = 6 // people that are told
)

// farther notes for a pronoun at token at, which means e, what stands nearer and
// was taken for no person, and the other people whom the sentences before sentence s
// name. It costs nothing unless Candidates asks.
func (ns *Names) farther(e, s, at int) {
	if ns.losers == nil {
		return
	}
	t := ns.d.t
	told := map[int]bool{e: true}
	for _, c := range *ns.losers {
		for other := range ns.all {
			if ns.all[other].text == c.Name {
				told[other] = true // with another reason
			}
		}
	}
	nearer := ns.from(int(t.Sentences[s].First)) // the first name behind the last that is e's
	for i := nearer; i < len(ns.names) && ns.names[i].end <= at; i++ {
		if ns.of[i] == e {
			nearer = i + 1
		}
	}
	ns.noPersons(nearer, at, told)
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

// noPersons notes the names from name i to token at that were taken for no person and
// are not told yet, three at most. It costs nothing unless Candidates asks.
func (ns *Names) noPersons(i, at int, told map[int]bool) {
	if ns.losers == nil {
		return
	}
	const most = 3
	for n := 0; i < len(ns.names) && ns.names[i].end <= at && n < most; i++ {
		if other := ns.of[i]; ns.names[i].kind != person && !told[other] {
			told[other] = true
			ns.lost(other, lostBody)
			n++
		}
	}
}

// lost notes why entity e is not meant; it costs nothing unless Candidates asks.
func (ns *Names) lost(e int, why string) {
	if ns.losers != nil {
		*ns.losers = append(*ns.losers, Candidate{Name: ns.all[e].text, Lost: why})
	}
}
