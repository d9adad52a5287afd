// Package extract reads a captured page into an article: headline, bylines,
// dates, text, and for each the place on the page where it was found.
//
// extract.go states the order of the steps and what each needs of those before it;
// capture.go and article.go are the ways in. What a page says is read by package
// extract/page, before anybody judges. Then a file a field chooses among what was
// found, each value with the way in which it was found as its evidence: headline.go
// with site.go (the names of the site, which are no part of it), byline.go with
// bylineshown.go (names in the lines around the headline), dates.go with
// datesshown.go, deck.go, canonical.go, publisher.go, lang.go, tags.go, images.go with
// captions.go, opening.go (the dateline), paywall.go, credits.go (who did something
// else than write, the kind of the article, the original of a copy), embeds.go and
// updates.go (the entries of live blogs). shown.go is what bylines and dates share:
// the lines around the headline. Package extract/body chooses the text; skip.go
// tells what is no article. place.go is how tables of places are tried in order,
// ways.go lists the ways of all tables, explain.go says why a record
// is as it is, training.go gives the trainer of the body model what the model sees,
// detach.go lets go of the page, and wrap.go offers functions of the packages below
// to those who import only this one. doc/extraction.md tells it all from first to last.
package extract

import (
	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
)

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
