package when

import "time"

// weekdayOf is a day of the week: "Thursday", "last Thursday", "Thursday night".
func (f *finder) weekdayOf(s *slots) (result, bool) {
	t, ok := f.weekday(s.weekday)
	if !ok {
		return result{}, false
	}
	dated := f.refGrain == day
	switch {
	case f.endsRange() && s.ago == 0 && s.dayNum == 0 && !s.hasDir: // "Friday through Sunday"
		t = weekdayBeside(f.countFrom(f.lastDay, FromLast).first(), s.weekday, 1)
	case s.ago != 0 && !dated:
		return result{}, false
	case s.ago < 0 && s.unit == "W": // "two weeks ago Tuesday"
		t = f.ref.AddDate(0, 0, -(isoDay(f.ref)-s.weekday+7)%7-7*s.num)
	case s.ago < 0: // "two Sundays ago"
		t = f.ref.AddDate(0, 0, -(isoDay(f.ref)-s.weekday+6)%7-1-7*(s.num-1))
	case s.ago > 0: // "a week from Monday"
		t = f.ref.AddDate(0, 0, (s.weekday-isoDay(f.ref)+7)%7+7*s.num)
	case s.dayNum > 0 && dated: // "quinta-feira (10)"
		t = f.weekdayOn(t, s.weekday, s.dayNum)
	case s.that && (f.lastDay.grain != day || f.clauseFollows()): // "that Saturday when it snowed"
		return noTime, false
	case s.that:
		t = weekdayBeside(f.countFrom(f.lastDay, FromLast).first().AddDate(0, 0, -1), s.weekday, 1)
	case s.follow != 0 && f.lastDay.grain == day:
		t = weekdayBeside(f.countFrom(f.lastDay, FromLast).first(), s.weekday, s.follow)
	case s.hasDir && dated && s.flag == "week": // "Thursday of last week"
		t = f.ref.AddDate(0, 0, 7*s.dir-isoDay(f.ref)+s.weekday)
	case s.hasDir && dated && s.dir != 0:
		t = weekdayBeside(f.ref, s.weekday, s.dir)
	case s.hasDir && dated && f.tense() != past: // "this Friday"
		t = f.ref.AddDate(0, 0, (s.weekday-isoDay(f.ref)+7)%7)
	}
	return f.onPoint(pointAt(t, day), s, Relative)
}

// endsRange reports whether the expression at hand ends a stretch of days that the last day
// begins: "Friday through Sunday".
func (f *finder) endsRange() bool {
	if f.lastDay.grain != day || f.lastAt+1 != f.from-1 || !f.follows() {
		return false
	}
	by := &f.toks[f.from-1]
	return by.kinds&(1<<kThrough|1<<kTo|1<<kUntil) != 0 || by.flags&glued != 0 && f.text[by.start] == '-' || f.textOf(f.from-1) == "–"
}

// weekdayBeside returns the first day after from, or the last before it if dir
// is negative, that is weekday w.
func weekdayBeside(from time.Time, w, dir int) time.Time {
	gap := (w - isoDay(from) + 7) % 7
	switch {
	case dir < 0:
		gap -= 7
	case gap == 0:
		gap = 7
	}
	return from.AddDate(0, 0, gap)
}

// weekdayOn returns the first day within 20 days of the publication that is weekday w and
// day d of its month; t if there is none.
func (f *finder) weekdayOn(t time.Time, w, d int) time.Time {
	const weeks = 20 // in days, before and after: the same weekday has the same number again after 28 days at the earliest
	for back := weeks; back >= -weeks; back-- {
		if on := f.ref.AddDate(0, 0, -back); on.Day() == d && isoDay(on) == w {
			return on
		}
	}
	return t
}

