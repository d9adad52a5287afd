package date

import (
	"strings"
	"time"

	"dateline"
	"dateline/internal/words"
)

// A clock is a time of day.
type clock struct {
	h, m, s int
	zone    string // "Z", "+02:00", or "" if the text has none
	ok      bool   // whether a time was read; the zero clock is none
}

// valid reports whether there is such a time of day.
func (c clock) valid() bool {
	return c.ok && c.h >= 0 && c.h < 24 && c.m >= 0 && c.m < 60 && c.s >= 0 && c.s < 60
}

// unixDate returns the time, in UTC, that is sec seconds after the beginning of 1970.
func unixDate(sec int64) dateline.Date {
	return dateline.Date(time.Unix(sec, 0).UTC().Format("2006-01-02T15:04:05Z"))
}

// withClock returns a day together with the time of day that stands beside it: one that
// begins within the six tokens behind, or else within the nine tokens in front ("11:26
// GMT, 10 February 2022"). The day was read from the tokens from on, and ends before the token next. A
// month or year is returned without a time.
//
// What stands before the token used belongs to the date before.
func (p *reader) withClock(day civil, from, next, used int) (d dateline.Date, end int) {
	if day.d == 0 {
		return day.date(), next
	}
	for i := next; i < len(p.toks) && i < next+6; i++ {
		if c := p.clock(i); c.valid() {
			return day.at(c), i + 1
		}
		if p.at(i).kind == 'n' && p.at(i+1).kind != 'w' {
			break // another number, with which another date begins
		}
	}
	for i := max(used, from-9); i < from; i++ {
		if c := p.clock(i); c.valid() {
			return day.at(c), next
		}
	}
	return day.date(), next
}

// clock reads the time of day that begins at token i: 11:26, 11:26:05.123+0100, 11.26
// Uhr, 11h26, 3pm, 오후 3:26, 11時26分, and behind a T also 1126Z and 112605Z. Its ok
// is false if there is none; fractions of a second are dropped.
func (p *reader) clock(i int) (c clock) {
	t := p.at(i)
	if t.kind != 'n' || len(t.text) != 6 && len(t.text) > 2 && !(len(t.text) == 4 && p.at(i-1).text == "t") {
		return c
	}
	j := i + 1
	switch {
	case len(t.text) == 6 && p.at(i-1).text == "t":
		c = clock{h: t.num / 10000, m: t.num / 100 % 100, s: t.num % 100, ok: true}
	case len(t.text) == 6:
		return c
	case len(t.text) == 4:
		c = clock{h: t.num / 100, m: t.num % 100, ok: true}
	case p.sep(j, ":") && p.at(j+1).kind == 'n' && len(p.at(j+1).text) == 2:
		c = clock{h: t.num, m: p.at(j + 1).num, ok: true}
		if j += 2; p.sep(j, ":") && p.at(j+1).kind == 'n' && len(p.at(j+1).text) == 2 {
			c.s = p.at(j + 1).num
			j += 2
		}
		if p.sep(j, ".,") && p.at(j+1).kind == 'n' && !p.at(j+1).space && len(p.at(j+1).text) >= 3 {
			j += 2 // fractions of a second
		}
	case p.hourMark(j) && p.at(j+1).kind == 'n' && len(p.at(j+1).text) <= 2:
		c = clock{h: t.num, m: p.at(j + 1).num, ok: true}
		j += 2
		if minuteMarks.Has(p.at(j).text) {
			j++
		}
	case p.sep(j, ".") && p.at(j+1).kind == 'n' && len(p.at(j+1).text) == 2 && !p.at(j+1).space && p.at(j+2).kind != '.' && p.dotClock(i, j+2):
		c = clock{h: t.num, m: p.at(j + 1).num, ok: true}
		j += 2
	case p.half(j) >= 0:
		c = clock{h: t.num, ok: true}
	default:
		return c
	}
	if half, n := p.halfOf(i, j); half >= 0 && c.h <= 12 {
		c.h = c.h%12 + 12*half
		j += n
	}
	if clockWords.Has(p.at(j).text) {
		j++
	}
	c.zone = p.zone(j)
	return c
}

// dotClock reports whether two numbers with a dot between, as 11.26, are a time: if
// the language writes times so, or a word before token i or at token after says so.
func (p *reader) dotClock(i, after int) bool {
	return behindClock.Has(p.at(after).text) || p.at(after).kind == 'w' && zones.Value(p.at(after).text) != "" || beforeClock.Has(p.at(i-1).text) || clockPoint.Of(p.lang)
}

// The words beside a time of day ("Uhr", "um", "h", "am", "pm" and their like), and
// the languages that set a point between its hour and its minute.
var (
	clockWords  = words.NewSet("clock-word")
	behindClock = words.NewSet("clock-behind")
	beforeClock = words.NewSet("clock-before")
	hourMarks   = words.NewSet("hour-mark")
	minuteMarks = words.NewSet("minute-mark")
	mornings    = words.NewSet("morning")
	afternoons  = words.NewSet("afternoon")
	clockPoint  = words.NewHabit("clock-point")
)

