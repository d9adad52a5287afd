package when

import (
	"strconv"
	"time"
)

// A grain is the width of a point on the calendar.
type grain int8

// The grains, from wide to narrow.
const (
	noGrain grain = iota
	century
	decade
	year
	half
	quarter
	season
	month
	week
	weekend
	day
)

// A point is a place on the calendar, as wide as it is known.
type point struct {
	grain grain
	y     int    // year, negative for years BC; of a century or decade, its first year
	n     int    // half, quarter, season (1 spring … 4 winter), month, or ISO week
	d     int    // day of the month
	clock string // "TMO", "T09:00"; "" for the whole
}

var seasonNames = [...]string{"", "SP", "SU", "FA", "WI"}

// String returns the TIMEX3 value of p.
func (p point) String() string {
	b := make([]byte, 0, len("2022-02-10T09:00"))
	if p.y < 0 {
		b = append(b, "BC"...)
	}
	b = appendPadded(b, max(p.y, -p.y), 4)
	switch p.grain {
	case century:
		b = b[:len(b)-2]
	case decade:
		b = b[:len(b)-1]
	case half:
		b = appendPadded(append(b, "-H"...), p.n, 1)
	case quarter:
		b = appendPadded(append(b, "-Q"...), p.n, 1)
	case season:
		b = append(append(b, '-'), seasonNames[p.n]...)
	case month:
		b = appendPadded(append(b, '-'), p.n, 2)
	case week:
		b = append(appendPadded(append(b, "-W"...), p.n, 2), p.clock...)
	case weekend:
		b = append(appendPadded(append(b, "-W"...), p.n, 2), "-WE"...)
	case day:
		b = appendPadded(append(b, '-'), p.n, 2)
		b = append(appendPadded(append(b, '-'), p.d, 2), p.clock...)
	}
	return string(b)
}

// appendPadded appends n, which is not negative, with zeros before it to make
// width digits.
func appendPadded(b []byte, n, width int) []byte {
	for limit := 1; width > 1; width-- {
		if limit *= 10; n < limit {
			for range width - 1 {
				b = append(b, '0')
			}
			break
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// first returns the first day of p.
func (p point) first() time.Time {
	switch p.grain {
	case half:
		return date(p.y, 6*p.n-5, 1)
	case quarter:
		return date(p.y, 3*p.n-2, 1)
	case season:
		return date(p.y, min(3*p.n, 12), 1)
	case month:
		return date(p.y, p.n, 1)
	case week:
		return mondayOf(p.y, p.n)
	case weekend:
		return mondayOf(p.y, p.n).AddDate(0, 0, 5)
	case day:
		return date(p.y, p.n, p.d)
	}
	return date(p.y, 1, 1)
}

// date returns a day; one past the end of the month is its last.
func date(y, m, d int) time.Time {
	t := time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, min(d, daysIn(t.Year(), int(t.Month())))-1)
}

func daysIn(y, m int) int { return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() }

func validDay(y, m, d int) bool { return m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m) }

// mondayOf returns the first day of an ISO week.
func mondayOf(y, w int) time.Time {
	jan4 := date(y, 1, 4)
	return jan4.AddDate(0, 0, 7*(w-1)-(int(jan4.Weekday())+6)%7)
}

// pointAt returns the point of grain g that holds the day t.
func pointAt(t time.Time, g grain) point {
	y, m, d := t.Year(), int(t.Month()), t.Day()
	p := point{grain: g, y: y}
	switch g {
	case century:
		p.y = y / 100 * 100
	case decade:
		p.y = y / 10 * 10
	case half:
		p.n = (m + 5) / 6
	case quarter:
		p.n = (m + 2) / 3
	case season:
		if p.n = m / 3; p.n == 0 {
			p.n = 4
		}
	case month:
		p.n = m
	case week, weekend:
		p.y, p.n = t.ISOWeek()
	case day:
		p.n, p.d = m, d
	}
	return p
}

// A unit is a unit of time, such as the week.
type unit struct {
	grain  grain  // of a point one unit wide; noGrain if it is shorter than a day
	months int    // its length in months; if 0, it is given in days
	days   int    // its length in days
	suffix string // its letters in a duration, with "T" before those of parts of a day: "Y", "TH"
}

// units are the units by the names that the files of words and rules give them.

var units = map[string]unit{
	"S":  {suffix: "TS"},
	"MN": {suffix: "TM"},
	"H":  {suffix: "TH"},
	"D":  {grain: day, days: 1, suffix: "D"},
	"W":  {grain: week, days: 7, suffix: "W"},
	"WE": {grain: weekend, days: 7, suffix: "WE"},
	"M":  {grain: month, months: 1, suffix: "M"},
	"Q":  {grain: quarter, months: 3, suffix: "Q"},
	"HY": {grain: half, months: 6, suffix: "HY"},
	"Y":  {grain: year, months: 12, suffix: "Y"},
	"E":  {grain: decade, months: 120, suffix: "E"},
	"C":  {grain: century, months: 1200, suffix: "C"},
	"SE": {grain: season, months: 3, suffix: "SE"},
	"NI": {grain: day, days: 1, suffix: "NI"},
	"L":  {grain: noGrain, suffix: "L"},
}

// duration returns the TIMEX3 value of n units; n "X" if the text does not
// count them.
func (u unit) duration(n string) string {
	if len(u.suffix) == 2 && u.suffix[0] == 'T' {
		return "PT" + n + u.suffix[1:]
	}
	return "P" + n + u.suffix
}

// shift returns the point of u's grain that lies n units from t; ok is false if
// that leaves the years that values can name.
func (u unit) shift(t time.Time, n int) (p point, ok bool) {
	era := t.Year() > 0
	if n < -5000 || n > 5000 {
		return point{}, false
	}
	if u.months > 0 {
		d := t.Day()
		t = date(t.Year(), int(t.Month())+n*u.months, 1)
		t = date(t.Year(), int(t.Month()), d)
	} else {
		t = t.AddDate(0, 0, n*u.days)
	}
	if t.Year() > 0 != era || t.Year() > 9999 || t.Year() < -9999 {
		return point{}, false
	}
	return pointAt(t, u.grain), u.grain != noGrain
}
