package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline/extract/body"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// A tagList is the tags that one source gives.
type tagList struct {
	tags []string
	keys []string // of the tags, to be compared
	from string
}

// tagging finds what a page says that its article is about.
type tagging struct {
	*siteNames
	shown *shown
	body  *body.Text
	why   *trace
}

// tags returns the site's own words for what the article is about: the list that
// shares most with the others, the first of equals. A news article without any
// gets those sections that its JSON-LD puts it in.
func tags(names *siteNames, around *shown, b *body.Text, why *trace) (list []string, from string) {
	p := &tagging{names, around, b, why}
	lists := p.lists()
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
		if why != nil {
			why.candidate("tags", claim{strings.Join(lists[i].tags, ", "), lists[i].from}, score, "")
		}
		if score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		if p.News.NewsRank() < page.RankNews {
			return nil, ""
		}
		return p.splitTags(p.News.Texts("articleSection")), "jsonld:articleSection"
	}
	for _, l := range lists {
		if len(lists[best].tags) == 1 && len(l.tags) > 2 && slices.Contains(l.keys, lists[best].keys[0]) {
			lists[best] = l // the only one is the first of many
		}
	}
	return lists[best].tags, lists[best].from
}

// lists returns the tags by where they were found, the most trusted first.
func (p *tagging) lists() (lists []tagList) {
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
	add("jsonld:", "keywords", p.splitTags(p.News.Texts("keywords")))
	for _, name := range [...]string{"news_keywords", "article:tag"} {
		add("meta:", name, p.splitTags(p.MetaAll(name)))
	}
	add("microdata:", "keywords", p.splitTags(p.ItemTexts("keywords")))
	for _, name := range [...]string{"parsely-tags", "sailthru.tags", "keywords", "dc.subject", "tags"} {
		add("meta:", name, p.splitTags(p.MetaAll(name)))
	}
	for i := range p.Metas {
		if name := p.Metas[i].Name; strings.HasSuffix(name, ":tags") {
			add("meta:", name, p.splitTags([]string{p.Metas[i].Content}))
		}
	}
	printed, way := p.printedTags()
	add("tags/", way, p.cleanTags(printed))
	return lists
}

