package page

import (
	"slices"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// A meta is one <meta> of the page: its name, property or http-equiv in lower case.
type meta struct{ Name, Content string }

// maxMetas bounds how many metas of a page are kept.
const maxMetas = 2000

// readMeta notes what a <meta> element states.
func (p *Page) readMeta(n dom.ID) {
	content := strings.TrimSpace(p.Tree.Attr(n, dom.Content))
	if content == "" || len(p.Metas) >= maxMetas {
		return
	}
	if content[0] == '{' && strings.Contains(content, `"@type"`) {
		p.addLD(content) // some systems put their JSON-LD here
		return
	}
	if content[0] == '{' && text.Lower(p.Tree.Attr(n, dom.Name)) == "parsely-page" && len(content) <= maxLD {
		if v, _, ok := p.ldTree.Mend(content); ok {
			p.Parsely = Thing{v}
		}
		return
	}
	for _, k := range [...]dom.Key{dom.Property, dom.Name, dom.HTTPEquiv} {
		if name := text.Lower(strings.TrimSpace(p.Tree.Attr(n, k))); name != "" {
			p.Metas = append(p.Metas, meta{name, content})
		}
	}
}

// Meta returns the content of the first <meta> of the first of the names that the page
// has; "" if it has none. Names are in lower case.
func (p *Page) Meta(names ...string) string {
	for _, name := range names {
		for i := range p.Metas {
			if p.Metas[i].Name == name {
				return p.Metas[i].Content
			}
		}
	}
	return ""
}

// MetasOf returns the first <meta> of each of the names, in the order of the names.
func (p *Page) MetasOf(names []string) (found []meta) {
	for i := range p.Metas {
		m := p.Metas[i]
		if slices.Contains(names, m.Name) && !slices.ContainsFunc(found, func(o meta) bool { return o.Name == m.Name }) {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b meta) int { return slices.Index(names, a.Name) - slices.Index(names, b.Name) })
	return found
}

// MetaAll returns the contents of all <meta> elements of a name, each once; nil if there
// is none.
func (p *Page) MetaAll(name string) (all []string) {
	for i := range p.Metas {
		if p.Metas[i].Name == name && !slices.Contains(all, p.Metas[i].Content) {
			all = append(all, p.Metas[i].Content)
		}
	}
	return all
}

// readLink notes the address of a <link> element if it is a canonical one (RFC 6596).
func (p *Page) readLink(n dom.ID) {
	href := p.Tree.Attr(n, dom.Href)
	for rel := range strings.FieldsSeq(text.Lower(p.Tree.Attr(n, dom.Rel))) {
		if rel == "canonical" {
			p.Canonicals = append(p.Canonicals, href)
		}
	}
}

// ListIn takes apart a value that is a list in JSON, such as `["Kate", "Ravi"]`: it
// returns the texts in the list, for an object its name. Any other value is returned
// alone.
func (p *Page) ListIn(value string) []string {
	v := strings.TrimSpace(value)
	if v == "" || v[0] != '[' && v[0] != '{' || len(v) > maxLD {
		return []string{value}
	}
	tree, rest, ok := p.ldTree.Add(v)
	if !ok || strings.TrimSpace(rest) != "" {
		return []string{value}
	}
	var all []string
	for e := range Flat(tree) {
		if s := TextOf(e); s != "" {
			all = append(all, s)
		}
	}
	return all
}
