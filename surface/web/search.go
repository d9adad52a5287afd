package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline"
	"dateline/query"
)

// Hits on one page, the last page, and the characters of a hit's snippet.
const (
	pageHits    = 20
	lastPage    = 1 << 20
	snippetSize = 280
)

// searchPage is the answer to one query.
type searchPage struct {
	Query    string    `json:"query"` // as parsed
	Total    int       `json:"total"`
	Sort     string    `json:"sort"`             // "newest" or "best"
	Ranked   int       `json:"ranked,omitempty"` // only so many newest hits are ranked, the others follow; 0 if all are
	Page     int       `json:"page"`
	Pages    int       `json:"pages"`
	Prev     string    `json:"prev,omitempty"` // addresses of the pages before and after
	Next     string    `json:"next,omitempty"`
	Newest   string    `json:"-"` // addresses of the two orders
	Best     string    `json:"-"`
	Terms    []choice  `json:"-"`                 // filters and limits in force, each with the search without it
	Calendar string    `json:"calendar"`          // address of its calendar
	All      bool      `json:"all,omitempty"`     // less certain statements count, too
	AllURL   string    `json:"-"`                 // the search with or, if it has them, without them; "" if it asks for no statements
	Speaker  string    `json:"speaker,omitempty"` // address of the page of the speaker that the search names in full
	Hits     []hit     `json:"hits"`
	Chart    chart     `json:"chart"`
	Facets   []facet   `json:"facets"`
	Instead  []instead `json:"instead,omitempty"` // searches to try where this one finds nothing
}

// From and To number the first and last hit of the page.
func (p searchPage) From() int { return (p.Page-1)*pageHits + 1 }
func (p searchPage) To() int   { return (p.Page-1)*pageHits + len(p.Hits) }

// A hit is an article as a list shows it.
type hit struct {
	ID        dateline.ArticleID `json:"id"`
	URL       string             `json:"url"`
	Link      string             `json:"link"` // its page
	Headline  string             `json:"headline"`
	Published dateline.Date      `json:"published,omitempty"`
	Publisher dateline.Publisher `json:"publisher,omitzero"`
	Bylines   []string           `json:"bylines,omitempty"`
	Lang      string             `json:"lang,omitempty"`
	Section   string             `json:"section,omitempty"`
	Score     float64            `json:"score,omitempty"`
	Snippet   []query.Fragment   `json:"snippet,omitempty"`
	Said      []hitSaid          `json:"statements,omitempty"`      // that the query asks for
	MoreSaid  int                `json:"more_statements,omitempty"` // not listed

	Title []query.Fragment `json:"-"` // Headline with the words of the query marked
}

// newHit shows h as a hit of q.
func newHit(h query.Hit, q query.Query) hit {
	a := h.Article
	link := articleAddress("/article/"+url.PathEscape(string(a.ID)), q)
	headline := a.Headline
	if headline == "" {
		headline = "(no headline)"
	}
	return hit{
		ID: a.ID, URL: address(a), Link: link, Headline: a.Headline, Published: a.Published, Publisher: a.Publisher,
		Bylines: a.Bylines, Lang: a.Lang, Section: a.Section, Score: h.Score,
		Title: query.Highlight(q, headline), Snippet: query.Snippet(q, a.Text, snippetSize),
	}
}

// address returns the address that a is known by.
func address(a *dateline.Article) string {
	if a.Canonical != "" {
		return a.Canonical
	}
	return a.URL
}

// An instead is a wider search that finds something.
type instead struct {
	Query string `json:"query"`
	Total int    `json:"total"`
	Link  string `json:"link"`
}

// search answers /search?q=QUERY&sort=newest|best&page=N.
func (s *site) search(r *http.Request) (view, error) {
	text := strings.TrimSpace(r.FormValue("q"))
	if to, err := s.named(r, text); to != "" || err != nil {
		return view{Redirect: to}, err
	}
	q, err := query.Parse(text)
	if err != nil {
		return view{}, broken(text, err)
	}
	q.Doubtful = r.FormValue("all") != ""
	best, page, err := order(r)
	if err != nil {
		return view{}, err
	}
	p, err := s.answer(r.Context(), q, best, page)
	if err != nil {
		return view{}, fmt.Errorf("search %q: %w", text, err)
	}
	title := "All articles"
	if text != "" {
		title = text + " – search"
	}
	return view{Title: title, Query: text, Best: best, Page: p}, nil
}

// named returns the page of the article whose address stands in the search
// box, "" if there is none.
func (s *site) named(r *http.Request, text string) (string, error) {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return "", nil
	}
	a, err := s.archive.Find(r.Context(), text)
	if errors.Is(err, dateline.ErrNotFound) {
		return "", fmt.Errorf("the address %s: %w", text, dateline.ErrNotFound)
	}
	if err != nil {
		return "", err
	}
	to := "/article/" + url.PathEscape(string(a.ID))
	if wantsJSON(r) {
		to += ".json"
	}
	return to, nil
}

