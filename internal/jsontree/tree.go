// Package jsontree reads JSON into a flat tree: one slice of values in the
// order of the text. A string is a slice of the text until somebody asks for
// it, so that what nobody asks for costs nothing but the reading.
//
// tree.go has the values and how they are asked, parse.go reads JSON that has no fault,
// and mend.go reads member by member what has.
package jsontree

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Kind says what a value is.
type Kind uint8

// None is the kind of a value that is not there.
const (
	None Kind = iota
	Null
	False
	True
	Number
	String
	List
	Object
)

// MaxValues bounds the values of a tree, which can take 24 times the memory of
// their text.
const MaxValues = 1 << 17

// A Tree holds values. The zero Tree is ready for use.
type Tree struct{ nodes []node }

// A node is a value; what a list or an object holds follows it.
type node struct {
	kind    Kind
	escaped bool   // text has escape sequences
	members int32  // of a list or an object
	end     int32  // one past the last node within it
	key     string // of a member of an object
	text    string // of a string, between its quotation marks, and of a number
}

// A Value is one value in a Tree. The zero Value stands for a value that is not there.
type Value struct {
	t *Tree
	n int32
}

// Reset drops all values, whose memory is used again. Values of the tree are
// no longer valid; strings are.
func (t *Tree) Reset() {
	clear(t.nodes)
	t.nodes = t.nodes[:0]
}

func (v Value) node() *node {
	if v.t == nil {
		return &none
	}
	return &v.t.nodes[v.n]
}

var none = node{}

// Kind tells whether v is a string, a number, a list, an object and so on; None if v is
// not there.
func (v Value) Kind() Kind { return v.node().kind }

// Len returns how many members an object or a list has; 0 for all else.
func (v Value) Len() int { return int(v.node().members) }

// Get returns a member of an object: of several of one name the last, as
// browsers do.
func (v Value) Get(key string) (found Value) {
	d := v.node()
	if d.kind != Object {
		return Value{}
	}
	for n := v.n + 1; n < d.end; n = v.t.nodes[n].end {
		if v.t.nodes[n].key == key {
			found = Value{v.t, n}
		}
	}
	return found
}

// All yields the members of a list, else v itself unless it is null or none.
func (v Value) All() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		switch d := v.node(); d.kind {
		case None, Null:
		case List:
			for n := v.n + 1; n < d.end; n = v.t.nodes[n].end {
				if !yield(Value{v.t, n}) {
					return
				}
			}
		default:
			yield(v)
		}
	}
}

// First returns the first item of a list, or v itself if it is no list.
func (v Value) First() Value {
	switch d := v.node(); {
	case d.kind == Null, d.kind == List && d.members == 0:
		return Value{}
	case d.kind == List:
		return Value{v.t, v.n + 1}
	}
	return v
}

// Text returns a string, "" for all else.
func (v Value) Text() string {
	d := v.node()
	if d.kind != String {
		return ""
	}
	if d.escaped {
		d.text, d.escaped = unescape(d.text), false
	}
	return d.text
}

// Float returns a number. It is not ok for all else, nor if the number is too
// large.
func (v Value) Float() (f float64, ok bool) {
	d := v.node()
	if d.kind != Number {
		return 0, false
	}
	f, err := strconv.ParseFloat(d.text, 64)
	return f, err == nil
}

// unescape returns a string without its escape sequences, which are sound.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if s[0] != 'u' {
			b.WriteByte(plain[s[0]])
			s = s[1:]
			continue
		}
		r := hex(s[1:5])
		s = s[5:]
		if utf16.IsSurrogate(r) {
			pair := rune(utf8.RuneError)
			if strings.HasPrefix(s, `\u`) {
				pair = utf16.DecodeRune(r, hex(s[2:6]))
			}
			if r = pair; r != utf8.RuneError {
				s = s[6:]
			}
		}
		b.WriteRune(r)
	}
}

// plain gives what a backslash and a letter mean; zero if they mean nothing.
var plain = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// hex returns the value of four hexadecimal digits, -1 if they are none.
func hex(s string) (r rune) {
	for i := range 4 {
		c := s[i]
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return -1
		}
		r = r<<4 | rune(c)
	}
	return r
}

// Members yields the values of the members of an object.
func (v Value) Members() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		d := v.node()
		if d.kind != Object {
			return
		}
		for n := v.n + 1; n < d.end; n = v.t.nodes[n].end {
			if !yield(Value{v.t, n}) {
				return
			}
		}
	}
}
