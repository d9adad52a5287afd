package query

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Token is the unit that an index stores and finds: a word with its letters folded
// to lower case and base form ("Żółw" is "zolw"), or, in a script whose words spaces
// do not set apart, a pair of neighbouring characters.
type Token struct {
	Text       string // folded, at most 64 bytes
	Start, End int    // its first byte in the text, and the byte after its last
}

// maxToken is the number of bytes to which a longer token is cut, so that encoded data
// and the like, which nobody searches for, does not swell an index.
const maxToken = 64

// Tokens yields the tokens of a text in order. A word is a run of letters and digits
// with their marks. Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces
// between words, and Korean writes particles onto its words: a run of such characters
// gives each pair of neighbours, and then its last character alone. "香港人" gives "香港",
// "港人" and "人".
func Tokens(text string) iter.Seq[Token] {
	return func(yield func(Token) bool) {
		for t := range scan(text) {
			if !yield(t.Token) {
				return
			}
		}
	}
}

// searchable reports whether s holds at least one token.
func searchable(s string) bool {
	for range scan(s) {
		return true
	}
	return false
}

// A Term is what an index looks for: tokens one directly after the other. If Prefix is
// set, the last of them may be only the beginning of the token in the text. A Term
// without tokens matches every text.
type Term struct {
	Tokens []string // folded, as [Tokens] yields them
	Prefix bool     // the last token may be the beginning of a longer one
}

// Term returns what an index has to look for.
func (w Word) Term() Term { return newTerm(w.Text, w.Prefix) }

// Term returns what an index has to look for.
func (p Phrase) Term() Term { return newTerm(p.Text, false) }

// newTerm returns the term for a text. In a script without spaces the tokens of the
// text end with a character alone. An article holds that token only if its own run
// ends there, so it is left out; where it is the only one of its run, it is searched
// for as the beginning of a pair.
func newTerm(text string, prefix bool) Term {
	tokens := slices.Collect(scan(text))
	n := len(tokens)
	if n > 0 && tokens[n-1].kind == single {
		prefix = n == 1 || tokens[n-2].kind != pair || tokens[n-2].End != tokens[n-1].End
		if !prefix {
			n--
		}
	}
	t := Term{Prefix: prefix && n > 0}
	for _, tok := range tokens[:n] {
		t.Tokens = append(t.Tokens, tok.Text)
	}
	return t
}

type kind uint8

const (
	letters kind = iota // a word
	pair                // two neighbouring characters of a script without spaces
	single              // the last character of a run of such characters, alone
)

// A token is a Token with its kind.
type token struct {
	Token
	kind kind
}

// class says how a character is treated when a text is cut into tokens.
type class uint8

const (
	separates class = iota // ends a word: a space, a punctuation mark
	joins                  // is part of a word
	pairs                  // forms pairs with its neighbours: it is of a script without spaces
	vanishes               // is left out, and the word goes on: a soft hyphen
)

// scan yields the tokens of a text with their kinds.
func scan(text string) iter.Seq[token] {
	return func(yield func(token) bool) {
		s := scanner{text: text}
		for s.next() {
			if !yield(s.tok) {
				return
			}
		}
	}
}

// A scanner reads the tokens of a text one at a time.
type scanner struct {
	text string
	i    int    // bytes read so far
	tok  token  // the token found by next
	fold []byte // used again by each call of word

	// Where the character of a script without spaces lies that was read last. open
	// says that the token which begins with it has not been returned yet.
	from, to int
	open     bool
}

// next reads one token into tok. It returns false at the end of the text.
func (s *scanner) next() bool {
	for s.i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[s.i:])
		switch classify(r, n) {
		case vanishes:
			s.i += n
		case pairs:
			from, to := s.from, s.to
			open := s.open
			s.from, s.to, s.open = s.i, s.i+n, true
			s.i += n
			if open {
				s.tok = token{Token{s.text[from:to] + s.text[s.from:s.to], from, s.to}, pair}
				if to == s.from { // the two stand side by side: no copy is needed
					s.tok.Text = s.text[from:s.to]
				}
				return true
			}
		default:
			if s.last() {
				return true
			}
			if classify(r, n) == joins && !isMark(r) {
				s.word()
				return true
			}
			s.i += n
		}
	}
	return s.last()
}

// last reads the token of the last character of a run that has ended. It returns false
// if that token has been read already, or there was no run.
func (s *scanner) last() bool {
	if !s.open {
		return false
	}
	s.open = false
	s.tok = token{Token{s.text[s.from:s.to], s.from, s.to}, single}
	return true
}

// word reads a word; its first letter stands at s.i.
func (s *scanner) word() {
	start, end := s.i, s.i
	for end < len(s.text) && (s.text[end]-'a' < 26 || s.text[end]-'0' < 10) {
		end++
	}
	s.i = end
	changed := false
	for s.i < len(s.text) {
		r, n := utf8.DecodeRuneInString(s.text[s.i:])
		c := classify(r, n)
		if c == separates || c == pairs {
			break
		}
		if !changed {
			s.fold, changed = append(s.fold[:0], s.text[start:end]...), true
		}
		s.i += n
		if c == joins {
			end = s.i
			if len(s.fold) < maxToken {
				s.fold = appendFold(s.fold, r)
			}
		}
	}
	s.tok = token{Token{s.text[start:end], start, end}, letters}
	if changed {
		s.tok.Text = string(s.fold)
	}
	s.tok.Text = cut(s.tok.Text)
}

