// Package date reads dates as pages print them, in the languages and calendars
// of the press.
//
// A text is cut into numbers, words and marks (date.go), and every form of a day
// is tried at every token, the one that says most first. clock.go reads the time
// of day beside a day; calendars.go reads the years of eras and the Iranian calendar.
// The names of months and other words come from dateline/internal/words. label.go
// tells what the words beside a date call it, sentence.go whether a line with a date
// is a sentence of the text, and address.go reads the day in the address of a page.
//
// A date is never made more precise than the text is: "March 2024" is a month, and
// 03/04/2024 only a year if the language does not tell which number is the month.
package date

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Parse reads the first date in the first 160 bytes of a text, as machines and people
// write dates, with words around it. The result is as precise as the text and has a
// time zone only if the text has one; ok is false if there is no date.
//
// The language lang, a BCP 47 tag or "" if it is not known, decides whether
// 03/04/2022 is in March or in April; "en" without a region does not, and such a
// date gives the year alone.
func Parse(s, lang string) (d dateline.Date, ok bool) {
	Each(s, lang, func(found dateline.Date, _, _ int) bool {
		d, ok = found, true
		return false
	})
	return d, ok
}

// Each calls yield for each date in the first 160 bytes of a text, until it returns
// false. The dates are as Parse reads them; s[start:end] is the part of the text that
// gives the day, without the time of day and with the white space behind the day.
func Each(s, lang string, yield func(d dateline.Date, start, end int) bool) {
	const most = 160
	if len(s) > most {
		n := most
		for n > 0 && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	if strings.IndexFunc(s, unicode.IsDigit) < 0 {
		return
	}
	if inner, ok := strings.CutPrefix(s, "/Date("); ok { // milliseconds, as JSON of .NET has them
		s, _, _ = strings.Cut(inner, ")")
	}
	p := readers.Get().(*reader)
	defer func() {
		clear(p.toks) // so that the pool does not keep the text of the page in memory
		readers.Put(p)
	}()
	p.lang, p.toks = lang, p.toks[:0]
	p.split(s)
	if d, ok := p.epoch(); ok {
		yield(d, 0, len(s))
		return
	}
	used := 0 // tokens before it belong to a date that was read
	for i := 0; i < len(p.toks); i++ {
		day, next, ok := p.day(i)
		if !ok {
			continue
		}
		var d dateline.Date
		d, used = p.withClock(day, i, next, used)
		end := len(s)
		if next < len(p.toks) {
			end = p.toks[next].pos
		}
		if !yield(d, p.toks[i].pos, end) {
			return
		}
		i = next - 1
	}
}

// A token is a number, a word, or one other character.
type token struct {
	kind  byte   // 'n' number, 'w' word, or the character itself ('?' beyond ASCII)
	text  string // of a number its digits in ASCII, of a word its lower case
	num   int    // value of a number
	space bool   // stands after white space, or first
	pos   int    // offset of its first byte in the text
}

// A reader holds the tokens of one text while its dates are read.
type reader struct {
	lang string
	toks []token
}

// readers are readers to be used again, since most texts of a page are tried for dates.
var readers = sync.Pool{New: func() any { return new(reader) }}

// split cuts s into tokens. Digits of any script count as digits.
func (p *reader) split(s string) {
	space := true
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsDigit(r):
			v, start, plain := 0, i, true
			for i < len(s) {
				r, n = utf8.DecodeRuneInString(s[i:])
				d, ok := digit(r)
				if !ok {
					break
				}
				if v < 1e15 {
					v = v*10 + d
				}
				plain = plain && r < utf8.RuneSelf
				i += n
			}
			digits := s[start:i]
			if !plain {
				digits = inASCII(digits)
			}
			p.toks = append(p.toks, token{'n', digits, v, space, start})
			space = false
			continue
		case r >= firstIdeograph && unitMarks()[r]:
			p.toks = append(p.toks, token{'w', s[i : i+n], 0, space, i})
			space = false
		case unicode.IsLetter(r) || unicode.IsMark(r):
			start := i
			for i < len(s) {
				r, n = utf8.DecodeRuneInString(s[i:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\u200d' && !(r == '.' && thaiDot(s[start:i], s[i:])) {
					break
				}
				i += n
			}
			p.toks = append(p.toks, token{'w', text.Lower(s[start:i]), 0, space, start})
			space = false
			continue
		case unicode.IsSpace(r) || r == '\u200e' || r == '\u200f' || r == '\u202f':
			space = true
		default:
			k := byte('?')
			if r < utf8.RuneSelf {
				k = byte(r)
			} else if r == '−' || r == '–' {
				k = '-'
			} else if r == '：' {
				k = ':'
			} else if r == '’' {
				k = '\''
			}
			p.toks = append(p.toks, token{k, s[i : i+n], 0, space, i})
			space = false
		}
		i += n
	}
}

