package version

import (
	"crypto/sha256"
	"strings"

	"dateline"
)

// An Entry is one capture of an article in the list of its captures.
type Entry struct {
	Article *dateline.Article // what it shows
	Number  int               // of the version that it shows, from 1; of a capture that does not show the article whole, that of the version before it; 0 if there is none
	Again   bool              // it shows a version that was known before the last one
	Verdict Verdict           // against Before; Changed of the first that shows the article
	Rule    string            // what decided that
	Diff    *Diff             // how it differs from that capture, without findings; nil if there is none
	Before  int               // index of the capture that it was compared with, the last that shows the article whole; -1 if there is none
}

// mostEntries bounds the captures of one article that are compared; of more the
// last ones are.
const mostEntries = 1000

// History tells what each capture of one article shows, given from the oldest to
// the newest, all read by the same program. A capture is compared with the last
// that showed the article whole; one that reads like an earlier version is that
// version again.
func History(list []*dateline.Article) []Entry {
	list = list[max(0, len(list)-mostEntries):]
	entries := make([]Entry, len(list))
	known := map[string]int{} // what is read → number of the version
	last, number, highest := -1, 0, 0
	for i, a := range list {
		e := &entries[i]
		*e = Entry{Article: a, Number: number, Before: last}
		if last < 0 {
			if e.Verdict, e.Rule = first(a); e.Verdict != Changed {
				continue
			}
		} else {
			d := Compare(Seen{Article: list[last]}, Seen{Article: a})
			e.Verdict, e.Rule, e.Diff = d.Verdict, d.Rule, d
		}
		if !e.Verdict.Shows() {
			continue
		}
		last = i
		sum := fingerprint(read(a))
		if e.Verdict == Same && number > 0 {
			if _, ok := known[sum]; !ok {
				known[sum] = number
			}
			continue
		}
		if n, ok := known[sum]; ok {
			number, e.Again = n, true
		} else {
			highest++
			number, known[sum] = highest, highest
		}
		e.Number = number
	}
	return entries
}

// first judges the first capture of an article: Changed if it shows one.
func first(a *dateline.Article) (Verdict, string) {
	if a.Skip != "" {
		return judgeSkipped(&reading{article: &dateline.Article{}}, &reading{article: a}, a.Skip)
	}
	return Changed, "version/first"
}

// fingerprint returns a key that is the same for two readings between which a reader sees
// no difference.
func fingerprint(r *reading) string {
	h := sha256.New()
	write := func(s string) {
		h.Write([]byte(strings.ToLower(keyOf(s))))
		h.Write([]byte{0})
	}
	write(r.headline)
	write(r.deck)
	for _, b := range r.article.Bylines {
		write(b)
	}
	for _, u := range r.units {
		h.Write([]byte(u.key))
		h.Write([]byte{0})
	}
	for _, p := range r.pictures() {
		write(p.caption)
	}
	return string(h.Sum(nil))
}
