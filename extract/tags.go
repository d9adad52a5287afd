package extract

import "strings"

// sectionAndTags sets the site's own words for what the article is about.
func (p *page) sectionAndTags() {
	var tags []string
	for _, v := range p.news.texts("keywords") {
		for t := range strings.SplitSeq(v, ",") {
			if t = line(t); t != "" && !contains(tags, t) {
				tags = append(tags, t)
			}
		}
	}
	p.a.Tags = tags
	if len(tags) > 0 {
		p.found("tags", "jsonld:keywords")
	}
	p.a.Section = p.news.text("articleSection")
}
