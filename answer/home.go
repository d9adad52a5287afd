package answer

import (
	"context"
	"errors"
	"fmt"

	"dateline"
	"dateline/index"
	"dateline/query"
)

// newestHits is the number of articles on the home page.
const newestHits = 24

// Home is the archive at a glance.
type Home struct {
	Total          int     `json:"total"`           // articles in the archive
	PublisherCount int     `json:"publisher_count"` // different publishers
	LangCount      int     `json:"lang_count"`      // different languages
	SpeakerCount   int     `json:"speaker_count"`   // different names of speakers
	Chart          Chart   `json:"chart"`           // when they were published
	Newest         []Day   `json:"newest"`          // the newest articles, by day, the newest day first
	Facets         []Facet `json:"facets"`          // what there is of each field, the most frequent first

	Stories []HomeStory `json:"stories,omitempty"` // told by two independent reports or more, the one with the newest article first
}

// A HomeStory is a story on the home page.
type HomeStory struct {
	StoryLine
	Days []StoryDay `json:"days"` // on which articles appeared, in order
}

// homeStories is the number of stories on the home page.
const homeStories = 6

// AddStories adds the stories that at least so many independent reports tell.
func (p *Home) AddStories(ctx context.Context, a Grouped, least int) error {
	for z, err := range a.Stories(ctx, least) {
		if err != nil {
			return fmt.Errorf("home: %w", err)
		}
		if z.Reports < least {
			continue
		}
		if len(p.Stories) == homeStories {
			break
		}
		s, err := members(ctx, a, z.Story)
		if errors.Is(err, dateline.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		p.Stories = append(p.Stories, HomeStory{s.line(), s.days()})
	}
	return nil
}

// A Day is the newest articles of one day of publication, as printed.
type Day struct {
	Day  string `json:"day"`  // "2022-02-10"; "" for those whose day is not known
	Hits []Hit  `json:"hits"` // the newest first
}

// NewHome returns what the whole archive is like, and its newest articles. It
// changes only when the index does.
func NewHome(ctx context.Context, a Searcher) (*Home, error) {
	all := query.Query{}
	f, err := a.Facets(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("home: %w", err)
	}
	p := &Home{
		Total: f.Total, PublisherCount: len(f.Of("publisher")), LangCount: len(f.Of("lang")), SpeakerCount: len(f.Of("who")),
		Chart: newChart(f, all), Newest: []Day{}, Facets: facets(f, all),
	}
	for h, err := range Hits(ctx, a, all, index.Options{Limit: newestHits}) {
		if err != nil {
			return nil, fmt.Errorf("home: %w", err)
		}
		p.add(h)
	}
	return p, nil
}

// add puts h to the other articles of its day. Their zones differ, so the
// days of hits in order of time can alternate.
func (p *Home) add(h Hit) {
	day := h.Published.Day()
	for i := range p.Newest {
		if p.Newest[i].Day == day {
			p.Newest[i].Hits = append(p.Newest[i].Hits, h)
			return
		}
	}
	p.Newest = append(p.Newest, Day{Day: day, Hits: []Hit{h}})
}
