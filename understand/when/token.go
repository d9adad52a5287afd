package when

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// A token is a word, a number or a mark of the text.
type token struct {
	start, end int32
	word       *word // what the language knows of it; nil if nothing
	kinds      kinds // every class that it can stand for
	num        int32 // value of a number, meaningful for the classes of numbers
	sub        int32 // minute of a clock, tenths of a decimal number, second part of a fraction
	day        ymd   // of a numeric date
	flags      uint8
}

const (
	capital    uint8 = 1 << iota // begins with a capital letter
	glued                        // no space before it
	barrier                      // the first of a paragraph
	opens                        // the first of a sentence
	pastForm                     // unknown word that looks like a past tense
	futureForm                   // unknown word that looks like a future tense
	digits                       // written in digits
	wordy                        // number written in words
)

// A ymd is a calendar day, or what is known of it: zero parts are unknown.
type ymd struct{ y, m, d int16 }

// maxTokens bounds the tokens of one text; the rest of a longer text is not read.
const maxTokens = 1 << 24

// A reader cuts a text into tokens.
type reader struct {
	lang  *language
	order string // of day and month in 03/04/2020: "dmy", "mdy", or "" if unknown
	text  string
	toks  []token
	buf   [64]byte // for a word in small letters
	at    int      // the next byte of text
	open  bool     // the next token opens a sentence
	para  bool     // the next token opens a paragraph
	gap   bool     // space since the last token
}

// tokens appends the tokens of text to toks and returns the result; order is as in reader.
func (l *language) tokens(text, order string, toks []token) []token {
	r := reader{lang: l, order: order, text: text, toks: toks, open: true, para: true}
	for r.at < len(text) && len(r.toks) < maxTokens {
		c := text[r.at]
		switch {
		case c == ' ' || c == '\t' || c == '\r':
			r.gap = true
			r.at++
		case c == '\n':
			if r.at+1 < len(text) && text[r.at+1] == '\n' {
				r.open, r.para = true, true
			}
			r.gap = true
			r.at++
		case c-'0' < 10:
			r.number()
		case c|0x20-'a' < 26 && c >= 'A':
			r.letters()
		case c < utf8.RuneSelf:
			r.mark(1)
		default:
			r.foreign()
		}
	}
	return r.toks
}

// foreign reads what begins with a character outside ASCII.
func (r *reader) foreign() {
	c, n := utf8.DecodeRuneInString(r.text[r.at:])
	switch {
	case unicode.IsLetter(c):
		r.letters()
	case unicode.IsSpace(c):
		r.gap = true
		r.at += n
	default:
		r.mark(n)
	}
}

// add appends a token that ends at end, and goes on there.
func (r *reader) add(end int, t token) {
	t.start, t.end = int32(r.at), int32(end)
	if !r.gap {
		t.flags |= glued
	}
	if r.open {
		t.flags |= opens
	}
	if r.para {
		t.flags |= barrier
	}
	r.gap, r.open, r.para = false, false, false
	r.at = end
	r.toks = append(r.toks, t)
}

// mark reads a sign of n bytes. An apostrophe belongs to the letters after it.
func (r *reader) mark(n int) {
	s := r.text[r.at : r.at+n]
	if !r.gap && (s == "'" || s == "’") && len(r.toks) > 0 && r.byteAt(r.at-1) != '\'' {
		if end := r.run(r.at + n); end > r.at+n {
			w := r.lang.lookup(append(append(r.buf[:0], '\''), lower(r.text[r.at+n:end])...))
			r.add(end, token{word: w, kinds: w.kinds(false)})
			return
		}
	}
	w := r.lang.lookup(append(r.buf[:0], s...))
	ends := s == "!" || s == "?" || s == "." && r.endsSentence()
	open := r.open // a quotation mark in front leaves the sentence to be opened
	r.add(r.at+n, token{word: w, kinds: w.kinds(false)})
	r.open = ends || open && w == nil
}

// endsSentence reports whether the point at hand is more than that of an
// abbreviation: "Mr.", "U.S.", "J.", "am 3.".
func (r *reader) endsSentence() bool {
	if n := len(r.toks); n > 0 && !r.gap {
		t := &r.toks[n-1]
		word := r.text[t.start:t.end]
		switch {
		case text.AbbreviationOf(word)&(text.Title|text.Short) != 0, r.lang.ordinalPoint && t.kinds.has(kDay),
			t.flags&capital != 0 && utf8.RuneCountInString(word) == 1, strings.Contains(word, "."):
			return false
		}
	}
	next := strings.TrimLeft(r.text[r.at+1:min(len(r.text), r.at+3)], " ")
	return next == "" || next[0]-'a' >= 26
}

