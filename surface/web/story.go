package web

import (
	"net/http"
	"net/url"

	"dateline"
	"dateline/answer"
)

// storiesPage shows an answer.Stories.
type storiesPage struct {
	*answer.Stories
	Least int
}

// leastReports is how many independent reports a story of the list has at least.
const leastReports = 2

// stories answers /stories.
func (s *site) stories(r *http.Request) (view, error) {
	list, err := answer.NewStories(r.Context(), s.archive, leastReports)
	if err != nil {
		return view{}, err
	}
	return view{Title: "Stories", Answer: list, Page: &storiesPage{list, leastReports}}, nil
}

// story answers /story/ID.
func (s *site) story(r *http.Request) (view, error) {
	st, err := answer.NewStory(r.Context(), s.archive, dateline.ArticleID(key(r, "id")))
	if err != nil {
		return view{}, err
	}
	return view{Title: st.Name, Answer: st, Page: st}, nil
}

func storyURL(id dateline.ArticleID) string { return "/story/" + url.PathEscape(string(id)) }
