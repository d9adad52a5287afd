package web

import (
	"cmp"

	"dateline"
	"dateline/answer"
	indexfield "dateline/index/field"
)

// A facet is one field by which a search, or the page of a speaker, can be narrowed,
// as pages show it.
type facet struct {
	Name, Title string
	Items       []choice
	More        int // how many values are not listed
}

// A choice is one value of a facet, or one term of a query. Link is the page that is
// narrowed by it or, if it is chosen already, the page without it.
type choice struct {
	Field, Value string
	N            int
	Chosen       bool
	Link         string
}

// title returns the heading of a facet: a field of the query language, or one of those
// that only pages count by.
func title(name string) string {
	f, _ := indexfield.Of(name)
	return cmp.Or(f.Title, map[string]string{"month": "Month", "medium": "Medium"}[name])
}

// facets returns the facets of a search, with links to searches that have in common
// what k says.
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

// chips returns the terms of a query, each with a link to the search without it.
func (k asking) chips(list []answer.Term) []choice {
	var shown []choice
	for _, t := range list {
		shown = append(shown, choice{Field: t.Field, Value: t.Value, Chosen: true, Link: k.searchURL(t.Query, 1)})
	}
	return shown
}

// A chart is the drawing of an answer.Chart.
type chart struct {
	Unit    string // what each bar stands for, see answer.Chart
	Bars    []bar
	Undated int // hits without a date
	Most    bar // the highest bar; of several, the first
}

// A bar is one bar of a chart. X, Y and Height are in the units of the drawing, see
// barWidth.
type bar struct {
	Start        dateline.Date
	N            int
	Link         string
	X, Y, Height int
}

// The size of the drawing of a chart, in its own units: the page stretches it to the width
// that there is.
const (
	barWidth    = 10
	chartHeight = 100
)

// Width is the width of the drawing.
func (c chart) Width() int { return barWidth * len(c.Bars) }

// First and Last are the dates at which the first and the last bar begin.
func (c chart) First() dateline.Date { return c.Bars[0].Start }
func (c chart) Last() dateline.Date  { return c.Bars[len(c.Bars)-1].Start }

// Left is where the bar is drawn: at X, but for a gap of one unit.
func (b bar) Left() int { return b.X + 1 }

// chart returns the drawing of a chart whose bars link to the searches for their hits.
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
