// Package token cuts the text of an article into words, numbers, marks, sentences and paragraphs. This is
// done once for each text: everything that looks for findings reads the same cut.
//
// A word keeps the points of an abbreviation ("Mr.", "U.S.") and a number its
// separators ("1,000.5", "10:30"). Hyphens and slashes stand alone, so that
// "Moscow-based" is three tokens; so do a possessive or clitic ("Trump" "'s",
// "they" "'ve") and an elided article ("l'" "État"). "don't" is one word. What is
// written without spaces in Chinese and Japanese is cut into characters, and the
// Arabic "and" from the word behind it.
//
//	token.go     Text and Token; Read cuts words, numbers and marks
//	script.go    the cuts of Chinese, Japanese and Arabic
//	sentence.go  sentences, paragraphs and abbreviations
//	hash.go      Hash, by which words are compared
//	table.go     Table, a map from Hashes to values
package token

import (
	"dateline/internal/words"

	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// A Kind says what a token is.
type Kind uint8

const (
	Word   Kind = iota // begins with a letter, or is a clitic: "'s"
	Number             // begins with a digit
	Mark               // any other character, a token each
)

// Flags describe how a token is written and where it stands.
type Flags uint16

const (
	Capital   Flags = 1 << iota // the first letter is a capital
	AllCaps                     // every letter is a capital, and there are two or more
	Mixed                       // a capital after a small letter: "McCain"
	Digits                      // holds a digit
	Pointed                     // a word that holds or ends in a point: "U.S.", "Mr.", "amazon.com"
	Glued                       // no white space stands between it and the token before
	Sentence                    // the first token of a sentence
	Paragraph                   // the first token of a paragraph
)

// A Token is a word, a number or a mark.
type Token struct {
	Start, End int32  // where it begins and ends, in bytes of the text
	Fold       uint64 // the Hash of the token, which is the same for capitals and small letters
	Kind       Kind   // word, number or mark
	Flags      Flags  // how it is written, and whether a sentence or paragraph begins with it
}

// Is reports whether t has every one of the flags f.
func (t Token) Is(f Flags) bool { return t.Flags&f == f }

// A Range is a run of tokens, by their indices in Text.Tokens.
type Range struct {
	First int32 // the index of the first token
	End   int32 // 1 more than the index of the last
}

// Read reads no more than maxTokens tokens and maxText bytes of a text. The longest articles of news, live
// pages of a whole day, have 100,000 words. The bound on bytes is for texts without spaces, whose
// tokens can be of any length.
const (
	maxTokens = 1 << 18
	maxText   = 1 << 26
)

// A Text is a text and how it is cut. The zero value is ready for Read. Read can be called again for
// another text, and then uses the memory of Tokens, Sentences and Paragraphs again.
type Text struct {
	Text       string  // as it was given to Read, or the beginning of it that was read
	Tokens     []Token // in order; white space lies between them
	Sentences  []Range // in order, covering Tokens
	Paragraphs []Range // in order, covering Tokens; a blank line lies between two

	habit *text.Habit // how the language sets quotation marks and ordinals
	lang  string      // the language without its region, as "zh"
	gap   bool        // while it is read: white space stands behind the last token, or there is no token yet
	blank bool        // while it is read: a blank line stands behind the last token, or there is no token yet
}

// Read cuts s, which is written in the language lang (BCP 47; "" if it is
// not known). Of a text of more than 262144 tokens or 64 MiB it reads the
// beginning, up to the end of a sentence if one ends there; t.Text then is what it
// has read.
func (t *Text) Read(s, lang string) {
	if len(s) > maxText {
		at := maxText
		for at > 0 && !utf8.RuneStart(s[at]) {
			at--
		}
		s = s[:at]
	}
	t.Text = s
	t.lang, _, _ = strings.Cut(lang, "-")
	t.habit = text.HabitOf(t.lang)
	t.Tokens, t.Sentences, t.Paragraphs = t.Tokens[:0], t.Sentences[:0], t.Paragraphs[:0]
	t.gap, t.blank = true, true
	at := 0
	for at < len(s) && len(t.Tokens) < maxTokens {
		at = t.next(at)
	}
	t.sentences()
	if at < len(s) {
		t.cut()
	}
}

// longestSentence bounds the tokens of a sentence that cut leaves out. Sentences of news are shorter: where
// one is longer, the text has no full stops, and leaving it out could leave nothing.
const longestSentence = 1000

// cut leaves out the last sentence, whose end was not read, and shortens t.Text to what is left. The
// sentence stays if it is the only one or longer than longestSentence.
func (t *Text) cut() {
	n := len(t.Sentences) - 1
	if end := t.Sentences[n].First; n > 0 && len(t.Tokens)-int(end) <= longestSentence {
		t.Tokens, t.Sentences = t.Tokens[:end], t.Sentences[:n]
		last := &t.Paragraphs[len(t.Paragraphs)-1]
		if last.End = end; last.First == end {
			t.Paragraphs = t.Paragraphs[:len(t.Paragraphs)-1]
		}
	}
	t.Text = t.Text[:t.Tokens[len(t.Tokens)-1].End]
}

// Parts yields t in parts of at most n tokens each, for work that is bounded by the tokens of a text. A
// part ends with a paragraph if one ends in it, else with a sentence, else after n tokens. Its first token
// counts as the first of a paragraph; the spans of all tokens remain those in t.Text. If t has no more
// than n tokens, the only part is t itself. A part is valid until the next is yielded.
func (t *Text) Parts(n int) iter.Seq[*Text] {
	return func(yield func(*Text) bool) {
		if len(t.Tokens) <= n {
			yield(t)
			return
		}
		part := &Text{Text: t.Text, habit: t.habit, lang: t.lang}
		for first := 0; first < len(t.Tokens); {
			end := t.partEnd(first, n)
			part.Tokens = append(part.Tokens[:0], t.Tokens[first:end]...)
			part.Tokens[0].Flags |= Paragraph | Sentence
			part.Sentences = within(part.Sentences[:0], t.Sentences, first, end)
			part.Paragraphs = within(part.Paragraphs[:0], t.Paragraphs, first, end)
			if !yield(part) {
				return
			}
			first = end
		}
	}
}

// partEnd returns the token behind the part of at most n tokens that begins with token first.
func (t *Text) partEnd(first, n int) int {
	limit := first + n
	if limit >= len(t.Tokens) {
		return len(t.Tokens)
	}
	for _, flag := range []Flags{Paragraph, Sentence} {
		for end := limit; end > first; end-- {
			if t.Tokens[end].Is(flag) {
				return end
			}
		}
	}
	return limit
}

// within appends to list those of ranges that overlap the tokens from first to end, cut to these and
// counted from first.
func within(list, ranges []Range, first, end int) []Range {
	at, _ := slices.BinarySearchFunc(ranges, int32(first), func(r Range, at int32) int { return int(r.End - at - 1) })
	for ; at < len(ranges) && int(ranges[at].First) < end; at++ {
		r := ranges[at]
		list = append(list, Range{max(r.First-int32(first), 0), min(r.End, int32(end)) - int32(first)})
	}
	return list
}

// String returns token i as it stands in the text.
func (t *Text) String(i int) string { return t.Text[t.Tokens[i].Start:t.Tokens[i].End] }

// next reads the token or white space that begins at byte at, and returns the byte behind it.
func (t *Text) next(at int) int {
	c, n := rune(t.Text[at]), 1
	if c >= utf8.RuneSelf {
		c, n = utf8.DecodeRuneInString(t.Text[at:])
	}
	switch {
	case c == '\n':
		end, lines := at+1, 1
		for end < len(t.Text) && (t.Text[end] == '\n' || t.Text[end] == ' ' || t.Text[end] == '\t' || t.Text[end] == '\r') {
			if t.Text[end] == '\n' {
				lines++
			}
			end++
		}
		t.gap = true
		t.blank = t.blank || lines > 1
		return end
	case space(c):
		t.gap = true
		return at + n
	case letter(c):
		return t.word(at)
	case digit(c):
		return t.number(at)
	case apostrophe(c) && !t.gap && t.Tokens[len(t.Tokens)-1].Kind != Mark:
		if end := t.letters(at + n); clitics.Has(t.Text[at+n : end]) {
			return t.add(at, end, Word, 0)
		}
	}
	return t.add(at, at+n, Mark, 0)
}

// add appends the token of the bytes from start to end, with the flags f and those that tell what stands
// before it. It returns end.
func (t *Text) add(start, end int, kind Kind, f Flags) int {
	if !t.gap {
		f |= Glued
	}
	if t.blank {
		f |= Paragraph
	}
	t.gap, t.blank = false, false
	t.Tokens = append(t.Tokens, Token{Start: int32(start), End: int32(end), Fold: Hash(t.Text[start:end]), Kind: kind, Flags: f})
	return end
}

// letters returns the byte behind the run of letters, digits and combining marks that begins at byte at. The
// run ends before a character that stands alone.
func (t *Text) letters(at int) int {
	for at < len(t.Text) {
		c, n := rune(t.Text[at]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(t.Text[at:])
		}
		if !letter(c) && !digit(c) && !(c >= utf8.RuneSelf && unicode.IsMark(c)) || c >= firstIdeograph && t.standsAlone(c) {
			break
		}
		at += n
	}
	return at
}

// word adds the word that begins at byte at, and returns the byte behind it.
func (t *Text) word(at int) int {
	if end := t.part(at); end > at {
		return t.add(at, end, Word, 0)
	}
	end := t.letters(at)
	for more := true; more && end < len(t.Text); {
		end, more = t.joined(at, end)
	}
	if end < len(t.Text) && t.Text[end] == '.' && t.abbreviation(at, end) {
		end++
	}
	return t.add(at, end, Word, written(t.Text[at:end]))
}

// joined looks whether the word of the bytes from at to end goes on after a point, an apostrophe or "&". It
// returns the byte behind the longer word, and whether that may go on once more; else end and false.
func (t *Text) joined(at, end int) (next int, more bool) {
	c, n := utf8.DecodeRuneInString(t.Text[end:])
	next = t.letters(end + n)
	if next == end+n {
		return end, false
	}
	after, size := utf8.DecodeRuneInString(t.Text[end+n:])
	switch {
	case c == '.' && (end-at == 1 || t.Text[end-2] == '.'): // "U.S", "e.g"
		return next, next == end+n+size
	case c == '.' && text.AbbreviationOf(t.Text[at:next]).Cut() != 0: // "Ph.D"
		return next, true
	case c == '.' && !unicode.IsUpper(after) && !digit(after): // "amazon.com", but not "tweeted.On"
		return next, true
	case apostrophe(c) && elisions.Has(t.Text[at:end]):
		return end + n, false
	case apostrophe(c) && !clitics.Has(t.Text[end+n:next]): // "don't", "O'Brien"
		return next, true
	case c == '&' && end-at <= 2 && next-end <= 3 && unicode.IsUpper(after): // "AT&T", "S&P"
		return next, true
	}
	return end, false
}

// clitics are words that are a token of their own behind an apostrophe, as "s" and "ve"; elisions are those
// that are one before it, as "l" in "l'État". Both hold the words of all languages.
var clitics, elisions = words.NewSet("clitic"), words.NewSet("elided")

// number adds the number that begins at byte at, and returns the byte behind it: digits, with separators
// between them, and letters after them ("2nd", "10am").
func (t *Text) number(at int) int {
	end := t.letters(at)
	for end+1 < len(t.Text) && t.Text[end+1]-'0' < 10 {
		switch t.Text[end] {
		case '.', ',', ':':
		default:
			return t.add(at, end, Number, Digits)
		}
		end = t.letters(end + 1)
	}
	return t.add(at, end, Number, Digits)
}

// written returns the flags that tell how the word w is written, from Capital to Pointed.
func written(w string) Flags {
	var f Flags
	upper, lower := 0, 0
	for i, c := range w {
		switch {
		case c == '.':
			f |= Pointed
		case digit(c):
			f |= Digits
		case c < utf8.RuneSelf && c >= 'a' || unicode.IsLower(c):
			lower++
		case unicode.IsUpper(c):
			if i == 0 {
				f |= Capital
			} else if lower > 0 {
				f |= Mixed
			}
			upper++
		}
	}
	if upper > 1 && lower == 0 {
		f |= AllCaps
	}
	return f
}

// The following tell the class of a character. They are asked for every one, and are quick for ASCII.

func letter(c rune) bool {
	if c < utf8.RuneSelf {
		return c|0x20 >= 'a' && c|0x20 <= 'z'
	}
	return unicode.IsLetter(c)
}

func digit(c rune) bool {
	if c < utf8.RuneSelf {
		return c >= '0' && c <= '9'
	}
	return unicode.IsDigit(c)
}

func space(c rune) bool {
	if c < utf8.RuneSelf {
		return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'
	}
	return unicode.IsSpace(c) || c == '\u200b' || c == '\ufeff'
}

func apostrophe(c rune) bool { return text.IsApostrophe(c) }
