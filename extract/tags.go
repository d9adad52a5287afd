package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
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
	keys []string // each tag as text.Key makes it, by which tags are compared
	from string   // the evidence
}

// tagging finds what a page says that its article is about.
type tagging struct {
	*siteNames
	shown *shown
	body  *body.Text
	not   []string // keys of what cannot be a tag of this article: its headline, its authors
	menu  []string // keys of the links in the site's menus; nil until needed
	why   *trace
}

// tagPlaces are where a page states what its article is about, the most trusted
// first.
var tagPlaces = slices.Concat([]place[[]string]{jsonLDs("keywords")}, allMetas("news_keywords", "article:tag"), []place[[]string]{microdatas("keywords")},
	[]place[[]string]{parselies("tags")}, allMetas("parsely-tags", "sailthru.tags", "keywords", "dc.subject", "dcterms.subject", "tags"))

// sectionsAsTags gives the sections of an article, which a news article without tags has
// as its tags.
var sectionsAsTags = jsonLDs("articleSection")

// leastShared is the share of their tags, counted together, that two lists must have in
// common for each to be evidence for the other. It was set by eye: lists that have a word
// in common by chance share less.
const leastShared = 0.2

// tags returns the site's own words for what the article is about: the list that
// shares most with the others, the first of equals. A news article without any
// gets those sections that its JSON-LD puts it in.
func tags(names *siteNames, around *shown, b *body.Text, bylines []string, why *trace) (list []string, from string) {
	p := &tagging{siteNames: names, shown: around, body: b, not: make([]string, 0, len(bylines)+1), why: why}
	for _, s := range append(bylines[:len(bylines):len(bylines)], around.headline) {
		p.not = append(p.not, text.Key(s))
	}
	lists := p.lists()
	best, most := -1, -1.0
	for i := range lists {
		score := 0.0
		for j := range lists {
			if i != j {
				if share := inCommon(lists[i].keys, lists[j].keys); share > leastShared {
					score += share
				}
			}
		}
		if why != nil {
			why.scored("tags", claim{strings.Join(lists[i].tags, ", "), lists[i].from}, score, "of several lists the one is taken that has most in common with the others, the first of equals")
		}
		if score > most {
			best, most = i, score
		}
	}
	if best < 0 {
		if p.News.NewsRank() < page.RankNews {
			return nil, ""
		}
		return p.splitTags(sectionsAsTags.find(p.Page)), sectionsAsTags.name
	}
	if i := chosenByEditors(lists, best); i >= 0 {
		best = i
	}
	for _, l := range lists {
		if len(lists[best].tags) == 1 && len(l.tags) > 2 && slices.Contains(l.keys, lists[best].keys[0]) {
			lists[best] = l // the only one is the first of many
		}
	}
	return lists[best].tags, lists[best].from
}

// chosenByEditors returns the index of the list in the <meta> elements article:tag, if
// the best list is stated in two places and has hardly anything in common with that one;
// else -1. A program that fills both places makes such a repeat, so that it is no evidence
// for the best list.
func chosenByEditors(lists []tagList, best int) int {
	const least = 3 // tags
	twice, at := false, -1
	for i, l := range lists {
		switch same := slices.Equal(l.keys, lists[best].keys); {
		case i == best:
		case same && !strings.HasPrefix(l.from, "tags/"):
			twice = true
		case l.from == "meta:article:tag" && len(l.keys) >= least && inCommon(l.keys, lists[best].keys) < leastShared:
			at = i
		}
	}
	if !twice {
		return -1
	}
	return at
}

// lists returns the tags by where they were found, the most trusted first.
func (p *tagging) lists() (lists []tagList) {
	add := func(from string, tags []string) {
		if len(tags) == 0 {
			return
		}
		l := tagList{tags: tags, from: from, keys: make([]string, 0, len(tags))}
		for _, t := range tags {
			l.keys = append(l.keys, text.Key(t))
		}
		if !strings.HasPrefix(from, "tags/") && !p.standing(tags, l.keys) {
			p.cutStanding(&l)
			tags = l.tags
		}
		switch {
		case codes(tags):
			p.refused(l, "they are codes of the newsroom's own")
		case p.addressWords(l.keys):
			p.refused(l, "they are the words of the page's address")
		case p.headlineWords(l.keys):
			p.refused(l, "they are the words of the headline, one by one")
		case !strings.HasPrefix(from, "tags/") && p.standing(tags, l.keys):
			p.refused(l, "most are headings of the site's menu, whatever the article is about")
		default:
			lists = append(lists, l)
		}
	}
	for _, at := range tagPlaces {
		add(at.name, p.splitTags(at.find(p.Page)))
	}
	for i := range p.Metas {
		if name := p.Metas[i].Name; strings.HasSuffix(name, ":tags") {
			add("meta:"+name, p.splitTags([]string{p.Metas[i].Content}))
		}
	}
	printed, way := p.printedTags()
	add(way, p.cleanTags(printed))
	return lists
}

