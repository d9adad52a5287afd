package words

import "sync"

// A Set is the union of lists of all languages, to ask whether a word is in it.
// It is built when first asked; its methods may be called at the same time.
type Set struct {
	lists []string
	once  sync.Once
	words map[string]struct{}
}

// NewSet returns the set of the words of the lists with these names.
func NewSet(lists ...string) *Set { return &Set{lists: lists} }

// Has reports whether word is in the set, written as in the files.
func (s *Set) Has(word string) bool {
	s.once.Do(s.build)
	_, ok := s.words[word]
	return ok
}

// HasBytes is Has without making a string.
func (s *Set) HasBytes(word []byte) bool {
	s.once.Do(s.build)
	_, ok := s.words[string(word)]
	return ok
}

func (s *Set) build() {
	all := All(s.lists...)
	s.words = make(map[string]struct{}, len(all))
	for _, w := range all {
		s.words[w] = struct{}{}
	}
}

// A List is the union of lists of all languages in the order of All. It is
// built when first asked for; All may be called at the same time.
type List struct {
	lists []string
	once  sync.Once
	texts []string
}

// NewList returns the list of the texts of the lists with these names.
func NewList(lists ...string) *List { return &List{lists: lists} }

// All returns the texts. The result must not be changed.
func (l *List) All() []string {
	l.once.Do(func() { l.texts = All(l.lists...) })
	return l.texts
}