// addressWords reports whether tags are hardly more than the words of the
// page's address.
func (p *tagging) addressWords(keys []string) bool {
	address := text.Lower(p.Address)
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

// section returns the site's heading that the article stands under.
func section(p *page.Page, why *trace) claim {
	const long = 80 // bytes: a sentence, no heading
	all := [...]claim{{p.News.Text("articleSection"), "jsonld:articleSection"}, {p.ItemText("articleSection"), "microdata:articleSection"},
		{p.Meta("article:section"), "meta:article:section"}, {p.Meta("parsely-section"), "meta:parsely-section"}, {p.Meta("section"), "meta:section"}}
	if why != nil {
		why.claims("section", all[:])
	}
	for _, c := range all {
		if v := text.Line(c.value); v != "" && len(v) < long {
			return claim{v, c.from}
		}
	}
	return claim{}
}

// splitTags splits lists of tags at their commas.
func (p *siteNames) splitTags(values []string) []string {
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
func (p *siteNames) cleanTags(values []string) (tags []string) {
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
func (p *siteNames) noTag(t string) bool {
	if strings.Trim(t, "0123456789") == "" || p.isSiteName(t) || strings.HasPrefix(t, "_") {
		return true
	}
	if label, _, ok := strings.Cut(t, ":"); ok && text.StartsCapital(label) && !strings.Contains(t[len(label):], ": \"") && len(label) < 24 && len(t) > len(label)+2 {
		return true
	}
	if len(t) == 36 && strings.Count(t, "-") == 4 && !strings.Contains(t, " ") {
		return true
	}
	return !strings.Contains(t, " ") && strings.Count(t, ".") == 1 && link.Site("https://"+text.Lower(t)+"/") == text.Lower(t) && strings.Contains(p.Site, text.Lower(t))
}

// leadsWithin reports whether a block is a link to a page of this site.
func (p *tagging) leadsWithin(b *page.Block) bool {
	for n := b.Node; n < min(p.Tree.End(b.Node), b.Node+10); n++ {
		if p.Tree.Tag(n) == dom.A {
			return p.OwnSite(link.Resolve(p.Base, p.Tree.Attr(n, dom.Href)))
		}
	}
	return true
}

// printedTags returns the texts of the links that the page marks as its tags;
// where it marks none, of those in the first box named so under the headline,
// or else of those that lead to an address of tags, or of such a box above it.
func (p *tagging) printedTags() (tags []string, way string) {
	var marked []string
	var boxed, linked, above tagBox
	head := dom.ID(0)
	if i := p.shown.head; i >= 0 {
		head = p.shown.Blocks[i].Node
	}
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if p.Tree.Tag(n) != dom.A || p.Size[p.Tree.End(n)]-p.Size[n] > 80 {
			continue
		}
		rel := p.Tree.Attr(n, dom.Rel)
		out := p.body.Roles[n]&(page.InNav|page.InRelated|page.InComment|page.Hidden) != 0
		switch {
		case !out && (strings.EqualFold(rel, "tag") || strings.HasPrefix(rel, "tag ") || strings.HasSuffix(rel, " tag")):
			marked = append(marked, page.Text(p.Tree, n))
		case n <= head && n > head-100 && !out && (p.body.Roles[n]&page.InTags != 0 || p.namedTags(n)):
			above.add(p.Page, n)
		case n <= head || p.body.Roles[n]&page.InFooter != 0:
		case p.body.Roles[n]&page.InTags != 0 && !out, p.namedTags(n):
			boxed.add(p.Page, n)
		case !out && tagAddress(p.Tree.Attr(n, dom.Href)) && !p.inSentence(n):
			linked.add(p.Page, n)
		}
	}
	switch {
	case len(marked) > 0:
		return marked, "marked-link"
	case len(boxed.tags) > 0:
		return boxed.tags, "named-box"
	case len(linked.tags) > 0:
		return linked.tags, "tag-address"
	case len(above.tags) > 0:
		return above.tags, "box-above-headline"
	}
	return p.listedTags(), "list-under-text"
}

// A tagBox collects the links of the first box that has tags.
type tagBox struct {
	tags []string
	end  dom.ID // of the box; 0 before the first
}

func (b *tagBox) add(p *page.Page, n dom.ID) {
	if b.end != 0 && n >= b.end || len(b.tags) >= 40 {
		return
	}
	s := page.Text(p.Tree, n)
	if s == "" || strings.Count(s, " ") > 5 {
		return
	}
	if b.end == 0 {
		box := n
		for range 3 {
			if up := p.Tree.Parent(box); up != 0 && p.Size[p.Tree.End(up)]-p.Size[up] < 600 {
				box = up
			}
		}
		b.end = p.Tree.End(box)
	}
	b.tags = append(b.tags, s)
}

// namedTags reports whether the innermost name around a link that says anything
// says that it is a tag.
func (p *tagging) namedTags(n dom.ID) bool {
	for c := p.Tree.First(n); c != 0; c = p.Tree.Next(c) {
		if p.OwnRoles[c]&page.InTags != 0 {
			return true
		}
	}
	for range 4 {
		if c := p.OwnRoles[n]; c&page.InTags != 0 {
			return true
		} else if c&(page.InNav|page.InRelated|page.InComment|page.Hidden) != 0 {
			return false
		}
		n = p.Tree.Parent(n)
	}
	return false
}

// inSentence reports whether a link is a part of running text.
func (p *tagging) inSentence(n dom.ID) bool {
	size := p.Size[p.Tree.End(n)] - p.Size[n]
	up := p.Tree.Parent(n)
	for up != 0 && p.Tree.Tag(up).Inline() {
		up = p.Tree.Parent(up)
	}
	return p.Tree.Tag(up) == dom.P && p.Size[p.Tree.End(up)]-p.Size[up] > 2*size+40
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

var tagDirs = words.NewPhrases("tag-folder")

// listedTags returns the first list of short links under the body.
func (p *tagging) listedTags() (tags []string) {
	list := dom.ID(0)
	for i := p.body.Last + 1; p.body.Last >= 0 && i < min(len(p.body.Layout.Blocks), p.body.Last+16); i++ {
		b := &p.body.Layout.Blocks[i]
		short := b.List != 0 && b.Link == b.Size && b.Size < 40 && strings.Count(b.Text, " ") < 4 && b.Roles&(page.InNav|page.InRelated|page.InShare|page.InComment|page.InSignup|page.InFooter) == 0
		switch {
		case short && (list == 0 || list == b.List) && p.leadsWithin(b):
			list = b.List
			tags = append(tags, b.Text)
		case len(tags) > 0:
			i = len(p.body.Layout.Blocks)
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
