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
	bylines int // how many authors the article has
	why     *trace
}

// remark says for an explanation what the words beside a date call it; "" if none do.
func (m moment) remark() string {
	switch m.label {
	case date.Published:
		return "called the date of publication"
	case date.Updated:
		return "called the date of a change"
	}
	return ""
}

// datesOf returns when the article was published and modified, from the page's metadata
// and from what it shows around the headline, or else under the text. Either is zero if
// the page does not tell. The date of the capture is never taken for one of them.
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
	if why != nil {
		seen := slices.Concat(printed, foot)
		why.moments("published", except(date.Updated, seen), stated, printed, foot)
		why.moments("modified", except(date.Published, seen), changed)
	}
	return published, modified
}

// except returns the moments that are not called by a label.
func except(label date.Label, all []moment) (rest []moment) {
	for _, m := range all {
		if m.label != label {
			rest = append(rest, m)
		}
	}
	return rest
}

// lineOf returns the first line of those of seen that prints the day of d, or more of it; "" if none does.
func lineOf(d dateline.Date, seen []moment) string {
	for _, m := range seen {
		if m.line != "" && d.Day() != "" && m.date.Day() == d.Day() {
			return m.line
		}
	}
	return ""
}

// publication chooses between the dates of publication that the page states, in its
// metadata, and those that it shows; changed are the dates of its changes. ok is false if
// there is none.
//
// Of the stated dates, the one counts whose day most others name. If the shown date names
// the same day, the more exact of the two is taken. The shown date is taken instead if it
// is two days earlier or more, since a stated date is often that of the last version; or
// if it is two days later or more, is not that of a change, and another stated date names
// its day. For a page without any date of publication see lastResorts. The date of a
// change is never taken for one of publication.
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

// notBumped returns the index of the stated date to take in place of best, whose date the
// page does not show. Some systems change the date of publication with every change of
// the article: if best is also the date of a change, the first stated date that is two
// days earlier or more, and is not itself that of a change, is taken; else best is.
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

// onlyPage reports whether the stated dates come only from JSON-LD that describes a web
// page, not an article, and nobody is named as the author: such a date says when the page
// was set up, not when news was published.
func (p *dates) onlyPage(stated []moment) bool {
	return p.News.NewsRank() == page.RankWebPage && p.bylines == 0 &&
		!slices.ContainsFunc(stated, func(m moment) bool { return !strings.HasPrefix(m.from, "jsonld:") })
}

// lastResorts are the ways of finding when an article was published if its page neither
// states nor shows a date of publication, in the order in which they are tried. If the
// name is "", the moment that is found has its evidence already.
var lastResorts = []struct {
	Way
	find func(p *dates) (moment, bool)
}{
	{Way{}, (*dates).made},
	{Way{Name: "url"}, (*dates).inAddress},
	{Way{"date/month-line", "a month that is all of a line under the headline"}, (*dates).shownMonth},
}

// dateOfLastResort returns the date that the first of lastResorts finds; ok is false if
// none finds any.
func (p *dates) dateOfLastResort() (moment, bool) {
	for i := range lastResorts {
		if m, ok := lastResorts[i].find(p); ok {
			m.from = cmp.Or(lastResorts[i].Name, m.from)
			return m, true
		}
	}
	return moment{}, false
}

// made returns when the page says that something on it was created or uploaded.
func (p *dates) made() (moment, bool) {
	return settle(statedDates(p.Page, p.lang, &madePlaces))
}

// inAddress returns the date in the address of the page.
func (p *dates) inAddress() (moment, bool) {
	d, ok := date.InAddress(p.Address)
	return moment{date: d, label: date.Plain}, ok
}

// sharers counts the moments that name the day of d, or the day before or after, since
// time zones differ.
func sharers(all []moment, d dateline.Date) (n int) {
	for _, m := range all {
		if diff := daysBetween(d, m.date); diff >= -1 && diff <= 1 {
			n++
		}
	}
	return n
}

// far is what daysBetween returns if one of the dates does not tell a day.
const far = 1 << 20

// daysBetween returns by how many days b is later than a, negative if it is earlier. It
// is far if one of them does not tell a day.
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

// settle returns the first of the moments, told as exactly as any of them tells it: see
// exactly. ok is false if there is none.
func settle(all []moment) (moment, bool) {
	if len(all) == 0 {
		return moment{}, false
	}
	return exactly(all[0], all), true
}

// exactly returns best, or one of all that says the same more exactly: with the day if
// best tells only a month, with the time if it tells only a day, with the zone of a time
// if it has none.
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

// sameMinute reports whether two times have the same minute and second, the second is not
// 00, and they are at most 26 hours apart, the most that two zones differ: then they
// are most likely one moment, told in two zones that are whole hours apart.
func sameMinute(a, b string) bool {
	if a[17:19] != b[17:19] || a[14:16] != b[14:16] || a[17:19] == "00" {
		return false
	}
	const local, widest = "2006-01-02T15:04:05", 26 * time.Hour
	x, err1 := time.Parse(local, a[:19])
	y, err2 := time.Parse(local, b[:19])
	return err1 == nil && err2 == nil && x.Sub(y).Abs() <= widest
}
