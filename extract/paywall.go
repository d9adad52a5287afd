package extract

import (
	"strings"

	"dateline/extract/page"
	"dateline/internal/text"
)

// paywall returns where the page says that its text is cut, "" if it does not.
func paywall(p *page.Page) (from string) {
	switch text.Lower(p.News.Text("isAccessibleForFree")) {
	case "false", "no", "0":
		return "jsonld:isAccessibleForFree"
	case "true", "yes", "1":
		return ""
	}
	for _, m := range p.Metas {
		switch m.Name {
		case "article:content_tier", "content_tier", "og:article:content_tier":
			if strings.EqualFold(m.Content, "locked") {
				return "meta:" + m.Name
			}
		}
	}
	if free := p.ItemText("isAccessibleForFree"); free == "false" || free == "False" {
		return "microdata:isAccessibleForFree"
	}
	return ""
}
