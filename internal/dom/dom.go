// Package dom reads an HTML page into a flat tree: one slice of nodes in
// document order, one slice of attributes. Nothing in it points at anything,
// so a page is walked by counting, without recursion, and a subtree is a
// half-open range of nodes.
package dom

import "strings"

// An ID names a node of a tree. Zero is the document itself; since it is
// nobody's child or sibling, zero also says "none".
type ID int32

// A Node is one element or text of a page.
type Node struct {
	Tag    Tag
	space  space
	attrs  uint16 // how many attributes
	Parent ID
	End    ID     // one past the last descendant: the subtree of n is [n, End)
	attr   int32  // the first attribute in Tree.attrs
	Text   string // of a Text node; the name of an element whose Tag is Other
}

// An Attr is one attribute of an element, its value with entities decoded.
type Attr struct {
	Key   Key
	Name  string // lower case
	Value string
}

// A Tree is a parsed page. It does not change once it is parsed.
type Tree struct {
	Nodes []Node // in document order; Nodes[0] is the document
	attrs []Attr
	// Cut says that the page was too big or too deep to be read whole.
	Cut bool
}

// Len returns the number of nodes.
func (t *Tree) Len() int { return len(t.Nodes) }

// Tag returns the tag of a node.
func (t *Tree) Tag(n ID) Tag { return t.Nodes[n].Tag }

// Parent returns the parent of n; zero for the children of the document and
// for the document.
func (t *Tree) Parent(n ID) ID { return t.Nodes[n].Parent }

// End returns the node after the last descendant of n.
func (t *Tree) End(n ID) ID { return t.Nodes[n].End }

// First returns the first child of n, or zero.
func (t *Tree) First(n ID) ID {
	if n+1 < t.Nodes[n].End {
		return n + 1
	}
	return 0
}

// Next returns the next sibling of n, or zero.
func (t *Tree) Next(n ID) ID {
	e := t.Nodes[n].End
	if n != 0 && e < t.Nodes[t.Nodes[n].Parent].End {
		return e
	}
	return 0
}

// Space returns the namespace of n: "svg", "math", or "" for HTML.
func (t *Tree) Space(n ID) string {
	return [...]string{htmlSpace: "", svgSpace: "svg", mathSpace: "math"}[t.Nodes[n].space]
}

// Within reports whether n is in the subtree of root.
func (t *Tree) Within(n, root ID) bool { return n >= root && n < t.Nodes[root].End }

// Attrs returns the attributes of n as they stand in the page.
func (t *Tree) Attrs(n ID) []Attr {
	d := &t.Nodes[n]
	return t.attrs[d.attr : d.attr+int32(d.attrs)]
}

// Attr returns the value of an attribute of n, "" if it is absent or empty.
func (t *Tree) Attr(n ID, k Key) string {
	v, _ := t.Lookup(n, k)
	return v
}

// Lookup returns the value of an attribute of n and whether n has it.
func (t *Tree) Lookup(n ID, k Key) (string, bool) {
	d := &t.Nodes[n]
	for i := d.attr; i < d.attr+int32(d.attrs); i++ {
		if t.attrs[i].Key == k {
			return t.attrs[i].Value, true
		}
	}
	return "", false
}

// Text returns the text within n with runs of white space made one space and
// none at the ends. Scripts and styles are left out; a break, or the border of
// an element that is not part of a line, counts as a space.
func (t *Tree) Text(n ID) string {
	var b strings.Builder
	var w Spacer
	for i, end := n, t.Nodes[n].End; i < end; {
		d := &t.Nodes[i]
		switch {
		case d.Tag == Text:
			w.Write(&b, d.Text)
		case t.Silent(i):
			if d.Tag != Rt {
				w.Space()
			}
			i = d.End
			continue
		case !d.Tag.Inline():
			w.Space()
		}
		i++
	}
	return b.String()
}

// Silent reports whether n holds no text that belongs in a line: it is opaque,
// or a reading beside ruby characters that is not set in brackets.
func (t *Tree) Silent(n ID) bool {
	tag := t.Nodes[n].Tag
	if tag != Rt {
		return opaque[tag]
	}
	next := t.Next(n)
	if next != 0 && t.Nodes[next].Tag == Text {
		next = t.Next(next)
	}
	return next == 0 || t.Nodes[next].Tag != Rp
}

// Raw returns the text within n as it stands, scripts included.
func (t *Tree) Raw(n ID) string {
	first := ""
	var b strings.Builder
	for i, end := n, t.Nodes[n].End; i < end; i++ {
		if t.Nodes[i].Tag != Text {
			continue
		}
		if first == "" && b.Len() == 0 {
			first = t.Nodes[i].Text
			continue
		}
		if b.Len() == 0 {
			b.WriteString(first)
		}
		b.WriteString(t.Nodes[i].Text)
	}
	if b.Len() == 0 {
		return first
	}
	return b.String()
}

// A Spacer writes text with its runs of white space made one space. It drops
// what cannot be seen: soft hyphens, zero-width spaces, byte order marks.
type Spacer struct{ pending bool }

// Space notes that the next word is set apart from the last one.
func (w *Spacer) Space() { w.pending = true }

// Write appends s to b.
func (w *Spacer) Write(b *strings.Builder, s string) {
	start := -1
	flush := func(i int) {
		if start >= 0 {
			b.WriteString(s[start:i])
			start = -1
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		n := 1
		space, hidden := false, false
		switch {
		case c <= ' ':
			space = true
		case c == 0x7f:
			hidden = true
		case c < 0x80:
		default:
			space, hidden, n = beyondASCII(s[i:])
		}
		switch {
		case space:
			flush(i)
			w.pending = true
		case hidden:
			flush(i)
		default:
			if w.pending {
				if b.Len() > 0 {
					b.WriteByte(' ')
				}
				w.pending = false
			}
			if start < 0 {
				start = i
			}
		}
		i += n
	}
	flush(len(s))
}

// beyondASCII tells the white space and the invisible characters beyond ASCII, and
// the width of the character that s begins with.
func beyondASCII(s string) (space, hidden bool, n int) {
	if len(s) < 2 {
		return false, false, 1
	}
	switch s[0] {
	case 0xc2:
		switch s[1] {
		case 0xa0, 0x85:
			return true, false, 2
		case 0xad:
			return false, true, 2
		}
		return false, s[1] < 0xa0, 2 // C1 controls
	case 0xe2:
		if len(s) < 3 {
			return false, false, 1
		}
		if s[1] == 0x80 {
			switch {
			case s[2] >= 0x80 && s[2] <= 0x8a, s[2] == 0xa8, s[2] == 0xa9, s[2] == 0xaf:
				return true, false, 3
			case s[2] == 0x8b:
				return false, true, 3
			}
		}
		if s[1] == 0x81 && (s[2] == 0x9f || s[2] == 0xa0) {
			return s[2] == 0x9f, s[2] == 0xa0, 3
		}
		return false, false, 3
	case 0xe3:
		if len(s) >= 3 && s[1] == 0x80 && s[2] == 0x80 {
			return true, false, 3
		}
	case 0xef:
		if len(s) >= 3 && s[1] == 0xbb && s[2] == 0xbf {
			return false, true, 3
		}
	}
	for n = 1; n < len(s) && s[n]&0xc0 == 0x80; n++ {
	}
	return false, false, n
}
