package query

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A Token is what an index finds: a word with its letters folded to lower case
// and base form ("Żółw" is "zolw"), or a pair of neighbouring characters of a
// script that puts no spaces between words.
type Token struct {
	Text       string // folded, at most 64 bytes
	Start, End int    // bytes of the text
}

// maxToken keeps what is no word, such as encoded data, out of indexes.
const maxToken = 64

// Tokens yields the tokens of a text in order. A word is a run of letters and
// digits with their marks. A run of Chinese, Japanese, Korean, Thai, Lao,
// Khmer or Burmese characters gives its pairs, and its last character alone:
// "香港人" gives "香港", "港人", "人".
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

// A Term is what an index looks for: tokens in a row, the last of which may be
// the beginning of a longer one if Prefix is set. A Term without tokens
// matches everything.
type Term struct {
	Tokens []string // folded, as [Tokens] yields them
	Prefix bool     // the last token may go on
}

// Term returns what an index has to look for.
func (w Word) Term() Term { return newTerm(w.Text, w.Prefix) }

// Term returns what an index has to look for.
func (p Phrase) Term() Term { return newTerm(p.Text, false) }

// newTerm leaves out the last character of a run at the end, which the text
// may continue; a run of only one character begins a pair or stands alone.
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
	pair                // two characters of an unspaced script
	single              // the last one of a run of them
)

type token struct {
	Token
	kind kind
}

// class says what a character does to the token it stands in.
type class uint8

const (
	separates class = iota
	joins           // belongs to a word
	pairs           // belongs to an unspaced script
	vanishes        // neither ends a word nor counts
)

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

type scanner struct {
	text string
	i    int    // bytes read
	tok  token  // the token found by next
	fold []byte // for word

	// The character of an unspaced script read last, if a token is still to
	// begin with it.
	from, to int
	open     bool
}

// next reads one token.
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
				if to == s.from { // nothing has vanished in between
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

// last gives the last character of a run that has ended.
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

func isUnspaced(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// Fold returns s in the form in which values of fields are compared: letters
// folded as in tokens, spaces at the ends gone and made one elsewhere.
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

// appendFold appends the base letters of r in lower case, nothing for a mark
// that only modifies a letter.
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
