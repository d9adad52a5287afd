package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// worded fills in the features of the words of those blocks that are open: see Open.
func (f *featureReader) worded() {
	const short, middle = 200, 600
	p := f.p
	head, deck := newWordSet(p.lead.Headline), newWordSet(p.lead.Deck)
	copies := emptied(&f.copies)
	for i := range p.Blocks {
		if s := p.Blocks[i].Text; len(s) < short {
			copies[s] = min(copies[s]+1, 6)
		}
	}
	for i := range p.Blocks {
		b, v := &p.Blocks[i], &f.all[i]
		if !Open(v) {
			continue
		}
		if len(b.Text) < short {
			v[fCopies] = copies[b.Text]
		}
		readText(b.Text, v)
		if b.Size < middle {
			v[fHeadline], v[fDeck] = shared(b.Text, &head, &deck)
		}
	}
}

// readText fills in what the characters of a block tell: digits, capitals, commas,
// quotation marks, what it begins and ends with.
func readText(s string, v *vector) {
	const look = 400 // bytes: a long text is like its beginning
	end := min(len(s), look)
	words, capitals, digits, commas, marks, chars, letters := 0, 0, 0, 0, 0, 0, 0
	inWord := false // a letter stands before, or an apostrophe within a word
	for i := 0; i < end; chars++ {
		var sign sign
		if s[i] < utf8.RuneSelf {
			sign = asciiSigns[s[i]]
			i++
		} else {
			r, n := utf8.DecodeRuneInString(s[i:end])
			sign = signOf(r)
			i += n
		}
		switch sign {
		case smallLetter, bigLetter:
			letters++
			if !inWord {
				words++
				if sign == bigLetter {
					capitals++
				}
			}
			inWord = true
			continue
		case aDigit:
			digits++
		case aComma:
			commas++
		case aMark:
			marks++
		}
		inWord = sign == anApostrophe
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

// A sign says what a character is to readText.
type sign uint8

const (
	anySign sign = iota
	smallLetter
	bigLetter
	aDigit
	aComma
	aMark // of speech
	anApostrophe
)

func signOf(r rune) sign {
	switch {
	case r < utf8.RuneSelf && r >= '0' && r <= '9':
		return aDigit
	case r == ',' || r == '،' || r == '、' || r == '，':
		return aComma
	case opensSpeech(r):
		return aMark
	case r == '\'' || r == '’':
		return anApostrophe
	case !unicode.IsLetter(r):
		return anySign
	case unicode.IsUpper(r):
		return bigLetter
	}
	return smallLetter
}

var asciiSigns = func() (t [utf8.RuneSelf]sign) {
	for c := range t {
		t[c] = signOf(rune(c))
	}
	return t
}()

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

// A wordSet is a small Bloom filter: it holds the words of a text by one bit each, so
// that now and then it takes another word for one of them.
type wordSet struct{ bits [16]uint64 }

func newWordSet(s string) (w wordSet) {
	for h, rest := nextWord(s); h != 0; h, rest = nextWord(rest) {
		w.bits[h>>6&15] |= 1 << (h & 63)
	}
	return w
}

func (w *wordSet) has(h uint32) bool { return w.bits[h>>6&15]>>(h&63)&1 != 0 }

// shared returns the share of the words of s that each of two sets has, from 0 to 31;
// 0 for a set that is empty.
func shared(s string, a, b *wordSet) (inA, inB uint8) {
	n, na, nb := 0, 0, 0
	for h, rest := nextWord(s); h != 0; h, rest = nextWord(rest) {
		n++
		if a.has(h) {
			na++
		}
		if b.has(h) {
			nb++
		}
	}
	return share(na, n), share(nb, n)
}

// nextWord returns a hash of the first word of s, which is not zero, and what
// follows it; zero if there is none.
func nextWord(s string) (hash uint32, rest string) {
	hash, letters, rest := cutWord(s)
	if letters == 0 {
		return 0, ""
	}
	return hash | 1<<31, rest
}

// cutWord returns a hash of the first word of s, how many letters it has, and
// what follows it; no letters if there is none. A character beyond the alphabets
// is a word of its own.
func cutWord(s string) (hash uint32, letters int, rest string) {
	const seed, prime = 2166136261, 16777619
	h, n := uint32(seed), 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		ok := false
		if r < utf8.RuneSelf {
			r = rune(text.ASCIIFold[r])
			ok = r != 0
		} else {
			r, size = utf8.DecodeRuneInString(s[i:])
			r, ok = text.Fold(r)
		}
		i += size
		if ok {
			h = (h ^ uint32(r)) * prime
			n++
		}
		if n > 0 && (!ok || r >= text.FirstIdeograph) {
			return h ^ h>>15, n, s[i:]
		}
	}
	return h ^ h>>15, n, ""
}