// inASCII returns digits of any script as ASCII digits.
func inASCII(digits string) string {
	var b []byte
	for _, r := range digits {
		d, _ := digit(r)
		b = append(b, byte('0'+d))
	}
	return string(b)
}

// thaiDot reports whether a dot belongs to an abbreviated Thai month, "ม.ค.".
func thaiDot(word, rest string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.Is(unicode.Thai, r) && strings.Count(word, ".") < 2 && len(rest) > 0
}

// digit returns the value of a digit of any script. Unicode encodes the ten digits of
// a script in order, so the value is the distance from the first of the range.
func digit(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < utf8.RuneSelf || !unicode.IsDigit(r) {
		return 0, false
	}
	for _, rt := range unicode.Digit.R16 {
		if r >= rune(rt.Lo) && r <= rune(rt.Hi) {
			return int(r-rune(rt.Lo)) % 10, true
		}
	}
	for _, rt := range unicode.Digit.R32 {
		if r >= rune(rt.Lo) && r <= rune(rt.Hi) {
			return int(r-rune(rt.Lo)) % 10, true
		}
	}
	return 0, false
}

// at returns token i, or the zero token if there is none.
func (p *reader) at(i int) token {
	if i < 0 || i >= len(p.toks) {
		return token{}
	}
	return p.toks[i]
}

// sep reports whether token i is one of the characters in seps.
func (p *reader) sep(i int, seps string) bool {
	k := p.at(i).kind
	return k != 0 && strings.IndexByte(seps, k) >= 0
}

// epoch reads a text that is one number and nothing else: seconds or milliseconds since
// 1970, or YYYYMMDD with or without hhmmss.
func (p *reader) epoch() (dateline.Date, bool) {
	if len(p.toks) != 1 || p.toks[0].kind != 'n' {
		return "", false
	}
	t := p.toks[0]
	switch len(t.text) {
	case 8:
		d := civil{t.num / 10000, t.num / 100 % 100, t.num % 100}
		return d.date(), d.valid()
	case 10:
		return unixDate(int64(t.num)), true
	case 13:
		return unixDate(int64(t.num / 1000)), true
	case 14:
		n := t.num
		d := civil{n / 1e10, n / 1e8 % 100, n / 1e6 % 100}
		c := clock{h: n / 1e4 % 100, m: n / 100 % 100, s: n % 100, ok: true}
		return d.at(c), d.valid() && c.valid()
	}
	return "", false
}

// A civil is a day of the Gregorian calendar. It is a whole month if d is 0, and a
// whole year if m and d are 0.
type civil struct{ y, m, d int }

// monthDays has the number of days of each month at its number, 29 for February. Its
// first entry is for dates without a month.
var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// valid reports whether there is such a day, month or year, from 1600 to 2100.
func (c civil) valid() bool {
	if c.y < 1600 || c.y > 2100 || c.m < 0 || c.m > 12 || c.d < 0 || c.m == 0 && c.d > 0 {
		return false
	}
	return c.d <= monthDays[c.m] && (c.m != 2 || c.d < 29 || leap(c.y))
}

// Of returns a day as a date: Of(2022, 2, 10) is "2022-02-10". It does not check
// that the calendar has such a day. With day 0 it returns a month, with month 0 a year.
func Of(year, month, day int) dateline.Date { return civil{year, month, day}.date() }

// date returns the day, month or year as a date without a time.
func (c civil) date() dateline.Date { return c.at(clock{}) }

// at returns the day as a date, with the time of day t if t.ok.
func (c civil) at(t clock) dateline.Date {
	var room [32]byte
	b := appendTwo(appendTwo(room[:0], c.y/100), c.y)
	if c.m > 0 {
		b = appendTwo(append(b, '-'), c.m)
	}
	if c.m > 0 && c.d > 0 {
		b = appendTwo(append(b, '-'), c.d)
	}
	if t.ok {
		b = appendTwo(append(b, 'T'), t.h)
		b = appendTwo(append(b, ':'), t.m)
		b = appendTwo(append(b, ':'), t.s)
		zone := t.zone
		if winter, ok := strings.CutPrefix(zone, isAmerican); ok {
			zone = inSummer(c, winter)
		}
		b = append(b, zone...)
	}
	return dateline.Date(text.Store(b))
}

// appendTwo appends the last two digits of a number.
func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10%10), byte('0'+n%10)) }

// day reads the day, month or year that begins at token i; next is the index of the
// token behind it. The methods that read one form each return the same.
func (p *reader) day(i int) (c civil, next int, ok bool) {
	t := p.at(i)
	switch t.kind {
	case 'n':
		if prev := p.at(i - 1); !t.space && (prev.kind == '.' || prev.kind == ',' || prev.kind == '/') && p.at(i-2).kind == 'n' {
			return c, 0, false // the middle of a longer number
		}
		if c, next, ok = p.compact(i); ok {
			return c, next, true
		}
		if c, next, ok = p.yearFirst(i); ok {
			return c, next, true
		}
		if c, next, ok = p.cjk(i); ok {
			return c, next, true
		}
		if c, next, ok = p.named(i); ok {
			return c, next, true
		}
		if c, next, ok = p.yearNamed(i); ok {
			return c, next, true
		}
		if c, next, ok = p.jalali(i); ok {
			return c, next, true
		}
		return p.numeric(i)
	case 'w':
		if c, next, ok = p.firstOfEra(i); ok {
			return c, next, true
		}
		return p.monthFirst(i)
	}
	return c, 0, false
}

// compact reads a day of eight digits, 20220210, at the end of the text or before a
// word, as in 20220210T112600Z.
func (p *reader) compact(i int) (c civil, next int, ok bool) {
	t := p.at(i)
	if len(t.text) != 8 || len(p.toks) > i+1 && p.at(i+1).kind != 'w' {
		return c, 0, false
	}
	c = civil{t.num / 10000, t.num / 100 % 100, t.num % 100}
	return c, i + 1, c.valid() && c.y > 1900
}

// yearFirst reads 2022-02-10, 2022/02/10, 2022.2.10 and 2022-02.
func (p *reader) yearFirst(i int) (c civil, next int, ok bool) {
	if len(p.at(i).text) != 4 || !p.sep(i+1, "-/.") || p.at(i+2).kind != 'n' {
		return c, 0, false
	}
	c.y, c.m = p.at(i).num, p.at(i+2).num
	sep := p.at(i + 1).kind
	if p.at(i+3).kind == sep && p.at(i+4).kind == 'n' && len(p.at(i+4).text) <= 2 {
		c.d = p.at(i + 4).num
		next = i + 5
		return c, next, c.valid() && c.m > 0 && c.d > 0
	}
	return c, i + 3, c.valid() && c.m > 0 && sep != '.' && len(p.at(i+2).text) == 2
}

// cjk reads 2022年2月10日, 2022년 2월 10일, and years of an era: 令和4年2月10日.
func (p *reader) cjk(i int) (c civil, next int, ok bool) {
	if !yearMarks.Has(p.at(i + 1).text) {
		return c, 0, false
	}
	y := p.at(i).num
	if before, ok := eraBefore(p.at(i - 1).text); ok && y < 200 {
		y += before
	}
	return p.monthDay(y, i+2)
}

// named reads 10 February 2022, 10. Februar 2022, 10 de febrero de 2022,
// 1er mars 2022, 10-Feb-2022, ngày 10 tháng 2 năm 2022.
func (p *reader) named(i int) (c civil, next int, ok bool) {
	c.d = p.at(i).num
	if c.d < 1 || c.d > 31 || len(p.at(i).text) > 2 {
		return c, 0, false
	}
	j := i + 1
	for n := 0; n < 3 && (p.sep(j, ".-,/'") || p.filler(j)); n++ {
		j++
	}
	if monthBefore.Has(p.at(j).text) && p.at(j+1).kind == 'n' {
		c.m = p.at(j + 1).num
		j++
	} else if c.m, ok = p.month(j); !ok {
		return c, 0, false
	}
	if m, ok := p.month(j + 2); ok && m == c.m && p.sep(j+1, "/-") {
		j += 2 // the same month by two names, as in آذار/مارس
	}
	j++
	for n := 0; n < 3 && (p.sep(j, ".-,/'") || p.filler(j)); n++ {
		j++
	}
	if c.y, ok = p.year(j); !ok {
		return c, 0, false
	}
	return c, j + 1, c.valid()
}

