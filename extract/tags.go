package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A tagList is the tags that one source gives.
type tagList struct {
	tags []string
	keys []string // of the tags, to be compared
	from string
}

// sectionAndTags sets the site's own words for what the article is about: the
// list that shares most with the others, the first of equals.
func (p *page) sectionAndTags() {
	p.section()
	lists := p.tagLists()
	best, most := -1, -1.0
	for i := range lists {
		score := 0.0
		for j := range lists {
			if i != j {
				if share := inCommon(lists[i].keys, lists[j].keys); share > 0.2 {
					score += share
				}
			}
		}
		if score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		p.sectionTags()
		return
	}
	for _, l := range lists {
		if len(lists[best].tags) == 1 && len(l.tags) > 2 && slices.Contains(l.keys, lists[best].keys[0]) {
			lists[best] = l // the only one is the first of many
		}
	}
	p.a.Tags = lists[best].tags
	p.found("tags", lists[best].from)
}

// sectionTags gives a news article without tags those sections as tags that its
// JSON-LD puts it in.
func (p *page) sectionTags() {
	if p.news.newsRank() < newsTypes["NewsArticle"] {
		return
	}
	if p.a.Tags = p.splitTags(p.news.texts("articleSection")); len(p.a.Tags) > 0 {
		p.found("tags", "jsonld:articleSection")
	}
}

// tagLists returns the tags by where they were found, the most trusted first.
func (p *page) tagLists() (lists []tagList) {
	add := func(source, name string, tags []string) {
		if len(tags) == 0 || codes(tags) {
			return
		}
		l := tagList{tags: tags, from: source + name, keys: make([]string, 0, len(tags))}
		for _, t := range tags {
			l.keys = append(l.keys, text.Key(t))
		}
		if !p.addressWords(l.keys) {
			lists = append(lists, l)
		}
	}
	add("jsonld:", "keywords", p.splitTags(p.news.texts("keywords")))
	for _, name := range [...]string{"news_keywords", "article:tag"} {
		add("meta:", name, p.splitTags(p.metaAll(name)))
	}
	add("microdata:", "keywords", p.splitTags(p.itemTexts("keywords")))
	for _, name := range [...]string{"parsely-tags", "sailthru.tags", "keywords", "dc.subject", "tags"} {
		add("meta:", name, p.splitTags(p.metaAll(name)))
	}
	for i := range p.metas {
		if name := p.metas[i].name; strings.HasSuffix(name, ":tags") {
			add("meta:", name, p.splitTags([]string{p.metas[i].content}))
		}
	}
	add("page:", "tags", p.cleanTags(p.printedTags()))
	return lists
}

// addressWords reports whether tags are hardly more than the words of the
// page's address.
func (p *page) addressWords(keys []string) bool {
	address := text.Lower(p.address)
	n := 0
	for _, k := range keys {
		if strings.Contains(address, k) {
			n++
		}
	}
	return len(keys) > 5 && n*5 > len(keys)*4
}

