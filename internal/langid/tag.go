package langid

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"dateline/internal/words"
)

// Detect returns the language of a text as a BCP 47 tag, or "". The hints
// are what Tag makes of the page's words for itself, the most trusted first.
// The text overrules them only when it is long enough and plainly in another
// language; among hints that agree the most exact is taken.
func Detect(text string, hints ...string) string {
	guess, sure := guessText(text)
	first, best := "", ""
	for _, tag := range hints {
		if tag == "" {
			continue
		}
		if first == "" {
			first = tag
		}
		if guess != "" && kin(Base(tag), guess) && (best == "" || len(tag) > len(best) && Base(tag) == Base(best)) {
			best = tag
		}
	}
	if own := byLetters(text); own != "" && own != Base(best) {
		best, guess, sure = "", own, true
		for _, tag := range hints {
			if Base(tag) == own {
				return tag
			}
		}
	}
	switch {
	case best != "":
		return best
	case guess != "" && (sure || first == ""):
		return guess
	}
	return exact(first, hints)
}

// byLetters returns "uk" for a text whose beginning has letters of the Ukrainian alphabet that
// Russian has not, and hardly any that only Russian has; else "".
// Ukrainian pages are often made with systems that state Russian, and both are near to
// one another by their trigrams.
func byLetters(text string) string {
	const most, least = 2000, 12 // bytes that are looked at; letters that decide
	uk, ru := 0, 0
	for _, r := range text[:min(len(text), most)] {
		switch r {
		case 'і', 'ї', 'є', 'ґ', 'І', 'Ї', 'Є', 'Ґ':
			uk++
		case 'ы', 'э', 'ё', 'ъ', 'Ы', 'Э', 'Ё', 'Ъ':
			ru++
		case 'ў', 'Ў', 'ј', 'љ', 'њ', 'қ', 'ң', 'ғ', 'ү', 'ұ', 'һ', 'ө', 'ә':
			return "" // Belarusian, Serbian, Kazakh …
		}
	}
	if uk >= least && ru*10 < uk {
		return "uk"
	}
	return ""
}

// exact returns the longest tag among the hints that has the base of first.
func exact(first string, hints []string) string {
	for _, tag := range hints {
		if Base(tag) == Base(first) && len(tag) > len(first) {
			first = tag
		}
	}
	return first
}

// Tag returns a page's word for its language in the form of BCP 47:
// "en_GB.UTF-8" is "en-GB"; "" if it is no language.
func Tag(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	s, _, _ = strings.Cut(s, ".")
	s, _, _ = strings.Cut(s, "@")
	if len(s) < 2 || len(s) > 35 {
		return ""
	}
	if commonTag(s) {
		return s
	}
	tag, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
	if err != nil || tag == language.Und {
		return ""
	}
	base, script, region := tag.Raw()
	if base.String() == "und" || base.String() == "mul" {
		return ""
	}
	out := base.String()
	if sc := script.String(); sc != "Zzzz" {
		out += "-" + sc
	}
	if r := region.String(); r != "ZZ" {
		out += "-" + r
	}
	return out
}

// commonTag reports whether s is the tag of a language that many write in, maybe
// with a region, in the form of BCP 47: what needs no closer look. The lists only
// spare the parser, which reads all others; a language that they lack is read as well.
func commonTag(s string) bool {
	const bases, regions = "ar cs da de el en es fi fr hu it ja ko nl pl pt ro ru sv tr uk zh", "AR AT AU BE BR CA CH CN CZ DE DK ES FI FR GB GR HU IE IN IT JP KR MX NL NZ PL PT RO RU SE TR UA US ZA"
	letters := func(s string, first byte) bool { return s[0]-first < 26 && s[1]-first < 26 }
	return (len(s) == 2 || len(s) == 5 && s[2] == '-' && letters(s[3:], 'A') && strings.Contains(regions, s[3:])) &&
		letters(s, 'a') && strings.Contains(bases, s[:2])
}

// Base returns the language of a BCP 47 tag without script and region: "de" of
// "de-AT".
func Base(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	return base
}

// kindred are the languages that are told apart better by the page than by its letters,
// each with the number of its kin.
var kindred = words.NewMap("kindred")

// kin reports whether two languages are the same, or so near to each other that a page's
// own word tells them apart better than its letters.
func kin(a, b string) bool {
	k := kindred.Value(a)
	return a == b || k != "" && k == kindred.Value(b)
}

// guessText guesses the language from the first lines of a text; sure says
// that the text is long enough and its letters leave little doubt.
func guessText(text string) (tag string, sure bool) {
	const most = 800
	if len(text) > most {
		n := most
		for n > 0 && !utf8.RuneStart(text[n]) {
			n--
		}
		text = text[:n]
	}
	if len(text) < 20 {
		return "", false
	}
	tag, confidence := Guess(text)
	if confidence < 0.2 && len(text) < 200 {
		return "", false
	}
	return tag, confidence > 0.9 && len(text) >= 300 || confidence >= 1 && len(text) >= shortSure
}

// shortSure is how many bytes a text has at least that overrules what its page says of its
// language where nothing else comes near: about two sentences, set by eye.
const shortSure = 150
