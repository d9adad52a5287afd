package extract

// bylinesOf sets who wrote the article: one person or agency each.
func (p *page) bylinesOf() {
	var names []string
	for _, v := range list(p.news["author"]) {
		t := p.thing(v)
		s := ""
		if t != nil {
			s = t.text("name")
		} else {
			s = ldText(v)
		}
		if s != "" {
			names = append(names, s)
		}
	}
	if len(names) > 0 {
		p.a.Bylines = names
		p.found("bylines", "jsonld:author")
	}
}
