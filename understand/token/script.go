package token

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/internal/words"
)

// firstIdeograph is below all characters that can stand for words of their own.
const firstIdeograph = 0x3040

// standsAlone reports whether c is a token of its own: a Chinese character, or one of
// those Japanese letters that are written between them, in a text of these languages.
func (t *Text) standsAlone(c rune) bool {
	return (t.lang == "zh" || t.lang == "ja") && unicode.In(c, unicode.Han, unicode.Hiragana)
}

// part returns where the part ends of a word without spaces that begins at byte at: behind
// a character that stands alone, or behind an Arabic "and"; at if there is none.
func (t *Text) part(at int) int {
	switch t.lang {
	case "zh", "ja":
		if c, n := utf8.DecodeRuneInString(t.Text[at:]); t.standsAlone(c) {
			return at + n
		}
	case "ar":
		return at + t.conjunction(at)
	}
	return at
}

// arabicAnd is what joins a word to the one before; arabicOwn are beginnings of words whose
// own letter it is.
const arabicAnd = "و"

var arabicOwn = sync.OnceValue(func() (own []string) {
	for _, e := range words.Of("ar", "own-letter") {
		own = append(own, e.Text)
	}
	return own
})

// shortestJoined is how many characters a word has at least from which "and" is cut: short
// ones are too often words of their own.
const shortestJoined = 3

// conjunction returns the length of the "and" that is written to the word at byte at, or 0.
func (t *Text) conjunction(at int) int {
	if !strings.HasPrefix(t.Text[at:], arabicAnd) {
		return 0
	}
	rest := at + len(arabicAnd)
	w := t.Text[at:t.letters(at)]
	if utf8.RuneCountInString(w) <= shortestJoined {
		return 0
	}
	for _, own := range arabicOwn() {
		if strings.HasPrefix(w, own) {
			return 0
		}
	}
	return rest - at
}
