package words

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Set is the union of lists of all languages, to ask whether a word is in it.
// It is built when first asked; its methods may be called at the same time.
type Set struct {
	lists   []string
	once    sync.Once
	words   map[string]struct{}
	longest int // bytes of the longest word
}

// NewSet returns the set of the words of the lists with these names.
func NewSet(lists ...string) *Set { return &Set{lists: lists} }

// Has reports whether word is in the set, written as in the files.
func (s *Set) Has(word string) bool {
	s.once.Do(s.build)
	if len(word) > s.longest { // hostile texts have very long words, which would be read whole for nothing
		return false
	}
	_, ok := s.words[word]
	return ok
}

// HasBytes is Has without making a string.
func (s *Set) HasBytes(word []byte) bool {
	s.once.Do(s.build)
	if len(word) > s.longest {
		return false
	}
	_, ok := s.words[string(word)]
	return ok
}

func (s *Set) build() {
	all := All(s.lists...)
	s.words = make(map[string]struct{}, len(all))
	for _, w := range all {
		s.words[w] = struct{}{}
		s.longest = max(s.longest, len(w))
	}
}

// A List is the union of lists of all languages in the order of All. It is
// built when first asked for; All may be called at the same time.
type List struct {
	lists         []string
	before, after string
	once          sync.Once
	texts         []string
	by            map[[2]byte][]string // the first two bytes of texts
}

// Begin returns those texts of two bytes or more that begin with the same two bytes as s,
// among them all that s begins with. Capitals of ASCII count as small letters. The result
// must not be changed.
func (l *List) Begin(s string) []string {
	if len(s) < 2 {
		return nil
	}
	l.All()
	return l.by[[2]byte{lower(s[0]), lower(s[1])}]
}

// MayBegin reports whether s may begin with one of the texts, in whatever case: most of
// what does not is told by its first two bytes.
func (l *List) MayBegin(s string) bool {
	return len(s) > 1 && (s[0]|s[1] >= utf8.RuneSelf || len(l.Begin(s)) > 0)
}

// A Habit is the languages whose folders have a list that says so. It is built
// when first asked; its methods may be called at the same time.
type Habit struct {
	list  string
	once  sync.Once
	langs map[string]bool
}

// NewHabit returns the languages whose folders have the list, whatever is in it.
func NewHabit(list string) *Habit { return &Habit{list: list} }

// Of reports whether the language with the BCP 47 tag has the habit.
func (h *Habit) Of(tag string) bool {
	h.once.Do(func() {
		h.langs = map[string]bool{}
		for _, lang := range langs() {
			if len(Of(lang, h.list)) > 0 {
				h.langs[lang] = true
			}
		}
	})
	return h.langs[base(tag)]
}

// A Map tells the value that a word stands for, such as the offset of a zone. It holds
// lists of all languages, of which the first that has a word counts, in the order of
// All. It is built when first asked; its methods may be called at the same time.
type Map struct {
	lists  []string
	once   sync.Once
	values map[string]string
}

// NewMap returns the map of the words of the lists with these names.
func NewMap(lists ...string) *Map { return &Map{lists: lists} }

// Value returns the value of a word, written as in the files; "" if it has none.
func (m *Map) Value(word string) string {
	m.once.Do(func() {
		m.values = map[string]string{}
		for _, lang := range append([]string{Any}, langs()...) {
			for _, e := range Of(lang, m.lists...) {
				if _, ok := m.values[e.Text]; !ok {
					m.values[e.Text] = e.Value
				}
			}
		}
	})
	return m.values[word]
}

// Values is the union of lists of all languages with the values of their words. It is
// built when first asked for; All may be called at the same time.
type Values struct {
	lists   []string
	once    sync.Once
	entries []Entry
	by      map[[2]byte][]Entry // the first two bytes of their texts
}

// NewValues returns the entries of the lists with these names.
func NewValues(lists ...string) *Values { return &Values{lists: lists} }

// All returns the entries, first those of the folder any, then language by language. The
// result must not be changed.
func (v *Values) All() []Entry {
	v.once.Do(func() {
		for _, lang := range append([]string{Any}, langs()...) {
			v.entries = append(v.entries, Of(lang, v.lists...)...)
		}
		v.by = map[[2]byte][]Entry{}
		for _, e := range v.entries {
			if len(e.Text) > 1 {
				at := [2]byte{e.Text[0], e.Text[1]}
				v.by[at] = append(v.by[at], e)
			}
		}
	})
	return v.entries
}

// Begin returns those entries of two bytes or more whose text begins with the same two
// bytes as s, among them all that s begins with. Capitals of ASCII count as small letters.
// The result must not be changed.
func (v *Values) Begin(s string) []Entry {
	if len(s) < 2 {
		return nil
	}
	v.All()
	return v.by[[2]byte{lower(s[0]), lower(s[1])}]
}

// MayBegin reports whether s may begin with one of the texts, in whatever case: most of
// what does not is told by its first two bytes.
func (v *Values) MayBegin(s string) bool {
	return len(s) > 1 && (s[0]|s[1] >= utf8.RuneSelf || len(v.Begin(s)) > 0)
}

// NewList returns the list of the texts of the lists with these names.
func NewList(lists ...string) *List { return &List{lists: lists} }

// Wrap has l, which was not yet asked for, put before in front of each text and
// after behind it, and returns l.
func (l *List) Wrap(before, after string) *List {
	l.before, l.after = before, after
	return l
}

// Pattern returns the texts of l for which ok holds as alternatives of a regular
// expression, the longest first.
func (l *List) Pattern(ok func(text string) bool) string {
	var all []string
	for _, s := range l.All() {
		if ok == nil || ok(s) {
			all = append(all, regexp.QuoteMeta(s))
		}
	}
	slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
	return strings.Join(all, "|")
}

// All returns the texts. The result must not be changed.
func (l *List) All() []string {
	l.once.Do(func() {
		l.texts = All(l.lists...)
		for i, s := range l.texts {
			l.texts[i] = l.before + s + l.after
		}
		l.by = map[[2]byte][]string{}
		for _, s := range l.texts {
			if len(s) > 1 {
				at := [2]byte{s[0], s[1]}
				l.by[at] = append(l.by[at], s)
			}
		}
	})
	return l.texts
}
