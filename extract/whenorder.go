package extract

import (
	"strings"

	"dateline"
	"dateline/internal/dom"
)

// dateLang returns the language in which dates of the page are read: its own,
// or for English of no known country one that has the order of day and month
// that the page shows elsewhere. Where nothing tells the order, 03/04/2022 is
// no date.
func (p *page) dateLang() string {
	if p.dayLang == "" {
		p.dayLang = p.a.Lang
		if p.a.Lang == "" || p.a.Lang == "en" {
			switch p.dayOrder() {
			case dayFirst:
				p.dayLang = "en-GB"
			case monthFirst:
				p.dayLang = "en-US"
			}
		}
	}
	return p.dayLang
}

// A dayOrder tells which of two numbers of a date is the day.
type dayOrder uint8

const (
	noOrder dayOrder = iota
	dayFirst
	monthFirst
)

// dayOrder returns the order of day and month in the page's dates of three
// numbers: as those tell that can be read in one way only, or as those that are
// dates which the page gives in another form too, or as the country of its
// address writes.
func (p *page) dayOrder() dayOrder {
	var votes [3]int
	var known []dateline.Date
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.size > 300 || countDigits(b.text) < 6 {
			continue
		}
		for s := range slashed(b.text) {
			switch {
			case s.a > 12 && s.b <= 12:
				votes[dayFirst]++
			case s.b > 12 && s.a <= 12:
				votes[monthFirst]++
			case s.a != s.b && s.a <= 12:
				if known == nil {
					known = p.knownDays()
				}
				for _, d := range known {
					switch string(d) {
					case string(civil{s.y, s.b, s.a}.date()):
						votes[dayFirst]++
					case string(civil{s.y, s.a, s.b}.date()):
						votes[monthFirst]++
					}
				}
			}
		}
	}
	switch {
	case votes[dayFirst] > 0 && votes[monthFirst] == 0:
		return dayFirst
	case votes[monthFirst] > 0 && votes[dayFirst] == 0:
		return monthFirst
	case votes[dayFirst] > 0:
		return noOrder
	}
	switch p.site[strings.LastIndexByte(p.site, '.')+1:] {
	case "uk", "au", "nz", "ie", "in", "sg", "my", "ng", "ke", "gh", "pk", "lk", "bd", "ug", "tz", "zm", "zw", "jm", "mt":
		return dayFirst
	case "us", "gov", "mil":
		return monthFirst
	}
	return noOrder
}

// knownDays returns days that the page gives beyond doubt: in its metadata, its
// address and the attributes of its <time> elements.
func (p *page) knownDays() []dateline.Date {
	all := []dateline.Date{""} // not nil
	for _, moments := range [...][]moment{p.statedDates("datePublished", publishedMetas, publishedDate), p.statedDates("dateModified", modifiedMetas, updatedDate)} {
		for _, m := range moments {
			if len(m.date) >= 10 {
				all = append(all, m.date[:10])
			}
		}
	}
	if d, ok := addressDate(p.address); ok {
		all = append(all, d)
	}
	for n := dom.ID(1); n < dom.ID(p.t.Len()) && len(all) < 50; n++ {
		if p.t.Tag(n) == dom.Time {
			if d, ok := parseDate(p.t.Attr(n, dom.Datetime)); ok && len(d) >= 10 {
				all = append(all, d[:10])
			}
		}
	}
	return all
}

// A slash is a date of three numbers, the year last.
type slash struct{ a, b, y int }

// slashed yields the dates of three numbers in a text.
func slashed(s string) func(yield func(slash) bool) {
	return func(yield func(slash) bool) {
		for i := 0; i < len(s); i++ {
			if !isDigit(s[i]) {
				continue
			}
			a, n := numberAt(s[i:])
			start := i
			i += n
			if n > 2 || start > 0 && (s[start-1] == '/' || s[start-1] == '-' || s[start-1] == '.') || i >= len(s) || s[i] != '/' && s[i] != '-' {
				continue
			}
			b, m := numberAt(s[i+1:])
			if m == 0 || m > 2 || i+1+m >= len(s) || s[i+1+m] != s[i] {
				continue
			}
			y, k := numberAt(s[i+m+2:])
			if k == 4 && y >= 1900 && y <= 2100 && a > 0 && b > 0 && a <= 31 && b <= 31 && !yield(slash{a, b, y}) {
				return
			}
			i += m + 1 + k
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// numberAt reads the number that s begins with; n is how many digits it has, 9 at most.
func numberAt(s string) (v, n int) {
	for n < len(s) && n < 9 && isDigit(s[n]) {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, n
}
