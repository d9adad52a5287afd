package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"

	"dateline"
	"dateline/index"
	"dateline/query"
	"dateline/relate/speaker"
)

// What a page of a search shows.
const (
	PageHits      = 20  // hits on one page
	snippetSize   = 280 // characters of the snippet of a hit
	hitStatements = 3   // statements that a hit lists
)

// A Search is one page of the answer to a query.
type Search struct {
	Query   string    `json:"query"`             // as parsed
	All     bool      `json:"all,omitempty"`     // less certain statements count, too
	Total   int       `json:"total"`             // hits of the query
	Sort    string    `json:"sort"`              // "newest" or "best"
	Ranked  int       `json:"ranked,omitempty"`  // only so many newest hits are ranked, the others follow; 0 if all are
	Page    int       `json:"page"`              // from 1; of a part behind a cursor the page on which it begins
	Pages   int       `json:"pages"`             // how many there are; 0 if nothing is found
	Who     string    `json:"who,omitempty"`     // the speaker whom the query names in full, if somebody of that name speaks in a hit
	Terms   []Term    `json:"terms,omitempty"`   // filters and limits that the query has
	Hits    []Hit     `json:"hits"`              // of this page; articles that print the report of one before them are left out, unless copies are asked for
	Folded  int       `json:"folded,omitempty"`  // how many are left out so
	Next    Cursor    `json:"next,omitempty"`    // where the next page begins, whatever comes in meanwhile; absent if this is the last
	Chart   Chart     `json:"chart"`             // when the hits were published
	Facets  []Facet   `json:"facets"`            // by what they can be narrowed
	Instead []Instead `json:"instead,omitempty"` // searches to try where this one finds nothing
}

// A Hit is an article as a search finds it.
type Hit struct {
	Ref
	Bylines        []string         `json:"bylines,omitempty"`         // one person or agency each
	Section        string           `json:"section,omitempty"`         // the site's own heading
	Score          float64          `json:"score,omitempty"`           // the higher the better; only of hits that are ranked
	Snippet        []query.Fragment `json:"snippet,omitempty"`         // the passage with the most words of the query; "match" marks them
	Statements     []Statement      `json:"statements,omitempty"`      // that the query asks for, the first ones
	MoreStatements int              `json:"more_statements,omitempty"` // that it asks for and that are not listed
	Copies         int              `json:"copies,omitempty"`          // other articles that print the same report, whether the query finds them or not

	Record *dateline.Article `json:"-"` // the whole article
}

// An Instead is a wider search that finds something.
type Instead struct {
	Query string `json:"query"` // that finds something
	Total int    `json:"total"` // hits of that query
}

// SearchOptions say which page of a search is asked for.
type SearchOptions struct {
	Page  int    // from 1; 0 means 1
	Best  bool   // best match first in place of newest first
	Limit int    // hits on one page; 0 means PageHits
	After Cursor // where the page before ended; "" goes by Page

	// Grouped tells which hits print the same report; nil if that is not asked for. Of
	// these only the first of a page is listed if Fold is set.
	Grouped Grouped
	Fold    bool
}

// NewSearch returns a page of the hits of q. If q has no page of that number the error is
// a *[PageError]; a query that finds nothing has a first page, which is empty.
func NewSearch(ctx context.Context, a Searcher, q query.Query, o SearchOptions) (*Search, error) {
	list := fmt.Sprintf("hits %t %t %s", o.Best, q.Doubtful, q)
	at, err := o.After.mark(list)
	if err != nil {
		return nil, err
	}
	size := cmp.Or(o.Limit, PageHits)
	if o.After == "" {
		at.N = (max(o.Page, 1) - 1) * size
	}
	f, err := a.Facets(ctx, q)
	if err != nil {
		return nil, err
	}
	p := &Search{
		Query: q.String(), Total: f.Total, Sort: "newest", Page: at.N/size + 1, Hits: []Hit{},
		Terms: narrowing(q), Facets: facets(f, q), Chart: newChart(f, q), All: q.Statements() && q.Doubtful,
	}
	if o.Best {
		p.Sort = "best"
		if f.Total > index.RankExact && len(q.Terms()) > 0 {
			p.Ranked = index.RankNewest
		}
	}
	p.Pages = (f.Total + size - 1) / size
	if o.After == "" && p.Page > 1 && p.Page > p.Pages {
		return nil, &PageError{p.Page, p.Pages}
	}
	for h, err := range hitsAfter(ctx, a, q, o.Best, at) {
		if err != nil {
			return nil, err
		}
		if len(p.Hits) == size {
			p.Next = at.cursor(list)
			break
		}
		hit := newHit(h.Hit, q)
		if err := hit.tell(ctx, a, q); err != nil {
			return nil, err
		}
		p.Hits = append(p.Hits, hit)
		at = mark{N: h.N, Last: h.Article.ID}
	}
	p.Who = named(q, p.Hits)
	if o.Grouped != nil {
		if err := p.countCopies(ctx, o.Grouped, o.Fold); err != nil {
			return nil, err
		}
	}
	if f.Total == 0 {
		p.Instead, err = instead(ctx, a, q)
	}
	return p, err
}

