package dom

import "strings"

// A mode is an insertion mode of the HTML standard, section 13.2.4.1: it says by which
// rules the next token is put into the tree. The rules of a mode are a method of builder
// with the same name. It returns true if the token is done with, and false if the token is
// to be read again by the rules of the mode that it has set.
type mode uint8

const (
	initial mode = iota
	beforeHTML
	beforeHead
	inHead
	inHeadNoscript
	afterHead
	inBody
	inText
	inTable
	inCaption
	inColumnGroup
	inTableBody
	inRow
	inCell
	inTemplate
	afterBody
	inFrameset
	afterFrameset
	afterAfterBody
	afterAfterFrameset
)

// step puts the token into the tree by the rules of the mode.
func (b *builder) step() bool {
	if b.inForeign() {
		return b.foreign()
	}
	return b.inMode()
}

// inMode puts the token into the tree by the rules of the mode, without those for SVG and
// MathML.
func (b *builder) inMode() bool {
	switch b.mode {
	case initial:
		return b.initial()
	case beforeHTML:
		return b.beforeHTML()
	case beforeHead:
		return b.beforeHead()
	case inHead:
		return b.inHead()
	case inHeadNoscript:
		return b.inHeadNoscript()
	case afterHead:
		return b.afterHead()
	case inBody:
		return b.inBody()
	case inText:
		return b.inText()
	case inTable:
		return b.inTable()
	case inCaption:
		return b.inCaption()
	case inColumnGroup:
		return b.inColumnGroup()
	case inTableBody:
		return b.inTableBody()
	case inRow:
		return b.inRow()
	case inCell:
		return b.inCell()
	case inTemplate:
		return b.inTemplate()
	case afterBody, afterAfterBody:
		return b.afterBody()
	case inFrameset:
		return b.inFrameset()
	default:
		return b.afterFrameset()
	}
}

// trim takes the white space off the beginning of the text; it reports whether
// nothing else is left.
func (b *builder) trim() (space string, empty bool) {
	n := 0
	for n < len(b.text) && spaces[b.text[n]] {
		n++
	}
	space, b.text = b.text[:n], b.text[n:]
	return space, b.text == ""
}

// blank reports whether s is white space only.
func blank(s string) bool {
	for i := range len(s) {
		if !spaces[s[i]] {
			return false
		}
	}
	return true
}

func (b *builder) initial() bool {
	switch b.kind {
	case textToken:
		if _, empty := b.trim(); empty {
			return true
		}
	case commentToken:
		return true
	case doctypeToken:
		b.quirks = parseDoctype(b.name).quirks()
		b.mode = beforeHTML
		return true
	}
	b.quirks = true
	b.mode = beforeHTML
	return false
}

func (b *builder) beforeHTML() bool {
	switch b.kind {
	case textToken:
		if _, empty := b.trim(); empty {
			return true
		}
	case commentToken, doctypeToken:
		return true
	case startToken:
		if b.tag == HTML {
			id := b.newNode(Node{Tag: HTML, attr: int32(b.attr), attrs: uint16(len(b.attrs) - b.attr)})
			b.insert(id, 0, 0)
			b.push(entry{id: id, tag: HTML, kind: kinds[HTML]})
			b.mode = beforeHead
			return true
		}
	case endToken:
		if b.tag != Head && b.tag != Body && b.tag != HTML && b.tag != Br {
			return true
		}
	}
	b.implicit(HTML)
	b.mode = beforeHead
	return false
}

func (b *builder) beforeHead() bool {
	switch b.kind {
	case textToken:
		if _, empty := b.trim(); empty {
			return true
		}
	case commentToken, doctypeToken:
		return true
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Head:
			b.head = b.element()
			b.mode = inHead
			return true
		}
	case endToken:
		if b.tag != Head && b.tag != Body && b.tag != HTML && b.tag != Br {
			return true
		}
	}
	b.head = b.implicit(Head)
	b.mode = inHead
	return false
}

func (b *builder) inHead() bool {
	switch b.kind {
	case textToken:
		space, empty := b.trim()
		if b.addText(space); empty {
			return true
		}
	case commentToken:
		b.comment(b.top().id)
		return true
	case doctypeToken:
		return true
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Noscript:
			b.element()
			b.mode = inHeadNoscript
			return true
		case Head:
			return true
		}
		if b.metadata() {
			return true
		}
	case endToken:
		switch b.tag {
		case Head:
			b.pop()
			b.mode = afterHead
			return true
		case Body, HTML, Br:
		case Template:
			b.endTemplate()
			return true
		default:
			return true
		}
	}
	b.pop()
	b.mode = afterHead
	return false
}

// metadata puts the start tag of an element of the head into the tree, in
// whatever mode it comes; it reports whether it was one.
func (b *builder) metadata() bool {
	switch b.tag {
	case Base, Basefont, Bgsound, Link, Meta:
		b.leaf(htmlSpace)
	case Title:
		b.textElement(rcdataContent)
	case Style, Noframes:
		b.textElement(rawContent)
	case Script:
		b.textElement(scriptContent)
	case Template:
		id := b.element()
		for _, a := range b.attrs[b.attr:] {
			if a.Key == OtherKey && (a.Name == "shadowrootmode" || a.Name == "shadowroot") {
				b.nodes[id].Tag, b.nodes[id].Text = Other, tagNames[Template] // a shadow root, which readers see
			}
		}
		b.active = append(b.active, active{})
		b.framesetOK = false
		b.mode = inTemplate
		b.templates = append(b.templates, inTemplate)
	default:
		return false
	}
	return true
}

// textElement opens an element that holds nothing but text.
func (b *builder) textElement(c content) {
	b.element()
	b.content, b.last = c, tagNames[b.tag]
	b.original, b.mode = b.mode, inText
}

