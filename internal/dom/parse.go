package dom

import (
	"strings"
	"sync"
)

// Limits of what is read from one page. What lies beyond them is left out, and
// Tree.Cut says so.
const (
	MaxPage   = 64 << 20  // bytes of UTF-8
	maxNodes  = 8_000_000 // elements and texts
	maxAttrs  = 128       // attributes of an element whose names have no Key
	maxActive = 128       // formatting elements to reopen in a block, a table's cell counting by itself
	deepest   = 512       // elements open at a time; what deeper ones hold is kept
)

var (
	builders sync.Pool // of *builder
	trees    sync.Pool // of *Tree
)

// Parse reads a page in UTF-8 into the tree that HTML asks for, comments and
// the doctype left out. It never fails: a page that is no HTML is a tree of one
// text. Scripts are taken not to run, so that what <noscript> holds is in the
// tree.
//
// The tree is the caller's. Its strings are slices of the page, or of memory
// that is written once, and stay valid as long as they are held; its nodes and
// attributes may be given back with Release.
func Parse(page string) *Tree {
	cut := len(page) > MaxPage
	if cut {
		page = page[:MaxPage]
	}
	page = newlines(page)
	t, _ := trees.Get().(*Tree)
	if t == nil {
		tags := min(strings.Count(page, "<"), len(page)/16) + 16
		t = &Tree{Nodes: make([]Node, 0, tags*5/4), attrs: make([]Attr, 0, tags)}
	}
	b, _ := builders.Get().(*builder)
	if b == nil {
		b = &builder{}
	}
	b.start(page, t.Nodes, t.attrs)
	b.build()
	t.Nodes, b.spare = b.finish()
	t.attrs = b.attrs
	t.Cut = cut || b.cut
	b.start("", nil, nil) // holds on to nothing of the page
	builders.Put(b)
	return t
}

// Release gives the memory of a tree's nodes and attributes back to Parse. The
// caller no longer uses the tree, though it may hold strings of it.
func (t *Tree) Release() {
	clear(t.Nodes)
	clear(t.attrs)
	trees.Put(t)
}

// newlines returns the page with every line ended as HTML ends lines.
func newlines(page string) string {
	if strings.IndexByte(page, '\r') < 0 {
		return page
	}
	var b strings.Builder
	b.Grow(len(page))
	for {
		i := strings.IndexByte(page, '\r')
		if i < 0 {
			b.WriteString(page)
			return b.String()
		}
		b.WriteString(page[:i])
		b.WriteByte('\n')
		page = strings.TrimPrefix(page[i+1:], "\n")
	}
}
