package extract

import (
	"cmp"

	"dateline/extract/link"
	"dateline/extract/page"
)

// ofAddress is the evidence of a field whose value comes from the address of the page
// alone.
const ofAddress = "url"

// canonical returns the address that the article is known by, which link.Known chooses
// among those that the page gives.
func canonical(p *page.Page, why *trace) claim {
	facts := link.Facts{Base: p.Base, Links: p.Canonicals, OG: p.Meta("og:url"), JSONLD: p.NewsAddress()}
	address, way := link.Known(p.Address, facts)
	if why != nil {
		explainCanonical(p.Address, facts, why)
	}
	return claim{address, way}
}

// explainCanonical notes each address that a page gives for an explanation, the most
// trusted first.
func explainCanonical(address string, facts link.Facts, why *trace) {
	rank := 0
	note := func(one link.Facts, stated, way string) {
		if rank++; stated == "" && way != ofAddress {
			return
		}
		fault := ""
		found, by := link.Known(address, one)
		if by != way {
			fault = "it is the first page of a site, or of another site than the page"
			if link.Canonical(link.Resolve(facts.Base, stated)) == "" {
				fault = "it is no address of the web"
			}
		}
		why.ranked("canonical", claim{cmp.Or(found, stated), way}, rank, fault)
	}
	for _, c := range facts.Links {
		note(link.Facts{Base: facts.Base, Links: []string{c}}, c, "link:canonical")
	}
	note(link.Facts{Base: facts.Base, OG: facts.OG}, facts.OG, "meta:og:url")
	note(link.Facts{Base: facts.Base, JSONLD: facts.JSONLD}, facts.JSONLD, "jsonld:url")
	note(link.Facts{}, "", ofAddress)
}
