package text

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/internal/words"
)

// An Abbreviation says what a full stop behind a word can be; 0 if it ends a
// sentence as behind any other word.
type Abbreviation uint8

const (
	Title    Abbreviation = 1 << iota // no sentence ends with it: "Mr.", "Nr."
	Short                             // a sentence can end with it: "Inc.", "U.S."
	Numbered                          // it is short for something before a number: "no. 5"
	Uncut                             // the cut into tokens that models were trained on does not know it
)

// knowledge is what the lists of all languages say of a word, in classes of
// Abbreviation; those of words that count only with a capital are shifted by
// onCapital.
type knowledge uint16

const onCapital = 4

var abbreviations = sync.OnceValue(func() map[uint64]knowledge {
	m := map[uint64]knowledge{}
	for _, l := range []struct {
		list  string
		class Abbreviation
	}{{"title", Title}, {"abbreviation", Short}, {"abbreviation-number", Numbered}, {"title-uncut", Title | Uncut}, {"abbreviation-uncut", Short | Uncut}} {
		for _, w := range words.All(l.list) {
			k := knowledge(l.class)
			if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
				k <<= onCapital
			}
			if h := Hash(w); l.class&Uncut == 0 || m[h] == 0 {
				m[h] |= k
			}
		}
	}
	return m
})

// AbbreviationOf returns what a full stop behind word, which stands there
// without it, can be in any of the languages.
func AbbreviationOf(word string) Abbreviation {
	k := abbreviations()[Hash(word)]
	a := Abbreviation(k & (1<<onCapital - 1))
	if k>>onCapital != 0 {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(first) {
			a |= Abbreviation(k >> onCapital)
		}
	}
	return a
}

var openers, cutOpeners = openersOf("opener", "opener-uncut"), openersOf("opener")

func openersOf(lists ...string) func() map[uint64]bool {
	return sync.OnceValue(func() map[uint64]bool {
		m := map[uint64]bool{}
		for _, w := range words.All(lists...) {
			m[Hash(w)] = true
		}
		return m
	})
}

// IsOpener reports whether the word with this Hash opens sentences so often that
// it tells, with a capital behind "U.S." or "Inc.", that one begins there.
func IsOpener(hash uint64) bool { return openers()[hash] }

// IsCutOpener is IsOpener for the words that the cut into tokens knows.
func IsCutOpener(hash uint64) bool { return cutOpeners()[hash] }

// Cut returns a as the cut into tokens knows it, on which models were trained.
func (a Abbreviation) Cut() Abbreviation {
	if a&Uncut != 0 {
		return 0
	}
	return a
}

// A Habit is how a language writes what bears on the ends of its sentences. The
// zero value is that of a language without such habits.
type Habit struct {
	Ordinals  bool            // a point makes a number an ordinal: "am 10. Februar"
	opensMark map[string]bool // marks that open a quotation here and close one elsewhere: "»"
}

var habits = sync.OnceValue(func() map[string]*Habit {
	m := map[string]*Habit{}
	for _, lang := range words.Langs() {
		h := &Habit{Ordinals: len(words.Of(lang, "behind-ordinal")) > 0, opensMark: map[string]bool{}}
		for _, e := range words.Of(lang, "opening-mark") {
			h.opensMark[e.Text] = true
		}
		if h.Ordinals || len(h.opensMark) > 0 {
			m[lang] = h
		}
	}
	return m
})

var noHabit Habit

// HabitOf returns the habit of a language, a BCP 47 tag without a region.
func HabitOf(lang string) *Habit {
	if h := habits()[lang]; h != nil {
		return h
	}
	return &noHabit
}

// Opens reports whether mark opens a quotation in the language, and so closes none.
func (h *Habit) Opens(mark string) bool { return h.opensMark[mark] }

// IsBehindOrdinal reports whether the word with this Hash is a month, or another
// word that numbers with a point stand before: "10. Februar", "19. Jahrhundert".
func IsBehindOrdinal(hash uint64) bool { return behindOrdinal()[hash] }

var behindOrdinal = sync.OnceValue(func() map[uint64]bool {
	m := map[uint64]bool{}
	for _, lang := range words.Langs() {
		if len(words.Of(lang, "behind-ordinal")) == 0 {
			continue
		}
		for _, e := range words.Of(lang, "behind-ordinal", "month", "month-short", "month-page") {
			m[Hash(withoutPoint(e.Text))] = true
		}
	}
	return m
})

func withoutPoint(w string) string {
	if n := len(w); n > 0 && w[n-1] == '.' {
		return w[:n-1]
	}
	return w
}
