package extract

import (
	"slices"

	"dateline/extract/page"
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
func paywall(p *page.Page, why *trace) (from string) {
	c := firstStated(p, "paywalled", accessPlaces, func(string) string { return "" }, why)
	if c.value != isPaid {
		return ""
	}
	return c.from
}
