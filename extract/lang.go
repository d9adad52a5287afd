package extract

import (
	"slices"

	"dateline/extract/page"
	"dateline/internal/langid"
)

// langPlaces are where a page states the language of its text, the most trusted first.
var langPlaces = slices.Concat([]place[string]{{"page:lang", func(p *page.Page) string { return p.HtmlLang }}, jsonLD("inLanguage")},
	metas("og:locale", "content-language", "dc.language"))

// ofText is the evidence of a field whose value comes from the text itself.
const ofText = "page:text"

// statedLangs returns the language that each of langPlaces states, as a BCP 47 tag; ""
// for a place that states none.
func statedLangs(p *page.Page) []claim {
	all := make([]claim, len(langPlaces))
	for i := range langPlaces {
		all[i] = claim{langid.Tag(langPlaces[i].find(p)), langPlaces[i].name}
	}
	return all
}

// langOf returns the language of a text: one of those that the page states, unless the
// text is clearly in another one. The claim is zero if neither tells the language.
func langOf(text string, stated []claim) claim {
	var tags [8]string
	for i, c := range stated {
		tags[i] = c.value
	}
	lang := langid.Detect(text, tags[:len(stated)]...)
	if lang == "" {
		return claim{}
	}
	for _, c := range stated {
		if langid.Base(c.value) == langid.Base(lang) {
			return claim{lang, c.from}
		}
	}
	return claim{lang, ofText}
}
