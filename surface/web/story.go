package web

import (
	"net/http"
	"net/url"

	"dateline"
	"dateline/answer"
)

// storiesPage is the template's form of an answer.Stories.
type storiesPage struct {
	*answer.Stories
	Least int // how many independent reports each of them has at least
}

// leastReports is the number of independent reports that a story must have to be
// listed.
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
