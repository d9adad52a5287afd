package extract

import (
	"dateline/extract/page"
	"dateline/internal/langid"
)

// statedLangs returns the page's own words for its language as BCP 47 tags, the
// most trusted first; those that are no language are "".
func statedLangs(p *page.Page) []claim {
	all := []claim{{p.HtmlLang, "page:lang"}, {p.News.Text("inLanguage"), "jsonld:inLanguage"}, {p.Meta("og:locale"), "meta:og:locale"},
		{p.Meta("content-language"), "meta:content-language"}, {p.Meta("dc.language"), "meta:dc.language"}}
	for i := range all {
		all[i].value = langid.Tag(all[i].value)
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
	return claim{lang, "page:text"}
}