// run returns the end of the letters that begin at i.
func (r *reader) run(i int) int {
	for i < len(r.text) {
		c := r.text[i]
		if c|0x20-'a' < 26 && c >= 'A' {
			i++
			continue
		}
		if c < utf8.RuneSelf {
			break
		}
		l, n := utf8.DecodeRuneInString(r.text[i:])
		if !unicode.IsLetter(l) && !unicode.IsMark(l) {
			break
		}
		i += n
	}
	return i
}

// letters reads a word, with the points of an abbreviation that the language
// knows ("Sept.", "a.m.") and, where the language has it, the apostrophe of an
// elision ("l'").
func (r *reader) letters() {
	start, end := r.at, r.run(r.at)
	if end-start == 1 { // "p.m.", "U.S."
		for end+1 < len(r.text) && r.text[end] == '.' && r.run(end+1) == end+2 {
			end += 2
		}
	}
	t := token{}
	first, _ := utf8.DecodeRuneInString(r.text[start:])
	upper := unicode.IsUpper(first)
	if upper {
		t.flags |= capital
	}
	if end-start <= maxWord {
		low := appendLower(r.buf[:0], r.text[start:end])
		if end < len(r.text) && r.text[end] == '.' {
			if w := r.lang.lookup(append(low, '.')); w != nil && w.kinds(upper) != 0 {
				r.add(end+1, token{word: w, kinds: w.kinds(upper), flags: t.flags, num: w.num()})
				return
			}
		}
		if n := r.elision(end); n > 0 {
			if w := r.lang.lookup(append(low, '\'')); w != nil {
				r.add(end+n, token{word: w, kinds: w.kinds(upper), flags: t.flags, num: w.num()})
				return
			}
		}
		t.word = r.lang.lookup(low)
		t.kinds = t.word.kinds(upper)
		if t.word != nil {
			t.num = t.word.num()
			if t.kinds.has(kNum) {
				t.flags |= wordy
			}
		} else {
			t.flags |= r.lang.form(low)
		}
	}
	r.add(end, t)
	if t.kinds&(1<<kNum|1<<kOrd) != 0 {
		r.join()
	}
}

// elision returns the length of an apostrophe at i that belongs to the word
// before it.
func (r *reader) elision(i int) int {
	if !r.lang.elides || i >= len(r.text) {
		return 0
	}
	if r.text[i] == '\'' {
		return 1
	}
	if len(r.text) >= i+3 && r.text[i:i+3] == "’" {
		return 3
	}
	return 0
}

// join makes one number of the last two number words: "twenty" "five".
func (r *reader) join() {
	n := len(r.toks) - 1
	prev := n - 1
	if prev >= 1 && r.textOf(prev) == "-" && r.toks[prev].flags&r.toks[n].flags&glued != 0 {
		prev--
	} else if prev >= 1 && r.toks[prev].word != nil && r.toks[prev].kinds.has(kAnd) && r.toks[prev-1].num >= 20 {
		prev--
	}
	if prev < 0 || r.toks[prev].flags&wordy == 0 || r.toks[n].flags&barrier != 0 {
		return
	}
	p, c := &r.toks[prev], r.toks[n]
	sum, ok := joinNumbers(p.num, c.num)
	if !ok || c.kinds.has(kOrd) && (p.num%10 != 0 || p.num > 90 || c.num > 9) {
		return
	}
	p.num, p.end = sum, c.end
	p.kinds = c.kinds & (1<<kNum | 1<<kOrd)
	p.kinds |= yearKind(sum, 4)
	if c.kinds.has(kOrd) {
		p.kinds = 1 << kOrd
	}
	r.toks = r.toks[:prev+1]
}

// joinNumbers returns what two number words one after the other mean.
func joinNumbers(a, b int32) (sum int32, ok bool) {
	switch {
	case a <= 0 || b <= 0:
		return 0, false
	case a >= 20 && a < 100 && a%10 == 0 && b < 10, // twenty five
		a >= 1300 && a < 2100 && a%10 == 0 && a%100 != 0 && b < 10, // nineteen ninety seven
		a >= 100 && a%100 == 0 && b < 100, a >= 1000 && a%1000 == 0 && b < 1000:
		return a + b, true
	case b == 100 && a < 100, b == 1000 && a < 1000, b == 1_000_000 && a < 1000:
		return a * b, true
	case a >= 13 && a <= 20 && b >= 10 && b < 100: // nineteen ninety
		return a*100 + b, true
	}
	return 0, false
}

// maxDigits is the number of digits of a number that is read as one: "20220210"
// has so many, and all of them fit into 32 bits.
const maxDigits = 8

