package body

import (
	"sync"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A rooter finds the element that holds the body. Its memory goes from page to page.
type rooter struct {
	*page.Page
	*page.Layout
	headline string
	sums     []float32 // first the score of each node as the body's element; after that the running text before each node, as Solid weighs it
}

// The body's element is the one with the highest score. A block gives its weight to its
// box, and less of it to each box around: so a box of many paragraphs beats both one
// of its paragraphs and the page around it. All numbers here are set by hand, on news
// pages that are read side by side with their records.
const (
	likeHeadline = 0.3  // share of the words of an h1 that the headline has, from which on it is the page's own
	leastH1      = 8    // bytes: a shorter h1 is a logo or a label
	ofForeign    = 0.25 // what a block counts that stands below the h1 of another article
	ofNamedBody  = 1.5  // what the score of an element counts that is called the body
	ofArticle    = 1.2  // of an article element
	ofPage       = 0.7  // of all of the page
)

// passedUp is the share of a block's weight that its box and those around it get, from
// the innermost on.
var passedUp = [...]float32{1, 0.85, 0.6, 0.4, 0.25}

var rooters = sync.Pool{New: func() any { return new(rooter) }}

// Root returns the element that holds the body of the article with a
// headline, 0 if the page has no running text.
func Root(l *page.Layout, headline string) dom.ID {
	r := rooters.Get().(*rooter)
	defer rooters.Put(r)
	r.Page, r.Layout, r.headline = l.Source, l, headline
	n := r.find()
	r.Page, r.Layout, r.headline = nil, nil, ""
	return n
}

func (p *rooter) find() dom.ID {
	t := p.Tree
	p.sums = page.Zeros(p.sums, 2*t.Len()+1)
	score, sum := p.sums[:t.Len()], p.sums[t.Len():]
	at := dom.ID(0)
	total := float32(0)
	passed, foreign := false, false // whether the headline stands before the block, and then the h1 of another article
	home := dom.ID(0)               // the <article> that the headline is in, 0 for none
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Tag == dom.H1 && b.Size >= leastH1 {
			own := text.Overlap(b.Text, p.headline) > likeHeadline
			foreign = passed && !own && p.Within(b.Node, dom.Article) != home
			if own && !passed {
				passed, home = true, p.Within(b.Node, dom.Article)
			}
		}
		s := b.Solid()
		if s == 0 {
			continue
		}
		if foreign {
			s *= ofForeign
		}
		for ; at < b.First; at++ {
			sum[at+1] = total
		}
		total += s
		at = b.First + 1 // two blocks can begin in one text node
		sum[at] = total
		n := b.Node
		if b.Tag == dom.P || b.Kind == dateline.Item {
			n = t.Parent(n)
		}
		for _, w := range passedUp {
			score[n] += s * w
			if n == 0 {
				break
			}
			n = t.Parent(n)
		}
	}
	for ; int(at) < t.Len(); at++ {
		sum[at+1] = total
	}
	if total == 0 {
		return 0
	}
	best, at := float32(0), 0
	for n := range score {
		if score[n] == 0 {
			continue
		}
		s := score[n]
		own := p.OwnRoles[n]
		switch {
		case own&page.InBody != 0:
			s *= ofNamedBody
		case t.Tag(dom.ID(n)) == dom.Article:
			s *= ofArticle
		case t.Tag(dom.ID(n)) == dom.Body || t.Tag(dom.ID(n)) == dom.HTML || n == 0:
			s *= ofPage
		}
		if s > best {
			best, at = s, dom.ID(n)
		}
	}
	return p.widen(at, sum)
}

// widen climbs from the element with the densest text to the one that holds
// all of the body: a body can be split over several boxes, often of one name.
func (p *rooter) widen(n dom.ID, sum []float32) dom.ID {
	t := p.Tree
	const (
		highest   = 20   // levels that are climbed
		leastMore = 0.03 // of the text: what a wider element must add to be worth it
		mostNamed = 3    // times the text may grow by an element that is called the body
		twinShare = 0.25 // how much of what is added must be prose where the boxes are of one name
	)
	in := func(n dom.ID) float32 { return sum[t.End(n)] - sum[n] }
	best := n
	for up, steps := t.Parent(n), 0; up != 0 && steps < highest; up, steps = t.Parent(up), steps+1 {
		if tag := t.Tag(up); tag == dom.Body || tag == dom.HTML {
			break
		}
		if p.otherHeadline(best, up) {
			break
		}
		more := in(up) - in(best)
		around := float32(p.Size[t.End(up)] - p.Size[up] - (p.Size[t.End(best)] - p.Size[best]))
		switch {
		case more <= leastMore*in(best):
		case p.OwnRoles[up]&page.InBody != 0 && in(up) < mostNamed*in(best), more > widenShare*around, p.twins(best, up) && more > twinShare*around:
			best = up
		}
	}
	return best
}

// otherHeadline reports whether going up from n to up takes in the h1 of
// another article.
func (p *rooter) otherHeadline(n, up dom.ID) bool {
	const most = 20 // headings that are looked at: pages with more have none of other articles
	for _, h := range p.H1s[:min(len(p.H1s), most)] {
		behind := h > n && p.Tree.Within(h, up) && !p.Tree.Within(h, n) && p.Size[p.Tree.End(h)]-p.Size[h] >= leastH1
		if behind && text.Overlap(page.Text(p.Tree, h), p.headline) < likeHeadline && p.Within(h, dom.Article) != p.Within(n, dom.Article) {
			return true
		}
	}
	return false
}

// widenShare is how much of the text that a wider element adds must be prose.
const widenShare = 0.4

// twins reports whether n has brothers of its own name: boxes of one kind.
func (p *rooter) twins(n, parent dom.ID) bool {
	t := p.Tree
	class := t.Attr(n, dom.Class)
	for t.Parent(n) != parent {
		n = t.Parent(n)
		class = t.Attr(n, dom.Class)
	}
	for c := t.First(parent); c != 0; c = t.Next(c) {
		if c != n && t.Tag(c) == t.Tag(n) && t.Attr(c, dom.Class) == class {
			return true
		}
	}
	return false
}
