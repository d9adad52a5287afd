package web

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/query"
)

// A dated is a date of an article's text as its page shows it.
type dated struct {
	dateline.Timex
	N int // its place in the list of dates, from 1
}

// Means says in words which days the date names: "Thursday 10 February 2022", "late
// 2021". It is the value itself where there are no words for it.
func (d dated) Means() string {
	words := d.Value
	value, clock, timed := strings.Cut(d.Value, "T")
	switch _, _, ok := dateline.Date(value).Interval(); {
	case !ok:
		words = cmp.Or(d.spelled(), words)
	case value == dateline.Date(value).Day():
		words = day(value)
		if part, ok := dayParts[clock]; ok {
			words += ", " + part
		} else if timed {
			words += ", " + clock
		}
	case !timed:
		words = date(dateline.Date(value))
	}
	switch d.Mod {
	case "":
		return words
	case "START":
		return "early " + words
	case "MID":
		return "mid " + words
	case "END":
		return "late " + words
	}
	return words + " (" + strings.ToLower(d.Mod) + ")"
}

// spelled says in words what a value of TIMEX3 means that is no date of ISO 8601: "the
// 1970s", "8 years", "the weekend of Saturday 18 July 2026"; "" if there are no words for
// it.
func (d dated) spelled() string {
	if words, ok := references[d.Value]; ok {
		return words
	}
	if d.Type == "SET" || d.Type == "DURATION" {
		return d.length()
	}
	start, _, ok := d.Interval()
	year, rest, _ := strings.Cut(d.Value, "-")
	switch {
	case !ok:
		return ""
	case rest == "" && len(year) == 3:
		return "the " + year + "0s"
	case rest == "" && len(year) == 2:
		return year + "00 to " + year + "99"
	case strings.HasPrefix(rest, "W") && strings.HasSuffix(rest, "-WE"):
		return "the weekend of " + day(start.Format(time.DateOnly))
	case strings.HasPrefix(rest, "W") && len(rest) == len("W29"):
		return "the week of " + day(start.Format(time.DateOnly))
	}
	if words, ok := yearParts[rest]; ok {
		return words + " " + year
	}
	return ""
}

// length says in words how long a value such as "P8Y" lasts or, of a set, how often it comes
// back. "" if the value has several units or none, as "P1Y6M".
func (d dated) length() string {
	value, timed := strings.CutPrefix(d.Value, "PT")
	if !timed {
		value = strings.TrimPrefix(d.Value, "P")
	}
	n := strings.TrimRight(value, "ABCDEFGHIJKLMNOPQRSTUVWYZ")
	unit, ok := lengths[strings.TrimPrefix(value, n)]
	if timed {
		unit, ok = clockLengths[strings.TrimPrefix(value, n)]
	}
	switch {
	case !ok || n == "" || strings.Trim(n, "0123456789.") != "" && n != "X":
		return ""
	case d.Type == "SET" && n == "1":
		return "each " + unit
	case d.Type == "SET":
		return "" // "X" tells no number, and "P2D" may be each second day or twice a day.
	case n == "1":
		return "1 " + unit
	}
	return strings.Replace(n, "X", "some", 1) + " " + plural(unit)
}

// plural returns the plural of a unit.
func plural(unit string) string {
	if stem, ok := strings.CutSuffix(unit, "y"); ok && unit != "day" {
		return stem + "ies"
	}
	return unit + "s"
}

// What values and units of TIMEX3 mean (ISO 24617-1, and the guidelines of TIMEX2).
var (
	references = map[string]string{"PRESENT_REF": "the present", "PAST_REF": "some time in the past", "FUTURE_REF": "some time to come"}
	yearParts  = map[string]string{
		"Q1": "the first quarter of", "Q2": "the second quarter of", "Q3": "the third quarter of", "Q4": "the fourth quarter of",
		"H1": "the first half of", "H2": "the second half of", "SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter",
	}
	lengths = map[string]string{
		"D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century",
	}
	clockLengths = map[string]string{"S": "second", "M": "minute", "H": "hour"}
)

