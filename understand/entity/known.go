package entity

import (
	"dateline/understand/token"
)

// This file finds whom English words mean where their names alone do not tell: a couple
// shares a last name, a title tells a husband from his wife, and in a text that names only
// one person many words can mean this person.

// fuller returns, by entity, the full names of people whose name the text gives in parts:
// in “Peter and Ruth Lund” Peter is “Peter Lund”, and so is “Peter “Pete” Lund”. The first
// call also sets ns.married and ns.nicknames.
func (ns *Names) fuller() map[int]string {
	if ns.fullNames != nil {
		return ns.fullNames
	}
	ns.fullNames, ns.married, ns.nicknames = map[int]string{}, map[int]uint64{}, map[uint64]int{}
	t := ns.d.t
	for i, n := range ns.names {
		if n.kind != person || ns.german || ns.tongue != nil {
			continue
		}
		e := ns.of[i]
		if n.end-n.first != 1 {
			ns.nicknamed(n, e)
			continue
		}
		if last := ns.sharedSurname(i); last >= 0 {
			ns.fullNames[e] = t.String(n.first) + " " + t.String(last)
			ns.married[e] = t.Tokens[last].Fold
		} else if first := ns.beforeNickname(n); first >= 0 {
			ns.fullNames[e] = t.String(first) + " " + t.String(n.first)
			if n.first-first == 4 { // the nickname is one word between its marks
				ns.nicknames[ns.d.fold(first+2)] = e
			}
		}
	}
	return ns.fullNames
}

// nicknamed notes the full name and the nickname of entity e, if n is a name of it that has a nickname between
// marks: “Robert “Bobby” Kane” is “Robert Kane”, and so is Bobby.
func (ns *Names) nicknamed(n name, e int) {
	t := ns.d.t
	open := -1
	for i := n.first + 1; i < n.end-1; i++ {
		switch {
		case open < 0 && opensNick(t.String(i)):
			open = i
		case open >= 0 && i > open+1 && closesNick(t.String(i)):
			ns.fullNames[e] = ns.words(run{n.first, open}).Text + " " + ns.words(run{i + 1, n.end}).Text
			if i == open+2 {
				ns.nicknames[ns.d.fold(open+1)] = e
			}
			return
		}
	}
}

// sharedSurname returns the token of the last name that the person of name i, which is
// only a first name, shares with the person named beside: “Peter and Ruth Lund”, “Ruth Lund
// and her husband, Peter”; -1 if there is none.
func (ns *Names) sharedSurname(i int) int {
	t, n := ns.d.t, ns.names[i]
	if ns.d.lists[n.first]&isFirst == 0 {
		return -1
	}
	if i+1 < len(ns.names) && n.end < len(t.Tokens) && joining[t.String(n.end)] {
		if o := ns.names[i+1]; o.kind == person && o.first == n.end+1 && o.end-o.first > 1 {
			return o.end - 1
		}
	}
	k := n.first - 1
	if k > 0 && t.String(k) == "," {
		k--
	}
	if i == 0 || k < 3 || !kin[t.Tokens[k].Fold] || !owners[t.Tokens[k-1].Fold] {
		return -1
	}
	o := ns.names[i-1]
	if s := t.String(k - 2); o.kind == person && o.end-o.first > 1 && (o.end == k-2 && joining[s] || o.end == k-1) {
		return o.end - 1
	}
	return -1
}

// beforeNickname returns the token of the first name before a nickname in quotation marks
// or brackets that stands before the last name n; -1 if there is none.
func (ns *Names) beforeNickname(n name) int {
	t := ns.d.t
	const longest = 4 // tokens of a nickname
	k := n.first - 1
	if k < 3 || !closesNick(t.String(k)) {
		return -1
	}
	for i := k - 2; i >= max(1, k-1-longest); i-- {
		if opensNick(t.String(i)) && ns.d.form[i-1] != 0 && !t.Tokens[i].Is(token.Sentence) && t.Tokens[i-1].Kind == token.Word {
			return i - 1
		}
	}
	return -1
}

func opensNick(s string) bool { return s == "“" || s == "‘" || s == "\"" || s == "(" || s == "'" }
func closesNick(s string) bool {
	return s == "”" || s == "’" || s == "\"" || s == ")" || s == "'"
}