// countCopies counts the copies of the hits. If fold is set it leaves out hits that print
// the report of one before them.
func (p *Search) countCopies(ctx context.Context, a Grouped, fold bool) error {
	ids := make([]dateline.ArticleID, len(p.Hits))
	for i, h := range p.Hits {
		ids[i] = h.Article
	}
	groups, err := a.GroupsOf(ctx, ids...)
	if err != nil {
		return err
	}
	met := map[dateline.ArticleID]bool{}
	kept := make([]Hit, 0, len(p.Hits))
	for i, h := range p.Hits {
		if g := groups[i]; g != nil {
			if fold && met[g.Report] {
				p.Folded++
				continue
			}
			met[g.Report] = true
			members, err := a.Together(ctx, dateline.ReportLevel, g.Report)
			if err != nil && !errors.Is(err, dateline.ErrNotFound) {
				return err
			}
			h.Copies = max(len(members)-1, 0)
		}
		kept = append(kept, h)
	}
	p.Hits = kept
	return nil
}

// Hits yields the hits of q, each with the statements that q asks for. The
// sequence ends after its first error.
func Hits(ctx context.Context, a Searcher, q query.Query, o index.Options) iter.Seq2[Hit, error] {
	return func(yield func(Hit, error) bool) {
		for found, err := range a.Search(ctx, q, o) {
			h := Hit{}
			if err == nil {
				h = newHit(found, q)
				err = h.tell(ctx, a, q)
			}
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

func newHit(found index.Hit, q query.Query) Hit {
	a := found.Article
	return Hit{
		Ref: newRef(a), Bylines: a.Bylines, Section: a.Section, Score: found.Score,
		Snippet: query.Snippet(q, a.Text, snippetSize), Record: a,
	}
}

// tell adds the statements that q asks for.
func (h *Hit) tell(ctx context.Context, r Reader, q query.Query) error {
	if !q.Statements() {
		return nil
	}
	f, err := findings(ctx, r, h.Capture)
	if f == nil || err != nil {
		return err
	}
	for i := range f.Statements {
		switch {
		case !q.Selects(h.Record, &f.Statements[i]):
		case len(h.Statements) == hitStatements:
			h.MoreStatements++
		default:
			h.Statements = append(h.Statements, NewStatement(speaker.Statement{Article: h.Record, Findings: f, N: i + 1}))
		}
	}
	return nil
}

// findings returns what was found in the article that the capture shows; nil
// if nothing was looked for.
func findings(ctx context.Context, r Reader, id dateline.CaptureID) (*dateline.Findings, error) {
	f, err := r.Findings(ctx, id)
	switch {
	case errors.Is(err, dateline.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("findings of %s: %w", id, err)
	}
	return f, nil
}

// named returns the name of the speaker whom q names, as a hit has it, if it is
// that of somebody who speaks in one; else "".
func named(q query.Query, hits []Hit) string {
	spoken, _ := query.And(terms(q)).Spoken()
	if len(spoken.Who) != 1 {
		return ""
	}
	name := speaker.Key(spoken.Who[0].Value)
	for _, h := range hits {
		for _, s := range h.Statements {
			if name != "" && s.SpeakerKey() == name {
				return s.Name
			}
		}
	}
	return ""
}

// instead proposes wider searches where q finds nothing: q without one of its
// terms or with a phrase as plain words; if that is not enough, each term alone.
func instead(ctx context.Context, ix Index, q query.Query) ([]Instead, error) {
	var near, alone []query.Query
	for i, t := range terms(q) {
		if i == triedTerms {
			break
		}
		rest := withoutTerm(q, i)
		near = append(near, rest)
		if loose, ok := loosened(t); ok {
			near = append(near, rest.And(loose))
		}
		alone = append(alone, query.Query{Root: t, Doubtful: q.Doubtful})
	}
	list, err := fruitful(ctx, ix, near)
	if len(list) > 0 || err != nil {
		return list, err
	}
	return fruitful(ctx, ix, alone)
}

// triedTerms bounds the work for a query that finds nothing.
const triedTerms = 6

// fruitful returns those of the searches that ask for something and find it.
func fruitful(ctx context.Context, ix Index, searches []query.Query) ([]Instead, error) {
	var list []Instead
	for _, q := range searches {
		text := q.String()
		if text == "" {
			continue
		}
		f, err := ix.Facets(ctx, q)
		if err != nil {
			return nil, err
		}
		if f.Total > 0 {
			list = append(list, Instead{Query: text, Total: f.Total})
		}
	}
	return list, nil
}

// loosened returns a phrase as plain words, a word as the beginning of words.
func loosened(x query.Expr) (query.Expr, bool) {
	switch x := x.(type) {
	case query.Phrase:
		var words query.And
		for _, w := range strings.Fields(x.Text) {
			words = append(words, query.Word{Text: w})
		}
		return words, len(words) > 1
	case query.Word:
		return query.Word{Text: x.Text, Prefix: true}, !x.Prefix
	}
	return nil, false
}
