package extract

import (
	"slices"

	"dateline/extract/page"
	"dateline/internal/text"
)

// deckPlaces are where a page states the sentence under its headline.
var deckPlaces = slices.Concat([]place[string]{jsonLD("alternativeHeadline"), jsonLD("description"), microdata("description")},
	metas("og:description", "description", "twitter:description"))

// How many bytes a deck has, set by eye. What is shorter is a label. What is longer is
// the text of the article, which some pages give as their description.
const (
	leastDeck = 20
	mostDeck  = 10_000
)

// deck returns the sentence under the headline as the page's metadata states it; the claim
// is zero if it states none.
func deck(p *page.Page, headline string, why *trace) claim {
	head := text.Key(headline)
	c := firstStated(p, "deck", deckPlaces, func(value string) string {
		switch v := text.Line(value); {
		case v == "":
			return "it is empty"
		case text.Key(v) == head:
			return "it only says the headline again"
		case len(v) < leastDeck:
			return "it is too short for a sentence"
		case len(v) > mostDeck:
			return "it is too long for a deck"
		}
		return ""
	}, why)
	return claim{text.Line(c.value), c.from}
}
