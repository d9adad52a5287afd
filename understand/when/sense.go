package when

import (
	"math"
	"time"
)

// The functions of this file recognise, by the words around it, that an expression that
// could be a date is something else: a temperature, a score, a quarter of a game, the title
// of a novel.

// farthestWord bounds how many tokens before and behind an expression are looked at for
// words that tell what it is: a sentence of news has fewer, a paragraph not many more.
const farthestWord = 40

// besides reports whether a word with trait t stands near the expression at hand: in
// its sentence, or, in whole, its paragraph.
func (f *finder) besides(t traits, whole bool) bool {
	stop := opens
	if whole {
		stop = barrier
	}
	for i := f.from; i >= max(0, f.from-farthestWord); i-- {
		if f.toks[i].word.is(t) {
			return true
		}
		if f.toks[i].flags&stop != 0 {
			break
		}
	}
	for i := f.to; i < min(len(f.toks), f.to+farthestWord) && f.toks[i].flags&stop == 0; i++ {
		if f.toks[i].word.is(t) {
			return true
		}
	}
	return false
}

// measures reports whether a decade written with two digits measures something:
// “highs in the 30s”, “a round in the low 60s”, “it will be in the mid-70s”.
func (f *finder) measures() bool {
	if f.besides(measured, false) {
		return true
	}
	for i := f.from - 1; i >= max(0, f.from-2); i-- { // "low 30s", "in the 30s"
		if f.toks[i].word.is(measured) {
			return true
		}
		if !f.toks[i].kinds.has(kOther) {
			break
		}
	}
	return f.tense() >= future
}

// ofGame reports whether a quarter without a year is one of a game.
func (f *finder) ofGame(s *slots) bool {
	return !s.hasYear && !s.hasDir && f.besides(played, true) && !f.besides(earned, true)
}

// isTitleYear reports whether a year that stands alone is the title of a work or
// stands in a name: “1984”, Windows 2000, 555-2019.
func (f *finder) isTitleYear(s *slots) bool {
	if f.to-f.from != 1 || s.flag != "" || s.monthNum > 0 || f.from == 0 || f.toks[f.from].flags&digits == 0 {
		return false
	}
	t, before := &f.toks[f.from], &f.toks[f.from-1]
	if t.flags&glued != 0 && f.isQuoteMark(f.from-1) && f.closesQuote(f.to) {
		return true
	}
	if f.from+2 < len(f.toks) && f.textOf(f.to) == ":" && f.toks[f.to].flags&glued != 0 && f.toks[f.to+1].flags&capital != 0 && before.kinds&(1<<kOther|1<<kTo|1<<kThrough|1<<kUntil) == 0 && t.flags&opens == 0 {
		return true // “2001: A Space Odyssey”
	}
	if f.from > 1 && t.flags&glued != 0 && f.textOf(f.from-1) == "-" && before.flags&glued != 0 && f.toks[f.from-2].flags&digits != 0 && f.toks[f.from-2].end-f.toks[f.from-2].start == 3 {
		return true // a telephone number
	}
	return f.isNamePart(f.from-1) && t.flags&glued == 0 && before.end-before.start > 2 && f.text[before.start+1]-'a' < 26 && f.numbersName(s.year)
}

// numbersName reports whether the year at hand is rather the number of the one word with a
// capital before it, for it is far from the publication: "a Peugeot 2008".
func (f *finder) numbersName(y int) bool {
	if f.refGrain == noGrain || y >= f.ref.Year()-1 && y <= f.ref.Year()+1 {
		return false
	}
	if f.to < len(f.toks) && f.toks[f.to].flags&glued != 0 && !f.isQuoteMark(f.to) && f.textOf(f.to) != "." && f.textOf(f.to) != "," { // "1861-1863"
		return false
	}
	i := f.from - 1 // of the word before
	return f.toks[i].flags&opens != 0 || f.isQuoteMark(i-1) || i > 0 && f.toks[i-1].flags&capital == 0 && f.isWord(i-1) || f.toks[i-1].flags&opens != 0
}

// closesQuote reports whether a quotation ends at token i, perhaps behind a mark.
func (f *finder) closesQuote(i int) bool {
	return f.isQuoteMark(i) || i < len(f.toks) && !f.isWord(i) && f.isQuoteMark(i+1)
}

