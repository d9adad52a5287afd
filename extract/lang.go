package extract

import (
	"slices"

	"dateline/extract/page"
	"dateline/internal/langid"
)

// langPlaces are where a page states the language of its text, the most trusted
// first. ofText is the evidence of what the text itself tells.
var langPlaces = slices.Concat([]place[string]{{"page:lang", func(p *page.Page) string { return p.HtmlLang }}, jsonLD("inLanguage")},
	metas("og:locale", "content-language", "dc.language"))

const ofText = "page:text"

// statedLangs returns the page's own words for its language as BCP 47 tags, the
// most trusted first; those that are no language are "".
func statedLangs(p *page.Page) []claim {
	all := make([]claim, len(langPlaces))
	for i := range langPlaces {
		all[i] = claim{langid.Tag(langPlaces[i].find(p)), langPlaces[i].name}
	}
	return all
}

// langOf returns the language of a text, for which the page states others: its
// own word for it, unless the text is plainly in another language.
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
