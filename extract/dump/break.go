package dump

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/extract/date"
	"dateline/internal/text"
	"dateline/internal/words"
)

// splitBreaks cuts s where the break between two paragraphs was lost: where a
// sentence ends and the next begins without a space between.
func splitBreaks(s string) []string {
	var parts []string
	for {
		at := lostBreak(s)
		if at < 0 {
			return append(parts, strings.Trim(s, " \u3000"))
		}
		parts = append(parts, strings.Trim(s[:at], " \u3000"))
		s = s[at:]
	}
}

// lostBreak returns where the first paragraph of s ends, -1 if s is only one.
func lostBreak(s string) int {
	var q quotes
	for i, r := range s {
		q.step(s, i, r)
		if !text.IsStop(r) || r == '…' {
			continue
		}
		at, end := i+utf8.RuneLen(r), q
		for at < len(s) { // skip the quotation marks and brackets that close behind the sentence
			if end.depth > 0 && strings.HasPrefix(s[at:], " »") {
				at++
			}
			c, n := utf8.DecodeRuneInString(s[at:])
			if !strings.ContainsRune(text.Closers, c) || isQuote(c) && !end.closes(s, at, c) {
				break
			}
			end.step(s, at, c)
			at += n
		}
		if at < len(s) && beginsParagraph(s, i, at, end.depth) {
			return at
		}
	}
	return -1
}

// beginsParagraph reports whether a paragraph begins at s[at:], directly
// behind the sentence whose terminator stands at s[end]. depth is how many
// quotations are still open.
func beginsParagraph(s string, end, at, depth int) bool {
	mark, next := firstRune(s[end:]), firstRune(s[at:])
	if next == '\u3000' { // the indent of a Chinese or Japanese paragraph
		return depth == 0
	}
	opens := opensParagraph(s[at:])
	switch {
	case strings.ContainsRune("。！？", mark): // no space follows these even within a paragraph, so its absence tells nothing
		return false
	case !opens && !beginsWord(s[at:]), isAddressWord(s, end):
		return false
	}
	if depth > 0 && !(opens && strings.ContainsRune("\"“„«»", next)) {
		return false // a quotation goes on, and no paragraph of it is opened
	}
	token, word := wordBefore(s[:end])
	closed := at > end+1 || endsClosed(s[:end])
	switch {
	case strings.HasSuffix(s[:end], "."), strings.HasSuffix(s[:end], " ") && mark == '.': // an ellipsis, or no sentence at all
		return false
	case mark == '.' && word == "" && !closed:
		return false
	case opens:
		return closed || utf8.RuneCountInString(word) > 1
	case mark != '.':
		return !markedNames.Has(text.Lower(word)) // "Jeopardy!Masters"
	}
	return closed || endsWord(token, word, s[at:])
}

// opensParagraph reports whether s begins with a mark that can open a paragraph (an
// opening quotation mark or bracket, a bullet, the dash of a dialogue), directly
// followed by what the mark opens.
func opensParagraph(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	after := firstRune(s[n:])
	switch {
	case r == '•', r == '«' && after == ' ':
		return true
	case strings.ContainsRune("—–", r): // a line of dialogue
		return unicode.IsLetter(after) || strings.ContainsRune(text.Openers, after)
	}
	return strings.ContainsRune(text.Openers, r) &&
		(unicode.IsLetter(after) || unicode.IsDigit(after) || strings.ContainsRune(text.Openers+"…", after))
}

// endsClosed reports whether s ends with a closing quotation mark or bracket.
func endsClosed(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(text.Closers, r)
}

// beginsWord reports whether s begins as a sentence does: with a capital
// letter, a word of a script without capitals, or a number and a word.
func beginsWord(s string) bool {
	next, word := firstRune(s), wordAfter(s)
	switch {
	case unicode.IsUpper(next) || unicode.IsTitle(next):
		return true
	case unicode.IsDigit(next):
		rest, ordinal := strings.CutPrefix(s[len(word):], ".")
		if !strings.HasPrefix(rest, " ") || len(word) > 4 {
			return false
		}
		name := wordAfter(rest[1:])
		return unicode.IsLower(firstRune(name)) && !ordinal || unicode.IsUpper(firstRune(name)) && date.IsMonth(name)
	}
	return unicode.IsLetter(next) && !unicode.IsLower(next) && utf8.RuneCountInString(word) > 1
}