// dayParts are the parts of a day that TIMEX3 values name.
var dayParts = map[string]string{
	"MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "DT": "daytime",
}

// Explained says what the value of the date is based on or, where that is not told,
// what found the date.
func (d dated) Explained() string {
	return cmp.Or(answer.BasisMeans(d.Timex), answer.RuleMeans(d.Rule))
}

// Why is the text that is shown when a reader points at the date: what it means, what
// that is based on, and the rule that found it.
func (d dated) Why() string {
	parts := []string{d.Means()}
	if d.Basis != "" {
		parts = append(parts, d.Basis)
	}
	if d.Rule != "" {
		parts = append(parts, d.Rule)
	}
	return strings.Join(parts, " · ")
}

// Machine is the value for the attribute datetime of HTML, as far as browsers
// understand it: of "2022-02-10TEV", an evening, it is the day. It is "" if they
// understand nothing of the value.
func (d dated) Machine() string {
	value, _, _ := strings.Cut(d.Value, "T")
	return cmp.Or(machineDate(dateline.Date(d.Value)), machineDate(dateline.Date(value)))
}

// Link is the address of the search for articles that speak of these days; "" if the
// date has no place in the calendar.
func (d dated) Link() string {
	start, end, ok := d.Interval()
	if !ok {
		return ""
	}
	value, _, _ := strings.Cut(d.Value, "T")
	w := query.When{From: value, To: value}
	if _, _, ok := w.Interval(); !ok { // a week, a season
		w = query.When{From: start.Format(time.DateOnly), To: end.AddDate(0, 0, -1).Format(time.DateOnly)}
	}
	return asking{}.searchURL(query.Query{Root: w}.String(), 1)
}

// datesOf returns the dates of f with their numbers; f may be nil.
func datesOf(f *dateline.Findings) []dated {
	if f == nil {
		return nil
	}
	list := make([]dated, len(f.Dates))
	for i, d := range f.Dates {
		list[i] = dated{d, i + 1}
	}
	return list
}

// marks returns those of the dates that can be marked in one part of a, in the order
// of that part: in its text (in is "") or its deck (in is dateline.InDeck).
func marks(a *dateline.Article, in string, dates []dated) []dated {
	plain := make([]dateline.Timex, len(dates))
	for i, d := range dates {
		plain[i] = d.Timex
	}
	var list []dated
	for _, i := range answer.MarkedDates(a, in, plain) {
		list = append(list, dates[i])
	}
	return list
}

// A run is a piece of a text that is a date, or that holds none.
type run struct {
	Text []query.Fragment // the words of the query are marked in it
	Date *dated           // nil if the piece is no date
}

// runs cuts a text, given as fragments, at the dates in it. The text begins at byte
// start of the article; marks are dates in the order in which they stand there.
func runs(frags []query.Fragment, start int, marks []dated) []run {
	var list []run
	add := func(f query.Fragment, d *dated) {
		if f.Text == "" {
			return
		}
		if n := len(list); n > 0 && list[n-1].Date == d {
			list[n-1].Text = append(list[n-1].Text, f)
			return
		}
		list = append(list, run{[]query.Fragment{f}, d})
	}
	size := 0
	for _, f := range frags {
		size += len(f.Text)
	}
	first, _ := slices.BinarySearchFunc(marks, start, func(d dated, at int) int { return cmp.Compare(d.Start, at) })
	marks = marks[first:]
	behind, _ := slices.BinarySearchFunc(marks, start+size, func(d dated, end int) int { return cmp.Compare(d.End, end+1) })
	marks = marks[:behind]
	at := start
	for _, f := range frags {
		for f.Text != "" {
			for len(marks) > 0 && marks[0].End <= at {
				marks = marks[1:]
			}
			n, d := len(f.Text), (*dated)(nil)
			switch {
			case len(marks) == 0:
			case at < marks[0].Start:
				n = min(n, marks[0].Start-at)
			default:
				n, d = min(n, marks[0].End-at), &marks[0]
			}
			add(query.Fragment{Text: f.Text[:n], Match: f.Match}, d)
			f.Text = f.Text[n:]
			at += n
		}
	}
	return list
}
