package entity

import (
	"sort"

	"dateline/understand/token"
)

// A Referent is the person, organisation or place that some words mean.
type Referent struct {
	Name string // its fullest name in the text
	Kind string // "person", "org" or "place"
	Role string // its role as the text gives it; "" if it gives none
	Rule string // the rule that found it, such as "entity/name" or "entity/pronoun"

	entity int
}

var (
	germanHe        = germanWords("he-pronouns")
	germanSheOrThey = germanWords("she-or-they") // "she", but also "they", so it is never resolved
)

var (
	hePronouns  = englishWords("he-pronouns")
	shePronouns = englishWords("she-pronouns")
)

// Who returns whom the words from byte start up to byte end of the text mean: "Borrell",
// "the EU foreign policy chief", "he". ok is false if no rule finds exactly one
// entity, because a wrong name is worse than none.
func (ns *Names) Who(start, end int) (r Referent, ok bool) {
	first, last := ns.tokens(start, end)
	if first >= last {
		return r, false
	}
	for _, try := range ns.tries() {
		if e := try.find(ns, run{first, last}); e >= 0 {
			return ns.referent(e, try.rule), true
		}
	}
	return r, false
}

// A try is a way to find whom words mean.
type try struct {
	rule string                // the name of the rule
	find func(*Names, run) int // returns an entity, -1 if it finds none
	idle string                // the most frequent reason for which it finds nobody, in English
}

// The tries for English and German, in their order: the first that finds somebody decides.
var (
	englishTries = []try{
		{"entity/name", (*Names).byName, "the words hold no name"},
		{"entity/pronoun", (*Names).byPronoun, "the words are no pronoun of one person, or nobody who could be meant is named before it"},
		{"entity/description", (*Names).byDescription, "the words are no description by a role that the text gives to somebody before"},
		{"entity/body", (*Names).byBody, "the words are not “the” and a word for a body that is named before"},
		{"entity/author", (*Names).byAuthor, "the words are nothing that somebody named in them wrote"},
		{"entity/office", (*Names).byOffice, "the words are no office with its place or body that the text gives to somebody before"},
		{"entity/only-person", (*Names).byOnly, "not one person alone is named before whom the words could mean"},
		{"entity/only-body", (*Names).byOnlyBody, "the words are not “it” or a word for a body, or several organisations are named before"},
	}
	germanTries = []try{
		{"entity/name", (*Names).byGermanName, "the words hold no name, or two"},
		{"entity/pronoun", (*Names).byPronoun, "the words are not “er”, or nobody who could be meant is named before it"},
		{"entity/description", (*Names).byGermanDescription, "the words are no description by a role that the text gives to somebody before"},
	}
)

// ResumeRule is the rule of [Names.Resume]: whoever spoke before goes on.
const ResumeRule = "entity/resume"

// tries returns the tries for the language of the text.
func (ns *Names) tries() []try {
	switch {
	case ns.german:
		return germanTries
	case ns.tongue != nil:
		return tongueTries
	}
	return englishTries
}

// referent returns entity e as a Referent that rule found.
func (ns *Names) referent(e int, rule string) Referent {
	n := ns.all[e]
	r := Referent{Name: n.text, Kind: kindNames[n.kind], Rule: rule, entity: e}
	if n.role.len() > 0 {
		r.Role = ns.words(n.role).Text
	}
	return r
}

// tokens returns the half-open range of the tokens that lie within the bytes from start up
// to end.
func (ns *Names) tokens(start, end int) (first, last int) {
	k := ns.d.t.Tokens
	first = sort.Search(len(k), func(i int) bool { return int(k[i].Start) >= start })
	last = sort.Search(len(k), func(i int) bool { return int(k[i].End) > end })
	if last < len(k) && int(k[last].Start) < end && int(k[last].End) == end+1 { // "Inc" of "Inc."
		last++
	}
	return first, last
}

// FirstName reports whether a word that begins at byte start is one that people are called by, and no word of a line in capitals.
func (ns *Names) FirstName(start int) bool {
	i, _ := ns.tokens(start, start)
	return i < len(ns.d.lists) && ns.d.lists[i]&isFirst != 0 && !ns.d.loud[i]
}

