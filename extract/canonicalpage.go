package extract

import (
	"dateline"
	"dateline/extract/dump"
	"strings"

	"dateline/extract/link"
	"dateline/internal/text"
)

// ownSite reports whether an address is of the page's site.
func (p *page) ownSite(address string) bool {
	host := link.Host(address)
	switch {
	case host == "":
	case host == link.Host(p.address):
		return true
	case !strings.HasSuffix(strings.TrimSuffix(text.Lower(host), "."), p.site):
		return false
	}
	if host == "" || host != p.asked { // what a page links to, it links to often
		p.asked, p.askedOwn = host, link.Site(address) == p.site
	}
	return p.askedOwn
}

// canonical sets the article's canonical URL from what the page says of itself.
func (p *page) canonical() {
	for _, c := range p.canonicals {
		abs := link.Resolve(p.base, c.value)
		if abs == "" || !link.Believable(abs, p.address) {
			continue
		}
		if u := link.Canonical(abs); u != "" {
			p.a.Canonical = u
			p.found("canonical", c.from)
			return
		}
	}
	if u := link.Canonical(p.address); u != "" {
		p.a.Canonical = u
		p.found("canonical", "url")
	}
}

// Canonical returns the address an article is known by: see link.Canonical.
func Canonical(address string) string { return link.Canonical(address) }

// Site returns the registrable domain of an address: see link.Site.
func Site(address string) string { return link.Site(address) }

// Dump reads one flattened dump: see dump.Read.
func Dump(text []byte) *dateline.Article { return dump.Read(text) }
