package answer

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
)

// sentenceSize is the number of bytes of a sentence that are shown.
const sentenceSize = 400

// sentence returns the bytes of the sentence within block that holds d, or of
// the part of it around d if it is long.
func sentence(text string, block, d dateline.Span) dateline.Span {
	// Look no further than can be shown: a block may be a whole book.
	lo, hi := max(block.Start, d.Start-sentenceSize), min(block.End, d.End+sentenceSize)
	ends := func(i int) bool { return i >= lo && endsSentence(text[lo:min(block.End, hi+sentenceSize)], i-lo) }
	from, to := d.Start, d.End
	for from > lo && !ends(from-1) {
		from--
	}
	for to < hi && !ends(to-1) {
		to++
	}
	if to-from > sentenceSize {
		room := max(0, sentenceSize-(d.End-d.Start))
		from, to = max(from, d.Start-room/2), min(to, d.End+room-room/2)
	}
	if from > block.Start && !ends(from-1) {
		from = wordFrom(text, from, d.Start)
	}
	if to < block.End && !ends(to-1) {
		to = wordTo(text, to, d.End)
	}
	shown := text[from:to]
	from += len(shown) - len(strings.TrimLeftFunc(shown, unicode.IsSpace))
	return dateline.Span{Start: from, End: from + len(strings.TrimSpace(shown))}
}

// endsSentence reports whether a sentence of text ends with byte i.
func endsSentence(text string, i int) bool {
	return text[i] == '\n' || strings.HasSuffix(text[:i+1], "。") || closes(text, i)
}

// closes reports whether byte i is the last of a mark that closes a sentence:
// a full stop that ends no abbreviation, a question mark and the like, quotation
// marks behind it, before a space and what can begin a sentence.
func closes(text string, i int) bool {
	body := strings.TrimRight(text[:i+1], `"')”’»`)
	if body == "" || !strings.ContainsRune(".!?…", lastRune(body)) {
		return false
	}
	rest := text[i+1:]
	next := strings.TrimLeft(rest, " \u00a0")
	if next == rest {
		return false
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(next, `"'(“‘«„¿¡`))
	if unicode.IsLower(r) || unicode.IsDigit(r) && strings.HasSuffix(body, ".") {
		return false // "Jan. 28", "28. Januar"
	}
	word := strings.TrimSuffix(body, ".")
	word = word[strings.LastIndexAny(word, " \n\t(“\"")+1:]
	return !strings.HasSuffix(body, ".") || !abbreviated(word)
}

// titles are words that a full stop follows within a sentence.
var titles = []string{"Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Adm", "Sen", "Rep", "Gov", "No", "Nr"}

// abbreviated reports whether a full stop behind word need not end a sentence:
// it is a title, an initial, "U.S" or a number such as that of "28. Januar".
func abbreviated(word string) bool {
	number := len(word) <= 2 && strings.Trim(word, "0123456789") == ""
	return number || utf8.RuneCountInString(word) == 1 || strings.Contains(word, ".") || slices.Contains(titles, word)
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// wordFrom moves from on to the beginning of a word, at most to end; where
// none comes soon, to that of a character.
func wordFrom(text string, from, end int) int {
	for i := from; i <= end && i < from+40; i++ {
		if text[i-1] == ' ' || text[i-1] == '\n' {
			return i
		}
	}
	for from < end && !utf8.RuneStart(text[from]) {
		from++
	}
	return from
}

// wordTo moves to back to the end of a word, at most to start; where none
// comes soon, to that of a character.
func wordTo(text string, to, start int) int {
	for i := to; i >= start && i > to-40; i-- {
		if text[i] == ' ' || text[i] == '\n' {
			return i
		}
	}
	for to > start && !utf8.RuneStart(text[to]) {
		to--
	}
	return to
}
