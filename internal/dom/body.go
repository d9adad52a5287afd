package dom

import "strings"

// inBody is the mode within <body>. As the method of every mode, it reports whether the
// token is done with: see mode.
func (b *builder) inBody() bool {
	switch b.kind {
	case textToken:
		b.bodyText()
	case commentToken:
		b.comment(b.top().id)
	case startToken:
		return b.bodyStart()
	case endToken:
		return b.bodyEnd()
	case eofToken:
		if len(b.templates) > 0 {
			return b.inTemplate()
		}
	}
	return true
}

func (b *builder) bodyText() {
	if b.nul {
		b.text = strings.ReplaceAll(b.text, "\x00", "")
	}
	if b.text == "" {
		return
	}
	b.reconstruct()
	b.addText(b.text)
	if b.framesetOK && !blank(b.text) {
		b.framesetOK = false
	}
}

func (b *builder) bodyStart() bool {
	switch b.tag {
	case HTML:
		if b.count[Template] == 0 {
			b.addAttributes(b.open[0].id)
		}
	case Base, Basefont, Bgsound, Link, Meta, Noframes, Script, Style, Template, Title:
		b.metadata()
	case Body:
		if len(b.open) > 1 && b.open[1].tag == Body && b.count[Template] == 0 {
			b.framesetOK = false
			b.addAttributes(b.open[1].id)
		}
	case Frameset:
		if b.framesetOK && len(b.open) > 1 && b.open[1].tag == Body {
			b.remove(b.open[1].id)
			b.popTo(1)
			b.element()
			b.mode = inFrameset
		}
	case Address, Article, Aside, Blockquote, Center, Details, Dialog, Dir, Div, Dl, Fieldset, Figcaption, Figure, Footer,
		Header, Hgroup, Main, Menu, Nav, Ol, P, Search, Section, Summary, Ul:
		b.closeP()
		b.element()
	case H1, H2, H3, H4, H5, H6:
		b.closeP()
		if b.top().tag.Heading() {
			b.pop()
		}
		b.element()
	case Pre, Listing:
		b.closeP()
		b.element()
		b.skipNewline = true
		b.framesetOK = false
	case Form:
		template := b.count[Template] > 0
		if b.form != 0 && !template {
			return true
		}
		b.closeP()
		id := b.element()
		if !template {
			b.form = id
		}
	case Li, Dd, Dt:
		b.framesetOK = false
		b.closeItem()
		b.closeP()
		b.element()
	case Plaintext:
		b.closeP()
		b.element()
		b.content = plainContent
	case Button:
		if i := b.inScope(Button, scope); i >= 0 {
			b.popTo(i)
		}
		b.reconstruct()
		b.element()
		b.framesetOK = false
	case A:
		b.closeA()
		b.reconstruct()
		b.formatting()
	case B, Big, Code, Em, Font, I, S, Small, Strike, Strong, Tt, U:
		b.reconstruct()
		b.formatting()
	case Nobr:
		b.reconstruct()
		if b.inScope(Nobr, scope) >= 0 {
			b.adopt(Nobr)
			b.reconstruct()
		}
		b.formatting()
	case Applet, Marquee, Object:
		b.reconstruct()
		b.element()
		b.active = append(b.active, active{})
		b.framesetOK = false
	case Table:
		if !b.quirks {
			b.closeP()
		}
		b.element()
		b.framesetOK = false
		b.mode = inTable
	case Image:
		b.tag = Img
		return false
	case Area, Br, Embed, Img, Keygen, Wbr:
		b.reconstruct()
		b.leaf(htmlSpace)
		b.framesetOK = false
	case Input:
		b.closeInScope(Select, scope)
		b.reconstruct()
		b.leaf(htmlSpace)
		if !b.hiddenInput() {
			b.framesetOK = false
		}
	case Param, Source, Track:
		b.leaf(htmlSpace)
	case Hr:
		b.closeP()
		if b.inScope(Select, scope) >= 0 {
			b.impliedEnds(Text)
		}
		b.leaf(htmlSpace)
		b.framesetOK = false
	case Textarea:
		b.textElement(rcdataContent)
		b.skipNewline = true
		b.framesetOK = false
	case Xmp:
		b.closeP()
		b.reconstruct()
		b.framesetOK = false
		b.textElement(rawContent)
	case Iframe:
		b.framesetOK = false
		b.textElement(rawContent)
	case Noembed:
		b.textElement(rawContent)
	case Select:
		if b.closeInScope(Select, scope) {
			return true
		}
		b.reconstruct()
		b.element()
		b.framesetOK = false
	case Option, Optgroup:
		if b.inScope(Select, scope) >= 0 {
			except := Text
			if b.tag == Option {
				except = Optgroup
			}
			b.impliedEnds(except)
		} else if b.top().tag == Option {
			b.pop()
		}
		b.reconstruct()
		b.element()
	case Rb, Rtc:
		if b.inScope(Ruby, scope) >= 0 {
			b.impliedEnds(Text)
		}
		b.element()
	case Rp, Rt:
		if b.inScope(Ruby, scope) >= 0 {
			b.impliedEnds(Rtc)
		}
		b.element()
	case Math:
		b.reconstruct()
		b.foreignElement(mathSpace)
	case Svg:
		b.reconstruct()
		b.foreignElement(svgSpace)
	case Caption, Col, Colgroup, Frame, Head, Tbody, Td, Tfoot, Th, Thead, Tr:
	default:
		b.reconstruct()
		b.element()
	}
	return true
}

