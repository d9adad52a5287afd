package web

import (
	"cmp"
	"slices"

	"dateline"
)

// finds shows the findings of one article besides its statements: which days
// it speaks of, and who and what is named.
type finds struct {
	Dates    []dated
	Entities []entity
}

// An entity is one thing that the text names, how often, and what it says that
// it is.
type entity struct {
	Kind, Name string
	N          int
	Roles      []string
}

func newFinds(f *dateline.Findings) finds {
	var show finds
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
