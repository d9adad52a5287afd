package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Fragment is a piece of a text. The fragments of a text, joined in order, give the
// text again.
type Fragment struct {
	Text  string `json:"text"`            // UTF-8
	Match bool   `json:"match,omitempty"` // it is something that the query looks for
}

// Highlight cuts text into fragments and sets Match in those that are a word or phrase
// of q. It returns nil for an empty text.
func Highlight(q Query, text string) []Fragment {
	return fragments(text, 0, len(text), newFinder(q).find(text))
}

// Snippet returns the passage of text that holds the most different words and phrases
// of q: the first such passage, or the beginning of the text if it holds none of them.
// The passage is about width characters long. It begins and ends between words; where
// text is left out, a fragment with "…" says so. Each run of white space becomes one
// space.
func Snippet(q Query, text string, width int) []Fragment {
	matches := newFinder(q).find(text)
	from, to := passage(text, matches, width)
	frags := fragments(text, from, to, matches)
	for i := range frags {
		frags[i].Text = oneSpace(frags[i].Text)
	}
	if strings.TrimSpace(text[:from]) != "" {
		frags = slices.Insert(frags, 0, Fragment{Text: "… "})
	}
	if strings.TrimSpace(text[to:]) != "" {
		frags = append(frags, Fragment{Text: " …"})
	}
	return frags
}

// Passage returns the bytes of text, from the first to behind the last, that
// [Snippet] shows.
func Passage(q Query, text string, width int) (from, to int) {
	return passage(text, newFinder(q).find(text), width)
}

// fragments cuts text[from:to] at the matches. Matches that overlap become one
// fragment.
func fragments(text string, from, to int, matches []match) []Fragment {
	var frags []Fragment
	for i := 0; i < len(matches); i++ {
		start, end := matches[i].start, matches[i].end
		for i+1 < len(matches) && matches[i+1].start < end {
			i++
			end = max(end, matches[i].end)
		}
		start, end = max(start, from), min(end, to)
		if start >= end {
			continue
		}
		if from < start {
			frags = append(frags, Fragment{Text: text[from:start]})
		}
		frags = append(frags, Fragment{Text: text[start:end], Match: true})
		from = end
	}
	if from < to {
		frags = append(frags, Fragment{Text: text[from:to]})
	}
	return frags
}

// passage returns the first byte of the passage of text that a snippet shows, and the
// byte after its last.
func passage(text string, matches []match, width int) (from, to int) {
	if len(matches) > 0 {
		from, to = densest(text, matches, width)
	}
	spare := width - utf8.RuneCountInString(text[from:to])
	if from > 0 {
		from, spare = widenLeft(text, from, spare)
	}
	to, spare = widenRight(text, to, spare)
	if from > 0 && to == len(text) {
		from, _ = widenLeft(text, from, 3*spare)
	}
	shown := text[from:to]
	from += len(shown) - len(strings.TrimLeftFunc(shown, unicode.IsSpace))
	return from, from + len(strings.TrimSpace(shown))
}

// densest returns the first byte, and the byte after the last, of the shortest passage
// of at most width characters that begins with a match and holds the most different
// terms. Both of its ends move only forward, so the cost grows no faster than the
// text.
func densest(text string, matches []match, width int) (from, to int) {
	inside := make(map[int]int) // by term: how many of matches[i:j] are of it
	best, j, runes := 0, 0, 0   // runes is the number of characters from matches[i].start to reach
	reach := matches[0].start
	for i, m := range matches {
		for j < len(matches) {
			end := max(reach, matches[j].end)
			if end-reach > utf8.UTFMax*width && j > i {
				break // so many bytes are too many characters in any case: do not count them
			}
			n := runes + utf8.RuneCountInString(text[reach:end])
			if n > width && j > i {
				break
			}
			inside[matches[j].term]++
			reach, runes, j = end, n, j+1
		}
		if len(inside) > best {
			best, from, to = len(inside), m.start, reach
		}
		if inside[m.term]--; inside[m.term] == 0 {
			delete(inside, m.term)
		}
		if i+1 < len(matches) {
			next := matches[i+1].start
			if next >= reach {
				reach, runes = next, 0
			} else {
				runes -= utf8.RuneCountInString(text[m.start:next])
			}
		}
	}
	return from, to
}

// widenLeft moves from to the left by at most a third of spare characters, to
// the beginning of a word. It returns what is left of spare.
func widenLeft(text string, from, spare int) (int, int) {
	at, n, best, bestN := from, 0, from, 0
	for at > 0 && n < spare/3 {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
		n++
		if boundary(text, at) {
			best, bestN = at, n
		}
	}
	return best, spare - bestN
}

// widenRight moves to to the right by at most spare characters, to the end of
// a word.
func widenRight(text string, to, spare int) (int, int) {
	at, n, best, bestN := to, 0, to, 0
	for at < len(text) && n < spare {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
		n++
		if boundary(text, at) {
			best, bestN = at, n
		}
	}
	if best == 0 { // one long word: cut it
		best, bestN = at, n
	}
	return best, spare - bestN
}

// boundary reports whether a passage may begin or end at byte i of text: at either end
// of the text, beside white space, or between two characters of a script without
// spaces.
func boundary(text string, i int) bool {
	if i == 0 || i == len(text) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsSpace(before) != unicode.IsSpace(after) || isUnspaced(before) && isUnspaced(after)
}

// oneSpace returns s with each run of white space made one space.
func oneSpace(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}
