package dom

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// references holds the named character references of HTML, one a line: the
// name, with its semicolon unless HTML lets it stand without, and the code
// points it means.
//
//go:embed references.txt
var references string

const (
	longestReference = len("CounterClockwiseContourIntegral;")
	longestBare      = len("frac12") // of those that need no semicolon
)

var namedReferences = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, strings.Count(references, "\n"))
	for line := range strings.Lines(references) {
		name, points, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		meaning := ""
		for p := range strings.SplitSeq(points, " ") {
			r, _ := strconv.ParseUint(p, 16, 32) // the file is our own: a test reads it
			meaning += string(rune(r))
		}
		m[name] = meaning
	}
	return m
})

// unescape appends s to the side buffer with its character references decoded
// by the rules of text, or of an attribute's value. The caller has made room.
func (z *tokenizer) unescape(s string, attribute bool) {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			z.side.WriteString(s)
			return
		}
		z.side.WriteString(s[:i])
		s = s[i:]
		var width int
		if len(s) > 1 && s[1] == '#' {
			width = z.numeric(s)
		} else {
			width = z.named(s, attribute)
		}
		if width == 0 {
			z.side.WriteByte('&')
			width = 1
		}
		s = s[width:]
	}
}

// named appends what the named reference at the start of s means and returns
// its width, 0 if there is none.
func (z *tokenizer) named(s string, attribute bool) int {
	n := 1
	for n < len(s) && n <= longestReference && alphanumeric(s[n]) {
		n++
	}
	if n == 1 {
		return 0
	}
	known := namedReferences()
	if n < len(s) && s[n] == ';' {
		if meaning, ok := known[s[1:n+1]]; ok {
			z.side.WriteString(meaning)
			return n + 1
		}
	}
	for end := min(n, 1+longestBare); end > 2; end-- {
		meaning, ok := known[s[1:end]]
		if !ok {
			continue
		}
		if attribute && end < len(s) && (s[end] == '=' || alphanumeric(s[end])) {
			return 0
		}
		z.side.WriteString(meaning)
		return end
	}
	return 0
}

// numeric appends the character that the reference at the start of s, "&#",
// names by its number; it returns the width of the reference, 0 if it has no
// digit.
func (z *tokenizer) numeric(s string) int {
	i, base := 2, rune(10)
	if i < len(s) && s[i]|0x20 == 'x' {
		i, base = 3, 16
	}
	first := i
	var r rune
	for ; i < len(s); i++ {
		d := rune(99)
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			d = rune(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			d = rune(c|0x20-'a') + 10
		}
		if d >= base {
			break
		}
		if r <= utf8.MaxRune {
			r = r*base + d
		}
	}
	if i == first {
		return 0
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	switch {
	case 0x80 <= r && r <= 0x9f:
		r = windows1252[r-0x80]
	case r == 0 || r > utf8.MaxRune || 0xd800 <= r && r <= 0xdfff:
		r = utf8.RuneError
	}
	z.side.WriteRune(r)
	return i
}

// windows1252 is what the numbers of C1 control characters mean in HTML.
var windows1252 = [32]rune{
	'\u20ac', '\u0081', '\u201a', '\u0192', '\u201e', '\u2026', '\u2020', '\u2021',
	'\u02c6', '\u2030', '\u0160', '\u2039', '\u0152', '\u008d', '\u017d', '\u008f',
	'\u0090', '\u2018', '\u2019', '\u201c', '\u201d', '\u2022', '\u2013', '\u2014',
	'\u02dc', '\u2122', '\u0161', '\u203a', '\u0153', '\u009d', '\u017e', '\u0178',
}

func alphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
