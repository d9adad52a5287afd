// Package when finds temporal expressions in the text of an article and says
// which days they mean: by "Thursday" an article of 10 February 2022 means
// 2022-02-10. Values are those of TIMEX3, the notation of TimeML (ISO 24617-1).
//
// The steps are these, for each text:
//
//   - token.go cuts the text into words, numbers and marks, and words.go looks up the
//     classes of each word, such as "month", in the file when.words of the language.
//   - An automaton finds at each place the longest sequence of words and classes that
//     a rule of the file when.rules asks for (rules.go; pattern.go compiles the rules), and
//     slots.go collects what its words say.
//   - The action of the rule makes of that a point on the calendar (value.go), a
//     duration, a recurring time or a vague reference such as "recently" (resolve.go):
//     relative.go resolves what is counted from another day, clock.go times of day,
//     feast.go feasts, and length.go durations and recurring times.
//
// What is counted from another day is counted from that of the publication or from what
// the text spoke of last (anchor.go); [Explain] says from which (explain.go). tense.go
// tells from the verbs whether a day is past or still to come, sense.go recognises words
// that look like a date and are none, and zone.go tells by which place's clock the day of
// publication is meant. The files of words and rules, in the folders of
// dateline/internal/words, can be read and improved without knowing Go.
package when

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"dateline"
)

// A Reference is what relative expressions are resolved against. Without a publication
// date, expressions that depend on it are not found. The zero Reference is that of an
// English text of unknown date.
type Reference struct {
	Published dateline.Date  // when the text was published, as exactly as it is known; "" if it is not
	Lang      string         // a BCP 47 tag; "" means English; nothing is found in a language without rules
	Zone      *time.Location // the zone whose day Published is taken to be; nil means that of Published itself
}

// What the value of a date follows from, as [dateline.Timex] gives it.
const (
	Stated   = "stated"   // from its words alone: "4 May 2024", "three days"
	Relative = "relative" // from its words and another date: "last Tuesday"
)

// Find returns the temporal expressions of text in their order. They do not
// overlap, and each lies on rune boundaries. It depends on nothing but its
// arguments, and may be called from several goroutines.
func Find(text string, ref Reference) []dateline.Timex { return find(text, ref, nil) }

// find does the work of [Find] and [Explain]. If bases is not nil, it appends a Base for
// each expression.
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

// tokenPool keeps the memory of tokens for the next text.
var tokenPool = sync.Pool{New: func() any { return new([]token) }}

// A finder goes through the tokens of one text.
type finder struct {
	lang      *language
	text      string
	toks      []token
	ref       time.Time       // the day of publication; the first of the month or year if no more is known
	refGrain  grain           // how exactly ref is known: year, month or day; noGrain if it is not
	refClock  int             // the minute of that day at which the text was published; -1 if only the date is known
	narrative bool            // the text tells of another time, so that months lie near the last date rather than the publication
	last      point           // the last point on the calendar that the text spoke of
	lastTok   int             // the token at which it spoke of last
	reached   point           // the point that a narrative has reached, see reaches
	lastDay   point           // the last day that the text spoke of
	lastAt    int             // the token at which it spoke of lastDay
	letter    point           // the day of the letter whose words were resolved last; its grain is noGrain before that
	letterAt  int             // the token of the expression in it
	clockEnd  int             // the token behind the last expression, if that was a clock time without a day; else 0
	lastClock string          // the time or part of that day, as values have it: "T09:00", "TMO"
	period    point           // the quarter of a year whose figures the text reports
	stems     map[string]bool // computed by pastForms
	found     []dateline.Timex

	looked struct { // what near examined last, so that no token is examined twice
		at, to int   // no token from at up to to has the flag stop
		stop   uint8 // opens or barrier
	}
	inner    *matcher // see longerWithin
	from, to int      // the half-open range of tokens of the expression at hand, the one that is being resolved
	base     base     // what the expression at hand is counted from, if not from the publication
	bases    *[]Base  // a Base for each of found; nil unless Explain asks
}

func newFinder(l *language, text string, toks []token, ref Reference) *finder {
	f := &finder{lang: l, text: text, toks: toks}
	f.setReference(ref)
	f.narrative = f.tellsOfThePast()
	return f
}

// setReference sets what is known of the publication.
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

// fits reports whether the words that r, a rule with prefixes, finds can come before an
// expression that a rule with the given action finds, and whose first tokens are first.
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

// take notes the first of the matches at token i that can be resolved, and returns the token
// behind it; 0 if there is none. The prefix, nil for none, is a match right before token i
// whose words modify the expression: "early". Words that are known to mean no time are
// passed over without a note.
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
		f.shareDay(r, rule.action == "clock" && s.weekday == 0)
		return f.to
	}
	return 0
}

// resolveWithin resolves the expression at hand. One that is quoted from a letter whose day
// the text gives is counted from that day.
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

// letterDay returns the day on which the quotation around the expression at hand was written, if
// the text says so: “On Jan. 10 she wrote to the board: “I will resign tomorrow.””
func (f *finder) letterDay() (p point, ok bool) {
	const longest = 40 // tokens between the day and the expression
	if f.letter.grain == day && f.letterAt <= f.from && f.from-f.letterAt < longest && f.sameQuotation(f.letterAt) {
		return f.letter, true
	}
	if f.lastDay.grain != day || f.from-f.lastAt > longest || !f.quoted() {
		return p, false
	}
	const stale = 60 // days after which what was said on a day counts from that day
	past := f.refGrain == day && f.ref.Sub(f.lastDay.first()).Hours() > stale*24
	written, opened := false, false
	for i := f.lastAt - 6; i < f.from; i++ {
		if i < 0 || i > f.lastAt && f.toks[i].flags&barrier != 0 {
			written = false
			continue
		}
		opened = opened || i > f.lastAt && f.isQuoteMark(i)
		written = written || !opened && (f.toks[i].word.is(writing) || past && f.toks[i].kinds.has(kSaid))
	}
	if written && opened {
		f.letter, f.letterAt = f.lastDay, f.from
	}
	return f.lastDay, written && opened
}

// sameQuotation reports whether no quotation mark and no beginning of a paragraph stands between token i and
// the expression at hand.
func (f *finder) sameQuotation(i int) bool {
	for ; i < f.from; i++ {
		if f.isQuoteMark(i) || f.toks[i].flags&barrier != 0 {
			return false
		}
	}
	return true
}

// aside reports whether r, in a narrative of another time, speaks of the time of the
// publication.
func (f *finder) aside(r result) bool {
	return f.narrative && r.basis == Relative && f.refGrain != noGrain && r.point.y >= f.ref.Year()-1 && f.last.y < f.ref.Year()-1
}

// ofAnother reports whether r is counted from an unknown day, because it is quoted from
// somebody in a narrative, whose "today" is not the day of the publication.
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

// quoteReach is how many tokens before an expression are searched for a quotation mark.
const quoteReach = 200

// longerWithin reports whether a match that begins with the expression of m, which begins
// at token i, is longer than that expression. Only used if m has words in front that must be
// there but are not part of the expression.
func (f *finder) longerWithin(m *match, i int) bool {
	found := f.inner.at(i + m.lead)
	return len(found) > 0 && !found[0].rule.prefixes() && found[0].length > m.length-m.lead
}

// note appends the result r, which rule found, to the expressions, and updates what the text
// spoke of last.
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
	if r.value == "P9M" || r.value == "P6M" { // figures for nine or six months are not those of a quarter
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