// cut cuts s to maxToken bytes, on a rune boundary.
func cut(s string) string {
	if len(s) <= maxToken {
		return s
	}
	n := maxToken
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// classify returns the class of a character r that takes n bytes of the text.
func classify(r rune, n int) class {
	switch {
	case r < 0x80:
		if r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' {
			return joins
		}
		return separates
	case r == utf8.RuneError && n == 1:
		return separates
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3: // most of Han and Hangul
		return pairs
	case r == 'ـ', isVariation(r), unicode.Is(unicode.Cf, r): // tatweel, soft hyphen, joiners
		return vanishes
	case r < 0x0E00 && unicode.IsLetter(r):
		return joins
	case unicode.Is(unicode.Nd, r):
		return joins
	case isUnspaced(r):
		return pairs
	case unicode.IsLetter(r), unicode.IsNumber(r), isMark(r):
		return joins
	}
	return separates
}

func isMark(r rune) bool      { return r >= 0x300 && unicode.IsMark(r) }
func isVariation(r rune) bool { return r >= 0xFE00 && r <= 0xFE0F }

// isUnspaced reports whether r is of a script of which [Tokens] makes pairs: one in
// which spaces do not set words apart. The long vowel mark of kana (ー), which Unicode
// gives no script of its own, is among them.
func isUnspaced(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// Fold returns s in the form in which the values of fields are compared: letters
// folded as in tokens, no white space at the ends, and one space in place of each run
// of it.
func Fold(s string) string {
	var b []byte
	for word := range strings.FieldsSeq(s) {
		if len(b) > 0 {
			b = append(b, ' ')
		}
		for _, r := range word {
			if classify(r, utf8.RuneLen(r)) != vanishes {
				b = appendFold(b, r)
			}
		}
	}
	return string(b)
}

// appendFold appends the base letters of r in lower case; it appends nothing if r is a
// mark that only modifies the letter before it.
func appendFold(b []byte, r rune) []byte {
	if r < 0x80 {
		if r >= 'A' && r <= 'Z' {
			r |= 0x20
		}
		return append(b, byte(r))
	}
	if isAccent(r) {
		return b
	}
	if decomposes(r) {
		var one [utf8.UTFMax]byte
		parts := norm.NFKD.Properties(utf8.AppendRune(one[:0], r)).Decomposition()
		if parts != nil {
			for len(parts) > 0 {
				part, n := utf8.DecodeRune(parts)
				if parts = parts[n:]; !isAccent(part) {
					b = appendLower(b, part)
				}
			}
			return b
		}
	}
	return appendLower(b, r)
}

// appendLower appends r in lower case. Letters that Unicode does not decompose, but
// that readers without the key for them write with plain ones, are appended so: "ss"
// for "ß".
func appendLower(b []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch r {
	case 'ß':
		return append(b, "ss"...)
	case 'æ':
		return append(b, "ae"...)
	case 'œ':
		return append(b, "oe"...)
	case 'þ':
		return append(b, "th"...)
	case 'ø':
		return append(b, 'o')
	case 'ł':
		return append(b, 'l')
	case 'đ', 'ð':
		return append(b, 'd')
	case 'ħ':
		return append(b, 'h')
	case 'ŧ':
		return append(b, 't')
	case 'ı':
		return append(b, 'i')
	case 'ς':
		r = 'σ'
	}
	return utf8.AppendRune(b, r)
}

// decomposes reports whether r may be a letter with a mark that a reader would
// leave out when searching, or another shape of plain letters. In Cyrillic
// that is only ё (and ѐ, ѝ): й and ї are letters of their own. Marks of Indic
// scripts are vowels and stay; so do those of kana.
func decomposes(r rune) bool {
	switch {
	case r == '¹', r == '²', r == '³', r >= 0x2070 && r <= 0x209C, // raised and lowered digits
		r >= 0xC0 && r <= 0x24F,    // Latin
		r >= 0x370 && r <= 0x3FF,   // Greek
		r >= 0x622 && r <= 0x626,   // Arabic
		r >= 0x1E00 && r <= 0x1FFF, // Latin, Greek
		r >= 0x212A && r <= 0x212B, // kelvin, ångström
		r >= 0xFB00 && r <= 0xFB06, // ligatures
		r >= 0xFB1D && r <= 0xFB4F, // Hebrew
		r >= 0xFF10 && r <= 0xFF5A: // wide digits and Latin
		return true
	}
	switch r {
	case 'ё', 'Ё', 'ѐ', 'Ѐ', 'ѝ', 'Ѝ':
		return true
	}
	return false
}

// isAccent reports whether r is a mark that only modifies a letter, as the
// acute does, or a point of Hebrew or Arabic.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F,
		r >= 0x483 && r <= 0x487,
		r >= 0x591 && r <= 0x5C7 && unicode.Is(unicode.Mn, r),
		r >= 0x610 && r <= 0x61A,
		r >= 0x64B && r <= 0x65F,
		r == 0x670,
		r >= 0x6D6 && r <= 0x6ED && unicode.Is(unicode.Mn, r),
		r >= 0x1AB0 && r <= 0x1AFF,
		r >= 0x1DC0 && r <= 0x1DFF,
		r >= 0x20D0 && r <= 0x20FF,
		r >= 0xFE20 && r <= 0xFE2F:
		return true
	}
	return false
}
