package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// This file deals with what stands within a line of text and is not one of its words:
// icons, the marks of footnotes, and initials, which are the large first letters of a
// text.

// isIcon reports whether a picture is an icon within a line of text that goes on behind
// it: its class or its size says so, or there is no space on either side of it and the
// text behind it does not begin a sentence.
func (r *blockReader) isIcon(i dom.ID) bool {
	const largest = 32 // pixels: an icon is as high as a line or two
	t := r.p.Tree
	if r.cur.Size == 0 || t.Tag(i) != dom.Img {
		return false
	}
	for class := range strings.FieldsSeq(t.Attr(i, dom.Class)) {
		if strings.Contains(class, "emoji") || strings.Contains(class, "smiley") || strings.Contains(class, "icon") {
			return true
		}
	}
	if w, h := pixels(t.Attr(i, dom.Width)), pixels(t.Attr(i, dom.Height)); w > 0 && w <= largest || h > 0 && h <= largest {
		return true
	}
	next := t.End(i)
	if r.w.Pending() || int(next) >= t.Len() || t.Tag(next) != dom.Text || t.Parent(next) != t.Parent(i) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t.Nodes[next].Text)
	return (unicode.IsLower(first) || strings.ContainsRune(",;:", first)) && !text.Ends(r.b.String()[r.start:])
}

// isTerm reports whether a button is a word of the sentence that it stands in, such as a
// term that is explained at a click: words follow it in the same element, and words stand
// before it or the element is a paragraph (<p>).
func (r *blockReader) isTerm(i dom.ID) bool {
	const longest = 80 // bytes of a term
	t := r.p.Tree
	if size := r.p.visible(i); size <= 1 || size > longest || r.cur.Size == 0 && t.Tag(t.Parent(i)) != dom.P {
		return false
	}
	next := t.Next(i)
	for next != 0 && (r.p.visible(next) == 0 || r.p.OwnRoles[next]&(Hidden|undisplayed|InForm) != 0) {
		next = t.Next(next)
	}
	if next == 0 || !t.Tag(next).Inline() && t.Tag(next) != dom.Text || t.Tag(next) == dom.A {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimSpace(Text(t, next)))
	return unicode.IsLower(first) || strings.ContainsRune(",;.", first) || unicode.IsLetter(first) && !unicode.IsUpper(first) || unicode.IsUpper(first) && r.cur.Size > 0 && !text.Ends(r.b.String()[r.start:])
}

// pixels reads the number that an attribute for a width or a height begins with; 0 if it
// begins with none.
func pixels(s string) (n int) {
	const most = 1 << 20
	for i := 0; i < len(s) && s[i] >= '0' && s[i] <= '9' && n < most; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// isNote reports whether an element is the mark of a footnote: a number or a sign that
// links to another place of the page, or a raised number (<sup>) behind a word. Raised
// numbers behind numbers, units and single letters are powers and stay in the text. link
// is the link around the element, 0 for none.
func (r *blockReader) isNote(i dom.ID, link dom.ID) bool {
	const longest = 8 // bytes
	t := r.p.Tree
	tag := t.Tag(i)
	if size := r.p.visible(i); tag != dom.Sup && tag != dom.A || size == 0 || size > longest {
		return false
	}
	if tag == dom.A && !toOwnPage(t, i) {
		return false
	}
	mark := strings.TrimSpace(Text(t, i))
	bare := strings.Trim(mark, "[]() ")
	if !isNoteMark(bare) {
		return false
	}
	if tag == dom.A {
		return len(bare) < len(mark) || namesNote(t, i)
	}
	if link != 0 && toOwnPage(t, link) {
		return true
	}
	for n := i + 1; n < t.End(i); n++ {
		if t.Tag(n) == dom.A && toOwnPage(t, n) {
			return true
		}
	}
	if text.Digits(bare) == len(bare) {
		return len(bare) < len(mark) || r.behindWord()
	}
	return len(bare) < len(mark) || r.cur.Size > 0 && !asciiLetters(bare)
}

// namesNote reports whether a link says that it leads to a note: by its role, or by an
// address such as "#fn:2".
func namesNote(t *dom.Tree, link dom.ID) bool {
	if href := t.Attr(link, dom.Href); strings.HasPrefix(href, "#fn") || strings.HasPrefix(href, "#note") || strings.HasPrefix(href, "#footnote") || strings.HasPrefix(href, "#endnote") {
		return true
	}
	for _, a := range t.Attrs(link) {
		if a.Name == "role" && a.Value == "doc-noteref" {
			return true
		}
	}
	return false
}

// asciiLetters reports whether a text begins with a small Latin letter: raised, it is
// more often the ending of a word, as in "1er" and "XXe", than the mark of a note.
func asciiLetters(s string) bool { return s[0] >= 'a' && s[0] <= 'z' }

// isNoteMark reports whether a text can be the mark of a footnote: a number of up to
// three digits, a small letter, or up to three signs such as the asterisk.
func isNoteMark(s string) bool {
	if r, n := utf8.DecodeRuneInString(s); n == len(s) && r >= 'a' && r <= 'z' {
		return true
	}
	if s != "" && strings.Trim(s, "*†‡§¶") == "" {
		return utf8.RuneCountInString(s) <= 3
	}
	return s != "" && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}

// toOwnPage reports whether a link leads to another place of the page that it is on.
func toOwnPage(t *dom.Tree, link dom.ID) bool {
	href := t.Attr(link, dom.Href)
	return len(href) > 1 && href[0] == '#'
}

// behindWord reports whether the text of the block so far ends with a word of three
// letters or more, a year or a percent sign, or with a punctuation mark behind one.
func (r *blockReader) behindWord() bool {
	const least = 3 // letters: units have fewer
	s := strings.TrimRight(r.b.String()[r.start:], text.Closers+".,;:!?")
	if strings.HasSuffix(s, "%") || endsWithYear(s) {
		return true
	}
	letters := 0
	for s != "" && letters < least {
		c, n := utf8.DecodeLastRuneInString(s)
		if !unicode.IsLetter(c) {
			return false
		}
		letters++
		s = s[:len(s)-n]
	}
	return letters == least
}

// endsWithYear reports whether a text ends with a number that can be a year from 1500
// to 2099: nobody raises such a number to a power.
func endsWithYear(s string) bool {
	const digits = len("2026")
	if len(s) < digits || len(s) > digits && (text.Alnum(s[len(s)-digits-1]) || strings.IndexByte(".,", s[len(s)-digits-1]) >= 0) {
		return false
	}
	year := s[len(s)-digits:]
	return text.Digits(year) == digits && (year[:2] == "20" || year[0] == '1' && year[1] >= '5')
}

// oneLetterWords are words of a single letter: "A court" begins with one.
var oneLetterWords = words.NewSet("one-letter-word")

// isInitial reports whether a text is a single capital letter, which may be the first
// letter of a word whose rest stands in another element.
func isInitial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && n == len(s) && unicode.IsUpper(r)
}