// closeItem closes the list item that the start of another one ends.
func (b *builder) closeItem() {
	if b.tag == Li && b.count[Li] == 0 || b.tag != Li && b.count[Dd]+b.count[Dt] == 0 {
		return
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		e := &b.open[i]
		switch {
		case e.tag == Li && b.tag == Li, (e.tag == Dd || e.tag == Dt) && b.tag != Li:
			b.popTo(i)
			return
		case e.tag == Address || e.tag == Div || e.tag == P:
		case e.kind&special != 0:
			return
		}
	}
}

func (b *builder) bodyEnd() bool {
	switch b.tag {
	case Body:
		if b.inScope(Body, scope) >= 0 {
			b.mode = afterBody
		}
	case HTML:
		if b.inScope(Body, scope) >= 0 {
			b.mode = afterBody
			return false
		}
	case Address, Article, Aside, Blockquote, Button, Center, Details, Dialog, Dir, Div, Dl, Fieldset, Figcaption, Figure,
		Footer, Header, Hgroup, Listing, Main, Menu, Nav, Ol, Pre, Search, Section, Select, Summary, Ul:
		b.closeInScope(b.tag, scope)
	case Form:
		b.endForm()
	case P:
		if b.inScope(P, scope|buttonScope) < 0 {
			b.implicit(P)
		}
		b.closeP()
	case Li:
		b.closeInScope(Li, scope|listScope)
	case Dd, Dt:
		b.closeInScope(b.tag, scope)
	case H1, H2, H3, H4, H5, H6:
		b.endHeading()
	case A, B, Big, Code, Em, Font, I, Nobr, S, Small, Strike, Strong, Tt, U:
		b.adopt(b.tag)
	case Applet, Marquee, Object:
		if b.closeInScope(b.tag, scope) {
			b.clearActive()
		}
	case Br:
		b.kind, b.attr = startToken, len(b.attrs)
		return false
	case Template:
		b.endTemplate()
	default:
		b.endOther()
	}
	return true
}

// endHeading closes the innermost heading, of whatever level.
func (b *builder) endHeading() {
	for i := len(b.open) - 1; i >= 0; i-- {
		if e := &b.open[i]; e.tag.Heading() {
			b.popTo(i)
			return
		} else if e.kind&scope != 0 {
			return
		}
	}
}

func (b *builder) endForm() {
	if b.count[Template] > 0 {
		b.closeInScope(Form, scope)
		return
	}
	form := b.form
	b.form = 0
	i := b.inScope(Form, scope)
	if form == 0 || i < 0 || b.open[i].id != form {
		return
	}
	b.impliedEnds(Text)
	if i < len(b.open) {
		b.unstack(i)
	}
}

// endOther closes the innermost element that the end tag fits, unless a
// special one is open within it.
func (b *builder) endOther() {
	if b.count[b.tag] == 0 || b.tag == Other && b.others[nameHash(Other, b.name)] == 0 {
		return
	}
	for i := len(b.open) - 1; i >= 0; i-- {
		e := &b.open[i]
		if e.tag == b.tag && e.space == htmlSpace && (b.tag != Other || b.nodes[e.id].Text == b.name) {
			b.popTo(i)
			return
		}
		if e.kind&special != 0 {
			return
		}
	}
}

// startDeep puts the element of a start tag into the tree while too many elements are
// open. It is not opened, so that what it should hold follows it as siblings. If the node
// before is an element of the same tag, no second one is added.
func (b *builder) startDeep() {
	b.cut = true
	s := b.top().space
	id := ID(len(b.nodes) - 1)
	if b.nodes[id].Tag == b.tag && b.tag != Other && !void[b.tag] && s == htmlSpace {
		b.attrs = b.attrs[:b.attr]
	} else {
		id = b.leaf(s)
	}
	if void[b.tag] || s != htmlSpace && b.selfClosing {
		return
	}
	b.deep = append(b.deep, b.tag)
	if s != htmlSpace {
		return
	}
	switch b.tag {
	case Script:
		b.content = scriptContent
	case Style, Noframes, Noembed, Iframe, Xmp:
		b.content = rawContent
	case Title, Textarea:
		b.content = rcdataContent
	case Plaintext:
		b.content = plainContent
	default:
		return
	}
	b.last = tagNames[b.tag]
	if b.next(); b.kind == textToken {
		b.insert(b.newNode(Node{Tag: Text, Text: b.text}), id, 0)
		return
	}
	b.token()
}

// endDeep reports whether an end tag is that of an element which startDeep did not open,
// and forgets that element.
func (b *builder) endDeep() bool {
	for i := len(b.deep) - 1; i >= 0 && i > len(b.deep)-deepest; i-- {
		if b.deep[i] == b.tag {
			b.deep = b.deep[:i]
			return true
		}
	}
	return false
}
