package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// maxDepth bounds the nesting of the loose tree: deeper elements are left out,
// what they hold is kept.
const maxDepth = 400

// parseLoose builds a tree in one pass with memory in proportion to the page,
// whatever the page does. It knows void and raw elements and the end tags that
// HTML lets a page omit, and nothing of tables or misnested formatting: it
// is for pages that the full parser refuses.
func parseLoose(page string) *Tree {
	t := &Tree{Nodes: make([]Node, 1, len(page)/32+16)}
	t.Nodes[0] = Node{Tag: Document}
	l := loose{t: t}
	z := html.NewTokenizer(strings.NewReader(page))
	z.SetMaxBuf(MaxPage)
	for len(t.Nodes) < maxNodes {
		switch z.Next() {
		case html.ErrorToken:
			l.closeAll()
			return t
		case html.TextToken:
			t.Nodes = append(t.Nodes, Node{Tag: Text, Text: string(z.Text()), Parent: l.top(), End: ID(len(t.Nodes) + 1)})
		case html.StartTagToken:
			name, more := z.TagName()
			l.start(string(name), more, z)
		case html.SelfClosingTagToken:
			name, more := z.TagName()
			l.start(string(name), more, z)
		case html.EndTagToken:
			name, _ := z.TagName()
			l.end(string(name))
		}
	}
	t.Cut = true
	l.closeAll()
	return t
}

type loose struct {
	t    *Tree
	open []ID // elements whose end tag has not come
	deep int  // start tags left out because they were too deep
}

func (l *loose) top() ID {
	if len(l.open) == 0 {
		return 0
	}
	return l.open[len(l.open)-1]
}

func (l *loose) start(name string, more bool, z *html.Tokenizer) {
	t := l.t
	tag, ok := tagsByName[name]
	if !ok {
		tag = Other
	}
	l.implied(tag)
	if len(l.open) >= maxDepth && !void[tag] {
		t.Cut = true
		l.deep++
		return
	}
	d := Node{Tag: tag, Parent: l.top(), End: ID(len(t.Nodes) + 1), attr: int32(len(t.attrs))}
	if tag == Other {
		d.Text = name
	}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		t.attrs = append(t.attrs, Attr{keysByName[string(k)], string(k), string(v)})
		d.attrs++
	}
	t.Nodes = append(t.Nodes, d)
	if !void[tag] {
		l.open = append(l.open, ID(len(t.Nodes)-1))
	}
}

// implied closes what the start of tag ends: a paragraph by a block, an item
// by the next item.
func (l *loose) implied(tag Tag) {
	top := l.t.Nodes[l.top()].Tag
	switch {
	case top == P && !tag.Inline() && !opaque[tag] && !void[tag],
		top == P && tag == Hr,
		top == tag && (tag == Li || tag == Dt || tag == Dd || tag == Tr || tag == Td || tag == Th || tag == Option || tag == A),
		top == Dt && tag == Dd, top == Dd && tag == Dt, top == Td && tag == Th, top == Th && tag == Td:
		l.pop()
	case (top == Td || top == Th) && tag == Tr:
		l.pop()
		if l.t.Nodes[l.top()].Tag == Tr {
			l.pop()
		}
	}
}

func (l *loose) pop() {
	l.t.Nodes[l.top()].End = ID(len(l.t.Nodes))
	l.open = l.open[:len(l.open)-1]
}

// end closes the innermost open element of that name and all within it; an
// end tag of nothing open is ignored.
func (l *loose) end(name string) {
	tag, ok := tagsByName[name]
	if !ok {
		tag = Other
	}
	if l.deep > 0 && !void[tag] {
		l.deep--
		return
	}
	if tag == Body || tag == HTML {
		return
	}
	for i := len(l.open) - 1; i >= 0; i-- {
		d := &l.t.Nodes[l.open[i]]
		if d.Tag == tag && (tag != Other || d.Text == name) {
			for len(l.open) > i {
				l.pop()
			}
			return
		}
	}
}

func (l *loose) closeAll() {
	for len(l.open) > 0 {
		l.pop()
	}
	l.t.Nodes[0].End = ID(len(l.t.Nodes))
}
