package dom

// clearActive removes the last marker from the list of active formatting elements, and
// all elements behind it. The list is that of the HTML standard, section 13.2.4.3: it has
// the elements such as <b> that are opened again in the next block if nothing closes them.
func (b *builder) clearActive() {
	for n := len(b.active); n > 0; n-- {
		id := b.active[n-1].id
		b.active = b.active[:n-1]
		if id == 0 {
			return
		}
		b.links[id].flags &^= isActive
	}
}

// indexActive returns where an element is in the list of active formatting
// elements, -1 if it is not.
func (b *builder) indexActive(id ID) int {
	if b.links[id].flags&isActive == 0 {
		return -1
	}
	i := len(b.active) - 1
	for b.active[i].id != id {
		i--
	}
	return i
}

// deactivate takes element i off the list.
func (b *builder) deactivate(i int) {
	b.links[b.active[i].id].flags &^= isActive
	b.active = append(b.active[:i], b.active[i+1:]...)
}

// formatting opens the formatting element of the token. If three equal elements are
// active already, the earliest is removed from the list: the standard calls this rule the
// Noah's Ark clause.
func (b *builder) formatting() {
	id := b.element()
	same, first, total := 0, 0, 0
	for i := len(b.active) - 1; i >= 0 && b.active[i].id != 0; i-- {
		total++
		if b.active[i].tag == b.tag && b.sameAttributes(b.active[i].id, id) {
			same, first = same+1, i
		}
	}
	switch {
	case same >= 3:
		b.deactivate(first)
	case total >= maxActive:
		b.cut = true
		b.deactivate(len(b.active) - total)
	}
	b.active = append(b.active, active{id, b.tag})
	b.links[id].flags |= isActive
}

// sameAttributes reports whether two elements have the same attributes, in
// whatever order.
func (b *builder) sameAttributes(x, y ID) bool {
	nx, ny := &b.nodes[x], &b.nodes[y]
	if nx.attrs != ny.attrs {
		return false
	}
	ys := b.attrs[ny.attr : ny.attr+int32(ny.attrs)]
next:
	for i, a := range b.attrs[nx.attr : nx.attr+int32(nx.attrs)] {
		if ys[i] == a {
			continue
		}
		for _, o := range ys {
			if o == a {
				continue next
			}
		}
		return false
	}
	return true
}

// reconstruct opens again the formatting elements that were closed together with the
// block in which they were opened, without an end tag of their own.
func (b *builder) reconstruct() {
	i := len(b.active) - 1
	for ; i >= 0; i-- {
		if id := b.active[i].id; id == 0 || b.links[id].flags&isOpen != 0 {
			break
		}
	}
	n := len(b.active) - i - 1
	if n == 0 {
		return
	}
	if b.reopen -= n; b.reopen < 0 {
		b.cut = true
		for ; n > 0; n-- {
			b.deactivate(len(b.active) - 1)
		}
		return
	}
	for i++; i < len(b.active) && len(b.open) < deepest; i++ {
		id := b.clone(b.active[i].id)
		parent, before := b.place()
		b.insert(id, parent, before)
		b.reactivate(i, id)
		b.push(entry{id: id, tag: b.active[i].tag, kind: kinds[b.active[i].tag]})
	}
}

// clone makes an element like id, outside of the tree.
func (b *builder) clone(id ID) ID {
	n := b.nodes[id]
	n.Parent = 0
	return b.newNode(n)
}

// reactivate puts another element in the place of active element i.
func (b *builder) reactivate(i int, id ID) {
	b.links[b.active[i].id].flags &^= isActive
	b.active[i].id = id
	b.links[id].flags |= isActive
}

// closeA closes the link that is open when another one begins.
func (b *builder) closeA() {
	for i := len(b.active) - 1; i >= 0 && b.active[i].id != 0; i-- {
		if b.active[i].tag != A {
			continue
		}
		id := b.active[i].id
		b.adopt(A)
		if i := b.indexActive(id); i >= 0 {
			b.deactivate(i)
		}
		if i := b.indexOpen(id); i >= 0 {
			b.unstack(i)
		}
		return
	}
}

// adopt closes a formatting element by HTML's adoption agency algorithm: the
// blocks that were opened within it and are still open take their content with
// them, each in a copy of the element.
func (b *builder) adopt(tag Tag) {
	if e := b.top(); e.tag == tag && b.links[e.id].flags&isActive == 0 {
		b.pop()
		return
	}
	for range 8 {
		f := len(b.active) - 1
		for f >= 0 && b.active[f].id != 0 && b.active[f].tag != tag {
			f--
		}
		if f < 0 || b.active[f].id == 0 {
			b.endOther()
			return
		}
		id := b.active[f].id
		at := b.indexOpen(id)
		if at < 0 {
			b.deactivate(f)
			return
		}
		block := 0
		for i := at + 1; i < len(b.open); i++ {
			if b.open[i].kind&scope != 0 {
				return
			}
			if block == 0 && b.open[i].kind&special != 0 {
				block = i
			}
		}
		if block == 0 {
			b.popTo(at)
			b.deactivate(f)
			return
		}
		b.adoptBlock(f, at, block)
	}
}

// adoptBlock takes the open element block out of active element f, which is at
// on the stack.
func (b *builder) adoptBlock(f, at, block int) {
	id, furthest := b.active[f].id, b.open[block].id
	ancestor := b.open[at-1]
	bookmark := f
	last := furthest
	for i, n := block-1, 1; i > at; i, n = i-1, n+1 {
		x := b.indexActive(b.open[i].id)
		if x >= 0 && n > 3 {
			b.deactivate(x)
			if x <= bookmark {
				bookmark--
			}
			x = -1
		}
		if x < 0 {
			b.unstack(i)
			block--
			continue
		}
		c := b.clone(b.open[i].id)
		b.reactivate(x, c)
		b.links[b.open[i].id].flags &^= isOpen
		b.open[i].id = c
		b.links[c].flags |= isOpen
		if last == furthest {
			bookmark = x + 1
		}
		b.remove(last)
		b.insert(last, c, 0)
		last = c
	}
	b.remove(last)
	parent, before := ancestor.id, ID(0)
	if b.foster && ancestor.kind&tablePart != 0 {
		parent, before = b.fosterPlace()
	}
	b.insert(last, parent, before)

	c := b.clone(id)
	l := &b.links[furthest]
	b.links[c].first, b.links[c].last = l.first, l.last
	for k := l.first; k != 0; k = b.links[k].next {
		b.nodes[k].Parent = c
	}
	l.first, l.last = 0, 0
	b.insert(c, furthest, 0)

	f = b.indexActive(id)
	tag := b.active[f].tag
	b.deactivate(f)
	if f < bookmark {
		bookmark--
	}
	b.active = append(b.active, active{})
	copy(b.active[bookmark+1:], b.active[bookmark:])
	b.active[bookmark] = active{c, tag}
	b.links[c].flags |= isActive

	b.unstack(at)
	b.open = append(b.open, entry{})
	copy(b.open[block+1:], b.open[block:])
	b.open[block] = entry{id: c, tag: tag, kind: kinds[tag]}
	b.count[tag]++
	b.links[c].flags |= isOpen
}