// relativeDay is a day counted from the publication: "yesterday".
func (f *finder) relativeDay(s *slots) (result, bool) {
	t := &f.toks[f.from]
	if f.refGrain != day || t.kinds.has(kPart) && t.flags&(capital|opens) == capital && f.isWord(f.from-1) { // "ein regnerischer Morgen"
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
	if u.grain == day { // "next day" is the one after the last
		if f.last.grain != day || f.toks[f.from].flags&opens != 0 && s.dir == 0 { // "This day will not be forgotten"
			return result{}, false
		}
		from = f.countFrom(f.last, FromLast).first()
	}
	if f.narrative && f.last.grain != noGrain && s.dir == 0 {
		from = f.countFrom(f.last, FromLast).first()
	}
	if u.grain == weekend && s.dir == 0 && (isoDay(f.ref) <= 2 || s.flag == "the" && isoDay(f.ref) < 6 && f.tense() == past) { // "the weekend", and "this weekend" in what is past
		if t := f.tense(); t == past || t < future && s.flag == "the" {
			s.dir = -1
		}
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
	if s.follow == 0 && !s.that && f.elsewhere(u.grain) {
		from, f.base = f.ref, base{}
	} else if f.last.grain != noGrain && f.last.grain < u.grain && !(u.grain == season) {
		if f.narrative || s.follow != 0 || u.grain == day || !f.reach(u.grain) {
			return result{}, false // the day of a year is not known
		}
		from, f.base = f.ref, base{} // "the end of the month"
	}
	switch {
	case s.flag == "same" && (f.last.grain != day || !f.apposed()): // "the day after the wedding"
		return result{}, false
	case s.flag == "bare" && f.goesOn(): // "the year before he left"
		return result{}, false
	case s.follow == 0 && !s.that && f.clauseFollows(): // "the day he left"
		return noTime, false
	case s.follow != 0 && f.last.grain == noGrain: // "the next day"
		return noTime, false
	}
	p, ok := u.shift(from, s.follow)
	if !ok {
		return result{}, false
	}
	return f.onPoint(p, s, Relative)
}

// elsewhere reports whether the last date lies so far from the publication that "the year"
// in a report means the year of the publication rather than that of the last date: "born in
// 1980, he will leave by the end of the year".
func (f *finder) elsewhere(g grain) bool {
	return !f.narrative && !f.apposed() && g != day && f.reach(g) && f.last.grain != noGrain && (f.last.y < f.ref.Year()-1 || f.last.y > f.ref.Year()+1)
}

// clauseFollows reports whether a clause right after the expression at hand says which one is
// meant, so that it need not be the one last spoken of: "the summer she turned ten", "the
// night Rossi died".
func (f *finder) clauseFollows() bool {
	if f.to >= len(f.toks) || f.toks[f.to].flags&opens != 0 || f.to-f.from > 2 {
		return false
	}
	if f.from > 0 && f.toks[f.from-1].word.is(within) { // "in the morning she left"
		return false
	}
	t := &f.toks[f.to]
	return t.word.is(subject) || t.kinds.has(kClause) || f.isNamePart(f.to)
}

// apposed reports whether the expression at hand explains the one before it,
// from which only a comma or dash separates it: "on Monday, the day before".
func (f *finder) apposed() bool {
	return f.follows() && !f.isWord(f.from-1) && f.toks[f.from].flags&opens == 0
}

// follows reports whether exactly one token stands between the expression at hand and the one
// found before it.
func (f *finder) follows() bool {
	n := len(f.found)
	return n > 0 && f.from >= 2 && f.found[n-1].End == int(f.toks[f.from-2].end)
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
	if s.flag == "anchor" || s.flag == "bare" || s.flag == "told" && f.tense() == past {
		from, ok = f.anchor()
		ok = ok && (f.last.grain == noGrain && s.ago < 0 || f.last.grain >= u.grain || u.grain == season)
	}
	if u.grain == noGrain || !ok {
		return result{}, false
	}
	if n == 1 && u.grain == year && f.period.grain == quarter && s.ago < 0 {
		p := f.countFrom(f.period, FromPeriod)
		p.y--
		r, ok := f.onPoint(p, s, Relative)
		r.point = point{}
		return r, ok
	}
	p, ok := u.shift(from, n*s.ago)
	if !ok || s.flag != "" && f.refGrain == day && f.beyond(p) {
		return result{}, false
	}
	return f.onPoint(p, s, Relative)
}

// beyond reports whether p lies after the publication although the text does not
// tell of what is to come: "today, thirty years later".
func (f *finder) beyond(p point) bool {
	return p.first().After(f.ref) && f.tense() < future
}

// seasonOf is a season: "last winter", "the summer of 1998".
func (f *finder) seasonOf(s *slots) (result, bool) {
	if !s.hasYear && !s.hasDir && (f.clauseFollows() || f.inName()) {
		return noTime, false
	}
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
		case f.narrative && f.last.grain > year && (s.hasDir && s.dir != 0 || s.follow != 0):
			p.y = f.seasonBeside(s.season, s.dir+s.follow)
		case s.follow != 0:
			return noTime, false
		case f.narrative:
			if p.y = f.countFrom(f.last, FromLast).y; f.last.grain < year || f.last.grain == year && f.refGrain == noGrain {
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

// seasonBeside returns the year of the first season n after the last date, or of
// the last one before it if dir is negative.
func (f *finder) seasonBeside(n, dir int) int {
	from := f.countFrom(f.last, FromLast).first()
	at := pointAt(from, season)
	if from.Month() < time.March { // in the middle of its winter
		at.n = 0
	}
	if f.last.grain == season {
		at = f.last
	}
	switch {
	case dir > 0 && n <= at.n:
		return at.y + 1
	case dir < 0 && n >= at.n:
		return at.y - 1
	}
	return at.y
}

// quarterOf is a quarter or half of a year: "the third quarter of 1998".
func (f *finder) quarterOf(s *slots) (result, bool) {
	p := point{grain: quarter, y: s.year, n: s.ord}
	if f.ofGame(s) {
		return noTime, false
	}
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
			p.y = f.countFrom(f.last, FromLast).y
		} else if s.hasDir {
			p.y += s.dir
		} else if f.beyond(p) {
			p.y--
		}
	}
	return f.onPoint(p, s, basis)
}

// quarterTo resolves the quarter that ends near a day: the one that the text reports on if that
// is known, because a company's year can begin in any month, else that of the calendar.
func (f *finder) quarterTo(s *slots) (result, bool) {
	const middle = 45 // days from the end of a quarter to its middle
	if f.period.grain == quarter {
		return f.onPoint(f.countFrom(f.period, FromPeriod), s, Relative)
	}
	y, ok := s.year, s.hasYear
	if !ok {
		y, ok = f.yearOf(s.monthNum, s.dayNum)
	}
	if !ok || !validDay(y, s.monthNum, s.dayNum) {
		return result{}, false
	}
	return f.onPoint(pointAt(date(y, s.monthNum, s.dayNum).AddDate(0, 0, -middle), quarter), s, Relative)
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
	} else {
		f.countFrom(p, FromPeriod)
	}
	p.y += s.dir
	if s.hasYear {
		p.y = s.year
	}
	r, ok := f.onPoint(p, s, Relative)
	r.point = point{}
	return r, ok
}

// weekOf is a week by one of its days: "the week of March 6".
func (f *finder) weekOf(s *slots) (result, bool) {
	r, ok := f.dateOf(s)
	if !ok || r.point.grain != day {
		return r, false
	}
	return f.onPoint(pointAt(r.point.first(), week), s, r.basis)
}
