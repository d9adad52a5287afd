// Package story tells which articles are the same report, which tell of the same event,
// and which events make a story, as articles come in. What was decided of an article is
// never changed by those that come later, and the cost of one does not grow with the
// number of those before. doc/stories.md tells the way from first to last.
//
//	grouper.go    a Grouper: all three, for a stage
//	copy.go       the same report: Copies, and the rules by which they are told
//	print.go      what is kept of a text for that, and how two texts overlap
//	decide.go     what users decide of articles, and how they are sorted by that
//	furniture.go  paragraphs that an outlet prints in article after article
//	stories.go    events and stories: what is kept of them, and how they are found
//	features.go   what an article and a story have in common
//	model.go      what that counts
//	terms.go      words, names, how rare they are, vectors
//	places.go     names of places → countries; lists in places
//	lesson.go     only for train/stories
package story

import (
	"net/url"
	"strings"
	"time"

	"dateline"
)

// host returns the host of an address, without "www."; "" if it has none.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// dayOf returns the day that a was published, else changed or fetched on, in days since
// 1970; ok is false if none of them is known to the day.
func dayOf(a *dateline.Article) (day int, ok bool) {
	for _, d := range []string{a.Published.Day(), a.Modified.Day(), dateline.Date(a.Fetched).Day()} {
		if t, err := time.Parse(time.DateOnly, d); err == nil {
			return int(t.Unix() / (24 * 60 * 60)), true
		}
	}
	return 0, false
}
