package extract

import (
	"strings"

	"dateline"
	"dateline/extract/date"
	"dateline/internal/dom"
	"dateline/internal/text"
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
		if b.size > 300 || text.Digits(b.text) < 6 {
			continue
		}
		for s := range date.EachNumbers(b.text) {
			switch {
			case s.A > 12 && s.B <= 12:
				votes[dayFirst]++
			case s.B > 12 && s.A <= 12:
				votes[monthFirst]++
			case s.A != s.B && s.A <= 12:
				if known == nil {
					known = p.knownDays()
				}
				for _, d := range known {
					switch string(d) {
					case string(date.Of(s.Year, s.B, s.A)):
						votes[dayFirst]++
					case string(date.Of(s.Year, s.A, s.B)):
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
	for _, moments := range [...][]moment{p.statedDates("datePublished", publishedMetas, date.Published), p.statedDates("dateModified", modifiedMetas, date.Updated)} {
		for _, m := range moments {
			if len(m.date) >= 10 {
				all = append(all, m.date[:10])
			}
		}
	}
	if d, ok := date.InAddress(p.address); ok {
		all = append(all, d)
	}
	for n := dom.ID(1); n < dom.ID(p.t.Len()) && len(all) < 50; n++ {
		if p.t.Tag(n) == dom.Time {
			if d, ok := date.Parse(p.t.Attr(n, dom.Datetime), ""); ok && len(d) >= 10 {
				all = append(all, d[:10])
			}
		}
	}
	return all
}
