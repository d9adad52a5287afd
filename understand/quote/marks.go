package quote

import (
	"dateline"
	"slices"
	"unicode/utf8"

	"dateline/understand/token"
)

// A quotation is a run of tokens between quotation marks.
type quotation struct {
	first, end int32 // tokens inside
	open       bool  // it is not closed: the next paragraph goes on with it
	again      bool  // it goes on from the paragraph before
}

// A place tells whether a token stands in a quotation, or is one of its marks.
type place uint8

const (
	outside place = iota
	opening       // the token is the mark that opens a quotation
	within        // the token stands between the marks
	closing       // the token is the mark that closes a quotation
)

// marks holds the quotations of a text, and what is needed to find them. read fills it; its memory
// serves one text after another.
type marks struct {
	signs  []sign                  // of each token
	match  []int32                 // of each token that opens a quotation: the one that closes it, or 0; nesting sets it
	first  [len(marksInOrder)]int  // for each kind of mark: what firstCloser found last in the paragraph
	nests  [len(marksInOrder)]nest // for each kind of mark: what nesting found in the paragraph
	place  []place                 // of each token
	number []int32                 // of each token: the index in quotes of its quotation, whose marks have it too; -1 outside
	quotes []quotation             // in the order of the text
	block  []bool                  // of each paragraph: whether it is set as a block quotation
}

// read finds the quotations of t, of which the spans set are block quotations, in order. A quotation
// that nothing closes goes on in the next paragraph if that opens with a quotation mark, as
// newspapers print long quotations; if not, its mark is ignored. A block quotation without marks is a
// quotation as a whole.
func (m *marks) read(t *token.Text, set []dateline.Span) {
	n := len(t.Tokens)
	m.signs = resize(m.signs, n)
	for i := range m.signs {
		m.signs[i] = signOf(t, i)
	}
	m.match = resize(m.match, n)
	m.place = resize(m.place, n)
	m.number = resize(m.number, n)
	m.quotes = m.quotes[:0]
	clear(m.place)
	for i := range m.number {
		m.number[i] = -1
	}
	m.mark(t, set)
	again := false
	for p, r := range t.Paragraphs {
		if m.block[p] && !m.quoted(t, r) {
			again = m.whole(r, p+1 < len(m.block) && m.block[p+1] && !m.quoted(t, t.Paragraphs[p+1]), p > 0 && again)
			continue
		}
		follows := p+1 < len(t.Paragraphs) && m.signs[t.Paragraphs[p+1].First]&opensHere != 0
		again = m.paragraph(t, int(r.First), int(r.End), follows, again)
	}
}

// paragraph finds the quotations of the paragraph of the tokens from first to end, and reports whether
// the last one goes on in the next paragraph. follows tells whether that opens with a quotation mark,
// again whether a quotation goes on from the paragraph before.
func (m *marks) paragraph(t *token.Text, first, end int, follows, again bool) (goesOn bool) {
	m.forget()
	for i := first; i < end; i++ {
		if m.signs[i]&opensHere == 0 {
			continue
		}
		c := m.signs[i].mark()
		close := m.closer(i, end)
		q := quotation{first: int32(i + 1), end: int32(close), again: again && i == first}
		if close < 0 {
			if !follows || c == '\'' || c == '‘' {
				continue // nothing closes it: an apostrophe or a slip
			}
			q.end, q.open = int32(end), true
			close = end
		}
		last := close
		if close < end && pair(t, close) && close+1 < end {
			last++
		}
		for k := i; k < min(last+1, end); k++ {
			m.place[k], m.number[k] = within, int32(len(m.quotes))
		}
		m.place[i] = opening
		if pair(t, i) {
			m.place[i+1] = opening
			q.first = min(q.first+1, q.end)
		}
		for k := close; k <= last && k < end; k++ {
			m.place[k] = closing
		}
		m.quotes = append(m.quotes, q)
		i = last
	}
	return len(m.quotes) > 0 && m.quotes[len(m.quotes)-1].open && int(m.quotes[len(m.quotes)-1].end) == end
}

// longestQuote bounds the tokens of a quotation within one paragraph, so that a stray mark cannot make
// the work grow with the square of the text. Paragraphs of newspapers have less than half as many.
const longestQuote = 1000

// closer returns the token before end that closes the quotation which the mark at i opens, or -1. A
// straight mark, which closes what it opened, is closed by the next one. Others can be nested: a mark of the
// same kind that opens behind i belongs to an inner quotation and takes a closing mark of its own. If
// there are then too few closing marks, one of the inner marks was never closed, and the first
// closing mark behind i is returned.
func (m *marks) closer(i, end int) int {
	own := m.signs[i] & ordinal
	limit := min(end, i+longestQuote)
	first := m.firstCloser(own, i, end)
	if first >= limit {
		return -1
	}
	if closersOf[own]>>own&1 != 0 {
		return first
	}
	n := m.nesting(own, i, end)
	if k := int(m.match[i]); k > 0 && k < limit {
		return k
	}
	if n.depth[limit-1-n.from] > n.depth[i-n.from] {
		return first
	}
	return -1
}

