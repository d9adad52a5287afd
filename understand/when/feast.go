package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// nthDay resolves a weekday counted within a month: "the first Monday of May".
func (f *finder) nthDay(s *slots) (result, bool) {
	y := s.year
	if !s.hasYear {
		var ok bool
		if y, ok = f.yearOf(s.monthNum, 0); !ok {
			return result{}, false
		}
	}
	t, ok := nth(y, s.monthNum, s.weekday, s.ord)
	if !ok {
		return result{}, false
	}
	return f.onPoint(pointAt(t, day), s, Relative)
}

// nth returns the nth weekday w of a month, counted from the end of the month if n is
// negative; ok is false if there is none.
func nth(y, m, w, n int) (time.Time, bool) {
	t := date(y, m, 1)
	t = t.AddDate(0, 0, (w-isoDay(t)+7)%7+7*(n-1))
	if n < 0 {
		t = date(y, m, 31)
		t = t.AddDate(0, 0, -((isoDay(t)-w+7)%7)+7*(n+1))
	}
	return t, n != 0 && int(t.Month()) == m
}

// holidayOf resolves a feast: "Christmas", "last Thanksgiving". Its value in the files is
// MONTH-DAY; MONTH-WEEKDAY#N, the Nth such weekday of the month; "easter" with a number
// of days after it behind; or "lunar", the Chinese New Year.
func (f *finder) holidayOf(s *slots) (result, bool) {
	y, basis := s.year, Stated
	if !s.hasYear && f.inName() {
		return noTime, false
	}
	if !s.hasYear {
		basis = Relative
		on, ok := holiday(s.holiday, max(f.ref.Year(), firstGregorian))
		if !ok {
			return result{}, false
		}
		if y, ok = f.yearOf(int(on.Month()), on.Day()); !ok {
			return result{}, false
		}
		if s.hasDir && f.refGrain == day {
			y = f.ref.Year()
			if s.flag == "year" {
				y += s.dir
			} else if s.dir < 0 && !on.Before(f.ref) {
				y--
			} else if s.dir > 0 && !on.After(f.ref) {
				y++
			}
		}
	}
	on, ok := holiday(s.holiday, y)
	if !ok {
		return result{}, false
	}
	if s.unit == "W" {
		return f.onPoint(pointAt(on, week), s, basis)
	}
	return f.onPoint(pointAt(on, day), s, basis)
}

// The years whose feasts are computed. The Gregorian calendar began in October 1582, and
// news does not speak of days as late as the year 4000.
const (
	firstGregorian = 1583
	lastFeast      = 4000
)

// holiday returns the day in year y of the feast that rule, a value as in holidayOf, gives; ok
// is false if there is none.
func holiday(rule string, y int) (time.Time, bool) {
	if y < firstGregorian || y > lastFeast {
		return time.Time{}, false
	}
	if rule == "lunar" {
		return lunarNewYear(y), true
	}
	if rest, ok := strings.CutPrefix(rule, "easter"); ok {
		n, _ := strconv.Atoi(rest)
		return easter(y).AddDate(0, 0, n), true
	}
	var m, d, n int
	if _, err := fmt.Sscanf(rule, "%d-%d#%d", &m, &d, &n); err == nil {
		return nth(y, m, d, n)
	}
	if _, err := fmt.Sscanf(rule, "%d-%d", &m, &d); err != nil || !validDay(y, m, d) {
		return time.Time{}, false
	}
	return date(y, m, d), true
}

// easter returns Easter Sunday of year y by the Gregorian calendar: the computus
// of an unknown author (Nature 13, 1876, page 487) in the form that New Scientist
// printed on 30 March 1961, whose letters the variables have.
func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	j, k := c/4, c%4
	m := (a + 11*h) / 319
	r := (2*e + 2*j - k - h + m + 32) % 7
	mo := (h - m + r + 90) / 25
	return date(y, mo, (h-m+r+mo+19)%32)
}
