package text

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Line returns s as one line of NFC: runs of white space are one space. It is
// s itself if that is one already.
func Line(s string) string {
	return NFC(Single(s))
}

// NFC returns s in the normalisation form C of Unicode. It is s itself if that is in it.
func NFC(s string) string {
	const combining = 0xcc // no character whose first byte is less is changed by normalisation
	for i := 0; i < len(s); {
		switch {
		case s[i] < combining:
			i++
		case s[i] == 0xe2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x90: // dashes and quotation marks
			i += 3
		default:
			return norm.NFC.String(s)
		}
	}
	return s
}

// Fold returns a character in lower case, and whether it is part of a word.
func Fold(r rune) (lower rune, ok bool) {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r | 0x20, true
		}
		return r, 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	case 0xc0 <= r && r < 0x250: // Latin
		switch {
		case r == 0xd7 || r == 0xf7: // × and ÷
			return r, false
		case r <= 0xde:
			return r + 0x20, true
		case r <= 0xff:
			return r, true
		}
		return unicode.ToLower(r), true
	case 0x2000 <= r && r <= 0x206f: // spaces, dashes and quotation marks
		return r, false
	case 0x400 <= r && r <= 0x45f: // Cyrillic
		switch {
		case r <= 0x40f:
			return r + 0x50, true
		case r <= 0x42f:
			return r + 0x20, true
		}
		return r, true
	case 0x4e00 <= r && r <= 0x9fff, 0xac00 <= r && r <= 0xd7a3, 0x3041 <= r && r <= 0x3096, 0x30a1 <= r && r <= 0x30fa:
		return r, true // Han, Hangul, Kana
	}
	return unicode.ToLower(r), unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// ASCIIFold has the letters of ASCII in lower case, its digits, and else zero.
var ASCIIFold = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		if r, ok := Fold(rune(c)); ok {
			t[c] = byte(r)
		}
	}
	return t
}()

// Overlap returns the share of words that two printings have in common.
func Overlap(a, b string) float64 {
	var room [2][64]uint64
	x, y := wordHashes(room[0][:0], a), wordHashes(room[1][:0], b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

// wordHashes appends the set of words of s, each as the hash of its lower case, in
// order; an ideograph is a word of its own.
func wordHashes(set []uint64, s string) []uint64 {
	const seed, prime = 14695981039346656037, 1099511628211 // FNV-1a, a character at a time
	h := uint64(seed)
	for _, r := range s {
		if ideograph(r) {
			if h != seed {
				set = append(set, h)
				h = seed
			}
			set = append(set, (seed^uint64(r))*prime)
			continue
		}
		if r, ok := Fold(r); ok {
			h = (h ^ uint64(r)) * prime
		} else if h != seed {
			set = append(set, h)
			h = seed
		}
	}
	if h != seed {
		set = append(set, h)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// ideograph reports whether a character is of a script written without spaces
// or, as Hangul, with several words between two.
func ideograph(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
