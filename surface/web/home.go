package web

import (
	"net/http"
	"time"

	"dateline"
	"dateline/answer"
)

// homePage is the template's form of an answer.Home.
type homePage struct {
	*answer.Home
	Chart  chart
	Days   []dayHits
	Facets []facet

	Stories []homeStory
}

// A homeStory is an answer.HomeStory with its articles a day as bars.
type homeStory struct {
	answer.HomeStory
	Bars []volumeBar
}

// A volumeBar is a day of a story: where its bar stands in a picture of 100 by 24, and
// how high it is.
type volumeBar struct{ X, Y, Height int }

// volume returns the bars of the last days of a story, the last day at the right edge.
func volume(days []answer.StoryDay) (bars []volumeBar) {
	const width, high, most = 4, 24, 25 // of a bar; of the picture; bars
	top := 0
	for _, d := range days {
		top = max(top, d.Articles)
	}
	for _, d := range days {
		ago := daysBetween(d.Day, days[len(days)-1].Day)
		if ago < 0 || ago >= most {
			continue
		}
		h := max(high*d.Articles/top, 2)
		bars = append(bars, volumeBar{(most - 1 - ago) * width, high - h, h})
	}
	return bars
}

// daysBetween returns the days from one day to another; -1 if one is none.
func daysBetween(from, to dateline.Date) int {
	a, err := time.Parse(time.DateOnly, from.Day())
	b, err2 := time.Parse(time.DateOnly, to.Day())
	if err != nil || err2 != nil {
		return -1
	}
	return int(b.Sub(a).Hours() / 24)
}

// dayHits are the newest articles of one day.
type dayHits struct {
	Day  string
	Hits []hit
}

// home answers /.
func (s *site) home(r *http.Request) (view, error) {
	h, err := answer.NewHome(r.Context(), s.archive)
	if err != nil {
		return view{}, err
	}
	if err := h.AddStories(r.Context(), s.archive, leastReports); err != nil {
		return view{}, err
	}
	var plain asking
	p := &homePage{Home: h, Chart: plain.chart(h.Chart), Facets: plain.facets(h.Facets)}
	for _, st := range h.Stories {
		p.Stories = append(p.Stories, homeStory{st, volume(st.Days)})
	}
	for _, d := range h.Newest {
		p.Days = append(p.Days, dayHits{d.Day, newHits(d.Hits, nothing, plain)})
	}
	return view{Twin: "/index.json", Answer: h, Page: p}, nil
}
