package when

import "strings"

// A tense says whether, by the words around it, an expression lies in the past or the future.
type tense int8

const (
	noTense tense = iota
	past
	present
	aimed // an infinitive under a verb of the past: "stopped to speak"
	future
	planned // in the future of a past time: "was expected to", "agreed to"
	due     // in the future of the publication: "is expected to", "plans to"
)

// clauseReach is how many tokens around an expression are read for its tense.
const clauseReach = 30

// tense returns the tense of the clause that the expression at hand stands in:
// that of the nearest verb before it in its clause, or after it there, or else
// in its sentence.
func (f *finder) tense() tense {
	if t := f.leader(kUntil); t != nil && t.flags&opens == 0 {
		if f.from > 1 && f.toks[f.from-2].word.is(late) || f.wentOn() { // "as late as Monday"
			return past
		}
		return future
	}
	t := f.clauseTense()
	if w := f.sinceWord(); w != nil && (!w.kinds.has(kFrom) || t == past || t == present) { // "desde el lunes hay huelga"
		return past
	}
	if f.leader(kThrough) != nil { // "was extended through January"
		if t == past {
			return noTense
		}
		return future
	}
	return t
}

// sinceWord returns the word before the expression at hand, perhaps with an article between,
// if it is one such as "seit" (since), behind which a day lies in the past; nil if there is
// none. A word that is also of class FROM, "desde", shows that only with a verb of the past or
// present, which the caller checks.
func (f *finder) sinceWord() *token {
	for i := f.from - 1; i >= max(0, f.from-2); i-- {
		if f.toks[i].word.is(since) {
			return &f.toks[i]
		}
		if !f.toks[i].kinds.has(kLink) {
			break
		}
	}
	return nil
}

// clauseTense returns the tense of the verbs around the expression at hand.
func (f *finder) clauseTense() tense {
	if f.afterParticiple() {
		return past
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
	return t
}

// wentOn reports whether a verb before the expression at hand tells of what went
// on: "lasted until Friday".
func (f *finder) wentOn() bool {
	const within = 10 // tokens between the verb and the day
	for i := f.from - 1; i > max(0, f.from-within) && f.toks[i].flags&opens == 0; i-- {
		if f.toks[i].word.is(lasting) {
			return f.before(i)&(1<<kDid|1<<kWill|1<<kIs) == 0
		}
	}
	return false
}

// afterParticiple reports whether an unknown participle that opens a clause
// stands right before the expression at hand, but for a preposition: "la ley,
// aprobada el martes".
func (f *finder) afterParticiple() bool {
	for i := f.from - 1; i >= max(0, f.from-2); i-- {
		t := &f.toks[i]
		if t.word == nil && t.flags&(capital|digits) == 0 {
			return i > 0 && f.parts(i-1) && hasEnding(f.textOf(i), f.lang.participle)
		}
		if !t.kinds.has(kLink) {
			break
		}
	}
	return false
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
		far = far || f.toks[i].kinds.has(kClause) || f.parts(i)
		i += step
	}
	return noTense, far
}

// before returns the classes of the token before i.
func (f *finder) before(i int) kinds {
	if i == 0 {
		return 0
	}
	return f.toks[i-1].kinds
}

// nextIs reports whether the token after i is of class k.
func (f *finder) nextIs(i int, k kind) bool { return i+1 < len(f.toks) && f.toks[i+1].kinds.has(k) }

// verb returns the tense of token i, if it is a verb that shows one.
func (f *finder) verb(i int) tense {
	t, before := &f.toks[i], f.before(i)
	small := t.flags&capital == 0
	switch k := t.kinds; {
	case k.has(kAmPm) && i > 0 && f.toks[i-1].flags&digits != 0: // "10 am"
		return noTense
	case k.has(kWill) && t.word.is(hearsay) && f.endsPerfect(i):
		return past
	case k.has(kWill), t.flags&futureForm != 0 && small:
		return future
	case f.aims(i):
		return f.told(i, false)
	case k.has(kBe) && before.has(kTo) && i > 1 && f.toks[i-2].kinds&(1<<kDid|1<<kPlan) == 0: // "the debate, to be held"
		return future
	case k.has(kIs) && i == f.from-1: // "the vote is Thursday"
		return future
	case k.has(kIs) && i+1 < len(f.toks) && f.toks[i+1].word.is(state) && (i+2 == f.from || !f.toks[i+1].kinds.has(kOther)): // "the museum is open on Friday", "the vote is on Friday"
		return due
	case k.has(kIs) && i+1 < f.from && hasEnding(f.textOf(i+1), f.lang.ongoing): // "he is leaving on Thursday"
		return planned
	case k.has(kBe) && before.has(kTo) && i > 1 && f.toks[i-2].word.is(done): // "seemed to be"
		return past
	case k.has(kPlan):
		return f.plan(i)
	case k.has(kBe) && before.has(kWill): // "will be named"
		return future
	case k.has(kBe), k.has(kMay) && small:
		return planned
	case k.has(kDid), k.has(kSaid), t.flags&pastForm != 0 && small:
		switch {
		case t.flags&pastForm != 0 && before&(1<<kDet|1<<kOther) != 0 && !before.has(kClause) && !f.toks[i-1].word.is(pronoun): // "an unspecified date"
			return noTense
		case before.has(kBe):
			return f.verb(i - 1)
		case before.has(kIs):
			return present
		}
		return past
	case k.has(kTo):
		return f.purpose(i)
	case k.has(kDoes), k.has(kIs):
		return present
	}
	return noTense
}

