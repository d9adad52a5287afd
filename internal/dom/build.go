package dom

import (
	"slices"
	"strings"
)

// A builder makes the tree of a page by section 13.2.6 of the HTML standard, "Tree
// construction". It appends nodes as they come, which is nearly always the order of the
// document. Some rules move nodes, so it keeps parents and siblings in links, and puts
// the nodes in order at the end if any was moved.
type builder struct {
	tokenizer
	nodes []Node
	links []link // of each node
	spare []Node // memory for putting them in order
	moved bool   // nodes are no longer in document order

	open   []entry         // the stack of open elements
	count  [tagCount]int32 // how many of each tag are open
	others [256]int32      // of those whose tag is Other, by the hash of their names
	active []active        // the list of active formatting elements
	deep   []Tag           // elements that were not opened, being too deep

	mode, original mode
	templates      []mode
	head, form     ID
	framesetOK     bool
	foster         bool // text and elements do not belong in the table that is open
	quirks         bool
	skipNewline    bool                    // a newline that begins the next text is not part of it
	reopen         int                     // how many formatting elements may still be reopened
	grown          map[ID]*strings.Builder // texts that were put together
}

// A link is a node's place in the tree while it is built.
type link struct {
	first, last, next, prev ID
	flags                   uint8
}

const (
	isOpen   = 1 << iota // on the stack of open elements
	isActive             // in the list of active formatting elements
	isSealed             // a text that a comment follows: nothing is added to it
)

// An entry is an open element.
type entry struct {
	id    ID
	tag   Tag // Other if the element is foreign
	space space
	kind  kind
}

// An active is an entry of the list of active formatting elements. With id zero it is a
// marker, which separates the elements of a table cell or the like from those outside.
type active struct {
	id  ID
	tag Tag
}

// A space is the namespace of an element.
type space uint8

const (
	htmlSpace space = iota
	svgSpace
	mathSpace
)

// A kind is a set of bits for what the HTML standard says of an element.
type kind uint16

const (
	special   kind = 1 << iota // ends what an unknown end tag may close
	scope                      // hides what is outside of it
	listScope                  // hides it from <li> too
	buttonScope
	tableScope
	implied   // its end tag may be left out
	tablePart // holds nothing but other parts of a table
	htmlPoint // foreign, and holds HTML
	textPoint // foreign, and holds text that is HTML
)

var kinds = func() (k [tagCount]kind) {
	set := func(bits kind, tags ...Tag) {
		for _, t := range tags {
			k[t] |= bits
		}
	}
	set(special, Address, Applet, Area, Article, Aside, Base, Basefont, Bgsound, Blockquote, Body, Br, Button, Caption,
		Center, Col, Colgroup, Dd, Details, Dir, Div, Dl, Dt, Embed, Fieldset, Figcaption, Figure, Footer, Form, Frame,
		Frameset, H1, H2, H3, H4, H5, H6, Head, Header, Hgroup, Hr, HTML, Iframe, Img, Input, Keygen, Li, Link, Listing,
		Main, Marquee, Menu, Meta, Nav, Noembed, Noframes, Noscript, Object, Ol, P, Param, Plaintext, Pre, Script, Search,
		Section, Select, Source, Style, Summary, Table, Tbody, Td, Template, Textarea, Tfoot, Th, Thead, Title, Tr, Track,
		Ul, Wbr, Xmp)
	set(scope, Applet, Caption, HTML, Table, Td, Th, Marquee, Object, Template, Select)
	set(listScope, Ol, Ul)
	set(buttonScope, Button)
	set(tableScope, HTML, Table, Template)
	set(implied, Dd, Dt, Li, Optgroup, Option, P, Rb, Rp, Rt, Rtc)
	set(tablePart, Table, Tbody, Tfoot, Thead, Tr)
	return k
}()

// start makes b ready for a page; what it holds of an earlier one is dropped.
func (b *builder) start(page string, nodes []Node, attrs []Attr) {
	b.links = withRoom(b.links, cap(nodes))
	*b = builder{
		tokenizer:  tokenizer{page: page, most: mostNodes(page), amp: -1, nul: strings.IndexByte(page, 0) >= 0, attrs: attrs[:0], side: b.side},
		nodes:      append(nodes[:0], Node{Tag: Document}),
		spare:      b.spare,
		links:      append(b.links, link{}),
		open:       b.open[:0],
		active:     b.active[:0],
		deep:       b.deep[:0],
		templates:  b.templates[:0],
		framesetOK: true,
		reopen:     1000 + len(page)/16,
	}
}

// build reads the page to its end.
func (b *builder) build() {
	for len(b.nodes) < b.most {
		b.cdata = len(b.open) > 0 && b.top().space != htmlSpace
		b.next()
		b.token()
		if b.kind == eofToken {
			return
		}
	}
	b.cut = true
}

