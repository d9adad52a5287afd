package answer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/internal/text"
)

// sentenceSize is the number of bytes of a sentence that are shown.
const sentenceSize = 400

// SentenceOf returns the sentence of a that holds words of its text or deck, or the part of
// it around them if it is long; "" if they do not lie there.
func SentenceOf(a *dateline.Article, w dateline.Words) string {
	within := w.Within(a)
	span := dateline.Span{Start: w.Start, End: w.End}
	if !span.In(within) {
		return ""
	}
	block := dateline.Span{Start: 0, End: len(within)}
	if w.In == "" {
		for _, b := range Blocks(a) {
			if b.Start <= w.Start && w.End <= b.End {
				block = dateline.Span{Start: b.Start, End: b.End}
			}
		}
	}
	s := sentence(within, block, span)
	return within[s.Start:s.End]
}

// sentence returns the bytes of the sentence within block that holds d, or of
// the part of it around d if it is long.
func sentence(s string, block, d dateline.Span) dateline.Span {
	// Look no further than can be shown: a block may be a whole book.
	lo, hi := max(block.Start, d.Start-sentenceSize), min(block.End, d.End+sentenceSize)
	ends := func(i int) bool { return i >= lo && text.EndsAt(s[lo:min(block.End, hi+sentenceSize)], i-lo) }
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
		from = wordFrom(s, from, d.Start)
	}
	if to < block.End && !ends(to-1) {
		to = wordTo(s, to, d.End)
	}
	shown := s[from:to]
	from += len(shown) - len(strings.TrimLeftFunc(shown, unicode.IsSpace))
	return dateline.Span{Start: from, End: from + len(strings.TrimSpace(shown))}
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
