package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// worded reads the words of the blocks that are open.
func (f *featureReader) worded() {
	const short, middle = 200, 600
	p := f.p
	head, deck := newWordSet(p.a.Headline), newWordSet(p.a.Deck)
	copies := make(map[string]uint8, len(p.blocks))
	for i := range p.blocks {
		if s := p.blocks[i].text; len(s) < short {
			copies[s] = min(copies[s]+1, 6)
		}
	}
	for i := range p.blocks {
		b, v := &p.blocks[i], &f.all[i]
		if !open(v) {
			continue
		}
		if len(b.text) < short {
			v[fCopies] = copies[b.text]
		}
		readText(b.text, v)
		if b.size < middle {
			v[fHeadline], v[fDeck] = shared(b.text, &head, &deck)
		}
	}
}

// readText reads a block's characters.
func readText(s string, v *vector) {
	const look = 400 // a long text is like its beginning
	end := min(len(s), look)
	words, capitals, digits, commas, marks, chars, letters := 0, 0, 0, 0, 0, 0, 0
	inWord := false // or after an apostrophe
	for _, r := range s[:end] {
		chars++
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsLetter(r):
			letters++
			if !inWord {
				words++
				if r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsUpper(r) {
					capitals++
				}
			}
			inWord = true
			continue
		case r >= '0' && r <= '9':
			digits++
		case r == ',' || r == '،' || r == '、' || r == '，':
			commas++
		case r == '"' || r >= 0x80 && opensSpeech(r):
			marks++
		}
		inWord = r == '\'' || r == '’'
	}
	if end < len(s) && end > 0 {
		words = words * len(s) / end
		capitals = capitals * len(s) / end
		commas = commas * len(s) / end
	}
	v[fWords] = level(words)
	v[fWordSize] = uint8(min(20, letters*min(len(s), look)/max(1, words*min(len(s), look))))
	v[fDigits] = share(digits, chars)
	v[fCapitals] = share(capitals, words)
	v[fCommas] = level(commas)
	v[fQuotes] = uint8(min(marks, 6))
	first, _ := utf8.DecodeRuneInString(s)
	v[fBegins] = charLevel(first)
}

// charLevel sorts the characters that a block begins or ends with.
func charLevel(r rune) uint8 {
	switch {
	case strings.ContainsRune(".。।", r):
		return 0
	case strings.ContainsRune("!?！？؟", r):
		return 1
	case r == '\'' || r == '’' || r == '‘' || r == '」' || r == '』' || opensSpeech(r):
		return 2
	case r == '…' || r == ';':
		return 3
	case r == ':' || r == '：':
		return 4
	case unicode.IsUpper(r):
		return 6
	case unicode.IsLetter(r):
		return 5
	case unicode.IsDigit(r):
		return 7
	case r == '(' || r == '[':
		return 8
	case r == ')' || r == ']':
		return 9
	case strings.ContainsRune("-–—•*·▪►▶→>#+|/", r):
		return 10
	case strings.ContainsRune("©®@", r):
		return 11
	}
	return 12
}

// opensSpeech reports whether r opens or closes speech.
func opensSpeech(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»', '「', '『':
		return true
	}
	return false
}

// A wordSet holds the words of a text, and now and then takes another word
// for one of them.
type wordSet struct{ bits [16]uint64 }

func newWordSet(s string) (w wordSet) {
	eachWord(s, func(h uint32) { w.bits[h>>6&15] |= 1 << (h & 63) })
	return w
}

func (w *wordSet) has(h uint32) bool { return w.bits[h>>6&15]>>(h&63)&1 != 0 }

// shared tells how much of s is in either set, 0 if the set is empty.
func shared(s string, a, b *wordSet) (inA, inB uint8) {
	n, na, nb := 0, 0, 0
	eachWord(s, func(h uint32) {
		n++
		if a.has(h) {
			na++
		}
		if b.has(h) {
			nb++
		}
	})
	return share(na, n), share(nb, n)
}

// eachWord yields a hash of every word of s; a character beyond the alphabets
// is a word of its own.
func eachWord(s string, yield func(uint32)) {
	h, n := uint32(2166136261), 0
	for _, r := range s {
		r, wordy := folded(r)
		if wordy {
			h = (h ^ uint32(r)) * 16777619
			n++
		}
		if n > 0 && (!wordy || r >= 0x2e80) {
			yield(h ^ h>>15)
			h, n = 2166136261, 0
		}
	}
	if n > 0 {
		yield(h ^ h>>15)
	}
}
