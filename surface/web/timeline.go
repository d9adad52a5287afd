package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/query"
	"dateline/relate/timeline"
)

// timelinePage is the template's form of an answer.Timeline.
type timelinePage struct {
	*answer.Timeline
	Of        subject
	Most      int // days that were asked for
	Sentences int // sentences a day that were asked for
	Exchanges string
}

// A subject is what the pages of days and of requests are about.
type subject struct {
	Search string             // address of the search
	Story  dateline.ArticleID // the story, if the query asks for one and nothing else
	Name   string             // its name
}

// The most days and sentences a day that one page of a timeline shows.
const (
	mostTimelineDays      = 200
	mostTimelineSentences = 5
)

// timeline answers /timeline?q=QUERY&from=DAY&to=DAY&days=N&sentences=N.
func (s *site) timeline(r *http.Request) (view, error) {
	text, q, err := asksFor(r)
	if err != nil {
		return view{}, err
	}
	days, err := numberIn(r, "days", timeline.DefaultDays, mostTimelineDays)
	if err != nil {
		return view{}, err
	}
	sentences, err := numberIn(r, "sentences", 1, mostTimelineSentences)
	if err != nil {
		return view{}, err
	}
	req := timeline.Request{From: r.FormValue("from"), To: r.FormValue("to"), Days: days, Sentences: sentences}
	for name, d := range map[string]string{"from": req.From, "to": req.To} {
		if _, err := time.Parse(time.DateOnly, d); d != "" && err != nil {
			return view{}, badRequest(name, "%q is no day; a day is written as 2022-02-10", d)
		}
	}
	t, err := answer.NewTimeline(r.Context(), s.archive, q, req, s.bounds)
	if err != nil {
		return view{}, fmt.Errorf("timeline of %q: %w", text, err)
	}
	of, err := s.subject(r, q)
	if err != nil {
		return view{}, err
	}
	p := &timelinePage{t, of, days, sentences, exchangesURL(t.Query)}
	return view{Title: titled(cmp.Or(of.Name, text), "Timeline"), Query: text, Answer: t, Page: p}, nil
}

// asksFor returns the query that a request asks for.
func asksFor(r *http.Request) (text string, q query.Query, err error) {
	text = strings.TrimSpace(r.FormValue("q"))
	if q, err = query.Parse(text); err != nil {
		err = broken(text, err)
	}
	return text, q, err
}

// titled returns the title of a page of a kind, about something.
func titled(about, kind string) string {
	if about == "" {
		return kind
	}
	return about + " – " + strings.ToLower(kind)
}

// numberIn returns a number of the address; otherwise is what it is if it is not there.
func numberIn(r *http.Request, name string, otherwise, most int) (int, error) {
	value := r.FormValue(name)
	if value == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > most {
		return 0, badRequest(name, "%s is %q; it can be from 1 to %d", name, value, most)
	}
	return n, nil
}

// subject says what q is about.
func (s *site) subject(r *http.Request, q query.Query) (subject, error) {
	of := subject{Search: asking{}.searchURL(q.String(), 1)}
	f, ok := q.Root.(query.Filter)
	if !ok || f.Field != string(dateline.StoryLevel) {
		return of, nil
	}
	line, err := answer.NewStoryLine(r.Context(), s.archive, dateline.ArticleID(f.Value))
	if errors.Is(err, dateline.ErrNotFound) {
		return of, nil
	}
	if err == nil {
		of.Story, of.Name = line.Story, line.Name
	}
	return of, err
}
