package extract

import "dateline/extract/body"

// A Way is a way of finding a field in what a page shows to readers. Its name is the
// field's evidence. For what a page states in its metadata there is no Way: the evidence
// is the name of the place, as in "jsonld:headline", "meta:article:published_time",
// "microdata:author", "link:canonical" or "url".
type Way struct {
	Name  string `json:"name"`  // "byline/by-word": also where to look in the code
	Looks string `json:"looks"` // what it looks for
}

// Ways returns all ways of finding fields in what a page shows. Those of one field come
// in the order in which they are tried. They are taken from the very tables that the
// extraction uses (in headline.go, bylineshown.go, datesshown.go, tags.go and so on).
func Ways() []Way {
	var all []Way
	for i := range headingWays {
		all = append(all, headingWays[i].Way)
	}
	all = append(all, Way{titleOfPage.name, "headline: the title of the page, without the site's name"}, titleLine)
	for i := range lineWays {
		if lineWays[i].Name != "" {
			all = append(all, lineWays[i].Way)
			continue
		}
		for k := range lineMarks {
			all = append(all, lineMarks[k].Way)
		}
	}
	for _, w := range pageWays {
		all = append(all, w.Way)
	}
	for _, w := range textWays {
		all = append(all, w.Way)
	}
	for i := range dateLineWays {
		all = append(all, dateLineWays[i].Way)
	}
	for i := range lastResorts {
		if lastResorts[i].Looks != "" {
			all = append(all, lastResorts[i].Way)
		}
	}
	for _, w := range body.FieldWays() {
		all = append(all, Way{w.Name, w.Says})
	}
	for i := range tagWays {
		all = append(all, tagWays[i].Way)
	}
	all = append(all, quotedPost, timedEntry)
	return append(all, creditLine, sponsoredLabel, datelineElement, shownImages, shownOffer, Way{langPlaces[0].name, "the language that the root element gives"},
		Way{ofText, "the text itself: its language, its dateline, its corrections"})
}
