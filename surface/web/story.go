package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"dateline"
	"dateline/answer"
)

// storiesPage is the template's form of an answer.Stories.
type storiesPage struct {
	*answer.Stories
	Least int    // how many independent reports each of them has at least
	Older string // address of the next part; "" if there is none
}

// leastReports is the number of independent reports that a story must have to be
// listed.
const leastReports = 2

// stories answers /stories?since=DAY&limit=N&cursor=C.
func (s *site) stories(r *http.Request) (view, error) {
	since := dateline.Date(r.FormValue("since"))
	if since != "" && since.Day() != string(since) {
		return view{}, badRequest("since", "%q is no day; a day is written as 2022-02-10", string(since))
	}
	n, err := limit(r)
	if err != nil {
		return view{}, err
	}
	list, err := answer.NewStories(r.Context(), s.archive, answer.StoriesOptions{Least: leastReports, Since: since, Limit: n, After: answer.Cursor(r.FormValue("cursor"))})
	if err != nil {
		return view{}, err
	}
	next := goOn(r, list.Next)
	return view{Title: "Stories", Next: next, Answer: list, Page: &storiesPage{list, leastReports, strings.Replace(next, ".json?", "?", 1)}}, nil
}

// story answers /story/ID.
func (s *site) story(r *http.Request) (view, error) {
	st, err := answer.NewStory(r.Context(), s.archive, dateline.ArticleID(key(r, "id")))
	if err != nil {
		return view{}, err
	}
	return view{Title: st.Name, Answer: st, Page: newStoryPage(st)}, nil
}

// storyPage is the template's form of an answer.Story.
type storyPage struct {
	*answer.Story
	Reports []storyReport
	Join    string             // the command that joins another story with this one
	JoinTo  dateline.ArticleID // by which that one is joined
}

// A storyReport is an answer.StoryReport with the command that takes it out of the story;
// "" if it is the only one.
type storyReport struct {
	answer.StoryReport
	Apart     string
	ApartFrom dateline.ArticleID // an article of another report of the story
	Copies    []storyCopy
}

// A storyCopy is an answer.StoryCopy with the command that says that it is none.
type storyCopy struct {
	answer.StoryCopy
	Apart     string
	ApartFrom dateline.ArticleID // of whose report it is one
}

func newStoryPage(st *answer.Story) *storyPage {
	p := &storyPage{Story: st, Join: fmt.Sprintf("dateline same -story %s STORY", st.List[0].Of.Article), JoinTo: st.List[0].Of.Article}
	for i, r := range st.List {
		x := storyReport{StoryReport: r}
		if len(st.List) > 1 {
			other := st.List[(i+1)%len(st.List)].Of.Article
			x.ApartFrom = other
			x.Apart = fmt.Sprintf("dateline differ -story %s %s", r.Of.Article, other)
		}
		for _, c := range r.Copies {
			x.Copies = append(x.Copies, storyCopy{c, fmt.Sprintf("dateline differ -copy %s %s", c.Of.Article, r.Of.Article), r.Of.Article})
		}
		p.Reports = append(p.Reports, x)
	}
	return p
}

func storyURL(id dateline.ArticleID) string { return "/story/" + url.PathEscape(string(id)) }
