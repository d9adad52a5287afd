package dateline

import (
	"strconv"
	"strings"
	"time"
)

// Interval returns the half-open interval of whole days, in UTC, that the
// value of t names: a day (of a time of day, its day), a week, a weekend, a
// month, a quarter, a half, a season, a year, a decade or a century. Seasons
// are those of the meteorologists: spring is March to May, and the winter of a
// year begins in its December.
//
// A Mod does not narrow it: "late 2021" is somewhere in 2021, and so is its
// interval. ok is false for what has no place in the calendar: durations,
// sets, PRESENT_REF and its like, values with parts left open.
func (t Timex) Interval() (start, end time.Time, ok bool) {
	if t.Type != "DATE" && t.Type != "TIME" {
		return time.Time{}, time.Time{}, false
	}
	value, _, _ := strings.Cut(t.Value, "T")
	year, rest, parted := strings.Cut(value, "-")
	n, ok := digits(year)
	if !ok || n == 0 || len(year) > 4 || parted && (len(year) < 4 || rest == "") {
		return time.Time{}, time.Time{}, false
	}
	switch len(year) {
	case 2: // "19" is 1900 to 1999
		return months(100*n, 1, 1200)
	case 3: // "199" is 1990 to 1999
		return months(10*n, 1, 120)
	case 4:
		if !parted {
			return months(n, 1, 12)
		}
		return within(n, rest)
	}
	return time.Time{}, time.Time{}, false
}

// monthsOf are the first month and the number of months of the parts of a
// year that are not written as numbers.
var monthsOf = map[string][2]int{
	"Q1": {1, 3}, "Q2": {4, 3}, "Q3": {7, 3}, "Q4": {10, 3},
	"H1": {1, 6}, "H2": {7, 6},
	"SP": {3, 3}, "SU": {6, 3}, "FA": {9, 3}, "AU": {9, 3}, "WI": {12, 3},
}

// within returns the interval of a part of a year: what stands in a value
// after the year.
func within(year int, part string) (start, end time.Time, ok bool) {
	if m, ok := monthsOf[part]; ok {
		return months(year, m[0], m[1])
	}
	if week, isWeek := strings.CutPrefix(part, "W"); isWeek {
		return weekOf(year, week)
	}
	month, day, parted := strings.Cut(part, "-")
	m, ok := digits(month)
	if !ok || len(month) != 2 || m < 1 || m > 12 {
		return time.Time{}, time.Time{}, false
	}
	if !parted {
		return months(year, m, 1)
	}
	d, ok := digits(day)
	start = time.Date(year, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if !ok || len(day) != 2 || d < 1 || start.Day() != d { // no 30 February
		return time.Time{}, time.Time{}, false
	}
	return start, start.AddDate(0, 0, 1), true
}

// weekOf returns the interval of a week of ISO 8601, "11", of its weekend,
// "11-WE", or of one of its days, "11-4".
func weekOf(year int, part string) (start, end time.Time, ok bool) {
	week, day, parted := strings.Cut(part, "-")
	w, ok := digits(week)
	if !ok || len(week) != 2 || w < 1 {
		return time.Time{}, time.Time{}, false
	}
	first := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC) // always in week 1
	monday := first.AddDate(0, 0, 7*(w-1)-(int(first.Weekday())+6)%7)
	if y, n := monday.ISOWeek(); y != year || n != w {
		return time.Time{}, time.Time{}, false // a year without week 53
	}
	switch {
	case !parted:
		return monday, monday.AddDate(0, 0, 7), true
	case day == "WE":
		return monday.AddDate(0, 0, 5), monday.AddDate(0, 0, 7), true
	case len(day) == 1 && day >= "1" && day <= "7":
		start = monday.AddDate(0, 0, int(day[0]-'1'))
		return start, start.AddDate(0, 0, 1), true
	}
	return time.Time{}, time.Time{}, false
}

// months returns the interval of n months from the given one on.
func months(year, month, n int) (start, end time.Time, ok bool) {
	start = time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return start, start.AddDate(0, n, 0), true
}

// digits reads a number of ASCII digits.
func digits(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}
