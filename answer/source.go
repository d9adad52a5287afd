package answer

import (
	"dateline/acquire/feed"
	"dateline/acquire/robots"
	"dateline/extract/link"
)

// A Feed is what a feed, or a page in place of one, says.
type Feed struct {
	*feed.Feed
	Discover []string `json:"discover,omitempty"`          // of a page: the feeds that it names, in order, without feeds of comments
	Comments []string `json:"discover_comments,omitempty"` // of a page: the feeds of comments that it names
	Interval float64  `json:"interval_s,omitempty"`        // seconds after which it says that it changes
	Status   int      `json:"status,omitempty"`            // HTTP status that it came with, if that is an error
}

// NewFeed reads a feed that came with an HTTP status.
func NewFeed(in feed.Input, status int) Feed {
	f := feed.Parse(in)
	f.Flaws = nonNil(f.Flaws)
	a := Feed{Feed: f, Discover: f.Links.Feeds, Comments: f.Links.Comments, Interval: f.Interval.Seconds()}
	if status >= 400 {
		a.Status = status
	}
	return a
}

// A Sitemap is what a sitemap says.
type Sitemap struct{ *feed.Sitemap }

// NewSitemap reads a sitemap.
func NewSitemap(in feed.Input) Sitemap {
	s := feed.ParseSitemap(in)
	s.Flaws = nonNil(s.Flaws)
	return Sitemap{s}
}

// A Robots is what a robots.txt says to one agent.
type Robots struct {
	Rows     []RobotsRow         `json:"rows"`                    // in the order of the paths that were asked for
	Sitemaps []string            `json:"sitemaps,omitempty"`      // addresses that it names, absolute
	Delay    float64             `json:"crawl_delay_s,omitempty"` // seconds between two requests that it asks for
	Signals  map[string][]string `json:"signals,omitempty"`       // preferences on use, by the name of their line in lower case
}

// A RobotsRow is whether an agent may fetch a path. In JSON it is the array of
// agent, path, and true or false.
type RobotsRow [3]any

// NewRobots returns what f says to an agent of the paths.
func NewRobots(f *robots.File, agent string, paths []string) Robots {
	rules := f.For(agent)
	a := Robots{Rows: []RobotsRow{}, Sitemaps: f.Sitemaps, Delay: rules.Delay.Seconds(), Signals: rules.Signals}
	for _, path := range paths {
		a.Rows = append(a.Rows, RobotsRow{agent, path, rules.Allows(path)})
	}
	return a
}

// A Canonical is the address that a page is known by.
type Canonical struct {
	Canonical string `json:"canonical"`     // absolute; as it was given if it is no address of a page
	Way       string `json:"way,omitempty"` // what told it, as in the evidence of a record
}

// NewCanonical returns the address that the page at an address is known by.
func NewCanonical(address string, f link.Facts) Canonical {
	canonical, way := link.Known(address, f)
	return Canonical{canonical, way}
}
