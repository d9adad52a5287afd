package query

import (
	"strings"
	"time"

	"dateline"
)

// A When matches articles that speak of a day in a range: a date in the text
// that is no wider than a year and overlaps the range, or lies within it.
// Both ends are inclusive, "2022-02-10", "2022-02" or "2022"; "" leaves the
// range open there. Of a single date both are that date.
type When struct {
	From string // first day, month or year; "" leaves the range open
	To   string // last day, month or year; "" leaves the range open
}

func (When) expr() {}

// widest is the width of a date, in days, up to which a part of it stands for
// the whole: "2021" is found by a day of 2021, "the 1990s" only by a range
// that holds all of them.
const widest = 366

// The ends of a range that is open: firstDay stands for a From of "", endOfAll for a To
// of "".
var (
	firstDay = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	endOfAll = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// Interval returns the half-open interval of the range; ok is false if its
// dates are none or if it ends before it begins.
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

// unit returns the day, month or year that s names.
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

// when reads the value of a field of kind field.Days, which begins at byte at.
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
