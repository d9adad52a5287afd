package page

import (
	"hash/maphash"
	"math/bits"
	"strings"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// walk goes through the page once, in document order, and notes what the extraction
// needs: metadata, headings, the roles of every element, and how much visible text stands
// before every node.
func (p *Page) walk() {
	t := p.Tree
	n := dom.ID(t.Len())
	p.OwnRoles = Zeros(p.OwnRoles, int(n))
	p.Size = Zeros(p.Size, int(n)+1)
	reader := roleReader{seed: maphash.MakeSeed()}
	inText := dom.ID(0) // text counts from this node on: the end of the last element whose text readers do not see
	for i := dom.ID(1); i < n; i++ {
		d := &t.Nodes[i]
		p.Size[i+1] = p.Size[i]
		if d.Tag == dom.Text {
			if i >= inText {
				p.Size[i+1] += int32(visible(d.Text))
			}
			continue
		}
		if d.Tag.Opaque() && d.End > inText {
			inText = d.End
		}
		p.OwnRoles[i] = reader.of(t, i)
		p.note(i)
	}
}

// visible counts the bytes of s that are not white space, control characters or
// no-break spaces. It looks at eight bytes at a time, which are packed into one number.
func visible(s string) (n int) {
	const high, blank = 0x8080808080808080, 0x2121212121212121 // eight times a high bit, and the byte after a space
	all, beyond := s, uint64(0)                                // beyond gets a high bit if any byte is not ASCII
	for ; len(s) >= 8; s = s[8:] {
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		n += bits.OnesCount64(((x | high) - blank | x) & high)
		beyond |= x
	}
	for i := range len(s) {
		if s[i] > ' ' {
			n++
		}
		beyond |= uint64(s[i])
	}
	if beyond&high != 0 {
		n -= 2 * strings.Count(all, "\u00a0")
	}
	return n
}

// note keeps what element i tells of the page as a whole: metadata and headings.
func (p *Page) note(i dom.ID) {
	t := p.Tree
	switch t.Tag(i) {
	case dom.HTML:
		p.HtmlLang = t.Attr(i, dom.Lang)
		if p.HtmlLang == "" {
			p.HtmlLang = t.Attr(i, dom.XMLLang)
		}
	case dom.Base:
		if abs := link.Resolve(p.Address, t.Attr(i, dom.Href)); abs != "" {
			p.Base = abs
		}
	case dom.Meta:
		p.readMeta(i)
	case dom.Link:
		p.readLink(i)
	case dom.Title:
		if p.Title == "" {
			p.Title = text.Line(t.Raw(i))
		}
	case dom.Script:
		if typ := t.Attr(i, dom.Type); strings.Contains(typ, "ld+json") {
			p.readLD(i)
		}
	case dom.H1:
		p.H1s = append(p.H1s, i)
	case dom.H2:
		if len(p.H2s) < 60 {
			p.H2s = append(p.H2s, i)
		}
	case dom.Input:
		p.AsksPassword = p.AsksPassword || strings.EqualFold(t.Attr(i, dom.Type), "password")
	}
}

// scopes reads the page's microdata and RDFa: it finds the items, and gives every
// property to the innermost item around it.
func (p *Page) scopes() {
	t := p.Tree
	type scope struct {
		end  dom.ID
		item int
	}
	var open []scope
	p.addItem(0, "")
	for i := dom.ID(1); i < dom.ID(t.Len()); i++ {
		d := &t.Nodes[i]
		if d.Tag == dom.Text || len(p.items) > maxItems {
			continue
		}
		for len(open) > 0 && i >= open[len(open)-1].end {
			open = open[:len(open)-1]
		}
		names := p.propOf(i)
		typ, begins := p.scopeOf(i)
		it := -1
		if begins {
			it = len(p.items)
			p.addItem(i, typ)
		}
		if in := 0; names != "" && (len(open) > 0 || d.Tag == dom.Meta) {
			if len(open) > 0 {
				in = open[len(open)-1].item
			}
			value := ""
			if it < 0 {
				value = p.propValue(i)
			}
			for name := range strings.FieldsSeq(names) {
				p.items[in].props = append(p.items[in].props, prop{name, i, value, it})
			}
		}
		if begins {
			open = append(open, scope{d.End, it})
		}
	}
}
