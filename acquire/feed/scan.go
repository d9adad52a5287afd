package feed

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A kind tells what a token is.
type kind uint8

const (
	textToken  kind = iota // value holds the text, entities decoded
	startToken             // name and attrs hold the start tag
	endToken               // name holds the end tag
	eofToken
)

// A token is one piece of markup or text.
type token struct {
	kind  kind
	name  string // with its prefix, as written
	value string
	attrs []attr
	empty bool // a start tag that ends itself: <a/>
}

// An attr is an attribute with its prefix as written and its value decoded.
type attr struct{ name, value string }

// maxAttrs bounds the attributes of one start tag. Feeds have a handful; more
// are read over, so that no start tag holds much memory.
const maxAttrs = 64

// A scanner cuts text that is meant to be XML into tokens. It never fails:
// what XML 1.0 forbids is read as its author will have meant it, and noted in
// flaws. No entity is expanded but characters, and nothing is fetched.
type scanner struct {
	s        string
	pos      int
	flaws    flaws
	declared bool // the document type declares entities of its own
}

// next returns the next token; at the end of the text it is eofToken, again
// and again.
func (sc *scanner) next() token {
	for sc.pos < len(sc.s) {
		rest := sc.s[sc.pos:]
		switch {
		case rest[0] != '<':
			return sc.text()
		case strings.HasPrefix(rest, "<!--"):
			sc.skip("-->", 4)
		case strings.HasPrefix(rest, "<![CDATA["):
			return sc.cdata()
		case strings.HasPrefix(rest, "<?"):
			sc.skip("?>", 2)
		case strings.HasPrefix(rest, "<!"):
			sc.docType()
		case strings.HasPrefix(rest, "</"):
			return sc.end()
		case len(rest) > 1 && isNameStart(rest[1]):
			return sc.start()
		default: // "profit < forecast"
			return sc.text()
		}
	}
	return token{kind: eofToken}
}

// skip passes over what ends with a mark, or to the end of the text.
func (sc *scanner) skip(end string, from int) {
	i := strings.Index(sc.s[sc.pos+from:], end)
	if i < 0 {
		sc.flaws.add(Truncated)
		sc.pos = len(sc.s)
		return
	}
	sc.pos += from + i + len(end)
}

// text reads up to the next markup.
func (sc *scanner) text() token {
	i := 1
	rest := sc.s[sc.pos:]
	if rest[0] == '<' {
		sc.flaws.add(XML)
	}
	for {
		j := strings.IndexByte(rest[i:], '<')
		if j < 0 {
			i = len(rest)
			break
		}
		i += j
		if i+1 < len(rest) && (isNameStart(rest[i+1]) || rest[i+1] == '/' || rest[i+1] == '!' || rest[i+1] == '?') {
			break
		}
		sc.flaws.add(XML)
		i++
	}
	sc.pos += i
	return token{kind: textToken, value: sc.decode(rest[:i])}
}

func (sc *scanner) cdata() token {
	const open, shut = "<![CDATA[", "]]>"
	from := sc.pos + len(open)
	i := strings.Index(sc.s[from:], shut)
	if i < 0 {
		sc.flaws.add(Truncated)
		sc.pos = len(sc.s)
		return token{kind: eofToken}
	}
	sc.pos = from + i + len(shut)
	return token{kind: textToken, value: sc.allowed(sc.s[from : from+i])}
}

// docType passes over a document type with its internal subset. Its entities
// are never expanded.
func (sc *scanner) docType() {
	depth, quote := 0, byte(0)
	for i := sc.pos + 2; i < len(sc.s); i++ {
		switch c := sc.s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case depth > 0 && (c == '"' || c == '\''):
			quote = c
		case c == '[':
			depth++
		case c == ']':
			depth--
		case c == '>' && depth <= 0:
			if strings.Contains(sc.s[sc.pos:i], "<!ENTITY") {
				sc.declared = true
				sc.flaws.add(Entity)
			}
			sc.pos = i + 1
			return
		}
	}
	sc.flaws.add(Truncated)
	sc.pos = len(sc.s)
}

func (sc *scanner) end() token {
	i := strings.IndexByte(sc.s[sc.pos:], '>')
	if i < 0 {
		sc.flaws.add(Truncated)
		sc.pos = len(sc.s)
		return token{kind: eofToken}
	}
	name := strings.TrimSpace(sc.s[sc.pos+2 : sc.pos+i])
	sc.pos += i + 1
	return token{kind: endToken, name: name}
}

