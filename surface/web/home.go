package web

import (
	"fmt"
	"net/http"

	"dateline/query"
)

// newestHits is the number of articles on the home page.
const newestHits = 24

// homePage is the archive at a glance.
type homePage struct {
	Total      int      `json:"total"`
	Publishers int      `json:"publishers"`
	Langs      int      `json:"langs"`
	Speakers   int      `json:"speakers"`
	Chart      chart    `json:"chart"`
	Days       []newest `json:"newest"`
	Facets     []facet  `json:"facets"`
}

// newest is the newest articles of one day of publication, as printed; Day is
// "" for those whose day is not known.
type newest struct {
	Day  string `json:"day"`
	Hits []hit  `json:"hits"`
}

// home answers /.
func (s *site) home(r *http.Request) (view, error) {
	all := query.Query{}
	f, err := s.archive.Facets(r.Context(), all)
	if err != nil {
		return view{}, fmt.Errorf("home: %w", err)
	}
	hits, err := s.hits(r.Context(), all, query.Options{Limit: newestHits})
	if err != nil {
		return view{}, fmt.Errorf("home: %w", err)
	}
	p := &homePage{
		Total: f.Total, Publishers: len(f.Publishers), Langs: len(f.Langs), Speakers: len(f.Speakers),
		Chart: newChart(f, func(after, before string) string {
			return searchURL(between(all, after, before), false, 1)
		}),
		Days:   []newest{},
		Facets: facets(f, all, false),
	}
	for _, h := range hits {
		p.add(h)
	}
	return view{Page: p}, nil
}

// add puts h to the other articles of its day. Their zones differ, so the
// days of hits in order of time can alternate.
func (p *homePage) add(h hit) {
	day := h.Published.Day()
	for i := range p.Days {
		if p.Days[i].Day == day {
			p.Days[i].Hits = append(p.Days[i].Hits, h)
			return
		}
	}
	p.Days = append(p.Days, newest{Day: day, Hits: []hit{h}})
}
