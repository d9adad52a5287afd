package when

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A tense is what the words around an expression say of its direction.
type tense int8

const (
	noTense tense = iota
	past
	present
	future
	planned // future as others see it: "is expected to"
)

// clauseReach is how many tokens around an expression are read for its tense.
const clauseReach = 30

// tense returns the tense of the clause that the expression at hand stands in:
// that of the nearest verb before it in its clause, or after it there, or else
// in its sentence.
func (f *finder) tense() tense {
	if t := f.leader(kUntil); t != nil && t.flags&opens == 0 {
		if f.from > 1 && f.toks[f.from-2].kinds.has(kLate) { // "as late as Monday"
			return past
		}
		return future
	}
	t, far := noTense, false
	if f.toks[f.from].flags&opens == 0 {
		t, far = f.look(f.from-1, -1)
	}
	if t == noTense || t == present || far {
		ahead, farAhead := f.look(f.to, 1)
		if ahead != noTense && (!farAhead || t == noTense) && (t != present || !farAhead && ahead != present) {
			t = ahead
		}
	}
	if t == past && f.leader(kThrough) != nil { // "was extended through January"
		return noTense
	}
	return t
}

// look returns the tense of the nearest verb of the sentence from token i on in
// the direction step, and whether another clause begins between.
func (f *finder) look(i, step int) (t tense, far bool) {
	for n := 0; i >= 0 && i < len(f.toks) && n < clauseReach; n++ {
		if step > 0 && f.toks[i].flags&opens != 0 {
			break
		}
		if t := f.verb(i); t != noTense {
			return t, far
		}
		if step < 0 && f.toks[i].flags&opens != 0 {
			break
		}
		far = far || strings.IndexByte(",;:", f.text[f.toks[i].start]) >= 0 || f.toks[i].kinds.has(kClause)
		i += step
	}
	return noTense, far
}

// near reports whether the last day, spoken of at token i, is in force at the
// expression at hand: in its sentence, or in its paragraph if it was a day of
// the week of publication.
func (f *finder) near(i int) bool {
	days := f.lastDay.first().Sub(f.ref).Hours() / 24
	stop := opens
	if days > -8 && days < 8 {
		stop = barrier
	}
	for ; i < f.from; i++ {
		if f.toks[i+1].flags&stop != 0 {
			return false
		}
	}
	return true
}

// verb returns the tense of token i, if it is a verb that shows one.
func (f *finder) verb(i int) tense {
	t := &f.toks[i]
	var before kinds
	if i > 0 {
		before = f.toks[i-1].kinds
	}
	switch k := t.kinds; {
	case k.has(kWill):
		return future
	case k.has(kPlan) && i > 1 && before.has(kDid) && f.toks[i-2].kinds.has(kDid): // "had been due"
		return past
	case k.has(kAim) && i+1 < len(f.toks) && f.toks[i+1].kinds.has(kTo):
		return planned
	case k.has(kPlan) && before.has(kTo) && i > 1 && f.toks[i-2].kinds.has(kPlan): // "due to expire"
		return f.verb(i - 2)
	case k.has(kBe) && before.has(kTo) && i > 1 && f.toks[i-2].kinds&(1<<kDid|1<<kPlan) == 0: // "the debate, to be held"
		return future
	case k.has(kIs) && i == f.from-1: // "the vote is Thursday"
		return future
	case k.has(kIs) && i+1 < f.from && hasEnding(f.textOf(i+1), f.lang.ongoing): // "he is leaving on Thursday"
		return planned
	case k.has(kPlan), k.has(kBe), k.has(kMay) && t.flags&capital == 0:
		return planned
	case k.has(kDid), k.has(kSaid), t.flags&pastForm != 0 && t.flags&capital == 0:
		switch {
		case t.flags&pastForm != 0 && before&(1<<kDet|1<<kOther) != 0 && !before.has(kClause): // "an unspecified date"
			return noTense
		case before.has(kBe):
			return planned
		case before.has(kIs):
			return present
		}
		return past
	case k.has(kTo) && before.has(kPlan):
		return f.verb(i - 1)
	case k.has(kTo) && i+1 < f.from && f.infinitive(&f.toks[i+1]):
		return planned
	case k.has(kDoes), k.has(kIs):
		return present
	}
	return noTense
}

// goesOn reports whether a word of the same clause follows the expression at
// hand.
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