// yearNamed reads 2022. február 10., 2022 m. vasario 10 d., 2022. gada 10. februāris
// and 2022ko otsailaren 10a: the year first, a name for the month.
func (p *reader) yearNamed(i int) (c civil, next int, ok bool) {
	if len(p.at(i).text) != 4 {
		return c, 0, false
	}
	c.y = p.at(i).num
	j, said := i+1, false
	for n := 0; n < 3; n++ {
		switch w := p.at(j).text; {
		case yearWords.Has(w):
			said = true
		case w == "." || w == "," || w == "-" || w == "/":
		default:
			n = 3
			continue
		}
		j++
	}
	day := func(k int) bool {
		c.d = p.at(k).num
		return p.at(k).kind == 'n' && len(p.at(k).text) <= 2 && c.d > 0
	}
	if c.m, ok = p.month(j); ok {
		for j++; p.sep(j, ".-,/"); j++ {
		}
		if !day(j) {
			return c, 0, false
		}
	} else {
		if !said || !day(j) {
			return c, 0, false
		}
		for j++; p.sep(j, ".-"); j++ {
		}
		if c.m, ok = p.month(j); !ok {
			return c, 0, false
		}
	}
	for k := j + 1; k < j+3; k++ {
		if p.at(k).kind == 'n' && len(p.at(k).text) == 4 {
			return c, 0, false // "2023 March 11, 2024"
		}
	}
	return c, j + 1, c.valid()
}

// monthFirst reads February 10, 2022, Feb. 10th 2022, and February 2022.
func (p *reader) monthFirst(i int) (c civil, next int, ok bool) {
	if c.m, ok = p.month(i); !ok {
		return c, 0, false
	}
	j := i + 1
	for p.sep(j, ".,-/") || p.filler(j) {
		j++
	}
	if y, ok := p.year(j); ok && len(p.at(j).text) == 4 {
		// A month and a year without a day, as "February 2022". In "10 February
		// 2022" the month is not reached, since named reads that from its day on.
		c.y = y
		return c, j + 1, c.valid()
	}
	c.d = p.at(j).num
	if p.at(j).kind != 'n' || c.d < 1 || c.d > 31 || len(p.at(j).text) > 2 {
		return c, 0, false
	}
	j++
	if t := p.clock(j); t.valid() { // the form whose year stands at the end: Tue May 12 15:05:00 CEST 2026
		const behind = 12 // tokens that a time and its zone may take up
		for k := j + 3; k < j+behind; k++ {
			if y := p.at(k); y.kind == 'n' && len(y.text) == 4 && y.space && k+1 == len(p.toks) {
				c.y = y.num
				return c, j, c.valid()
			}
		}
	}
	for n := 0; n < 3 && (p.sep(j, ".,-/'") || p.filler(j)); n++ {
		j++
	}
	if c.y, ok = p.year(j); !ok || len(p.at(j).text) != 4 {
		return c, 0, false
	}
	return c, j + 1, c.valid()
}

// filler reports whether token i is a word between the parts of a date, as "de".
func (p *reader) filler(i int) bool {
	return dateWords.Has(p.at(i).text)
}

var dateWords, yearWords = words.NewSet("date-word"), words.NewSet("year-word")

// year reads the year at token i. A year of two digits is in this century and before
// 2040, and a year of the Buddhist era, as Thailand counts, is converted.
func (p *reader) year(i int) (int, bool) {
	t := p.at(i)
	if t.kind != 'n' {
		return 0, false
	}
	switch {
	case len(t.text) == 2 && p.at(i+1).kind != ':':
		return 2000 + t.num, t.num < 40 // a higher number is as likely a year of the last century
	case t.num >= 2400 && t.num < 2700: // Buddhist era
		return t.num - 543, true
	}
	return t.num, t.num >= 1600 && t.num <= 2100
}

// month reads the name of a month at token i: 1 to 12.
func (p *reader) month(i int) (int, bool) {
	t := p.at(i)
	if t.kind != 'w' {
		return 0, false
	}
	m := months.Number(t.text, p.lang)
	return m, m > 0
}

