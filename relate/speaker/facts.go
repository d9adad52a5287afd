package speaker

import (
	"slices"

	"dateline"
	"dateline/query"
)

// facts are what one article tells of the people and bodies in it. Its mentions
// are read once for all statements and occurrences of the article that follow each
// other, however many these are. The zero value is ready.
type facts struct {
	of    *dateline.Findings
	held  map[string][]string // roles, by key of the name
	named []string            // keys of people and bodies, one more than are compared
	whos  []string            // keys of those who speak
}

// maxRoles bounds the roles that an article has for one name.
const maxRoles = 20

// read takes from the findings of an article what it tells of its speakers, and forgets
// the article before.
func (c *facts) read(f *dateline.Findings) {
	if c.of == f {
		return
	}
	*c = facts{of: f, held: map[string][]string{}}
	seen := map[string]bool{"": true}
	for _, m := range f.Mentions {
		counts := m.Name() && m.Kind != "place" && len(c.named) <= maxFeatures
		holds := m.Role != nil && m.Role.Text != ""
		if !counts && !holds {
			continue
		}
		key := Key(m.Entity)
		if list := c.held[key]; holds && len(list) < maxRoles && !slices.Contains(list, m.Role.Text) {
			c.held[key] = append(list, m.Role.Text)
		}
		if counts && !seen[key] {
			seen[key] = true
			c.named = append(c.named, key)
		}
	}
	for _, s := range f.Statements[:min(len(f.Statements), maxFeatures)] {
		if k := Key(s.Who); k != "" {
			c.whos = append(c.whos, k)
		}
	}
}

// roles returns what the article of r says that its speaker is: the role that the
// statement has, then up to 20 others.
func (c *facts) roles(r Statement) []string {
	c.read(r.Findings)
	list := c.held[Key(r.Name())]
	role := r.Finding().Role
	if role == "" {
		return list
	}
	return append([]string{role}, slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == role })...)
}

// rolesOf returns the roles that an article gives to one of its speakers.
func (c *facts) rolesOf(o occurrence) []string {
	var list []string
	seen := map[string]bool{}
	for _, r := range o.statements {
		for _, role := range c.roles(r) {
			if !seen[role] {
				seen[role] = true
				list = append(list, query.Fold(role))
			}
		}
	}
	return list
}

// others returns the other people and bodies that the article of o names.
func (c *facts) others(o occurrence) []string {
	c.read(o.statements[0].Findings)
	own := func(key string) bool { return key == o.key }
	list := slices.DeleteFunc(slices.Clone(c.named), own)
	list = list[:min(len(list), maxFeatures)]
	return append(list, slices.DeleteFunc(slices.Clone(c.whos), own)...)
}
