package web

import (
	"strings"

	"dateline"
)

// finds shows the findings of one article: what was said, when, and who and
// what is named. Each says which rule found it.
type finds struct {
	Statements []said
	Dates      []dated
	Entities   []entity
}

// said is one statement with its words.
type said struct {
	dateline.Statement
	Speaker string // fullest name, else as named in the text
	Words   []string
}

// An entity is one thing that the text names, and how often.
type entity struct {
	Kind, Name string
	N          int
}

func newFinds(a *dateline.Article, f *dateline.Findings) finds {
	var show finds
	if f == nil {
		return show
	}
	for _, st := range f.Statements {
		text := dateline.Words{In: st.In}.Within(a)
		s := said{Statement: st, Speaker: st.Who, Words: excerpts(text, st.Content)}
		if s.Speaker == "" {
			s.Speaker = strings.Join(excerpts(text, st.Speaker), " ")
		}
		show.Statements = append(show.Statements, s)
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

// excerpts returns what stands at spans that lie in text.
func excerpts(text string, spans []dateline.Span) []string {
	var list []string
	for _, s := range spans {
		if s.Start >= 0 && s.Start < s.End && s.End <= len(text) {
			list = append(list, text[s.Start:s.End])
		}
	}
	return list
}
