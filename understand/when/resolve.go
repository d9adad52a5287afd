package when

import (
	"strings"
	"time"
	"unicode/utf8"
)

// A result is the meaning of an expression.
type result struct {
	typ, value, mod, basis string
	point                  point // zero if it is no point on the calendar
	skip                   bool  // the words mean no time, and none of them is to be tried again
}

// noTime is the result of words that look like a time but are a name or the like, or mean a
// time that cannot be known.
var noTime = result{skip: true}

// resolve performs the action of a rule on what its pattern found; ok is false
// if the words mean no time, or none that can be known.
func (f *finder) resolve(action string, s *slots) (r result, ok bool) {
	switch action {
	case "date":
		return f.dateOf(s)
	case "numdate":
		if s.date.y == 0 {
			s.dayNum, s.monthNum = int(s.date.d), int(s.date.m)
			return f.dateOf(s)
		}
		return f.onPoint(point{grain: day, y: int(s.date.y), n: int(s.date.m), d: int(s.date.d)}, s, Stated)
	case "month":
		return f.monthOf(s)
	case "year":
		return f.yearPoint(s)
	case "decade":
		if f.to > f.from && f.toks[f.to-1].end-f.toks[f.to-1].start <= maxTwoDigits && f.measures() {
			return noTime, false
		}
		if s.flag == "two" && s.year%10 != 0 || s.year < 1000 && s.flag != "bc" || f.touched() {
			return r, false
		}
		return f.onPoint(point{grain: decade, y: s.year / 10 * 10}, s, Stated)
	case "century":
		if s.ord == 0 {
			s.ord = s.dayNum
		}
		if s.ord < 1 || s.ord > 30 {
			return r, false
		}
		return f.onPoint(point{grain: century, y: 100 * (s.ord - 1)}, s, Stated)
	case "weekday":
		return f.weekdayOf(s)
	case "relday":
		return f.relativeDay(s)
	case "unit":
		return f.unitOf(s)
	case "that":
		return f.thatUnit(s)
	case "ago":
		return f.ago(s)
	case "season":
		return f.seasonOf(s)
	case "quarter":
		return f.quarterOf(s)
	case "period":
		return f.periodOf(s)
	case "duration":
		return f.duration(s)
	case "set":
		return f.set(s)
	case "ref":
		return f.refOf(s)
	case "holiday":
		return f.holidayOf(s)
	case "part":
		return f.partOf(s)
	case "clock":
		return f.clockOf(s)
	case "nth":
		return f.nthDay(s)
	case "more":
		return f.more(s)
	case "weekof":
		return f.weekOf(s)
	}
	return r, false
}

// maxTwoDigits is how long a decade is that is written with two digits: "’60s".
const maxTwoDigits = 4

// refOf resolves a vague time: "now", "recently". A "Now," that opens a sentence only leads on
// to it and means no time.
func (f *finder) refOf(s *slots) (result, bool) {
	v := s.ref
	if v == "" {
		v = s.preset.value
	}
	if v == "PRESENT_REF" && f.toks[f.from].flags&opens != 0 && f.to < len(f.toks) && f.textOf(f.to) == "," {
		return noTime, false
	}
	return result{typ: "DATE", value: v, basis: Relative}, v != ""
}

// onPoint makes a result of a point, with the part of the day or the clock that
// the words name.
func (f *finder) onPoint(p point, s *slots, basis string) (result, bool) {
	if p.y == 0 || p.y < -9999 || p.y > 9999 {
		return result{}, false
	}
	if s.flag == "bc" {
		p.y = -p.y
	}
	typ := "DATE"
	if p.grain == day {
		clock, ok := s.clock()
		if !ok {
			return result{}, false
		}
		p.clock = clock
	}
	if p.clock != "" && p.grain == day {
		typ = "TIME"
	}
	return result{typ: typ, value: p.String(), basis: basis, point: p}, true
}

