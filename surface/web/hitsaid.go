package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"dateline"
	"dateline/query"
	"dateline/relate/speaker"
)

// hitStatements is the number of statements that a hit shows.
const hitStatements = 3

// A hitSaid is a statement because of which an article is a hit.
type hitSaid struct {
	Name    string           `json:"name,omitempty"`
	Kind    string           `json:"kind"`
	Words   []query.Fragment `json:"words"`
	Link    string           `json:"link"` // the words on the article's page
	Speaker string           `json:"speaker,omitempty"`
	Quoted  bool             `json:"-"`
}

// tell adds to hits the statements that q asks for.
func (s *site) tell(ctx context.Context, hits []hit, articles []*dateline.Article, q query.Query) error {
	if !q.Statements() {
		return nil
	}
	words := wordsSaid(q)
	for i, a := range articles {
		f, err := s.archive.Findings(ctx, a.Capture)
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("findings of %s: %w", a.Capture, err)
		}
		h := &hits[i]
		for n := range f.Statements {
			if !q.Selects(a, &f.Statements[n]) {
				continue
			}
			if len(h.Said) == hitStatements {
				h.MoreSaid++
				continue
			}
			h.Said = append(h.Said, newHitSaid(speaker.Report{Article: a, Findings: f, N: n + 1}, q, words))
		}
	}
	return nil
}

func newHitSaid(r speaker.Report, q, words query.Query) hitSaid {
	x := newSaid(r)
	path := "/article/" + url.PathEscape(string(r.Article.ID))
	return hitSaid{Name: x.Name, Kind: x.Kind, Words: query.Snippet(words, strings.Join(x.Parts, " … "), snippetSize),
		Link: articleAddress(path, q) + "#" + x.ID(), Speaker: x.Speaker, Quoted: x.Quoted()}
}

// speakerOf returns the address of the page of the speaker whom q names, if it
// is one by the name that a hit has; else "".
func speakerOf(q query.Query, hits []hit) string {
	who, _, _ := query.And(terms(q)).Spoken()
	if len(who) != 1 {
		return ""
	}
	name := speaker.Key(who[0].Value)
	for _, h := range hits {
		for _, s := range h.Said {
			if name != "" && speaker.Key(s.Name) == name && s.Speaker != "" {
				return speakerURL(name, nil)
			}
		}
	}
	return ""
}

// wordsSaid is a query for the words that q asks somebody to have said, by
// which they are marked.
func wordsSaid(q query.Query) query.Query {
	var or query.Or
	var collect func(x query.Expr)
	collect = func(x query.Expr) {
		switch x := x.(type) {
		case query.Filter:
			if text := strings.TrimRight(x.Value, "*"); x.Field == "said" {
				or = append(or, query.Word{Text: text, Prefix: text != x.Value})
			}
		case query.And:
			for _, y := range x {
				collect(y)
			}
		case query.Or:
			for _, y := range x {
				collect(y)
			}
		case query.Word, query.Phrase:
			or = append(or, x)
		}
	}
	collect(q.Root)
	return query.Query{Root: or}
}