// endTemplate closes the innermost template.
func (b *builder) endTemplate() {
	if b.count[Template] == 0 {
		return
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].tag == Template {
			b.popTo(i)
			break
		}
	}
	b.clearActive()
	b.templates = b.templates[:len(b.templates)-1]
	b.resetMode()
}

func (b *builder) inHeadNoscript() bool {
	switch b.kind {
	case textToken:
		if blank(b.text) {
			return b.inHead()
		}
	case commentToken:
		return b.inHead()
	case doctypeToken:
		return true
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Basefont, Bgsound, Link, Meta, Noframes, Style:
			return b.inHead()
		case Head, Noscript:
			return true
		}
	case endToken:
		switch b.tag {
		case Noscript:
			b.pop()
			b.mode = inHead
			return true
		case Br:
		default:
			return true
		}
	}
	b.pop()
	b.mode = inHead
	return false
}

func (b *builder) afterHead() bool {
	switch b.kind {
	case textToken:
		space, empty := b.trim()
		if b.addText(space); empty {
			return true
		}
	case commentToken:
		b.comment(b.top().id)
		return true
	case doctypeToken:
		return true
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Body:
			b.element()
			b.framesetOK = false
			b.mode = inBody
			return true
		case Frameset:
			b.element()
			b.mode = inFrameset
			return true
		case Base, Basefont, Bgsound, Link, Meta, Noframes, Script, Style, Template, Title:
			b.moved = b.moved || b.links[b.open[0].id].last != b.head
			b.push(entry{id: b.head, tag: Head, kind: kinds[Head]})
			b.metadata()
			b.unstack(b.indexOpen(b.head))
			return true
		case Head:
			return true
		}
	case endToken:
		switch b.tag {
		case Body, HTML, Br:
		case Template:
			return b.inHead()
		default:
			return true
		}
	}
	b.implicit(Body)
	b.mode = inBody
	return false
}

// inText is the mode within an element that holds only text.
func (b *builder) inText() bool {
	if b.kind == textToken {
		b.addText(b.text)
		return true
	}
	b.pop()
	b.mode = b.original
	return b.kind == endToken
}

func (b *builder) inTemplate() bool {
	set := inBody
	switch b.kind {
	case textToken, commentToken, doctypeToken:
		return b.inBody()
	case startToken:
		switch b.tag {
		case Base, Basefont, Bgsound, Link, Meta, Noframes, Script, Style, Template, Title:
			return b.inHead()
		case Caption, Colgroup, Tbody, Tfoot, Thead:
			set = inTable
		case Col:
			set = inColumnGroup
		case Tr:
			set = inTableBody
		case Td, Th:
			set = inRow
		}
		b.templates[len(b.templates)-1] = set
		b.mode = set
		return false
	case endToken:
		if b.tag == Template {
			b.endTemplate()
		}
		return true
	}
	if b.count[Template] == 0 {
		return true
	}
	b.endTemplate()
	return false
}

// afterBody is the mode after </body>, and after </html>.
func (b *builder) afterBody() bool {
	switch b.kind {
	case textToken:
		if blank(b.text) {
			return b.inBody()
		}
	case commentToken:
		if b.mode == afterBody {
			b.comment(b.open[0].id)
		}
		return true
	case doctypeToken, eofToken:
		return true
	case startToken:
		if b.tag == HTML {
			return b.inBody()
		}
	case endToken:
		if b.tag == HTML && b.mode == afterBody {
			b.mode = afterAfterBody
			return true
		}
	}
	b.mode = inBody
	return false
}

func (b *builder) inFrameset() bool {
	switch b.kind {
	case textToken:
		b.addText(onlySpaces(b.text))
	case commentToken:
		b.comment(b.top().id)
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Frameset:
			b.element()
		case Frame:
			b.leaf(htmlSpace)
		case Noframes:
			return b.inHead()
		}
	case endToken:
		if b.tag == Frameset && len(b.open) > 1 {
			b.pop()
			if b.top().tag != Frameset {
				b.mode = afterFrameset
			}
		}
	}
	return true
}

// afterFrameset is the mode after </frameset>, and after </html> then.
func (b *builder) afterFrameset() bool {
	switch b.kind {
	case textToken:
		b.text = onlySpaces(b.text)
		if b.mode == afterAfterFrameset {
			return b.inBody()
		}
		b.addText(b.text)
	case commentToken:
		if b.mode == afterFrameset {
			b.comment(b.top().id)
		}
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Noframes:
			return b.inHead()
		}
	case endToken:
		if b.tag == HTML {
			b.mode = afterAfterFrameset
		}
	}
	return true
}

// onlySpaces returns the white space of s.
func onlySpaces(s string) string {
	if blank(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r < 0x80 && spaces[r] {
			return r
		}
		return -1
	}, s)
}

// resetMode sets the mode that fits the elements that are open.
func (b *builder) resetMode() {
	for i := len(b.open) - 1; i > 0; i-- {
		switch b.open[i].tag {
		case Td, Th:
			b.mode = inCell
		case Tr:
			b.mode = inRow
		case Tbody, Thead, Tfoot:
			b.mode = inTableBody
		case Caption:
			b.mode = inCaption
		case Colgroup:
			b.mode = inColumnGroup
		case Table:
			b.mode = inTable
		case Template:
			b.mode = b.templates[len(b.templates)-1]
		case Head:
			b.mode = inHead
		case Body:
			b.mode = inBody
		case Frameset:
			b.mode = inFrameset
		default:
			continue
		}
		return
	}
	b.mode = afterHead
	if b.head == 0 {
		b.mode = beforeHead
	}
}
