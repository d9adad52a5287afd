package answer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"dateline"
	"dateline/relate/speaker"
)

// What a page of a speaker shows.
const (
	PageSayings   = 30  // sayings on one page
	sayingReports = 100 // statements that one saying lists: those who print it
)

// A Speaker is what one person or body is reported to have said; the same
// words printed by several publishers are one saying.
type Speaker struct {
	Name           string     `json:"name"`                // as most articles print it
	Ref            string     `json:"ref"`                 // what "dateline same" and "dateline differ" take: NAME@ARTICLE
	Also           []string   `json:"also,omitempty"`      // other names
	Roles          []string   `json:"roles,omitempty"`     // what articles say that the speaker is, the most frequent first
	StatementCount int        `json:"statement_count"`     // reports of what the speaker said
	ArticleCount   int        `json:"article_count"`       // that report it
	SayingCount    int        `json:"saying_count"`        // different things said
	Shown          int        `json:"shown"`               // sayings that the chosen medium and publisher let through
	All            bool       `json:"all"`                 // less certain statements, too
	Page           int        `json:"page"`                // from 1
	Pages          int        `json:"pages"`               // how many pages there are
	Sayings        []Saying   `json:"sayings"`             // of this page, the newest first
	Facets         []Count    `json:"facets"`              // sayings by medium and by publisher
	Namesakes      []Namesake `json:"namesakes,omitempty"` // others of the name, kept apart
	LeftOut        LeftOut    `json:"left_out,omitzero"`   // what was not read for a bound
}

// A Count counts sayings by one field.
type Count struct {
	Name   string        `json:"name"`           // "medium", "publisher"
	Values []SayingCount `json:"values"`         // the most frequent first
	More   int           `json:"more,omitempty"` // values not listed
}

// A SayingCount is one value of a field.
type SayingCount struct {
	Value  string `json:"value"`            // "none" where it is not told
	Count  int    `json:"count"`            // sayings that have it
	Chosen bool   `json:"chosen,omitempty"` // the sayings are only those that have it
}

// A Saying is what was said, in one wording, and who prints it.
type Saying struct {
	On             dateline.Date `json:"on,omitempty"`              // the day, if Told that of saying, else that of the earliest print
	Told           bool          `json:"told,omitempty"`            // an article tells the day
	Words          []string      `json:"words"`                     // of the longest print
	Medium         string        `json:"medium,omitempty"`          // the first that a print tells
	To             []string      `json:"to,omitempty"`              // addressees, as the first print that tells them has it
	Statements     []Statement   `json:"statements"`                // a print each, the earliest first
	MoreStatements int           `json:"more_statements,omitempty"` // prints not listed

	First Statement    `json:"-"` // the print with the most words
	Same  map[int]bool `json:"-"` // prints, by their place in Statements, that have the same words as First
}

// A Namesake is a speaker of the same name of whom nothing shows that it is
// the same.
type Namesake struct {
	Name           string        `json:"name"`             // as the newest article prints it
	Ref            string        `json:"ref"`              // what "dateline same" takes
	Roles          []string      `json:"roles,omitempty"`  // what articles say that it is
	StatementCount int           `json:"statement_count"`  // reports of what the speaker said
	Publishers     []string      `json:"publishers"`       // names, else sites
	Latest         dateline.Date `json:"latest,omitempty"` // publication of the newest article
	Statement      Statement     `json:"statement"`        // the newest statement of that speaker
}

// SpeakerOptions say which speaker of a name is asked for, and which of the
// sayings. The zero SpeakerOptions ask for the first page of the one of whom
// most is known.
type SpeakerOptions struct {
	In        string // key of an article in which the speaker speaks
	Medium    string // of the sayings; Untold for those that tell none, "" for all
	Publisher string // that prints them, as Statement.Outlet names it
	All       bool   // less certain statements, too
	Page      int    // from 1; 0 means 1
	Bounds    Bounds // its zero Articles mean 1000
}

// Untold stands for a medium or a publisher that is not told.
const Untold = "none"

// A Teller is what the answer to who said what is read from.
type Teller interface {
	Searcher
	// Decisions returns what users have decided about speakers.
	Decisions(ctx context.Context) ([]dateline.Decision, error)
}

// NewSpeaker returns what is known of a speaker by name. It looks at less
// certain statements if they are asked for, or if there are no others. That
// there is no such speaker is dateline.ErrNotFound, no such page a *[PageError].
func NewSpeaker(ctx context.Context, a Teller, name string, o SpeakerOptions) (*Speaker, error) {
	name = speaker.Key(name)
	p := &Speaker{All: o.All, Page: max(o.Page, 1), Sayings: []Saying{}}
	list, err := p.find(ctx, a, name, o.Bounds)
	if err != nil {
		return nil, fmt.Errorf("speaker %s: %w", name, err)
	}
	at := 0
	if o.In != "" {
		at = slices.IndexFunc(list, func(sp speaker.Speaker) bool { return speaksIn(sp, o.In) })
	} else {
		for i := range list {
			if len(list[i].Statements) > len(list[at].Statements) {
				at = i
			}
		}
	}
	if len(list) == 0 || at < 0 {
		return nil, fmt.Errorf("speaker %s: %w", strings.TrimSpace(name+" "+o.In), dateline.ErrNotFound)
	}
	if err := p.fill(list[at], o); err != nil {
		return nil, err
	}
	for i, sp := range list {
		if i != at {
			p.Namesakes = append(p.Namesakes, newNamesake(sp))
		}
	}
	return p, nil
}

