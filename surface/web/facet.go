package web

import (
	"cmp"

	"dateline"
	"dateline/answer"
	indexfield "dateline/index/field"
)

// A facet is what a search or a speaker's page can be narrowed by, as pages
// show it.
type facet struct {
	Name, Title string
	Items       []choice
	More        int // values not listed
}

// A choice is one value of a facet, or one term of a query, with the page that
// adds it or, if it is chosen already, is without it.
type choice struct {
	Field, Value string
	N            int
	Chosen       bool
	Link         string
}

// title heads a facet: a field of the query language, or something that only
// pages count by.
func title(name string) string {
	f, _ := indexfield.Of(name)
	return cmp.Or(f.Title, map[string]string{"month": "Month", "medium": "Medium"}[name])
}

func (k asking) facets(list []answer.Facet) []facet {
	var shown []facet
	for _, f := range list {
		x := facet{Name: f.Name, Title: title(f.Name), More: f.More}
		for _, v := range f.Values {
			x.Items = append(x.Items, choice{f.Name, v.Value, v.Count, v.Chosen, k.searchURL(v.Query, 1)})
		}
		shown = append(shown, x)
	}
	return shown
}

// chips are the terms of a query, each with the search without it.
func (k asking) chips(list []answer.Term) []choice {
	var shown []choice
	for _, t := range list {
		shown = append(shown, choice{Field: t.Field, Value: t.Value, Chosen: true, Link: k.searchURL(t.Query, 1)})
	}
	return shown
}

// A chart is the drawing of an answer.Chart.
type chart struct {
	Unit    string
	Bars    []bar
	Undated int
	Most    bar // the highest, the first of several
}

// A bar is one bar of a chart, in units of its view box.
type bar struct {
	Start        dateline.Date
	N            int
	Link         string
	X, Y, Height int
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

func (k asking) chart(from answer.Chart) chart {
	c := chart{Unit: from.Unit, Undated: from.Undated}
	for i, x := range from.Bars {
		b := bar{Start: x.Start, N: x.Count, X: barWidth * i, Link: k.searchURL(x.Query, 1)}
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
	return c
}
