package langid

import (
	"slices"
	"unicode"
)

// scripts are those that languages are told apart by; alone is the language of
// a script that has but one here.
var scripts = []struct {
	name  string
	runes *unicode.RangeTable
	alone string
}{
	{"Latin", unicode.Latin, ""},
	{"Cyrillic", unicode.Cyrillic, ""},
	{"Arabic", unicode.Arabic, ""},
	{"Devanagari", unicode.Devanagari, ""},
	{"Ethiopic", unicode.Ethiopic, ""},
	{"Hebrew", unicode.Hebrew, ""},
	{"Han", unicode.Han, "zh"},
	{"Hiragana", unicode.Hiragana, "ja"},
	{"Katakana", unicode.Katakana, "ja"},
	{"Hangul", unicode.Hangul, "ko"},
	{"Greek", unicode.Greek, "el"},
	{"Bengali", unicode.Bengali, "bn"},
	{"Georgian", unicode.Georgian, "ka"},
	{"Kannada", unicode.Kannada, "kn"},
	{"Tamil", unicode.Tamil, "ta"},
	{"Thai", unicode.Thai, "th"},
	{"Gujarati", unicode.Gujarati, "gu"},
	{"Gurmukhi", unicode.Gurmukhi, "pa"},
	{"Telugu", unicode.Telugu, "te"},
	{"Malayalam", unicode.Malayalam, "ml"},
	{"Oriya", unicode.Oriya, "or"},
	{"Myanmar", unicode.Myanmar, "my"},
	{"Sinhala", unicode.Sinhala, "si"},
	{"Khmer", unicode.Khmer, "km"},
}

// script returns the index of a script by its name; there is one.
func script(name string) int {
	for i := range scripts {
		if scripts[i].name == name {
			return i
		}
	}
	panic("langid: no script " + name)
}

var han, hiragana, katakana = script("Han"), script("Hiragana"), script("Katakana")

// scriptOf returns the script that most letters of a text are in, -1 if it has
// none that is known. Chinese characters among kana are Japanese.
func scriptOf(text string) int {
	var room [32]int
	counts := room[:len(scripts)]
	last := 0 // the script of the letter before, where the next one is looked for first
	for _, r := range text {
		switch {
		case r < 0x80:
			if 'a' <= r|0x20 && r|0x20 <= 'z' {
				counts[0]++
			}
		case unicode.Is(scripts[last].runes, r):
			counts[last]++
		default:
			for i := range scripts {
				if unicode.Is(scripts[i].runes, r) {
					counts[i]++
					last = i
					break
				}
			}
		}
	}
	if kana := counts[hiragana] + counts[katakana]; kana > 0 && max(counts[han], kana) >= slices.Max(counts) {
		return hiragana
	}
	best := slices.Index(counts, slices.Max(counts))
	if counts[best] == 0 {
		return -1
	}
	return best
}
