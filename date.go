package dateline

import (
	"strings"
	"time"
)

// A Date is a time as news tells it, written in ISO 8601 only as far as it is
// known: "2022-02-10T11:26:00Z", "2022-02-10T14:26:00+03:00",
// "2022-02-10T14:26:00" (zone unknown), "2022-02-10", "2022-02", "2022".
// The zero Date, "", means unknown. It is never widened or narrowed: "March
// 2024" is "2024-03", not the first of March.
type Date string

var dateLayouts = []struct {
	layout string
	years  int
	months int
	days   int
	width  time.Duration
}{
	{"2006-01-02T15:04:05Z07:00", 0, 0, 0, time.Second},
	{"2006-01-02T15:04:05", 0, 0, 0, time.Second},
	{"2006-01-02T15:04Z07:00", 0, 0, 0, time.Minute},
	{"2006-01-02T15:04", 0, 0, 0, time.Minute},
	{"2006-01-02", 0, 0, 1, 0},
	{"2006-01", 0, 1, 0, 0},
	{"2006", 1, 0, 0, 0},
}

// Interval returns the half-open interval that d spans; ok is false for the
// zero Date and for text that is no Date. Without a zone it is read as UTC.
func (d Date) Interval() (start, end time.Time, ok bool) {
	for _, l := range dateLayouts {
		if t, err := time.Parse(l.layout, string(d)); err == nil {
			return t, t.AddDate(l.years, l.months, l.days).Add(l.width), true
		}
	}
	return time.Time{}, time.Time{}, false
}

// Day returns the calendar day of d as printed, in d's own zone:
// "2022-02-10"; "" if d is not known to the day.
func (d Date) Day() string {
	if len(d) < len(time.DateOnly) {
		return ""
	}
	return string(d[:len(time.DateOnly)])
}

// Month returns the month of d: "2022-02"; "" if d is not known to the month.
func (d Date) Month() string {
	if len(d) < len("2006-01") {
		return ""
	}
	return string(d[:len("2006-01")])
}

// HasZone reports whether d is a time of day with a zone.
func (d Date) HasZone() bool {
	_, clock, ok := strings.Cut(string(d), "T")
	return ok && strings.ContainsAny(clock, "Z+-")
}