// leader returns the word of class k that stands before the expression at hand,
// perhaps with an article or preposition between: "bis zum", "a partir del".
// It is nil if there is none.
func (f *finder) leader(k kind) *token {
	for i := f.from - 1; i >= max(0, f.from-2); i-- {
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

// infinitive reports whether t, which follows "to", looks like a verb.
func (f *finder) infinitive(t *token) bool {
	return t.word == nil && t.flags&(capital|digits) == 0 && t.end-t.start > 1 && f.text[t.start] >= 'a'
}

// tellsOfThePast reports whether the text is a narrative of another time: most
// of the years that it names lie some years before its publication.
func (f *finder) tellsOfThePast() bool {
	if f.refGrain == noGrain {
		return true
	}
	far, years, near := 0, 0, 0
	for i := range f.toks {
		switch t := &f.toks[i]; {
		case t.kinds.has(kYear) && t.flags&digits != 0 && i > 0:
			years++
			if int(t.num) < f.ref.Year()-2 {
				far++
			}
		case t.end-t.start == 2 && f.textOf(i) == "BC":
			years++
			far++
		case t.kinds&(1<<kWeekday|1<<kRelDay) != 0:
			near++
		}
	}
	return years >= 5 && far*4 > years*3 && near*10 < far
}

// anchor returns the day that "later" and "the next day" count from.
func (f *finder) anchor() (time.Time, bool) {
	if f.last.grain != noGrain {
		return f.last.first(), true
	}
	return f.ref, f.refGrain != noGrain
}

// yearOf returns the year of a month, and of a day of it if d is not 0, that
// the text names without its year.
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
		if ahead && (days > 90 || d == 0 && days > 45) {
			y--
		} else if d != 0 && days < -320 { // "closed on 1 January", in December
			y++
		}
	case future:
		if gone && days < -100 {
			y++
		}
	case planned:
		if gone && days < -240 {
			y++
		} else if days > 290 {
			y--
		}
	default:
		if days > 183 {
			y--
		} else if days < -183-width {
			y++
		}
	}
	return y, true
}

// yearAhead returns the year of a series that ends with it: "August and
// September 1914".
func (f *finder) yearAhead() (int, bool) {
	months := 0
	if f.toks[f.from].kinds&(1<<kMonth|1<<kMon) != 0 && f.rangeAhead() { // "March 5-9, 1918"
		months = 1
	}
	for i := f.to; i < len(f.toks) && i < f.to+6; i++ {
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

// yearBeside returns the year in which month m lies nearest after the date
// that the narrative has reached.
func (f *finder) yearBeside(m int) (int, bool) {
	from := f.reached
	y := from.y
	if from.grain == month || from.grain == day {
		switch {
		case m+3 < from.n:
			y++
		case m > from.n+6:
			y--
		}
	}
	// A year in passing says nothing of the days of an article without a date.
	return y, from.grain > year || from.grain == year && f.refGrain != noGrain
}

// reaches reports whether the narrative goes on from p: it does from a day, a
// month and what is near; a year in passing ("as in 1614") changes nothing.
func (f *finder) reaches(p point) bool {
	if p.grain != year || f.reached.grain == noGrain || p.y >= f.reached.y && p.y <= f.reached.y+1 {
		return true
	}
	i := f.from
	return f.toks[i].flags&opens != 0 || i > 0 && f.toks[i-1].flags&opens != 0
}

// weekday returns the day that the name of weekday w (1 Monday … 7 Sunday)
// means by itself.
func (f *finder) weekday(w int) (time.Time, bool) {
	if f.narrative && f.lastDay.grain == day && f.refGrain != noGrain {
		t := f.lastDay.first()
		return t.AddDate(0, 0, (w-isoDay(t)+7)%7), true
	}
	if f.refGrain != day {
		return time.Time{}, false
	}
	back := (isoDay(f.ref) - w + 7) % 7
	switch t := f.tense(); {
	case back > 0 && t != past && f.leader(kFrom) != nil: // "again from Monday"
		back -= 7
	case t == planned && (back == 1 || f.possessive()): // what was planned for yesterday; "Wednesday's ruling"
	case back > 0 && (t == future || t == planned):
		back -= 7
	}
	return f.ref.AddDate(0, 0, -back), true
}

// possessive reports whether "'s" follows the expression at hand.
func (f *finder) possessive() bool {
	return f.to < len(f.toks) && f.toks[f.to].kinds.has(kOf)
}

func isoDay(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }
