package dateline

import "time"

// A Source is a feed, a sitemap or a site that is followed, and all that is known
// of asking it. Its key is URL.
type Source struct {
	URL    string    `json:"url"`              // as it was added, absolute
	At     string    `json:"at,omitempty"`     // where it is now, if it has moved for good; "" if it has not
	Kind   string    `json:"kind,omitempty"`   // "feed", "sitemap", "site"; "" before the first answer
	Title  string    `json:"title,omitempty"`  // as it calls itself
	From   string    `json:"from,omitempty"`   // the source that it was found through; "" if a user added it
	Added  time.Time `json:"added,omitzero"`   // when it was first known
	Paused bool      `json:"paused,omitempty"` // is not asked
	Gone   bool      `json:"gone,omitempty"`   // was removed by the user, or is no source any more: not asked and not listed

	Next     time.Time     `json:"next,omitzero"`      // when it is asked again
	Asked    time.Time     `json:"asked,omitzero"`     // when it was asked last
	Answered time.Time     `json:"answered,omitzero"`  // when it last answered with what it is
	News     time.Time     `json:"news,omitzero"`      // when it last brought something new
	Interval time.Duration `json:"interval,omitempty"` // how often it is asked, as learnt, in nanoseconds
	Fails    int           `json:"fails,omitempty"`    // answers in a row that were none
	Polls    int           `json:"polls,omitempty"`    // how often it was asked
	Found    int           `json:"found,omitempty"`    // new items that it brought

	ETag     string    `json:"etag,omitempty"`          // validators of the last answer, byte for byte
	Modified string    `json:"last_modified,omitempty"` // likewise
	Digest   string    `json:"digest,omitempty"`        // of the last body
	Lied     bool      `json:"lied,omitempty"`          // said once that nothing had changed when something had: is not believed again
	MovedTo  string    `json:"moved_to,omitempty"`      // where it says that it has moved, not yet believed
	Moved    time.Time `json:"moved,omitzero"`          // since when it says so

	Health string    `json:"health,omitempty"` // "ok", or one of the other words of package acquire/follow; "" before the first answer
	Why    string    `json:"why,omitempty"`    // in words what Health says
	Since  time.Time `json:"since,omitzero"`   // since when Health is what it is
}

// Address is where the source is asked for.
func (s *Source) Address() string {
	if s.At != "" {
		return s.At
	}
	return s.URL
}

// A Lead is an address of an article that a source has named. Once known, it is
// never new again. Its key is URL.
type Lead struct {
	URL       string    `json:"url"`                 // canonical
	Request   string    `json:"request,omitempty"`   // as it is asked for; "" if that is URL
	Source    string    `json:"source,omitempty"`    // URL of the source that named it first
	Title     string    `json:"title,omitempty"`     // as the source has it
	Published string    `json:"published,omitempty"` // as the source has it, RFC 3339 or as wide as it is told
	Modified  string    `json:"modified,omitempty"`  // likewise, when the source says that it was changed
	Found     time.Time `json:"found,omitzero"`      // when it was first seen
	Next      time.Time `json:"next,omitzero"`       // when it is asked for next; zero if never
	Asked     time.Time `json:"asked,omitzero"`      // when it was asked for last
	Kept      time.Time `json:"kept,omitzero"`       // when its page was stored last
	Looks     int       `json:"looks,omitempty"`     // how often it was looked at again
	Fails     int       `json:"fails,omitempty"`     // answers in a row that were none
	Why       string    `json:"why,omitempty"`       // why it is not there; "" if it is
}
