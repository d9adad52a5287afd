package web

import (
	"cmp"
	"slices"
	"strconv"

	"dateline"
)

// finds are the findings of one article, besides its statements, as its page shows
// them: the days that it speaks of, and who and what it names.
type finds struct {
	Dates    []dated
	Entities []entity

	of *dateline.Article
}

// Reasons is the address of the explanation why date n, counted from 1, means the days
// that it does; "" if there is no captured page from which it could be explained.
func (f finds) Reasons(n int) string {
	if f.of.Capture == "" {
		return ""
	}
	return whyURL(f.of.ID, f.of.Capture, "date-"+strconv.Itoa(n))
}

// An entity is one person, organization or other thing that the text names. N is how
// often it is named; Roles are what the text says that it is, such as "minister".
type entity struct {
	Kind, Name string
	N          int
	Roles      []string
}

// newFinds returns what the page of an article shows of its findings f, which may be
// nil.
func newFinds(a *dateline.Article, f *dateline.Findings) finds {
	show := finds{of: a}
	if f == nil {
		return show
	}
	show.Dates = datesOf(f)
	at := map[[2]string]int{}
	for _, m := range f.Mentions {
		if !m.Name() {
			continue
		}
		name := cmp.Or(m.Entity, m.Text)
		i, ok := at[[2]string{m.Kind, name}]
		if !ok {
			i = len(show.Entities)
			at[[2]string{m.Kind, name}] = i
			show.Entities = append(show.Entities, entity{Kind: m.Kind, Name: name})
		}
		e := &show.Entities[i]
		e.N++
		if m.Role != nil && m.Role.Text != "" && !slices.Contains(e.Roles, m.Role.Text) {
			e.Roles = append(e.Roles, m.Role.Text)
		}
	}
	return show
}
