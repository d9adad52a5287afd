package answer

import (
	"cmp"
	"context"
	"slices"
	"time"

	"dateline"
	"dateline/store"
)

// Sources are the sources that are followed, those that need somebody's care
// first.
type Sources struct {
	Sources []Source `json:"sources"` // without those that were removed
	Well    int      `json:"well"`    // how many of them are as they should be
}

// A Source is one of them, and how it is.
type Source struct {
	URL      string `json:"url"`                  // as it was added
	Address  string `json:"address"`              // where it is asked for now
	Kind     string `json:"kind,omitempty"`       // "feed", "sitemap", "site"; "" before the first answer
	Title    string `json:"title,omitempty"`      // as it calls itself
	From     string `json:"from,omitempty"`       // the source that it was found through
	State    string `json:"state"`                // "new", "paused", "ok", or what is wrong: "challenge", "page", "silent" …
	Why      string `json:"why,omitempty"`        // what is wrong, in words
	Since    string `json:"since,omitempty"`      // since when it is so, RFC 3339
	Asked    string `json:"asked,omitempty"`      // when it was asked last, RFC 3339
	Next     string `json:"next,omitempty"`       // when it is asked next, RFC 3339; "" if never
	News     string `json:"news,omitempty"`       // when it last brought something new, RFC 3339
	Interval int    `json:"interval_s,omitempty"` // how often it is asked, in seconds
	Polls    int    `json:"polls,omitempty"`      // how often it was asked
	Found    int    `json:"found,omitempty"`      // new articles that it brought
	Fails    int    `json:"fails,omitempty"`      // answers in a row that were none
}

// NewSources lists the sources of a log.
func NewSources(ctx context.Context, log store.Log[dateline.Source]) (*Sources, error) {
	p := &Sources{Sources: []Source{}}
	for e, err := range log.After(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if e.Rec.Gone {
			continue
		}
		s := newSource(&e.Rec)
		if s.State == "ok" {
			p.Well++
		}
		p.Sources = append(p.Sources, s)
	}
	slices.SortStableFunc(p.Sources, func(a, b Source) int {
		return cmp.Or(cmp.Compare(care(a), care(b)), cmp.Compare(a.URL, b.URL))
	})
	return p, nil
}

// care orders sources: what is wrong, what is new, what is well, what is paused.
func care(s Source) int {
	switch s.State {
	case "new":
		return 1
	case "ok":
		return 2
	case "paused":
		return 3
	}
	return 0
}

func newSource(s *dateline.Source) Source {
	state := cmp.Or(s.Health, "new")
	if s.Paused && s.Health != "removed" {
		state = "paused"
	}
	p := Source{
		URL: s.URL, Address: s.Address(), Kind: s.Kind, Title: s.Title, From: s.From, State: state, Why: s.Why, Since: clock(s.Since), Asked: clock(s.Asked), News: clock(s.News),
		Interval: int(s.Interval / time.Second), Polls: s.Polls, Found: s.Found, Fails: s.Fails,
	}
	if !s.Paused {
		p.Next = clock(s.Next)
	}
	return p
}

func clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
