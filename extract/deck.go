package extract

import (
	"dateline/extract/page"
	"dateline/internal/text"
)

// deck returns the sentence under the headline as the page states it.
func deck(p *page.Page, headline string, why *trace) claim {
	const short = 20 // bytes: a label, no sentence
	all := [...]claim{
		{p.News.Text("alternativeHeadline"), "jsonld:alternativeHeadline"},
		{p.News.Text("description"), "jsonld:description"},
		{p.ItemText("description"), "microdata:description"},
		{p.Meta("og:description"), "meta:og:description"},
		{p.Meta("description"), "meta:description"},
		{p.Meta("twitter:description"), "meta:twitter:description"},
	}
	if why != nil {
		why.claims("deck", all[:])
	}
	for _, c := range all {
		if v := text.Line(c.value); v != "" && text.Key(v) != text.Key(headline) && len(v) >= short {
			return claim{v, c.from}
		}
	}
	return claim{}
}
