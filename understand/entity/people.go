package entity

import (
	"strings"
	"unicode/utf8"

	"dateline/understand/token"
)

var (
	maleTitles   = englishWords("male-titles")
	femaleTitles = englishWords("female-titles")
	// honorifics are no part of a person's name.
	honorifics = spelled("en", "honorific")
)

// younger and elder are the words behind a name that tell a son from his father: "Jr." and
// "Sr.".
var (
	younger = englishWords("younger")
	elder   = englishWords("elder")
	// the same before a name: “the elder Hale”.
	youngerBefore = englishWords("younger-before")
	elderBefore   = englishWords("elder-before")
)

// A generation is what a word behind a name says of father and son who share that name.
type generation uint8

const (
	isElder generation = 1 << iota
	isYounger
)

// generationOf returns the generation that name i gives, 0 if it gives none.
func (l *linker) generationOf(i int) generation {
	n := l.names[i]
	if n.first > 1 && definite(l.d.t, n.first-2) { // "the younger Hale"
		switch w := l.d.fold(n.first - 1); {
		case youngerBefore[w]:
			return isYounger
		case elderBefore[w]:
			return isElder
		}
	}
	for _, k := range []int{n.end - 1, n.end, n.end + 1} { // "Hale Jr.", "Hale", "Jr."; "Hale", ",", "Jr."
		switch w := l.d.fold(k); {
		case k > n.end && l.d.t.String(n.end) != ",":
		case younger[w]:
			return isYounger
		case elder[w]:
			return isElder
		}
		if k+1 >= len(l.d.t.Tokens) {
			break
		}
	}
	return 0
}

// others reports whether a and b are the generations of two people, father and son.
func others(a, b generation) bool { return a|b == isElder|isYounger }

// people joins the names of people into entities: first those of several words, then
// those of a single word to the one person whom it can mean.
func (l *linker) people() {
	for i, n := range l.names {
		if n.kind != person {
			continue
		}
		l.parts[i] = bare(l.parts[i])
		if len(l.parts[i]) > 1 {
			l.full(i)
		}
	}
	for i, n := range l.names {
		if n.kind == person && len(l.parts[i]) <= 1 {
			l.single(i)
		}
		if n.kind == person && l.of[i] >= 0 {
			l.entities[l.of[i]].count++
		}
	}
}

// bare returns the words of a name without honorifics at its ends. At least one word is left.
func bare(parts []string) []string {
	for len(parts) > 1 && honorifics[parts[0]] {
		parts = parts[1:]
	}
	for len(parts) > 1 && honorifics[parts[len(parts)-1]] {
		parts = parts[:len(parts)-1]
	}
	return parts
}

// full joins name i, of several words, to the first person whose name agrees,
// or makes a new one of it.
func (l *linker) full(i int) {
	parts := l.parts[i]
	sex := l.sexOf(i)
	for _, key := range []string{parts[len(parts)-1], parts[0]} {
		for _, e := range l.known["person "+key] {
			en := &l.entities[e]
			if agree(parts, en.parts) && !opposed(sex, en.sex) && !others(l.generationOf(i), en.generation) {
				l.join(i, e)
				en.sex |= sex
				en.generation |= l.generationOf(i)
				l.knowParts(parts, e)
				return
			}
		}
	}
	e := l.add(i)
	l.entities[e].sex = sex
	l.entities[e].generation = l.generationOf(i)
	l.knowParts(parts, e)
}

// knowParts registers entity e, a person, under each word of a name.
func (l *linker) knowParts(parts []string, e int) {
	for _, p := range parts {
		l.know("person "+p, e)
	}
}

// agree reports whether two names can be of one person: the words of the shorter name
// stand in the longer in the same order, and their last words are the same, or their first
// words, as in names that put the family first. An initial stands for any word but the last.
// Names of two words also agree in reverse order: "Ichiyō Higuchi", "Higuchi Ichiyō".
func agree(a, b []string) bool {
	if len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0] {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	last := len(a) - 1
	if a[last] != b[len(b)-1] && (a[0] != b[0] || len(a[0]) == 1) {
		return false
	}
	if len(a) > 2 && len(b) > len(a) && utf8.RuneCountInString(b[1]) == 1 && !sameWord(a[1], b[1]) { // "George W." is not "George H. W."
		return false
	}
	k := 0
	for _, p := range b {
		if k < last && sameWord(a[k], p) || k == last && a[k] == p {
			k++
		}
	}
	return k == len(a)
}

// sameWord reports whether a and b are the same word, or one is the initial of the other.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	return utf8.RuneCountInString(a) == 1 && strings.HasPrefix(b, a)
}

// opposed reports whether one of a and b is male and the other female.
func opposed(a, b listed) bool { return a|b == isMale|isFemale }

// sexOf returns the sex that the title and the first name of name i tell, 0 if none.
func (l *linker) sexOf(i int) listed {
	t, n := l.d.t, l.names[i]
	for _, k := range []int{n.first - 1, n.first} {
		if k < 0 {
			continue
		}
		switch {
		case maleTitles[t.Tokens[k].Fold]:
			return isMale
		case femaleTitles[t.Tokens[k].Fold]:
			return isFemale
		}
	}
	if len(l.parts[i]) < 2 {
		return 0
	}
	for k := n.first; k < n.end; k++ {
		if k == n.first && particles[t.Tokens[k].Fold] { // "Van der Berg" is no man called Van
			return 0
		}
		if t.Tokens[k].Kind != token.Mark && l.d.lists[k]&isFirst != 0 {
			return l.d.lists[k] & (isMale | isFemale)
		}
	}
	return 0
}

// farMore is how many times as often as any other person with the same name somebody must
// have been named to be meant by a name that several people share.
const farMore = 3

// How likely a word alone means a person, by its place in the person's name; more is
// likelier. One is added if the person was named before.
const (
	anyWord   = 2
	firstWord = 4
	lastWord  = 6 // or all of the name
)

// single joins name i, which is one word, to the person whose name it is most likely
// part of: as the last name rather than the first, and that rather than another, and of two
// in the same place rather that of a person named before. If that leaves several, it is joined
// to one only who was named far more often than the rest; else it becomes an entity of its own.
func (l *linker) single(i int) {
	if len(l.parts[i]) == 0 {
		return
	}
	part := l.parts[i][0]
	sex := l.sexOf(i)
	best, rank, ties, rivals := -1, 0, 0, 0
	generation := l.generationOf(i)
	for _, e := range l.known["person "+part] {
		en := l.entities[e]
		if opposed(sex, en.sex) || others(generation, en.generation) {
			continue
		}
		r := anyWord
		switch {
		case len(en.parts) == 1 || en.parts[len(en.parts)-1] == part:
			r = lastWord
		case en.parts[0] == part:
			r = firstWord
		}
		if en.fullest < i {
			r++
		}
		switch {
		case r > rank:
			best, rank, ties, rivals = e, r, 1, 0
		case r == rank:
			ties++
			rival := e
			if en.count > l.entities[best].count {
				best, rival = e, best
			}
			rivals = max(rivals, l.entities[rival].count)
		}
	}
	if best >= 0 && (ties == 1 || l.entities[best].count >= farMore*max(rivals, 1)) {
		l.join(i, best)
		l.entities[best].sex |= sex
		return
	}
	key := "alone " + part
	for _, e := range l.known[key] {
		if !opposed(sex, l.entities[e].sex) {
			l.join(i, e)
			return
		}
	}
	e := l.add(i)
	l.entities[e].sex = sex
	l.know(key, e)
	if ties == 0 {
		l.know("person "+part, e)
	}
}
