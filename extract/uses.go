package extract

import (
	"slices"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/text"
)

// usesOf returns what the elements of a page's head state of its use by others.
func usesOf(p *page.Page) (all []dateline.Use) {
	for _, at := range []struct {
		name string
		read func(string) []string
	}{
		{"robots", text.RobotsUses},
		{"content-usage", text.StatedUses},
		{"tdm-reservation", func(v string) []string { return text.TDMUses("tdm-reservation", v) }},
		{"tdm-policy", func(v string) []string { return text.TDMUses("tdm-policy", v) }},
	} {
		for _, value := range p.MetaAll(at.name) {
			for _, says := range at.read(value) {
				if u := (dateline.Use{Says: says, From: "meta:" + at.name}); !slices.Contains(all, u) {
					all = append(all, u)
				}
			}
		}
	}
	return all
}
