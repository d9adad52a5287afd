// Package when finds temporal expressions in the text of an article and says
// which days they mean: on "Thursday" an article of 10 February 2022 speaks of
// 2022-02-10. Values are those of TIMEX3.
//
// A text is cut into tokens once; words are looked up in the classes that
// when.words of a language gives them; an automaton compiled from when.rules finds the
// longest sequence of classes at each place (rules.go); its action makes a
// point on the calendar, a duration, a set or a reference of it (resolve.go),
// anchored to the publication or to what the text spoke of last (anchor.go);
// [Explain] says to which (explain.go). tense.go tells what is past from what is to
// come, zone.go where the day of publication is reckoned, clock.go, feast.go and
// length.go resolve times of day, feasts and durations, sense.go tells what is no date.
// The files of words and rules, in the folders of dateline/internal/words, can be
// read and improved without knowing Go.
package when

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"dateline"
)

// A Reference is what relative expressions are resolved against. Without a
// publication date, what depends on it is not found.
type Reference struct {
	Published dateline.Date  // of the text, as wide as it is known; "" if it is not
	Lang      string         // BCP 47; "" means English; nothing is found in an unknown language
	Zone      *time.Location // where the day of the publication is reckoned; nil means as Published is printed
}

// Bases of a date.
const (
	Stated   = "stated"   // the words say it: "4 May 2024", "three days"
	Relative = "relative" // the words and another date say it: "last Tuesday"
)

// Find returns the temporal expressions of text in their order. They do not
// overlap, and each lies on rune boundaries. It depends on nothing but its
// arguments, and may be called from several goroutines.
func Find(text string, ref Reference) []dateline.Timex { return find(text, ref, nil) }

// find is Find; it appends to bases, if that is not nil, a Base for each
// expression.
func find(text string, ref Reference, bases *[]Base) []dateline.Timex {
	if ref.Lang == "" {
		ref.Lang = "en"
	}
	l := languageOf(ref.Lang)
	if l == nil {
		return nil
	}
	scratch := tokenPool.Get().(*[]token)
	defer tokenPool.Put(scratch)
	*scratch = l.tokens(text, l.orderIn(ref.Lang), (*scratch)[:0])
	f := newFinder(l, text, *scratch, ref)
	f.bases = bases
	f.run()
	return f.found
}

// tokenPool keeps the tokens of one text for the next.
var tokenPool = sync.Pool{New: func() any { return new([]token) }}

// A finder goes through the tokens of one text.
type finder struct {
	lang      *language
	text      string
	toks      []token
	ref       time.Time       // day of publication, as far as it is known
	refGrain  grain           // year, month or day; noGrain if it is not known
	refClock  int             // minutes of that day at which it was published; -1 if not known
	narrative bool            // the text tells of another time: months lie near the last date
	last      point           // the last point on the calendar spoken of
	lastTok   int             // the token where it was spoken of
	reached   point           // how far a narrative has come
	lastDay   point           // the last day
	lastAt    int             // the token where the last day was spoken of
	lastClock string          // the clock or part of that day, as in its value
	period    point           // the quarter that the text reports on
	stems     map[string]bool // see pastForms
	found     []dateline.Timex

	looked struct { // what near has looked at, so that it looks once
		at, to int
		stop   uint8
	}
	inner    *matcher // looks again behind what only has to come first
	from, to int      // tokens of the expression at hand
	base     base     // what the expression at hand counts from, if not from the publication
	bases    *[]Base  // of each of found; nil unless Explain asks
}

func newFinder(l *language, text string, toks []token, ref Reference) *finder {
	f := &finder{lang: l, text: text, toks: toks}
	f.setReference(ref)
	f.narrative = f.tellsOfThePast()
	return f
}

