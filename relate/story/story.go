// Package story tells which articles are the same report, which tell of the same event,
// and which events make a story, as articles come in.
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
