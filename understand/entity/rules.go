package entity

import "bytes"

// The numbers of the rules that can find a name. If several rules changed the labels of a
// name's words, the one with the highest number counts as the one that found it. The
// English rules come in the order in which they are applied.
const (
	byModel = iota // a model labelled the words (label.go, multi.go), and no rule changed that
	byNickname
	byThing
	byWellKnown
	byFirm
	byWordFirm
	byOwner
	byAcronym
	byTeam
	byTitleCut
	bySurname
	bySpeaking
	byHeading
	byGermanCompany
	byGermanFirstName
	byGermanTitle
	byGermanSurname
	byGermanList
	byGermanTown
)

// labelRules are the names of these rules, as [dateline.Mention] gives them.
var labelRules = [...]string{
	byModel:           "entity/model",
	byNickname:        "entity/nickname",          // with a nickname within: “Robert “Bobby” Kane”
	byThing:           "entity/thing",             // a storm or a ship: "Storm Eunice"
	byWellKnown:       "entity/well-known",        // a listed organisation of several words
	byFirm:            "entity/firm",              // a legal form ends it: "Amazon.com Inc."
	byWordFirm:        "entity/word-firm",         // a company called by a common word: “Target closed 30 shops”
	byOwner:           "entity/owner",             // parted from whose it is: "Alphabet's Google"
	byAcronym:         "entity/acronym",           // the initials of a long name beside it
	byTeam:            "entity/team",              // a town that stands for its club in a report on sports
	byTitleCut:        "entity/title-cut",         // a name from which a title was taken away
	bySurname:         "entity/surname",           // the last name of a person named in full elsewhere
	bySpeaking:        "entity/speaking",          // it speaks or employs: “The Vatican said”
	byHeading:         "entity/heading",           // a name in a line of capitals that the text also has elsewhere
	byGermanCompany:   "entity/german-company",    // a legal form ends it: "Air Berlin AG"
	byGermanFirstName: "entity/german-first-name", // a listed first name begins it
	byGermanTitle:     "entity/german-title",      // behind a title or role: "Minister Sathit"
	byGermanSurname:   "entity/german-surname",    // the last name of a person named in full elsewhere
	byGermanList:      "entity/german-list",       // a listed place or organisation
	byGermanTown:      "entity/german-town",       // a town of the world behind "in", "aus" or "nach"
}

// corrections are the rules that correct the labels of the English model. They are applied
// in this order, each to the labels that those before it left.
var corrections = [...]struct {
	rule  uint8
	apply func(*document)
}{
	{byModel, (*document).degreed},
	{byModel, (*document).commonWord},
	{byNickname, (*document).nicknamed},
	{byThing, (*document).things},
	{byWellKnown, (*document).wellKnown},
	{byFirm, (*document).firms},
	{byWordFirm, (*document).commonFirms},
	{byOwner, (*document).owned},
	{byAcronym, (*document).acronyms},
	{byTeam, (*document).teams},
	{byTitleCut, (*document).addressed},
	{bySurname, (*document).surnames},
	{bySpeaking, (*document).speaking},
	{byHeading, (*document).headings},
}

// correct applies the corrections to d and notes for each token whose label one of them
// changes which that was.
func (l *labeller) correct(d *document) {
	for _, c := range corrections {
		l.before = append(l.before[:0], d.labels...)
		c.apply(d)
		if !bytes.Equal(l.before, d.labels) {
			for i, had := range l.before {
				if d.labels[i] != had {
					d.ruled(i, i+1, c.rule)
				}
			}
		}
	}
}

// ruled notes that a rule has labelled the tokens from first to end.
func (d *document) ruled(first, end int, rule uint8) {
	if d.rules == nil {
		d.rules = make([]uint8, len(d.labels))
	}
	for i := first; i < end; i++ {
		d.rules[i] = rule
	}
}

// ruleOf returns the name of the rule that found n: of the rules noted for its tokens, the
// one with the highest number; "entity/model" if there are none.
func (d *document) ruleOf(n name) string {
	last := uint8(byModel)
	if d.rules != nil {
		for _, rule := range d.rules[n.first:n.end] {
			last = max(last, rule)
		}
	}
	return labelRules[last]
}

// The rules that tell the role of a person, in the order in which they are tried.
const (
	roleBefore = "entity/role-before" // "EU foreign policy chief Josep Borrell"
	roleAfter  = "entity/role-after"  // "Josep Borrell, the EU's foreign policy chief,"
	rolePrior  = "entity/role-prior"  // "its chief executive, Robert Klein,"
	roleTitle  = "entity/role-title"  // a title within the name: "Colonel Ada Stone"
)