func (f *finder) setReference(ref Reference) {
	start, _, ok := ref.Published.Interval()
	if !ok {
		return
	}
	if ref.Zone != nil && ref.Published.HasZone() {
		start = start.In(ref.Zone)
	}
	f.refClock = -1
	if ref.Published.HasZone() {
		f.refClock = 60*start.Hour() + start.Minute()
	}
	f.ref = date(start.Year(), int(start.Month()), start.Day())
	switch {
	case ref.Published.Day() != "":
		f.refGrain = day
	case ref.Published.Month() != "":
		f.refGrain = month
	default:
		f.refGrain = year
	}
}

// run finds the expressions from left to right.
func (f *finder) run() {
	direct := matcher{auto: &f.lang.rules, toks: f.toks}
	after := matcher{auto: &f.lang.rules, toks: f.toks}
	inner := matcher{auto: &f.lang.rules, toks: f.toks}
	f.inner = &inner
	for i := 0; i < len(f.toks); {
		if !direct.auto.canBegin(&f.toks[i]) {
			i++
			continue
		}
		found := direct.at(i)
		to := 0
		for k := range found {
			m := &found[k]
			if !m.rule.prefixes() {
				continue
			}
			rest := after.at(i + m.length)
			if len(rest) > 0 && found[0].length >= m.length+rest[0].length {
				continue // "no fim de semana passado"
			}
			if to = f.take(rest, i+m.length, m); to > 0 {
				break
			}
		}
		if to == 0 {
			to = f.take(found, i, nil)
		}
		i = max(to, i+1)
	}
}

// prefixes reports whether r finds words that only come before an expression:
// "early", "more than".
func (r *rule) prefixes() bool { return strings.HasPrefix(r.action, "before-") }

// fits reports whether the words that r finds can come before an expression of
// a rule with that action, whose first tokens follow.
func (r *rule) fits(action string, first []token) bool {
	switch action {
	case "duration", "ago":
		counted := first[0].kinds.has(kNum) || first[0].kinds.has(kDet) && len(first) > 1 && first[1].kinds.has(kUnit)
		return r.action == "before-length" || r.action == "before-number" && counted
	case "date", "year":
		return r.action == "before-date" || r.action == "before-year"
	case "month", "decade", "century", "season", "unit", "that", "weekday", "relday", "holiday", "quarter", "part":
		return r.action == "before-date"
	}
	return false
}

// take resolves the best match at token i that makes sense, with what prefix
// found before it, and returns where to go on; 0 if none does.
func (f *finder) take(matches []match, i int, prefix *match) int {
	for k := range matches {
		m := &matches[k]
		rule := m.rule
		f.from, f.to = i+m.lead, i+m.length-m.trail
		switch {
		case rule.action == "none":
			if prefix != nil {
				return 0
			}
			return f.to
		case rule.prefixes() || prefix != nil && (!prefix.rule.fits(rule.action, f.toks[i:i+m.length]) || m.lead > 0):
			continue
		}
		if m.lead > 0 && (rule.action != "more" || f.last.grain == day) && f.longerWithin(m, i) {
			continue
		}
		s := f.slots(m, i)
		f.base = base{}
		if prefix != nil {
			f.from -= prefix.length
		}
		r, ok := f.resolveWithin(rule.action, &s)
		if r.skip || ok && (f.titled(rule.action) || f.ofAnother(rule.action, &s, r)) {
			return f.to
		}
		if !ok {
			continue
		}
		if r.mod == "" {
			r.mod = s.mod
		}
		if prefix != nil {
			p := f.slots(prefix, f.from)
			r.mod = p.mod
		}
		f.note(r, rule)
		return f.to
	}
	return 0
}

// resolveWithin resolves the expression at hand; one in the words of a dated letter is
// counted from the day of the letter.
func (f *finder) resolveWithin(action string, s *slots) (result, bool) {
	at, ok := f.letterDay()
	if !ok {
		return f.resolve(action, s)
	}
	ref, grain, reached := f.ref, f.refGrain, f.reached
	defer func() { f.ref, f.refGrain, f.reached = ref, grain, reached }()
	f.ref, f.refGrain = at.first(), day
	r, ok := f.resolve(action, s)
	if ok && r.basis == Relative && f.base.point.grain == noGrain {
		f.countFrom(at, FromLast)
	}
	return r, ok
}

