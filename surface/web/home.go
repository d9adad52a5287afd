package web

import (
	"net/http"

	"dateline/answer"
)

// homePage is the template's form of an answer.Home.
type homePage struct {
	*answer.Home
	Chart  chart
	Days   []dayHits
	Facets []facet
}

// dayHits are the newest articles of one day.
type dayHits struct {
	Day  string
	Hits []hit
}

// home answers /.
func (s *site) home(r *http.Request) (view, error) {
	h, err := answer.NewHome(r.Context(), s.archive)
	if err != nil {
		return view{}, err
	}
	var plain asking
	p := &homePage{Home: h, Chart: plain.chart(h.Chart), Facets: plain.facets(h.Facets)}
	for _, d := range h.Newest {
		p.Days = append(p.Days, dayHits{d.Day, newHits(d.Hits, nothing, plain)})
	}
	return view{Twin: "/index.json", Answer: h, Page: p}, nil
}
