package web

import (
	"cmp"
	"slices"
	"strconv"

	"dateline"
)

// finds shows the findings of one article besides its statements: which days
// it speaks of, and who and what is named.
type finds struct {
	Dates    []dated
	Entities []entity

	of *dateline.Article
}

// Reasons is the address of why date n, from 1, means the days that it does; "" if
// there is no capture to read anew.
func (f finds) Reasons(n int) string {
	if f.of.Capture == "" {
		return ""
	}
	return whyURL(f.of.ID, f.of.Capture, "date-"+strconv.Itoa(n))
}

// An entity is one thing that the text names, how often, and what it says that
// it is.
type entity struct {
	Kind, Name string
	N          int
	Roles      []string
}

// newFinds returns the findings f of an article.
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
