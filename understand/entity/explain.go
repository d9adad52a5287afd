package entity

import (
	"sort"

	"dateline/understand/token"
)

// A Candidate is somebody or something that some words could have meant, or a rule
// that was tried to find whom they mean and found nobody.
type Candidate struct {
	Name string // the entity's fullest name; "" if the rule found nobody
	Rule string // the rule that was tried, such as "entity/pronoun"
	Lost string // why the candidate is not meant, in English; "" if it is the one that is meant
}

// Explain is like [Find], and more costly: the names also tell how probable their labels are,
// see [Names.Probability].
func Explain(t *token.Text, lang string) *Names { return find(t, lang, true) }

// Probability returns the probability, from 0 to 1, that the model of names gives the
// label of a word in Mentions[i], for the word where it is lowest. It is 0 if the names are
// not from [Explain] or the text is not English, and where a rule found what the model
// did not look at.
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

// Candidates returns whom the words from byte start up to byte end could mean, in the
// order in which the rules were tried. The one that [Names.Who] returns comes last, if there
// is one; each of the others says why it is not meant. The list is nil if no word
// lies in the span.
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
	lostSex       = "has a title, or a first name by the lists of names, of the other sex"
	lostQuoted    = "is named within a quotation"
	lostRival     = "somebody else could be meant as well"
	lostMany      = "too many are named there"
	lostLater     = "is named, or has that role, only later"
	lostWords     = "has a role with that noun, but not with all of the words"
	lostLessened  = "has a lesser role: former, deputy, acting"
	lostGerman    = "other words stand with its name and lead it"
	lostGenitive  = "its name stands in the genitive"
	lostBody      = "is named near, but was taken for a body or place, not for a person"
	lostFarther   = "is named further back: the nearest sentence that names somebody who can be meant decides"
	lostTooFar    = "is named further back than a pronoun is followed, which is three sentences"
	lostTwoSenses = "could be meant, but so could several people or a thing: “sie” is not resolved"
	lostUntied    = "is named near, but the words do not say that this is who is meant"
	lostUnknown   = "is written like a name, but was not recognised as that of anybody"
)

// nearRule is the rule of [Names.Near].
const nearRule = "entity/near"

// Bounds of what Near returns. They were set by looking at results: longer lists do not
// help a reader.
const (
	mostNear     = 5 // people, bodies and places
	mostStranger = 3 // words that look like a name
)

// Near returns who is named near the words from byte start up to byte end, for which
// [Names.Who] finds nobody, and says of each why the words are not read as meaning it.
// First comes what is written like a name within the words themselves but was not
// recognised as one, then the people named before, the nearest first, then organisations,
// and last what is written like a name before the words.
func (ns *Names) Near(start, end int) (list []Candidate) {
	first, last := ns.tokens(start, end)
	t := ns.d.t
	s := sort.Search(len(t.Sentences), func(i int) bool { return int(t.Sentences[i].End) > first })
	if s == len(t.Sentences) {
		return nil
	}
	sex := ns.pronoun(run{first, last})
	told := map[int]bool{}
	for _, people := range []bool{true, false} {
		for k := s; k >= max(0, s-farthest); k-- {
			from := ns.from(int(t.Sentences[k].First))
			for i := ns.from(min(first, int(t.Sentences[k].End))) - 1; i >= from && len(list) < mostNear; i-- {
				e := ns.of[i]
				if told[e] || (ns.all[e].kind == person) != people || !people && ns.all[e].kind != org {
					continue
				}
				told[e] = true
				list = append(list, Candidate{Name: ns.all[e].text, Rule: nearRule, Lost: ns.untied(run{first, last}, i, sex, s-k)})
			}
		}
	}
	list = append(ns.unrecognised(run{first, last}), list...)
	return append(list, ns.unrecognised(run{int(t.Sentences[max(0, s-maxBack)].First), first})...)
}

// untied returns why the words in r, which stand back sentences after name i, do not
// mean that name. The sex is that of the pronoun in r, 0 if r is no pronoun.
func (ns *Names) untied(r run, i int, sex listed, back int) string {
	e := ns.of[i]
	switch {
	case sex != 0 && ns.all[e].kind != person:
		return lostBody
	case sex != 0 && opposed(ns.all[e].sex, sex):
		return lostSex
	case sex != 0 && ns.quoted[ns.names[i].first]:
		return lostQuoted
	case sex != 0 && back > maxBack:
		return lostTooFar
	case ns.german && r.len() == 1 && germanSheOrThey[ns.d.t.Tokens[r.first].Fold]:
		return lostTwoSenses
	}
	return lostUntied
}

// unrecognised returns what in r is written like a name, that is two or more words
// with capitals, and is not part of a name that was found.
func (ns *Names) unrecognised(r run) (list []Candidate) {
	d := ns.d
	if len(d.form) == 0 { // names are not looked for in this language
		return nil
	}
	for i := r.first; i < r.end && len(list) < mostStranger; i++ {
		end := i
		for end < r.end && d.form[end] != 0 && d.labels[end] == 0 && d.t.Tokens[end].Kind == token.Word && (end == i || !broken(d.t, end)) && !ns.saysRole(end) {
			end++
		}
		if end-i >= 2 && !broken(d.t, i) {
			list = append(list, Candidate{Name: ns.words(run{i, end}).Text, Rule: nearRule, Lost: lostUnknown})
		}
		i = max(i, end-1)
	}
	return list
}

// saysRole reports whether token i is a title or role noun, or a German article, which
// can have a capital without being part of a name.
func (ns *Names) saysRole(i int) bool {
	if ns.german {
		return ns.d.isGermanRole(i) || germanTitles[ns.d.fold(i)] || germanArticles[ns.d.fold(i)]
	}
	return ns.d.isRole(i) || titleWords[ns.d.fold(i)]
}

// Bounds of explaining whom a pronoun does not mean although earlier sentences name them.
const (
	farthest    = 8 // sentences that are searched
	mostFarther = 6 // people that are reported, with those already reported
)

// farther notes whom the pronoun at token at, which means entity e named in sentence s,
// does not mean: names between the two that were not taken for people, and
// people named in the sentences before s. It does nothing unless Candidates asks.
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

// noPersons notes as not meant, at most three, the names from name i up to token at
// that were not taken for people and are not among those told already. It does nothing
// unless Candidates asks.
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

// lost notes why entity e is not meant. It does nothing unless Candidates asks.
func (ns *Names) lost(e int, why string) {
	if ns.losers != nil {
		*ns.losers = append(*ns.losers, Candidate{Name: ns.all[e].text, Lost: why})
	}
}