// from returns the index of the first name that begins at or after token i.
func (ns *Names) from(i int) int {
	return sort.Search(len(ns.names), func(k int) bool { return ns.names[k].first >= i })
}

// afterName are the words, besides prepositions, that can stand behind a person's name
// when the person is meant. With any other word behind it the name only describes that word:
// "Trump campaign".
var afterName = englishWords("after-name")

// byName returns the entity that the words in r name, -1 if there is none. They do not mean
// a name that only describes another word, as in "a spokesman for Borrell", "Borrell's
// lawyer", "UN officials" or "the Borrell family". People go before organisations and places.
func (ns *Names) byName(r run) int {
	body := -1
	for i := ns.from(r.first); i < len(ns.names) && ns.names[i].end <= r.end; i++ {
		n := ns.names[i]
		if ns.dependent(r, n) {
			ns.lost(ns.of[i], lostDependent)
			continue
		}
		if n.kind == person {
			if body >= 0 {
				ns.lost(body, lostToPerson)
			}
			return ns.refined(n, ns.of[i])
		}
		if body < 0 && ns.headed(r, n) {
			body = ns.refined(n, ns.of[i])
		} else {
			ns.lost(ns.of[i], lostNotHead)
		}
	}
	return body
}

// maxLead is how many words before a name are searched for a preposition.
const maxLead = 24

// dependent reports whether name n within r only describes another word in r, because "'s",
// a hyphen or a noun follows it, or a preposition stands before it.
func (ns *Names) dependent(r run, n name) bool {
	t := ns.d.t
	if n.end < r.end {
		if s := t.String(n.end); possessives[s] || apostrophes[s] || s == "-" {
			return n.end+1 < r.end
		}
		if n.kind == person && t.Tokens[n.end].Kind == token.Word && !preposition[t.Tokens[n.end].Fold] && !afterName[t.Tokens[n.end].Fold] {
			return true
		}
	}
	listed := n.first > r.first && joining[t.String(n.first-1)] // "residents of Paris, Berlin and Lima"
	for k := n.first - 1; k >= max(r.first, n.first-maxLead); k-- {
		w := t.Tokens[k]
		switch {
		case w.Kind == token.Mark && t.String(k) == "," && !listed:
			return false
		case (preposition[w.Fold] || including[t.String(k)]) && !ns.d.inRole(n, k):
			return true
		}
	}
	return false
}

// inRole reports whether token k belongs to the role before name n:
// "Secretary of State Antony Blinken".
func (d *document) inRole(n name, k int) bool {
	if n.kind != person {
		return false
	}
	r, ok := d.roleBefore(n)
	return ok && k >= r.first && k < r.end
}

// headed reports whether the words in r mean what name n names: only articles, the like, and
// marks stand before it, and at once behind it the words end or a mark follows.
func (ns *Names) headed(r run, n name) bool {
	t := ns.d.t
	if n.end < r.end && t.Tokens[n.end].Kind != token.Mark {
		return false
	}
	for k := r.first; k < n.first; k++ {
		if !determiners[t.Tokens[k].Fold] && t.Tokens[k].Kind != token.Mark {
			return false
		}
	}
	return true
}

// pronoun returns the sex of the pronoun that r is, 0 if it is none.
func (ns *Names) pronoun(r run) listed {
	if r.len() == 1 {
		switch w := ns.d.t.Tokens[r.first].Fold; {
		case ns.tongue != nil:
			return ns.tongue.pronouns[w]
		case ns.german:
			if germanHe[w] {
				return isMale
			}
		case hePronouns[w]:
			return isMale
		case shePronouns[w]:
			return isFemale
		}
	}
	return 0
}

// maxBack is how many sentences before that of a pronoun are searched for the person.
const maxBack = 3

// byPronoun returns the person whom the pronoun r means, -1 if it finds nobody. It looks at what
// stands before the pronoun in its sentence, then at each of the maxBack sentences before that,
// the last one first. The first of these that names people who can be of the pronoun's sex,
// outside of quotations, decides: it must name only one.
func (ns *Names) byPronoun(r run) int {
	sex := ns.pronoun(r)
	if sex == 0 {
		return -1
	}
	t := ns.d.t
	s := sort.Search(len(t.Sentences), func(i int) bool { return int(t.Sentences[i].End) > r.first })
	end := r.first
	for back := 0; back <= maxBack && s-back >= 0; back++ {
		found, many := ns.only(run{int(t.Sentences[s-back].First), end}, sex)
		if many {
			return -1
		}
		if found >= 0 {
			ns.farther(found, s-back, r.first)
			return found
		}
		end = int(t.Sentences[s-back].First)
	}
	ns.noPersons(ns.from(int(t.Sentences[max(0, s-1)].First)), r.first, map[int]bool{})
	return -1
}

