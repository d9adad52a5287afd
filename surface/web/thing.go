package web

import (
	"net/http"
	"net/url"

	"dateline/answer"
	"dateline/query"
)

// thingPage is the template's form of an answer.Thing.
type thingPage struct {
	*answer.Thing
	Chart   chart
	Facets  []facet
	Hits    []hit
	Search  string // address of the search for the articles
	Speaker string // address of the page of what it says; "" if it says nothing
}

// thing returns what answers /person/NAME, /org/NAME or /place/NAME: everything about one.
func (s *site) thing(kind string) func(*http.Request) (view, error) {
	return func(r *http.Request) (view, error) {
		found, err := answer.NewThing(r.Context(), s.archive, kind, key(r, "name"))
		if err != nil {
			return view{}, err
		}
		k := asking{}
		p := &thingPage{Thing: found, Chart: k.chart(found.Chart), Facets: k.facets(found.Facets),
			Hits: newHits(found.Hits, query.Query{Root: query.Filter{Field: kind, Value: found.Name}}, k), Search: k.searchURL(found.Query, 1)}
		if found.Speaker != "" {
			p.Speaker = speakerURL(found.Speaker, nil)
		}
		return view{Title: found.Name, Answer: found, Page: p}, nil
	}
}

// thingURL is the address of the page of a person, an organisation or a place.
func thingURL(kind, name string) string { return "/" + kind + "/" + url.PathEscape(name) }
