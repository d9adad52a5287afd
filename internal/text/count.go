package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Number reads the number that s begins with; n is how many digits it has, 9 at most.
func Number(s string) (v, n int) {
	for n < len(s) && n < 9 && IsDigit(s[n]) {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, n
}

// IsDigit reports whether a byte is a digit of ASCII.
func IsDigit(c byte) bool { return '0' <= c && c <= '9' }

// Digits counts the digits of any script in s.
func Digits(s string) (n int) {
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// Letters counts the letters of any script in s.
func Letters(s string) (n int) {
	for _, r := range s {
		if r >= utf8.RuneSelf && unicode.IsLetter(r) || 'a' <= r|0x20 && r|0x20 <= 'z' {
			n++
		}
	}
	return n
}

// ContainsAny reports whether one of the words stands anywhere in s.
func ContainsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// StartsCapital reports whether s begins with a capital letter.
func StartsCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// Capitals reports whether s has no small letter that has a capital.
func Capitals(s string) bool {
	for _, r := range s {
		if r < utf8.RuneSelf && (r < 'a' || r > 'z') {
			continue
		}
		if unicode.ToUpper(r) != r {
			return false
		}
	}
	return true
}

// Pieces appends to list the pieces of s between separators, without empty
// ones.
func Pieces(list []string, s, separators string) []string {
	start := 0
	for i, r := range s {
		if !strings.ContainsRune(separators, r) {
			continue
		}
		if start < i {
			list = append(list, s[start:i])
		}
		start = i + utf8.RuneLen(r)
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}

// Alnum reports whether a byte is a letter or digit of ASCII, or of a character
// beyond it.
func Alnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}

// Upper reports whether a byte is a capital letter of ASCII.
func Upper(c byte) bool { return c >= 'A' && c <= 'Z' }
