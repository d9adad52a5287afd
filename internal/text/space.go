package text

import "strings"

// A Spacer writes text with its runs of white space made one space. It drops
// what cannot be seen: soft hyphens, zero-width spaces, byte order marks.
type Spacer struct {
	pending bool // white space came after the last word
	started bool // a word has been written
}

// Space notes that the next word is set apart from the last one.
func (w *Spacer) Space() { w.pending = true }

// Pending reports whether the next word is set apart from the last one.
func (w *Spacer) Pending() bool { return w.pending }

// Join has the next word go on with the last one.
func (w *Spacer) Join() { w.pending = false }

// What a byte is to a Spacer.
const (
	plainByte  = iota // part of a word
	spaceByte         // white space
	hiddenByte        // not to be seen
	leadByte          // of a character that may be one of the two
)

var spacing = func() (t [256]uint8) {
	for c := range ' ' + 1 {
		t[c] = spaceByte
	}
	t[0x7f] = hiddenByte
	for _, c := range []byte{0xc2, 0xe2, 0xe3, 0xef} {
		t[c] = leadByte
	}
	return t
}()

// Write appends s to b.
func (w *Spacer) Write(b *strings.Builder, s string) {
	start := 0 // of what is to be copied
	for i := 0; i < len(s); {
		class, n := spacing[s[i]], 1
		if class == leadByte {
			class, n = beyondASCII(s[i:])
		}
		switch class {
		case plainByte:
			if w.pending && w.started {
				b.WriteByte(' ')
			}
			w.pending, w.started = false, true
			i += n
			for i < len(s) && (spacing[s[i]] == plainByte || s[i] == ' ' && i+1 < len(s) && spacing[s[i+1]] == plainByte) {
				i++
			}
			continue
		case spaceByte:
			b.WriteString(s[start:i])
			w.pending = true
		case hiddenByte:
			b.WriteString(s[start:i])
		}
		i += n
		start = i
	}
	b.WriteString(s[start:])
}

// Spaced reports whether s is as a Spacer would write it.
func Spaced(s string) bool {
	space := true // stands before s[i]
	for i := 0; i < len(s); {
		class, n := spacing[s[i]], 1
		if class == leadByte {
			class, n = beyondASCII(s[i:])
		}
		if class == hiddenByte || class == spaceByte && (space || s[i] != ' ') {
			return false
		}
		space = class == spaceByte
		i += n
	}
	return !space || s == ""
}

// beyondASCII tells the white space and the invisible characters beyond ASCII, and
// the width of the character that s begins with.
func beyondASCII(s string) (class uint8, n int) {
	if len(s) < 2 {
		return plainByte, 1
	}
	switch s[0] {
	case 0xc2:
		switch s[1] {
		case 0xa0, 0x85:
			return spaceByte, 2
		case 0xad:
			return hiddenByte, 2
		}
		if s[1] < 0xa0 { // C1 controls
			return hiddenByte, 2
		}
		return plainByte, 2
	case 0xe2:
		if len(s) < 3 {
			return plainByte, 1
		}
		if s[1] == 0x80 {
			switch {
			case s[2] >= 0x80 && s[2] <= 0x8a, s[2] == 0xa8, s[2] == 0xa9, s[2] == 0xaf:
				return spaceByte, 3
			case s[2] == 0x8b:
				return hiddenByte, 3
			}
		}
		if s[1] == 0x81 && (s[2] == 0x9f || s[2] == 0xa0) {
			if s[2] == 0x9f {
				return spaceByte, 3
			}
			return hiddenByte, 3
		}
		return plainByte, 3
	case 0xe3:
		if len(s) >= 3 && s[1] == 0x80 && s[2] == 0x80 {
			return spaceByte, 3
		}
	case 0xef:
		if len(s) >= 3 && s[1] == 0xbb && s[2] == 0xbf {
			return hiddenByte, 3
		}
	}
	for n = 1; n < len(s) && s[n]&0xc0 == 0x80; n++ {
	}
	return plainByte, n
}