// numeric reads three numbers, the year last: 10.02.2022, 10/02/2022, 10-02-2022, and
// the same with a year of two digits. Where nothing tells which number is the month, it
// reads the year alone. In languages that write the year first, it reads 22.2.10.
func (p *reader) numeric(i int) (c civil, next int, ok bool) {
	a, b, y := p.at(i), p.at(i+2), p.at(i+4)
	sep := p.at(i + 1).kind
	if b.kind != 'n' || y.kind != 'n' || sep != p.at(i+3).kind || !p.sep(i+1, "./-") || len(a.text) > 2 || len(b.text) > 2 ||
		a.num < 1 || b.num < 1 {
		return c, 0, false
	}
	if len(y.text) == 2 && p.yearsFirst() {
		c = civil{2000 + a.num, b.num, y.num}
		return c, i + 5, a.num < 40 && p.at(i).space && c.valid()
	}
	if c.y, ok = p.year(i + 4); !ok || len(y.text) == 2 && sep != '.' && p.lang == "" {
		return c, 0, false
	}
	next = i + 5
	switch {
	case sep == '.' || a.num > 12 || p.dayFirst():
		c.d, c.m = a.num, b.num
	case b.num > 12 || p.monthBeforeDay() || a.num == b.num:
		c.m, c.d = a.num, b.num
	}
	return c, next, c.valid()
}

// yearsFirst reports whether the language never writes the year last.
func (p *reader) yearsFirst() bool { return yearFirst.Of(p.lang) }

var yearFirst = words.NewHabit("year-first")

// The characters that stand right behind the number of a year, a month and a day, as 年, and the words
// that stand before the number of a month, as Vietnamese "tháng".
var (
	yearMarks   = words.NewSet("year-mark")
	monthMarks  = words.NewSet("month-mark")
	dayMarks    = words.NewSet("day-mark")
	monthBefore = words.NewSet("month-before")
)

// firstIdeograph is where the Unicode block of the radicals of Chinese characters begins, behind which
// all of unitMarks lie.
const firstIdeograph = 0x2e80

// unitMarks returns the characters that part the numbers of a date or a time without spaces, from 年 to
// 秒: each is a token of its own.
var unitMarks = sync.OnceValue(func() map[rune]bool {
	marks := map[rune]bool{}
	for _, w := range words.All("year-mark", "month-mark", "day-mark", "hour-mark", "minute-mark", "second-mark") {
		if r, n := utf8.DecodeRuneInString(w); n == len(w) && r >= firstIdeograph {
			marks[r] = true
		}
	}
	return marks
})

// dayFirst reports whether texts in the language write the day before the month. It is
// false where that is not known.
func (p *reader) dayFirst() bool {
	if p.lang == "" || p.lang == "en" {
		return false // countries that write English differ
	}
	return !p.inRegion("month-first-region") && !p.inRegion("no-order-region")
}

// monthBeforeDay reports whether texts in the language and region write the month
// before the day, as in the United States.
func (p *reader) monthBeforeDay() bool { return p.inRegion("month-first-region") }

// inRegion reports whether the region in the language's tag, "US" in "en-US", is in a
// list of regions of that language's word lists.
func (p *reader) inRegion(list string) bool {
	lang, region, _ := strings.Cut(p.lang, "-")
	return region != "" && slices.ContainsFunc(words.Of(lang, list), func(e words.Entry) bool { return e.Text == region })
}

// months are the numbers of the months by their names and abbreviations. A name that
// means different months in different languages counts only where the language is known.
var months = words.NewTable("month", "month-short", "month-page").Own("month-own")

// WithoutDay returns a place without the day that stands behind it in a dateline:
// "KATHMANDU" for "KATHMANDU, April 25", "BERLIN" for "BERLIN, 3. Mai". It is "" for a
// day without a place.
func WithoutDay(lead string) string {
	i := strings.IndexFunc(lead, unicode.IsDigit)
	if i < 0 {
		return strings.Trim(lead, " ,")
	}
	p := reader{}
	p.split(lead)
	for k := range p.toks {
		if _, ok := p.month(k); !ok {
			continue
		}
		start := strings.Index(text.Lower(lead), p.toks[k].text)
		return strings.Trim(lead[:max(0, min(i, start))], " ,")
	}
	return strings.Trim(lead[:i], " ,")
}

// IsDay reports whether a word, in any case, is the name of a day of the week.
func IsDay(word string) bool { return weekdayNames.Has(text.Lower(word)) }

var weekdayNames = words.NewSet("weekday", "weekday-short")

// IsMonth reports whether a word is the name of a month in one of the languages of
// the word lists, in any case, and means the same month in all of them.
func IsMonth(word string) bool { return months.Everywhere(text.Lower(word)) > 0 }
