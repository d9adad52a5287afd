package web

import "dateline"

// finds shows the findings of one article besides its statements: which days
// it speaks of, and who and what is named.
type finds struct {
	Dates    []dated
	Entities []entity
}

// An entity is one thing that the text names, and how often.
type entity struct {
	Kind, Name string
	N          int
}

func newFinds(f *dateline.Findings) finds {
	var show finds
	if f == nil {
		return show
	}
	show.Dates = datesOf(f)
	at := map[entity]int{}
	for _, m := range f.Mentions {
		e := entity{Kind: m.Kind, Name: m.Entity}
		if e.Name == "" {
			e.Name = m.Text
		}
		i, ok := at[e]
		if !ok {
			i = len(show.Entities)
			at[e] = i
			show.Entities = append(show.Entities, e)
		}
		show.Entities[i].N++
	}
	return show
}