// maxResume is the greatest number of paragraphs that can begin between the words of a person,
// or the person's name, and a pronoun that is taken to mean this person.
const maxResume = 3

// Resume returns whom the pronoun from byte start up to byte end means, for pronouns for which
// [Names.Who] finds nobody. It is last, the speaker of the statement that ends before byte
// after, if last is a person who can be of the pronoun's sex, nobody else of that sex is
// named in between outside of quotations, and not more than three paragraphs begin there. Else
// ok is false. The value last must come from the same Names.
func (ns *Names) Resume(last Referent, after, start, end int) (r Referent, ok bool) {
	p, pEnd := ns.tokens(start, end)
	from, _ := ns.tokens(after, start)
	sex := ns.pronoun(run{p, pEnd})
	if sex == 0 || from > p || last.Kind != kindNames[person] || opposed(ns.all[last.entity].sex, sex) {
		return r, false
	}
	begun := 0
	for _, k := range ns.d.t.Tokens[from : p+1] {
		if k.Is(token.Paragraph) {
			begun++
		}
	}
	if found, many := ns.only(run{from, p}, sex); many || begun > maxResume || found >= 0 && found != last.entity {
		return r, false
	}
	return ns.referent(last.entity, ResumeRule), true
}

// maxNames is how many names are considered at most in one search for whom a word means.
const maxNames = 64

// only returns the one person whom r names outside of quotations and who can be of the
// sex, -1 if there is none; many is true if there are several, or too many names.
func (ns *Names) only(r run, sex listed) (found int, many bool) {
	found = -1
	first := ns.from(r.first)
	for i := first; i < len(ns.names) && ns.names[i].end <= r.end; i++ {
		n := ns.names[i]
		e := ns.of[i]
		switch {
		case i == first+maxNames:
			ns.lost(e, lostMany)
			return found, true
		case n.kind != person || e == found:
			continue
		case opposed(ns.all[e].sex, sex):
			ns.lost(e, lostSex)
			continue
		case ns.quoted[n.first]:
			ns.lost(e, lostQuoted)
			continue
		case found >= 0:
			ns.lost(found, lostRival)
			ns.lost(e, lostRival)
			return found, true
		}
		found = e
	}
	return found, false
}

// quotations returns for each token whether it stands in a quotation, which ends with its
// paragraph at the latest.
func quotations(t *token.Text, german bool) []bool {
	in := make([]bool, len(t.Tokens))
	open := false
	for i, k := range t.Tokens {
		if k.Is(token.Paragraph) {
			open = false
		}
		in[i] = open
		if k.Kind != token.Mark {
			continue
		}
		switch t.String(i) {
		case "“":
			open = !german || !open // in German it closes „…“
		case "„", "«":
			open = true
		case "”", "»":
			open = false
		case `"`:
			open = !open
		}
	}
	return in
}

// byDescription returns the one person named before r whose role has all the words of r,
// which begins with "the" or "this", up to a preposition or mark: "the foreign policy
// chief"; -1 if there is none or are several.
func (ns *Names) byDescription(r run) int {
	t := ns.d.t
	if !definite(t, r.first) || r.len() < 2 {
		return -1
	}
	end := r.first + 1
	for end < r.end && !preposition[t.Tokens[end].Fold] && t.Tokens[end].Kind != token.Mark {
		end++
	}
	if end == r.first+1 || !ns.d.isRole(end-1) {
		return -1
	}
	return ns.holder(run{r.first + 1, end})
}

// A holder is a person and a role that the text gives to this person.
type holder struct {
	entity int
	role   run
}

