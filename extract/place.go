package extract

import "dateline/extract/page"

// A place is where a page can state a field of its record: one way of finding the
// field. Its name is the field's evidence. Fields are looked for in tables of
// places, the most trusted first.
type place[T any] struct {
	name string
	find func(*page.Page) T // zero if the page states nothing there
}

// jsonLD is a property of the article in the page's JSON-LD.
func jsonLD(property string) place[string] {
	return place[string]{"jsonld:" + property, func(p *page.Page) string { return p.News.Text(property) }}
}

// microdata is a property of the article in the page's microdata or RDFa.
func microdata(property string) place[string] {
	return place[string]{"microdata:" + property, func(p *page.Page) string { return p.ItemText(property) }}
}

// meta is the first <meta> element of a name.
func meta(name string) place[string] {
	return place[string]{"meta:" + name, func(p *page.Page) string { return p.Meta(name) }}
}

// metas are the first <meta> elements of several names.
func metas(names ...string) (all []place[string]) {
	for _, name := range names {
		all = append(all, meta(name))
	}
	return all
}

// parsely is a property that the page gives in the JSON of <meta name="parsely-page">.
func parsely(property string) place[string] {
	return place[string]{"meta:parsely-page", func(p *page.Page) string { return p.Parsely.Text(property) }}
}

// jsonLDs gives every value of a property of the article in JSON-LD.
func jsonLDs(property string) place[[]string] {
	return place[[]string]{"jsonld:" + property, func(p *page.Page) []string { return p.News.Texts(property) }}
}

// microdatas gives every value of a property of the article in microdata or RDFa.
func microdatas(property string) place[[]string] {
	return place[[]string]{"microdata:" + property, func(p *page.Page) []string { return p.ItemTexts(property) }}
}

// parselies gives every value of a property in <meta name="parsely-page">.
func parselies(property string) place[[]string] {
	return place[[]string]{"meta:parsely-page", func(p *page.Page) []string { return p.Parsely.Texts(property) }}
}

// allMetas gives, for each of several names, the contents of all <meta> elements of it.
func allMetas(names ...string) (all []place[[]string]) {
	for _, name := range names {
		all = append(all, place[[]string]{"meta:" + name, func(p *page.Page) []string { return p.MetaAll(name) }})
	}
	return all
}

// firstStated returns the first value that one of the places states and that refuse
// accepts, with the name of the place; the claim is zero if there is none. refuse returns
// why a value cannot be used, "" if it can.
func firstStated(p *page.Page, field string, places []place[string], refuse func(value string) string, why *trace) (found claim) {
	for i := range places {
		at := &places[i]
		value := at.find(p)
		if value == "" {
			continue
		}
		fault := refuse(value)
		if found.value == "" && fault == "" {
			found = claim{value, at.name}
			if why == nil {
				return found
			}
		}
		why.ranked(field, claim{value, at.name}, i+1, fault)
	}
	return found
}