// beginsWord reports whether a text begins with a letter or a digit.
func beginsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// goesOn reports whether a text begins with a small letter, as the rest of a word does.
func goesOn(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// initialOf returns the letter if a picture shows the first letter of a word: the picture
// begins a block, its alternative text is one capital letter, and small letters follow.
// Else it is "".
func (r *blockReader) initialOf(i dom.ID) string {
	t := r.p.Tree
	next := t.End(i)
	if r.cur.Size > 0 || t.Tag(i) != dom.Img || int(next) >= t.Len() || t.Tag(next) != dom.Text || !goesOn(t.Nodes[next].Text) {
		return ""
	}
	if alt := strings.TrimSpace(t.Attr(i, dom.Alt)); isInitial(alt) {
		return alt
	}
	return ""
}

// joinsInitial reports whether the text s, which follows white space, is the rest of a
// word whose first letter is all of the block so far. The letter must stand in an element
// that is named as an initial, and must not be a word by itself, as "A" is.
func (r *blockReader) joinsInitial(s string) bool {
	const most = utf8.UTFMax
	t := r.p.Tree
	if r.cur.Size > most || r.lastText == 0 || !goesOn(s) {
		return false
	}
	called := floats(t, r.lastText)
	for n := t.Parent(r.lastText); n != r.cur.Node && n != 0 && !called; n = t.Parent(n) {
		class := text.Lower(t.Attr(n, dom.Class))
		called = slices.ContainsFunc(initialNames[:], func(w string) bool { return strings.Contains(class, w) })
	}
	if !called {
		return false
	}
	letter := strings.TrimSpace(r.b.String()[r.start:])
	return isInitial(letter) && !oneLetterWords.Has(text.Lower(letter))
}

// floats reports whether the element around a text is set to the left, as initials are
// that have no class.
func floats(t *dom.Tree, n dom.ID) bool {
	return strings.Contains(strings.ReplaceAll(text.Lower(t.Attr(t.Parent(n), dom.StyleKey)), " ", ""), "float:left")
}

// initialNames are parts of the classes of elements that hold an initial.
var initialNames = [...]string{"drop", "initial", "firstletter", "first-letter", "first_letter", "lettrine", "firstcharacter", "bigletter"}

// meetsNeighbour reports whether a space is missing before the text node i: it begins
// with a capital, the text before ends a word, and the two stand in elements beside each
// other, such as "12 May" and "What comes next". Styles set them apart on the screen.
func (r *blockReader) meetsNeighbour(i dom.ID) bool {
	t := r.p.Tree
	if r.lastText != 0 && (t.Tag(t.Parent(r.lastText)) == dom.Button || t.Tag(t.Parent(i)) == dom.Button) && beginsWord(t.Nodes[i].Text) {
		return true // no word is parted by a button
	}
	if r.lastText == 0 || !meets(t.Nodes[r.lastText].Text, t.Nodes[i].Text) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(t.Nodes[i].Text); !unicode.IsUpper(first) {
		return false
	}
	a, b := t.Parent(r.lastText), t.Parent(i)
	return a != b && t.Tag(a) != dom.Sup && t.Tag(b) != dom.Sup && t.Tag(a) != dom.Sub && t.Tag(b) != dom.Sub && !t.Within(r.lastText, b) && !t.Within(i, a)
}

// openQuotation writes the quotation mark that a browser shows before a <q> element (HTML
// standard, section 4.5.7) and reports whether it did. It does not where the page has a
// mark of its own.
func (r *blockReader) openQuotation(i dom.ID, b *box) bool {
	t := r.p.Tree
	if t.Tag(i) != dom.Q || b.flow || r.p.visible(i) == 0 || r.full() {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(strings.TrimSpace(Text(t, i))); strings.ContainsRune(quotationMarks, first) {
		return false
	}
	if before, _ := utf8.DecodeLastRuneInString(r.b.String()[r.start:]); r.cur.Size > 0 && strings.ContainsRune(quotationMarks, before) {
		return false
	}
	const mark = "“"
	r.writeText(i, mark, len(mark), b)
	return true
}

// closeQuotation writes the mark behind the <q> element b.
func (r *blockReader) closeQuotation(b *box) {
	if r.cur.Size == 0 {
		return
	}
	const mark = "”"
	r.w.Join()
	r.writeText(b.node, mark, len(mark), b)
}

// quotationMarks are the signs that open a quotation.
const quotationMarks = "\"“„‟‘‚«‹「『'"