// token puts the token into the tree.
func (b *builder) token() {
	if len(b.open) >= deepest-8 {
		switch {
		case b.kind == startToken:
			b.startDeep()
			return
		case b.kind == endToken && b.endDeep():
			return
		}
	} else {
		b.deep = b.deep[:0]
	}
	if b.skipNewline {
		b.skipNewline = false
		if b.kind == textToken && strings.HasPrefix(b.text, "\n") {
			b.text = b.text[1:]
		}
	}
	for !b.step() {
	}
}

// top returns the current node; there is one once <html> is open.
func (b *builder) top() *entry { return &b.open[len(b.open)-1] }

// push opens an element.
func (b *builder) push(e entry) {
	b.open = append(b.open, e)
	b.count[e.tag]++
	b.links[e.id].flags |= isOpen
	if e.tag == Other {
		b.others[b.hash(e.id)]++
	}
}

// closed notes that an element is no longer open.
func (b *builder) closed(e *entry) {
	b.count[e.tag]--
	b.links[e.id].flags &^= isOpen
	if e.tag == Other {
		b.others[b.hash(e.id)]--
	}
}

// hash returns a small number that elements of one name share.
func (b *builder) hash(id ID) uint8 {
	n := &b.nodes[id]
	return nameHash(n.Tag, n.Text)
}

func nameHash(t Tag, name string) uint8 {
	if t != Other || name == "" {
		return uint8(t)
	}
	return uint8(len(name))*29 + (name[0]|0x20)*7 + (name[len(name)-1] | 0x20)
}

// popTo closes all open elements but the first n.
func (b *builder) popTo(n int) {
	for i := len(b.open) - 1; i >= n; i-- {
		b.closed(&b.open[i])
	}
	b.open = b.open[:n]
}

// pop closes the current node.
func (b *builder) pop() { b.popTo(len(b.open) - 1) }

// unstack takes an element that is not the current node off the stack.
func (b *builder) unstack(i int) {
	b.closed(&b.open[i])
	b.open = append(b.open[:i], b.open[i+1:]...)
}

// indexOpen returns where an element is on the stack, -1 if it is not.
func (b *builder) indexOpen(id ID) int {
	if b.links[id].flags&isOpen == 0 {
		return -1
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].id == id {
			return i
		}
	}
	return -1
}

// inScope returns where the innermost open tag is on the stack, -1 if there is
// none or an element of one of the kinds hides it.
func (b *builder) inScope(tag Tag, hides kind) int {
	if b.count[tag] == 0 {
		return -1
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		e := &b.open[i]
		if e.tag == tag {
			return i
		}
		if e.kind&hides != 0 {
			return -1
		}
	}
	return -1
}

// closeInScope closes the innermost open tag and all within it, if it is in
// scope.
func (b *builder) closeInScope(tag Tag, hides kind) bool {
	i := b.inScope(tag, hides)
	if i >= 0 {
		b.popTo(i)
	}
	return i >= 0
}

// closeP closes the paragraph that is open, if any.
func (b *builder) closeP() {
	if b.count[P] > 0 {
		b.closeInScope(P, scope|buttonScope)
	}
}

// impliedEnds closes the elements whose end tags may be left out, up to the
// first one of a tag that is excepted.
func (b *builder) impliedEnds(except Tag) {
	i := len(b.open)
	for i > 0 && b.open[i-1].kind&implied != 0 && b.open[i-1].tag != except {
		i--
	}
	b.popTo(i)
}

// place returns where a new node goes: into parent, before a child of it or
// with zero at its end.
func (b *builder) place() (parent, before ID) {
	e := b.top()
	if b.foster && e.kind&tablePart != 0 {
		return b.fosterPlace()
	}
	return e.id, 0
}

// fosterPlace returns where what a table cannot hold goes: before the table.
func (b *builder) fosterPlace() (parent, before ID) {
	b.moved = true
	for i := len(b.open) - 1; i > 0; i-- {
		switch e := &b.open[i]; e.tag {
		case Template:
			return e.id, 0
		case Table:
			if up := b.nodes[e.id].Parent; up != 0 {
				return up, e.id
			}
			return b.open[i-1].id, 0
		}
	}
	return b.open[0].id, 0
}

// insert hangs a node into the tree.
func (b *builder) insert(id, parent, before ID) {
	b.nodes[id].Parent = parent
	l, p := &b.links[id], &b.links[parent]
	if before != 0 {
		l.next, l.prev = before, b.links[before].prev
		b.links[before].prev = id
	} else {
		l.next, l.prev = 0, p.last
		p.last = id
	}
	if l.prev != 0 {
		b.links[l.prev].next = id
	} else {
		p.first = id
	}
}

// remove takes a node out of the tree, if it is in it. It is not the root.
func (b *builder) remove(id ID) {
	b.moved = true
	if b.nodes[id].Parent == 0 {
		return
	}
	l, p := &b.links[id], &b.links[b.nodes[id].Parent]
	if l.prev != 0 {
		b.links[l.prev].next = l.next
	} else {
		p.first = l.next
	}
	if l.next != 0 {
		b.links[l.next].prev = l.prev
	} else {
		p.last = l.prev
	}
	l.prev, l.next = 0, 0
	b.nodes[id].Parent = 0
}

