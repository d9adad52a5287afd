package extract

// publisher sets who prints.
func (p *page) publisher() {
	p.a.Publisher.Site = p.site
	if t := p.thing(first(list(p.news["publisher"]))); t != nil {
		p.a.Publisher.Name = t.text("name")
		p.found("publisher", "jsonld:publisher")
		p.a.Publisher.Logo = resolve(p.base, imageURL(t["logo"]))
	}
	if p.a.Publisher.Name == "" {
		if v := line(p.meta("og:site_name")); v != "" {
			p.a.Publisher.Name = v
			p.found("publisher", "meta:og:site_name")
		} else if p.site != "" {
			p.found("publisher", "url")
		}
	}
}

func first(all []any) any {
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

// imageURL returns the address of an image given in JSON-LD.
func imageURL(v any) string {
	switch v := first(list(v)).(type) {
	case string:
		return v
	case map[string]any:
		for _, k := range [...]string{"url", "contentUrl"} {
			if s, ok := first(list(v[k])).(string); ok && s != "" {
				return s
			}
		}
	}
	return ""
}
