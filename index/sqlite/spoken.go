package sqlite

import (
	"fmt"
	"time"

	"dateline"
	"dateline/query"
)

// A spoken is an interval of days that a text speaks of, counted from 1970.
type spoken struct {
	width       int64
	first, last int64 // half open
}

// Classes of width. Most intervals are single days, and those of a range
// follow each other in the table.
const (
	oneDay   = iota
	upToYear // found by any of their days
	wider    // found by ranges that hold all of them

	yearDays = 366
)

// maxSpoken limits what one article may put into the table.
const maxSpoken = 1000

// spokenOf returns the different intervals of the dates of f.
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

// dayOf counts the days from 1970 to t, the beginning of a day in UTC.
func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

// when writes the condition on docs.id that query.When.Admits is for one
// interval.
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