// hourMark reports whether token i is a word between an hour and its minutes, as "h".
func (p *reader) hourMark(i int) bool { return hourMarks.Has(p.at(i).text) }

// half returns 0 if token i says that a time is before noon, 1 if it says that it is
// after noon, and else -1: "am", "p.m.", "오후".
func (p *reader) half(i int) int {
	switch w := p.at(i).text; {
	case mornings.Has(w):
		return 0
	case afternoons.Has(w):
		return 1
	case w == "a" || w == "p":
		if p.sep(i+1, ".") && p.at(i+2).text == "m" || p.at(i+1).text == "m" {
			if w == "p" {
				return 1
			}
			return 0
		}
	}
	return -1
}

// halfOf returns which half of the day a time is in, as half does, by the words at
// token j, right behind the time, or else by the word before token i, at which the time
// begins. n is the number of tokens from j on that belong to those words.
func (p *reader) halfOf(i, j int) (half, n int) {
	if half = p.half(j); half >= 0 {
		n = 1
		if w := p.at(j).text; w == "a" || w == "p" {
			for n < 4 && (p.sep(j+n, ".") || p.at(j+n).text == "m") {
				n++
			}
		}
		return half, n
	}
	if half = p.half(i - 1); half >= 0 && len(p.at(i-1).text) > 2 {
		return half, 0
	}
	return -1, 0
}

// zones are the names of time zones; their values are "Z" or offsets without a colon
// ("+0100"). indianZones are those that count in texts of India alone, since IST is a
// time of Ireland and of Israel as well.
var zones, indianZones = words.NewMap("zone"), words.NewMap("zone-india")

// americanZones count in English texts alone, since "et" and "pt" are words of other
// languages. Their values are offsets of winter; see summer.
var americanZones = words.NewMap("zone-us")

// isAmerican marks a zone whose offset is that of winter, and an hour more in summer.
const isAmerican = "us"

// inSummer returns the offset of an American zone on a day, given by that of winter:
// "-04:00" for "-05:00". Summer time is from the second Sunday of March to the first
// Sunday of November (Energy Policy Act of 2005, section 110). The hours after midnight
// on these two Sundays, in which the clock is changed, count as the rest of the day.
func inSummer(day civil, winter string) string {
	sunday := func(month time.Month, n int) time.Time {
		first := time.Date(day.y, month, 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, 0, (7-int(first.Weekday()))%7+7*(n-1))
	}
	t := time.Date(day.y, time.Month(day.m), day.d, 0, 0, 0, 0, time.UTC)
	const rule = 2007 // since when the rule holds
	if day.y < rule || t.Before(sunday(time.March, 2)) || !t.Before(sunday(time.November, 1)) {
		return winter
	}
	return winter[:1] + string(appendTwo(nil, int(winter[1]-'0')*10+int(winter[2]-'0')-1)) + winter[3:]
}

// zone reads the time zone at token i: a name, an offset such as +0100, +1 or +01:00,
// or GMT+2. It returns "Z", an offset in the form "+01:00", or "" if there is none;
// the offset zero is "Z".
func (p *reader) zone(i int) string {
	if p.sep(i, "(") {
		i++
	}
	t := p.at(i)
	if t.kind == 'w' {
		z := zones.Value(t.text)
		if own := indianZones.Value(t.text); own != "" && (strings.HasSuffix(p.lang, "-IN") || p.lang == "hi") {
			z = own
		}
		if z == "Z" && p.sep(i+1, "+-") && !p.at(i+1).space {
			return p.zone(i + 1) // GMT+2
		}
		american := ""
		if z == "" && strings.HasPrefix(p.lang, "en") {
			z = americanZones.Value(t.text)
			american = isAmerican
		}
		if len(z) == len("+0100") {
			z = american + z[:3] + ":" + z[3:]
		}
		return z
	}
	sign := t.text
	if t.kind == '-' {
		sign = "-"
	}
	n := p.at(i + 1)
	if t.kind != '+' && t.kind != '-' || n.kind != 'n' || n.space || t.kind == '-' && t.space {
		return ""
	}
	h, m := n.num, 0
	switch {
	case len(n.text) == 4:
		h, m = n.num/100, n.num%100
	case len(n.text) > 2:
		return ""
	case p.sep(i+2, ":") && len(p.at(i+3).text) == 2:
		m = p.at(i + 3).num
	}
	switch {
	case h > 14 || m > 59:
		return ""
	case h == 0 && m == 0:
		return "Z"
	}
	return sign + string(appendTwo(append(appendTwo(nil, h), ':'), m))
}
