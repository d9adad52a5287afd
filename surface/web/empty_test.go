package web_test

import (
	"testing"

	"dateline"
	"dateline/store"
)

// sourceless is an archive that follows nothing.
type sourceless struct{ *memory }

func (sourceless) Sources() store.Log[dateline.Source] {
	return store.NewMemory(func(s dateline.Source) string { return s.URL })
}

// TestEmptyListsHaveHeadings wants the pages of lists in which nothing is yet to
// say so in their heading.
func TestEmptyListsHaveHeadings(t *testing.T) {
	for path, want := range map[string]string{
		"/changes": "No changes of which the articles say nothing",
		"/sources": "No sources",
	} {
		headings := all(get(t, sourceless{&memory{}}, path).tree(t), "h1")
		if len(headings) != 1 || text(headings[0]) != want {
			t.Errorf("%s: the heading is %q, want %q", path, text(headings[0]), want)
		}
	}
}