// dateOf is a day of a month: "14 March", "March 14, 2022".
func (f *finder) dateOf(s *slots) (result, bool) {
	d := s.dayNum
	if d == 0 {
		d = s.ord
	}
	if k := f.to - 1; k > f.from && f.toks[k].kinds.has(kOrd) && f.toks[k].flags&digits == 0 && f.toks[k-1].kinds.has(kDet) && f.goesOn() && f.toks[f.to].kinds == 0 && f.toks[f.to].flags&capital == 0 {
		return result{}, false // "in October the first ship left"
	}
	m, y, basis := s.monthNum, s.year, Stated
	if p, ok := units["M"].shift(f.ref, s.dir); m == 0 && s.hasDir && s.unit == "M" && ok && f.refGrain >= month { // "the 14th of this month"
		m, y, basis = p.n, p.y, Relative
	}
	if m == 0 && s.hasDir && s.unit == "" && s.dir != 0 { // "el pasado día 3"
		return f.dayBeside(d, s)
	}
	if m == 0 { // "the 14th"
		if f.last.grain != month && f.last.grain != day || f.refGrain == noGrain {
			return result{}, false
		}
		p, ok := f.monthOfDay(d)
		if !ok {
			return result{}, false
		}
		m, y, basis = p.n, p.y, Relative
	}
	if !s.hasYear && y == 0 {
		if f.ofEvent(m, d) {
			return noTime, false
		}
		var ok bool
		if y, ok = f.yearOf(m, d); !ok {
			return result{}, false
		}
		if s.weekday > 0 {
			y = yearByWeekday(y, m, d, s.weekday)
		}
		if s.hasDir && s.unit == "" {
			y = f.ref.Year()
			if s.flag == "year" || s.dir < 0 && date(y, m, d).After(f.ref) {
				y += s.dir
			}
		}
		basis = Relative
	}
	if !validDay(y, m, d) {
		return result{}, false
	}
	return f.onPoint(point{grain: day, y: y, n: m, d: d}, s, basis)
}

// monthOfDay returns the month of day d, which the text names by its number alone: that of the last day or month, “Jan. 12 and
// again on the 19th”, or, of what is still to come, the next month in which the day lies ahead: “It meets again on the 21st.” ok is
// false where the number counts or ranks something, “the 30th floor”, or the last day is too far off.
func (f *finder) monthOfDay(d int) (p point, ok bool) {
	const beside, afar = 5, 40 // tokens behind the last day, in a list of days and elsewhere
	if f.to < len(f.toks) {
		if t := &f.toks[f.to]; t.flags&opens == 0 && (t.word == nil || t.kinds == 0) && f.isWord(f.to) {
			return p, false
		}
	}
	lists := f.from > 1 && (f.textOf(f.from-1) == "," || f.toks[f.from-1].kinds.has(kJoin))
	if f.from-f.lastTok > afar || lists && f.from-f.lastTok > beside {
		return p, false
	}
	if f.toks[f.from+1].flags&digits == 0 { // "on the first"
		return p, false
	}
	p = f.last
	if f.tense() >= future && f.refGrain == day && validDay(p.y, p.n, d) && date(p.y, p.n, d).Before(f.ref) {
		return pointAt(f.numbered(d, 1), month), true
	}
	f.countFrom(f.last, FromLast)
	return p, true
}

// dayBeside is the first day of that number after the publication, or the last
// before it.
func (f *finder) dayBeside(d int, s *slots) (result, bool) {
	if f.refGrain != day || d < 1 || d > 31 {
		return result{}, false
	}
	return f.onPoint(pointAt(f.numbered(d, s.dir), day), s, Relative)
}

// numbered returns the first day after the publication whose number in its month is d, from 1 to 31, or, with a dir of
// -1, the last before it.
func (f *finder) numbered(d, dir int) time.Time {
	t := f.ref.AddDate(0, 0, dir)
	for t.Day() != d { // every number comes within two months
		t = t.AddDate(0, 0, dir)
	}
	return t
}

// more resolves a number right after a date that is another day of the same month, "24 and
// 25", or the last year of a range, "1915-17".
func (f *finder) more(s *slots) (result, bool) {
	if !f.follows() {
		return result{}, false
	}
	if last := f.toks[f.from-2].kinds; last&(1<<kDay|1<<kOrd|1<<kYear|1<<kOldYear) == 0 { // "on Thursday and 19"
		return result{}, false
	}
	if f.to < len(f.toks) && f.toks[f.from].flags&glued == 0 { // "24 and 25 people", "24 and 25 were missing"
		t := &f.toks[f.to]
		const minCounted = 5 // bytes of a word that is not known to be a small one of the grammar
		counts := t.flags&(opens|capital) == 0 && t.word == nil && t.end-t.start >= minCounted
		if counts || f.textOf(f.from-1) == "and" && t.kinds&(1<<kDid|1<<kIs|1<<kDoes|1<<kWill|1<<kMay) != 0 {
			return result{}, false
		}
	}
	d := s.dayNum
	if d == 0 {
		d = s.ord
	}
	switch p := f.last; {
	case p.grain == day && d > p.d && validDay(p.y, p.n, d) && (!s.hasYear || s.year == p.y):
		f.countFrom(p, FromLast)
		p.d, p.clock = d, ""
		return f.onPoint(p, &slots{}, Relative)
	case p.grain == year && s.hasYear && s.year%100 > p.y%100 && f.toks[f.from].flags&glued != 0:
		f.countFrom(p, FromLast)
		p.y += s.year%100 - p.y%100
		return f.onPoint(p, &slots{}, Relative)
	}
	return result{}, false
}

