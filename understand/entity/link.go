package entity

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"dateline/understand/token"
)

// An entity is one person, organisation or place, and the names for it.
type entity struct {
	kind    kind
	parts   []string // the words of its fullest name, see the method parts of document
	fullest int      // index of its fullest name
	into    int      // the entity that this one was joined to, -1 if none
	sex     listed   // isMale, isFemale, or 0 if unknown
	count   int      // how often a person was named so far, while names of one word are joined

	generation generation // what "Sr." or "Jr." behind the name says; 0 if neither was there
}

// A linker joins the names of a text into entities.
type linker struct {
	d        *document
	names    []name
	parts    [][]string // the words of each name
	of       []int      // the entity of each name, -1 if none
	entities []entity
	known    map[string][]int // entities by a key: what kind of key it is, "person" for one, a space and words
}

// link joins names, which are in the order of the text, into entities.
func link(d *document, names []name) *linker {
	l := &linker{d: d, names: names, of: make([]int, len(names)), parts: make([][]string, len(names)), known: map[string][]int{}}
	for i, n := range names {
		l.of[i] = -1
		l.parts[i] = d.parts(n)
	}
	l.people()
	l.bodies()
	return l
}

// add makes an entity of name i.
func (l *linker) add(i int) int {
	l.entities = append(l.entities, entity{kind: l.names[i].kind, parts: l.parts[i], fullest: i, into: -1})
	l.of[i] = len(l.entities) - 1
	return l.of[i]
}

// join notes that name i is one of entity e, and makes it the entity's fullest name if it
// is fuller than the one before, or the same but not written in capitals.
func (l *linker) join(i, e int) {
	l.of[i] = e
	en := &l.entities[e]
	if l.fuller(i, en.fullest) || slices.Equal(l.parts[i], en.parts) && l.shouted(en.fullest) && !l.shouted(i) {
		en.parts, en.fullest = l.parts[i], i
	}
}

// minShouted is the least number of bytes of a word in capitals that is taken for an
// ordinary word rather than for an acronym.
const minShouted = 4

// shouted reports whether name i is written in capitals and is no acronym: "MOSCOW".
func (l *linker) shouted(i int) bool {
	for k := l.names[i].first; k < l.names[i].end; k++ {
		if t := l.d.t.Tokens[k]; !t.Is(token.AllCaps) || t.End-t.Start < minShouted {
			return false
		}
	}
	return true
}

// fuller reports whether name a is a fuller one than name b of the same entity: it has
// more words, but not because of a word before the first name, as in "Crooked Ana Lima",
// and is not longer only because a headline's capitals hide where it ends.
func (l *linker) fuller(a, b int) bool {
	x, y := l.parts[a], l.parts[b]
	if loud := l.d.loud[l.names[a].first]; loud != l.d.loud[l.names[b].first] && l.names[a].kind == person {
		quiet := x
		if loud {
			quiet = y
		}
		if len(quiet) > 1 { // "Ana Duarte Wins" above "Ana Duarte won"
			return !loud
		}
	}
	switch d := len(x) - len(y); {
	case d > 0:
		return !l.prefixed(a, b)
	case d < 0:
		return l.prefixed(b, a)
	}
	if l.d.inflected { // the nominative is mostly the shortest form
		return l.bytes(a) < l.bytes(b)
	}
	return len(strings.Join(x, "")) > len(strings.Join(y, ""))
}

// bytes returns the length of name i in bytes.
func (l *linker) bytes(i int) int32 {
	t := l.d.t.Tokens
	return t[l.names[i].end-1].End - t[l.names[i].first].Start
}

// prefixed reports whether name a consists of name b, which begins with a first name, and
// words before it that do not begin with one.
func (l *linker) prefixed(a, b int) bool {
	x, y := l.parts[a], l.parts[b]
	return l.names[a].kind == person && len(y) > 1 && slices.Equal(x[len(x)-len(y):], y) &&
		l.d.lists[l.names[a].first]&isFirst == 0 && l.d.lists[l.names[b].first]&isFirst != 0
}

// maxKnown bounds the entities that share a key and are compared.
const maxKnown = 16

// know registers entity e under key.
func (l *linker) know(key string, e int) {
	list := l.known[key]
	for _, k := range list {
		if k == e {
			return
		}
	}
	if len(list) < maxKnown {
		l.known[key] = append(list, e)
	}
}

// parts returns the words of n in small letters, without accents and points and without the
// endings of grammatical case. Words that a hyphen joins are one word; "'s" is left out.
func (d *document) parts(n name) []string {
	t := d.t
	var list []string
	var word []string // the pieces of the word at hand, between its hyphens
	joined := false
	for i := n.first; i < n.end; i++ {
		k := t.Tokens[i]
		s := t.String(i)
		if k.Kind == token.Mark {
			joined = (s == "-" || s == "‑") && len(word) > 0
			continue
		}
		if s[0] == '\'' || strings.HasPrefix(s, "’") {
			continue
		}
		w := plain(s)
		if d.genitive != nil {
			w = d.uninflected(w, i, i == n.end-1 || n.kind == person)
		}
		if d.inflected {
			w = withoutCase(w)
		}
		if !joined && len(word) > 0 {
			list, word = append(list, strings.Join(word, "-")), word[:0]
		}
		word, joined = append(word, w), false
	}
	if len(word) > 0 {
		list = append(list, strings.Join(word, "-"))
	}
	return list
}

// uninflected returns the word w, which is token i of a German name, in its basic form:
// without the "s" of a genitive; an adjective, any word that is no name itself, ends in "e".
func (d *document) uninflected(w string, i int, isName bool) string {
	if d.genitive[i] {
		return withoutGenitive(w)
	}
	for _, suffix := range germanOblique {
		if stem, ok := strings.CutSuffix(w, suffix); ok && !isName && len(stem) > 2 {
			return stem + germanBasic
		}
	}
	return w
}

// plain returns s in small letters without accents and points.
func plain(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		ascii = ascii && s[i] < 0x80
	}
	if !ascii {
		s = norm.NFD.String(s)
	}
	return strings.Map(func(c rune) rune {
		if c == '.' || unicode.Is(unicode.Mn, c) {
			return -1
		}
		if c == '’' {
			return '\''
		}
		return unicode.ToLower(c)
	}, s)
}
