// Package extract reads a captured page into an article: headline, bylines,
// dates, text, and for each the place on the page where it was found.
//
// A page is parsed once and walked once (walk.go). What it claims of itself is
// collected with its evidence, from JSON-LD (jsonld.go), microdata and RDFa
// (microdata.go), meta elements (meta.go) and from what it shows; then each
// field is reconciled in a file of its own: headline.go, byline.go with
// bylineshown.go and names.go, when.go with whenshown.go and whenorder.go (package date reads the dates),
// canonical.go, publisher.go, images.go, tags.go, lang.go, dateline.go and body.go with
// blocks.go (what the page's blocks are), root.go (which element holds the
// body), rules.go and lines.go (what rules say of each block), features.go and
// choose.go (what the model says), corrections.go and state.go. skip.go tells
// what is no article.
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
	detach(a)
	return a
}
