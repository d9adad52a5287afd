package page

import (
	"slices"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// An item is one thing that attributes in the page's markup describe: those of microdata
// (HTML standard, chapter 5) or of RDFa (https://www.w3.org/TR/rdfa-core/). The first
// item of a page has no type: it holds the properties that <meta> elements give outside
// of any item.
type item struct {
	node  dom.ID
	typ   string // without the address of its vocabulary: "NewsArticle"
	props []prop
}

// A prop is one property of an item.
type prop struct {
	name  string
	node  dom.ID
	value string // "" if the value is another item
	item  int    // the index in Page.items of that item, else -1
}

// maxItems bounds how many items of a page are read.
const maxItems = 5000

// scopeOf returns the type, without the address of its vocabulary, of the item that
// element n begins; ok is false if it begins none.
func (p *Page) scopeOf(n dom.ID) (typ string, ok bool) {
	for _, a := range p.Tree.Attrs(n) {
		switch a.Key {
		case dom.Itemscope:
			ok = true
		case dom.Itemtype, dom.Typeof:
			typ, _, _ = strings.Cut(strings.TrimSpace(a.Value), " ")
			typ = typ[strings.LastIndexAny(typ, "/#:")+1:]
			ok = ok || a.Key == dom.Typeof && typ != ""
		}
	}
	return typ, ok
}

// propOf returns the names of the properties that element n gives to the item it stands
// in, parted by spaces; "" if it gives none.
func (p *Page) propOf(n dom.ID) string {
	if v := p.Tree.Attr(n, dom.Itemprop); v != "" {
		return v
	}
	if p.Tree.Tag(n) == dom.Meta {
		return ""
	}
	v := p.Tree.Attr(n, dom.Property)
	if strings.HasPrefix(v, "og:") {
		return ""
	}
	return v[strings.LastIndexByte(v, ':')+1:]
}

// propValue returns the value that element n gives to its properties: that of the
// attribute which HTML names for its tag, else its text. It is "" for a text that is too
// long to be the value of a field.
func (p *Page) propValue(n dom.ID) string {
	t := p.Tree
	if v, ok := t.Lookup(n, dom.Content); ok {
		return text.Line(v)
	}
	switch t.Tag(n) {
	case dom.A, dom.Link, dom.Area:
		if t.First(n) == 0 {
			return t.Attr(n, dom.Href)
		}
	case dom.Img, dom.Iframe, dom.Embed, dom.Video, dom.Audio, dom.Source:
		return t.Attr(n, dom.Src)
	case dom.Time:
		if v := t.Attr(n, dom.Datetime); v != "" {
			return text.Line(v)
		}
	case dom.Data, dom.Meter:
		return text.Line(t.Attr(n, dom.Value))
	}
	if p.Size[t.End(n)]-p.Size[n] > 2000 {
		return "" // a body, not a value
	}
	return Text(t, n)
}

// chooseItem sets p.newsItem to the item that describes the article. It prefers an item
// that holds a heading of the first rank, then one whose type is surely that of an
// article, then one with many properties. If no item holds such a heading and there are
// three or more, they describe other articles. Then, and where there is no item of an
// article, it chooses item 0, which has the properties outside of items.
func (p *Page) chooseItem() {
	best, beside := 0, 0
	for i := range p.items {
		it := &p.items[i]
		rank := newsTypes[it.typ]
		if rank < 2 {
			continue
		}
		score := 10*rank + min(len(it.props), 9)
		if p.holdsH1(it.node) {
			score += 100
		} else if beside++; score > best && p.isOtherItem(i) {
			continue
		}
		if score > best {
			best, p.newsItem = score, i
		}
	}
	if best < 100 && beside > 2 {
		p.newsItem = 0
	}
}

// ItemTexts returns the values that the article's item gives to a property, each once;
// nil if there is none. A value that is another item counts by its name.
func (p *Page) ItemTexts(name string) []string { return p.ItemTextsBut(name, nil) }

// ItemTextsBut returns what ItemTexts does, without the values of the elements for which
// out returns true. A nil out leaves out none.
func (p *Page) ItemTextsBut(name string, out func(dom.ID) bool) (all []string) {
	if len(p.items) == 0 {
		return nil
	}
	for _, pr := range p.items[p.newsItem].props {
		if pr.name != name || out != nil && out(pr.node) {
			continue
		}
		v := pr.value
		if pr.item >= 0 {
			v = p.propOfItem(pr.item, "name")
		}
		if v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// ItemText returns the first of the values that ItemTexts returns, "" if there is none.
func (p *Page) ItemText(name string) string {
	if all := p.ItemTexts(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

// propOfItem returns the first text that item i gives to a property, the text of the
// whole element for an item without properties, else "".
func (p *Page) propOfItem(i int, name string) string {
	for _, pr := range p.items[i].props {
		if pr.name == name && pr.item < 0 {
			return pr.value
		}
	}
	if len(p.items[i].props) == 0 {
		return Text(p.Tree, p.items[i].node)
	}
	return ""
}
