package extract

import (
	"dateline/extract/link"
	"dateline/internal/jsontree"
	"dateline/internal/text"
)

// publisher sets who prints.
func (p *page) publisher() {
	p.a.Publisher.Site = p.site
	if t, ok := p.thing(p.news.Get("publisher").First()); ok {
		p.a.Publisher.Name = t.text("name")
		p.found("publisher", "jsonld:publisher")
		p.a.Publisher.Logo = link.Resolve(p.base, imageURL(t.Get("logo")))
	}
	if v := text.Line(p.itemText("publisher")); v != "" && p.a.Publisher.Name == "" {
		p.a.Publisher.Name = v
		p.found("publisher", "microdata:publisher")
	}
	if p.a.Publisher.Name == "" {
		if v := text.Line(p.meta("og:site_name")); v != "" {
			p.a.Publisher.Name = v
			p.found("publisher", "meta:og:site_name")
		} else if p.site != "" {
			p.found("publisher", "url")
		}
	}
}

// imageURL returns the address of an image given in JSON-LD.
func imageURL(v jsontree.Value) string {
	if v = v.First(); v.Kind() == jsontree.String {
		return v.Text()
	}
	for _, k := range [...]string{"url", "contentUrl"} {
		if s := v.Get(k).First().Text(); s != "" {
			return s
		}
	}
	return ""
}
