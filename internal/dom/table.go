package dom

import "strings"

// clearTo closes what is open within the innermost of the tags, a template or
// <html>.
func (b *builder) clearTo(a, c, d Tag) {
	i := len(b.open) - 1
	for ; i > 0; i-- {
		if t := b.open[i].tag; t == a || t == c || t == d || t == Template {
			break
		}
	}
	b.popTo(i + 1)
}

// tableBody returns where the innermost open part of a table is on the stack.
func (b *builder) tableBody() int {
	return max(b.inScope(Tbody, tableScope), b.inScope(Thead, tableScope), b.inScope(Tfoot, tableScope))
}

func (b *builder) inTable() bool {
	switch b.kind {
	case textToken:
		if b.top().kind&tablePart == 0 {
			break
		}
		if b.nul {
			b.text = strings.ReplaceAll(b.text, "\x00", "")
		}
		if blank(b.text) {
			b.addText(b.text)
			return true
		}
	case commentToken:
		b.comment(b.top().id)
		return true
	case doctypeToken:
		return true
	case eofToken:
		return b.inBody()
	case startToken:
		switch b.tag {
		case Caption:
			b.clearTo(Table, Table, Table)
			b.active = append(b.active, active{})
			b.element()
			b.mode = inCaption
			return true
		case Colgroup:
			b.clearTo(Table, Table, Table)
			b.element()
			b.mode = inColumnGroup
			return true
		case Col:
			b.clearTo(Table, Table, Table)
			b.implicit(Colgroup)
			b.mode = inColumnGroup
			return false
		case Tbody, Tfoot, Thead:
			b.clearTo(Table, Table, Table)
			b.element()
			b.mode = inTableBody
			return true
		case Td, Th, Tr:
			b.clearTo(Table, Table, Table)
			b.implicit(Tbody)
			b.mode = inTableBody
			return false
		case Table:
			if !b.closeInScope(Table, tableScope) {
				return true
			}
			b.resetMode()
			return false
		case Style, Script, Template:
			return b.metadata()
		case Input:
			if b.hiddenInput() {
				b.leaf(htmlSpace)
				return true
			}
		case Form:
			if b.count[Template] == 0 && b.form == 0 {
				b.form = b.leaf(htmlSpace)
			}
			return true
		}
	case endToken:
		switch b.tag {
		case Table:
			if b.closeInScope(Table, tableScope) {
				b.resetMode()
			}
			return true
		case Body, Caption, Col, Colgroup, HTML, Tbody, Td, Tfoot, Th, Thead, Tr:
			return true
		case Template:
			b.endTemplate()
			return true
		}
	}
	b.foster = true
	done := b.inBody()
	b.foster = false
	return done
}

func (b *builder) inCaption() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case Caption, Col, Colgroup, Tbody, Td, Tfoot, Th, Thead, Tr:
			return !b.closeCaption()
		}
	case endToken:
		switch b.tag {
		case Caption:
			b.closeCaption()
			return true
		case Table:
			return !b.closeCaption()
		case Body, Col, Colgroup, HTML, Tbody, Td, Tfoot, Th, Thead, Tr:
			return true
		}
	}
	return b.inBody()
}

func (b *builder) closeCaption() bool {
	if !b.closeInScope(Caption, tableScope) {
		return false
	}
	b.clearActive()
	b.mode = inTable
	return true
}

func (b *builder) inColumnGroup() bool {
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
	case eofToken:
		return b.inBody()
	case startToken:
		switch b.tag {
		case HTML:
			return b.inBody()
		case Col:
			b.leaf(htmlSpace)
			return true
		case Template:
			return b.metadata()
		}
	case endToken:
		switch b.tag {
		case Colgroup:
			if b.top().tag == Colgroup {
				b.pop()
				b.mode = inTable
			}
			return true
		case Col:
			return true
		case Template:
			b.endTemplate()
			return true
		}
	}
	if b.top().tag != Colgroup {
		return true
	}
	b.pop()
	b.mode = inTable
	return false
}

func (b *builder) inTableBody() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case Tr:
			b.clearTo(Tbody, Thead, Tfoot)
			b.element()
			b.mode = inRow
			return true
		case Td, Th:
			b.clearTo(Tbody, Thead, Tfoot)
			b.implicit(Tr)
			b.mode = inRow
			return false
		case Caption, Col, Colgroup, Tbody, Tfoot, Thead:
			return !b.closeBody()
		}
	case endToken:
		switch b.tag {
		case Tbody, Tfoot, Thead:
			if b.inScope(b.tag, tableScope) >= 0 {
				b.clearTo(Tbody, Thead, Tfoot)
				b.pop()
				b.mode = inTable
			}
			return true
		case Table:
			return !b.closeBody()
		case Body, Caption, Col, Colgroup, HTML, Td, Th, Tr:
			return true
		}
	}
	return b.inTable()
}

// closeBody closes the part of a table that is open, if any.
func (b *builder) closeBody() bool {
	i := b.tableBody()
	if i < 0 {
		return false
	}
	b.popTo(i)
	b.mode = inTable
	return true
}

func (b *builder) inRow() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case Td, Th:
			b.clearTo(Tr, Tr, Tr)
			b.element()
			b.mode = inCell
			b.active = append(b.active, active{})
			return true
		case Caption, Col, Colgroup, Tbody, Tfoot, Thead, Tr:
			return !b.closeRow()
		}
	case endToken:
		switch b.tag {
		case Tr:
			b.closeRow()
			return true
		case Table:
			return !b.closeRow()
		case Tbody, Tfoot, Thead:
			if b.inScope(b.tag, tableScope) < 0 {
				return true
			}
			return !b.closeRow()
		case Body, Caption, Col, Colgroup, HTML, Td, Th:
			return true
		}
	}
	return b.inTable()
}

// closeRow closes the row that is open, if any.
func (b *builder) closeRow() bool {
	if !b.closeInScope(Tr, tableScope) {
		return false
	}
	b.mode = inTableBody
	return true
}

func (b *builder) inCell() bool {
	switch b.kind {
	case startToken:
		switch b.tag {
		case Caption, Col, Colgroup, Tbody, Td, Tfoot, Th, Thead, Tr:
			return !b.closeCell()
		}
	case endToken:
		switch b.tag {
		case Td, Th:
			if b.closeInScope(b.tag, tableScope) {
				b.clearActive()
				b.mode = inRow
			}
			return true
		case Body, Caption, Col, Colgroup, HTML:
			return true
		case Table, Tbody, Tfoot, Thead, Tr:
			if b.inScope(b.tag, tableScope) < 0 {
				return true
			}
			return !b.closeCell()
		}
	}
	return b.inBody()
}

// closeCell closes the cell that is open, if any.
func (b *builder) closeCell() bool {
	i := max(b.inScope(Td, tableScope), b.inScope(Th, tableScope))
	if i < 0 {
		return false
	}
	b.popTo(i)
	b.clearActive()
	b.mode = inRow
	return true
}

// hiddenInput reports whether the token is <input type=hidden>.
func (b *builder) hiddenInput() bool {
	for _, a := range b.attrs[b.attr:] {
		if a.Key == Type {
			return strings.EqualFold(a.Value, "hidden")
		}
	}
	return false
}