// endsWord reports whether a full stop behind word ends a sentence. token is what
// stands between white space and the full stop, of which word is the end ("S" of
// "U.S"); after is the text behind the full stop.
func endsWord(token, word, after string) bool {
	first, next := firstRune(word), wordAfter(after)
	runes := utf8.RuneCountInString(word)
	opener := unicode.IsUpper(firstRune(next)) && text.IsOpener(text.Hash(next))
	short := text.AbbreviationOf(word)
	switch {
	case strings.Contains(token, "."): // an abbreviation with several dots: U.S., p.m., EE.UU., z.B.
		return opener
	case isDigits(word):
		return len(word) >= 4 || opener
	case runes == 1, unicode.IsDigit(firstRune(after)) && runes < 4:
		return false
	case short&text.Title != 0:
		return false
	case short&text.Short != 0:
		return opener
	case isUpper(word) && isUpper(next) && runes <= 4 && utf8.RuneCountInString(next) > 1: // ASP.NET
		return opener
	case fileEndings.Has(next):
		return false
	case siteEndings.Has(next) && (unicode.IsUpper(first) || !strings.HasPrefix(after[len(next):], " ")): // Booking.Com
		return false
	case unicode.In(first, unicode.Arabic, unicode.Hebrew):
		return runes > 2 // abbreviated titles are shorter, as د. for doctor
	}
	return true
}

// markedNames are names that end with an exclamation mark, in lower case and without it.
var markedNames = words.NewSet("name-with-mark")

// fileEndings and siteEndings are the words behind the dot in the names of files and
// of sites; such a dot ends no sentence.
var (
	fileEndings = words.NewSet("file-ending")
	siteEndings = words.NewSet("site-ending")
)

// wordBefore returns the word at the end of s, and the token that ends with that word
// and goes back to the white space, bracket or quotation mark before. Only the last
// 60 bytes of s are looked at.
func wordBefore(s string) (token, word string) {
	from := max(0, len(s)-60)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	s = s[from:]
	token = s[lastAfter(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(text.Openers+text.Closers+",;/", r)
	}):]
	word = token[lastAfter(token, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("-'’&%", r)
	}):]
	return token, word
}

// lastAfter returns the offset behind the last rune of s that f holds for.
func lastAfter(s string, f func(rune) bool) int {
	i := strings.LastIndexFunc(s, f)
	if i < 0 {
		return 0
	}
	_, n := utf8.DecodeRuneInString(s[i:])
	return i + n
}

// wordAfter returns the letters, or the digits, that s begins with: about 60 bytes at most.
func wordAfter(s string) string {
	digits := unicode.IsDigit(firstRune(s))
	for i, r := range s {
		if digits && !unicode.IsDigit(r) || !digits && !unicode.IsLetter(r) && !unicode.IsMark(r) || i > 60 {
			return s[:i]
		}
	}
	return s
}

// isAddressWord reports whether the terminator at s[end] stands within an
// address of the web or of mail.
func isAddressWord(s string, end int) bool {
	from := max(0, end-200)
	head := s[from:end]
	if i := strings.LastIndexAny(head, " \"(“„«"); i >= 0 {
		head = head[i+1:]
	}
	tail, _, _ := strings.Cut(s[end:min(len(s), end+60)], " ")
	if box, host, ok := strings.Cut(tail, "@"); ok && len(box) > 1 && wordAfter(host) != "" {
		return true
	}
	return strings.Contains(head, "://") || strings.HasPrefix(head, "www.") || strings.LastIndex(head, "@") > 0
}

// firstRune returns the first character of s, utf8.RuneError if s is "".
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isUpper reports whether s is of capital letters only.
func isUpper(s string) bool {
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return s != ""
}

// maxQuote is the length in bytes after which an open quotation is taken for closed,
// since its closing mark must have been lost.
const maxQuote = 1500

// quotes counts the quotations that are open while a text is read from its
// beginning. The zero value is the state before the first character.
type quotes struct {
	depth int  // number of quotations that are open
	mark  rune // the mark that opened the outermost of them
	from  int  // offset of that mark, in bytes
}

func isQuote(r rune) bool { return strings.ContainsRune("\"“”„«»「」『』", r) }

// step updates the state by the character r, which stands at s[i].
func (q *quotes) step(s string, i int, r rune) {
	if !isQuote(r) {
		return
	}
	if q.depth > 0 && i-q.from > maxQuote {
		q.depth = 0
	}
	switch {
	case q.closes(s, i, r):
		q.depth--
	case q.depth > 0 && r == q.mark: // a quotation of several paragraphs repeats its opening mark before each
	case r == '«' || r == '「' || opensParagraph(s[i:]):
		if q.depth == 0 {
			q.mark, q.from = r, i
		}
		q.depth++
	}
}

// opensHere reports whether a quotation mark directly behind s can be an opening one.
func opensHere(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(r) || strings.ContainsRune(text.Openers+"-–—/:", r)
}

// closes reports whether the mark r at s[i] closes a quotation.
func (q *quotes) closes(s string, i int, r rune) bool {
	if q.depth == 0 {
		return false
	}
	switch r {
	case '"':
		return q.mark != '"' || i == 0 || !opensHere(s[:i]) || !opensParagraph(s[i:])
	case '”', '」', '』':
		return true
	case '“':
		return q.mark == '„'
	case '»':
		return q.mark != '»' || !opensParagraph(s[i:])
	case '«':
		return q.mark == '»'
	}
	return false
}
