package extract

import (
	"cmp"

	"dateline/extract/link"
	"dateline/extract/page"
)

// canonicalWays are the ways of finding the article's canonical address, in the
// order in which they are tried.
var canonicalWays = []struct {
	name string
	find func(p *page.Page, way string, why *trace) string
}{
	{"link:canonical", statedCanonical},
	{"url", ownAddress},
}

// canonical returns the article's canonical address: what the page says of itself,
// if it is to be believed, else its own.
func canonical(p *page.Page, why *trace) (found claim) {
	for _, way := range canonicalWays {
		if address := way.find(p, way.name, why); address != "" && found.value == "" {
			found = claim{address, way.name}
			if why == nil {
				return found
			}
		}
	}
	return found
}

// statedCanonical returns the address that a link of the page names as canonical.
func statedCanonical(p *page.Page, way string, why *trace) string {
	for i, c := range p.Canonicals {
		abs := link.Resolve(p.Base, c)
		address, fault := "", ""
		switch {
		case abs == "":
			fault = "it is no address"
		case !link.Believable(abs, p.Address):
			fault = "it is the first page of a site, or of another site than the page"
		default:
			if address = link.Canonical(abs); address == "" {
				fault = "it is no address of the web"
			}
		}
		why.ranked("canonical", claim{cmp.Or(address, c), way}, i+1, fault)
		if address != "" {
			return address
		}
	}
	return ""
}

// ownAddress returns the address that the page was captured from.
func ownAddress(p *page.Page, way string, why *trace) string {
	address := link.Canonical(p.Address)
	why.ranked("canonical", claim{address, way}, len(p.Canonicals)+1, "")
	return address
}
