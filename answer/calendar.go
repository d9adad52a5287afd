package answer

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// Bounds of what a calendar shows: days, and sentences of a day.
const (
	calendarDays = 200
	daySentences = 10
)

// A Calendar shows the days that the newest hits of a query speak of.
type Calendar struct {
	Query      string  `json:"query"`             // as parsed
	Total      int     `json:"total"`             // hits of the query
	Read       int     `json:"read"`              // hits read, the newest ones
	Sort       string  `json:"sort"`              // "newest" or "oldest" day first
	DayCount   int     `json:"day_count"`         // different days spoken of
	MonthCount int     `json:"month_count"`       // different months spoken of as a whole
	Shown      int     `json:"shown"`             // days and months that are listed here
	WiderCount int     `json:"wider_count"`       // dates that name neither a day nor a month: weeks, years
	Months     []Month `json:"months"`            // in the order of "sort"
	LeftOut    LeftOut `json:"left_out,omitzero"` // what was not read or not listed for a bound
}

// A Month is what is said of its days and of the month as a whole.
type Month struct {
	Month dateline.Date `json:"month"` // "2022-02"
	Days  []SpokenDay   `json:"days"`  // the month as a whole, if it is spoken of, before them
}

// A SpokenDay is a day, or a month as a whole, with what is said of it.
type SpokenDay struct {
	Date      dateline.Date `json:"date"`           // "2022-02-10", "2022-02"
	Count     int           `json:"count"`          // sentences that speak of it
	Sentences []Sentence    `json:"sentences"`      // of the newest articles, at most ten
	More      int           `json:"more,omitempty"` // sentences not listed
	Query     string        `json:"query"`          // that finds their articles

	last *Sentence // the sentence met last; nil if it is not listed
	at   place     // where that is
}

// Whole reports whether d is a month as a whole.
func (d SpokenDay) Whole() bool { return d.Date.Day() == "" }

// A Sentence is one sentence of an article that speaks of a day.
type Sentence struct {
	Ref
	Text []query.Fragment `json:"sentence"` // what names the day is marked by "match"

	marks []dateline.Span
}

// A place is a sentence of an article.
type place struct {
	article dateline.ArticleID
	in      string // part of the article: its text (""), its deck
	dateline.Span
}

// CalendarOptions say how a calendar is made.
type CalendarOptions struct {
	Oldest bool   // the earliest day first in place of the latest
	Bounds Bounds // what may be read
}

// NewCalendar reads the newest hits of q and orders what they say by day. If q
// asks for days at its top (when:), only those count.
func NewCalendar(ctx context.Context, a Searcher, q query.Query, o CalendarOptions) (*Calendar, error) {
	f, err := a.Facets(ctx, q)
	if err != nil {
		return nil, err
	}
	c := &calendar{
		Calendar: &Calendar{Query: q.String(), Total: f.Total, Sort: "newest", Months: []Month{}},
		days:     map[dateline.Date]*SpokenDay{}, ranges: whens(q.Root), left: o.Bounds.orDefault(),
	}
	if o.Oldest {
		c.Sort = "oldest"
	}
	until := time.Now().Add(c.left.Time)
	for h, err := range a.Search(ctx, q, index.Options{Limit: c.left.Articles}) {
		if err != nil {
			return nil, err
		}
		if time.Now().After(until) {
			c.LeftOut.Time = true
			break
		}
		c.Read++
		found, err := findings(ctx, a, h.Article.Capture)
		if err != nil {
			return nil, err
		}
		if found != nil {
			c.read(h.Article, found)
		}
	}
	c.LeftOut.Articles = max(0, c.Total-c.Read)
	c.order(q)
	return c.Calendar, nil
}

