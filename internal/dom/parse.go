package dom

import (
	"strings"
	"sync"
)

// Limits of what is read from one page. What lies beyond them is left out, and
// Tree.Cut says so.
const (
	MaxPage   = 64 << 20 // bytes of UTF-8
	maxAttrs  = 128      // attributes of an element whose names have no Key
	maxActive = 128      // formatting elements to reopen in a block, a table's cell counting by itself
	deepest   = 512      // elements open at a time; what deeper ones hold is kept
)

// mostNodes returns how many elements and texts of a page are read, and how many
// attributes: so many that a tree takes little more than twice the memory of a
// large page. Of 920 pages of news and blogs none has 12,000 elements and texts,
// or one for each 14 bytes.
func mostNodes(page string) int { return 100_000 + len(page)/32 }

var (
	builders sync.Pool // of *builder
	trees    sync.Pool // of *Tree
)

// Parse reads a page in UTF-8 into the tree that the HTML standard prescribes, without
// comments and the doctype. It never fails: text that is no HTML becomes a tree with that
// text in its body. Scripts are taken not to run, so that the tree has the elements within
// <noscript>.
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
		t = &Tree{}
	}
	tags := min(strings.Count(page, "<"), len(page)/16) + 16
	t.Nodes = withRoom(t.Nodes, min(tags*5/4, mostNodes(page))) // enough for two pages in three
	t.attrs = withRoom(t.attrs, min(tags, 1<<14))               // for four in five
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

// withRoom returns s emptied, with room for n.
func withRoom[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, 0, n)
	}
	return s[:0]
}

// expected returns how many more of something the page will give after n, if
// the rest of it is like what has been read.
func (z *tokenizer) expected(n int) int {
	return 16 + int(float64(n)*1.1*float64(len(z.page)-z.pos)/float64(z.pos+1))
}

// Release gives the memory of a tree's nodes and attributes back to Parse. The
// caller no longer uses the tree, though it may hold strings of it.
func (t *Tree) Release() {
	clear(t.Nodes)
	clear(t.attrs)
	trees.Put(t)
}

// newlines returns the page with "\r\n" and "\r" made "\n", as the HTML standard prescribes.
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
