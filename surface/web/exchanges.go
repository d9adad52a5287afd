package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"

	"dateline/answer"
)

// exchangesPage is the template's form of an answer.Exchanges.
type exchangesPage struct {
	*answer.Exchanges
	Of       subject
	Open     bool              // only those without a reply are shown
	Shown    []answer.Exchange // of the list
	OpenN    int               // exchanges without a reply
	AllURL   string            // address of this page with all of them
	OpenURL  string            // with those alone that are open
	Timeline string
}

// exchanges answers /exchanges?q=QUERY&open=1.
func (s *site) exchanges(r *http.Request) (view, error) {
	text, q, err := asksFor(r)
	if err != nil {
		return view{}, err
	}
	x, err := answer.NewExchanges(r.Context(), s.archive, q, s.bounds)
	if err != nil {
		return view{}, fmt.Errorf("exchanges of %q: %w", text, err)
	}
	of, err := s.subject(r, q)
	if err != nil {
		return view{}, err
	}
	p := &exchangesPage{Exchanges: x, Of: of, Open: r.FormValue("open") != "", Timeline: timelineURL(x.Query), AllURL: exchangesURL(x.Query)}
	p.OpenURL = "/exchanges?" + url.Values{"q": {x.Query}, "open": {"1"}}.Encode()
	for _, e := range x.Exchanges {
		if e.Open {
			p.OpenN++
		}
		if e.Open || !p.Open {
			p.Shown = append(p.Shown, e)
		}
	}
	return view{Title: titled(cmp.Or(of.Name, text), "Exchanges"), Query: text, Answer: x, Page: p}, nil
}