// find returns those who bear a name.
func (p *Speaker) find(ctx context.Context, a Teller, name string, b Bounds) ([]speaker.Speaker, error) {
	decisions, err := a.Decisions(ctx)
	if err != nil {
		return nil, err
	}
	b.Articles = cmp.Or(b.Articles, mostArticlesOfSpeaker)
	b = b.orDefault()
	limits := speaker.Limits{Articles: b.Articles, Statements: b.Findings, Time: b.Time}
	found, err := speaker.Of(ctx, a, name, decisions, limits, p.All)
	if err == nil && len(found.Speakers) == 0 && !p.All {
		p.All = true
		found, err = speaker.Of(ctx, a, name, decisions, limits, true)
	}
	p.LeftOut = LeftOut{Articles: found.OlderArticles, Statements: found.OtherStatements, Time: found.TimeUp}
	return found.Speakers, err
}

func speaksIn(sp speaker.Speaker, article string) bool {
	return slices.ContainsFunc(sp.Statements, func(r speaker.Statement) bool { return string(r.Article.ID) == article })
}

// fill describes one speaker.
func (p *Speaker) fill(sp speaker.Speaker, o SpeakerOptions) error {
	names := sp.Names()
	p.Name, p.Also, p.Roles, p.StatementCount, p.Ref = names[0], names[1:], sp.Roles(), len(sp.Statements), refOf(sp)
	articles := map[dateline.ArticleID]bool{}
	for _, r := range sp.Statements {
		articles[r.Article.ID] = true
	}
	p.ArticleCount = len(articles)
	sayings := speaker.Sayings(sp.Statements)
	p.SayingCount = len(sayings)
	p.Facets = []Count{
		countSayings("medium", sayings, mediaOf, o.Medium),
		countSayings("publisher", sayings, outletsOf, o.Publisher),
	}
	sayings = slices.DeleteFunc(sayings, func(s speaker.Saying) bool {
		return !has(mediaOf(s), o.Medium) || !has(outletsOf(s), o.Publisher)
	})
	p.Shown, p.Pages = len(sayings), (len(sayings)+PageSayings-1)/PageSayings
	if p.Page > 1 && p.Page > p.Pages {
		return &PageError{p.Page, p.Pages}
	}
	from := min((p.Page-1)*PageSayings, len(sayings))
	to := min(from+PageSayings, len(sayings))
	for _, s := range sayings[from:to] {
		p.Sayings = append(p.Sayings, newSaying(s))
	}
	return nil
}

// has reports whether value is one of list; every list has "".
func has(list []string, value string) bool { return value == "" || slices.Contains(list, value) }

func mediaOf(s speaker.Saying) []string {
	return distinct(s, func(r speaker.Statement) string { return cmp.Or(r.Finding().Medium, Untold) })
}

func outletsOf(s speaker.Saying) []string {
	return distinct(s, func(r speaker.Statement) string { return cmp.Or(r.Outlet(), Untold) })
}

// distinct returns the different values of the reports in their order.
func distinct(s speaker.Saying, value func(speaker.Statement) string) []string {
	var list []string
	met := map[string]bool{}
	for _, r := range s.Statements {
		if v := value(r); !met[v] {
			met[v] = true
			list = append(list, v)
		}
	}
	return list
}

// countSayings counts sayings by the values that they have, the most frequent
// first.
func countSayings(name string, sayings []speaker.Saying, of func(speaker.Saying) []string, chosen string) Count {
	f := Count{Name: name, Values: []SayingCount{}}
	n := map[string]int{}
	for _, s := range sayings {
		for _, v := range of(s) {
			if n[v]++; n[v] == 1 {
				f.Values = append(f.Values, SayingCount{Value: v, Chosen: v == chosen})
			}
		}
	}
	for i := range f.Values {
		f.Values[i].Count = n[f.Values[i].Value]
	}
	slices.SortStableFunc(f.Values, func(a, b SayingCount) int { return b.Count - a.Count })
	f.More = max(0, len(f.Values)-facetSize)
	f.Values = f.Values[:len(f.Values)-f.More]
	return f
}

func newSaying(s speaker.Saying) Saying {
	on, told := s.On()
	first := NewStatement(s.Statements[0])
	show := Saying{On: on, Told: told, Words: first.Words, First: first, Same: map[int]bool{}}
	for _, r := range s.Statements {
		st := r.Finding()
		show.Medium = cmp.Or(show.Medium, st.Medium)
		if len(show.To) == 0 {
			show.To = st.To
		}
	}
	prints := slices.Clone(s.Statements)
	slices.SortStableFunc(prints, func(a, b speaker.Statement) int {
		return cmp.Compare(a.Article.Published.Day(), b.Article.Published.Day())
	})
	if show.MoreStatements = len(prints) - sayingReports; show.MoreStatements > 0 {
		prints = prints[:sayingReports]
	} else {
		show.MoreStatements = 0
	}
	same := speaker.SameWords(s.Statements[0])
	for i, r := range prints {
		show.Statements = append(show.Statements, NewStatement(r))
		show.Same[i] = same(r)
	}
	return show
}

func newNamesake(sp speaker.Speaker) Namesake {
	first := sp.Statements[0]
	n := Namesake{Name: first.Name(), Ref: refOf(sp), Roles: sp.Roles(), StatementCount: len(sp.Statements), Publishers: []string{},
		Latest: first.Article.Published, Statement: NewStatement(first)}
	met := map[string]bool{"": true}
	for _, r := range sp.Statements {
		if o := r.Outlet(); !met[o] {
			met[o] = true
			n.Publishers = append(n.Publishers, o)
		}
	}
	return n
}

// refOf names a speaker by one of the articles.
func refOf(sp speaker.Speaker) string {
	first := sp.Statements[0]
	return dateline.SpeakerRef{Name: first.Name(), Article: first.Article.ID}.String()
}
