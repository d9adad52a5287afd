package body

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// Sites load the next article below the one that was asked for. It begins with a
// heading of the first rank, as the page's own headline is, which says something else,
// and has a byline or a date under it, or stands in an article element of its own. What its box holds
// is none of this article's text, however long it is.

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
		if b.Tag != dom.H1 || b.Size < leastH1 || text.Overlap(b.Text, headline) >= likeHeadline || !beginsArticle(l, i, own, lang) {
			size += int(b.Solid())
			continue
		}
		if size < leastOwn {
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

// ownHeading returns the block that prints the headline as a heading of the first rank,
// -1 if none does.
func ownHeading(l *page.Layout, headline string) int {
	for i := range l.Blocks {
		if b := &l.Blocks[i]; b.Tag == dom.H1 && b.Size >= leastH1 && text.Overlap(b.Text, headline) > likePrinted {
			return i
		}
	}
	return -1
}

// beginsArticle reports whether another article begins with heading i.
func beginsArticle(l *page.Layout, i, own int, lang string) bool {
	p := l.Source
	if home, a := p.Within(l.Blocks[own].Node, dom.Article), p.Within(l.Blocks[i].Node, dom.Article); home != 0 && a != 0 && a != home {
		return true
	}
	for k := i + 1; k < min(len(l.Blocks), i+1+nearHeading); k++ {
		b := &l.Blocks[k]
		if b.Kind == dateline.Heading {
			return false
		}
		if b.Size > shortByline {
			continue
		}
		name, by := byline.CutBy(b.Text)
		if by && name != "" && strings.TrimSpace(name) != strings.TrimSpace(b.Text) || b.Roles&page.InByline != 0 || b.Roles&page.InTime != 0 && IsDateLine(b, lang) {
			return true
		}
	}
	return false
}

// nextBox returns the largest element around heading i that holds nothing of the own
// article; where both are in one box, that box: what follows in it is of the next.
func nextBox(l *page.Layout, i, own int) dom.ID {
	t := l.Source.Tree
	last := l.Blocks[own].First
	for k := own; k < i; k++ {
		if l.Blocks[k].Solid() > 0 {
			last = l.Blocks[k].First
		}
	}
	n := l.Blocks[i].Node
	for up := t.Parent(n); up != 0 && !t.Within(last, up) && !t.Within(l.Blocks[own].First, up); up = t.Parent(up) {
		n = up
	}
	if n == l.Blocks[i].Node {
		return t.Parent(n)
	}
	return n
}
