package web

import (
	"time"

	"dateline"
	"dateline/query"
)

// A chart counts articles by the day, month or year of their publication, in
// UTC: the widest unit that still shows the whole time in few enough bars.
type chart struct {
	Unit    string `json:"unit"` // "day", "month", "year"
	Bars    []bar  `json:"bars"` // in order, without gaps
	Undated int    `json:"undated"`
	Most    bar    `json:"most"` // the highest, the first of several
}

// A bar is one day, month or year of a chart.
type bar struct {
	Start dateline.Date `json:"start"` // "2022-02-10", "2022-02", "2022"
	End   dateline.Date `json:"end"`   // start of the next one
	N     int           `json:"n"`
	Link  string        `json:"link"` // the search for its articles

	// What the drawing needs, in units of its view box.
	X, Y, Height int `json:"-"`
}

// Size of a chart's drawing: the page stretches it.
const (
	barWidth    = 10
	chartHeight = 100
)

// Width is the width of the drawing.
func (c chart) Width() int { return barWidth * len(c.Bars) }

// First and Last are the ends of the time shown.
func (c chart) First() dateline.Date { return c.Bars[0].Start }
func (c chart) Last() dateline.Date  { return c.Bars[len(c.Bars)-1].Start }

// Left is where the bar begins in the room that it has.
func (b bar) Left() int { return b.X + 1 }

// A unit of time that bars can stand for.
type unit struct {
	name   string
	layout string
	next   func(time.Time, int) time.Time
	least  int // so many bars at least, or a few articles look like a wall
	most   int // a longer time needs the next unit
}

var units = []unit{
	{"day", "2006-01-02", func(t time.Time, n int) time.Time { return t.AddDate(0, 0, n) }, 14, 92},
	{"month", "2006-01", func(t time.Time, n int) time.Time { return t.AddDate(0, n, 0) }, 12, 120},
	{"year", "2006", func(t time.Time, n int) time.Time { return t.AddDate(n, 0, 0) }, 10, 150},
}

// newChart draws f; link gives the search for what was published from after
// up to before. It has no bars if no article has a date.
func newChart(f query.Facets, link func(after, before string) string) chart {
	c := chart{Undated: f.Undated}
	for _, u := range units {
		counts := f.Days
		if u.name != "day" {
			counts = f.Months
		}
		n := map[string]int{}
		var first, last time.Time
		for _, d := range counts {
			t, err := time.Parse(u.layout, d.Value[:min(len(d.Value), len(u.layout))])
			if err != nil || t.Year() < 1 || t.Year() > 9998 { // the bar needs an end, too
				continue
			}
			if len(n) == 0 || t.Before(first) {
				first = t
			}
			if len(n) == 0 || t.After(last) {
				last = t
			}
			n[t.Format(u.layout)] += d.N
		}
		if len(n) == 0 {
			continue
		}
		if last.Before(u.next(first, u.most)) || u.name == "year" {
			c.Unit = u.name
			c.fill(u, n, first, last, link)
			break
		}
	}
	return c
}

// fill makes the bars of c. Of years, it keeps the latest that have room.
func (c *chart) fill(u unit, n map[string]int, first, last time.Time, link func(after, before string) string) {
	if t := u.next(last, 1-u.least); t.Before(first) && t.Year() > 0 {
		first = t
	}
	if t := u.next(last, 1-u.most); t.After(first) {
		first = t
	}
	for t := first; !t.After(last); t = u.next(t, 1) {
		start, end := t.Format(u.layout), u.next(t, 1).Format(u.layout)
		b := bar{Start: dateline.Date(start), End: dateline.Date(end), N: n[start], X: barWidth * len(c.Bars)}
		b.Link = link(start, end)
		c.Bars = append(c.Bars, b)
		if b.N > c.Most.N {
			c.Most = b
		}
	}
	for i := range c.Bars {
		b := &c.Bars[i]
		if b.N > 0 {
			b.Height = max(3, b.N*chartHeight/c.Most.N)
		}
		b.Y = chartHeight - b.Height
	}
}