func (sc *scanner) start() token {
	p := sc.pos + 1
	for p < len(sc.s) && isName(sc.s[p]) {
		p++
	}
	t := token{kind: startToken, name: sc.s[sc.pos+1 : p]}
	for {
		for p < len(sc.s) && isSpace(sc.s[p]) {
			p++
		}
		if p >= len(sc.s) {
			break
		}
		switch c := sc.s[p]; {
		case c == '>':
			sc.pos = p + 1
			return t
		case c == '/':
			t.empty = p+1 < len(sc.s) && sc.s[p+1] == '>'
			p++
		case c == '<': // the tag before it was not closed
			sc.flaws.add(XML)
			sc.pos = p
			return t
		case isNameStart(c):
			p = sc.attribute(p, &t)
		default:
			sc.flaws.add(XML)
			p++
		}
	}
	sc.flaws.add(Truncated)
	sc.pos = len(sc.s)
	return token{kind: eofToken}
}

// attribute reads one attribute and returns where it ends.
func (sc *scanner) attribute(p int, t *token) int {
	from := p
	for p < len(sc.s) && isName(sc.s[p]) {
		p++
	}
	a := attr{name: sc.s[from:p]}
	q := p
	for q < len(sc.s) && isSpace(sc.s[q]) {
		q++
	}
	if q >= len(sc.s) || sc.s[q] != '=' {
		sc.flaws.add(XML) // an attribute without a value
		return p
	}
	q++
	for q < len(sc.s) && isSpace(sc.s[q]) {
		q++
	}
	if q >= len(sc.s) {
		return q
	}
	if c := sc.s[q]; c == '"' || c == '\'' {
		i := strings.IndexByte(sc.s[q+1:], c)
		if i < 0 {
			return len(sc.s)
		}
		a.value, p = sc.decode(sc.s[q+1:q+1+i]), q+i+2
	} else {
		sc.flaws.add(XML)
		for p = q; p < len(sc.s) && !isSpace(sc.s[p]) && sc.s[p] != '>'; p++ {
		}
		a.value = sc.decode(sc.s[q:p])
	}
	if len(t.attrs) < maxAttrs {
		t.attrs = append(t.attrs, a)
	}
	return p
}

// decode replaces references to characters, those of HTML too, and drops what
// XML does not allow. A name that is not known, and an ampersand that begins
// no reference, stay as they are: "?id=1&copy=2" is an address.
func (sc *scanner) decode(s string) string {
	if !strings.Contains(s, "&") {
		return sc.allowed(s)
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		text, n := sc.reference(s)
		b.WriteString(text)
		s = s[n:]
	}
	b.WriteString(s)
	return sc.allowed(b.String())
}

// maxReference is the longest reference that is looked for, in bytes: the
// longest name that HTML has is 32 letters long.
const maxReference = 40

// reference reads what stands at an ampersand and returns what it means and
// how many bytes it takes.
func (sc *scanner) reference(s string) (string, int) {
	end := strings.IndexByte(s[:min(len(s), maxReference)], ';')
	if end < 2 {
		sc.flaws.add(XML)
		return "&", 1
	}
	ref := s[1:end]
	if ref[0] == '#' {
		if text, ok := character(ref[1:]); ok {
			return text, end + 1
		}
		sc.flaws.add(XML)
		return "", end + 1
	}
	switch ref {
	case "amp", "lt", "gt", "quot", "apos":
		return html.UnescapeString(s[:end+1]), end + 1
	}
	if text := html.UnescapeString(s[:end+1]); !strings.HasSuffix(text, ";") {
		sc.flaws.add(XML)
		return text, end + 1
	}
	if sc.declared && isWord(ref) {
		sc.flaws.add(Entity)
		return "", end + 1
	}
	sc.flaws.add(XML)
	return "&", 1
}

// character returns the character of a numeric reference; a NUL and other
// code points that no text has are none.
func character(digits string) (string, bool) {
	base := 10
	if d, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, base = d, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || n < ' ' && n != '\t' && n != '\n' && n != '\r' {
		return "", false
	}
	return string(rune(n)), true
}

// allowed drops control characters that XML does not allow (section 2.2).
func (sc *scanner) allowed(s string) string {
	bad := func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff }
	if strings.IndexFunc(s, bad) < 0 {
		return s
	}
	sc.flaws.add(XML)
	return strings.Map(func(r rune) rune {
		if bad(r) {
			return -1
		}
		return r
	}, s)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

func isName(c byte) bool { return isNameStart(c) || c == '-' || c == '.' || '0' <= c && c <= '9' }

func isWord(s string) bool {
	for i := range len(s) {
		if !isName(s[i]) {
			return false
		}
	}
	return true
}
