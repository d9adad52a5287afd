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
	open       bool  // goes on in the next paragraph
	again      bool  // goes on from the paragraph before
}

// place tells where a token stands with regard to quotation marks.
type place uint8

const (
	outside place = iota
	opening       // is the mark that opens
	within        // stands inside
	closing       // is the mark that closes
)

// marks tracks the quotation marks of a text.
type marks struct {
	signs  []sign
	match  []int32                 // of each mark that opens: what closes it, 0 if nothing does; see nesting
	first  [len(marksInOrder)]int  // of each mark: see firstCloser
	nests  [len(marksInOrder)]nest // of each mark: see nesting
	place  []place
	number []int32 // of the quotation that each token belongs to; -1 outside
	quotes []quotation
	block  []bool // of each paragraph: is set as a block quotation
}

// read finds the quotations of t. A quotation ends with its paragraph unless
// the next one opens with a mark too.
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

// paragraph finds the quotations of one paragraph, and reports whether the
// last goes on in the next one.
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
				continue // a mark without its partner
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

// longestQuote bounds the tokens of a quotation within one paragraph: no
// newspaper sets a paragraph of half as many.
const longestQuote = 1000

// closer returns the mark before end that closes what the mark at i opens, or
// -1. Marks of the same kind that open again are inside; if one of them is never
// closed, it is the first mark that closes.
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

// firstCloser returns the first mark after i and before end that closes own, or
// end. It goes through a paragraph once for each kind of mark.
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

// A nest tells how deep marks of one kind that can stand within each other are
// nested in the rest of a paragraph.
type nest struct {
	from  int     // the first token
	depth []int32 // after each token, counted from any number; empty if it is not known
	open  []int32 // marks that are not closed yet
}

// nesting returns the nest of the marks own in the paragraph that holds token i
// and ends before end, and sets m.match for those of them that open.
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

// forget begins a new paragraph.
func (m *marks) forget() {
	m.first = [len(marksInOrder)]int{}
	for k := range m.nests {
		m.nests[k].depth = m.nests[k].depth[:0]
	}
}

// A sign is what a token is as a quotation mark: its place in marksInOrder, 0 if
// it is none, and what it can do where it stands.
type sign uint8

const (
	ordinal   sign = 31     // the bits of the place in marksInOrder
	opensHere sign = 1 << 5 // opens a quotation
	endsHere  sign = 1 << 6 // is no apostrophe, if it is a single mark
)

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

// closersOf has for each mark a bit for each of those that close it.
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

// closes reports whether mark r closes what mark c opens.
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

// mark returns the quotation mark that token i is, or 0. Two single marks side
// by side, as typewriters and some feeds have them, are a double one, which the
// first of them stands for.
func mark(t *token.Text, i int) rune {
	if t.Tokens[i].Kind != token.Mark {
		return 0
	}
	switch c, _ := utf8.DecodeRuneInString(t.Text[t.Tokens[i].Start:]); c {
	case '\'', '`':
		switch {
		case i > 0 && t.Tokens[i].Is(token.Glued) && single(t, i-1) && !(i > 1 && t.Tokens[i-1].Is(token.Glued) && single(t, i-2)):
			return 0 // the second one
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

// pair reports whether token i is the first of two single marks that are a
// double one.
func pair(t *token.Text, i int) bool { return mark(t, i) == '"' && single(t, i) }

// single reports whether token i is a straight single mark.
func single(t *token.Text, i int) bool {
	tok := t.Tokens[i]
	return tok.End-tok.Start == 1 && (t.Text[tok.Start] == '\'' || t.Text[tok.Start] == '`')
}

// opener returns the quotation mark that token i is if it opens a quotation
// there, or 0.
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

// ends reports whether the single mark k is no apostrophe: it stands after a
// word or mark and before a space or mark.
func ends(t *token.Text, k int) bool {
	if !t.Tokens[k].Is(token.Glued) {
		return false
	}
	return k+1 == len(t.Tokens) || !t.Tokens[k+1].Is(token.Glued) || t.Tokens[k+1].Kind == token.Mark
}

// resize returns s with n elements, whatever they are.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// mark fills m.block from the spans that are set as block quotations.
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

// quoted reports whether a paragraph has quotation marks of its own, or ends in no mark at all,
// as a name under a block quotation does.
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

// whole makes a paragraph without marks of its own a quotation.
func (m *marks) whole(r token.Range, goesOn, again bool) bool {
	for i := r.First; i < r.End; i++ {
		m.place[i], m.number[i] = within, int32(len(m.quotes))
	}
	m.quotes = append(m.quotes, quotation{first: r.First, end: r.End, open: goesOn, again: again})
	return goesOn
}
