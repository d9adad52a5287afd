package token

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dateline/internal/words"
)

// firstIdeograph is where the Unicode block Hiragana begins. Before it, letters does not ask standsAlone,
// which is slow: of the characters that stand alone only rare ones, such as 々, have smaller numbers.
const firstIdeograph = 0x3040

// standsAlone reports whether c is a token of its own: in Chinese and Japanese texts, a Chinese character or
// a letter of Hiragana, the script of Japanese endings and particles.
func (t *Text) standsAlone(c rune) bool {
	return (t.lang == "zh" || t.lang == "ja") && unicode.In(c, unicode.Han, unicode.Hiragana)
}

// part returns the byte behind the token at byte at, where the text begins a word, if the token is only a
// part of what stands between two spaces: a character that stands alone, or an Arabic "and". It returns
// at if it is not.
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

// arabicAnd is the Arabic "and", which is written to the word behind it without a space.
const arabicAnd = "و"

// arabicOwn returns the beginnings of words whose first letter is the same as arabicAnd but belongs to
// the word (the list own-letter of the words of Arabic).
var arabicOwn = sync.OnceValue(func() (own []string) {
	for _, e := range words.Of("ar", "own-letter") {
		own = append(own, e.Text)
	}
	return own
})

// shortestJoined is the most characters of a word from which "and" is not cut: so short a word mostly begins
// with a letter of its own.
const shortestJoined = 3

// conjunction returns how many bytes the "and" has with which the word at byte at begins; 0 if it begins
// with none.
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