// aims reports whether token i is a verb of a plan before "to" or "for": "plans
// to", "set for".
func (f *finder) aims(i int) bool {
	t := &f.toks[i]
	if t.word.is(fixed) && i+1 < len(f.toks) && f.textOf(i+1) == "for" {
		return true
	}
	return (t.kinds.has(kAim) || t.word.is(fixed)) && f.nextIs(i, kTo)
}

// told returns due if token i, a verb of a plan, speaks of a plan that exists now ("is expected",
// "begins"), planned if it speaks of one that existed then ("was expected"). A participle
// without a verb before it means the latter.
func (f *finder) told(i int, participle bool) tense {
	if before := f.before(i); before.has(kDid) || participle && !before.has(kIs) {
		return planned
	}
	return due
}

// plan returns the tense of token i, which is of class PLAN.
func (f *finder) plan(i int) tense {
	const chain = 3   // how many words for plans may stand one behind the other
	for range chain { // "expected to be due to expire"
		if i > 1 && f.before(i).has(kTo) && f.toks[i-2].kinds.has(kPlan) {
			i -= 2
		}
	}
	before, earlier := f.before(i), kinds(0)
	if i > 1 {
		earlier = f.toks[i-2].kinds
	}
	participle := hasEnding(f.textOf(i), f.lang.past)
	switch {
	case before.has(kDid) && earlier.has(kDid): // "had been due"
		return past
	case before.has(kWill): // "will begin"
		return future
	case before.has(kMay):
		return planned
	case before.has(kTo) && i > 1 && f.toks[i-2].word.is(done): // "failed to begin"
		return past
	case participle && before&(1<<kIs|1<<kDid|1<<kDoes|1<<kBe) == 0 && f.qualifies(i): // "the hastily planned trip"
		return noTense
	}
	return f.told(i, participle)
}

// purpose returns the tense of token i, which is of class TO: that of the verb
// before it, or of an infinitive after it.
func (f *finder) purpose(i int) tense {
	before := f.before(i)
	switch {
	case before.has(kPlan) || i > 0 && f.aims(i-1):
		return f.verb(i - 1)
	case i > 0 && f.toks[i-1].word.is(done): // "failed to agree"
		return past
	case before.has(kIs) && i+1 < f.from: // "is to vote"
		return due
	case i+1 < f.from && f.infinitive(i+1):
		return f.governed(i)
	}
	return noTense
}

// governed returns the tense of the infinitive after token i, which is of class
// TO: aimed under a verb of the past that tells no wish, else planned.
func (f *finder) governed(i int) tense {
	if f.before(i).has(kDid) { // "was to report"
		return planned
	}
	for end := i - clauseReach/2; i > 0 && i > end && f.toks[i].flags&opens == 0; {
		i--
		t := &f.toks[i]
		switch k := t.kinds; {
		case t.word.is(wish), k&(1<<kWill|1<<kMay|1<<kIs|1<<kDoes|1<<kPlan|1<<kAim) != 0, f.parts(i):
			return planned
		case k&(1<<kDid|1<<kSaid) != 0, t.flags&pastForm != 0 && f.before(i)&(1<<kDet|1<<kOther) == 0:
			return aimed
		}
	}
	return planned
}

// parts reports whether token i is a mark that parts clauses.
func (f *finder) parts(i int) bool {
	switch f.textOf(i) {
	case ",", ".", ";", ":", "—", "–", "--":
		return true
	}
	return false
}

// infinitive reports whether token i, which follows "to", looks like a verb: no
// name, no number, and no plural.
func (f *finder) infinitive(i int) bool {
	t, s := &f.toks[i], f.textOf(i)
	if strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") && !strings.HasSuffix(s, "us") {
		return false
	}
	return t.kinds == 0 && t.flags&(capital|digits) == 0 && len(s) > 1 && s[0] >= 'a'
}

// endsPerfect reports whether the clause from token i on has a perfect: "soll am
// Montag gestanden haben".
func (f *finder) endsPerfect(i int) bool {
	end := min(len(f.toks), i+clauseReach)
	for i++; i < end && f.toks[i].flags&opens == 0 && !f.toks[i].kinds.has(kWill) && f.isWord(i); i++ {
		if f.toks[i].word.is(perfect) {
			return true
		}
	}
	return false
}

// qualifies reports whether token i, a participle, belongs to the noun after it.
func (f *finder) qualifies(i int) bool {
	if i+1 >= len(f.toks) {
		return false
	}
	next := &f.toks[i+1]
	return next.kinds == 0 && next.flags&(capital|digits|opens) == 0 && f.isWord(i+1)
}

// happened reports whether the text says elsewhere that what is planned for the expression at
// hand was done: "is expected to send a reply", and "he replied". It looks for past forms of the
// words between "to" and the expression.
func (f *finder) happened() bool {
	for i := f.from - 1; i > 0 && i > f.from-clauseReach && f.toks[i].flags&opens == 0; i-- {
		t := &f.toks[i]
		if t.kinds.has(kTo) {
			return false
		}
		if t.word == nil && t.flags&(capital|digits) == 0 && f.pastForms()[stem(f.textOf(i))] {
			return true
		}
	}
	return false
}

// pastForms returns the stems of the words of the text that look like a past
// tense.
func (f *finder) pastForms() map[string]bool {
	if f.stems == nil {
		f.stems = map[string]bool{}
		for i := range f.toks {
			if f.toks[i].flags&pastForm != 0 {
				f.stems[stem(f.textOf(i))] = true
			}
		}
	}
	return f.stems
}

// stem returns what a verb and its past have in common: "repl" of reply and
// replied, "sign" of sign and signed.
func stem(word string) string {
	word = strings.TrimSuffix(word, "d")
	return strings.TrimRight(word, "eiy")
}
