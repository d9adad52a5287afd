package when

import (
	"fmt"
	"strconv"
	"strings"
)

// A result is the meaning of an expression.
type result struct {
	typ, value, mod, basis string
	point                  point // zero if it is no point on the calendar
}

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
		if s.flag == "two" && s.year%10 != 0 {
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
		v := s.ref
		if v == "" {
			v = s.preset.value
		}
		return result{typ: "DATE", value: v, basis: Relative}, v != ""
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

// clock returns the part of the day, or the clock time, as a value has it.
func (s *slots) clock() (string, bool) {
	switch {
	case !s.hasHour && s.part == "":
		return "", true
	case !s.hasHour:
		if v, ok := map[string]string{"NOON": "T12:00", "MIDNIGHT": "T24:00"}[s.part]; ok {
			return v, true
		}
		return "T" + s.part, true
	}
	h, ok := s.hour24()
	return fmt.Sprintf("T%02d:%02d", h, s.minute), ok
}

// hour24 returns the hour of a clock time; ok is false if there is no such time.
func (s *slots) hour24() (h int, ok bool) {
	h = s.hour
	switch {
	case s.ampm == "pm" && h > 12, s.ampm == "am" && h > 12 || h > 24 || s.minute > 59:
		return 0, false
	case s.ampm == "pm" && h < 12, s.ampm == "" && h > 0 && h < 12 && (s.part == "AF" || s.part == "EV" || s.part == "NI" && h > 5):
		h += 12
	case s.ampm == "am" && h == 12:
		h = 0
	}
	return h, true
}

// dateOf is a day of a month: "14 March", "March 14, 2022".
func (f *finder) dateOf(s *slots) (result, bool) {
	d := s.dayNum
	if d == 0 {
		d = s.ord
	}
	m, y, basis := s.monthNum, s.year, Stated
	if p, ok := units["M"].shift(f.ref, s.dir); m == 0 && s.hasDir && s.unit == "M" && ok && f.refGrain >= month { // "the 14th of this month"
		m, y, basis = p.n, p.y, Relative
	}
	if m == 0 { // "the 14th"
		if f.last.grain != month && f.last.grain != day || f.refGrain == noGrain {
			return result{}, false
		}
		m, y, basis = f.last.n, f.last.y, Relative
	}
	if !s.hasYear && y == 0 {
		var ok bool
		if y, ok = f.yearOf(m, d); !ok {
			return result{}, false
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

// more is another day of the month, or the end of a range of years, right after
// one: "24 and 25", "1915-17".
func (f *finder) more(s *slots) (result, bool) {
	if len(f.found) == 0 || f.from < 2 || f.found[len(f.found)-1].End != int(f.toks[f.from-2].end) {
		return result{}, false
	}
	if last := f.toks[f.from-2].kinds; last&(1<<kDay|1<<kOrd|1<<kYear|1<<kOldYear) == 0 { // "on Thursday and 19"
		return result{}, false
	}
	if f.to < len(f.toks) { // "24 and 25 people", "24 and 25 were missing"
		t := &f.toks[f.to]
		counts := t.flags&(opens|capital) == 0 && t.word == nil && t.end-t.start > 4
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
		p.d, p.clock = d, ""
		return f.onPoint(p, &slots{}, Relative)
	case p.grain == year && s.hasYear && s.year%100 > p.y%100 && f.toks[f.from].flags&glued != 0:
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
	case s.that:
		p.y = f.last.y
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
	return t.flags&opens != 0 || f.toks[f.from-1].flags&capital != 0 && f.toks[f.from-1].word == nil
}

// looksLikeYear reports whether a bare number of four digits is a year by its
// size and by what touches it.
func (f *finder) looksLikeYear(y int) bool {
	start, end := int(f.toks[f.from].start), int(f.toks[f.from].end)
	if y < 1500 || y > 2100 || y%100 == 0 && y != 2000 {
		return false
	}
	if start > 0 && strings.IndexByte("_:/=.#&$@%+*", f.text[start-1]) >= 0 || strings.HasSuffix(f.text[:start], "£") || strings.HasSuffix(f.text[:start], "€") {
		return false
	}
	return end+1 >= len(f.text) || strings.IndexByte("_:=%&@", f.text[end]) < 0 || f.text[end+1] <= ' '
}

// yearPoint is a year: "1998", "fiscal 1998", "479 BC".
func (f *finder) yearPoint(s *slots) (result, bool) {
	p := point{grain: year, y: s.year}
	if f.to-f.from == 1 && s.flag == "" && !f.looksLikeYear(s.year) {
		return result{}, false
	}
	if s.monthNum > 0 {
		p.grain, p.n = month, s.monthNum
	}
	return f.onPoint(p, s, Stated)
}

// weekdayOf is a day of the week: "Thursday", "last Thursday", "Thursday night".
func (f *finder) weekdayOf(s *slots) (result, bool) {
	t, ok := f.weekday(s.weekday)
	if !ok {
		return result{}, false
	}
	if s.hasDir && f.refGrain == day {
		gap := (isoDay(f.ref) - s.weekday + 7) % 7
		switch {
		case s.dir < 0 && s.flag == "week": // "Thursday of last week"
			t = f.ref.AddDate(0, 0, -7-isoDay(f.ref)+s.weekday)
		case s.dir > 0 && s.flag == "week":
			t = f.ref.AddDate(0, 0, 7-isoDay(f.ref)+s.weekday)
		case s.flag == "week":
			t = f.ref.AddDate(0, 0, -isoDay(f.ref)+s.weekday)
		case s.dir == 0 && f.tense() != past: // "this Friday"
			t = f.ref.AddDate(0, 0, (7-gap)%7)
		case s.dir < 0:
			if gap == 0 {
				gap = 7
			}
			t = f.ref.AddDate(0, 0, -gap)
		case s.dir > 0:
			t = f.ref.AddDate(0, 0, 7-gap)
		}
	}
	if s.follow != 0 && f.lastDay.grain == day {
		from := f.lastDay.first()
		gap := (s.weekday - isoDay(from) + 7) % 7
		if gap == 0 {
			gap = 7
		}
		if s.follow < 0 {
			gap -= 7
			if gap == 0 {
				gap = -7
			}
		}
		t = from.AddDate(0, 0, gap)
	}
	if s.dayNum > 0 { // "quinta-feira (10)"
		for back := 20; back >= -20; back-- {
			if d := f.ref.AddDate(0, 0, -back); f.refGrain == day && d.Day() == s.dayNum && isoDay(d) == s.weekday {
				return f.onPoint(pointAt(d, day), s, Relative)
			}
		}
	}
	switch {
	case s.ago != 0 && f.refGrain != day:
		return result{}, false
	case s.ago < 0: // "two Sundays ago"
		t = f.ref.AddDate(0, 0, -(isoDay(f.ref)-s.weekday+6)%7-1-7*(s.num-1))
	case s.ago > 0: // "a week from Monday"
		t = f.ref.AddDate(0, 0, (s.weekday-isoDay(f.ref)+7)%7+7*s.num)
	}
	return f.onPoint(pointAt(t, day), s, Relative)
}

// relativeDay is a day counted from the publication: "yesterday".
func (f *finder) relativeDay(s *slots) (result, bool) {
	if f.refGrain != day {
		return result{}, false
	}
	return f.onPoint(pointAt(f.ref.AddDate(0, 0, s.rel), day), s, Relative)
}

// reach reports whether the publication date is known to the grain g.
func (f *finder) reach(g grain) bool {
	return f.refGrain == day || f.refGrain == month && (g <= quarter || g == month) || f.refGrain == year && g <= year
}

// unitOf is a unit of the calendar: "last year", "this week".
func (f *finder) unitOf(s *slots) (result, bool) {
	u := units[s.unit]
	if u.grain == noGrain || f.refGrain == noGrain || !f.reach(u.grain) {
		return result{}, false
	}
	from := f.ref
	if f.narrative && f.last.grain != noGrain && s.dir == 0 && s.flag != "now" {
		from = f.last.first()
	}
	if u.grain == weekend && s.dir == 0 && isoDay(f.ref) <= 2 && f.tense() < future {
		s.dir = -1
	}
	p, ok := u.shift(from, s.dir)
	if !ok {
		return result{}, false
	}
	return f.onPoint(p, s, Relative)
}

// thatUnit is a unit around or beside the last date: "that year", "the next day".
func (f *finder) thatUnit(s *slots) (result, bool) {
	u := units[s.unit]
	from, ok := f.anchor()
	if u.grain == noGrain || !ok || f.last.y < 0 && u.grain > month {
		return result{}, false
	}
	if f.last.grain != noGrain && f.last.grain < u.grain && !(u.grain == season) {
		if f.narrative || s.follow != 0 || u.grain == day || !f.reach(u.grain) {
			return result{}, false // the day of a year is not known
		}
		from = f.ref // "the end of the month"
	}
	if s.flag == "near" && (f.lastDay.grain != day || !f.near(f.lastAt)) {
		return result{}, false // "the day after the wedding"
	}
	p, ok := u.shift(from, s.follow)
	if !ok {
		return result{}, false
	}
	return f.onPoint(p, s, Relative)
}

// ago is a distance from the publication or the last date: "two years ago",
// "three days later".
func (f *finder) ago(s *slots) (result, bool) {
	u := units[s.unit]
	n := s.num
	if s.vague || !s.hasNum && s.plural {
		v := "PAST_REF"
		if s.ago > 0 {
			v = "FUTURE_REF"
		}
		return result{typ: "DATE", value: v, basis: Relative}, true
	}
	if !s.hasNum {
		n = 1
	}
	from, ok := f.ref, f.reach(u.grain)
	if s.flag == "bare" && f.goesOn() {
		return result{}, false // "two days before the vote"
	}
	if s.flag == "anchor" || s.flag == "bare" {
		from, ok = f.anchor()
		ok = ok && (f.last.grain == noGrain || f.last.grain >= u.grain || u.grain == season)
	}
	if u.grain == noGrain || !ok {
		return result{}, false
	}
	if n == 1 && u.grain == year && f.period.grain == quarter && s.ago < 0 {
		p := f.period
		p.y--
		r, ok := f.onPoint(p, s, Relative)
		r.point = point{}
		return r, ok
	}
	p, ok := u.shift(from, n*s.ago)
	if !ok {
		return result{}, false
	}
	return f.onPoint(p, s, Relative)
}

// seasonOf is a season: "last winter", "the summer of 1998".
func (f *finder) seasonOf(s *slots) (result, bool) {
	p := point{grain: season, y: s.year, n: s.season}
	basis := Stated
	if !s.hasYear {
		basis = Relative
		switch {
		case s.hasDir && s.flag == "year":
			if f.refGrain == noGrain {
				return result{}, false
			}
			p.y = f.ref.Year() + s.dir
		case f.narrative:
			if p.y = f.last.y; f.last.grain < year {
				return result{}, false
			}
		default:
			if f.refGrain < month {
				return result{}, false
			}
			p.y = f.ref.Year()
			now := int(f.ref.Month()) / 3
			switch t := f.tense(); {
			case s.hasDir && s.dir < 0 && p.n >= now, !s.hasDir && t == past && p.n > now:
				p.y--
			case s.hasDir && s.dir > 0 && p.n <= now, !s.hasDir && t >= future && p.n < now:
				p.y++
			}
		}
	}
	return f.onPoint(p, s, basis)
}

// quarterOf is a quarter or half of a year: "the third quarter of 1998".
func (f *finder) quarterOf(s *slots) (result, bool) {
	p := point{grain: quarter, y: s.year, n: s.ord}
	if p.n == 0 {
		p.n = s.dayNum
	}
	if s.unit == "HY" || s.flag == "half" {
		p.grain = half
	}
	switch s.flag {
	case "months": // "the April-June quarter"
		p.n = s.monthNum / 3
		if s.monthNum%3 != 0 {
			return result{}, false
		}
	case "ended": // "the quarter ended Sept. 30"
		return f.quarterTo(s)
	}
	if p.n < 1 || p.n > 4 || p.grain == half && p.n > 2 {
		return result{}, false
	}
	basis := Stated
	if !s.hasYear {
		basis = Relative
		if f.refGrain < month {
			return result{}, false
		}
		p.y = f.ref.Year()
		if f.narrative && f.last.grain >= year {
			p.y = f.last.y
		} else if s.hasDir {
			p.y += s.dir
		} else if p.first().After(f.ref) && f.tense() < future {
			p.y--
		}
	}
	return f.onPoint(p, s, basis)
}

// quarterTo is the quarter that ends near a day, or the one that the text
// reports on: the years of companies begin as they like.
func (f *finder) quarterTo(s *slots) (result, bool) {
	if f.period.grain == quarter {
		return f.onPoint(f.period, s, Relative)
	}
	y, ok := s.year, s.hasYear
	if !ok {
		y, ok = f.yearOf(s.monthNum, s.dayNum)
	}
	if !ok || !validDay(y, s.monthNum, s.dayNum) {
		return result{}, false
	}
	return f.onPoint(pointAt(date(y, s.monthNum, s.dayNum).AddDate(0, 0, -45), quarter), s, Relative)
}

// periodOf is the quarter that an article reports on, or the same quarter of
// another year: "the quarter", "the year-earlier period".
func (f *finder) periodOf(s *slots) (result, bool) {
	p := f.period
	if p.grain != quarter {
		if s.flag == "" && f.refGrain != noGrain && !s.hasYear {
			return f.onPoint(point{grain: year, y: f.ref.Year() + s.dir}, s, Relative)
		}
		if s.flag != "quarter" || f.refGrain < month {
			return result{}, false
		}
		p = pointAt(f.ref.AddDate(0, -2, 0), quarter)
	}
	p.y += s.dir
	if s.hasYear {
		p.y = s.year
	}
	r, ok := f.onPoint(p, s, Relative)
	r.point = point{}
	return r, ok
}

// duration is a length of time: "three days", "several years".
func (f *finder) duration(s *slots) (result, bool) {
	u, ok := units[s.unit]
	if !ok {
		return result{}, false
	}
	n := "X"
	switch {
	case s.vague && s.recent && s.unit == "Y":
		return result{typ: "DATE", value: "PAST_REF", basis: Relative}, true
	case s.vague:
	case s.hasNum && s.frac > 0:
		return f.halves(u, s)
	case s.hasNum:
		n = strconv.Itoa(s.num)
		if s.tenths > 0 {
			n += "." + strconv.Itoa(s.tenths)
		}
	case !s.plural:
		n = "1"
	}
	if s.unit == "Q" && n != "1" && n != "X" {
		u, n = units["M"], strconv.Itoa(3*s.num)
	}
	return result{typ: "DURATION", value: u.duration(n), basis: Stated}, true
}

// halves is a length with a half: "two and a half years" is P2Y6M.
func (f *finder) halves(u unit, s *slots) (result, bool) {
	lesser := map[string]string{"Y": "6M", "M": "15D", "D": "T12H", "TH": "30M", "TM": "30S"}[u.suffix]
	v := u.duration(strconv.Itoa(s.num))
	switch {
	case s.frac != 2 || lesser == "":
		v = u.duration(strconv.Itoa(s.num) + ".5")
	case s.num == 0 && u.suffix[0] == 'T':
		v = "PT" + lesser
	case s.num == 0:
		v = "P" + lesser
	default:
		v += lesser
	}
	return result{typ: "DURATION", value: v, basis: Stated}, true
}

// set is what recurs: "every Monday", "daily".
func (f *finder) set(s *slots) (result, bool) {
	r := result{typ: "SET", basis: Stated}
	switch {
	case s.freq != "":
		r.value = s.freq
	case s.weekday > 0:
		clock, ok := s.clock()
		if !ok {
			return r, false
		}
		r.value = "XXXX-WXX-" + strconv.Itoa(s.weekday) + clock
	case s.monthNum > 0 && s.dayNum > 0:
		r.value = fmt.Sprintf("XXXX-%02d-%02d", s.monthNum, s.dayNum)
	case s.monthNum > 0:
		r.value = fmt.Sprintf("XXXX-%02d", s.monthNum)
	case s.season > 0:
		r.value = "XXXX-" + seasonNames[s.season]
	case s.part != "":
		r.value = "XXXX-XX-XXT" + s.part
	default:
		u, ok := units[s.unit]
		if !ok {
			return r, false
		}
		r.value = u.duration(strconv.Itoa(max(s.num, 1)))
	}
	return r, true
}

// partOf is a part of a day: "this morning", "last night", "that evening".
func (f *finder) partOf(s *slots) (result, bool) {
	from, ok := f.ref, f.refGrain == day
	if (s.that || s.follow != 0 || !s.hasDir) && f.lastDay.grain == day {
		from, ok = f.lastDay.first(), true
	}
	if !ok || f.narrative && f.lastDay.grain != day {
		return result{}, false
	}
	return f.onPoint(pointAt(from.AddDate(0, 0, s.dir+s.follow), day), s, Relative)
}

// clockOf is a time of day, on the last day spoken of or that of publication.
func (f *finder) clockOf(s *slots) (result, bool) {
	clock, ok := s.clock()
	if !ok || clock == "" {
		return result{}, false
	}
	switch {
	case s.weekday > 0:
		return f.weekdayOf(s)
	case f.lastDay.grain == day && (f.narrative || f.near(f.lastAt)) && !(f.lastDay.first().Equal(f.ref) && f.afterPublication(s)):
		return f.onPoint(f.lastDay, s, Relative)
	case f.refGrain == day && !f.narrative && !f.afterPublication(s):
		return f.onPoint(pointAt(f.ref, day), s, Relative)
	}
	return result{typ: "TIME", value: "XXXX-XX-XX" + clock, basis: Stated}, true
}

// afterPublication reports whether a clock that the text tells as past was still
// to come when it was published: the day is another.
func (f *finder) afterPublication(s *slots) bool {
	return s.hasHour && !s.zone && f.refClock >= 0 && s.minuteOfDay() > f.refClock && f.tense() == past
}

// minuteOfDay returns the clock in minutes from midnight.
func (s *slots) minuteOfDay() int {
	h, _ := s.hour24()
	return 60*h + s.minute
}

// weekOf is a week by one of its days: "the week of March 6".
func (f *finder) weekOf(s *slots) (result, bool) {
	r, ok := f.dateOf(s)
	if !ok || r.point.grain != day {
		return r, false
	}
	return f.onPoint(pointAt(r.point.first(), week), s, r.basis)
}
