package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dateline"
	"dateline/query"
)

// Bounds of a calendar: the hits it reads, the days it shows, and the
// sentences of a day.
const (
	calendarHits = 500
	calendarDays = 200
	daySentences = 10
)

// calendarPage shows the days that the newest hits of a query speak of.
type calendarPage struct {
	Query  string  `json:"query"` // as parsed
	Total  int     `json:"total"` // hits
	Read   int     `json:"read"`  // hits read, the newest ones
	Sort   string  `json:"sort"`  // "newest" or "oldest" day first
	Days   int     `json:"days"`  // different days
	Whole  int     `json:"whole"` // different months spoken of as a whole
	Shown  int     `json:"shown"` // of both, on this page
	Wider  int     `json:"wider"` // dates that are neither: weeks, years
	Months []month `json:"months"`
	Search string  `json:"search"` // address of the search
	Newest string  `json:"-"`      // addresses of the two orders
	Oldest string  `json:"-"`
}

// Found is the number of days and months.
func (p calendarPage) Found() int { return p.Days + p.Whole }

// A month is what is said of its days and of the month as a whole.
type month struct {
	Month dateline.Date `json:"month"`
	Days  []spokenDay   `json:"days"`
}

// A spokenDay is a day, or a month as a whole, with what is said of it.
type spokenDay struct {
	Date      dateline.Date `json:"date"`
	N         int           `json:"n"` // sentences
	Sentences []daySentence `json:"sentences"`
	More      int           `json:"more,omitempty"` // sentences not listed
	Link      string        `json:"link"`           // the search for all of them

	last place // of the sentence added last
}

// Whole reports whether d is a month as a whole.
func (d spokenDay) Whole() bool { return d.Date.Day() == "" }

// A daySentence is one sentence of an article; what names the day is marked.
type daySentence struct {
	Article   dateline.ArticleID `json:"id"`
	Link      string             `json:"link"`
	Headline  string             `json:"headline"`
	Published dateline.Date      `json:"published,omitempty"`
	Publisher dateline.Publisher `json:"publisher,omitzero"`
	Lang      string             `json:"lang,omitempty"`
	Text      []query.Fragment   `json:"sentence"`

	marks []dateline.Span
}

// A place is a sentence of an article.
type place struct {
	article dateline.ArticleID
	in      string // part of the article: its text (""), its deck
	at      dateline.Span
}

// calendar answers /calendar?q=QUERY&sort=newest|oldest.
func (s *site) calendar(r *http.Request) (view, error) {
	text := strings.TrimSpace(r.FormValue("q"))
	q, err := query.Parse(text)
	if err != nil {
		return view{}, broken(text, err)
	}
	p := &calendarPage{Query: q.String(), Sort: cmp.Or(r.FormValue("sort"), "newest"), Months: []month{}}
	if p.Sort != "newest" && p.Sort != "oldest" {
		return view{}, badRequest("sort is %q; it can be newest or oldest", p.Sort)
	}
	p.Search, p.Newest, p.Oldest = searchURL(q, false, 1), calendarURL(p.Query, false), calendarURL(p.Query, true)
	if err := s.fillCalendar(r.Context(), p, q); err != nil {
		return view{}, fmt.Errorf("calendar of %q: %w", text, err)
	}
	title := "Calendar"
	if text != "" {
		title = text + " – calendar"
	}
	return view{Title: title, Query: text, Page: p}, nil
}

func calendarURL(q string, oldest bool) string {
	v := url.Values{"q": {q}}
	if oldest {
		v.Set("sort", "oldest")
	}
	return "/calendar?" + v.Encode()
}

// fillCalendar reads the newest hits of q and orders what they say by day.
func (s *site) fillCalendar(ctx context.Context, p *calendarPage, q query.Query) error {
	f, err := s.archive.Facets(ctx, q)
	if err != nil {
		return err
	}
	p.Total = f.Total
	days := map[dateline.Date]*spokenDay{}
	ranges := whens(q.Root)
	for h, err := range s.archive.Search(ctx, q, query.Options{Limit: calendarHits}) {
		if err != nil {
			return err
		}
		p.Read++
		found, err := s.archive.Findings(ctx, h.Article.Capture)
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("findings of %s: %w", h.Article.Capture, err)
		}
		p.Wider += speak(days, h.Article, found, ranges, q)
	}
	p.order(days, q)
	return nil
}

