package query

import (
	"strings"
	"time"

	"dateline"
)

// A When matches articles whose text speaks of a day in a range. A date in the text
// that covers at most a year matches if it shares a day with the range; a wider one,
// such as "the 1990s", matches only if it lies wholly within the range.
//
// From and To are written "2022-02-10", "2022-02" or "2022", and both belong to the
// range. For a single date both are that date.
type When struct {
	From string // first day, month or year; "" leaves the range open
	To   string // last day, month or year; "" leaves the range open
}

func (When) expr() {}

// widest is the number of days up to which a date in a text matches a range that it
// only overlaps: "2021" is found by any day of 2021, "the 1990s" only by a range that
// holds all ten years.
const widest = 366

// The ends of a range that is open: firstDay stands for a From of "", endOfAll for a To
// of "".
var (
	firstDay = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	endOfAll = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Interval returns the range as a half-open interval in UTC: end is the first instant
// after it. ok is false if both ends are open, if From or To is no date, or if the
// range ends before it begins.
func (w When) Interval() (start, end time.Time, ok bool) {
	start, end = firstDay, endOfAll
	if w.From != "" {
		if start, _, ok = unit(w.From); !ok {
			return time.Time{}, time.Time{}, false
		}
	}
	if w.To != "" {
		if _, end, ok = unit(w.To); !ok {
			return time.Time{}, time.Time{}, false
		}
	}
	return start, end, start.Before(end) && (w.From != "" || w.To != "")
}

// unit returns the first instant of the day, month or year that s names, and the first
// one after it; ok is false if s is no such date.
func unit(s string) (start, end time.Time, ok bool) {
	if start, ok = (Bound{Date: s}).Time(); !ok {
		return start, start, false
	}
	_, end, ok = dateline.Date(s).Interval()
	return start, end, ok
}

// Admits reports whether an article that speaks of the half-open interval
// from start to end matches w.
func (w When) Admits(start, end time.Time) bool {
	from, to, ok := w.Interval()
	if !ok {
		return false
	}
	if start.AddDate(0, 0, widest).Before(end) {
		return !start.Before(from) && !end.After(to)
	}
	return start.Before(to) && from.Before(end)
}

// Range returns the range as it can be typed: "2022-02-10",
// "2021-11..2022-01", "2021-11..".
func (w When) Range() string {
	if w.From == w.To {
		return w.From
	}
	return w.From + ".." + w.To
}

// when makes a When of the value of a field of kind field.Days. name is the name of
// the field, and at the byte at which the value begins.
func (p *parser) when(name, value string, at int) (Expr, error) {
	from, to, ranged := strings.Cut(value, "..")
	if !ranged {
		to = from
	}
	w := When{from, to}
	if quoteLen(p.s[at:]) > 0 {
		at += quoteLen(p.s[at:])
	}
	const wants = "%s: wants a date such as 2022, 2022-02 or 2022-02-10, or a range such as 2021-11..2022-01, not %q"
	toAt := at + len(value) - len(to)
	switch {
	case from == "" && to == "", from != "" && !validDate(from):
		return nil, p.fail(at, wants, name, value)
	case to != "" && !validDate(to):
		return nil, p.fail(toAt, wants, name, value)
	}
	if _, _, ok := w.Interval(); !ok {
		return nil, p.fail(toAt, "%s: %s ends before it begins", name, value)
	}
	return w, nil
}
