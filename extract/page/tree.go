package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// Within returns the innermost ancestor of n with the given tag, or n itself;
// zero if there is none.
func (p *Page) Within(n dom.ID, tag dom.Tag) dom.ID {
	for n != 0 && p.Tree.Tag(n) != tag {
		n = p.Tree.Parent(n)
	}
	return n
}

// OwnSite reports whether an address is of the page's site.
func (p *Page) OwnSite(address string) bool {
	host := link.Host(address)
	switch {
	case host == "":
	case host == link.Host(p.Address):
		return true
	case !strings.HasSuffix(strings.TrimSuffix(text.Lower(host), "."), p.Site):
		return false
	}
	return link.Site(address) == p.Site
}

// Path names an element for the evidence: "article", "div.story-body".
func (p *Page) Path(n dom.ID) string {
	name := p.Tree.Tag(n).String()
	if p.Tree.Tag(n) == dom.Other {
		name = p.Tree.Nodes[n].Text
	}
	if v := p.Tree.Attr(n, dom.Itemprop); v != "" {
		return name + "[itemprop=" + v + "]"
	}
	for c := range strings.FieldsSeq(p.Tree.Attr(n, dom.Class)) {
		if len(c) < 60 && utf8.ValidString(c) {
			return name + "." + c
		}
		break
	}
	return name
}

// AtRoot reports whether the page is the first page of its site.
func (p *Page) AtRoot() bool {
	u, err := url.Parse(p.Address)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// IsImage reports whether n is a picture.
func (p *Page) IsImage(n dom.ID) bool {
	return p.Tree.Tag(n) == dom.Img || p.Tree.Tag(n) == dom.Other && p.Tree.Nodes[n].Text == "amp-img"
}