// firstCloser returns the first token after i and before end that closes a mark of the kind own, or
// end. It keeps what it found in m.first, so that it goes through a paragraph only once for each kind.
func (m *marks) firstCloser(own sign, i, end int) int {
	k := m.first[own]
	if k > i {
		return k
	}
	for k = i + 1; k < end; k++ {
		if s := m.signs[k]; s != 0 && closersOf[own]>>(s&ordinal)&1 != 0 && (marksInOrder[own] != '\'' || s&endsHere != 0) {
			break
		}
	}
	m.first[own] = k
	return k
}

// A nest tells how deep the quotations are nested that one kind of mark opens, in the rest of a
// paragraph.
type nest struct {
	from  int     // the token that depth begins with
	depth []int32 // behind each token; only differences count; empty if it was not reckoned in this paragraph
	open  []int32 // while it is reckoned: the opening marks that nothing has closed so far
}

// nesting returns the nest of the marks of the kind own from token i on, in the paragraph that ends
// before end. It sets m.match for those of them that open a quotation. It reckons only when it is
// first asked in a paragraph.
func (m *marks) nesting(own sign, i, end int) *nest {
	n := &m.nests[own]
	if len(n.depth) > 0 {
		return n
	}
	n.from, n.depth, n.open = i, resize(n.depth, end-i), n.open[:0]
	depth := int32(0)
	for k, s := range m.signs[i:end] {
		switch {
		case s == 0:
		case closersOf[own]>>(s&ordinal)&1 != 0:
			if marksInOrder[own] == '‘' && s&endsHere == 0 {
				break
			}
			depth--
			if last := len(n.open) - 1; last >= 0 {
				m.match[n.open[last]] = int32(i + k)
				n.open = n.open[:last]
			}
		case s&(ordinal|opensHere) == own|opensHere:
			depth++
			m.match[i+k] = 0
			n.open = append(n.open, int32(i+k))
		}
		n.depth[k] = depth
	}
	return n
}

// forget drops what firstCloser and nesting found in the last paragraph.
func (m *marks) forget() {
	m.first = [len(marksInOrder)]int{}
	for k := range m.nests {
		m.nests[k].depth = m.nests[k].depth[:0]
	}
}

// A sign tells what a token is as a quotation mark: the index of the mark in marksInOrder, together
// with the bits of what the mark can do where it stands. It is 0 for a token that is no such mark.
type sign uint8

const (
	ordinal   sign = 31     // the bits of the index in marksInOrder
	opensHere sign = 1 << 5 // the mark can open a quotation: see opener
	endsHere  sign = 1 << 6 // the mark can close one: a single mark is no apostrophe, see ends
)

// marksInOrder are the quotation marks. Their indices are kept in signs.
var marksInOrder = [...]rune{0, '"', '\'', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '「', '」', '『', '』'}

// mark returns the quotation mark that s is, or 0.
func (s sign) mark() rune { return marksInOrder[s&ordinal] }

// signOf returns the sign of token i.
func signOf(t *token.Text, i int) sign {
	c := mark(t, i)
	if c == 0 {
		return 0
	}
	s := sign(slices.Index(marksInOrder[:], c))
	if opener(t, i) != 0 {
		s |= opensHere
	}
	if ends(t, i) {
		s |= endsHere
	}
	return s
}

// closersOf has, for the index of each mark in marksInOrder, a set of bits: the indices of the marks
// that close it.
var closersOf = func() (sets [len(marksInOrder)]uint32) {
	for c := 1; c < len(marksInOrder); c++ {
		for r := 1; r < len(marksInOrder); r++ {
			if closes(marksInOrder[c], marksInOrder[r]) {
				sets[c] |= 1 << r
			}
		}
	}
	return sets
}()

// closes reports whether mark r closes a quotation that mark c opens, in any of the languages: »…« and
// »…» are both in use.
func closes(c, r rune) bool {
	switch c {
	case '“', '‟':
		return r == '”' || r == '"'
	case '„':
		return r == '“' || r == '”' || r == '"'
	case '«':
		return r == '»'
	case '»':
		return r == '«' || r == '»'
	case '‹':
		return r == '›'
	case '›':
		return r == '‹'
	case '”':
		return r == '”'
	case '"':
		return r == '"' || r == '”' || r == '“'
	case '「':
		return r == '」'
	case '『':
		return r == '』'
	case '‘':
		return r == '’' || r == '\''
	case '‚':
		return r == '‘' || r == '’'
	case '\'':
		return r == '\'' || r == '’'
	}
	return false
}

