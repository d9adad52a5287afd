// Package text has what every reader of printed words needs and the standard
// library has not: white space made single (space.go), comparison of two
// printings of one text (fold.go), counts of digits and letters (count.go),
// strings that are made by the thousand without an allocation each (build.go),
// numbers that stand for words (hash.go), what somebody who mistyped a word may have
// meant (nearest.go), statements on the use of pages (use.go), names made of
// bytes (uuid.go), and the one place that
// knows where a sentence ends (sentence.go, abbreviation.go). What it knows of single languages
// is in dateline/internal/words.
package text

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A scratch holds strings that are made while pages are read, many of them in
// one allocation. It is only added to: one that is full is left to its strings.
type scratch struct{ strings.Builder }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// room sees to it that a string of n bytes fits, and returns where it begins.
func (s *scratch) room(n int) int {
	const size = 16 << 10
	if s.Cap()-s.Len() < n {
		s.Builder = strings.Builder{}
		s.Grow(max(n, size))
	}
	return s.Len()
}

// Compose returns what write appends to b, of about so many bytes; more lets
// the memory grow.
func Compose(size int, write func(b *strings.Builder)) string {
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(size)
	write(&to.Builder)
	return to.String()[start:]
}

// Store returns b as a string.
func Store(b []byte) string {
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(len(b))
	to.Write(b)
	return to.String()[start:]
}

// Join returns the parts as one string.
func Join(parts ...string) string {
	size := 0
	for _, s := range parts {
		size += len(s)
	}
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(size)
	for _, s := range parts {
		to.WriteString(s)
	}
	return to.String()[start:]
}

// Single returns s as a Spacer writes it.
func Single(s string) string {
	if Spaced(s) {
		return s
	}
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(len(s))
	var w Spacer
	w.Write(&to.Builder, s)
	return to.String()[start:]
}

// Lower returns s in lower case.
func Lower(s string) string {
	same := 0
	for same < len(s) && s[same] < utf8.RuneSelf && (s[same] < 'A' || s[same] > 'Z') {
		same++
	}
	if same == len(s) {
		return s
	}
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(len(s) + len(s)/2) // a letter of two bytes can become one of three
	to.WriteString(s[:same])
	var buf [256]byte
	n := 0
	for i := same; i < len(s); {
		if n > len(buf)-utf8.UTFMax {
			to.Write(buf[:n])
			n = 0
		}
		if c := s[i]; c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c |= 0x20
			}
			buf[n] = c
			n++
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		r, _ = Fold(r)
		n += utf8.EncodeRune(buf[n:], r)
		i += size
	}
	to.Write(buf[:n])
	return to.String()[start:]
}

// Key is what two printings of one text share: letters and digits in lower case.
func Key(s string) string {
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(len(s) + len(s)/2)
	var buf [256]byte
	n := 0
	for i := 0; i < len(s); {
		if n > len(buf)-utf8.UTFMax {
			to.Write(buf[:n])
			n = 0
		}
		if c := s[i]; c < utf8.RuneSelf {
			buf[n] = ASCIIFold[c]
			if buf[n] != 0 {
				n++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r, ok := Fold(r); ok && r >= 0xc0 {
			n += utf8.EncodeRune(buf[n:], r)
		}
		i += size
	}
	to.Write(buf[:n])
	return to.String()[start:]
}

// KeyIs reports whether the Key of s is key.
func KeyIs(s, key string) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c = ASCIIFold[c]; c != 0 {
				if key == "" || key[0] != c {
					return false
				}
				key = key[1:]
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r, ok := Fold(r); ok && r >= 0xc0 {
			first, n := utf8.DecodeRuneInString(key)
			if first != r || n == 0 {
				return false
			}
			key = key[n:]
		}
		i += size
	}
	return key == ""
}
