package web

import (
	"net/http"

	"dateline/answer"
)

// sources answers /sources: the sources that the archive follows, and how each of them
// fares.
func (s *site) sources(r *http.Request) (view, error) {
	list, err := answer.NewSources(r.Context(), s.archive.Sources())
	if err != nil {
		return view{}, err
	}
	return view{Title: "Sources", Answer: list, Page: list}, nil
}
