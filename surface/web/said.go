package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"dateline"
	"dateline/query"
	"dateline/relate/speaker"
)

// A said is one statement of an article as pages show it.
type said struct {
	dateline.Statement
	N        int      `json:"n"`              // among the statements of the article, from 1
	Name     string   `json:"name,omitempty"` // of the speaker, else what the text calls it
	Parts    []string `json:"said"`           // of the words
	As       string   `json:"as,omitempty"`   // what the text calls the speaker, where that is no name
	Cues     string   `json:"attributed,omitempty"`
	Speaker  string   `json:"page,omitempty"` // address of the speaker's page; "" if there is no name but perhaps a pronoun
	Cite     string   `json:"cite"`           // address of its citation
	Doubtful bool     `json:"doubtful,omitempty"`
	Marked   bool     `json:"-"` // the words are marked in the text
	Asked    bool     `json:"-"` // the query of the page asks for it
}

// saidIn lists the statements of a that pages show: those that are sure, or
// all; left is the number of the others.
func saidIn(a *dateline.Article, f *dateline.Findings, q query.Query, all bool) (list []said, left int) {
	if f == nil {
		return nil, 0
	}
	q.Doubtful = all
	for i, st := range f.Statements {
		if !all && !st.Sure(a) {
			left++
			continue
		}
		s := newSaid(speaker.Report{Article: a, Findings: f, N: i + 1})
		s.Asked = q.Statements() && q.Selects(a, &st)
		list = append(list, s)
	}
	return list, left
}

func newSaid(r speaker.Report) said {
	a, st := r.Article, r.Statement()
	s := said{Statement: *st, N: r.N, Name: r.Name(), Parts: st.Words(a), Cues: st.Cues(a), Cite: citeURL(a, st), Doubtful: !st.Sure(a)}
	if s.Who != "" && s.Resolved != "" && s.Resolved != "entity/name" {
		s.As = st.Called(a)
	}
	if key := speaker.Key(s.Name); key != "" && !speaker.Anonymous(s.Name) {
		s.Speaker = speakerURL(key, url.Values{"in": {string(a.ID)}})
	}
	return s
}

// ID is the place of the words in the page: it tells the bytes, so that it
// names the same words however many statements are found.
func (s said) ID() string { return "said-" + wordsKey(&s.Statement) }

// wordsKey names the words of a statement within its article: "120-310",
// "deck-0-24".
func wordsKey(s *dateline.Statement) string {
	r := s.Range()
	key := fmt.Sprintf("%d-%d", r.Start, r.End)
	if s.In != "" {
		key = s.In + "-" + key
	}
	return key
}

// How says how it was said and how the article has it, as far as that is told.
func (s said) How() string {
	how := map[string]string{"direct": "in quotation marks", "mixed": "partly in quotation marks", "indirect": "in the outlet’s words"}[s.Kind]
	return cmp.Or(how, s.Kind)
}

// Quoted reports whether pages put the words in quotation marks: those are
// left out of the words themselves.
func (s said) Quoted() bool {
	return s.Kind == "direct" && !strings.ContainsAny(strings.Join(s.Parts, ""), "“”„«»\"")
}

// Account says through whom the article has it.
func (s said) Account() string { return strings.Join(s.Via, ", citing ") }

// Why is what hovering over its mark shows.
func (s said) Why() string {
	parts := []string{cmp.Or(s.Name, "speaker not named")}
	for _, p := range []string{s.Role, s.How(), s.Medium, s.Rule} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " · ")
}

// markSaid sets Marked of the statements whose words begin in what p shows.
func (p *articlePage) markSaid() {
	begins := map[string]bool{}
	note := func(list []passage) {
		for _, x := range list {
			for _, s := range x.Begins {
				begins[s.ID()] = true
			}
		}
	}
	note(p.Deck)
	for _, x := range p.Parts {
		note(x.Text)
		for _, item := range x.Items {
			note(item)
		}
		for _, row := range x.Rows {
			for _, cell := range row {
				note(cell)
			}
		}
	}
	for i := range p.Said {
		p.Said[i].Marked = begins[p.Said[i].ID()]
	}
}
