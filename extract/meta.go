package extract

import (
	"slices"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// A meta is one <meta> of the page: its name, property or http-equiv in lower case.
type meta struct{ name, content string }

// maxMetas bounds how many metas of a page are kept.
const maxMetas = 2000

func (p *page) readMeta(n dom.ID) {
	content := strings.TrimSpace(p.t.Attr(n, dom.Content))
	if content == "" || len(p.metas) >= maxMetas {
		return
	}
	if content[0] == '{' && strings.Contains(content, `"@type"`) {
		p.addLD(content) // some systems put their JSON-LD here
		return
	}
	for _, k := range [...]dom.Key{dom.Property, dom.Name, dom.HTTPEquiv} {
		if name := text.Lower(strings.TrimSpace(p.t.Attr(n, k))); name != "" {
			p.metas = append(p.metas, meta{name, content})
		}
	}
}

// meta returns the content of the first <meta> that has one of the names; the
// names are tried in order.
func (p *page) meta(names ...string) string {
	for _, name := range names {
		for i := range p.metas {
			if p.metas[i].name == name {
				return p.metas[i].content
			}
		}
	}
	return ""
}

// metasOf returns the first <meta> of each of the names, in the order of the names.
func (p *page) metasOf(names []string) (found []meta) {
	for i := range p.metas {
		m := p.metas[i]
		if slices.Contains(names, m.name) && !slices.ContainsFunc(found, func(o meta) bool { return o.name == m.name }) {
			found = append(found, m)
		}
	}
	slices.SortStableFunc(found, func(a, b meta) int { return slices.Index(names, a.name) - slices.Index(names, b.name) })
	return found
}

// metaAll returns the contents of every <meta> of that name, without repeats.
func (p *page) metaAll(name string) (all []string) {
	for i := range p.metas {
		if p.metas[i].name == name && !slices.Contains(all, p.metas[i].content) {
			all = append(all, p.metas[i].content)
		}
	}
	return all
}

func (p *page) readLink(n dom.ID) {
	href := p.t.Attr(n, dom.Href)
	for rel := range strings.FieldsSeq(text.Lower(p.t.Attr(n, dom.Rel))) {
		if rel == "canonical" {
			p.canonicals = append(p.canonicals, claim{href, "link:canonical"})
		}
	}
}
