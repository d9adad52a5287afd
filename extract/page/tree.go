package page

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// Within returns n if it has the given tag, else the innermost of its ancestors that
// has; zero if there is none.
func (p *Page) Within(n dom.ID, tag dom.Tag) dom.ID {
	for n != 0 && p.Tree.Tag(n) != tag {
		n = p.Tree.Parent(n)
	}
	return n
}

// OwnSite reports whether an absolute address has the host of the page or another host
// of its site.
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

// Path names an element for readers of the evidence, by its tag and its first class, or
// by its property of microdata: "article", "div.story-body", "div[itemprop=articleBody]".
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

// AtRoot reports whether the page is the first page of its site: its address has neither
// a path nor a query.
func (p *Page) AtRoot() bool {
	u, err := url.Parse(p.Address)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// IsImage reports whether n is a picture: an <img>, or the <amp-img> of AMP pages.
func (p *Page) IsImage(n dom.ID) bool {
	return p.Tree.Tag(n) == dom.Img || p.Tree.Tag(n) == dom.Other && p.Tree.Nodes[n].Text == "amp-img"
}
