package jsontree

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Mend reads the first object or list in src as far as it can be told what is
// meant, and returns it with what follows. It is for JSON that Add refuses. What
// is read member by member, so that a fault costs one member and not those
// beside it:
//
//   - comments, CDATA and markup around and between values are passed over, and
//     so are spaces of any kind;
//   - commas and colons may repeat, trail or be missing, and a value may be:
//     "image": , is null, [1,,2] has two;
//   - names may stand without quotation marks, and strings in single or curly
//     ones; a string may hold line breaks, and quotation marks that were not
//     escaped, as long as what follows them cannot follow a string;
//   - what is no value of JSON, such as undefined, is null;
//   - brackets that were not closed are closed at the end; a string that is cut
//     there is dropped, since half a value can be a wrong one;
//   - all of src may be written with &quot; for its quotation marks.
//
// It is not ok if src has no bracket, or the tree is full. Time and memory are
// linear in the length of src.
func (t *Tree) Mend(src string) (v Value, rest string, ok bool) {
	m := mender{parser: parser{t: t, src: src, up: -1}, line: -1}
	m.findRoot()
	if m.pos >= len(src) || len(t.nodes) >= MaxValues {
		return Value{}, "", false
	}
	if inside := strings.TrimLeft(src[m.pos:min(len(src), m.pos+mostSpace)], " \t\r\n{["); strings.HasPrefix(inside, "&quot;") || strings.HasPrefix(inside, "&#34;") || strings.HasPrefix(inside, "&#x22;") {
		m.src = html.UnescapeString(src[m.pos:])
		m.pos = 0
	}
	root := int32(len(t.nodes))
	m.value("")
	for m.up >= 0 && m.member() {
	}
	for m.up >= 0 {
		m.pop()
	}
	return Value{t, root}, m.src[m.pos:], true
}

const (
	mostSpace   = 200 // bytes between two tokens that are looked past to see what follows
	longestKey  = 100 // bytes of a name
	mostRewinds = 64  // how often a string is found to have ended earlier
)

// A mender reads JSON with faults: it takes what can be understood of each member and goes
// on with the next.
type mender struct {
	parser
	open    [Object + 1]int // how many lists and objects are
	line    int             // a line break at or behind pos, if it is not before it; len(src) if there is none
	rewinds int
}

// findRoot goes to the first bracket that opens a value.
func (m *mender) findRoot() {
	for ; m.pos < len(m.src); m.pos++ {
		switch m.src[m.pos] {
		case '{', '[':
			return
		case '<', '/':
			if n := m.markup(); n > 0 {
				m.pos += n - 1
			}
		}
	}
}

