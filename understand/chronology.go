package understand

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dateline"
)

// chronologyRule is the rule of dates that take their year from the next one of a
// list of days.
const chronologyRule = "when/chronology"

// fromNext is what an [Explanation] says that such a date is counted from.
const fromNext = "next of the list"

// leastChronology is how many dates at least make a list of days: two can stand at
// the head of paragraphs by chance.
const leastChronology = 3

// chronology corrects the years of the dates of a list of days, in which each date opens a
// line and stands before a dash or a colon: "Feb. 24 – Rebels take the town." Such a date lies no
// later than the next one of the list. A later one that does not state its year is moved to
// an earlier year. The function changes dates, and returns, by the index of each date that it
// changed, the next date, from which it was counted.
func chronology(text string, dates []dateline.Timex) map[int]string {
	var list []int
	for i := range dates {
		if opensEntry(text, &dates[i]) {
			list = append(list, i)
		}
	}
	if len(list) < leastChronology {
		return nil
	}
	var changed map[int]string
	next := ""
	for k := len(list) - 1; k >= 0; k-- {
		d := &dates[list[k]]
		if next != "" && d.Basis == "relative" && d.Value > next {
			if day, ok := before(d.Value, next); ok {
				if changed == nil {
					changed = map[int]string{}
				}
				changed[list[k]] = next
				d.Value, d.Rule = day, chronologyRule
			}
		}
		next = d.Value
	}
	return changed
}

// opensEntry reports whether d is a day of the calendar that opens a line and stands
// before a dash or a colon.
func opensEntry(text string, d *dateline.Timex) bool {
	day := dateline.Date(d.Value)
	if d.Type != "DATE" || d.Mod != "" || string(day) != day.Day() || !strings.ContainsFunc(d.Text, unicode.IsDigit) {
		return false
	}
	if _, err := time.Parse(time.DateOnly, d.Value); err != nil {
		return false
	}
	before := strings.TrimRight(text[:d.Start], " \t-–—•*")
	if before != "" && before[len(before)-1] != '\n' {
		return false
	}
	behind := strings.TrimLeft(text[d.End:min(len(text), d.End+8)], " .,")
	c, _ := utf8.DecodeRuneInString(behind)
	return strings.ContainsRune("-–—:", c) && behind != ""
}

// before returns the last day not after limit that has the month and day of day; ok is
// false if there is none within some years.
func before(day, limit string) (string, bool) {
	const most = 8 // years from one 29 February to the next, at the turn of a century
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return "", false
	}
	for n := 1; n <= most; n++ {
		earlier := time.Date(d.Year()-n, d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
		if s := earlier.Format(time.DateOnly); earlier.Day() == d.Day() && s <= limit {
			return s, true
		}
	}
	return "", false
}