// monthOf is a month: "March", "last March", "March 2022", "March last year".
func (f *finder) monthOf(s *slots) (result, bool) {
	p := point{grain: month, y: s.year, n: s.monthNum}
	switch {
	case s.hasYear:
		return f.onPoint(p, s, Stated)
	case f.isName(s):
		return result{}, false
	case s.that && f.to < len(f.toks) && f.toks[f.to].flags&opens == 0 && f.toks[f.to].kinds&(1<<kMay|1<<kWill) != 0:
		return noTime, false // "say that May must go"
	case s.that && f.from > 0 && (f.toks[f.from-1].kinds&(1<<kSaid|1<<kDid|1<<kDoes) != 0 || f.toks[f.from-1].flags&pastForm != 0):
		return result{}, false // "said that March was cold"
	case s.that:
		p.y = f.countFrom(f.last, FromLast).y
		if f.last.grain < year {
			return result{}, false
		}
	case s.hasDir && f.refGrain == noGrain:
		return result{}, false
	case s.hasDir && s.flag == "year":
		p.y = f.ref.Year() + s.dir
	case s.hasDir:
		p.y = f.ref.Year()
		switch m := int(f.ref.Month()); {
		case s.dir < 0 && p.n >= m:
			p.y--
		case s.dir > 0 && p.n <= m:
			p.y++
		}
	default:
		var ok bool
		if p.y, ok = f.yearOf(p.n, 0); !ok {
			return result{}, false
		}
	}
	return f.onPoint(p, s, Relative)
}

// isName reports whether a month that stands alone may be a name instead:
// "May said", "Theresa May".
func (f *finder) isName(s *slots) bool {
	if f.to-f.from != 1 || s.hasDir || s.that {
		return false
	}
	t := &f.toks[f.from]
	if w := t.word.sense(kMonth); w == nil || !w.proper {
		return false
	}
	if t.flags&opens != 0 {
		return true
	}
	before := &f.toks[f.from-1]
	next := f.to < len(f.toks) && f.toks[f.to].flags&(capital|opens) == capital
	return before.flags&capital != 0 && (before.kinds == 0 || before.flags&opens == 0 && next) // "Theresa May", "It May Rain"
}

// A number of four digits without other words is taken for a year from firstBareYear to
// lastBareYear. Other numbers are mostly counts, and so are multiples of 100 except 2000.
const (
	firstBareYear = 1500
	lastBareYear  = 2100
)

// looksLikeYear reports whether a bare number of four digits is a year by its
// size and by what touches it.
func (f *finder) looksLikeYear(y int) bool {
	if y < firstBareYear || y > lastBareYear || y%100 == 0 && y != 2000 || f.touched() {
		return false
	}
	end := int(f.toks[f.from].end)
	return end+1 >= len(f.text) || strings.IndexByte("_:=%&@", f.text[end]) < 0 || f.text[end+1] <= ' '
}

// countsOrNumbers reports whether the number at hand counts what follows it or
// is the number of what it follows: "1500 people", "resolution 1701".
func (f *finder) countsOrNumbers() bool {
	if f.to < len(f.toks) && f.toks[f.to].word.is(counted) {
		return true
	}
	return f.from > 0 && f.toks[f.from-1].word.is(numbered)
}

// touched reports whether a sign right before the expression at hand shows that its number
// is no year: "$1990", "#2000".
func (f *finder) touched() bool {
	before := f.text[:f.toks[f.from].start]
	c, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && strings.ContainsRune("_:/=.#&$@%+*£€", c)
}

// yearPoint is a year: "1998", "fiscal 1998", "479 BC".
func (f *finder) yearPoint(s *slots) (result, bool) {
	p := point{grain: year, y: s.year}
	if f.to-f.from == 1 && (f.countsOrNumbers() || s.flag == "" && !f.looksLikeYear(s.year)) {
		return result{}, false
	}
	if f.toks[f.from].kinds.has(kApprox) && f.goesOn() && f.toks[f.to].kinds == 0 && f.toks[f.to].flags&capital == 0 { // "about 2000 pages"
		return noTime, false
	}
	if f.isTitleYear(s) {
		return noTime, false
	}
	if s.monthNum > 0 {
		p.grain, p.n = month, s.monthNum
	}
	return f.onPoint(p, s, Stated)
}