// markup returns the width of what stands around JSON in pages at pos: the
// brackets of CDATA and of comments of HTML, or a comment between /* and */.
func (m *mender) markup() int {
	s := m.src[m.pos:]
	for _, w := range [...]string{"<![CDATA[", "]]>", "<!--", "-->"} {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	if strings.HasPrefix(s, "/*") {
		if end := strings.Index(s, "*/"); end >= 0 {
			return end + len("*/")
		}
		return len(s)
	}
	return 0
}

// member reads what comes next within the list or the object that is open: a
// member, a bracket that closes it, or what is neither. It returns false at the
// end, and if the tree is full.
func (m *mender) member() bool {
	m.skip()
	if m.pos >= len(m.src) || len(m.t.nodes) >= MaxValues {
		return false
	}
	key := ""
	switch c := m.src[m.pos]; {
	case c == ']':
		m.pos++
		m.close(List)
		return true
	case c == '}':
		m.pos++
		m.close(Object)
		return true
	case strings.IndexByte(",;:=+()", c) >= 0:
		m.pos++
		return true
	case c == '{' || c == '[':
	case m.t.nodes[m.up].kind == Object || m.leftList():
		var ok bool
		if key, ok = m.name(); !ok || !m.colon() {
			return true
		}
	}
	m.value(key)
	return true
}

// leftList closes the lists that are open, if what stands here is a member of the
// object around them: their brackets are missing.
func (m *mender) leftList() bool {
	if m.open[Object] == 0 || !m.beginsMember(m.pos, false) {
		return false
	}
	for m.t.nodes[m.up].kind == List {
		m.pop()
	}
	return true
}

// skip goes past white space, comments and stray tags of HTML.
func (m *mender) skip() {
	for m.pos < len(m.src) {
		if n := blank(m.src[m.pos:]); n > 0 {
			m.pos += n
		} else if n := m.markup(); n > 0 {
			m.pos += n
		} else if strings.HasPrefix(m.src[m.pos:], "//") {
			m.comment()
		} else {
			return
		}
	}
}

// comment goes past a comment that ends with its line; where the text has lost
// its line breaks, to what may be the next token.
func (m *mender) comment() {
	if m.line < m.pos {
		if m.line = strings.IndexByte(m.src[m.pos:], '\n'); m.line < 0 {
			m.line = len(m.src)
		} else {
			m.line += m.pos
		}
	}
	if m.line < len(m.src) {
		m.pos = m.line
		return
	}
	for m.pos++; m.pos < len(m.src) && strings.IndexByte("\"{[]}", m.src[m.pos]) < 0; m.pos++ {
	}
}

// blank returns the width of the space of any kind that s begins with, 0 if it
// begins with none.
func blank(s string) int {
	if s == "" || s[0] > ' ' && s[0] < utf8.RuneSelf {
		return 0
	}
	if s[0] <= ' ' {
		return 1
	}
	switch r, n := utf8.DecodeRuneInString(s); {
	case r == 0x85, r == 0xa0, r == 0x1680, r >= 0x2000 && r <= 0x200f, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x2060, r == 0x3000, r == 0xfeff, r == utf8.RuneError:
		return n
	}
	return 0
}

// after returns where what follows the spaces at i begins.
func (m *mender) after(i int) int {
	for end := min(len(m.src), i+mostSpace); i < end; {
		n := blank(m.src[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// A quote is a kind of quotation mark.
type quote uint8

const (
	noQuote quote = iota
	double
	single
	curly
)

// quoteAt returns the quotation mark at i and its width.
func (m *mender) quoteAt(i int) (quote, int) {
	if i >= len(m.src) {
		return noQuote, 0
	}
	switch m.src[i] {
	case '"':
		return double, 1
	case '\'':
		return single, 1
	case 0xe2: // of “, ”, „ and ″
		if s := m.src[i:]; strings.HasPrefix(s, "“") || strings.HasPrefix(s, "”") || strings.HasPrefix(s, "„") || strings.HasPrefix(s, "″") {
			return curly, len("“")
		}
	}
	return noQuote, 0
}

// nameAt returns the name at i, which may stand in quotation marks, and where it
// ends; 0 if there is none.
func (m *mender) nameAt(i int) (name string, quoted bool, end int) {
	q, n := m.quoteAt(i)
	start := i + n
	for i = start; i < min(len(m.src), start+longestKey); i++ {
		c := m.src[i]
		if q != noQuote {
			if found, width := m.quoteAt(i); found == q {
				return m.src[start:i], true, i + width
			}
			if c < ' ' {
				break
			}
		} else if !(c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '@' || c == '-') {
			break
		}
	}
	if q != noQuote || i == start {
		return "", false, 0
	}
	return m.src[start:i], false, i
}

// beginsMember reports whether a name and a colon stand at i, as far as the text
// goes. Behind a comma, a name can be without quotation marks or have spaces.
func (m *mender) beginsMember(i int, behindComma bool) bool {
	name, quoted, end := m.nameAt(i)
	if end == 0 {
		return behindComma && m.cutName(i)
	}
	if !behindComma && (!quoted || strings.IndexByte(name, ' ') >= 0) || strings.IndexByte(name, ',') >= 0 {
		return false
	}
	end = m.after(end)
	if end >= len(m.src) {
		return behindComma
	}
	return m.src[end] == ':'
}

// cutName reports whether a name at i is cut off by the end of the text.
func (m *mender) cutName(i int) bool {
	q, n := m.quoteAt(i)
	return q == double && len(m.src)-i < longestKey && strings.IndexByte(m.src[i+n:], '"') < 0
}

// name takes the name of a member. It is not ok if there is none: then a byte of
// what is there is.
func (m *mender) name() (string, bool) {
	name, _, end := m.nameAt(m.pos)
	if end == 0 {
		m.pos++
		return "", false
	}
	m.pos = end
	return cleaned(name), true
}

// colon takes the colon behind a name, which may be missing before what can only
// be its value. It returns false if the name has no value.
func (m *mender) colon() bool {
	m.skip()
	if m.pos >= len(m.src) {
		return false
	}
	switch c := m.src[m.pos]; c {
	case ':', '=':
		m.pos++
		m.skip()
		return m.pos < len(m.src)
	case '{', '[':
		return true
	}
	q, _ := m.quoteAt(m.pos)
	return q != noQuote && !m.beginsMember(m.pos, false)
}

// value takes a value, or the bracket that opens one.
func (m *mender) value(key string) {
	if len(m.t.nodes) >= MaxValues {
		m.pos = len(m.src)
		return
	}
	d := node{key: key, kind: Null, end: int32(len(m.t.nodes) + 1)}
	up := m.up
	switch c := m.src[m.pos]; c {
	case '{', '[':
		d.kind = Object
		if c == '[' {
			d.kind = List
		}
		m.pos++
		m.open[d.kind]++
		d.end, m.up = up, int32(len(m.t.nodes))
	case ',', '}', ']': // a value is missing
	default:
		if q, _ := m.quoteAt(m.pos); q != noQuote {
			var ok bool
			if d.text, ok = m.quoted(); !ok {
				return
			}
			d.kind = String
		} else {
			d.kind, d.text = m.bare()
		}
	}
	if up >= 0 {
		m.t.nodes[up].members++
	}
	m.t.nodes = append(m.t.nodes, d)
}

// bare takes a value that is no string and has no brackets: a number, a word of
// JSON, or what is null.
func (m *mender) bare() (Kind, string) {
	start := m.pos
	for m.pos++; m.pos < len(m.src) && strings.IndexByte(",}]\"\n", m.src[m.pos]) < 0; m.pos++ {
	}
	s := strings.TrimSpace(m.src[start:m.pos])
	switch s {
	case "true", "True":
		return True, ""
	case "false", "False":
		return False, ""
	}
	if n := (parser{src: s, pos: 1}); s != "" {
		if number, ok := n.number(); ok && number == s {
			return Number, s
		}
	}
	return Null, ""
}

// quoted takes a string. It ends with the first of its quotation marks after
// which something stands that can follow a string, or where a member begins that
// cannot be part of it. It is not ok if it is cut off by the end of the text.
func (m *mender) quoted() (s string, ok bool) {
	q, width := m.quoteAt(m.pos)
	start := m.pos + width
	first := 0 // where the first quotation mark within it is
	for i := start; i < len(m.src); i++ {
		switch m.src[i] {
		case '\\':
			i++
			continue
		case '\n':
			next := m.after(i)
			if m.beginsMember(next, false) {
				m.pos = i
				return cleaned(strings.TrimRight(m.src[start:i], ", \r\t")), true
			}
			i = next - 1
			continue
		}
		found, n := m.quoteAt(i)
		if found != q {
			continue
		}
		if m.ends(i + n) {
			m.pos = i + n
			return cleaned(m.src[start:i]), true
		}
		if m.startsNext(start, i) && m.rewinds < mostRewinds {
			m.rewinds++
			if m.pos = first + n; first == 0 {
				first, m.pos = i, i
			}
			return cleaned(strings.TrimRight(m.src[start:first], ", \r\t\n")), true
		}
		if first == 0 {
			first = i
		}
	}
	m.pos = len(m.src)
	return "", false
}

// startsNext reports whether the quotation mark at i, in the string that began
// at start, is that of the next member's name.
func (m *mender) startsNext(start, i int) bool {
	before := strings.TrimRight(m.src[max(start, i-mostSpace):i], " \t\r\n")
	return strings.HasSuffix(before, ",") && m.beginsMember(i, false)
}

// ends reports whether a string can end before i, by what follows.
func (m *mender) ends(i int) bool {
	inObject := m.up >= 0 && m.t.nodes[m.up].kind == Object
	at := m.after(i)
	if at >= len(m.src) {
		return true
	}
	switch s := m.src[at:]; {
	case s[0] == '}' || s[0] == ']', strings.HasPrefix(s, "/*"), strings.HasPrefix(s, "//"), strings.HasPrefix(s, "<!--"):
		return true
	case s[0] == ',':
		at = m.after(at + 1)
		if at >= len(m.src) {
			return true
		}
		switch s := m.src[at:]; {
		case strings.IndexByte(",}]", s[0]) >= 0, strings.HasPrefix(s, "/*"), strings.HasPrefix(s, "//"):
			return true
		case inObject:
			return m.beginsMember(at, true)
		case strings.IndexByte("{[-0123456789", s[0]) >= 0, strings.HasPrefix(s, "true"), strings.HasPrefix(s, "false"), strings.HasPrefix(s, "null"), strings.HasPrefix(s, "undefined"):
			return true
		}
		q, _ := m.quoteAt(at)
		return q != noQuote
	case inObject:
		return m.beginsMember(at, false)
	}
	q, _ := m.quoteAt(at)
	return m.src[at] == '{' || q != noQuote && strings.IndexByte(m.src[i:at], '\n') >= 0
}

// close closes what is open up to the innermost list or object, as kind says;
// a bracket that closes nothing is passed over, and so is one that would close
// all of it before another member.
func (m *mender) close(kind Kind) {
	if m.open[kind] == 0 {
		return
	}
	for m.t.nodes[m.up].kind != kind {
		m.pop()
	}
	if m.t.nodes[m.up].end < 0 && kind == Object {
		if at := m.after(m.pos); at < len(m.src) && m.src[at] == ',' && m.beginsMember(m.after(at+1), false) {
			return
		}
	}
	m.pop()
}

// pop ends the list or the object that is open.
func (m *mender) pop() {
	d := &m.t.nodes[m.up]
	m.open[d.kind]--
	m.up, d.end = d.end, int32(len(m.t.nodes))
}

// cleaned returns a string without its escape sequences, some of which may be
// none: then they are text. Control characters that are no spaces are left out.
func cleaned(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r == '\\' || r < ' ' }) < 0 {
		return s
	}
	var sound strings.Builder // the same with sound escape sequences
	sound.Grow(len(s) + 8)
	p := parser{}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			n := p.escape(s[i+1:])
			switch {
			case n > 0:
				sound.WriteString(s[i : i+1+n])
				i += n
			case i+1 < len(s) && (s[i+1] == '\'' || s[i+1] == '\n'): // as in a script
			default:
				sound.WriteString(`\\`)
			}
		case c >= ' ' || c == '\n' || c == '\t':
			sound.WriteByte(c)
		}
	}
	return unescape(sound.String())
}

// Unescape returns what stands between the quotation marks of a string without
// its escape sequences; a backslash that begins none is text.
func Unescape(s string) string { return cleaned(s) }
