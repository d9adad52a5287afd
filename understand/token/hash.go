package token

import (
	"unicode/utf8"

	"dateline/internal/text"
)

// Hash returns a number by which words are compared. Words that differ only in capitals and small letters
// or in the form of their apostrophes have the same Hash; different words could share one, but hardly do. It is
// never 0, and is the same in every run of the program. It is text.Hash.
func Hash(s string) uint64 { return text.Hash(s) }

// Prefix returns the Hash of the first n characters of token i, or of all of it if it has fewer.
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

// Suffix returns the Hash of the last n characters of token i, or of all of it if it has fewer.
func (t *Text) Suffix(i, n int) uint64 {
	s := t.String(i)
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return Hash(s[at:])
}
