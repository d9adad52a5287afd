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
	sums     []float32 // the score of every node as the body's element, then the running text before each node, as Solid weighs it
}

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
	passed, foreign := false, false // the headline; then the h1 of another article
	home := dom.ID(0)               // the article element of the headline
	for i := range p.Blocks {
		b := &p.Blocks[i]
		if b.Tag == dom.H1 && b.Size >= 8 {
			own := text.Overlap(b.Text, p.headline) > 0.3
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
			s *= 0.25
		}
		for ; at < b.First; at++ {
			sum[at+1] = total
		}
		total += s
		at = b.First + 1 // several blocks can be of one text
		sum[at] = total
		n := b.Node
		if b.Tag == dom.P || b.Kind == dateline.Item {
			n = t.Parent(n)
		}
		for _, w := range [...]float32{1, 0.85, 0.6, 0.4, 0.25} {
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
			s *= 1.5
		case t.Tag(dom.ID(n)) == dom.Article:
			s *= 1.2
		case t.Tag(dom.ID(n)) == dom.Body || t.Tag(dom.ID(n)) == dom.HTML || n == 0:
			s *= 0.7
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
	in := func(n dom.ID) float32 { return sum[t.End(n)] - sum[n] }
	best := n
	for up, steps := t.Parent(n), 0; up != 0 && steps < 20; up, steps = t.Parent(up), steps+1 {
		if tag := t.Tag(up); tag == dom.Body || tag == dom.HTML {
			break
		}
		if p.otherHeadline(best, up) {
			break
		}
		more := in(up) - in(best)
		around := float32(p.Size[t.End(up)] - p.Size[up] - (p.Size[t.End(best)] - p.Size[best]))
		switch {
		case more <= 0.03*in(best):
		case p.OwnRoles[up]&page.InBody != 0 && in(up) < 3*in(best), more > widenShare*around, p.twins(best, up) && more > 0.25*around:
			best = up
		}
	}
	return best
}

// otherHeadline reports whether going up from n to up takes in the h1 of
// another article.
func (p *rooter) otherHeadline(n, up dom.ID) bool {
	for _, h := range p.H1s[:min(len(p.H1s), 20)] {
		if p.Tree.Within(h, up) && !p.Tree.Within(h, n) && h > n && p.Size[p.Tree.End(h)]-p.Size[h] >= 8 && text.Overlap(page.Text(p.Tree, h), p.headline) < 0.3 && p.Within(h, dom.Article) != p.Within(n, dom.Article) {
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
