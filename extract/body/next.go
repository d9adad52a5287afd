package body

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Sites load the next article below the one that was asked for. It begins with a
// heading that says something else than the page's own. A heading of the same rank as
// that, most often <h1>, begins another article if it has a byline or a date under it,
// stands in an article element of its own, or in a box that is made like that of the own
// article. A heading of a lesser rank, which can be one of a section,
// needs more: see beginsLesser. What the box holds is none of this article's text,
// however long it is.

const (
	nearHeading = 4   // blocks under a heading in which a byline or a date stands
	shortByline = 100 // bytes of a line with a byline
	leastOwn    = 150 // bytes of running text that the own article has before the next one begins
)

// WithoutNext returns the layout with what is of the next articles barred; l itself if
// there are none.
func WithoutNext(l *page.Layout, headline, lang string) *page.Layout {
	own := ownHeading(l, headline)
	if own < 0 {
		return l
	}
	out, size := l, 0
	for i := own + 1; i < len(l.Blocks); i++ {
		b := &l.Blocks[i]
		if b.Kind != dateline.Heading || b.Size < leastH1 || size < leastOwn || !beginsArticle(l, i, own, lang) || text.Overlap(b.Text, headline) >= likeHeadline {
			size += int(b.Solid())
			continue
		}
		if out == l {
			copied := *l
			copied.Blocks = slices.Clone(l.Blocks)
			out = &copied
		}
		end := l.Source.Tree.End(nextBox(l, i, own))
		for k := i; k < len(l.Blocks) && l.Blocks[k].First < end; k++ {
			out.Blocks[k].Bar = page.NextArticle
			out.Blocks[k].Roles |= page.InRelated
			i = k
		}
	}
	return out
}

// ownHeading returns the block that prints the headline as a heading: of the first rank,
// else of the second; -1 if none does.
func ownHeading(l *page.Layout, headline string) int {
	for _, rank := range [...]dom.Tag{dom.H1, dom.H2} {
		for i := range l.Blocks {
			if b := &l.Blocks[i]; b.Tag == rank && b.Size >= leastH1 && text.Overlap(b.Text, headline) > likePrinted {
				return i
			}
		}
	}
	return -1
}

// beginsArticle reports whether another article begins with heading i.
func beginsArticle(l *page.Layout, i, own int, lang string) bool {
	p := l.Source
	home, a := p.Within(l.Blocks[own].Node, dom.Article), p.Within(l.Blocks[i].Node, dom.Article)
	apart := home != 0 && a != 0 && a != home
	if l.Blocks[i].Tag != l.Blocks[own].Tag {
		return beginsLesser(l, i, own, apart && !p.Tree.Within(a, home), lang)
	}
	return apart || isSigned(l, i, lang) || l.Blocks[i].Tag == dom.H1 && (isTwin(l, i, own) || isStyledAlike(l, i, own) && tells(l, i, own)) || hasAddress(l, i, own)
}

// beginsLesser reports whether another article begins with heading i, which is of
// another rank than the page's own: its box has the address of another page or a name
// such as "infinite-scroll", or it stands in an article element beside the own one
// (apart) and is a link to another page or has a byline under it.
func beginsLesser(l *page.Layout, i, own int, apart bool, lang string) bool {
	if l.Blocks[i].Tag != dom.H2 && l.Blocks[i].Tag != dom.H3 {
		return false
	}
	return apart && (isLinked(l, i) || isSigned(l, i, lang) || isStyledAlike(l, i, own) && tells(l, i, own)) || isLinked(l, i) && isSigned(l, i, lang) && tells(l, i, own) || hasAddress(l, i, own) || isNamedNext(l, i, own) || isAnnounced(l, i, own)
}

// isSigned reports whether a byline or a date stands under heading i.
func isSigned(l *page.Layout, i int, lang string) bool {
	for k := i + 1; k < min(len(l.Blocks), i+1+nearHeading); k++ {
		b := &l.Blocks[k]
		if b.Kind == dateline.Heading {
			return false
		}
		if b.Size > shortByline {
			continue
		}
		name, by := byline.CutBy(b.Text)
		dated := b.Roles&page.InTime != 0 || l.Blocks[i].Tag == dom.H1
		if by && name != "" && strings.TrimSpace(name) != strings.TrimSpace(b.Text) || b.Roles&page.InByline != 0 || dated && IsDateLine(b, lang) {
			return true
		}
	}
	return false
}

// isTwin reports whether the box of heading i stands beside a box of the same tag and
// class that holds the own heading.
func isTwin(l *page.Layout, i, own int) bool {
	t, box := l.Source.Tree, nextBox(l, i, own)
	class := t.Attr(box, dom.Class)
	for n := l.Blocks[own].Node; n != 0 && class != ""; n = t.Parent(n) {
		if t.Parent(n) == t.Parent(box) {
			return n != box && t.Tag(n) == t.Tag(box) && t.Attr(n, dom.Class) == class
		}
	}
	return false
}

// isStyledAlike reports whether heading i has the class that the own heading has, in a box
// of its own: what makes the headline of one article makes those of the next.
func isStyledAlike(l *page.Layout, i, own int) bool {
	t := l.Source.Tree
	a, b := l.Blocks[own].Node, l.Blocks[i].Node
	class := t.Attr(a, dom.Class)
	return class != "" && class == t.Attr(b, dom.Class) && t.Parent(a) != t.Parent(b)
}