// newNode appends a node that is not yet in the tree.
func (b *builder) newNode(n Node) ID {
	id := len(b.nodes)
	if id == cap(b.nodes) {
		more := min(b.expected(id), b.most-min(id, b.most)+id/8+16)
		b.nodes = slices.Grow(b.nodes, more)
		b.links = slices.Grow(b.links, more)
	}
	b.nodes = append(b.nodes, n)
	b.links = append(b.links, link{})
	return ID(id)
}

// leaf puts the element of the token into the tree without opening it.
func (b *builder) leaf(s space) ID {
	n := Node{Tag: b.tag, space: s, attr: int32(b.attr), attrs: uint16(len(b.attrs) - b.attr)}
	if b.tag == Other {
		n.Text = b.name
	}
	id := b.newNode(n)
	parent, before := b.place()
	b.insert(id, parent, before)
	return id
}

// element puts the element of the token into the tree and opens it.
func (b *builder) element() ID {
	id := b.leaf(htmlSpace)
	b.push(entry{id: id, tag: b.tag, kind: kinds[b.tag]})
	return id
}

// implicit opens an element that the page does not name.
func (b *builder) implicit(tag Tag) ID {
	id := b.newNode(Node{Tag: tag})
	parent, before := ID(0), ID(0)
	if len(b.open) > 0 {
		parent, before = b.place()
	}
	b.insert(id, parent, before)
	b.push(entry{id: id, tag: tag, kind: kinds[tag]})
	return id
}

// addText puts text into the tree, joined to the text that it follows.
func (b *builder) addText(s string) {
	if s == "" {
		return
	}
	parent, before := b.place()
	last := b.links[parent].last
	if before != 0 {
		last = b.links[before].prev
	}
	if last != 0 && b.nodes[last].Tag == Text && b.links[last].flags&isSealed == 0 {
		b.join(last, s)
		return
	}
	b.insert(b.newNode(Node{Tag: Text, Text: s}), parent, before)
}

// join adds to a text, which from then on is a copy in a buffer of its own.
func (b *builder) join(id ID, s string) {
	buf, ok := b.grown[id]
	if !ok {
		if b.grown == nil {
			b.grown = make(map[ID]*strings.Builder)
		}
		buf = &strings.Builder{}
		b.grown[id] = buf
		old := b.nodes[id].Text
		buf.Grow(2 * (len(old) + len(s)))
		buf.WriteString(old)
	}
	buf.WriteString(s)
}

// comment notes where a comment stands: the tree leaves it out, but the texts
// on both sides of it stay two.
func (b *builder) comment(parent ID) {
	if last := b.links[parent].last; last != 0 && b.nodes[last].Tag == Text {
		b.links[last].flags |= isSealed
	}
}

// addAttributes gives an element those attributes of the token that it has not.
func (b *builder) addAttributes(id ID) {
	n := &b.nodes[id]
	have := b.attrs[n.attr : n.attr+int32(n.attrs)]
	more := b.attrs[b.attr:b.attr]
next:
	for _, a := range b.attrs[b.attr:] {
		for i := range have {
			if have[i].Key == a.Key && have[i].Name == a.Name {
				continue next
			}
		}
		more = append(more, a)
	}
	b.attrs = b.attrs[:b.attr+len(more)]
	if len(more) == 0 || len(have)+len(more) > maxAttrs {
		return
	}
	start := len(b.attrs)
	b.attrs = append(append(b.attrs, have...), more...)
	n.attr, n.attrs = int32(start), uint16(len(b.attrs)-start)
}

// finish returns the nodes in document order, and memory that it no longer
// needs.
func (b *builder) finish() (nodes, spare []Node) {
	for id, buf := range b.grown {
		b.nodes[id].Text = buf.String()
	}
	if b.moved {
		nodes = b.reorder(b.spare)
		clear(b.nodes)
		return nodes, b.nodes
	}
	nodes = b.nodes
	for i := len(nodes) - 1; i > 0; i-- {
		n := &nodes[i]
		n.End = max(n.End, ID(i+1))
		if up := &nodes[n.Parent]; up.End < n.End {
			up.End = n.End
		}
	}
	nodes[0].End = ID(len(nodes))
	return nodes, b.spare
}

// reorder copies the nodes in document order, leaving out what is no longer in
// the tree.
func (b *builder) reorder(nodes []Node) []Node {
	nodes = append(withRoom(nodes, len(b.nodes)), b.nodes[0])
	parent := ID(0)
	for n := b.links[0].first; n != 0; {
		d := b.nodes[n]
		d.Parent = parent
		d.End = ID(len(nodes) + 1)
		nodes = append(nodes, d)
		l := &b.links[n]
		if l.first != 0 {
			parent = ID(len(nodes) - 1)
			n = l.first
			continue
		}
		for l.next == 0 {
			n = b.nodes[n].Parent
			if n == 0 {
				break
			}
			nodes[parent].End = ID(len(nodes))
			parent = nodes[parent].Parent
			l = &b.links[n]
		}
		if n == 0 {
			break
		}
		n = l.next
	}
	nodes[0].End = ID(len(nodes))
	return nodes
}
