package date

import (
	"strconv"
	"strings"
	"sync"

	"dateline/internal/langid"
	"dateline/internal/words"
)

// eras are the eras by which Japan and Taiwan count years, from the word lists.
var eras = sync.OnceValue(func() (all []era) {
	for _, lang := range words.Langs() {
		for _, e := range words.Of(lang, "era") {
			before, err := strconv.Atoi(e.Value)
			if err != nil {
				panic(err) // Unreachable: tests read years of eras.
			}
			all = append(all, era{e.Text, before})
		}
	}
	return all
})

// An era is a name and the year of our calendar by which its years are counted: the
// first year of the era is the year after before.
type era struct {
	name   string
	before int
}

// eraBefore returns the year before the first year of the era with whose name a word
// ends; ok is false if it ends with none.
func eraBefore(word string) (year int, ok bool) {
	for _, e := range eras() {
		if strings.HasSuffix(word, e.name) {
			return e.before, true
		}
	}
	return 0, false
}

// firstYears are the words for the first year of an era.
var firstYears = words.NewList("era-first")

// firstOfEra reads a day in the first year of an era, which is printed as a word and
// not as a number: the token 令和元年, and then 5月1日.
func (p *reader) firstOfEra(i int) (c civil, next int, ok bool) {
	for _, year := range firstYears.All() {
		if name, ok := strings.CutSuffix(p.at(i).text, year); ok {
			if before, ok := eraBefore(name); ok {
				return p.monthDay(before+1, i+1)
			}
		}
	}
	return c, 0, false
}

// monthDay reads a month and, if there is one, a day from token i on: 3月11日, 3월 11일.
func (p *reader) monthDay(year, i int) (c civil, next int, ok bool) {
	if p.at(i).kind != 'n' || !monthMarks.Has(p.at(i+1).text) {
		return c, 0, false
	}
	c.y, c.m = year, p.at(i).num
	next = i + 2
	if p.at(next).kind == 'n' && dayMarks.Has(p.at(next+1).text) {
		c.d = p.at(next).num
		next += 2
	}
	return c, next, c.valid() && c.m > 0
}

// jalaliMonths are the months of the Iranian (Jalali) calendar, by their names in Iran
// and in Afghanistan.
var jalaliMonths = words.NewTable("month-iranian")

// jalaliWords may stand between the parts of such a date: the words for "month" and "year".
var jalaliWords = words.NewSet("date-word-iranian")

// iranian reports whether the text is in a language whose press uses the Iranian
// calendar: Persian, Dari or Pashto.
func (p *reader) iranian() bool {
	switch langid.Base(p.lang) {
	case "fa", "ps", "prs":
		return true
	}
	return false
}

// jalali reads a day of the Iranian calendar from token i on.
func (p *reader) jalali(i int) (c civil, next int, ok bool) {
	if !p.iranian() {
		return c, 0, false
	}
	if c, next, ok = p.jalaliNamed(i); ok {
		return c, next, true
	}
	return p.jalaliNumbers(i)
}

// jalaliNamed reads a day, the name of a month and a year: ۲۱ اسفند ۱۴۰۲.
func (p *reader) jalaliNamed(i int) (c civil, next int, ok bool) {
	j := i + 1
	for p.sep(j, ",.-/") || jalaliWords.Has(p.at(j).text) {
		j++
	}
	m := jalaliMonths.Number(p.at(j).text, p.lang)
	if m == 0 {
		return c, 0, false
	}
	j++
	for n := 0; n < 3 && (p.sep(j, ",.-/") || jalaliWords.Has(p.at(j).text)); n++ {
		j++
	}
	c, ok = fromJalali(p.at(j).num, m, p.at(i).num)
	return c, j + 1, ok && p.at(j).kind == 'n'
}

// jalaliNumbers reads a year, a month and a day in numbers: ۱۴۰۲/۱۲/۲۱.
func (p *reader) jalaliNumbers(i int) (c civil, next int, ok bool) {
	sep := p.at(i + 1).kind
	if !p.sep(i+1, "/-.") || p.at(i+2).kind != 'n' || p.at(i+3).kind != sep || p.at(i+4).kind != 'n' {
		return c, 0, false
	}
	c, ok = fromJalali(p.at(i).num, p.at(i+2).num, p.at(i+4).num)
	return c, i + 5, ok
}

// fromJalali returns the Gregorian day of a day of the Iranian calendar; ok is false
// if there is no such day or its year is not in 1200 to 1500. Leap years follow the
// arithmetical rule of eight in 33 years.
func fromJalali(y, m, d int) (civil, bool) {
	if y < 1200 || y > 1500 || m < 1 || m > 12 || d < 1 || d > 31 || m > 6 && d > 30 || m == 12 && d == 30 && !jalaliLeap(y) {
		return civil{}, false
	}
	days := 365*(y-1) + jalaliLeaps(y) + d - 1
	if m <= 7 {
		days += 31 * (m - 1)
	} else {
		days += 30*(m-1) + 6
	}
	const first = 226894 // days from 1 January of the year 1 to 1 Farvardin of the year 1
	return fromDays(days + first), true
}

// jalaliLeaps returns how many leap days there are before the year y.
func jalaliLeaps(y int) int { return (8*y + 21) / 33 }

// jalaliLeap reports whether the year y of the Iranian calendar is a leap year.
func jalaliLeap(y int) bool { return jalaliLeaps(y+1) > jalaliLeaps(y) }

// fromDays returns the day that is n days after 1 January of the year 1.
func fromDays(n int) civil {
	y := n/366 + 1
	for daysBefore(y+1) <= n {
		y++
	}
	n -= daysBefore(y)
	m := 1
	for ; ; m++ {
		length := monthDays[m]
		if m == 2 && !leap(y) {
			length = 28
		}
		if n < length {
			return civil{y, m, n + 1}
		}
		n -= length
	}
}

// daysBefore returns the number of days from 1 January of the year 1 to 1 January of
// the year y, both of the Gregorian calendar.
func daysBefore(y int) int { y--; return 365*y + y/4 - y/100 + y/400 }

// leap reports whether y is a leap year of the Gregorian calendar.
func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }
