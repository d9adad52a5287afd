package extract

import (
	"slices"

	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/extract/wall"
	"dateline/internal/text"
)

// What a page says of the access to its text.
const (
	isFree = "free"
	isPaid = "paid"
)

// accessPlaces are where a page says whether its text is cut for those who do not
// pay. The first that says either decides.
var accessPlaces = slices.Concat(
	[]place[string]{access(jsonLD("isAccessibleForFree"), []string{"true", "yes", "1"}, []string{"false", "no", "0"})},
	tiers("article:content_tier", "content_tier", "og:article:content_tier"),
	[]place[string]{access(microdata("isAccessibleForFree"), nil, []string{"false"})})

// access reads what a place gives as what it says of access, "" if it says nothing.
func access(at place[string], free, paid []string) place[string] {
	return place[string]{at.name, func(p *page.Page) string {
		switch value := text.Lower(at.find(p)); {
		case slices.Contains(free, value):
			return isFree
		case slices.Contains(paid, value):
			return isPaid
		}
		return ""
	}}
}

// tiers are <meta> elements that name the tier of readers that a text is for.
func tiers(names ...string) (all []place[string]) {
	for _, at := range metas(names...) {
		all = append(all, access(at, nil, []string{"locked"}))
	}
	return all
}

// paywall returns where the page says that its text is cut, "" if it does not.
func paywall(p *page.Page, b *body.Text, why *trace) (from string) {
	c := firstStated(p, "paywalled", accessPlaces, func(string) string { return "" }, why)
	switch {
	case c.value == isPaid:
		return c.from
	case c.value == isFree || len(b.Content) > mostBeforeOffer:
		return ""
	}
	for i := range b.Layout.Blocks {
		block := &b.Layout.Blocks[i]
		if block.Roles&(page.InNav|page.InFooter|page.Hidden|page.InComment|page.InRelated) == 0 && block.Size < 300 && wall.Offer(block.Text) {
			return shownOffer.Name
		}
	}
	return ""
}

// mostBeforeOffer is the most bytes of text before the offer of the rest: what is
// longer has an offer beside it, as most pages of newspapers do.
const mostBeforeOffer = 1500

// shownOffer is how a page that states nothing shows that its text is cut.
var shownOffer = Way{"paywall/offer", "paywalled: a line beside a short text that offers the rest to those who pay or sign in"}