// number reads digits: a count, a year, a clock, a numeric date, an ordinal,
// a decade.
func (r *reader) number() {
	for _, form := range []func(*reader) bool{(*reader).isoDate, (*reader).dashDate, (*reader).shortDate, (*reader).clock} {
		if form(r) {
			return
		}
	}
	end := r.at
	v, n := int32(0), 0
	for ; end < len(r.text) && r.text[end]-'0' < 10; end++ {
		if n <= maxDigits {
			v = v*10 + int32(r.text[end]-'0')
		}
		n++
	}
	if n > maxDigits { // a number of an account or a telephone
		r.add(end, token{})
		return
	}
	digit := func(i int) bool { return i < len(r.text) && r.text[i]-'0' < 10 }
	if end < len(r.text) && digit(end+1) { // 1,200 and 2.5 are numbers, and no years
		if c := r.text[end]; c == ',' && n <= 3 && digit(end+2) && digit(end+3) && !digit(end+4) {
			for digit(end + 1) {
				end++
			}
			r.add(end+1, token{flags: digits})
			return
		} else if c == '.' && !digit(end+2) && n == 4 { // 1678.5 is no year
			r.add(end+2, token{flags: digits})
			return
		} else if (c == '.' || c == ',') && !digit(end+2) && n <= 3 {
			r.add(end+2, token{num: v, sub: int32(r.text[end+1] - '0'), kinds: 1 << kNum, flags: digits})
			return
		} else if c == '/' && v < 10 && !digit(end+2) && v < int32(r.text[end+1]-'0') { // 1/2
			r.add(end+2, token{num: v, sub: int32(r.text[end+1] - '0'), kinds: 1 << kFrac, flags: digits})
			return
		} else if (c == '.' || c == ',') && (n > 4 || digit(end+2)) && !(c == ',' && n <= 2) {
			for digit(end + 1) {
				end++
			}
			r.add(end+1, token{flags: digits})
			return
		}
	}
	t := token{num: v, kinds: 1<<kNum | yearKind(v, n) | smallKinds(v, n), flags: digits}
	if k, m := r.lang.suffix(r.text[end:]); m > 0 && (k != kDecade || v%10 == 0) {
		t.kinds = 1 << k
		end += m
	}
	r.add(end, t)
}

// A number of four digits from firstYear to lastYear can be a year by itself;
// others are one only where words beside them say so ("in 987", "479 BC").
const (
	firstYear = 1000
	lastYear  = 2199
)

// yearKind returns the classes of years that the number v of n digits can be of.
func yearKind(v int32, n int) kinds {
	if n == 4 && v >= firstYear && v <= lastYear {
		return 1 << kYear
	}
	if n == 3 || n == 4 {
		return 1 << kOldYear
	}
	return 0
}

// smallKinds returns the classes besides years that the number v of n digits can be
// of: a day of a month, an hour, the last two digits of a year, a time such as 1430.
func smallKinds(v int32, n int) (k kinds) {
	if n > 2 {
		if n == 4 && v%100 < 60 && v < 2400 {
			k |= 1 << kMilitary
		}
		return k
	}
	if v >= 1 && v <= 31 {
		k |= 1 << kDay
	}
	if v <= 24 {
		k |= 1 << kHour
	}
	if n == 2 {
		k |= 1 << kYear2
	}
	return k
}

// fixed reads n digits at i; n < 0 reads one or two.
func (r *reader) fixed(i, n int) (v int32, end int) {
	for end = i; end < len(r.text) && end < i+max(n, -n*2) && r.text[end]-'0' < 10; end++ {
		v = v*10 + int32(r.text[end]-'0')
	}
	if n > 0 && end != i+n || end == i {
		return 0, -1
	}
	return v, end
}

func (r *reader) byteAt(i int) byte {
	if i >= 0 && i < len(r.text) {
		return r.text[i]
	}
	return 0
}

// dashDate reads 18-Jan-22.
func (r *reader) dashDate() bool {
	d, i := r.fixed(r.at, -1)
	if i < 0 || r.byteAt(i) != '-' {
		return false
	}
	end := i + 1
	for end < len(r.text) && r.text[end]|0x20-'a' < 26 {
		end++
	}
	word := r.lang.lookup(append(r.buf[:0], lower(r.text[i+1:end])...))
	w := cmp.Or(word.sense(kMon), word.sense(kMonth))
	if w == nil || r.byteAt(end) != '-' {
		return false
	}
	y, to := r.fixed(end+1, 4)
	if to < 0 {
		if y, to = r.fixed(end+1, 2); to < 0 {
			return false
		}
		if y += 1900; y < 1950 {
			y += 100
		}
	}
	if r.byteAt(to)-'0' < 10 || !validDay(int(y), int(w.num), int(d)) {
		return false
	}
	r.add(to, token{kinds: 1 << kNumDate, day: ymd{int16(y), int16(w.num), int16(d)}, flags: digits})
	return true
}

