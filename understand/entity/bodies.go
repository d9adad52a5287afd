package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/words"
)

var (
	// legal are words at the end of a company's name that are often left out.
	legal = spelled(words.Any, "legal")
	// links are small words whose first letters an acronym need not have.
	links = spelled(words.Any, "acronym-link")
	// placeSuffixes are words at the end of a place's name without which the place is
	// also named: "Gaza Strip", "Gaza".
	placeSuffixes = spelled("en", "place-suffix")
	// generic words can stand alone for the last named organisation or place whose name
	// begins or ends with them: "the court".
	generic = spelled("en", "generic-body")
	// aliases lead from other names of countries and bodies that are often in the news to
	// one common key for each. Names of one entity have the same key; it is never shown.
	aliases = pairs("en", "alias")
)

// bodies joins the names of organisations and places into entities: names with the
// same words first, then short names with the longer ones that they stand for.
func (l *linker) bodies() {
	var keys []string
	for i, n := range l.names {
		key := ""
		if n.kind == org || n.kind == place {
			l.parts[i] = core(l.parts[i])
			key = strings.Join(l.parts[i], " ")
			if a, ok := aliases[key]; ok {
				key = a
			}
			l.same(i, key)
		}
		keys = append(keys, key)
	}
	l.shorten()
	for i := range l.names {
		if keys[i] != "" {
			l.resolve(i)
		}
	}
	l.follow()
}

// core returns the words of a name without article and legal form. At least one word
// is left. Single letters, "U. S.", become one word.
func core(parts []string) []string {
	for len(parts) > 1 && spelledThe[parts[0]] {
		parts = parts[1:]
	}
	for len(parts) > 1 && legal[parts[len(parts)-1]] {
		parts = parts[:len(parts)-1]
	}
	if letters := strings.Join(parts, ""); utf8.RuneCountInString(letters) == len(parts) { // "U. S."
		return []string{letters}
	}
	return parts
}

// same joins name i to the entity with the same key, or makes a new one.
func (l *linker) same(i int, key string) {
	for _, e := range l.known["same "+key] {
		l.join(i, e)
		return
	}
	l.know("same "+key, l.add(i))
}

// longestShort is how many words a shorter name can have: more than those of any body
// known to us. What is longer is no name but a list.
const longestShort = 40

// shorten registers, for each entity whose name has several words, the shorter names
// that it can have: its first words, its last words, and its acronyms.
func (l *linker) shorten() {
	for e := range l.entities {
		en := &l.entities[e]
		p := en.parts
		if en.kind != org && en.kind != place || len(p) < 2 {
			continue
		}
		for k := 1; k < min(len(p), longestShort+1); k++ {
			l.know("short "+strings.Join(p[:k], " "), e)
			l.know("short "+strings.Join(p[len(p)-k:], " "), e)
		}
		all, big := initials(p)
		l.know("initials "+all, e)
		l.know("initials "+big, e)
		l.bracketed(e)
	}
}

// initials returns the first letters of all words (all), and of those that are not
// small words such as "of" (big).
func initials(parts []string) (all, big string) {
	var a, b strings.Builder
	for _, p := range parts {
		for w := range strings.SplitSeq(p, "-") {
			c, _ := utf8.DecodeRuneInString(w)
			if w == "" || !unicode.IsLetter(c) && !unicode.IsDigit(c) {
				continue
			}
			a.WriteRune(c)
			if !links[w] {
				b.WriteRune(c)
			}
		}
	}
	return a.String(), b.String()
}

// bracketed registers for entity e the short name in brackets behind its fullest
// name: "Bank of Ghana (BoG)".
func (l *linker) bracketed(e int) {
	i := l.entities[e].fullest
	if i+1 >= len(l.names) {
		return
	}
	n, next := l.names[i], l.names[i+1]
	t := l.d.t
	if next.first != n.end+1 || next.end >= len(t.Tokens) || t.String(n.end) != "(" || t.String(next.end) != ")" || len(l.parts[i+1]) != 1 {
		return
	}
	short := l.parts[i+1][0]
	whole := strings.Join(l.parts[i], "")
	if short[0] != whole[0] {
		return
	}
	for _, c := range short { // its letters stand in the long name in this order
		k := strings.IndexRune(whole, c)
		if k < 0 {
			return
		}
		whole = whole[k+utf8.RuneLen(c):]
	}
	l.known["initials "+short] = []int{e}
}

// resolve joins the entity whose fullest name is name i to the one entity whose longer
// name that is short for, if there is exactly one.
func (l *linker) resolve(i int) {
	e := l.of[i]
	if l.entities[e].fullest != i { // not the first of its entity
		return
	}
	p := l.parts[i]
	key := strings.Join(p, " ")
	if aliases[key] != "" { // "US" is not short for "U.S. Army"
		return
	}
	var found []int
	anyKind := l.acronym(i) && (l.names[i].kind != place || l.d.form[l.names[i].first]&pointed == 0)
	if l.acronym(i) {
		found = l.others(e, "initials "+key, anyKind)
	}
	if len(found) == 0 {
		found = l.others(e, "short "+key, anyKind)
	}
	if len(found) > 1 && len(p) == 1 && generic[p[0]] {
		found = l.latest(found, i)
	}
	if len(found) == 1 && !l.different(e, found[0]) {
		l.entities[e].into = found[0]
	}
}

// others returns the entities registered under a key that e can be joined to: those of
// the same kind, and with anyKind those of any kind.
func (l *linker) others(e int, key string, anyKind bool) (list []int) {
	for _, c := range l.known[key] {
		if c != e && l.root(c) != e && (anyKind || l.entities[c].kind == l.entities[e].kind) {
			list = append(list, c)
		}
	}
	return list
}

// different reports whether entity c, whose longer name contains that of the place e,
// is something else: "New York Times" is not New York.
func (l *linker) different(e, c int) bool {
	short, long := l.entities[e].parts, l.entities[c].parts
	if l.entities[e].kind != place || l.acronym(l.entities[e].fullest) {
		return false
	}
	rest := long[len(short):]
	if long[0] != short[0] {
		return true
	}
	return !(len(rest) == 1 && placeSuffixes[rest[0]] || ofWord[rest[0]])
}

// acronym reports whether name i is one word written as an acronym: in capitals, with
// a capital behind its first letter, or with points.
func (l *linker) acronym(i int) bool {
	n := l.names[i]
	f := l.d.form[n.first]
	return n.end == n.first+1 && f&(allCaps|mixed|pointed) != 0
}

// latest returns the one of entities whose fullest name stands last before name i, as
// a list of one; nil if there is none.
func (l *linker) latest(entities []int, i int) []int {
	best, at := -1, -1
	for _, e := range entities {
		if f := l.entities[e].fullest; f < i && f > at {
			best, at = e, f
		}
	}
	if best < 0 {
		return nil
	}
	return []int{best}
}

// maxJoined bounds the steps from an entity to the one that it was joined to in the
// end. Entities form chains because one that was joined can have others joined to it.
const maxJoined = 8

// root returns the entity that e was joined to in the end; e itself if it was not joined.
func (l *linker) root(e int) int {
	for n := 0; l.entities[e].into >= 0 && n < maxJoined; n++ {
		e = l.entities[e].into
	}
	return e
}

// follow replaces, for every name, a joined entity by the one that it was joined to.
func (l *linker) follow() {
	for i, e := range l.of {
		if e >= 0 {
			l.of[i] = l.root(e)
		}
	}
}
