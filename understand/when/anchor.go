package when

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// near reports whether the expression at hand can mean a time of the last day, which the text
// spoke of at token i: in the same sentence or, if that day lies within eight days of the
// publication, in the same paragraph.
func (f *finder) near(i int) bool {
	const beyond = 8 // days from the publication, more than a week
	days := f.lastDay.first().Sub(f.ref).Hours() / 24
	stop := opens
	if days > -beyond && days < beyond {
		stop = barrier
	}
	at := i
	if f.looked.at == at && f.looked.stop == stop { // the tokens up to looked.to were examined before
		i = max(i, min(f.looked.to, f.from))
	}
	for ; i < f.from; i++ {
		if f.toks[i+1].flags&stop != 0 {
			return false
		}
	}
	f.looked.at, f.looked.to, f.looked.stop = at, i, stop
	return true
}

// goesOn reports whether a word or number of the same sentence follows the expression at
// hand directly.
func (f *finder) goesOn() bool {
	return f.to < len(f.toks) && f.toks[f.to].flags&opens == 0 && f.isWord(f.to)
}

// isWord reports whether token i is a word or a number, no mark.
func (f *finder) isWord(i int) bool {
	c, _ := utf8.DecodeRuneInString(f.text[f.toks[i].start:])
	return unicode.IsLetter(c) || unicode.IsDigit(c)
}

// isTitle reports whether the expression at hand is written as a name, with
// capitals within a sentence: "CBS This Morning".
func (f *finder) isTitle() bool {
	for i := f.from; i < f.to; i++ {
		if f.toks[i].flags&capital == 0 || f.toks[i].flags&opens != 0 {
			return false
		}
	}
	return true
}

// inName reports whether the last word of the expression at hand is a part of a
// longer name: "Prague Spring", "Easter Rising".
func (f *finder) inName() bool {
	last := f.to - 1
	if f.toks[last].flags&(capital|opens) != capital || f.toks[last].end-f.toks[last].start < 2 || f.text[f.toks[last].start+1]-'A' < 26 { // not in "XMAS CAKE"
		return false
	}
	if f.to < len(f.toks) && f.toks[f.to].flags&opens == 0 && f.isNamePart(f.to) {
		return true
	}
	return f.from == last && f.from > 0 && f.toks[f.from-1].flags&opens == 0 && f.isNamePart(f.from-1)
}

// titled reports whether the expression at hand is the title of something, because one of its
// common words is written with a capital within a sentence: "60 Minutes", "Saturday Night
// Live". An expression of one word must also stand beside a name or between quotation
// marks: "USA Today", the "Today" show.
func (f *finder) titled(action string) bool {
	if !f.lang.capitalNames || action == "holiday" {
		return false
	}
	if f.to-f.from == 1 && !f.inName() {
		written := f.toks[f.from].flags&(capital|glued) == capital|glued
		return written && f.isQuoteMark(f.from-1) && (f.isQuoteMark(f.to) || f.isQuoteMark(f.to+1) && f.parts(f.to))
	}
	for i := f.from; i < f.to; i++ {
		t := &f.toks[i]
		if t.flags&(capital|opens) == capital && t.kinds&common != 0 && t.end > t.start+1 && f.text[t.start+1]-'a' < 26 && (i > f.from || i > 0 && f.isWord(i-1)) {
			return true
		}
	}
	return false
}

// isQuoteMark reports whether token i is a quotation mark.
func (f *finder) isQuoteMark(i int) bool {
	if i < 0 || i >= len(f.toks) {
		return false
	}
	switch f.textOf(i) {
	case `"`, "'", "“", "”", "‘", "’", "`":
		return true
	}
	return false
}

// isNamePart reports whether token i is an unknown word with a capital letter
// that makes it a name.
func (f *finder) isNamePart(i int) bool {
	return f.lang.capitalNames && f.toks[i].word == nil && f.toks[i].flags&capital != 0
}

// leader returns the word of class k that stands before the expression at hand,
// perhaps with one or two articles or prepositions between: "bis zum", "tot en
// met". It is nil if there is none.
func (f *finder) leader(k kind) *token {
	const within = 3 // tokens: two links and the leader
	for i := f.from - 1; i >= max(0, f.from-within); i-- {
		t := &f.toks[i]
		if t.kinds.has(k) {
			return t
		}
		if !t.kinds.has(kLink) {
			break
		}
	}
	return nil
}

// textOf returns the bytes of token i.
func (f *finder) textOf(i int) string { return f.text[f.toks[i].start:f.toks[i].end] }

// Bounds by which a text counts as a narrative of another time. They were chosen so that hardly any
// of the labelled news texts does, and the labelled chronicles do
// (doc/decisions/when.md, "a text is a narrative by its dates with a month").
const (
	farYears       = 2  // a year is far if it lies more than this many years before the publication
	minYears       = 5  // a narrative names at least this many years, most of them far,
	minDated       = 10 // or at least this many dates with month and year, far or not,
	maxNearOneIn   = 10 // and for this many of these fewer than one weekday or word like "today"
	mostlyFarParts = 4  // most years are far if more than all but one in this many are
)

