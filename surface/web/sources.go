package web

import (
	"net/http"

	"dateline/answer"
)

// sources answers /sources: what is followed, and how that is.
func (s *site) sources(r *http.Request) (view, error) {
	list, err := answer.NewSources(r.Context(), s.archive.Sources())
	if err != nil {
		return view{}, err
	}
	return view{Title: "Sources", Answer: list, Page: list}, nil
}