// refined returns the entity that the name n means, which was joined to entity e. That
// can be another one if n is a nickname, if a title stands before n, or if n is the first
// word of an organisation's name.
func (ns *Names) refined(n name, e int) int {
	if n.end-n.first != 1 || ns.german || ns.tongue != nil {
		return e
	}
	if n.kind == person {
		ns.fuller()
		if o, ok := ns.nicknames[ns.d.fold(n.first)]; ok && ns.all[o].full.first < n.first {
			return o
		}
		if found := ns.byTitle(n, e); found != e || ns.d.lists[n.first]&(isFirst|isLast) != 0 {
			return found
		}
	}
	if full := ns.all[e].full; full.end-full.first > 1 {
		return e
	}
	return ns.byFirstWord(n, e)
}

// byFirstWord returns the one organisation named before n whose longer name begins with the
// word of n: "Brightwell" means the "Brightwell Foods" named before. It returns e, the
// entity of n, if there is no such organisation, or more than one.
func (ns *Names) byFirstWord(n name, e int) int {
	found := e
	for _, b := range ns.bodies[ns.d.fold(n.first)] {
		full := ns.all[b].full
		if b == e || full.end-full.first < 2 || ns.d.fold(full.first) != ns.d.fold(n.first) || full.first >= n.first {
			continue
		}
		if found != e {
			return e
		}
		found = b
	}
	return found
}

// byTitle returns the one person named before n who has the last name n and the sex of
// the title before it, such as "Mrs Lund" of a couple. It returns e, the entity of n, if
// no title stands before n, or if nobody or several people fit.
func (ns *Names) byTitle(n name, e int) int {
	t := ns.d.t
	k := n.first - 1
	if k >= 0 && t.String(k) == "." {
		k--
	}
	if k < 0 {
		return e
	}
	var sex listed
	switch w := t.Tokens[k].Fold; {
	case maleTitles[w]:
		sex = isMale
	case femaleTitles[w]:
		sex = isFemale
	default:
		return e
	}
	ns.fuller()
	last, found := t.Tokens[n.first].Fold, -1
	for o := range ns.all {
		x := &ns.all[o]
		own := x.sex | ns.d.lists[x.full.first]&(isMale|isFemale)
		if x.kind != person || x.full.first >= n.first || own&sex == 0 || opposed(own, sex) {
			continue
		}
		whole := x.full.end-x.full.first > 1 && t.Tokens[x.full.end-1].Fold == last
		if !whole && ns.married[o] != last {
			continue
		}
		if found >= 0 && found != o {
			return e
		}
		found = o
	}
	if found < 0 {
		return e
	}
	return found
}

// byAuthor returns who wrote the document that the words in r mean: “a letter from Mayor
// Ruth Lund”; -1 if they do not tell.
func (ns *Names) byAuthor(r run) int {
	t := ns.d.t
	wrote := false
	for i := r.first; i < r.end; i++ {
		switch {
		case writings[t.Tokens[i].Fold]:
			wrote = true
		case wrote && byWhom[t.Tokens[i].Fold]:
			end := i + 1
			for end < r.end && (!preposition[t.Tokens[end].Fold] || ofWord[t.String(end)]) && t.Tokens[end].Kind != token.Mark {
				end++
			}
			if end == i+1 {
				return -1
			}
			return ns.byName(run{i + 1, end})
		case t.Tokens[i].Kind == token.Mark && t.String(i) == ",":
			return -1
		}
	}
	return -1
}

var (
	writings = englishWords("writing")
	byWhom   = englishWords("by-whom")
)