// holder returns the one person named before r who has a role with the noun that r ends in
// and all the other words of r. It returns -1 if there is none or are several, or if the
// noun is an English plural. "The minister" does not mean a deputy or former minister.
func (ns *Names) holder(r run) int {
	found := -1
	if noun := ns.d.t.String(r.end - 1); endsIn(noun, pluralEndings) && !endsIn(noun, noPluralEndings) && !ns.german { // "the candidates"
		return -1
	}
	rest := r      // the words of r that the role must have
	if ns.german { // "die Ministerin" after "Außenministerin"
		rest.end--
	}
	for _, h := range ns.roles[ns.d.fold(r.end-1)] {
		switch {
		case h.entity == found:
			continue
		case h.role.first >= r.first:
			ns.lost(h.entity, lostLater)
			continue
		case !ns.d.within(rest, h.role):
			ns.lost(h.entity, lostWords)
			continue
		case ns.lessened(r, h.role):
			ns.lost(h.entity, lostLessened)
			continue
		case found >= 0:
			ns.lost(found, lostRival)
			ns.lost(h.entity, lostRival)
			return -1
		}
		found = h.entity
	}
	return found
}

// lesser are words that make a role another one: "former", "deputy".
var lesser = englishWords("lesser")

// lessened reports whether role has a word such as "former" or "deputy" that r does not have.
func (ns *Names) lessened(r, role run) bool {
	for i := role.first; i < role.end; i++ {
		if (lesser[ns.d.fold(i)] || ns.german && germanLesser(ns.d.t.String(i))) && !ns.d.within(run{i, i + 1}, r) {
			return true
		}
	}
	return false
}

// definite reports whether token i is "the" or "this".
func definite(t *token.Text, i int) bool {
	return definites[t.String(i)]
}

// within reports whether every word of a stands in b.
func (d *document) within(a, b run) bool {
	for i := a.first; i < a.end; i++ {
		ok := false
		for k := b.first; k < b.end && !ok; k++ {
			ok = d.fold(i) == d.fold(k)
		}
		if !ok {
			return false
		}
	}
	return true
}

// vague are words that can mean an organisation but mostly mean something else: "the state".
var vague = englishWords("vague")

// byBody returns the one organisation named before r whose name begins or ends with the
// noun of r: "the ministry"; -1 if there is none or are several.
func (ns *Names) byBody(r run) int {
	t := ns.d.t
	if r.len() != 2 || !definite(t, r.first) || !generic[plain(t.String(r.first+1))] || vague[ns.d.fold(r.first+1)] {
		return -1
	}
	found := -1
	for _, e := range ns.bodies[ns.d.fold(r.first+1)] {
		if ns.names[ns.all[e].first].first >= r.first {
			ns.lost(e, lostLater)
			continue
		}
		if found >= 0 {
			ns.lost(found, lostRival)
			ns.lost(e, lostRival)
			return -1
		}
		found = e
	}
	return found
}

// index registers entity e, if it is an organisation, in ns.bodies under the first and last
// words of its fullest name.
func (ns *Names) index(e int) {
	n := ns.all[e]
	if n.kind != org {
		return
	}
	for _, w := range []uint64{ns.d.fold(n.full.first), ns.d.fold(n.full.end - 1)} {
		if list := ns.bodies[w]; len(list) < maxKnown && (len(list) == 0 || list[len(list)-1] != e) {
			ns.bodies[w] = append(list, e)
		}
	}
}

// hold registers entity e, a person with the role r, in ns.roles and ns.bearers under the
// noun of that role.
func (ns *Names) hold(e int, r run) {
	head := r.end - 1
	for i := r.first + 1; i < r.end && !ns.german; i++ {
		if w := ns.d.t.Tokens[i]; preposition[w.Fold] || w.Kind == token.Mark && !w.Is(token.Glued) || ns.d.t.String(i) == "," {
			head = i - 1
			break
		}
	}
	for i := r.end - 1; i >= r.first && ns.german; i-- {
		if ns.d.isGermanRole(i) {
			head = i
		}
	}
	ns.bearers[head] = e
	nouns := []uint64{ns.d.fold(head)}
	if ns.german {
		nouns = append(nouns, ns.d.germanNouns(head)...)
	}
	for _, w := range nouns {
		if list := ns.roles[w]; len(list) < maxKnown {
			ns.roles[w] = append(list, holder{e, r})
		}
	}
}