// ofEvent reports whether a day without a year names an event of another year:
// “since Sept. 11”, “the July 7 bombings”.
func (f *finder) ofEvent(m, d int) bool {
	const nine, eleven, season = 9, 11, 60 // days around its return in which the day itself is spoken of
	if f.refGrain == noGrain || f.narrative || f.from == 0 || !validDay(f.ref.Year(), m, d) {
		return false
	}
	ahead := date(f.ref.Year(), m, d).Sub(f.ref).Hours() / 24
	away := min(math.Abs(ahead), 365-math.Abs(ahead))
	if away < season && !(ahead > 1 && ahead < season && f.to < len(f.toks) && f.toks[f.to].word.is(event)) { // an attack is not announced
		return false
	}
	return m == nine && d == eleven && f.toks[f.from-1].word.is(pointing) || f.to < len(f.toks) && f.toks[f.to].word.is(event)
}

// farBack is how many tokens after a date of long ago, in the same paragraph, a month without
// a year is taken to belong to the year of that date: about four sentences.
const farBack = 80

// inParagraph reports whether no paragraph begins behind token i up to the
// expression at hand.
func (f *finder) inParagraph(i int) bool {
	for k := i + 1; k <= f.from; k++ {
		if f.toks[k].flags&barrier != 0 {
			return false
		}
	}
	return true
}

// inSentence reports whether no sentence begins behind token i up to the expression at hand.
func (f *finder) inSentence(i int) bool {
	for k := i + 1; k <= f.from; k++ {
		if f.toks[k].flags&opens != 0 {
			return false
		}
	}
	return true
}

// plainYear reports whether the last expression is a year and no more: not “late 2021”, “four
// years ago”.
func (f *finder) plainYear() bool {
	if len(f.found) == 0 {
		return false
	}
	d := &f.found[len(f.found)-1]
	return d.Basis == Stated && d.Mod == "" && d.Text == d.Value
}

// goesOnFrom returns the year of month m, named without a year, if the text has just spoken of
// an earlier day or month of long ago, whose year it must be: “opened in April 1987. Its first
// strike came in September”.
func (f *finder) goesOnFrom(m int) (int, bool) {
	const longAgo = 2 // years
	p := f.last
	sameSentence := p.grain == year && f.inSentence(f.lastTok) && f.plainYear() // “In 1987 the flood came in January”
	if p.grain != month && p.grain != day && !sameSentence || p.y >= f.ref.Year()-longAgo || f.from-f.lastTok > farBack || !f.inParagraph(f.lastTok) || f.tense() >= future && (f.leader(kUntil) == nil || f.clauseTense() != past) {
		return 0, false
	}
	if m <= p.n && !sameSentence { // a month before it may be of any year
		return 0, false
	}
	f.countFrom(p, FromLast)
	return p.y, true
}

// yearByWeekday returns the year nearest to y in which day d of month m is weekday w; y if
// that is none of the years beside it.
func yearByWeekday(y, m, d, w int) int {
	for _, by := range []int{0, 1, -1} {
		if validDay(y+by, m, d) && isoDay(date(y+by, m, d)) == w {
			return y + by
		}
	}
	return y
}

// lunarNewYear returns the first day of the Chinese year that begins in year y: that of
// the second new moon after the winter solstice, by the clock of Beijing; where a leap month
// comes between, the third. The new moons are mean ones with the largest terms of Meeus,
// Astronomical Algorithms (1991), chapter 47, right to an hour.
func lunarNewYear(y int) time.Time {
	const (
		earliest, latest = 21, 20 // of January and of February: the bounds of the day
		beijing          = 8      // hours before UTC
	)
	k := math.Floor((float64(y) - 2000) * 12.3685)
	for ; ; k++ {
		on := newMoon(k).Add(beijing * time.Hour)
		first := date(y, 1, earliest)
		if !on.Before(first) {
			return date(on.Year(), int(on.Month()), on.Day())
		}
	}
}

// newMoon returns when new moon k is, counted from the first of the year 2000.
func newMoon(k float64) time.Time {
	t := k / 1236.85
	rad := func(deg float64) float64 { return deg * math.Pi / 180 }
	jde := 2451550.09765 + 29.530588853*k + 0.0001337*t*t
	sun := rad(2.5534 + 29.10535669*k)
	moon := rad(201.5643 + 385.81693528*k + 0.0107438*t*t)
	node := rad(160.7108 + 390.67050274*k - 0.0016341*t*t)
	jde += -0.40720*math.Sin(moon) + 0.17241*math.Sin(sun) + 0.01608*math.Sin(2*moon) + 0.01039*math.Sin(2*node) +
		0.00739*math.Sin(moon-sun) - 0.00514*math.Sin(moon+sun) + 0.00208*math.Sin(2*sun)
	const unix = 2440587.5 // Julian day of 1 January 1970
	return time.Unix(int64((jde-unix)*86400), 0).UTC()
}
