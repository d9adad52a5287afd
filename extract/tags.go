package extract

import (
	"strings"
	"unicode/utf8"

	"dateline/internal/dom"
)

// sectionAndTags sets the site's own words for what the article is about.
func (p *page) sectionAndTags() {
	p.section()
	var stated []claim
	var lists [][]string
	add := func(from string, values []string) {
		if tags := p.cleanTags(values); len(tags) > 0 {
			stated = append(stated, claim{from: from})
			lists = append(lists, tags)
		}
	}
	add("jsonld:keywords", p.news.texts("keywords"))
	add("meta:news_keywords", p.metaAll("news_keywords"))
	add("meta:article:tag", p.metaAll("article:tag"))
	add("microdata:keywords", p.itemTexts("keywords"))
	add("meta:parsely-tags", p.metaAll("parsely-tags"))
	add("meta:sailthru.tags", p.metaAll("sailthru.tags"))
	add("meta:keywords", p.metaAll("keywords"))
	add("page:tags", p.printedTags())
	if len(lists) > 1 && codes(lists[0]) {
		lists, stated = lists[1:], stated[1:]
	}
	if len(lists) > 0 {
		p.a.Tags = lists[0]
		p.found("tags", stated[0].from)
	}
}

// section sets the site's heading that the article stands under.
func (p *page) section() {
	for _, c := range []claim{{p.news.text("articleSection"), "jsonld:articleSection"}, {p.itemText("articleSection"), "microdata:articleSection"},
		{p.meta("article:section"), "meta:article:section"}, {p.meta("parsely-section"), "meta:parsely-section"}, {p.meta("section"), "meta:section"}} {
		if v := line(c.value); v != "" && len(v) < 80 {
			p.a.Section = v
			p.found("section", c.from)
			return
		}
	}
}

// cleanTags splits lists of tags at commas and drops repeats and what is no tag.
func (p *page) cleanTags(values []string) (tags []string) {
	seen := map[string]bool{}
	for _, v := range values {
		parts := []string{v}
		for _, sep := range []string{",", ";", "|", "、"} {
			if strings.Contains(v, sep) {
				parts = strings.Split(v, sep)
				break
			}
		}
		for _, t := range parts {
			t = cleanTag(t)
			k := strings.ToLower(t)
			if t == "" || seen[k] || p.noTag(t) || utf8.RuneCountInString(t) > 80 || strings.Contains(t, "://") || len(tags) >= 100 {
				continue
			}
			seen[k] = true
			tags = append(tags, t)
		}
	}
	return tags
}

// cleanTag trims a tag; "topic/storms" is "storms", "(2) storms" too.
func cleanTag(t string) string {
	t = strings.Trim(line(t), "#\"'[] ")
	if rest, ok := strings.CutPrefix(t, "("); ok {
		if n, after, ok := strings.Cut(rest, ") "); ok && strings.Trim(n, "0123456789") == "" {
			t = after
		}
	}
	if kind, rest, ok := strings.Cut(t, "/"); ok && rest != "" && !strings.ContainsAny(t, " ") == !strings.ContainsAny(kind, " ") &&
		contains([]string{"topic", "topics", "tag", "tags", "section", "sections", "organization", "organisation", "person", "people", "place", "location", "keyword", "category", "subject"}, strings.ToLower(kind)) {
		t = rest
	}
	return t
}

// noTag reports whether a keyword is meant for machines: a number, a code, the
// site's own name, a label of a list ("Category: World").
func (p *page) noTag(t string) bool {
	if strings.Trim(t, "0123456789") == "" || p.isSiteName(t) || strings.HasPrefix(t, "_") {
		return true
	}
	if label, _, ok := strings.Cut(t, ":"); ok && capital(label) && !strings.Contains(t[len(label):], ": \"") && len(label) < 24 && len(t) > len(label)+2 {
		return true
	}
	if len(t) == 36 && strings.Count(t, "-") == 4 && !strings.Contains(t, " ") {
		return true
	}
	return !strings.Contains(t, " ") && strings.Count(t, ".") == 1 && Site("https://"+strings.ToLower(t)+"/") == strings.ToLower(t) && strings.Contains(p.site, strings.ToLower(t))
}

// leadsWithin reports whether a block is a link to a page of this site.
func (p *page) leadsWithin(b *block) bool {
	for n := b.node; n < min(p.t.End(b.node), b.node+10); n++ {
		if p.t.Tag(n) == dom.A {
			return Site(resolve(p.base, p.t.Attr(n, dom.Href))) == p.site
		}
	}
	return true
}

// isSiteName reports whether a tag is the very name of the site.
func (p *page) isSiteName(t string) bool {
	return contains(p.siteKeys(), norml(t))
}

// printedTags returns the texts of the links that the page marks as its tags,
// or, where it marks none, of those in a box named so.
func (p *page) printedTags() []string {
	var marked, boxed []string
	head := dom.ID(0)
	if i := p.headBlock(len(p.blocks)); i >= 0 {
		head = p.blocks[i].node
	}
	for n := dom.ID(1); n < dom.ID(p.t.Len()); n++ {
		if p.t.Tag(n) != dom.A || p.size[p.t.End(n)]-p.size[n] > 80 || p.cues[n]&(cueNav|cueRelated|cueComment|cueHidden) != 0 {
			continue
		}
		rel := strings.ToLower(p.t.Attr(n, dom.Rel))
		switch {
		case rel == "tag", strings.HasPrefix(rel, "tag "), strings.HasSuffix(rel, " tag"):
			marked = append(marked, line(p.t.Text(n)))
		case p.cues[n]&(cueTags|cueFooter) == cueTags && n > head && len(boxed) < 40:
			boxed = append(boxed, line(p.t.Text(n)))
		}
	}
	if len(marked) > 0 {
		return marked
	}
	switch {
	case len(boxed) > 25:
		return nil
	case len(boxed) == 0:
		return p.listedTags()
	}
	return boxed
}

// listedTags returns the first list of short links under the body.
func (p *page) listedTags() (tags []string) {
	list := dom.ID(0)
	for i := p.last + 1; p.last >= 0 && i < min(len(p.blocks), p.last+16); i++ {
		b := &p.blocks[i]
		short := b.list != 0 && b.link == b.size && b.size < 40 && len(strings.Fields(b.text)) < 5 && b.cue&(cueNav|cueRelated|cueShare|cueComment|cueSignup|cueFooter) == 0
		switch {
		case short && (list == 0 || list == b.list) && p.leadsWithin(b):
			list = b.list
			tags = append(tags, b.text)
		case len(tags) > 0:
			i = len(p.blocks)
		}
	}
	if len(tags) < 2 || len(tags) > 15 {
		return nil
	}
	return tags
}

// codes reports whether most of the tags are codes of a newsroom's own.
func codes(tags []string) bool {
	n := 0
	for _, t := range tags {
		if strings.ToUpper(t) == t && strings.ToLower(t) != t && !strings.Contains(t, " ") {
			n++
		}
	}
	return len(tags) > 5 && n*3 > len(tags)*2
}