// isAnnounced reports whether the line right before heading i, in a box with it that holds
// nothing of the own article, says that another article follows: "Up next".
func isAnnounced(l *page.Layout, i, own int) bool {
	const long = 40 // bytes of such a line
	t, before := l.Source.Tree, &l.Blocks[i-1]
	inner, box := innerBox(l, i, own)
	return before.Size <= long && before.Kind != dateline.Item && t.Within(inner, box) && t.Within(before.First, box) && t.Parent(before.Node) == t.Parent(l.Blocks[i].Node) && begins(nextLabels, text.Lower(before.Text))
}

var nextLabels = words.NewPhrases("next-label")

// tells reports whether running text of some length stands under heading i, in a box that
// holds nothing of the own article: a box that only leads to another article has none.
func tells(l *page.Layout, i, own int) bool {
	size, end := 0, l.Source.Tree.End(nextBox(l, i, own))
	for k := i + 1; k < len(l.Blocks) && l.Blocks[k].First < end && size < leastOwn; k++ {
		size += int(l.Blocks[k].Solid())
	}
	return size >= leastOwn
}

// isLinked reports whether heading i holds a link to another page of the site.
func isLinked(l *page.Layout, i int) bool {
	t, h := l.Source.Tree, l.Blocks[i].Node
	for n := h; n < t.End(h); n++ {
		if t.Tag(n) == dom.A && isOtherPage(l.Source, t.Attr(n, dom.Href)) {
			return true
		}
	}
	up := t.Parent(h)
	return t.Tag(up) == dom.A && isOtherPage(l.Source, t.Attr(up, dom.Href))
}

// isOtherPage reports whether an address, which may be relative, is that of another page
// of the page's site.
func isOtherPage(p *page.Page, address string) bool {
	if address == "" || strings.HasPrefix(address, "#") {
		return false
	}
	if p.Address == "" { // a saved page
		return address[0] == '/' && strings.Trim(address, "/") != ""
	}
	u := link.Resolve(p.Base, address)
	key := page.Key(u)
	_, path, _ := strings.Cut(key, "/")
	return path != "" && p.OwnSite(u) && p.Address != "" && key != page.Key(p.Address)
}

// addressNames are the attributes in which boxes of loaded articles have their address.
var addressNames = []string{"data-url", "data-href", "data-permalink", "data-article-url", "data-canonical", "data-canonical-url", "data-page-url", "data-path"}

// hasAddress reports whether an element around heading i that holds nothing of the own
// article has the address of another page in an attribute, as boxes have which are
// loaded one after the other.
func hasAddress(l *page.Layout, i, own int) bool {
	t := l.Source.Tree
	for n, box := innerBox(l, i, own); t.Within(n, box); n = t.Parent(n) {
		for _, a := range t.Attrs(n) {
			if slices.Contains(addressNames, a.Name) && isOtherPage(l.Source, a.Value) {
				return true
			}
		}
	}
	return false
}

// nextNames are parts of names of boxes into which the next article is loaded.
var nextNames = []string{"infinite", "endless", "nextarticle", "next-article", "next_article", "nextstory", "next-story", "next_story", "nextpost", "next-post", "next_post", "autoload", "auto-load"}

// isNamedNext reports whether an element around heading i that holds nothing of the own
// article has one of nextNames.
func isNamedNext(l *page.Layout, i, own int) bool {
	t := l.Source.Tree
	for n, box := innerBox(l, i, own); t.Within(n, box); n = t.Parent(n) {
		if text.ContainsAny(text.Lower(t.Attr(n, dom.Class)), nextNames) || text.ContainsAny(text.Lower(t.Attr(n, dom.ID_)), nextNames) {
			return true
		}
	}
	return false
}

// innerBox returns the smallest and the largest element around heading i that hold
// nothing of the own article. If there is none, the first is not within the second.
func innerBox(l *page.Layout, i, own int) (inner, box dom.ID) {
	h := l.Blocks[i].Node
	inner, box = l.Source.Tree.Parent(h), nextBox(l, i, own)
	if box == inner && (l.Source.Tree.Within(l.Blocks[own].First, box) || l.Source.Tree.Within(lastOwn(l, i, own), box)) {
		return inner, h
	}
	return inner, box
}

// nextBox returns the largest element around heading i that holds nothing of the own
// article; where both are in one box, that box: what follows in it is of the next.
func nextBox(l *page.Layout, i, own int) dom.ID {
	t := l.Source.Tree
	last := lastOwn(l, i, own)
	n := l.Blocks[i].Node
	for up := t.Parent(n); up != 0 && !t.Within(last, up) && !t.Within(l.Blocks[own].First, up); up = t.Parent(up) {
		n = up
	}
	if n == l.Blocks[i].Node {
		return t.Parent(n)
	}
	return n
}

// lastOwn returns the node at which the last block of running text before heading i
// begins, that of the own heading if there is none.
func lastOwn(l *page.Layout, i, own int) dom.ID {
	for k := i - 1; k > own; k-- {
		if l.Blocks[k].Solid() > 0 {
			return l.Blocks[k].First
		}
	}
	return l.Blocks[own].First
}
