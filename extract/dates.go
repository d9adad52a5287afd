package extract

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/date"
	"dateline/extract/page"
)

// dates finds when an article was published and modified.
type dates struct {
	*shown
	body    *body.Text
	bylines int // how many authors it has
	why     *trace
}

// remark tells what the words beside a date call it.
func (m moment) remark() string {
	switch m.label {
	case date.Published:
		return "called the date of publication"
	case date.Updated:
		return "called the date of a change"
	}
	return ""
}

// datesOf returns when the article was published and modified, from what the page
// states of itself and what it shows around its headline. The date of the crawl
// is never among them. Both are zero if the page does not tell.
func datesOf(around *shown, b *body.Text, bylines []string, why *trace) (published, modified moment) {
	p := &dates{around, b, len(bylines), why}
	stated := statedDates(p.Page, p.lang, &publishedPlaces)
	changed := statedDates(p.Page, p.lang, &modifiedPlaces)
	printed := p.printedDates()
	for _, m := range printed {
		if m.label == date.Updated {
			changed = append(changed, m)
		}
	}
	first := firstShown(printed)
	var foot []moment
	if len(first) == 0 {
		foot = p.footDates()
		first = firstShown(foot)
	}
	published, _ = p.publication(stated, first, changed)
	for _, m := range foot {
		if m.label == date.Updated {
			changed = append(changed, m)
		}
	}
	modified, _ = settle(changed)
	why.moments("published", stated, printed, foot)
	why.moments("modified", changed)
	return published, modified
}

// publication reconciles the dates of publication that the page states and the
// one that it shows.
//
// Of those stated the one counts that most others share. The one shown makes it
// more exact where they name one day; it goes before it where it is earlier, as
// a stated date is often that of the last version, or where it is later, is not
// that of a change, and something else that is stated shares it. A page that
// gives no such date may have it in its address. The date of a change alone is none of
// publication.
func (p *dates) publication(stated, shown, changed []moment) (moment, bool) {
	if len(stated) == 0 && len(shown) == 0 {
		return p.dateOfLastResort()
	}
	if len(shown) == 0 && p.onlyPage(stated) {
		return moment{}, false
	}
	all := append(stated[:len(stated):len(stated)], shown...)
	best, most := 0, -1
	for i := range max(len(stated), 1) {
		if n := sharers(all, all[i].date); n > most {
			best, most = i, n
		}
	}
	if best < len(stated) && p.News.NewsRank() == page.RankNews && sharers(shown, stated[best].date) == 0 {
		best = notBumped(stated, changed, best)
	}
	if len(stated) > 0 && len(shown) > 0 {
		switch d := daysBetween(all[best].date, shown[0].date); {
		case d < -1, d > 1 && sharers(changed, shown[0].date) == 0 && sharers(stated, shown[0].date) > 0:
			best = len(stated)
		}
	}
	return exactly(all[best], all), true
}

// notBumped returns the earlier one of those stated where the chosen one, which the page
// does not show, is also that of the last change, to the very second: some systems move
// the day of publication with it.
func notBumped(stated, changed []moment, best int) int {
	if !slices.ContainsFunc(changed, func(m moment) bool { return m.date == stated[best].date }) {
		return best
	}
	for i, m := range stated {
		if d := daysBetween(m.date, stated[best].date); d > 1 && d < far && !slices.ContainsFunc(changed, func(c moment) bool { return c.date == m.date }) {
			return i
		}
	}
	return best
}

// onlyPage reports whether the dates are but those of a web page in JSON-LD that
// nobody is said to have written: when it was set up, not published as news.
func (p *dates) onlyPage(stated []moment) bool {
	return p.News.NewsRank() == page.RankWebPage && p.bylines == 0 &&
		!slices.ContainsFunc(stated, func(m moment) bool { return !strings.HasPrefix(m.from, "jsonld:") })
}

// lastResorts are the ways of finding when a page was published that states and shows
// no such date, in the order in which they are tried. Where the name is "" the date
// brings its own.
var lastResorts = []struct {
	Way
	find func(p *dates) (moment, bool)
}{
	{Way{}, (*dates).made},
	{Way{Name: "url"}, (*dates).inAddress},
	{Way{"date/month-line", "a month that is all of a line under the headline"}, (*dates).shownMonth},
}

// dateOfLastResort returns when something was made, the date that the address gives, or a
// month.
func (p *dates) dateOfLastResort() (moment, bool) {
	for i := range lastResorts {
		if m, ok := lastResorts[i].find(p); ok {
			m.from = cmp.Or(lastResorts[i].Name, m.from)
			return m, true
		}
	}
	return moment{}, false
}

func (p *dates) made() (moment, bool) {
	return settle(statedDates(p.Page, p.lang, &madePlaces))
}

func (p *dates) inAddress() (moment, bool) {
	d, ok := date.InAddress(p.Address)
	return moment{date: d, label: date.Plain}, ok
}

// sharers counts the sources that name a day, or the one beside it since zones
// differ.
func sharers(all []moment, d dateline.Date) (n int) {
	for _, m := range all {
		if diff := daysBetween(d, m.date); diff >= -1 && diff <= 1 {
			n++
		}
	}
	return n
}

// far is how many days are between dates of which one tells no day.
const far = 1 << 20

// daysBetween returns by how many days b is later than a. Dates that do not
// tell a day are far apart.
func daysBetween(a, b dateline.Date) int {
	if len(a) < 10 || len(b) < 10 {
		return far
	}
	x, err1 := time.Parse(time.DateOnly, string(a[:10]))
	y, err2 := time.Parse(time.DateOnly, string(b[:10]))
	if err1 != nil || err2 != nil {
		return far
	}
	return int(y.Sub(x).Hours() / 24)
}

// settle picks the most exact among the dates of several sources that name the
// moment of the first.
func settle(all []moment) (moment, bool) {
	if len(all) == 0 {
		return moment{}, false
	}
	return exactly(all[0], all), true
}

// exactly returns best, or another moment that says the same more exactly: the
// day of a month, the time of a day, the zone of a time.
func exactly(best moment, all []moment) moment {
	for _, m := range all {
		switch b, c := string(best.date), string(m.date); {
		case len(b) < 10 && strings.HasPrefix(c, b), len(b) == 10 && len(c) > 10 && c[:10] == b:
			best = m
		case len(b) > 10 && !best.date.HasZone() && m.date.HasZone() && len(c) > 15 && (c[:16] == b[:16] || sameMinute(b, c)):
			best = m
		}
	}
	return best
}

// sameMinute reports whether two times of one or two days differ by whole
// quarters of an hour: one moment, told in two zones.
func sameMinute(a, b string) bool {
	return a[:8] == b[:8] && a[17:19] == b[17:19] && a[14:16] == b[14:16] && a[17:19] != "00"
}
