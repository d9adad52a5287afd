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
	parts   []string // of the fullest name
	fullest int      // index of that name
	into    int      // entity that this one was joined to, -1 if none
	sex     listed   // isMale, isFemale or 0
	count   int      // of a person's names, up to the one that is looked at

	generation generation // of a person who shares the name with father or son
}

// A linker joins the names of a text into entities.
type linker struct {
	d        *document
	names    []name
	parts    [][]string // of each name
	of       []int      // entity of each name, -1 if none
	entities []entity
	known    map[string][]int // entities by a key of theirs
}

// link joins names, which are in the order of the text.
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

// join says that name i is one of entity e.
func (l *linker) join(i, e int) {
	l.of[i] = e
	en := &l.entities[e]
	if l.fuller(i, en.fullest) || slices.Equal(l.parts[i], en.parts) && l.shouted(en.fullest) && !l.shouted(i) {
		en.parts, en.fullest = l.parts[i], i
	}
}

// minShouted is the number of bytes from which on a word in capitals is taken for
// one that is written loud, not for an acronym.
const minShouted = 4

// shouted reports whether name i is all capitals and no acronym: "MOSCOW".
func (l *linker) shouted(i int) bool {
	for k := l.names[i].first; k < l.names[i].end; k++ {
		if t := l.d.t.Tokens[k]; !t.Is(token.AllCaps) || t.End-t.Start < minShouted {
			return false
		}
	}
	return true
}

// fuller reports whether a is a fuller name than b, of one entity: longer, but
// not by words before a first name that are none: "Crooked Ana Lima".
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
	if l.d.inflected { // the first case is mostly the shortest
		return l.bytes(a) < l.bytes(b)
	}
	return len(strings.Join(x, "")) > len(strings.Join(y, ""))
}

// bytes returns the length of name i.
func (l *linker) bytes(i int) int32 {
	t := l.d.t.Tokens
	return t[l.names[i].end-1].End - t[l.names[i].first].Start
}

// prefixed reports whether name a is b, which begins with a first name, behind
// a word that is no first name.
func (l *linker) prefixed(a, b int) bool {
	x, y := l.parts[a], l.parts[b]
	return l.names[a].kind == person && len(y) > 1 && slices.Equal(x[len(x)-len(y):], y) &&
		l.d.lists[l.names[a].first]&isFirst == 0 && l.d.lists[l.names[b].first]&isFirst != 0
}

// maxKnown bounds the entities that share a key and are compared.
const maxKnown = 16

// know lets entity e be found by key.
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

// parts returns the words of n without case and accents; words that a hyphen
// joins are one.
func (d *document) parts(n name) []string {
	t := d.t
	var list []string
	joined := false
	for i := n.first; i < n.end; i++ {
		k := t.Tokens[i]
		s := t.String(i)
		if k.Kind == token.Mark {
			joined = (s == "-" || s == "‑") && len(list) > 0
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
		if joined {
			list[len(list)-1] += "-" + w
		} else {
			list = append(list, w)
		}
		joined = false
	}
	return list
}

// uninflected returns the word w of token i of a German name as it stands alone:
// without the "s" of a genitive, an adjective with "e".
func (d *document) uninflected(w string, i int, isName bool) string {
	if d.genitive[i] {
		return strings.TrimSuffix(w, "s")
	}
	for _, suffix := range []string{"en", "er", "es"} {
		if stem, ok := strings.CutSuffix(w, suffix); ok && !isName && len(stem) > 2 {
			return stem + "e"
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
