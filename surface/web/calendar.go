package web

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"dateline/answer"
	"dateline/query"
)

// calendarPage is the template's form of an answer.Calendar.
type calendarPage struct {
	*answer.Calendar
	Search         string // address of the search
	Newest, Oldest string // addresses of this page with the newest, or the oldest, days first
}

// Found is the number of days and months together.
func (p calendarPage) Found() int { return p.DayCount + p.MonthCount }

// calendar answers /calendar?q=QUERY&sort=newest|oldest.
func (s *site) calendar(r *http.Request) (view, error) {
	text := strings.TrimSpace(r.FormValue("q"))
	q, err := query.Parse(text)
	if err != nil {
		return view{}, broken(text, err)
	}
	sort := cmp.Or(r.FormValue("sort"), "newest")
	if sort != "newest" && sort != "oldest" {
		return view{}, badRequest("sort", "sort is %q; it can be newest or oldest", sort)
	}
	c, err := answer.NewCalendar(r.Context(), s.archive, q, answer.CalendarOptions{Oldest: sort == "oldest", Bounds: s.bounds})
	if err != nil {
		return view{}, fmt.Errorf("calendar of %q: %w", text, err)
	}
	title := "Calendar"
	if text != "" {
		title = text + " – calendar"
	}
	p := &calendarPage{c, asking{}.searchURL(c.Query, 1), calendarURL(c.Query, false), calendarURL(c.Query, true)}
	return view{Title: title, Query: text, Answer: c, Page: p}, nil
}
