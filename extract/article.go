// Package extract reads a captured page into an article: headline, bylines,
// dates, text, and for each the place on the page where it was found.
//
// capture.go and article.go are the ways in, and wrap.go passes on functions of packages
// below this one. extract.go states the order of the steps and what each needs of those
// before it. What a page contains is read by package extract/page. Then there is a file
// for each field, or two, which chooses among the values that were found; the way in
// which the chosen value was found is its evidence:
//
//   - headline.go, with site.go for the names of the site, which are cut off headlines
//   - byline.go for what the page states, bylineshown.go for the lines around the headline
//   - dates.go for the choice, datesshown.go for the dates in the lines that it shows
//   - images.go, with captions.go
//   - credits.go: who did something else than write, what is known of the authors, the
//     kind of the article, the original of a copy
//   - opening.go for the dateline, updates.go for the entries of live blogs
//   - deck.go, canonical.go, publisher.go, lang.go, tags.go (also the section), paywall.go,
//     embeds.go and uses.go (what the page states of its use by others)
//
// shown.go has what bylines and dates share: the lines around the headline, and the dates
// that a page states. Package extract/body chooses the text, and skip.go tells which
// pages are no articles. place.go tries places in the order of trust, ways.go lists all
// ways of finding fields, explain.go says why a record is as it is, went.go which
// fields have the words that are left out of the text, training.go gives the
// trainer of the body model its input, and detach.go copies a record's strings so that it
// does not hold on to the page. doc/extraction.md describes all of it from first to last.
package extract

import (
	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
)

// fromHTML reads a page into its record. charset is the one that the HTTP header
// declares, "" if it declares none.
func fromHTML(html []byte, address, charset string) *dateline.Article {
	t := dom.Parse(dom.Decode(html, charset))
	defer t.Release()
	p := page.Read(t, address)
	defer p.Release()
	a := read(p, nil)
	nameChallenge(a, p, html)
	detach(a)
	return a
}