// tellsOfThePast reports whether the text is a narrative of another time: most
// of the years that it names lie some years before its publication, those of
// dates with a month among them; or it names many such dates of any year. A text
// that speaks of days of the week or of today is none (doc/decisions/when.md, "a
// text is a narrative by its dates with a month").
func (f *finder) tellsOfThePast() bool {
	if f.refGrain == noGrain {
		return true
	}
	var all, dated tally
	near := 0
	for i := range f.toks {
		switch t := &f.toks[i]; {
		case t.kinds.has(kYear) && t.flags&digits != 0 && i > 0:
			far := int(t.num) < f.ref.Year()-farYears
			all.add(far)
			if f.dated(i) {
				dated.add(far)
			}
		case t.end-t.start == 2 && f.textOf(i) == "BC":
			all.add(true)
			dated.add(true)
		case t.kinds&(1<<kWeekday|1<<kRelDay) != 0:
			near++
		}
	}
	if dated.n >= minDated && near*maxNearOneIn < dated.n {
		return true
	}
	return all.n >= minYears && all.mostlyFar() && dated.mostlyFar() && near*maxNearOneIn < all.far
}

// A tally counts years (n), and those of them that are far from the publication (far).
type tally struct{ n, far int }

func (t *tally) add(far bool) {
	t.n++
	if far {
		t.far++
	}
}

func (t *tally) mostlyFar() bool { return t.far*mostlyFarParts > t.n*(mostlyFarParts-1) }

// dated reports whether a month, and perhaps a day of it, stands before the year
// at token i.
func (f *finder) dated(i int) bool {
	const within = 3 // tokens: month, day and a comma
	for j := i - 1; j >= max(0, i-within); j-- {
		t := &f.toks[j]
		if t.kinds&(1<<kMonth|1<<kMon) != 0 {
			return true
		}
		if t.kinds&(1<<kDay|1<<kOrd) == 0 && !t.joins(f.text) {
			break
		}
	}
	return false
}

// anchor returns the day that "later" and "the next day" count from.
func (f *finder) anchor() (time.Time, bool) {
	if f.last.grain != noGrain {
		return f.countFrom(f.last, FromLast).first(), true
	}
	return f.ref, f.refGrain != noGrain
}

// A day or month without a year is at first put into the year of the publication. If it then
// lies further from the publication than these bounds, in days, it is put into the year before
// or after. Which bound holds depends on the tense of the words around it. The bounds were
// chosen by the labelled news; they are wide where the verb may belong to something else.
const (
	pastAhead      = 60   // told as past, this far ahead: a year earlier
	pastMonthAhead = 30   // the same of a month without a day
	pastLongGone   = -320 // told as past, this long ago: a year later, "closed on 1 January", in December
	futureGone     = -100 // told as coming, this long ago: a year later
	plannedGone    = -240 // told as planned, this long ago: a year later
	plannedAhead   = 240  // told as planned, this far ahead: a year earlier
	untoldAhead    = 170  // told by no verb, this far ahead: a year earlier, for news tells more of the past
	untoldGone     = -183 // told by no verb, ended this long ago: a year later
)

// yearOf returns the year of month m, or of its day d if d is not 0, which the text names
// without a year; ok is false if that cannot be told.
func (f *finder) yearOf(m, d int) (int, bool) {
	if y, ok := f.yearAhead(); ok {
		return y, true
	}
	if f.narrative {
		return f.yearBeside(m)
	}
	if f.refGrain == noGrain {
		return 0, false
	}
	if y, ok := f.goesOnFrom(m); ok {
		return y, true
	}
	y := f.ref.Year()
	if f.refGrain == year {
		return y, true
	}
	this, width := date(y, m, max(d, 1)), 1
	if d == 0 {
		width = daysIn(y, m)
	}
	ahead := this.After(f.ref)
	gone := this.AddDate(0, 0, width).Before(f.ref)
	switch days := int(this.Sub(f.ref).Hours() / 24); f.tense() {
	case past:
		if ahead && (days > pastAhead || d == 0 && days > pastMonthAhead) {
			y--
		} else if d != 0 && days < pastLongGone {
			y++
		}
	case future, due:
		if gone && days < futureGone {
			y++
		}
	case planned, aimed:
		if gone && days < plannedGone {
			y++
		} else if days > plannedAhead {
			y--
		}
	default:
		if days > untoldAhead {
			y--
		} else if days < untoldGone-width {
			y++
		}
	}
	return y, true
}

// yearAhead returns the year that ends a series of months or days which the expression at
// hand begins: "August and September 1914".
func (f *finder) yearAhead() (int, bool) {
	const within = 6 // tokens: "and the 9 of September 1914"
	months := 0
	if f.toks[f.from].kinds&(1<<kMonth|1<<kMon) != 0 && f.rangeAhead() { // "March 5-9, 1918"
		months = 1
	}
	for i := f.to; i < len(f.toks) && i < f.to+within; i++ {
		t := &f.toks[i]
		switch k := t.kinds; {
		case t.flags&opens != 0:
			return 0, false
		case k.has(kYear) && t.flags&digits != 0:
			return int(t.num), months > 0
		case k.has(kMonth) || k.has(kMon):
			months++
		case i > f.to && k&(1<<kDay|1<<kOrd) == 0 && !(t.end-t.start == 1 && t.flags&glued != 0), i == f.to && !t.joins(f.text):
			return 0, false
		}
	}
	return 0, false
}

