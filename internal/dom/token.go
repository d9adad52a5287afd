package dom

import (
	"slices"
	"strings"
)

// A tokenKind says what the tokenizer has read.
type tokenKind uint8

const (
	textToken tokenKind = iota
	startToken
	endToken
	commentToken
	doctypeToken
	eofToken
)

// A content says how the tokenizer reads what follows a start tag.
type content uint8

const (
	dataContent   content = iota
	rcdataContent         // text with character references, up to the end tag
	rawContent            // text up to the end tag
	scriptContent         // the same, but an end tag within <!-- <script> is text
	plainContent          // text up to the end of the page
)

// A tokenizer cuts a page into tokens: section 13.2.5 of HTML. The page has no
// carriage returns. What a token holds is a slice of the page where it can be,
// else of the side buffer, which is only ever appended to.
type tokenizer struct {
	page string
	pos  int
	amp  int  // where the next '&' is that was searched for; behind pos when it must be searched again
	most int  // attributes that are read
	nul  bool // the page has U+0000
	cut  bool // attributes were left out

	content content
	last    string // the start tag that content follows
	cdata   bool   // CDATA sections are allowed: the current node is foreign

	kind        tokenKind
	tag         Tag    // of a start or end tag
	name        string // of a tag, in lower case; what a comment or a doctype says
	text        string
	selfClosing bool
	attr        int    // the first attribute of a start tag; the others follow up to the end of attrs
	seen        uint64 // the keys among them
	attrs       []Attr
	side        strings.Builder
}

// Classes of bytes for the loops below; a name ends where its table has zero.
var (
	tagByte  [256]byte // lower case of what a tag's name may hold
	attrByte [256]byte // of an attribute's name
	spaces   [256]bool
)

