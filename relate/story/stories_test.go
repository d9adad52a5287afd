package story_test

import (
	"fmt"
	"testing"

	"dateline"
	"dateline/relate/story"
)

// topics are stories that have names of their own, each told in several reports.
var topics = [][]string{
	{
		"The ferry Marenna sank off Tarsk on Friday with 140 people aboard, and the coast guard of Kestria pulled 90 of them out of the water.",
		"Divers searched the wreck of the Marenna near Tarsk for the missing passengers; Captain Oskar Brandt was questioned by the coast guard of Kestria.",
		"Captain Oskar Brandt of the ferry Marenna had left Tarsk in spite of the warning of the coast guard, a report on the sinking says.",
		"Twelve passengers of the Marenna are buried at Tarsk as Kestria asks why Captain Oskar Brandt sailed.",
	},
	{
		"Parliament in Velmar rejected the budget of Finance Minister Ines Halvorsen after a debate of nine hours on pensions and tariffs.",
		"Finance Minister Ines Halvorsen says that Velmar will vote again on the budget, with lower tariffs and the pensions as they are.",
		"Unions in Velmar call a strike against the budget of Ines Halvorsen, who had promised that pensions would not be touched.",
		"The strike in Velmar ends as Ines Halvorsen withdraws the pensions from her budget.",
	},
	{
		"The glacier Skarn above Lunvik has lost a third of its ice in ten years, according to satellite pictures that Professor Tor Aune published.",
		"Professor Tor Aune warns Lunvik of a flood should the lake under the glacier Skarn break through its ice.",
		"Lunvik moves two hundred people out of the valley below the glacier Skarn, as Tor Aune had advised.",
		"The lake under the glacier Skarn has broken out, but Lunvik was empty: Professor Tor Aune speaks of luck.",
	},
}

// stream returns the articles of the topics as they come in, side by side.
func stream() []*dateline.Article {
	var list []*dateline.Article
	for day := range topics[0] {
		for n, reports := range topics {
			a := article("paper", 10*day+n, fmt.Sprintf("2024-05-%02d", 2+day), reports[day])
			list = append(list, a)
			if day == 1 {
				reprint := article("herald", 10*day+n, fmt.Sprintf("2024-05-%02d", 2+day), reports[day])
				list = append(list, reprint)
			}
		}
	}
	return list
}

func TestGrouper(t *testing.T) {
	g := story.NewGrouper()
	first := map[string]dateline.Group{} // of each topic, by the last digit of its addresses
	for _, a := range stream() {
		got := g.Add(a, nil)
		topic := a.URL[len(a.URL)-1:]
		begin, known := first[topic]
		if !known {
			first[topic], begin = got, got
			if got.Story != got.Article || got.Joined != nil {
				t.Errorf("%s begins no story: %+v", a.URL, got)
			}
			continue
		}
		if got.Story != begin.Story {
			t.Errorf("%s is of story %s, want %s: %s", a.URL, got.Story, begin.Story, a.Text)
		}
		if reprint := a.URL[8] == 'h'; reprint != (got.Report != got.Article) {
			t.Errorf("%s is of report %s", a.URL, got.Report)
		}
		if got.Joined == nil || got.Joined.Rule == "" || got.Joined.To == "" {
			t.Errorf("%s joined without a reason: %+v", a.URL, got)
		}
	}
}

// A stream that is read in pieces, by a Grouper that knows only how the articles before
// were grouped, is grouped as in one go.
func TestGrouperInPieces(t *testing.T) {
	list := stream()
	whole, want := story.NewGrouper(), make([]dateline.Group, len(list))
	for i, a := range list {
		want[i] = whole.Add(a, nil)
	}
	for cut := 1; cut < len(list); cut++ {
		g := story.NewGrouper()
		for i, a := range list[:cut] {
			g.Place(a, &want[i])
		}
		for i, a := range list[cut:] {
			got := g.Add(a, nil)
			if w := want[cut+i]; got.Report != w.Report || got.Event != w.Event || got.Story != w.Story {
				t.Fatalf("cut at %d: article %d is grouped as %+v, want %+v", cut, cut+i, got, w)
			}
		}
	}
}

// Names survive that all is sorted anew in another order, and no two stories share one.
func TestNamesSurvive(t *testing.T) {
	list := stream()
	before := map[string]dateline.Group{}
	g := story.NewGrouper()
	for _, a := range list {
		before[a.URL] = g.Add(a, nil)
	}
	again := story.NewGrouper()
	named := map[dateline.ArticleID]string{}
	for i := len(list) - 1; i >= 0; i-- {
		a := list[i]
		old := before[a.URL]
		got := again.Add(a, &old)
		topic := a.URL[len(a.URL)-1:]
		if got.Story != old.Story {
			t.Errorf("%s was of story %s and is of %s", a.URL, old.Story, got.Story)
		}
		if of, known := named[got.Story]; known && of != topic {
			t.Errorf("story %s is of topics %s and %s", got.Story, of, topic)
		}
		named[got.Story] = topic
	}
}

// A place joins with its country and its people.
func TestPlaces(t *testing.T) {
	s := story.NewStories()
	for i := range 30 { // other news, so that terms have a weight
		s.Add(article("paper", 100+i, "2014-03-01", prose(i, 3)))
	}
	first := s.Add(article("paper", 1, "2014-03-02", "Crowds filled the streets of Kyiv. Ukrainian police stood aside."))
	if got := s.Add(article("paper", 2, "2014-03-03", "Ukraine votes in May. Ukrainians in Lviv and Kyiv welcomed the date.")); got.Story != first.Story {
		t.Errorf("a report on Ukraine is not of the story that began in Kyiv: %+v", got)
	}
	if got := s.Add(article("paper", 3, "2014-03-03", "Peru mourns its miners. Peruvians in Lima and Cusco stood in silence.")); got.Story == first.Story {
		t.Errorf("a report on Peru is of the story that began in Kyiv: %+v", got)
	}
}

func TestGrouperOnOddArticles(t *testing.T) {
	g := story.NewGrouper()
	met := map[dateline.ArticleID]bool{}
	for i, text := range []string{"", " \n\n ", "\xff\xfe", "？？", "地震が起きた。地震が起きた。", "a", string(make([]byte, 100_000))} {
		got := g.Add(&dateline.Article{URL: fmt.Sprint("https://a.example/", i), Text: text, Published: "yesterday"}, nil)
		if met[got.Story] || got.Report != got.Article {
			t.Errorf("%q is of story %s, report %s", text[:min(len(text), 20)], got.Story, got.Report)
		}
		met[got.Story] = true
	}
}
