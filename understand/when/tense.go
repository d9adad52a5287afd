package when

import "strings"

// A tense is what the words around an expression say of its direction.
type tense int8

const (
	noTense tense = iota
	past
	present
	future
	planned // future as it was told: "was expected to", "agreed to"
	due     // future as it is told now: "is expected to", "plans to"
)

// clauseReach is how many tokens around an expression are read for its tense.
const clauseReach = 30

// tense returns the tense of the clause that the expression at hand stands in:
// that of the nearest verb before it in its clause, or after it there, or else
// in its sentence.
func (f *finder) tense() tense {
	if t := f.leader(kUntil); t != nil && t.flags&opens == 0 {
		if f.from > 1 && f.toks[f.from-2].word.is(late) { // "as late as Monday"
			return past
		}
		return future
	}
	t := f.clauseTense()
	if w := f.sinceWord(); w != nil && (!w.kinds.has(kFrom) || t == past || t == present) { // "desde el lunes hay huelga"
		return past
	}
	if t == past && f.leader(kThrough) != nil { // "was extended through January"
		return noTense
	}
	return t
}

// sinceWord returns the word right before the expression at hand, but for an
// article, if the expression lies in the past after it: "seit". One of class
// FROM as well ("desde") tells so only beside a verb of the past or present. It
// is nil if there is none.
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

// verb returns the tense of token i, if it is a verb that shows one.
func (f *finder) verb(i int) tense {
	t := &f.toks[i]
	var before kinds
	if i > 0 {
		before = f.toks[i-1].kinds
	}
	switch k := t.kinds; {
	case k.has(kWill) && t.word.is(hearsay) && f.endsPerfect(i):
		return past
	case k.has(kWill), t.flags&futureForm != 0 && t.flags&capital == 0:
		return future
	case k.has(kPlan) && i > 1 && before.has(kDid) && f.toks[i-2].kinds.has(kDid): // "had been due"
		return past
	case k.has(kAim) && i+1 < len(f.toks) && f.toks[i+1].kinds.has(kTo):
		return due
	case k.has(kPlan) && before.has(kTo) && i > 1 && f.toks[i-2].kinds.has(kPlan): // "due to expire"
		return f.verb(i - 2)
	case k.has(kBe) && before.has(kTo) && i > 1 && f.toks[i-2].kinds&(1<<kDid|1<<kPlan) == 0: // "the debate, to be held"
		return future
	case k.has(kIs) && i == f.from-1: // "the vote is Thursday"
		return future
	case k.has(kIs) && i+1 < f.from && hasEnding(f.textOf(i+1), f.lang.ongoing): // "he is leaving on Thursday"
		return due
	case k.has(kPlan) && (before.has(kIs) || !before.has(kDid) && !hasEnding(f.textOf(i), f.lang.past)): // "is expected", "begins"
		return due
	case k.has(kPlan) && before&(1<<kDid|1<<kDoes|1<<kBe) == 0 && f.qualifies(i): // "the hastily planned trip"
		return noTense
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
	case k.has(kTo) && before&(1<<kPlan|1<<kAim) != 0:
		return f.verb(i - 1)
	case k.has(kTo) && i > 0 && f.toks[i-1].word.is(done): // "failed to agree"
		return past
	case k.has(kTo) && i+1 < f.from && f.infinitive(&f.toks[i+1]):
		return planned
	case k.has(kDoes), k.has(kIs):
		return present
	}
	return noTense
}

// infinitive reports whether t, which follows "to", looks like a verb.
func (f *finder) infinitive(t *token) bool {
	return t.kinds == 0 && t.flags&(capital|digits) == 0 && t.end-t.start > 1 && f.text[t.start] >= 'a'
}

// endsPerfect reports whether the clause from token i on has a perfect: "soll am
// Montag gestanden haben".
func (f *finder) endsPerfect(i int) bool {
	end := min(len(f.toks), i+clauseReach)
	for i++; i < end && f.toks[i].flags&opens == 0 && !f.toks[i].kinds.has(kWill) && f.isWord(i); i++ {
		if f.toks[i].word.is(perfect | done) {
			return true
		}
	}
	return false
}

// qualifies reports whether token i, a participle, belongs to the noun after it.
func (f *finder) qualifies(i int) bool {
	if i+1 >= len(f.toks) || !hasEnding(f.textOf(i), f.lang.past) {
		return false
	}
	next := &f.toks[i+1]
	return next.kinds == 0 && next.flags&(capital|digits|opens) == 0 && f.isWord(i+1)
}

// happened reports whether the text tells elsewhere as done what the expression
// at hand tells as a plan: "is expected to send a reply", and "he replied". The
// words between "to" and the expression are looked for.
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