// byOffice returns the one person named before r whose role has all the words of r but
// "the", "of", "for" and "'s", among them the place or organisation: “the mayor of Weston”,
// “Weston’s mayor”. It returns -1 if there is none or are several.
func (ns *Names) byOffice(r run) int {
	t := ns.d.t
	head := -1
	var words []int
	for i := r.first; i < r.end; i++ {
		s := t.String(i)
		switch {
		case t.Tokens[i].Kind == token.Mark && !possessives[s] && !apostrophes[s]:
			return -1
		case possessives[s] || definite(t, i) || officeLinks[s]:
		default:
			if ns.d.isRole(i) {
				head = i
			}
			words = append(words, i)
		}
	}
	if head < 0 || len(words) < 2 {
		return -1
	}
	found := -1
	for _, h := range ns.roles[ns.d.fold(head)] {
		if h.entity == found || h.role.first >= r.first || ns.lessened(r, h.role) {
			continue
		}
		all := true
		for _, i := range words {
			all = all && ns.d.within(run{i, i + 1}, h.role)
		}
		if !all {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = h.entity
	}
	return found
}

// byOnly returns the only person whom the text names, if this person is named before r, r
// can mean a person, “the 43-year-old” or “the former teacher”, and nobody without a
// name is introduced between the two; else -1.
func (ns *Names) byOnly(r run) int {
	if !definite(ns.d.t, r.first) || !ns.personal(r) {
		return -1
	}
	found, at := -1, 0
	for i, n := range ns.names {
		switch e := ns.of[i]; {
		case n.kind != person || e == found:
		case found >= 0 || n.first >= r.first:
			return -1
		default:
			found = e
		}
		if n.kind == person && n.first < r.first {
			at = n.end
		}
	}
	if found < 0 || ns.unnamed(at, r.first) {
		return -1
	}
	return found
}

// onlyRule is the rule of [Names.Only].
const onlyRule = "entity/only-person"

// Only returns whom the English pronoun from byte start up to byte end means, for pronouns for
// which neither [Names.Who] nor [Names.Resume] finds anybody: the only person named before it
// who can be of its sex. ok is false if there is no such person or are several, if somebody
// without a name, "a driver", is introduced in between, or if people of the other sex are named and
// more than three paragraphs have begun since the person was named last.
func (ns *Names) Only(start, end int) (r Referent, ok bool) {
	p, pEnd := ns.tokens(start, end)
	sex := ns.pronoun(run{p, pEnd})
	if sex == 0 || ns.german || ns.tongue != nil {
		return r, false
	}
	found, at, alone := -1, 0, true
	for i, n := range ns.names {
		if n.first >= p {
			break
		}
		if n.kind != person {
			continue
		}
		switch e := ns.of[i]; {
		case opposed(ns.all[e].sex, sex):
			alone = false
		case found >= 0 && e != found:
			return r, false
		default:
			found, at = e, n.end
		}
	}
	if found < 0 || ns.unnamed(at, p) || !alone && ns.begun(at, p) > maxResume {
		return r, false
	}
	return ns.referent(found, onlyRule), true
}

// begun returns how many paragraphs begin with one of the tokens first to end, both
// included.
func (ns *Names) begun(first, end int) (n int) {
	for _, k := range ns.d.t.Tokens[first : end+1] {
		if k.Is(token.Paragraph) {
			n++
		}
	}
	return n
}

// personal reports whether the words of r, up to the first preposition or comma, end in a
// singular noun for what somebody is, or in an age: “the 43-year-old from Leeds”; or are a nationality: “the Norwegian”.
func (ns *Names) personal(r run) bool {
	end := r.first + 1
	for end < r.end && !preposition[ns.d.t.Tokens[end].Fold] && ns.d.t.String(end) != "," {
		end++
	}
	last := ns.d.t.String(end - 1)
	if aged[last] || endsIn(last, agedEndings) {
		return true
	}
	if end == r.first+2 && ns.d.form[end-1] != 0 && ns.d.usuallyOther(end-1) && last[len(last)-1] != 's' { // “the Norwegian”
		return true
	}
	return end > r.first+1 && ns.d.isRole(end-1) && !endsIn(last, pluralEndings)
}

// unnamed reports whether somebody without a name is introduced between two tokens: “a
// driver”, but not what somebody was: “came as a student”, “was a nurse”.
func (ns *Names) unnamed(from, to int) bool {
	const farthest = 400 // tokens that are searched, the last before to
	t := ns.d.t
	for i := max(from, to-farthest); i < to; i++ {
		if !indefinite[t.Tokens[i].Fold] || i > 0 && wasBefore[t.Tokens[i-1].Fold] {
			continue
		}
		for k := i + 1; k < min(to, i+4); k++ {
			if ns.d.isRole(k) {
				return true
			}
		}
	}
	return false
}

// indefinite are words that introduce somebody who was not mentioned before: "a", "another".
var indefinite = englishWords("indefinite")

// wasBefore are words between somebody and what that person is or was: "as", "was".
var wasBefore = englishWords("was-before")

// byOnlyBody returns the only organisation among the last maxNames names before r, if r is
// "it" or a description of an organisation such as "the company"; else -1.
func (ns *Names) byOnlyBody(r run) int {
	t := ns.d.t
	it := r.len() == 1 && itPronouns[t.Tokens[r.first].Fold]
	if !it && !(r.len() == 2 && definite(t, r.first) && bodyNouns[t.Tokens[r.first+1].Fold]) {
		return -1
	}
	found := -1
	for i := ns.from(r.first) - 1; i >= 0 && i >= ns.from(r.first)-maxNames; i-- {
		n := ns.names[i]
		if n.kind != org || ns.quoted[n.first] {
			continue
		}
		if e := ns.byFirstWord(n, ns.of[i]); found >= 0 && e != found {
			ns.lost(e, lostRival)
			return -1
		} else {
			found = e
		}
	}
	return found
}

var (
	itPronouns = englishWords("it")
	bodyNouns  = englishWords("body-nouns")
)
