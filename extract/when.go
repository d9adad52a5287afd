package extract

// dates sets when the article was published and modified.
func (p *page) dates() {
	for _, c := range []claim{
		{p.news.text("datePublished"), "jsonld:datePublished"},
		{p.itemText("datePublished"), "microdata:datePublished"},
		{p.meta("article:published_time"), "meta:article:published_time"},
	} {
		if d, ok := parseDate(c.value); ok {
			p.a.Published = d
			p.found("published", c.from)
			break
		}
	}
	for _, c := range []claim{
		{p.news.text("dateModified"), "jsonld:dateModified"},
		{p.itemText("dateModified"), "microdata:dateModified"},
		{p.meta("article:modified_time"), "meta:article:modified_time"},
	} {
		if d, ok := parseDate(c.value); ok {
			p.a.Modified = d
			p.found("modified", c.from)
			break
		}
	}
}