// isoDate reads 2013-03-22 and 2013/03/22.
func (r *reader) isoDate() bool {
	y, i := r.fixed(r.at, 4)
	sep := r.byteAt(i)
	if i < 0 || sep != '-' && sep != '/' || y < 1000 || y > 2199 {
		return false
	}
	m, i := r.fixed(i+1, 2)
	if i < 0 || r.byteAt(i) != sep {
		return false
	}
	d, i := r.fixed(i+1, 2)
	if i < 0 || r.byteAt(i)-'0' < 10 || !validDay(int(y), int(m), int(d)) {
		return false
	}
	r.add(i, token{kinds: 1 << kNumDate, day: ymd{int16(y), int16(m), int16(d)}, flags: digits})
	return true
}

// shortDate reads 10/23/1999, 23/10/99, 23.10.1999 and, in languages that write so,
// 23-10-1999. If day and month could be either, the order that the region or the language
// uses decides. English without a region has no order, so such a date is not read.
func (r *reader) shortDate() bool {
	a, i := r.fixed(r.at, -1)
	if i < 0 {
		return false
	}
	sep := r.byteAt(i)
	if sep != '/' && sep != '.' && (sep != '-' || !r.lang.dashDate) {
		return false
	}
	b, i := r.fixed(i+1, -1)
	if i < 0 || r.byteAt(i) != sep {
		return false
	}
	y, end := r.fixed(i+1, 4)
	if end < 0 && sep == '.' && r.lang.ordinalPoint && r.byteAt(i+1)-'0' >= 10 && validDay(2000, int(b), int(a)) { // "am 3.4."
		r.add(i+1, token{kinds: 1 << kNumDate, day: ymd{0, int16(b), int16(a)}, flags: digits})
		return true
	}
	if end < 0 {
		if y, end = r.fixed(i+1, 2); end < 0 || sep == '-' {
			return false
		}
		if y += 1900; y < 1950 {
			y += 100
		}
	}
	if r.byteAt(end)-'0' < 10 || (r.byteAt(end) == sep && r.byteAt(end+1)-'0' < 10) {
		return false
	}
	d, m := a, b
	switch {
	case b > 12 && a <= 12:
		d, m = b, a
	case a <= 12 && b <= 12 && a != b && sep == '/' && r.order == "":
		return false
	case a <= 12 && b <= 12 && sep == '/' && r.order == "mdy":
		d, m = b, a
	}
	if !validDay(int(y), int(m), int(d)) {
		return false
	}
	r.add(end, token{kinds: 1 << kNumDate, day: ymd{int16(y), int16(m), int16(d)}, flags: digits})
	return true
}

// clock reads 10:35, 10.35 where am or pm follows, and 10h35.
func (r *reader) clock() bool {
	h, i := r.fixed(r.at, -1)
	if i < 0 || h > 24 || r.byteAt(i) != ':' && r.byteAt(i) != '.' && (r.byteAt(i) != 'h' || !r.lang.hourClock) {
		return false
	}
	m, end := r.fixed(i+1, 2)
	if end < 0 || m > 59 || r.byteAt(end)-'0' < 10 {
		return false
	}
	if r.byteAt(i) == '.' {
		if !r.lang.pointClock || !r.lang.clockWord(r.text[end:]) {
			return false
		}
	}
	if r.byteAt(end) == ':' {
		if s, e := r.fixed(end+1, 2); e > 0 && s < 60 {
			end = e
		}
	}
	r.add(end, token{kinds: 1 << kClock, num: h, sub: m, flags: digits})
	return true
}

// clockWord reports whether s begins with am, pm, a zone or what the language
// writes behind a clock: Uhr.
func (l *language) clockWord(s string) bool {
	s = strings.TrimPrefix(s, " ")
	if len(s) < 2 {
		return false
	}
	for _, zone := range []string{"GMT", "UTC", "BST", "CET", "CEST", "EST", "EDT", "IST"} {
		if strings.HasPrefix(s, zone) {
			return true
		}
	}
	for _, w := range l.clockWords {
		if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
			return true
		}
	}
	c, d := s[0]|0x20, s[1]|0x20
	return (c == 'a' || c == 'p') && (d == 'm' || s[1] == '.' && len(s) > 2 && s[2]|0x20 == 'm')
}

// textOf returns the bytes of token i.
func (r *reader) textOf(i int) string { return r.text[r.toks[i].start:r.toks[i].end] }
