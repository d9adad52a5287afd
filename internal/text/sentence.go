package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsStop reports whether c ends sentences: a full stop, question or exclamation
// mark of any script, or an ellipsis.
func IsStop(c rune) bool {
	switch c {
	case '.', '!', '?', '…', '。', '！', '？', '।', '॥', '؟', '۔', '։', '።':
		return true
	}
	return false
}

// Closers may stand between the end of a sentence and what follows it, Openers
// before the first word of one.
const (
	Closers = "\"'”’»«“)]』」›"
	Openers = "\"'“„‘«»¿¡([『「‹"
)

// Ends reports whether s ends as a sentence does, or with a colon or a semicolon
// that leads to what follows, inside or outside of marks that close a quotation or a bracket.
func Ends(s string) bool {
	c, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, Closers+" "))
	return IsStop(c) || c == ':' || c == ';'
}

// EndsWithColon reports whether s announces what follows it.
func EndsWithColon(s string) bool {
	s = strings.TrimRight(s, " \u00a0")
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：")
}

// FirstIdeograph is where the characters of East Asia begin: the radicals, then the
// syllables and ideographs, each as good as a word.
const FirstIdeograph = 0x2e80

// EndsAt reports whether a sentence of s ends with byte i: at the end of a line,
// at a stop of the ideographic scripts, or at another stop and the marks that close
// behind it, before a space and what can begin a sentence. A full stop behind an
// abbreviation, an initial or a number of two digits ends none.
func EndsAt(s string, i int) bool {
	if s[i] == '\n' {
		return true
	}
	body := strings.TrimRight(s[:i+1], Closers)
	stop, size := utf8.DecodeLastRuneInString(body)
	switch {
	case body == "" || !IsStop(stop):
		return false
	case strings.ContainsRune("。！？", stop):
		return true
	}
	next := strings.TrimLeft(s[i+1:], " \u00a0")
	if len(next) == len(s)-i-1 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, Openers))
	if unicode.IsLower(first) || stop == '.' && unicode.IsDigit(first) {
		return false // "Jan. 28", "28. Januar"
	}
	if stop != '.' {
		return true
	}
	word := body[:len(body)-size]
	return !keepsPoint(word[strings.LastIndexAny(word, " \n\t\u00a0(“\"")+1:], wordOf(next))
}

// keepsPoint reports whether the full stop behind word ends no sentence before
// the word next.
func keepsPoint(word, next string) bool {
	switch {
	case len(word) <= 2 && word != "" && strings.Trim(word, "0123456789") == "": // "28. Januar"
		return true
	case utf8.RuneCountInString(word) == 1: // "J. Doe"
		return true
	case strings.Contains(word, "."): // "U.S"
		return !IsOpener(Hash(next))
	}
	a := AbbreviationOf(word)
	return a&Title != 0 || a&Short != 0 && !IsOpener(Hash(next))
}

// wordOf returns the letters that s begins with, behind marks that open.
func wordOf(s string) string {
	s = strings.TrimLeft(s, Openers)
	for i, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) {
			return s[:i]
		}
	}
	return s
}
