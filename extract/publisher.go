package extract

import (
	"dateline"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/text"
)

// publisher returns who prints, and where the page says so.
func publisher(p *page.Page) (pub dateline.Publisher, from string) {
	pub.Site = p.Site
	if t, ok := p.Thing(p.News.Get("publisher").First()); ok {
		pub.Name = t.Text("name")
		pub.Logo = link.Resolve(p.Base, page.ImageURL(t.Get("logo")))
		from = "jsonld:publisher"
	}
	if pub.Name != "" {
		return pub, from
	}
	if v := text.Line(p.ItemText("publisher")); v != "" {
		pub.Name = v
		return pub, "microdata:publisher"
	}
	if v := text.Line(p.Meta("og:site_name")); v != "" {
		pub.Name = v
		return pub, "meta:og:site_name"
	}
	if p.Site != "" {
		return pub, "url"
	}
	return pub, from
}