// letterDay returns the day on which the words were written that the expression at hand is quoted
// from: “On Jan. 10 she wrote to the board: “I will resign tomorrow.””
func (f *finder) letterDay() (p point, ok bool) {
	const longest = 40 // tokens between the day and the expression
	if f.lastDay.grain != day || f.from-f.lastAt > longest || !f.quoted() {
		return p, false
	}
	written, opened := false, false
	for i := f.lastAt - 6; i < f.from; i++ {
		if i < 0 || i > f.lastAt && f.toks[i].flags&barrier != 0 {
			written = false
			continue
		}
		opened = opened || i > f.lastAt && f.isQuoteMark(i)
		written = written || !opened && f.toks[i].word.is(writing)
	}
	return f.lastDay, written && opened
}

// aside reports whether r steps out of a narrative to the time of writing.
func (f *finder) aside(r result) bool {
	return f.narrative && r.basis == Relative && f.refGrain != noGrain && r.point.y >= f.ref.Year()-1 && f.last.y < f.ref.Year()-1
}

// ofAnother reports whether r counts from the day on which someone spoke whom a
// narrative quotes: his "today" is not the day of writing.
func (f *finder) ofAnother(action string, s *slots, r result) bool {
	switch action {
	case "relday", "unit", "part":
	case "ago":
		if s.flag == "anchor" || s.flag == "bare" {
			return false
		}
	default:
		if !f.aside(r) {
			return false
		}
	}
	return f.narrative && r.basis == Relative && f.refGrain != noGrain && f.quoted()
}

// quoted reports whether the expression at hand stands between quotation marks.
func (f *finder) quoted() bool {
	in := false
	for i := f.from - 1; i >= 0 && i > f.from-quoteReach; i-- {
		switch f.textOf(i) {
		case "“":
			return true
		case "”":
			return false
		case `"`:
			in = !in
		}
		if f.toks[i].flags&barrier != 0 {
			break
		}
	}
	return in
}

// quoteReach is how many tokens back a quotation mark is looked for.
const quoteReach = 200

// longerWithin reports whether a rule finds more than m does where the span of
// m begins, behind the words that m only needs to come first.
func (f *finder) longerWithin(m *match, i int) bool {
	found := f.inner.at(i + m.lead)
	return len(found) > 0 && !found[0].rule.prefixes() && found[0].length > m.length-m.lead
}

// note keeps a result.
func (f *finder) note(r result, rule *rule) {
	start, end := int(f.toks[f.from].start), int(f.toks[f.to-1].end)
	if end < len(f.text) && !utf8.RuneStart(f.text[end]) {
		return // the text is not UTF-8 here
	}
	f.found = append(f.found, dateline.Timex{
		Words: dateline.Words{Start: start, End: end, Text: f.text[start:end]},
		Type:  r.typ, Value: r.value, Mod: r.mod, Basis: r.basis, Rule: rule.name,
	})
	if f.bases != nil {
		*f.bases = append(*f.bases, f.baseOf(r))
	}
	if r.value == "P9M" || r.value == "P6M" { // figures since the year began are not those of a quarter
		f.period = point{}
	}
	if p := r.point; p.grain != noGrain && !f.aside(r) {
		f.last, f.lastTok = p, f.from
		if f.narrative {
			ahead := p.grain == year && f.tense() >= future
			if ahead {
				f.lastTok = -justBefore
			}
			if f.reaches(p, ahead) {
				f.reached = p
			}
		}
		if p.grain == day {
			f.lastDay = p
			f.lastClock, f.lastDay.clock = p.clock, ""
			f.lastAt = f.from
		}
		if p.grain == quarter && p.first().AddDate(0, 3, -20).Before(f.ref) {
			f.period = p
		}
	}
}
