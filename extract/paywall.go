package extract

import (
	"slices"

	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/extract/wall"
	"dateline/internal/text"
)

// What a page can say about who may read its text.
const (
	isFree = "free"
	isPaid = "paid"
)

// accessPlaces are where a page states whether its text is free or for those who pay. The
// first that states either decides.
var accessPlaces = slices.Concat(
	[]place[string]{access(jsonLD("isAccessibleForFree"), []string{"true", "yes", "1"}, []string{"false", "no", "0"})},
	tiers("article:content_tier", "content_tier", "og:article:content_tier"),
	[]place[string]{access(microdata("isAccessibleForFree"), nil, []string{"false"})})

// access returns a place that gives isFree or isPaid for the values of another place that
// mean so, and "" for all others.
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

// tiers returns the places in <meta> elements that say which readers a text is for.
func tiers(names ...string) (all []place[string]) {
	for _, at := range metas(names...) {
		all = append(all, access(at, nil, []string{"locked"}))
	}
	return all
}

// paywall returns where the page says that its text is for those who pay: a place in its
// metadata, or a line beside a short text that offers the rest. It is "" if the page does
// not say so.
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

// mostBeforeOffer is how many bytes a text has at most that is only the beginning, before
// the offer of the rest. Longer texts are whole, and an offer of a subscription stands
// beside them, as on most pages of newspapers.
const mostBeforeOffer = 1500

// shownOffer is the way of finding that a text is for those who pay, on a page that states
// nothing about it.
var shownOffer = Way{"paywall/offer", "paywalled: a line beside a short text that offers the rest to those who pay or sign in"}