// inCommon returns the share of what is in either list that is in both.
func inCommon(a, b []string) float64 {
	both := 0
	for _, k := range a {
		if slices.Contains(b, k) {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// section sets the site's heading that the article stands under.
func (p *page) section() {
	for _, c := range []claim{{p.news.text("articleSection"), "jsonld:articleSection"}, {p.itemText("articleSection"), "microdata:articleSection"},
		{p.meta("article:section"), "meta:article:section"}, {p.meta("parsely-section"), "meta:parsely-section"}, {p.meta("section"), "meta:section"}} {
		if v := text.Line(c.value); v != "" && len(v) < 80 {
			p.a.Section = v
			p.found("section", c.from)
			return
		}
	}
}

// splitTags splits lists of tags at their commas.
func (p *page) splitTags(values []string) []string {
	var room [64]string
	all := room[:0]
	for _, v := range values {
		at := slices.IndexFunc(tagSeps[:], func(sep string) bool { return strings.Contains(v, sep) })
		if at < 0 {
			all = append(all, v)
			continue
		}
		for part := range strings.SplitSeq(v, tagSeps[at]) {
			all = append(all, part)
		}
	}
	return p.cleanTags(all)
}

var tagSeps = [...]string{",", ";", "|", "、"}

// cleanTags drops repeats and what is no tag.
func (p *page) cleanTags(values []string) (tags []string) {
	var room [32]string
	seen := room[:0]
	for _, t := range values {
		t = cleanTag(t)
		k := text.Lower(t)
		if t == "" || slices.Contains(seen, k) || p.noTag(t) || utf8.RuneCountInString(t) > 80 || strings.Contains(t, "://") || len(tags) >= 100 {
			continue
		}
		seen = append(seen, k)
		if tags == nil {
			tags = make([]string, 0, min(len(values), 100))
		}
		tags = append(tags, t)
	}
	return tags
}

// cleanTag trims a tag; "topic/storms" is "storms", "(2) storms" too.
func cleanTag(t string) string {
	t = strings.Trim(text.Line(t), "\"'[] ")
	if rest, ok := strings.CutPrefix(t, "("); ok {
		if n, after, ok := strings.Cut(rest, ") "); ok && strings.Trim(n, "0123456789") == "" {
			t = after
		}
	}
	if kind, rest, ok := strings.Cut(t, "/"); ok && rest != "" && !strings.ContainsAny(t, " ") == !strings.ContainsAny(kind, " ") &&
		slices.Contains([]string{"topic", "topics", "tag", "tags", "section", "sections", "organization", "organisation", "person", "people", "place", "location", "keyword", "category", "subject"}, text.Lower(kind)) {
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
	if label, _, ok := strings.Cut(t, ":"); ok && text.StartsCapital(label) && !strings.Contains(t[len(label):], ": \"") && len(label) < 24 && len(t) > len(label)+2 {
		return true
	}
	if len(t) == 36 && strings.Count(t, "-") == 4 && !strings.Contains(t, " ") {
		return true
	}
	return !strings.Contains(t, " ") && strings.Count(t, ".") == 1 && link.Site("https://"+text.Lower(t)+"/") == text.Lower(t) && strings.Contains(p.site, text.Lower(t))
}

// leadsWithin reports whether a block is a link to a page of this site.
func (p *page) leadsWithin(b *block) bool {
	for n := b.node; n < min(p.t.End(b.node), b.node+10); n++ {
		if p.t.Tag(n) == dom.A {
			return p.ownSite(link.Resolve(p.base, p.t.Attr(n, dom.Href)))
		}
	}
	return true
}

// isSiteName reports whether a tag is the very name of the site.
func (p *page) isSiteName(t string) bool {
	return slices.Contains(p.siteKeys(), text.Key(t))
}

// printedTags returns the texts of the links that the page marks as its tags;
// where it marks none, of those in the first box named so under the headline,
// or else of those that lead to an address of tags, or of such a box above it.
func (p *page) printedTags() []string {
	var marked []string
	var boxed, linked, above tagBox
	head := dom.ID(0)
	if i := p.headLine(); i >= 0 {
		head = p.blocks[i].node
	}
	for n := dom.ID(1); n < dom.ID(p.t.Len()); n++ {
		if p.t.Tag(n) != dom.A || p.size[p.t.End(n)]-p.size[n] > 80 {
			continue
		}
		rel := p.t.Attr(n, dom.Rel)
		out := p.cues[n]&(cueNav|cueRelated|cueComment|cueHidden) != 0
		switch {
		case !out && (strings.EqualFold(rel, "tag") || strings.HasPrefix(rel, "tag ") || strings.HasSuffix(rel, " tag")):
			marked = append(marked, textOf(p.t, n))
		case n <= head && n > head-100 && !out && (p.cues[n]&cueTags != 0 || p.namedTags(n)):
			above.add(p, n)
		case n <= head || p.cues[n]&cueFooter != 0:
		case p.cues[n]&cueTags != 0 && !out, p.namedTags(n):
			boxed.add(p, n)
		case !out && tagAddress(p.t.Attr(n, dom.Href)) && !p.inSentence(n):
			linked.add(p, n)
		}
	}
	switch {
	case len(marked) > 0:
		return marked
	case len(boxed.tags) > 0:
		return boxed.tags
	case len(linked.tags) > 0:
		return linked.tags
	case len(above.tags) > 0:
		return above.tags
	}
	return p.listedTags()
}

// A tagBox collects the links of the first box that has tags.
type tagBox struct {
	tags []string
	end  dom.ID // of the box; 0 before the first
}

func (b *tagBox) add(p *page, n dom.ID) {
	if b.end != 0 && n >= b.end || len(b.tags) >= 40 {
		return
	}
	s := textOf(p.t, n)
	if s == "" || strings.Count(s, " ") > 5 {
		return
	}
	if b.end == 0 {
		box := n
		for range 3 {
			if up := p.t.Parent(box); up != 0 && p.size[p.t.End(up)]-p.size[up] < 600 {
				box = up
			}
		}
		b.end = p.t.End(box)
	}
	b.tags = append(b.tags, s)
}

// namedTags reports whether the innermost name around a link that says anything
// says that it is a tag.
func (p *page) namedTags(n dom.ID) bool {
	for c := p.t.First(n); c != 0; c = p.t.Next(c) {
		if p.own[c]&cueTags != 0 {
			return true
		}
	}
	for range 4 {
		if c := p.own[n]; c&cueTags != 0 {
			return true
		} else if c&(cueNav|cueRelated|cueComment|cueHidden) != 0 {
			return false
		}
		n = p.t.Parent(n)
	}
	return false
}

// inSentence reports whether a link is a part of running text.
func (p *page) inSentence(n dom.ID) bool {
	size := p.size[p.t.End(n)] - p.size[n]
	up := p.t.Parent(n)
	for up != 0 && p.t.Tag(up).Inline() {
		up = p.t.Parent(up)
	}
	return p.t.Tag(up) == dom.P && p.size[p.t.End(up)]-p.size[up] > 2*size+40
}

// tagAddress reports whether an address is that of a tag: /tag/storms.
func tagAddress(href string) bool {
	for i := range len(href) {
		for _, dir := range tagDirs.Begin(href[i:]) {
			if strings.HasPrefix(href[i:], dir) && len(href) > i+len(dir) {
				return true
			}
		}
	}
	return false
}

var tagDirs = text.NewPhrases("/tag/", "/tags/", "/topic/", "/topics/", "/thema/", "/themen/", "/tema/", "/temas/", "/keyword/", "/keywords/", "/schlagworte/", "/etiket/", "/etiqueta/", "/tagged/", "/sujet/", "/subject/", "/subjects/")

// listedTags returns the first list of short links under the body.
func (p *page) listedTags() (tags []string) {
	list := dom.ID(0)
	for i := p.last + 1; p.last >= 0 && i < min(len(p.blocks), p.last+16); i++ {
		b := &p.blocks[i]
		short := b.list != 0 && b.link == b.size && b.size < 40 && strings.Count(b.text, " ") < 4 && b.cue&(cueNav|cueRelated|cueShare|cueComment|cueSignup|cueFooter) == 0
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
		if text.Capitals(t) && text.Lower(t) != t && !strings.Contains(t, " ") {
			n++
		}
	}
	return len(tags) > 5 && n*3 > len(tags)*2
}