// refused notes for an explanation that a list cannot be used, and why.
func (p *tagging) refused(l tagList, fault string) {
	if p.why != nil {
		p.why.ranked("tags", claim{strings.Join(l.tags, ", "), l.from}, 0, fault)
	}
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

// headlineWords reports whether tags are the words of the headline, each a tag of its own.
func (p *tagging) headlineWords(keys []string) bool {
	const least = 4 // words
	fields := strings.Fields(text.Lower(p.shown.headline))
	if len(keys) < least || len(keys)*5 < len(fields)*4 {
		return false
	}
	for i, w := range fields {
		fields[i] = text.Key(w)
	}
	return !slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(fields, k) })
}

// standing reports whether a stated list is one that the site states on every page,
// whatever the article is about. Then half of it or more are the site's name, links in
// its menus and words that all sites use; or all of it, or most of a long list, are links
// in its menus.
func (p *tagging) standing(tags, keys []string) bool {
	const least, many = 3, 6 // links in the menus that are needed, with the site's name in the list and without
	const others = 1         // tags of another kind that a list without the site's name may have
	if len(keys) < least {
		return false
	}
	n, general, site := 0, 0, false
	for i, k := range keys {
		if slices.ContainsFunc(p.siteKeys(), func(name string) bool { return len(k) >= shortName/2 && strings.HasPrefix(name, k) }) || p.isSiteExactly(k) {
			site = true
			n++
		} else if slices.Contains(p.menuKeys(), k) {
			n++
		} else if siteWords.Has(text.Lower(tags[i])) {
			general++
		}
	}
	return (site || n+general+others >= len(keys)) && n+general > least && 2*(n+general) >= len(keys) || n == len(keys) || n >= many && 3*n >= 2*len(keys)
}

// cutStanding drops from a list of tags the headings of the site's sections if there are
// many of them: the site adds these to the tags of every article.
func (p *tagging) cutStanding(l *tagList) {
	const many, least = 5, 3 // headings, and other tags
	if len(l.tags) < many+least {
		return
	}
	general := func(i int) bool {
		return siteWords.Has(text.Lower(l.tags[i])) || slices.Contains(p.menuKeys(), l.keys[i])
	}
	n := 0
	for i := range l.tags {
		if general(i) {
			n++
		}
	}
	if n < many || len(l.tags)-n < least {
		return
	}
	kept := 0
	for i := range l.tags {
		if !general(i) {
			l.tags[kept], l.keys[kept] = l.tags[i], l.keys[i]
			kept++
		}
	}
	l.tags, l.keys = l.tags[:kept], l.keys[:kept]
}

// siteWords are words with which sites describe themselves: names of sections, and words
// for a newspaper.
var siteWords = words.NewSet("site-word")

// menuKeys returns the texts of the links in the site's menus, as text.Key makes them.
func (p *tagging) menuKeys() []string {
	if p.menu != nil {
		return p.menu
	}
	const most = 300 // links
	p.menu = make([]string, 0, 64)
	t := p.Tree
	for n := dom.ID(1); n < dom.ID(t.Len()) && len(p.menu) < most; n++ {
		if r := p.body.Roles[n]; t.Tag(n) == dom.A && r&(page.InNav|page.InHeader|page.InFooter) != 0 && r&(page.InArticle|page.InTags) == 0 && p.Size[t.End(n)]-p.Size[n] < longTag {
			if k := text.Key(page.Text(t, n)); k != "" {
				p.menu = append(p.menu, k)
			}
		}
	}
	return p.menu
}

