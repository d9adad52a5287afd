package jsontree

import "strings"

// Add reads the JSON value that src begins with, which is UTF-8, and returns it
// with what follows. It is not ok if src begins with none, or the tree would
// hold more than MaxValues: then it is as it was. Depth has no other limit.
func (t *Tree) Add(src string) (v Value, rest string, ok bool) {
	start := len(t.nodes)
	p := parser{t: t, src: src, up: -1}
	if !p.read() {
		clear(t.nodes[start:])
		t.nodes = t.nodes[:start]
		return Value{}, src, false
	}
	return Value{t, int32(start)}, src[p.pos:], true
}

// A parser reads one value.
type parser struct {
	t   *Tree
	src string
	pos int
	up  int32 // the list or object that is open, whose end names the one around it; -1 if none is
}

// read reads the value at pos with all that it holds.
func (p *parser) read() bool {
	for {
		key := ""
		if p.up >= 0 && p.t.nodes[p.up].kind == Object {
			var ok bool
			if key, ok = p.key(); !ok {
				return false
			}
		}
		opened, ok := p.value(key)
		if !ok {
			return false
		}
		if opened {
			continue
		}
		if more, ok := p.after(); !ok || !more {
			return ok
		}
	}
}

// after reads what follows a value: a comma, with which more is to be read, or
// the brackets that close what is open.
func (p *parser) after() (more, ok bool) {
	for p.up >= 0 {
		open := &p.t.nodes[p.up]
		switch c := p.next(); {
		case c == ',':
			return true, true
		case c == ']' && open.kind == List, c == '}' && open.kind == Object:
			p.up, open.end = open.end, int32(len(p.t.nodes))
		default:
			return false, false
		}
	}
	return false, true
}

// next returns the next byte that is no white space, 0 at the end.
func (p *parser) next() byte {
	p.space()
	if p.pos >= len(p.src) {
		return 0
	}
	p.pos++
	return p.src[p.pos-1]
}

func (p *parser) space() {
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

// key reads the name of a member and its colon.
func (p *parser) key() (string, bool) {
	if p.next() != '"' {
		return "", false
	}
	s, escaped, ok := p.text()
	if !ok || p.next() != ':' {
		return "", false
	}
	if escaped {
		s = unescape(s)
	}
	return s, true
}

// value reads a value, or the opening bracket of one that holds others.
func (p *parser) value(key string) (opened, ok bool) {
	if len(p.t.nodes) >= MaxValues {
		return false, false
	}
	if p.up >= 0 {
		p.t.nodes[p.up].members++
	}
	d := node{key: key, end: int32(len(p.t.nodes) + 1)}
	switch c := p.next(); c {
	case '"':
		d.kind = String
		d.text, d.escaped, ok = p.text()
	case '{', '[':
		d.kind = Object
		closing := byte('}')
		if c == '[' {
			d.kind, closing = List, ']'
		}
		p.space()
		if p.pos < len(p.src) && p.src[p.pos] == closing {
			p.pos++
			ok = true
			break
		}
		d.end, p.up = p.up, int32(len(p.t.nodes))
		opened, ok = true, true
	case 'n':
		d.kind, ok = Null, p.word("null")
	case 't':
		d.kind, ok = True, p.word("true")
	case 'f':
		d.kind, ok = False, p.word("false")
	default:
		d.kind = Number
		d.text, ok = p.number()
	}
	p.t.nodes = append(p.t.nodes, d)
	return opened, ok
}

// word reads a word whose first byte has been taken.
func (p *parser) word(w string) bool {
	if !strings.HasPrefix(p.src[p.pos-1:], w) {
		return false
	}
	p.pos += len(w) - 1
	return true
}

// text reads a string after its quotation mark.
func (p *parser) text() (s string, escaped, ok bool) {
	start := p.pos
	for p.pos < len(p.src) {
		switch c := p.src[p.pos]; {
		case c == '"':
			p.pos++
			return p.src[start : p.pos-1], escaped, true
		case c < ' ':
			return "", false, false
		case c == '\\':
			escaped = true
			n := p.escape(p.src[p.pos+1:])
			if n == 0 {
				return "", false, false
			}
			p.pos += n
		}
		p.pos++
	}
	return "", false, false
}

// escape returns the width of an escape sequence after its backslash, 0 if it
// is none.
func (p *parser) escape(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] == 'u':
		if len(s) < 5 || hex(s[1:5]) < 0 {
			return 0
		}
		return 5
	case plain[s[0]] == 0:
		return 0
	}
	return 1
}

// number reads a number whose first byte has been taken.
func (p *parser) number() (string, bool) {
	start := p.pos - 1
	if start < 0 || start >= len(p.src) {
		return "", false
	}
	i := start
	if p.src[i] == '-' {
		i++
	}
	whole := p.digits(i)
	if whole == i || p.src[i] == '0' && whole > i+1 {
		return "", false
	}
	if i = whole; i < len(p.src) && p.src[i] == '.' {
		end := p.digits(i + 1)
		if end == i+1 {
			return "", false
		}
		i = end
	}
	if i < len(p.src) && p.src[i]|0x20 == 'e' {
		i++
		if i < len(p.src) && (p.src[i] == '+' || p.src[i] == '-') {
			i++
		}
		end := p.digits(i)
		if end == i {
			return "", false
		}
		i = end
	}
	p.pos = i
	return p.src[start:i], true
}

// digits returns where the digits that begin at i end.
func (p *parser) digits(i int) int {
	for i < len(p.src) && '0' <= p.src[i] && p.src[i] <= '9' {
		i++
	}
	return i
}
