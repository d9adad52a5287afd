package answer

import (
	"time"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// A Chart counts articles by the day, month or year of their publication, in
// UTC: in the narrowest unit that shows the whole time in few enough bars.
type Chart struct {
	Unit    string `json:"unit"`    // "day", "month", "year"; "" without bars
	Bars    []Bar  `json:"bars"`    // in order, without gaps; empty if no article has a date
	Undated int    `json:"undated"` // articles whose day is not known
}

// A Bar is one day, month or year of a chart.
type Bar struct {
	Start dateline.Date `json:"start"` // "2022-02-10", "2022-02", "2022"
	End   dateline.Date `json:"end"`   // start of the next one
	Count int           `json:"count"` // articles published in it
	Query string        `json:"query"` // that finds them
}

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

// newChart counts the hits of q, of which f are the facets.
func newChart(f index.Facets, q query.Query) Chart {
	c := Chart{Bars: []Bar{}, Undated: f.Undated}
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
			c.fill(u, n, first, last, q)
			break
		}
	}
	return c
}

// fill makes the bars of c. Of years, it keeps the latest that have room.
func (c *Chart) fill(u unit, n map[string]int, first, last time.Time, q query.Query) {
	if t := u.next(last, 1-u.least); t.Before(first) && t.Year() > 0 {
		first = t
	}
	if t := u.next(last, 1-u.most); t.After(first) {
		first = t
	}
	for t := first; !t.After(last); t = u.next(t, 1) {
		start, end := t.Format(u.layout), u.next(t, 1).Format(u.layout)
		c.Bars = append(c.Bars, Bar{
			Start: dateline.Date(start), End: dateline.Date(end), Count: n[start], Query: between(q, start, end).String(),
		})
	}
}
