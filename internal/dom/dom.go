// Package dom reads an HTML page into a flat tree: one slice of nodes in document order
// and one slice of attributes. Nodes name each other by their index in the slice, without
// pointers, so a page is walked by counting, without recursion, and a subtree is a
// half-open range of nodes.
//
// It follows the HTML standard (https://html.spec.whatwg.org), section 13.2. charset.go
// turns the bytes of a page into UTF-8. parse.go bounds what is read and runs the parts:
// token.go cuts the page into tokens, with reference.go for character references such as
// "&amp;", doctype.go for the doctype and lookup.go for the numbers of known names, which
// names.go lists. build.go puts the tokens into the tree, with the standard's insertion
// modes in modes.go, body.go and table.go, its rules for SVG and MathML in foreign.go, and
// those for elements such as <b> that are not closed in order in active.go. dom.go is the
// tree itself, and markup.go writes a part of it as HTML again.
package dom

import (
	"strings"

	"dateline/internal/text"
)

// An ID is the index of a node in Tree.Nodes. Zero is the document itself; since the
// document is no child or sibling of any node, zero also says "none".
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
	// Cut says that a part of the page was left out, or its nesting changed, since the
	// page is beyond one of the limits in parse.go.
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
	t.WriteText(&b, n)
	return b.String()
}

// WriteText appends to b what Text returns.
func (t *Tree) WriteText(b *strings.Builder, n ID) {
	var w text.Spacer
	for i, end := n, t.Nodes[n].End; i < end; {
		d := &t.Nodes[i]
		switch {
		case d.Tag == Text:
			w.Write(b, d.Text)
		case t.Silent(i):
			if !ofRuby(d.Tag) {
				w.Space()
			}
			i = d.End
			continue
		case !d.Tag.Inline():
			w.Space()
		}
		i++
	}
}

// Silent reports whether the text of n is left out of the text around it: n is opaque (see
// Tag.Opaque), or it is part of a ruby annotation, which tells how the characters beside
// it are read (<rt>, <rp>, <rtc>). An annotation in East Asian brackets is not silent: it
// is meant to be read as a part of the line.
func (t *Tree) Silent(n ID) bool {
	tag := t.Nodes[n].Tag
	return opaque[tag] || ofRuby(tag) && !t.bracketed(n)
}

// bracketed reports whether n, an element of a ruby annotation, is a reading in East Asian
// brackets, or one of these brackets (<rp>), and the only one of its annotation. Several
// readings spell a word character by character, and brackets behind each would split it.
func (t *Tree) bracketed(n ID) bool {
	readings := 0
	for c := t.First(t.Parent(n)); c != 0; c = t.Next(c) {
		if t.Nodes[c].Tag == Rt {
			readings++
		}
	}
	if readings > 1 {
		return false
	}
	if t.Nodes[n].Tag != Rp { // the bracket behind the reading
		if n = t.Next(n); n != 0 && t.Nodes[n].Tag == Text {
			n = t.Next(n)
		}
	}
	return n != 0 && t.Nodes[n].Tag == Rp && int(n)+1 < len(t.Nodes) && strings.ContainsAny(t.Nodes[n+1].Text, "（）〔〕《》")
}

// ofRuby reports whether a tag is that of a ruby annotation.
func ofRuby(tag Tag) bool { return tag == Rt || tag == Rp || tag == Rtc }

// Raw returns the text within n as it stands, scripts included.
func (t *Tree) Raw(n ID) string {
	size, texts, last := 0, 0, ID(0)
	for i, end := n, t.Nodes[n].End; i < end; i++ {
		if t.Nodes[i].Tag == Text {
			size += len(t.Nodes[i].Text)
			texts++
			last = i
		}
	}
	if texts <= 1 {
		return t.Nodes[last].Text
	}
	var b strings.Builder
	b.Grow(size)
	for i := n; i <= last; i++ {
		if t.Nodes[i].Tag == Text {
			b.WriteString(t.Nodes[i].Text)
		}
	}
	return b.String()
}
