package extract

import (
	"slices"

	"dateline"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/text"
)

// publisherPlaces are where a page names its publisher, the most trusted first.
var publisherPlaces = slices.Concat([]place[string]{{"jsonld:publisher", publisherName}, microdata("publisher")}, metas("og:site_name"))

// mostPublisher is how many bytes the name of a publisher has at most; set by eye.
const mostPublisher = 200

// publisher returns the publisher of the page, and the evidence: where the page names it,
// or "url" if it only follows from the address. Of a page whose address is not one of the
// web, the address that it states for itself tells the site.
func publisher(p *page.Page, why *trace) (pub dateline.Publisher, from string) {
	pub.Site = p.Site
	siteFrom := ofAddress
	if pub.Site == "" {
		pub.Site, siteFrom = statedSite(p)
	}
	t, stated := publisherOf(p)
	if stated {
		pub.Logo = link.Resolve(p.Base, page.ImageURL(t.Get("logo")))
	}
	name := firstStated(p, "publisher", publisherPlaces, func(value string) string {
		switch v := text.Line(value); {
		case v == "":
			return "it is empty"
		case len(v) > mostPublisher:
			return "it is too long for a name"
		}
		return ""
	}, why)
	why.ranked("publisher", claim{p.Site, ofAddress}, len(publisherPlaces)+1, "")
	switch {
	case name.value != "":
		pub.Name, from = text.Line(name.value), name.from
	case pub.Site != "":
		from = siteFrom
	case stated:
		from = publisherPlaces[0].name // where the logo stands
	}
	return pub, from
}

// publisherOf returns what JSON-LD says of the publisher.
func publisherOf(p *page.Page) (page.Thing, bool) { return p.Thing(p.News.Get("publisher").First()) }

// publisherName returns the name of the publisher in JSON-LD, "" if it has none.
func publisherName(p *page.Page) string {
	if t, ok := publisherOf(p); ok {
		return t.Text("name")
	}
	return ""
}

// statedSite returns the site of the address that a page states for itself, and where: for
// pages that were saved without their address. og:url and JSON-LD may name another page
// (see link.Known), but hardly one of another site.
func statedSite(p *page.Page) (site, from string) {
	stated := make([]claim, 0, len(p.Canonicals)+2)
	for _, c := range p.Canonicals {
		stated = append(stated, claim{c, "link:canonical"})
	}
	for _, c := range append(stated, claim{p.Meta("og:url"), "meta:og:url"}, claim{p.NewsAddress(), "jsonld:url"}) {
		address := link.Canonical(link.Resolve(p.Base, c.value))
		if site = link.Site(address); address != "" && site != "" && link.Believable(address, "") {
			return site, c.from
		}
	}
	return "", ""
}