// order reads the order and the page that r asks for.
func order(r *http.Request) (best bool, page int, err error) {
	switch sort := r.FormValue("sort"); sort {
	case "", "newest":
	case "best":
		best = true
	default:
		return false, 0, badRequest("sort is %q; it can be newest or best", sort)
	}
	page = 1
	if n := r.FormValue("page"); n != "" {
		page, err = strconv.Atoi(n)
		if err != nil || page < 1 || page > lastPage {
			return false, 0, badRequest("page is %q; it is a number from 1 on", n)
		}
	}
	return best, page, nil
}

func badRequest(format string, args ...any) error {
	return &problem{Status: http.StatusBadRequest, Heading: "This address cannot be read", Message: fmt.Sprintf(format, args...)}
}

// broken says where a query cannot be read.
func broken(text string, err error) error {
	p := &problem{Status: http.StatusBadRequest, Heading: "This query cannot be read", Message: err.Error(), Query: text}
	var at *query.SyntaxError
	if errors.As(err, &at) && at.Offset >= 0 && at.Offset <= len(text) {
		p.Message, p.Offset = at.Msg, &at.Offset
	}
	return p
}

// answer runs q and describes the given page of its hits.
func (s *site) answer(ctx context.Context, q query.Query, best bool, page int) (*searchPage, error) {
	f, err := s.archive.Facets(ctx, q)
	if err != nil {
		return nil, err
	}
	text := q.String()
	p := &searchPage{
		Query: text, Total: f.Total, Sort: "newest", Page: page, Hits: []hit{},
		Newest: searchURL(q, false, 1), Best: searchURL(q, true, 1), Calendar: calendarURL(text, false),
		Terms: narrowing(q, best), Facets: facets(f, q, best),
		Chart: newChart(f, func(after, before string) string {
			return searchURL(between(q, after, before), best, 1)
		}),
	}
	if q.Statements() {
		other := q
		other.Doubtful = !q.Doubtful
		p.All, p.AllURL = q.Doubtful, searchURL(other, best, 1)
	}
	if best {
		p.Sort = "best"
		if f.Total > query.RankExact && len(q.Terms()) > 0 {
			p.Ranked = query.RankNewest
		}
	}
	p.Pages = (f.Total + pageHits - 1) / pageHits
	if page > 1 && page > p.Pages {
		return nil, &problem{Status: http.StatusNotFound, Heading: "No such page", Query: text,
			Message: fmt.Sprintf("this search has no page %d; its last is %d", page, p.Pages)}
	}
	if page > 1 {
		p.Prev = searchURL(q, best, page-1)
	}
	if page < p.Pages {
		p.Next = searchURL(q, best, page+1)
	}
	o := query.Options{Limit: pageHits, Offset: (page - 1) * pageHits, Rank: best}
	if p.Hits, err = s.hits(ctx, q, o); err != nil {
		return nil, err
	}
	p.Speaker = speakerOf(q, p.Hits)
	if f.Total == 0 {
		p.Instead, err = s.instead(ctx, q, best)
	}
	return p, err
}

func (s *site) hits(ctx context.Context, q query.Query, o query.Options) ([]hit, error) {
	hits := []hit{}
	var articles []*dateline.Article
	for h, err := range s.archive.Search(ctx, q, o) {
		if err != nil {
			return nil, err
		}
		hits, articles = append(hits, newHit(h, q)), append(articles, h.Article)
	}
	return hits, s.tell(ctx, hits, articles, q)
}

// instead proposes wider searches where q finds nothing: q without one of its
// terms or with a phrase as plain words; if that is not enough, each term alone.
func (s *site) instead(ctx context.Context, q query.Query, best bool) ([]instead, error) {
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
	list, err := s.fruitful(ctx, near, best)
	if len(list) > 0 || err != nil {
		return list, err
	}
	return s.fruitful(ctx, alone, best)
}

// triedTerms bounds the work for a query that finds nothing.
const triedTerms = 6

// fruitful returns those of the searches that ask for something and find it.
func (s *site) fruitful(ctx context.Context, searches []query.Query, best bool) ([]instead, error) {
	var list []instead
	for _, q := range searches {
		text := q.String()
		if text == "" {
			continue
		}
		f, err := s.archive.Facets(ctx, q)
		if err != nil {
			return nil, err
		}
		if f.Total > 0 {
			list = append(list, instead{Query: text, Total: f.Total, Link: searchURL(q, best, 1)})
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