// inCommon returns which share of the keys in either list is in both of them (the Jaccard
// index).
func inCommon(a, b []string) float64 {
	both := 0
	for _, k := range a {
		if slices.Contains(b, k) {
			both++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// sectionPlaces are where a page states the heading of the site that its article
// stands under.
var sectionPlaces = slices.Concat([]place[string]{jsonLD("articleSection"), microdata("articleSection")}, metas("article:section", "parsely-section", "section"), []place[string]{parsely("section")})

// longSection is how many bytes the name of a section has less than: a longer one is a
// sentence.
const longSection = 80

// section returns the name of the section that the article stands under; the claim is
// zero if the page states none.
func section(p *page.Page, why *trace) claim {
	c := firstStated(p, "section", sectionPlaces, func(value string) string {
		switch v := text.Line(value); {
		case v == "":
			return "it is empty"
		case len(v) >= longSection:
			return "it is too long for a heading"
		}
		return ""
	}, why)
	return claim{text.Line(c.value), c.from}
}

// splitTags splits lists of tags at their commas.
func (p *tagging) splitTags(values []string) []string {
	var room [64]string
	all := room[:0]
	for _, v := range p.listed(values) {
		if ideographic(v) && !strings.ContainsAny(v, ",;，；、|｜") {
			all = append(all, strings.FieldsFunc(v, func(r rune) bool { return r == ' ' || r == '\u3000' || r == '#' || r == '/' })...)
			continue
		}
		if ideographic(v) {
			all = append(all, strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(",;，；、|｜", r) })...)
			continue
		}
		if rest, ok := strings.CutPrefix(v, "#"); ok && strings.Contains(v, " #") {
			all = append(all, strings.Split(rest, " #")...)
			continue
		}
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

var tagSeps = [...]string{",", ";", "|", "、", "，", "；", "｜", "،"}

// fewTags is how many tags a list has at most in which the site's own name is kept as a
// tag: there it says that the article is about the site.
const fewTags = 2

// cleanTags returns values as tags, without repeats and without what is no tag, a hundred
// at most.
func (p *tagging) cleanTags(values []string) (tags []string) {
	var room [32]string
	seen := room[:0]
	shared := sharedPrefix(values)
	for _, t := range values {
		t = cleanTag(t)
		k := text.Lower(t)
		if t == "" || slices.Contains(seen, k) || (shared == "" || !strings.HasPrefix(t, shared)) && technical(t) || p.noTag(t) || utf8.RuneCountInString(t) > 80 || strings.Contains(t, "://") || len(tags) >= 100 {
			continue
		}
		seen = append(seen, k)
		if tags == nil {
			tags = make([]string, 0, min(len(values), 100))
		}
		tags = append(tags, t)
	}
	if len(values) > fewTags {
		tags = slices.DeleteFunc(tags, p.isSiteExactly)
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
	for _, sep := range [...]string{"/", ":"} {
		if kind, rest, ok := strings.Cut(t, sep); ok && rest != "" && kinds.Has(text.Lower(kind)) {
			t = strings.TrimSpace(rest)
		}
	}
	return t
}

// kinds are the words before a tag that say what kind of tag it is, as in "topic/storms".
var kinds = words.NewSet("tag-kind")

// noTag reports whether a keyword is no tag of the article: its headline or author, a
// number, a code, the site's own name or host, or one behind a label ("Category: World").
func (p *tagging) noTag(t string) bool {
	low := text.Lower(t)
	if slices.Contains(p.not, text.Key(t)) || noTags.Has(low) {
		return true
	}
	if platforms.Has(low) && !strings.Contains(text.Lower(p.body.Content), low) && !strings.Contains(text.Lower(p.shown.headline), low) {
		return true
	}
	if strings.Trim(t, "0123456789") == "" || p.isSiteName(t) || strings.HasPrefix(t, "_") {
		return true
	}
	if label, _, ok := strings.Cut(t, ":"); ok && text.StartsCapital(label) && !strings.Contains(t[len(label):], ": \"") && len(label) < 24 && len(t) > len(label)+2 {
		return true
	}
	if len(t) == 36 && strings.Count(t, "-") == 4 && !strings.Contains(t, " ") {
		return true
	}
	return p.ownHost(low) || p.endsTitle(t)
}

// endsTitle reports whether the title of the page ends with a tag behind a bar or a dash,
// as it does with the name of the site.
func (p *tagging) endsTitle(t string) bool {
	before, ok := strings.CutSuffix(p.Title, t)
	return ok && slices.ContainsFunc(titleSeps, func(sep string) bool { return strings.HasSuffix(before, sep) })
}

// ownHost reports whether a text in small letters is a host of the page's site.
func (p *siteNames) ownHost(t string) bool {
	return p.Site != "" && !strings.ContainsAny(t, " /") && (t == p.Site || strings.HasSuffix(t, "."+p.Site))
}

// sharedPrefix returns the beginning, up to and with a colon, that three tags or more and
// most of all have in common; "" if there is none. It is the site's own name for the list,
// so that a tag with it is not what technical means.
func sharedPrefix(tags []string) string {
	const several = 3
	for i, t := range tags {
		kind, _, ok := strings.Cut(t, ":")
		if !ok || i+several > len(tags) {
			continue
		}
		n := 0
		for _, o := range tags {
			if strings.HasPrefix(o, t[:len(kind)+1]) {
				n++
			}
		}
		if n >= several && 2*n > len(tags) {
			return t[:len(kind)+1]
		}
	}
	return ""
}

// noTags are words that tell of a page and its distribution, not of an article.
var noTags = words.NewSet("no-tag")

// platforms are names of networks on which articles are shared. They are tags of articles
// that name them.
var platforms = words.NewSet("platform")

// technical reports whether a keyword is a value that systems set: "webType:story",
// "isRepublished:false", "paywall=hard", "content_type-article_v2".
func technical(t string) bool {
	if strings.Contains(t, " ") || t == "" {
		return false
	}
	if strings.HasPrefix(t, "www.") || isID(t) {
		return true
	}
	i := strings.IndexAny(t, ":=")
	return i > 0 && i < len(t)-1 && t[i+1] != '/' && t[0] < utf8.RuneSelf && text.Alnum(t[i+1]) && strings.Trim(t[:i], "0123456789") != ""
}

// isID reports whether a keyword without spaces is the number of something, behind its kind:
// "contentId-99123", "article_1204417".
func isID(t string) bool {
	const least = 4 // digits
	i := strings.LastIndexAny(t, "-_")
	if i <= 0 || len(t)-i-1 < least || strings.Trim(t[i+1:], "0123456789") != "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(t)
	return unicode.IsLower(first) && (len(t)-i-1 > least || strings.Contains(text.Lower(t[:i]), "id"))
}

// leadsWithin reports whether the first link in a block leads to a page of this site. It
// is true if there is none.
func (p *tagging) leadsWithin(b *page.Block) bool {
	for n := b.Node; n < min(p.Tree.End(b.Node), b.Node+10); n++ {
		if p.Tree.Tag(n) == dom.A {
			return p.OwnSite(link.Resolve(p.Base, p.Tree.Attr(n, dom.Href)))
		}
	}
	return true
}

// shownTags are the links of a page that may be tags, sorted by what says that they are.
type shownTags struct {
	marked               []string
	boxed, linked, above tagBox
	hashed               tagBox
}

// tagWays are the ways of finding tags in what a page shows, in the order in which
// they are tried: the first that finds any decides.
var tagWays = []struct {
	Way
	find func(p *tagging, links *shownTags) []string
}{
	{Way{"tags/marked-link", "links that the page marks as tags"}, func(_ *tagging, l *shownTags) []string { return l.marked }},
	{Way{"tags/named-box", "links in the first box under the headline that is called tags"}, func(_ *tagging, l *shownTags) []string { return l.boxed.tags }},
	{Way{"tags/tag-address", "links to addresses of tags"}, func(_ *tagging, l *shownTags) []string { return l.linked.tags }},
	{Way{"tags/hash", "links to the site whose text begins with the sign #, under the headline"}, func(_ *tagging, l *shownTags) []string { return l.hashed.tags }},
	{Way{"tags/labelled", "links behind a label such as “Tags:” under the text"}, func(p *tagging, _ *shownTags) []string { return p.labelledTags() }},
	{Way{"tags/box-above-headline", "links in a box above the headline that is called tags"}, func(_ *tagging, l *shownTags) []string { return l.above.tags }},
	{Way{"tags/list-under-text", "the first list of short links under the text"}, func(p *tagging, _ *shownTags) []string { return p.listedTags() }},
}

// printedTags returns the tags that the page shows, and the way in which they were
// found.
func (p *tagging) printedTags() (tags []string, way string) {
	links := p.tagLinks()
	for i := range tagWays {
		if tags = tagWays[i].find(p, &links); len(tags) > 0 {
			return tags, tagWays[i].Name
		}
	}
	return nil, ""
}

const (
	longTag  = 80  // visible bytes: no link of a tag has more
	overHead = 100 // nodes before the headline in which a box of tags belongs to the article
)

// tagLinks returns the links of the page that may be tags.
func (p *tagging) tagLinks() (links shownTags) {
	head := dom.ID(0)
	if i := p.shown.head; i >= 0 {
		head = p.shown.Blocks[i].Node
	}
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if p.Tree.Tag(n) != dom.A || p.Size[p.Tree.End(n)]-p.Size[n] > longTag || strings.HasPrefix(p.Tree.Attr(n, dom.Href), "#") {
			continue
		}
		rel := p.Tree.Attr(n, dom.Rel)
		out := p.body.Roles[n]&(page.InNav|page.InRelated|page.InComment|page.Hidden) != 0
		switch {
		case !out && (strings.EqualFold(rel, "tag") || strings.HasPrefix(rel, "tag ") || strings.HasSuffix(rel, " tag")):
			links.marked = append(links.marked, page.Text(p.Tree, n))
		case n <= head && n > head-overHead && !out && (p.body.Roles[n]&page.InTags != 0 || p.namedTags(n)):
			links.above.add(p.Page, n)
		case n <= head || p.body.Roles[n]&page.InFooter != 0:
		case p.body.Roles[n]&page.InTags != 0 && !out, p.namedTags(n):
			links.boxed.add(p.Page, n)
		case !out && tagAddress(p.Tree.Attr(n, dom.Href)) && !p.inSentence(n):
			links.linked.add(p.Page, n)
		case !out && p.startsHash(n) && p.body.Roles[n]&page.InShare == 0 && !p.inSentence(n) && p.OwnSite(link.Resolve(p.Base, p.Tree.Attr(n, dom.Href))):
			links.hashed.add(p.Page, n)
		}
	}
	return links
}

// startsHash reports whether the text of a link begins with the sign of a hashtag, which
// more than a number follows.
func (p *tagging) startsHash(n dom.ID) bool {
	const near = 4 // nodes down to the first text
	for c := n + 1; c < min(p.Tree.End(n), n+near); c++ {
		if p.Tree.Tag(c) == dom.Text {
			s := strings.TrimSpace(p.Tree.Nodes[c].Text)
			return len(s) > 1 && s[0] == '#' && strings.Trim(s[1:], "0123456789 ") != ""
		}
	}
	return false
}

// A tagBox collects the links of the first box that has tags.
type tagBox struct {
	tags []string
	end  dom.ID // where the box ends; 0 before the first box
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
		b.end = p.Tree.End(boxOfTags(p, n))
	}
	b.tags = append(b.tags, s)
}

// boxOfTags returns the element that holds the tags of which link n is one: the widest
// one near that is called so and holds more than the link, else one three levels up.
func boxOfTags(p *page.Page, n dom.ID) (box dom.ID) {
	const named, unnamed = 4, 3 // levels
	const most = 600            // bytes of a box
	size := func(n dom.ID) int32 { return p.Size[p.Tree.End(n)] - p.Size[n] }
	up := n
	for range named {
		if up = p.Tree.Parent(up); up == 0 || size(up) >= most {
			break
		}
		if p.OwnRoles[up]&page.InTags != 0 && size(up) > size(n) {
			box = up
		}
	}
	if box != 0 {
		return box
	}
	box = n
	for range unnamed {
		if up := p.Tree.Parent(box); up != 0 && size(up) < most {
			box = up
		}
	}
	return box
}

// namedTags reports whether the names on the elements in or around a link say that it is
// a tag, before one says that it is something else. The innermost names are asked first.
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

// labelledTags returns the texts of links in a line under the text that begins with a
// label of tags, or in the lines behind one that is nothing but the label.
func (p *tagging) labelledTags() (tags []string) {
	const behind, most = 24, 30 // blocks under the text, and tags
	blocks := p.body.Layout.Blocks
	for i := max(0, p.body.Last); p.body.Last >= 0 && i < min(len(blocks), p.body.Last+behind); i++ {
		b := &blocks[i]
		rest, ok := cutTagLabel(b.Text)
		if !ok && b.Link > 0 {
			ok = p.labelBeforeLinks(b)
		}
		if !ok || b.Roles&(page.InComment|page.Hidden) != 0 || b.Size > 600 {
			continue
		}
		for n := b.Node; n < p.Tree.End(b.Node) && b.Link > 0 && len(tags) < most; n++ {
			if p.Tree.Tag(n) == dom.A && p.body.Roles[n]&page.InShare == 0 && p.OwnSite(link.Resolve(p.Base, p.Tree.Attr(n, dom.Href))) {
				tags = append(tags, strings.TrimRight(page.Text(p.Tree, n), ",;、，"))
			}
		}
		if len(tags) == 0 && b.Link == 0 && !text.Ends(rest) && strings.ContainsAny(rest, ",;|、，·") {
			return p.splitTags([]string{rest})
		}
		box := dom.ID(0) // around the first line of tags
		for k := i + 1; rest == "" && len(tags) < most && k < len(blocks); k++ {
			if o := &blocks[k]; o.Link*10 < o.Size*8 || o.Size > longTag*max(1, int(o.Links)) || o.Kind == dateline.Heading || strings.Count(o.Text, " ") > 5*max(1, int(o.Links)) || o.Roles&(page.InShare|page.InNav|page.InRelated) != 0 || !p.leadsWithin(o) {
				break
			}
			o := &blocks[k]
			if box == 0 {
				if box = o.Node; o.Links < 2 {
					box = p.Tree.Parent(p.Tree.Parent(box))
				}
			}
			if !p.Tree.Within(o.First, box) {
				break
			}
			if o.Links < 2 {
				tags = append(tags, strings.Trim(o.Text, ",;、， "))
				continue
			}
			for n := o.First; n < p.Tree.End(o.Node); n++ {
				if p.Tree.Tag(n) == dom.A || n == o.First && p.Tree.Tag(p.Tree.Parent(n)) == dom.A {
					tags = append(tags, strings.Trim(page.Text(p.Tree, n), ",;、， "))
				}
			}
		}
		return tags
	}
	return nil
}

// labelBeforeLinks reports whether a line is a label of tags in a text of its own, with or
// without a colon, and links behind it.
func (p *tagging) labelBeforeLinks(b *page.Block) bool {
	for n := b.Node; n < p.Tree.End(b.Node); n++ {
		if p.Tree.Tag(n) == dom.Text && strings.TrimSpace(p.Tree.Nodes[n].Text) != "" {
			label := strings.TrimSpace(p.Tree.Nodes[n].Text)
			rest, ok := cutTagLabel(label)
			return ok && rest == "" && b.Size-b.Link <= len(label)
		}
	}
	return false
}

// cutTagLabel returns what stands behind the label of tags that a line begins with, such
// as "Tags: storms"; ok is false if it begins with none. rest is "" for a line that is
// nothing but the label.
func cutTagLabel(s string) (rest string, ok bool) {
	const long = 40 // bytes that no label has
	low := text.Lower(s[:min(len(s), long)])
	for _, l := range tagLabels.All() {
		behind, found := strings.CutPrefix(low, l)
		if !found || len(low) != min(len(s), long) {
			continue
		}
		switch trimmed := strings.TrimLeft(behind, " \u00a0"); {
		case strings.TrimRight(trimmed, ":： ") == "" && len(s) < long:
			return "", true
		case strings.HasPrefix(trimmed, ":"), strings.HasPrefix(trimmed, "："):
			return strings.TrimLeft(s[len(l):], " \u00a0:："), true
		}
	}
	return "", false
}

var tagLabels = words.NewList("tag-label")

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

// codes reports whether tags are codes that only a newsroom knows: more than five, most of
// them single words in capitals.
func codes(tags []string) bool {
	n := 0
	for _, t := range tags {
		if text.Capitals(t) && text.Lower(t) != t && !strings.Contains(t, " ") {
			n++
		}
	}
	return len(tags) > 5 && n*3 > len(tags)*2
}
