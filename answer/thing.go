package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dateline"
	"dateline/index"
	"dateline/query"
	"dateline/relate/speaker"
)

// Bounds of what is told of a person, an organisation or a place.
const (
	thingArticles = 100 // newest articles whose findings are read
	thingRoles    = 12  // roles that are listed
	thingDeeds    = 20  // events that are listed
	thingStories  = 10  // stories that are listed
)

// ThingKinds are the kinds of what has a page of its own: the fields of the query language
// by which articles that name it are found.
var ThingKinds = []string{"person", "org", "place"}

// A Thing is everything about one person, organisation or place that articles name.
type Thing struct {
	Kind    string      `json:"kind"`              // "person", "org" or "place"
	Name    string      `json:"name"`              // as asked for
	Query   string      `json:"query"`             // that finds the articles which name it
	Total   int         `json:"total"`             // of these articles
	Speaker string      `json:"speaker,omitempty"` // by which /speaker/ finds what it says; "" if nobody of the name speaks in the articles that were read
	Said    int         `json:"said,omitempty"`    // statements by it in the articles that were read
	Roles   []ThingRole `json:"roles,omitempty"`   // what articles say that it is, the most frequent first
	Chart   Chart       `json:"chart"`             // when the articles were published
	Facets  []Facet     `json:"facets"`            // who prints them, and whom and what else they name
	Deeds   []ThingDeed `json:"deeds,omitempty"`   // what it does and what is done to it, of the newest articles
	Stories []StoryLine `json:"stories,omitempty"` // that the articles are of, the one with the newest article first
	Hits    []Hit       `json:"hits"`              // the newest articles
	LeftOut LeftOut     `json:"left_out,omitzero"` // older articles of which only the number is known
}

// A ThingRole is what articles say that somebody is.
type ThingRole struct {
	Role string `json:"role"` // as printed
	N    int    `json:"n"`    // articles that say so
}

// A ThingDeed is an event that names a thing, with its sentence.
type ThingDeed struct {
	Event dateline.Event `json:"event"` // as it was found
	Says  string         `json:"says"`  // the sentence
	Of    Ref            `json:"of"`    // the article
}

// A ThingArchive is what things are read from.
type ThingArchive interface {
	Searcher
	Grouped
}

// NewThing answers everything about what articles name so. If none does the error is
// dateline.ErrNotFound.
func NewThing(ctx context.Context, a ThingArchive, kind, name string) (*Thing, error) {
	name = strings.Join(strings.Fields(name), " ")
	if !slices.Contains(ThingKinds, kind) || speaker.Key(name) == "" {
		return nil, fmt.Errorf("%s %q: %w", kind, name, dateline.ErrNotFound)
	}
	q := query.Query{Root: query.Filter{Field: kind, Value: name}}
	found, err := NewSearch(ctx, a, q, SearchOptions{Grouped: a, Fold: true})
	if err != nil {
		return nil, err
	}
	if found.Total == 0 {
		return nil, fmt.Errorf("no article names the %s %q: %w", kindWord(kind), name, dateline.ErrNotFound)
	}
	p := &Thing{Kind: kind, Name: name, Query: q.String(), Total: found.Total, Chart: found.Chart, Hits: found.Hits, Facets: []Facet{}}
	for _, f := range found.Facets {
		if slices.Contains([]string{"publisher", "person", "org", "place"}, f.Name) {
			p.Facets = append(p.Facets, f)
		}
	}
	return p, p.read(ctx, a, q)
}

// kindWord is a kind of things in words.
func kindWord(kind string) string {
	if kind == "org" {
		return "organisation"
	}
	return kind
}

// read reads the findings of the newest articles.
func (p *Thing) read(ctx context.Context, a ThingArchive, q query.Query) error {
	roles, spelt := map[string]int{}, map[string]string{}
	var ids []dateline.ArticleID
	for h, err := range a.Search(ctx, q, index.Options{Limit: thingArticles}) {
		if err != nil {
			return err
		}
		ids = append(ids, h.Article.ID)
		f, err := findings(ctx, a, h.Article.Capture)
		if err != nil {
			return err
		}
		if f != nil {
			p.find(h.Article, f, roles, spelt)
		}
	}
	p.LeftOut.Articles = max(p.Total-len(ids), 0)
	for key, n := range roles {
		p.Roles = append(p.Roles, ThingRole{spelt[key], n})
	}
	slices.SortFunc(p.Roles, func(a, b ThingRole) int { return cmp.Or(b.N-a.N, strings.Compare(a.Role, b.Role)) })
	p.Roles = p.Roles[:min(len(p.Roles), thingRoles)]
	return p.tellStories(ctx, a, ids)
}

// tellStories adds the stories that articles are of, in the order of the articles.
func (p *Thing) tellStories(ctx context.Context, a Grouped, ids []dateline.ArticleID) error {
	groups, err := a.GroupsOf(ctx, ids...)
	if err != nil {
		return err
	}
	met := map[dateline.ArticleID]bool{}
	for _, g := range groups {
		if len(p.Stories) == thingStories {
			break
		}
		if g == nil || met[g.Story] {
			continue
		}
		met[g.Story] = true
		line, err := NewStoryLine(ctx, a, g.Story)
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if line.Reports > 1 {
			p.Stories = append(p.Stories, *line)
		}
	}
	return nil
}

// find takes what one article tells of the thing.
func (p *Thing) find(art *dateline.Article, f *dateline.Findings, roles map[string]int, spelt map[string]string) {
	own := speaker.Key(p.Name)
	same := func(name string) bool { return speaker.Key(name) == own }
	told := map[string]bool{}
	for _, m := range f.Mentions {
		if m.Kind != p.Kind || m.Role == nil || m.Role.Text == "" || !same(m.Entity) && !same(m.Text) {
			continue
		}
		if key := query.Fold(m.Role.Text); !told[key] {
			told[key] = true
			roles[key]++
			if spelt[key] == "" {
				spelt[key] = m.Role.Text
			}
		}
	}
	for i := range f.Statements {
		if s := &f.Statements[i]; s.Sure(art) && same(s.Name(art)) {
			p.Said++
			p.Speaker = speaker.Key(s.Name(art))
		}
	}
	for _, e := range f.Events {
		if len(p.Deeds) < thingDeeds && (slices.ContainsFunc(e.From, same) || slices.ContainsFunc(e.To, same)) {
			p.Deeds = append(p.Deeds, ThingDeed{e, SentenceOf(art, e.Trigger), newRef(art)})
		}
	}
}
