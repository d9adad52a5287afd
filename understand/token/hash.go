package token

import (
	"unicode/utf8"

	"dateline/internal/text"
)

// Hash is text.Hash: a number for s that does not depend on the case of its
// letters nor on the form of its apostrophes. It is never 0 and does not change
// between runs.
func Hash(s string) uint64 { return text.Hash(s) }

// Prefix returns the Hash of the first n characters of token i, or of all of it.
func (t *Text) Prefix(i, n int) uint64 {
	s := t.String(i)
	for at := range s {
		if n == 0 {
			return Hash(s[:at])
		}
		n--
	}
	return Hash(s)
}

// Suffix returns the Hash of the last n characters of token i, or of all of it.
func (t *Text) Suffix(i, n int) uint64 {
	s := t.String(i)
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return Hash(s[at:])
}
