package extract

import (
	"strings"
	"sync"
	"unicode/utf8"

	"dateline/internal/dom"

	"golang.org/x/text/unicode/norm"
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

// stored returns b as a string.
func stored(b []byte) string {
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(len(b))
	to.Write(b)
	return to.String()[start:]
}

// joined returns the parts as one string.
func joined(parts ...string) string {
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

// spaced returns s as a Spacer writes it.
func spaced(s string) string {
	if dom.Spaced(s) {
		return s
	}
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(len(s))
	var w dom.Spacer
	w.Write(&to.Builder, s)
	return to.String()[start:]
}

// textOf returns the text within n as one line.
func textOf(t *dom.Tree, n dom.ID) string {
	if t.End(n) == n+2 && t.Tag(n+1) == dom.Text && !t.Silent(n) {
		return line(t.Nodes[n+1].Text)
	}
	to := scratches.Get().(*scratch)
	defer scratches.Put(to)
	start := to.room(1 << 10) // of most; a longer one lets it grow
	t.WriteText(&to.Builder, n)
	return norm.NFC.String(to.String()[start:])
}

// lower returns s in lower case.
func lower(s string) string {
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
		r, _ = folded(r)
		n += utf8.EncodeRune(buf[n:], r)
		i += size
	}
	to.Write(buf[:n])
	return to.String()[start:]
}

// norml is what two printings of one text share: letters and digits in lower case.
func norml(s string) string {
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
			buf[n] = asciiFold[c]
			if buf[n] != 0 {
				n++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r, ok := folded(r); ok && r >= 0xc0 {
			n += utf8.EncodeRune(buf[n:], r)
		}
		i += size
	}
	to.Write(buf[:n])
	return to.String()[start:]
}
