package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dateline"
	"dateline/answer"
	"dateline/query"
)

// lastPage is the largest number of a page that can be asked for.
const lastPage = 1 << 20

// nothing is a query without words, for pages on which none are to be marked.
var nothing query.Query

// searchPage is the template's form of an answer.Search.
type searchPage struct {
	*answer.Search
	Hits         []hit
	Chart        chart
	Facets       []facet
	Terms        []choice // terms of the query, each with the search without it
	Instead      []choice // other searches, where this one finds nothing
	Prev, Next   string   // addresses of the pages before and after; "" if there is none
	Newest, Best string   // addresses of this search in each order
	Calendar     string   // address of the calendar of the hits
	Timeline     string   // address of the timeline of the hits
	Exchanges    string   // address of the requests and replies in the hits
	Speaker      string   // address of the page of the speaker that the query names; "" if it names none
	Unfolded     string   // address of this page with the copies that it leaves out
	AllURL       string   // this search with doubtful statements or, if it has them, without; "" if it asks for no statements
}

// From and To are the numbers of the first and last hit of the page among all hits, from 1.
func (p searchPage) From() int { return (p.Page-1)*answer.PageHits + 1 }
func (p searchPage) To() int   { return (p.Page-1)*answer.PageHits + len(p.Hits) + p.Folded }

// search answers /search?q=QUERY&sort=newest|best&page=N&all=1&copies=1. If the query is the
// address of an article, it redirects to the page of that article.
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
	limit, err := limit(r)
	if err != nil {
		return view{}, err
	}
	o := answer.SearchOptions{Page: page, Best: best, Limit: limit, After: answer.Cursor(r.FormValue("cursor")), Grouped: s.archive}
	o.Fold = r.FormValue("copies") == "" && !wantsJSON(r)
	found, err := answer.NewSearch(r.Context(), s.archive, q, o)
	if err != nil {
		return view{}, fmt.Errorf("search %q: %w", text, err)
	}
	title := "All articles"
	if text != "" {
		title = text + " – search"
	}
	return view{Title: title, Query: text, Best: best, Next: goOn(r, found.Next), Answer: found, Page: newSearchPage(found, q)}, nil
}

// newSearchPage returns the page of an answer to q.
func newSearchPage(found *answer.Search, q query.Query) *searchPage {
	k := asking{best: found.Sort == "best", all: found.All}
	p := &searchPage{
		Search: found, Hits: newHits(found.Hits, q, k), Chart: k.chart(found.Chart), Facets: k.facets(found.Facets), Terms: k.chips(found.Terms),
		Newest: asking{false, k.all}.searchURL(found.Query, 1), Best: asking{true, k.all}.searchURL(found.Query, 1), Calendar: calendarURL(found.Query, false),
		Timeline: timelineURL(found.Query), Exchanges: exchangesURL(found.Query),
	}
	p.Unfolded = k.searchURL(found.Query, found.Page) + "&copies=1"
	if q.Statements() {
		p.AllURL = asking{k.best, !k.all}.searchURL(found.Query, 1)
	}
	if found.Page > 1 {
		p.Prev = k.searchURL(found.Query, found.Page-1)
	}
	if found.Page < found.Pages {
		p.Next = k.searchURL(found.Query, found.Page+1)
	}
	if found.Who != "" {
		p.Speaker = speakerURL(answer.Statement{Name: found.Who}.SpeakerKey(), nil)
	}
	for _, x := range found.Instead {
		p.Instead = append(p.Instead, choice{Value: x.Query, N: x.Total, Link: k.searchURL(x.Query, 1)})
	}
	return p
}

// named returns the address of the page of an article, if text is the web address of
// one; "" if text is no web address. The error is dateline.ErrNotFound if no article
// has that address.
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

// order reads the order and the number of the page that r asks for.
func order(r *http.Request) (best bool, page int, err error) {
	switch sort := r.FormValue("sort"); sort {
	case "", "newest":
	case "best":
		best = true
	default:
		return false, 0, badRequest("sort", "sort is %q; it can be newest or best", sort)
	}
	page = 1
	if n := r.FormValue("page"); n != "" {
		page, err = strconv.Atoi(n)
		if err != nil || page < 1 || page > lastPage {
			return false, 0, badRequest("page", "page is %q; it is a number from 1 on", n)
		}
	}
	return best, page, nil
}

// A hit is an answer.Hit as lists show it.
type hit struct {
	answer.Hit
	Link  string           // address of the page of the article
	Title []query.Fragment // the headline with the words of the query marked
	Said  []hitStatement   // why the article is a hit, if the query asks for statements
}

// A hitStatement is a statement because of which an article is a hit.
type hitStatement struct {
	statement
	Marked []query.Fragment // its words, those of the query marked
	Link   string           // address of the words on the page of the article
}

// newHits returns hits of q as lists show them; k is what their links have in common.
func newHits(list []answer.Hit, q query.Query, k asking) []hit {
	var shown []hit
	text, words := q.String(), wordsSaid(q)
	for _, h := range list {
		headline := h.Headline
		if headline == "" {
			headline = "(no headline)"
		}
		x := hit{Hit: h, Link: k.articleURL(h.Article, text), Title: query.Highlight(q, headline)}
		for _, st := range h.Statements {
			x.Said = append(x.Said, hitStatement{
				statement: newStatement(st), Marked: query.Snippet(words, strings.Join(st.Words, " … "), briefSize), Link: x.Link + "#" + statement{Statement: st}.Anchor(),
			})
		}
		shown = append(shown, x)
	}
	return shown
}

// wordsSaid returns a query that matches the words which q asks somebody to have said,
// and its words and phrases in general. It serves to mark them in statements.
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