func init() {
	for c := range 256 {
		lower := byte(c)
		if 'A' <= c && c <= 'Z' {
			lower |= 0x20
		}
		tagByte[c], attrByte[c] = lower, lower
	}
	for _, c := range []byte(" \t\n\f\r") {
		tagByte[c], attrByte[c], spaces[c] = 0, 0, true
	}
	for _, c := range []byte("/>") {
		tagByte[c], attrByte[c] = 0, 0
	}
	attrByte['='] = 0
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// next reads one token.
func (z *tokenizer) next() {
	if z.content != dataContent && z.special() {
		return
	}
	s := z.page
	i := z.pos
	dropped := false // the text holds "</>", which is nothing
	for i < len(s) {
		if s[i] != '<' {
			n := strings.IndexByte(s[i:], '<')
			if n < 0 {
				i = len(s)
				break
			}
			i += n
		}
		if i+1 >= len(s) {
			i = len(s)
			break
		}
		c := s[i+1]
		switch {
		case letter(c):
			if i > z.pos {
				z.textUpTo(i, dropped)
				return
			}
			z.startTag(i + 1)
			return
		case c == '/':
			if i+2 >= len(s) {
				i = len(s)
				continue
			}
			if s[i+2] == '>' {
				dropped = true
				i += 3
				continue
			}
		case c != '!' && c != '?':
			i++
			continue
		}
		if i > z.pos {
			z.textUpTo(i, dropped)
			return
		}
		switch {
		case c == '/' && letter(s[i+2]):
			z.endTag(i + 2)
		case c == '!':
			z.declaration(i + 2)
		case c == '/':
			z.bogus(i + 2)
		default:
			z.bogus(i + 1)
		}
		return
	}
	if i > z.pos {
		z.textUpTo(i, dropped)
		return
	}
	z.kind = eofToken
}

// textUpTo makes a text token of what lies before end.
func (z *tokenizer) textUpTo(end int, dropped bool) {
	z.kind = textToken
	if dropped {
		z.text = z.joined(z.page[z.pos:end])
	} else {
		z.text = z.decoded(z.pos, end, false)
	}
	z.pos = end
}

// decoded returns page[start:end] with its character references decoded.
func (z *tokenizer) decoded(start, end int, attribute bool) string {
	if !z.hasAmp(start, end) {
		return z.page[start:end]
	}
	at := z.room(end - start)
	z.unescape(z.page[start:end], attribute)
	return z.side.String()[at:]
}

// hasAmp reports whether page[start:end] has an ampersand. As it is asked in
// the order of the page, the page is searched once.
func (z *tokenizer) hasAmp(start, end int) bool {
	if z.amp < start {
		if i := strings.IndexByte(z.page[start:], '&'); i >= 0 {
			z.amp = start + i
		} else {
			z.amp = len(z.page)
		}
	}
	return z.amp < end
}

// joined decodes text in which every "</>" is left out.
func (z *tokenizer) joined(s string) string {
	at := z.room(len(s))
	for piece := range strings.SplitSeq(s, "</>") {
		z.unescape(piece, false)
	}
	return z.side.String()[at:]
}

// room makes sure that n bytes of the page fit into the side buffer when they are decoded,
// and returns where they will begin. If the buffer is too full, a new one takes its place;
// strings that are slices of the old one stay valid.
func (z *tokenizer) room(n int) int {
	n += n/4 + 8 // the reference that grows most is "&nGt;", from five bytes to six
	if z.side.Cap()-z.side.Len() < n {
		size := min(max(2*z.side.Cap(), 2048), 64<<10)
		z.side = strings.Builder{}
		z.side.Grow(max(n, size))
	}
	return z.side.Len()
}

// noNUL returns s with U+FFFD in place of U+0000.
func (z *tokenizer) noNUL(s string) string {
	if z.nul && strings.IndexByte(s, 0) >= 0 {
		return strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return s
}

// lower returns s with its ASCII letters in lower case.
func (z *tokenizer) lower(s string) string {
	at := z.room(len(s))
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		z.side.WriteByte(c)
	}
	return z.side.String()[at:]
}

// tagName reads the name of a tag that begins at i and returns its end.
func (z *tokenizer) tagName(i int) int {
	s := z.page
	start := i
	var packed uint64
	var upper byte
	for i < len(s) {
		c := s[i]
		l := tagByte[c]
		if l == 0 && c != 0 {
			break
		}
		packed = packed<<8 | uint64(l)
		upper |= c ^ l
		i++
	}
	if n := tagTable.find(packed, s[start:i], upper != 0); n != 0 {
		z.tag, z.name = Tag(n), tagNames[n]
		return i
	}
	z.tag, z.name = Other, z.noNUL(s[start:i])
	if upper != 0 {
		z.name = z.lower(z.name)
	}
	return i
}

func (z *tokenizer) startTag(i int) {
	i = z.tagName(i)
	z.kind = startToken
	z.attr = len(z.attrs)
	z.selfClosing = false
	if i < len(z.page) && z.page[i] == '>' {
		z.pos = i + 1
		return
	}
	z.attributes(i)
}

func (z *tokenizer) endTag(i int) {
	i = z.tagName(i)
	z.kind = endToken
	if i < len(z.page) && z.page[i] == '>' {
		z.pos = i + 1
		return
	}
	z.attr = len(z.attrs)
	z.attributes(i)
	z.attrs = z.attrs[:z.attr]
}

// attributes reads what follows the name of a tag, up to its end. A tag that
// the page leaves unfinished is dropped.
func (z *tokenizer) attributes(i int) {
	s := z.page
	z.seen = 0
	for {
		start := i
		for i < len(s) && (spaces[s[i]] || s[i] == '/') {
			i++
		}
		if i >= len(s) {
			break
		}
		if s[i] == '>' {
			z.selfClosing = i > start && s[i-1] == '/'
			z.pos = i + 1
			return
		}
		start = i
		var packed uint64
		var upper byte
		for i < len(s) {
			c := s[i]
			l := attrByte[c]
			if l == 0 && c != 0 {
				if c != '=' || i > start {
					break
				}
				l = c // a name may begin so
			}
			packed = packed<<8 | uint64(l)
			upper |= c ^ l
			i++
		}
		end := i
		for i < len(s) && spaces[s[i]] {
			i++
		}
		value, next := "", i
		if i < len(s) && s[i] == '=' {
			if value, next = z.value(i + 1); next < 0 {
				break
			}
		}
		z.attribute(s[start:end], packed, upper != 0, value)
		i = next
	}
	z.attrs = z.attrs[:z.attr]
	z.pos = len(s)
	z.kind = eofToken
}

// value reads the value of an attribute after its '='; it returns its end, -1
// if the page ends in it.
func (z *tokenizer) value(i int) (string, int) {
	s := z.page
	for i < len(s) && spaces[s[i]] {
		i++
	}
	if i >= len(s) {
		return "", -1
	}
	switch c := s[i]; c {
	case '>':
		return "", i
	case '"', '\'':
		i++
		n := strings.IndexByte(s[i:], c)
		if n < 0 {
			return "", -1
		}
		return z.noNUL(z.decoded(i, i+n, true)), i + n + 1
	}
	start := i
	for i < len(s) && !spaces[s[i]] && s[i] != '>' {
		i++
	}
	if i >= len(s) {
		return "", -1
	}
	return z.noNUL(z.decoded(start, i, true)), i
}

// attribute appends an attribute to those of the tag, unless it has one of
// that name.
func (z *tokenizer) attribute(name string, packed uint64, upper bool, value string) {
	if n := keyTable.find(packed, name, upper); n != 0 {
		if bit := uint64(1) << n; z.seen&bit == 0 && z.more(0) {
			z.seen |= bit
			z.append(Attr{Key(n), keyNames[n], value})
		}
		return
	}
	if !z.more(len(z.attrs) - z.attr) {
		return
	}
	name = z.noNUL(name)
	if upper {
		name = z.lower(name)
	}
	for i := z.attr; i < len(z.attrs); i++ {
		if a := &z.attrs[i]; a.Key == OtherKey && a.Name == name {
			return
		}
	}
	z.append(Attr{OtherKey, name, value})
}

func (z *tokenizer) append(a Attr) {
	if n := len(z.attrs); n == cap(z.attrs) {
		z.attrs = slices.Grow(z.attrs, min(z.expected(n), z.most-n))
	}
	z.attrs = append(z.attrs, a)
}

// more reports whether one more attribute is read of a tag that has so many
// already, and of the page.
func (z *tokenizer) more(ofTag int) bool {
	if ofTag < maxAttrs && len(z.attrs) < z.most {
		return true
	}
	z.cut = true
	return false
}

// declaration reads what begins with "<!"; i is after that.
func (z *tokenizer) declaration(i int) {
	s := z.page
	rest := s[i:]
	switch {
	case strings.HasPrefix(rest, "--"):
		z.comment(i + 2)
	case len(rest) >= 7 && strings.EqualFold(rest[:7], "doctype"):
		z.kind = doctypeToken
		if n := strings.IndexByte(s[i:], '>'); n >= 0 {
			z.name = s[i+7 : i+n+1]
			z.pos = i + n + 1
		} else {
			z.name = s[i+7:]
			z.pos = len(s)
		}
	case z.cdata && strings.HasPrefix(rest, "[CDATA["):
		i += len("[CDATA[")
		z.kind = textToken
		if n := strings.Index(s[i:], "]]>"); n >= 0 {
			z.text = s[i : i+n]
			z.pos = i + n + 3
		} else {
			z.text = s[i:]
			z.pos = len(s)
		}
	default:
		z.bogus(i)
	}
}

// bogus reads what the HTML standard calls a bogus comment, such as "<?xml ... >": all up
// to the next '>'.
func (z *tokenizer) bogus(i int) {
	z.kind = commentToken
	if n := strings.IndexByte(z.page[i:], '>'); n >= 0 {
		z.name = z.page[i : i+n]
		z.pos = i + n + 1
	} else {
		z.name = z.page[i:]
		z.pos = len(z.page)
	}
}

// comment reads a comment after its "<!--".
func (z *tokenizer) comment(i int) {
	s := z.page
	z.kind = commentToken
	z.name = ""
	switch rest := s[i:]; {
	case strings.HasPrefix(rest, ">"):
		z.pos = i + 1
		return
	case strings.HasPrefix(rest, "->"):
		z.pos = i + 2
		return
	}
	for j := i; ; j++ {
		n := strings.Index(s[j:], "--")
		if n < 0 {
			z.name = strings.TrimSuffix(s[i:], "-")
			z.pos = len(s)
			return
		}
		j += n
		switch rest := s[j+2:]; {
		case strings.HasPrefix(rest, ">"):
			z.name = s[i:j]
			z.pos = j + 3
			return
		case strings.HasPrefix(rest, "!>"):
			z.name = s[i:j]
			z.pos = j + 4
			return
		case rest == "" || rest == "!":
			z.name = s[i:j]
			z.pos = len(s)
			return
		}
	}
}

// special reads the text of an element whose content is not HTML. It returns
// false if there is none, so that what follows is the end tag.
func (z *tokenizer) special() bool {
	start := z.pos
	var end int
	switch z.content {
	case plainContent:
		end = len(z.page)
	case scriptContent:
		end = z.scriptEnd(start)
	default:
		end = z.rawEnd(start)
	}
	decode := z.content == rcdataContent
	if z.content != plainContent {
		z.content = dataContent
	}
	if end == start {
		return false
	}
	z.kind = textToken
	if decode {
		z.text = z.noNUL(z.decoded(start, end, false))
	} else {
		z.text = z.noNUL(z.page[start:end])
	}
	z.pos = end
	return true
}

// rawEnd returns where the end tag of the last start tag begins.
func (z *tokenizer) rawEnd(i int) int {
	for {
		n := strings.Index(z.page[i:], "</")
		if n < 0 {
			return len(z.page)
		}
		i += n
		if z.nameAt(i+2, z.last) {
			return i
		}
		i += 2
	}
}

// nameAt reports whether a tag's name at i is this name.
func (z *tokenizer) nameAt(i int, name string) bool {
	s := z.page
	end := i + len(name)
	return end < len(s) && strings.EqualFold(s[i:end], name) && (spaces[s[end]] || s[end] == '/' || s[end] == '>')
}

// scriptEnd returns where the end tag of a script begins. Between "<!--" and
// "-->" a script may hold a script, whose end tag does not end the outer one.
func (z *tokenizer) scriptEnd(i int) int {
	s := z.page
	escaped, within := false, false
	for {
		n := strings.IndexByte(s[i:], '<')
		if escaped {
			stretch := s[i:]
			if n >= 0 {
				stretch = s[i : i+n]
			}
			if e := strings.Index(stretch, "-->"); e >= 0 {
				escaped, within = false, false
				i += e + 3
				continue
			}
		}
		if n < 0 {
			return len(s)
		}
		i += n
		switch {
		case i+1 < len(s) && s[i+1] == '/' && z.nameAt(i+2, z.last):
			if !within {
				return i
			}
			within = false
			i += 2
		case !escaped && strings.HasPrefix(s[i:], "<!--"):
			escaped = true
			i += 2 // the dashes may be those of "-->"
		case escaped && z.nameAt(i+1, z.last):
			within = true
			i++
		default:
			i++
		}
	}
}
