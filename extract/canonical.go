package extract

import (
	"dateline/extract/link"
	"dateline/extract/page"
)

// canonical returns the article's canonical address: what the page says of itself,
// if it is to be believed, else its own.
func canonical(p *page.Page) claim {
	for _, c := range p.Canonicals {
		abs := link.Resolve(p.Base, c)
		if abs == "" || !link.Believable(abs, p.Address) {
			continue
		}
		if u := link.Canonical(abs); u != "" {
			return claim{u, "link:canonical"}
		}
	}
	if u := link.Canonical(p.Address); u != "" {
		return claim{u, "url"}
	}
	return claim{}
}