// rangeAhead reports whether another day of the month follows: "-9".
func (f *finder) rangeAhead() bool {
	return f.to+1 < len(f.toks) && f.toks[f.to+1].kinds.has(kDay) && f.toks[f.to].joins(f.text) && f.textOf(f.to) != ","
}

// joins reports whether t can stand between two dates of a series.
func (t *token) joins(text string) bool {
	s := text[t.start:t.end]
	return t.kinds.has(kJoin) || s == "-" || s == "–" || s == ","
}

// justBefore bounds the tokens between a year and a month that is taken to belong to it.
const justBefore = 12

// Bounds by which a month without a year is put into a year of a narrative. Narratives
// mostly go forward in time, and look back less far.
const (
	besideYears = 2 // a year just named counts if it lies at most this many years from the one reached
	goneMonths  = 3 // a month more than this many months before the one reached is in the next year
	aheadMonths = 6 // a month more than this many months after the one reached is in the year before
)

// yearBeside returns the year of month m, which a narrative names without a year: it is chosen so
// that the month lies near the date that the narrative has reached, rather after it than before.
func (f *finder) yearBeside(m int) (int, bool) {
	from := f.reached
	if f.last.grain == year && f.from-f.lastTok < justBefore && f.last.y >= from.y-besideYears && f.last.y <= from.y+besideYears {
		from = f.last // "They met in 1781. In September …"
	}
	y := from.y
	if from.grain == month || from.grain == day {
		switch {
		case m+goneMonths < from.n:
			y++
		case m > from.n+aheadMonths:
			y--
		}
	}
	f.countFrom(from, FromReached)
	// A year in passing says nothing of the days of an article without a date.
	return y, from.grain > year || from.grain == year && f.refGrain != noGrain
}

// reaches reports whether the narrative has arrived at p, so that what follows lies near it.
// A day or a month counts, and so does a year that follows on the one reached or begins or
// ends a sentence. A year mentioned in passing ("as in 1614"), or one that was still to
// come (ahead, as in "to be built in 1976"), does not.
func (f *finder) reaches(p point, ahead bool) bool {
	switch {
	case p.grain < year: // "in the 1990s"
		return false
	case p.grain != year || f.reached.grain == noGrain || p.y == f.reached.y:
		return true
	case ahead:
		return false
	case p.y == f.reached.y+1:
		return true
	}
	i := f.from
	return f.toks[i].flags&opens != 0 || i > 0 && f.toks[i-1].flags&opens != 0
}

// weekday returns the day that the name of weekday w (1 Monday … 7 Sunday) means without
// further words such as "last"; ok is false if the day of publication is unknown.
func (f *finder) weekday(w int) (time.Time, bool) {
	if f.narrative && f.lastDay.grain == day && f.refGrain != noGrain {
		t := f.countFrom(f.lastDay, FromLast).first()
		return t.AddDate(0, 0, (w-isoDay(t)+7)%7), true
	}
	if f.refGrain != day {
		return time.Time{}, false
	}
	back := (isoDay(f.ref) - w + 7) % 7
	switch t := f.tense(); {
	case back > 0 && t != past && f.leader(kFrom) != nil: // "again from Monday"
		back -= 7
	case f.possessive() && (t >= planned || back == 1): // "to overturn Wednesday's ruling"
	case t >= future && f.ofSubject(): // "her victories on Tuesday will"
	case t == planned && back == 1, t == due && back == 1 && f.happened(): // what was planned for yesterday
	case back > 0 && t >= future:
		back -= 7
	}
	return f.ref.AddDate(0, 0, -back), true
}

// ofSubject reports whether the expression at hand belongs to the subject of a
// verb of the future that follows it: what happened then will have an effect.
func (f *finder) ofSubject() bool {
	i := f.from - 1
	if i >= 0 && f.toks[i].kinds.has(kOther) { // "on"
		i--
	}
	if i < 0 || f.to >= len(f.toks) || f.toks[f.to].kinds&(1<<kWill|1<<kMay) == 0 || !f.lang.capitalNames {
		return false // elsewhere a preposition cannot be told from a noun
	}
	return f.toks[i].kinds == 0 && f.toks[i+1].flags&opens == 0 && f.isWord(i)
}

// possessive reports whether "'s" follows the expression at hand.
func (f *finder) possessive() bool {
	return f.to < len(f.toks) && f.toks[f.to].kinds.has(kOf)
}

// isoDay returns the weekday of t by ISO 8601: 1 for Monday to 7 for Sunday.
func isoDay(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// common are the classes of words that are written without a capital unless they are part of
// a title.
const common kinds = 1<<kUnit | 1<<kUnits | 1<<kPart | 1<<kRelDay | 1<<kRef | 1<<kFreq | 1<<kDir
