package entity

import (
	"strings"

	"dateline/understand/token"
)

var (
	// roleNouns are nouns for what somebody is: "minister".
	roleNouns = englishWords("role")
	// modifiers are words that can stand before a role noun: "deputy", "finance".
	modifiers = englishWords("modifier")
	// courtesies are titles that tell no role: "Mr".
	courtesies = englishWords("courtesies")
	// kin are words for relatives and others who belong to somebody: "brother".
	kin = englishWords("kin")
	// owners are the words "his", "their" and the like.
	owners = englishWords("owners")
	// notRoles end like a role noun and are none.
	notRoles     = englishWords("not-roles")
	roleSuffixes = endings("en", "role-ending")
	// adjectiveEndings are the endings of adjectives that can stand before a role noun.
	adjectiveEndings = endings("en", "adjective-ending")
	// determiners are articles, "his" and the like, and words of number.
	determiners = englishWords("determiners")
	// subjects are the pronouns that begin a sentence rather than an apposition: "he".
	subjects = englishWords("subjects")
	// openers are words that begin a sentence or clause and are part of no role: "but".
	openers     = englishWords("openers")
	days        = englishWords("days") // of the week, and months
	preposition = englishWords("preposition")
	speech      = englishWords("speech") // verbs of speech, and other words that end a role
)