// whens returns the ranges that q asks for at its top: only their days count.
func whens(x query.Expr) []query.When {
	switch x := x.(type) {
	case query.When:
		return []query.When{x}
	case query.And:
		var list []query.When
		for _, y := range x {
			if w, ok := y.(query.When); ok {
				list = append(list, w)
			}
		}
		return list
	}
	return nil
}

// speak adds what a says of days within all ranges. It returns the number of
// dates that name neither a day nor a month.
func speak(days map[dateline.Date]*spokenDay, a *dateline.Article, f *dateline.Findings, ranges []query.When, q query.Query) (wider int) {
	parts := blocks(a)
	dates := datesOf(f)
	for _, d := range slices.Concat(marks(a, dateline.InDeck, dates), marks(a, "", dates)) {
		start, end, ok := d.Interval()
		if !ok || slices.ContainsFunc(ranges, func(w query.When) bool { return !w.Admits(start, end) }) {
			continue
		}
		var date dateline.Date
		switch {
		case start.AddDate(0, 0, 1).Equal(end):
			date = dateline.Date(start.Format("2006-01-02"))
		case start.Day() == 1 && start.AddDate(0, 1, 0).Equal(end):
			date = dateline.Date(start.Format("2006-01"))
		default:
			wider++
			continue
		}
		on := days[date]
		if on == nil {
			on = &spokenDay{Date: date}
			days[date] = on
		}
		at := place{article: a.ID, in: d.In}
		if d.In == "" {
			at.at = sentence(a.Text, parts, d.Timex)
		} else {
			at.at = sentence(d.Within(a), nil, d.Timex)
		}
		on.add(a, at, dateline.Span{Start: d.Start, End: d.End}, q)
	}
	return wider
}

// add adds the sentence that stands at at, unless it is the one added
// last; of too many it only counts.
func (d *spokenDay) add(a *dateline.Article, at place, words dateline.Span, q query.Query) {
	text := dateline.Words{In: at.in}.Within(a)
	if d.last.article == at.article && d.last.in == at.in && words.End <= d.last.at.End {
		if d.More == 0 {
			s := &d.Sentences[len(d.Sentences)-1]
			s.marks = append(s.marks, words)
			s.Text = markedAt(text, d.last.at, s.marks)
		}
		return
	}
	d.last = at
	if d.N++; len(d.Sentences) == daySentences {
		d.More++
		return
	}
	h := newHit(query.Hit{Article: a}, q)
	marks := []dateline.Span{words}
	d.Sentences = append(d.Sentences, daySentence{Article: a.ID, Link: h.Link, Headline: h.Headline, Published: a.Published,
		Publisher: a.Publisher, Lang: a.Lang, Text: markedAt(text, at.at, marks), marks: marks})
}

// markedAt cuts text[at] at the marks, which lie in it in order.
func markedAt(text string, at dateline.Span, marks []dateline.Span) []query.Fragment {
	var frags []query.Fragment
	cut := func(end int, match bool) {
		if at.Start < end {
			frags = append(frags, query.Fragment{Text: text[at.Start:end], Match: match})
			at.Start = end
		}
	}
	for _, m := range marks {
		cut(m.Start, false)
		cut(m.End, true)
	}
	cut(at.End, false)
	return frags
}

// order puts the days into months. A month as a whole stands before its days.
func (p *calendarPage) order(days map[dateline.Date]*spokenDay, q query.Query) {
	list := make([]*spokenDay, 0, len(days))
	for _, d := range days {
		list = append(list, d)
		if d.Whole() {
			p.Whole++
		}
	}
	p.Days = len(days) - p.Whole
	slices.SortFunc(list, func(a, b *spokenDay) int {
		c := cmp.Or(cmp.Compare(a.Date.Month(), b.Date.Month()), cmp.Compare(a.Date, b.Date))
		if p.Sort == "newest" && (a.Date.Month() != b.Date.Month() || !a.Whole() && !b.Whole()) {
			return -c
		}
		return c
	})
	list = list[:min(len(list), calendarDays)]
	p.Shown = len(list)
	for _, d := range list {
		on := query.When{From: string(d.Date), To: string(d.Date)}
		d.Link = searchURL(q.And(on), false, 1)
		name := dateline.Date(d.Date.Month())
		if n := len(p.Months); n == 0 || p.Months[n-1].Month != name {
			p.Months = append(p.Months, month{Month: name})
		}
		m := &p.Months[len(p.Months)-1]
		m.Days = append(m.Days, *d)
	}
}