// A calendar is a Calendar in the making.
type calendar struct {
	*Calendar
	days   map[dateline.Date]*SpokenDay
	ranges []query.When
	left   Bounds
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

// read adds what a says of days within all ranges.
func (c *calendar) read(a *dateline.Article, f *dateline.Findings) {
	for _, in := range []string{dateline.InDeck, ""} {
		text := dateline.Words{In: in}.Within(a)
		blocks := []dateline.Block{{Start: 0, End: len(text)}}
		if in == "" {
			blocks = Blocks(a)
		}
		for _, i := range MarkedDates(a, in, f.Dates) {
			if c.left.Findings == 0 {
				c.LeftOut.Dates++
				continue
			}
			c.left.Findings--
			d := f.Dates[i]
			for len(blocks) > 0 && blocks[0].End <= d.Start {
				blocks = blocks[1:] // the dates are in order, too
			}
			if on := c.day(d); on != nil {
				block := dateline.Span{Start: 0, End: len(text)}
				if len(blocks) > 0 && blocks[0].Start <= d.Start && d.End <= blocks[0].End {
					block = dateline.Span{Start: blocks[0].Start, End: blocks[0].End}
				}
				on.add(a, place{a.ID, in, block}, dateline.Span{Start: d.Start, End: d.End})
			}
		}
	}
}

// day returns the day, or the month, that d names; nil if it names neither, or
// none that is asked for.
func (c *calendar) day(d dateline.Timex) *SpokenDay {
	start, end, ok := d.Interval()
	if !ok || slices.ContainsFunc(c.ranges, func(w query.When) bool { return !w.Admits(start, end) }) {
		return nil
	}
	var date dateline.Date
	switch {
	case start.AddDate(0, 0, 1).Equal(end):
		date = dateline.Date(start.Format("2006-01-02"))
	case start.Day() == 1 && start.AddDate(0, 1, 0).Equal(end):
		date = dateline.Date(start.Format("2006-01"))
	default:
		c.WiderCount++
		return nil
	}
	on := c.days[date]
	if on == nil {
		on = &SpokenDay{Date: date, Sentences: []Sentence{}}
		c.days[date] = on
	}
	return on
}

// add adds the sentence of a block in which words stand, unless it is the one
// met last; of too many it only counts.
func (d *SpokenDay) add(a *dateline.Article, block place, words dateline.Span) {
	text := dateline.Words{In: block.in}.Within(a)
	if d.at.article == block.article && d.at.in == block.in && words.End <= d.at.End {
		if d.last != nil {
			d.last.marks = append(d.last.marks, words)
			d.last.Text = markedAt(text, d.at.Span, d.last.marks)
		}
		return
	}
	d.at = place{block.article, block.in, sentence(text, block.Span, words)}
	d.Count++
	if len(d.Sentences) == daySentences {
		d.last = nil
		d.More++
		return
	}
	marks := []dateline.Span{words}
	d.Sentences = append(d.Sentences, Sentence{Ref: newRef(a), Text: markedAt(text, d.at.Span, marks), marks: marks})
	d.last = &d.Sentences[len(d.Sentences)-1]
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
func (c *calendar) order(q query.Query) {
	list := make([]*SpokenDay, 0, len(c.days))
	for _, d := range c.days {
		list = append(list, d)
		if d.Whole() {
			c.MonthCount++
		}
	}
	c.DayCount = len(list) - c.MonthCount
	slices.SortFunc(list, func(a, b *SpokenDay) int {
		by := cmp.Or(cmp.Compare(a.Date.Month(), b.Date.Month()), cmp.Compare(a.Date, b.Date))
		if c.Sort == "newest" && (a.Date.Month() != b.Date.Month() || !a.Whole() && !b.Whole()) {
			return -by
		}
		return by
	})
	list = list[:min(len(list), calendarDays)]
	c.Shown = len(list)
	for _, d := range list {
		d.Query = q.And(query.When{From: string(d.Date), To: string(d.Date)}).String()
		name := dateline.Date(d.Date.Month())
		if n := len(c.Months); n == 0 || c.Months[n-1].Month != name {
			c.Months = append(c.Months, Month{Month: name})
		}
		m := &c.Months[len(c.Months)-1]
		m.Days = append(m.Days, *d)
	}
}

// MarkedDates returns the indexes of those of the dates that can be marked in a
// part of a, its text ("") or its deck, in the order of that part: their spans
// lie in it on the boundaries of characters and do not overlap.
func MarkedDates(a *dateline.Article, in string, dates []dateline.Timex) []int {
	text := dateline.Words{In: in}.Within(a)
	edge := func(i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
	var list []int
	for i, d := range dates {
		if d.In == in && d.Start >= 0 && d.Start < d.End && d.End <= len(text) && edge(d.Start) && edge(d.End) {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(i, k int) int { return cmp.Compare(dates[i].Start, dates[k].Start) })
	end := 0
	return slices.DeleteFunc(list, func(i int) bool {
		if dates[i].Start < end {
			return true
		}
		end = dates[i].End
		return false
	})
}
