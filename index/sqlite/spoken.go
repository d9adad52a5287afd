package sqlite

import (
	"fmt"
	"time"

	"dateline"
	"dateline/query"
)

// A spoken is an interval that a text speaks of. Its days are counted from 1 January
// 1970, which is day 0.
type spoken struct {
	width       int64 // its class: oneDay, upToYear or wider
	first, last int64 // its first day, and the day after its last
}

// Classes of width, the first column of the key of the table. Most intervals are
// single days: those within a range stand next to each other and are read in one go.
const (
	oneDay   = iota
	upToYear // found by a range that holds any of their days
	wider    // found only by a range that holds all of their days

	yearDays = 366
)

// maxSpoken is the number of intervals that the index keeps of one article.
const maxSpoken = 1000

// spokenOf returns the intervals of the dates in f, each once, the first maxSpoken of
// them.
func spokenOf(f *dateline.Findings) []spoken {
	if f == nil {
		return nil
	}
	var list []spoken
	met := make(map[spoken]bool)
	for _, d := range f.Dates {
		start, end, ok := d.Interval()
		if !ok {
			continue
		}
		s := spoken{first: dayOf(start), last: dayOf(end)}
		switch days := s.last - s.first; {
		case days > yearDays:
			s.width = wider
		case days > 1:
			s.width = upToYear
		}
		if met[s] {
			continue
		}
		met[s] = true
		if list = append(list, s); len(list) == maxSpoken {
			break
		}
	}
	return list
}

// dayOf returns the number of days from 1 January 1970 to t, which is the beginning of
// a day in UTC.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// when writes w as a condition on docs.id: that the doc has an interval which
// [query.When.Admits].
func (c *compiler) when(w query.When) string {
	start, end, ok := w.Interval()
	if !ok && c.err == nil {
		c.err = fmt.Errorf("when: %q to %q is no range of dates", w.From, w.To)
	}
	from, to := dayOf(start), dayOf(end)
	c.args = append(c.args,
		oneDay, from, to,
		upToYear, from-yearDays, to, from,
		wider, from, to, to)
	return `id IN (SELECT id FROM spoken WHERE width = ? AND first >= ? AND first < ?
		UNION ALL SELECT id FROM spoken WHERE width = ? AND first > ? AND first < ? AND last > ?
		UNION ALL SELECT id FROM spoken WHERE width = ? AND first >= ? AND first < ? AND last <= ?)`
}
