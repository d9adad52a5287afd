package version

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// A token is a word or a sign of a sentence.
type token struct {
	text   string
	key    string // as it is compared
	spaced bool   // white space stands before it
	word   bool   // it has letters or digits
}

// tokens cuts a sentence into words and signs. An ideograph is a word; so is a
// number with its points and commas, and a word with its apostrophes and hyphens.
func tokens(s string) []token {
	var all []token
	spaced := false
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if unicode.IsSpace(r) {
			spaced = true
			s = s[size:]
			continue
		}
		n, word := size, false
		if inWord(r) {
			word = true
			n = wordEnd(s)
		}
		all = append(all, token{s[:n], printings.Replace(s[:n]), spaced, word})
		s, spaced = s[n:], false
	}
	return all
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// unspaced reports whether r is of a script that is written without spaces.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// wordEnd returns where the word that s begins with ends.
func wordEnd(s string) int {
	first, end := utf8.DecodeRuneInString(s)
	if unspaced(first) {
		return end
	}
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if inWord(r) && !unspaced(r) {
			end += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[end+size:])
		if end+size < len(s) && inWord(next) && !unspaced(next) && strings.ContainsRune("'’-‐‑.,:/", r) && (r != '.' && r != ',' && r != ':' && r != '/' || unicode.IsDigit(next)) {
			end += size
			continue
		}
		break
	}
	return end
}

// join returns the text of tokens, with a space between two where white space stood there.
func join(list []token) string {
	var b strings.Builder
	for i, t := range list {
		if i > 0 && t.spaced {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// likeness is the share of words that two sentences have in common, of all
// words of both.
func likeness(a, b []token) float64 {
	count := map[string]int{}
	all, both := 0, 0
	for _, t := range a {
		if t.word {
			count[text.Lower(t.key)]++
			all++
		}
	}
	for _, t := range b {
		if !t.word {
			continue
		}
		all++
		if k := text.Lower(t.key); count[k] > 0 {
			count[k]--
			both++
		}
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(both) / float64(all)
}

// A step leads from one list towards another: an item that both have, or that only one of
// them has.
type step struct {
	only string // Before, After; "" if both have it
	a, b int    // index in the lists; -1 where it has none
}

// The values of a run of words that only one capture has.
const (
	Before = "before"
	After  = "after"
)

// wordDiff returns the runs of two sentences, one after the other.
func wordDiff(a, b []token) []Run {
	ka, kb := make([]string, len(a)), make([]string, len(b))
	for i := range a {
		ka[i] = a[i].key
	}
	for i := range b {
		kb[i] = b[i].key
	}
	steps := absorb(align(ka, kb), a, b)
	var runs []Run
	for i := 0; i < len(steps); {
		only := steps[i].only
		var list []token
		for ; i < len(steps) && steps[i].only == only; i++ {
			if steps[i].b >= 0 {
				list = append(list, b[steps[i].b])
			} else {
				list = append(list, a[steps[i].a])
			}
		}
		s := join(list)
		if len(runs) > 0 && list[0].spaced {
			s = " " + s
		}
		runs = append(runs, Run{s, only})
	}
	return runs
}

// absorb makes what both have between two differences a part of them where it is
// no more than a small word or a sign: nobody reads it as what stayed.
func absorb(steps []step, a, b []token) []step {
	var out []step
	for i := 0; i < len(steps); {
		if steps[i].only != "" {
			out = append(out, steps[i])
			i++
			continue
		}
		end, letters := i, 0
		for ; end < len(steps) && steps[end].only == ""; end++ {
			if t := b[steps[end].b]; t.word {
				letters += len(t.text)
			}
		}
		if i == 0 || end == len(steps) || letters > 3 {
			out = append(out, steps[i:end]...)
		} else {
			for ; i < end; i++ {
				out = append(out, step{Before, steps[i].a, -1}, step{After, -1, steps[i].b})
			}
		}
		i = end
	}
	return ordered(out)
}

// ordered puts, between two words that both have, what only the earlier has
// before what only the later has.
func ordered(steps []step) []step {
	out := make([]step, 0, len(steps))
	for i := 0; i < len(steps); {
		if steps[i].only == "" {
			out = append(out, steps[i])
			i++
			continue
		}
		end := i
		for end < len(steps) && steps[end].only != "" {
			end++
		}
		for _, only := range []string{Before, After} {
			for _, s := range steps[i:end] {
				if s.only == only {
					out = append(out, s)
				}
			}
		}
		i = end
	}
	return out
}
