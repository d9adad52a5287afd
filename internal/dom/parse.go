package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// Limits of what is read from one page. What lies beyond them is left out, and
// Tree.Cut says so.
const (
	MaxPage  = 64 << 20  // bytes of UTF-8
	maxNodes = 8_000_000 // elements and texts
)

// Parse reads a page in UTF-8. It never fails: a page that is no HTML is a
// tree of one text. Scripts are taken not to run, so that what <noscript>
// holds is in the tree.
func Parse(page string) *Tree {
	cut := len(page) > MaxPage
	if cut {
		page = page[:MaxPage]
	}
	var t *Tree
	if !costly(page) {
		if root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false)); err == nil {
			t = flatten(root, len(page)/24+16)
		}
	}
	if t == nil {
		t = parseLoose(page)
	}
	t.Cut = t.Cut || cut
	return t
}

// flatten copies the pointers of x/net/html into a tree.
func flatten(root *html.Node, guess int) *Tree {
	t := &Tree{Nodes: make([]Node, 1, guess), attrs: make([]Attr, 0, guess/2)}
	t.Nodes[0] = Node{Tag: Document}
	parent := ID(0)
	n := root.FirstChild
	for n != nil {
		kept := false
		if len(t.Nodes) < maxNodes {
			kept = t.add(n, parent)
		} else {
			t.Cut = true
		}
		if kept && n.FirstChild != nil {
			parent = ID(len(t.Nodes) - 1)
			n = n.FirstChild
			continue
		}
		for n.NextSibling == nil {
			n = n.Parent
			if n == root || n == nil {
				break
			}
			t.Nodes[parent].End = ID(len(t.Nodes))
			parent = t.Nodes[parent].Parent
		}
		if n == root || n == nil {
			break
		}
		n = n.NextSibling
	}
	for parent != 0 {
		t.Nodes[parent].End = ID(len(t.Nodes))
		parent = t.Nodes[parent].Parent
	}
	t.Nodes[0].End = ID(len(t.Nodes))
	return t
}

// add appends n under parent; it reports whether n's children belong in the tree.
func (t *Tree) add(n *html.Node, parent ID) bool {
	d := Node{Parent: parent, End: ID(len(t.Nodes) + 1), attr: int32(len(t.attrs))}
	switch n.Type {
	case html.TextNode:
		d.Tag, d.Text = Text, n.Data
		t.Nodes = append(t.Nodes, d)
		return false
	case html.ElementNode:
		tag, ok := tagsByName[n.Data]
		if !ok {
			tag, d.Text = Other, n.Data
		}
		d.Tag = tag
		d.attrs = int32(len(n.Attr))
		for _, a := range n.Attr {
			t.attrs = append(t.attrs, Attr{keysByName[a.Key], a.Key, a.Val})
		}
		t.Nodes = append(t.Nodes, d)
		return true
	}
	return false
}

// costly reports whether the page leaves so many formatting elements open that
// a parser which reopens them in every paragraph, as HTML asks for, would make
// a tree much bigger than the page.
func costly(page string) bool {
	const most = 64
	var open [tagCount]int
	sum := 0
	for {
		i := strings.IndexByte(page, '<')
		if i < 0 || i+1 >= len(page) {
			return false
		}
		page = page[i+1:]
		end := page[0] == '/'
		name := page
		if end {
			name = name[1:]
		}
		n := 0
		for n < len(name) && n < 8 && (name[n]|0x20 >= 'a' && name[n]|0x20 <= 'z') {
			n++
		}
		if n == 0 || n == 8 || n < len(name) && name[n] != '>' && name[n] > ' ' && name[n] != '/' {
			continue
		}
		tag := formatting(name[:n])
		if tag == Other {
			continue
		}
		if !end {
			open[tag]++
			if sum++; sum > most {
				return true
			}
		} else if open[tag] > 0 {
			open[tag]--
			sum--
		}
	}
}

// formatting returns the tag of a formatting element, Other for other names.
func formatting(name string) Tag {
	switch len(name) {
	case 1:
		switch name[0] | 0x20 {
		case 'a':
			return A
		case 'b':
			return B
		case 'i':
			return I
		case 's':
			return S
		case 'u':
			return U
		}
	case 2, 3, 4, 5, 6:
		switch strings.ToLower(name) {
		case "big":
			return Big
		case "code":
			return Code
		case "em":
			return Em
		case "font":
			return Font
		case "nobr":
			return Nobr
		case "small":
			return Small
		case "strike":
			return Strike
		case "strong":
			return Strong
		case "tt":
			return Tt
		}
	}
	return Other
}