// isRole reports whether token i is a noun for what somebody is: "minister",
// "cosplayer".
func (d *document) isRole(i int) bool {
	const (
		minPlural   = 4 // bytes of the shortest plural that is looked up without its "s"
		minSuffixed = 5 // bytes of the shortest word that its ending makes a role: "actor"
	)
	k := d.t.Tokens[i]
	if k.Kind != token.Word {
		return false
	}
	if roleNouns[k.Fold] {
		return true
	}
	s := d.t.String(i)
	if len(s) >= minPlural && endsIn(s, pluralEndings) && roleNouns[token.Hash(s[:len(s)-1])] {
		return true
	}
	if k.Is(token.Capital) && (!broken(d.t, i) || k.Is(token.AllCaps)) || len(s) < minSuffixed || notRoles[k.Fold] {
		return false
	}
	for _, suffix := range roleSuffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// roleBefore returns the words before name n that give its role: "EU foreign
// policy chief".
func (d *document) roleBefore(n name) (r run, ok bool) {
	i := n.first
	for i > 0 && n.first-i < maxTitles && !broken(d.t, i) && courtesies[d.fold(i-1)] {
		i--
	}
	if i == 0 || broken(d.t, i) {
		return r, false
	}
	end := i
	i--
	switch {
	case d.isRole(i):
	case d.t.Tokens[i].Is(token.Capital):
		if i = d.officeOf(i); i < 0 { // "Secretary of State"
			return r, false
		}
	default:
		return r, false
	}
	r = run{d.extend(i), end}
	for r.end > r.first && courtesies[d.fold(r.end-1)] {
		r.end--
	}
	return r, r.end > r.first
}

// rolePrior returns the words before a comma and name n that give its role:
// "its chief executive, Robert Klein, resigned".
func (d *document) rolePrior(n name) (r run, ok bool) {
	t := d.t
	i := n.first - 2
	if i < 1 || broken(t, n.first) || broken(t, n.first-1) || t.String(n.first-1) != "," || !d.isRole(i) || d.labelled(i) == person {
		return r, false
	}
	if n.end >= len(t.Tokens) || t.String(n.end) != "," {
		return r, false
	}
	first := d.extend(i)
	if first == 0 || broken(t, first) || !determiners[d.fold(first-1)] && !d.possessive(first-1, i) {
		return r, false
	}
	return run{first, i + 1}, true
}

// possessive reports whether a "'s" stands between tokens first and last.
func (d *document) possessive(first, last int) bool {
	for k := first; k < last; k++ {
		if s := d.t.String(k); possessives[s] {
			return true
		}
	}
	return false
}

// maxOffice is the greatest number of tokens behind a role noun that say what the role is
// in charge of: in "Minister of Foreign Affairs" they are three.
const maxOffice = 7

// officeOf returns the role noun that the words with a capital up to token i
// belong to, -1 if there is none: "Minister of Foreign Affairs".
func (d *document) officeOf(i int) int {
	for k := i; k > 0 && i-k <= maxOffice && !broken(d.t, k); k-- {
		w := d.t.Tokens[k]
		switch {
		case w.Is(token.Capital), links[d.t.String(k)] && w.Kind == token.Word, d.t.String(k) == "&":
		default:
			return -1
		}
		if links[d.t.String(k)] && d.isRole(k-1) && d.t.Tokens[k-1].Is(token.Capital) {
			return k - 1
		}
	}
	return -1
}

// maxRole is the number of tokens of the longest role.
const maxRole = 14

// maxTitles bounds the titles before a name: "Herr Prof. Dr. Dr. h. c." has six.
const maxTitles = 8

// extend returns where the role begins whose noun is token i. If "'s" was the first
// token that reach found, it stays outside of the role.
func (d *document) extend(i int) int {
	first := d.reach(i)
	if s := d.t.String(first); possessives[s] {
		first++
	}
	return first
}

// reach returns the first of the words before the role noun at token i that can be
// part of the role; i if there is none.
func (d *document) reach(i int) int {
	first := i
	for k := i - 1; k >= 0 && first-k == 1 && i-k < maxRole && !broken(d.t, first); k-- {
		w := d.t.Tokens[k]
		s := d.t.String(k)
		switch {
		case w.Kind == token.Mark:
			if s != "-" || k == 0 || !w.Is(token.Glued) || !d.t.Tokens[first].Is(token.Glued) {
				return first
			}
			k-- // the word before the hyphen
			first = k
			continue
		case joining[s] || s == "&":
			if k == 0 || broken(d.t, k) || !d.isRole(k-1) && !modifiers[d.fold(k-1)] || d.t.Tokens[k-1].Is(token.Capital) != d.t.Tokens[first].Is(token.Capital) {
				return first
			}
		case possessives[s]:
			if k == 0 || !d.t.Tokens[k-1].Is(token.Capital) {
				return first
			}
		case links[s] && d.labelled(k) != kindCount: // inside a name: "Bank of Ghana governor"
		case w.Is(token.Capital), modifiers[w.Fold], d.isRole(k), w.Kind == token.Number:
			if d.labelled(k) == person || determiners[w.Fold] || openers[w.Fold] || preposition[w.Fold] || days[w.Fold] || d.loud[k] && w.Is(token.AllCaps) && len(s) > 3 && !d.isRole(k) {
				return first
			}
		case d.adjective(s) && !determiners[w.Fold] && !preposition[w.Fold] && !speech[w.Fold]:
		default:
			return first
		}
		first = k
	}
	return first
}

// adjective reports whether the word s, in small letters, ends like an adjective.
func (d *document) adjective(s string) bool {
	for _, suffix := range adjectiveEndings {
		if len(s) > len(suffix)+2 && strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// labelled returns the kind of the name that token i is in, kindCount if in none.
func (d *document) labelled(i int) kind { return kindOf(d.labels[i]) }

// maxApposition is the greatest number of tokens of an apposition, which is a description
// between commas behind a name.
const maxApposition = 25

// roleAfter returns the apposition after name n that gives its role: ", a
// former editor-in-chief".
func (d *document) roleAfter(n name) (r run, ok bool) {
	t := d.t
	at := n.end
	if at+1 >= len(t.Tokens) || t.String(at) != "," {
		return r, false
	}
	at++
	if t.Tokens[at].Kind == token.Number && at+2 < len(t.Tokens) && t.String(at+1) == "," { // his age
		at += 2
	}
	article := determiners[d.fold(at)]
	if article {
		at++
	}
	r = run{at, at}
	if at >= len(t.Tokens) || courtesies[d.fold(at)] || subjects[d.fold(at)] || !article && (speech[d.fold(at)] || d.verb(at)) {
		return r, false
	}
	head := -1
	for ; r.end < len(t.Tokens) && r.end-at < maxApposition && !broken(t, r.end); r.end++ {
		k := t.Tokens[r.end]
		s := t.String(r.end)
		if k.Kind == token.Mark && s != "-" && !apostrophes[s] && s != "&" && s != "/" {
			break
		}
		if head < 0 && (preposition[k.Fold] && !d.hyphened(r.end) || r.end > at && speech[k.Fold] && !joining[s]) {
			head = r.end - 1
		}
		if relatives[s] || r.end > at && speech[k.Fold] && !joining[s] && !orJoining[s] {
			break
		}
	}
	for r.end > r.first && preposition[d.fold(r.end-1)] { // "to whom"
		r.end--
	}
	if head < 0 {
		head = r.end - 1
	}
	if head < at || !d.isRole(head) {
		return r, false
	}
	if head+1 < len(d.labels) && d.labelled(head+1) == person || d.labelled(head) == person { // "X, President Obama"
		return r, false
	}
	return r, r.end > r.first
}

// verb reports whether the small word at token i looks like a verb: ", urged".
func (d *document) verb(i int) bool {
	s := d.t.String(i)
	return !modifiers[d.fold(i)] && !d.t.Tokens[i].Is(token.Capital) && endsIn(s, verbEndings)
}

// related reports whether r only says whose relative somebody is, "his brother", which
// says nothing without knowing who "he" is.
func (d *document) related(r run) bool {
	return r.first > 0 && kin[d.fold(r.end-1)] && owners[d.fold(r.first-1)]
}

// role returns the words that give the role of the person with name n, and the name of
// the rule that found them. If a title of one word stands before the name and an apposition
// behind it, the role is the apposition, which tells more.
func (d *document) role(n name) (r run, rule string, ok bool) {
	before, isBefore := d.roleBefore(n)
	isBefore = isBefore && !d.related(before)
	if isBefore && before.len() > 1 {
		return before, roleBefore, true
	}
	if after, ok := d.roleAfter(n); ok {
		return after, roleAfter, true
	}
	if isBefore {
		return before, roleBefore, true
	}
	if prior, ok := d.rolePrior(n); ok && !d.related(prior) {
		return prior, rolePrior, true
	}
	if n.end-n.first > 1 && d.isRole(n.first) && d.t.Tokens[n.first].Is(token.Capital) &&
		!courtesies[d.fold(n.first)] && d.lists[n.first]&isFirst == 0 { // not Dean Acheson
		return run{d.extend(n.first), n.first + 1}, roleTitle, true
	}
	return r, "", false
}

// hyphened reports whether a hyphen joins token i to the one before: "editor-in-chief".
func (d *document) hyphened(i int) bool {
	return i > 0 && d.t.String(i-1) == "-" && d.t.Tokens[i].Is(token.Glued)
}
