package text

import (
	"unicode"
	"unicode/utf8"
)

// The numbers of FNV-1a.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// Hash returns a number for s that does not depend on the case of its letters
// nor on the form of its apostrophes: FNV-1a over its characters. It is never 0
// and does not change between runs.
func Hash(s string) uint64 {
	h := uint64(offset)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			return wide(h, s[i:])
		}
		if c-'A' < 26 {
			c |= 0x20
		}
		h = (h ^ uint64(c)) * prime
	}
	return finish(h)
}

// wide goes on with the sum h of Hash for a rest of the string that begins with a
// character beyond ASCII.
func wide(h uint64, s string) uint64 {
	for _, c := range s {
		if IsApostrophe(c) {
			c = '\''
		} else {
			c = unicode.ToLower(c)
		}
		for ; c >= utf8.RuneSelf; c >>= 7 {
			h = (h ^ uint64(c&0x7f|0x80)) * prime
		}
		h = (h ^ uint64(c)) * prime
	}
	return finish(h)
}

func finish(h uint64) uint64 {
	h ^= h >> 32
	return max(h, 1)
}

// IsApostrophe reports whether c is an apostrophe, or a mark that is written for one.
func IsApostrophe(c rune) bool { return c == '\'' || c == '’' || c == 'ʼ' }
