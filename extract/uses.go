package extract

import (
	"slices"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/text"
)

// usesOf returns what the elements of a page's head state of its use by others.
func usesOf(p *page.Page) (all []dateline.Use) {
	for _, name := range [...]string{"robots", "content-usage", "tdm-reservation", "tdm-policy"} {
		for _, value := range p.MetaAll(name) {
			for _, says := range text.Uses(name, value) {
				if u := (dateline.Use{Says: says, From: "meta:" + name}); !slices.Contains(all, u) {
					all = append(all, u)
				}
			}
		}
	}
	return all
}