// mark returns the quotation mark that token i is, or 0 if it is none. Some feeds write a double mark as two
// straight single ones side by side: the first of them then counts as '"', the second as no mark.
func mark(t *token.Text, i int) rune {
	if t.Tokens[i].Kind != token.Mark {
		return 0
	}
	switch c, _ := utf8.DecodeRuneInString(t.Text[t.Tokens[i].Start:]); c {
	case '\'', '`':
		switch {
		case i > 0 && t.Tokens[i].Is(token.Glued) && single(t, i-1) && !(i > 1 && t.Tokens[i-1].Is(token.Glued) && single(t, i-2)):
			return 0 // the second of two single marks
		case i+1 < len(t.Tokens) && t.Tokens[i+1].Is(token.Glued) && single(t, i+1):
			return '"'
		case c == '\'':
			return c
		}
	case '"', '“', '”', '„', '‟', '«', '»', '‹', '›', '‘', '’', '‚', '「', '」', '『', '』':
		return c
	}
	return 0
}

// pair reports whether token i is the first of two straight single marks that together are a double one.
func pair(t *token.Text, i int) bool { return mark(t, i) == '"' && single(t, i) }

// single reports whether token i is a straight single mark, or the backtick that some write instead.
func single(t *token.Text, i int) bool {
	tok := t.Tokens[i]
	return tok.End-tok.Start == 1 && (t.Text[tok.Start] == '\'' || t.Text[tok.Start] == '`')
}

// opener returns the quotation mark that token i is if it can open a quotation where it stands, else 0.
// Some marks always open one. A mark that could also close a quotation opens one only if what stands before
// it leaves room (a space, a bracket, a dash) and a word follows without a space.
func opener(t *token.Text, i int) rune {
	c := mark(t, i)
	if c == 0 {
		return 0
	}
	tok := t.Tokens[i]
	loose := !tok.Is(token.Glued) || i == 0 || opensBefore(t, i-1)
	next := i + 1
	if pair(t, i) {
		next++
	}
	tight := next < len(t.Tokens) && t.Tokens[next].Is(token.Glued)
	switch c {
	case '“', '‟', '„', '‚', '「', '『':
		return c
	case '«':
		if loose || !tight || tok.Is(token.Glued|token.Sentence) {
			return c
		}
	case '"', '»', '”', '‘', '\'', '‹', '›':
		if loose && tight || tok.Is(token.Sentence) && tight {
			return c
		}
	}
	return 0
}

// opensBefore reports whether token i is a dash, a bracket or another mark
// after which a quotation can open without a space.
func opensBefore(t *token.Text, i int) bool {
	if t.Tokens[i].Kind != token.Mark {
		return false
	}
	switch c, _ := utf8.DecodeRuneInString(t.Text[t.Tokens[i].Start:]); c {
	case '(', '[', '—', '–', '-', '/', ':', ',', '“', '„', '«', '‘':
		return true
	}
	return false
}

// ends reports whether token k, a single mark, can close a quotation rather than be an apostrophe: no
// space stands before it, and a space or another mark follows.
func ends(t *token.Text, k int) bool {
	if !t.Tokens[k].Is(token.Glued) {
		return false
	}
	return k+1 == len(t.Tokens) || !t.Tokens[k+1].Is(token.Glued) || t.Tokens[k+1].Kind == token.Mark
}

// resize returns s with n elements, in new memory if s holds less. The elements are not cleared.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// mark fills m.block: a paragraph of t is set as a block quotation if one of the spans set, which are in
// order, holds its first byte.
func (m *marks) mark(t *token.Text, set []dateline.Span) {
	m.block = resize(m.block, len(t.Paragraphs))
	for p, r := range t.Paragraphs {
		at := int(t.Tokens[r.First].Start)
		for len(set) > 0 && set[0].End <= at {
			set = set[1:]
		}
		m.block[p] = len(set) > 0 && set[0].Start <= at
	}
}

// quoted reports whether the paragraph r of a block quotation is not to be made a quotation as a whole:
// because it has quotation marks of its own, or because it ends without a mark, as the name of the
// author under a quotation does.
func (m *marks) quoted(t *token.Text, r token.Range) bool {
	if t.Tokens[r.End-1].Kind != token.Mark {
		return true
	}
	for i := r.First; i < r.End; i++ {
		if m.signs[i]&opensHere != 0 && m.signs[i].mark() != '\'' && m.signs[i].mark() != '‘' {
			return true
		}
	}
	return false
}

// whole makes the paragraph r, which has no quotation marks, a quotation. goesOn tells whether the next
// paragraph belongs to the same one, which whole returns; again tells it of the paragraph before.
func (m *marks) whole(r token.Range, goesOn, again bool) bool {
	for i := r.First; i < r.End; i++ {
		m.place[i], m.number[i] = within, int32(len(m.quotes))
	}
	m.quotes = append(m.quotes, quotation{first: r.First, end: r.End, open: goesOn, again: again})
	return goesOn
}
