package extract

import (
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// solid weighs a block as evidence of running text: its size, or zero.
func solid(b *block) float32 {
	if b.cue&(cueOut|cueAside|cueFooter|cueByline) != 0 || b.kind == dateline.Heading || b.kind == dateline.Code || b.kind == dateline.Table {
		return 0
	}
	if b.link*2 > b.size {
		return 0
	}
	n := float32(b.size - b.link)
	switch {
	case b.size >= 80:
	case b.size >= 25 && b.tag == dom.P && ends(b.text):
	default:
		return 0
	}
	if b.kind == dateline.Item {
		n *= 0.5
	}
	if b.tag != dom.P {
		n *= 0.8
	}
	return min(n, 800)
}

// ends reports whether a text ends as a sentence does.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»«)]“ ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？؟।:;", r)
}

// bodyRoot returns the element that holds the body.
func (p *page) bodyRoot() dom.ID {
	t := p.t
	p.score, p.solid = zeros(p.score, t.Len()), zeros(p.solid, t.Len()+1)
	score, sum := p.score, p.solid
	at := dom.ID(0)
	total := float32(0)
	passed, foreign := false, false // the headline; then the h1 of another article
	home := dom.ID(0)               // the article element of the headline
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.tag == dom.H1 && b.size >= 8 {
			own := text.Overlap(b.text, p.a.Headline) > 0.3
			foreign = passed && !own && p.within(b.node, dom.Article) != home
			if own && !passed {
				passed, home = true, p.within(b.node, dom.Article)
			}
		}
		s := solid(b)
		if s == 0 {
			continue
		}
		if foreign {
			s *= 0.25
		}
		for ; at < b.first; at++ {
			sum[at+1] = total
		}
		total += s
		sum[at+1] = total
		at++
		n := b.node
		if b.tag == dom.P || b.kind == dateline.Item {
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
		own := p.own[n]
		switch {
		case own&cueBody != 0:
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
func (p *page) widen(n dom.ID, sum []float32) dom.ID {
	t := p.t
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
		around := float32(p.size[t.End(up)] - p.size[up] - (p.size[t.End(best)] - p.size[best]))
		switch {
		case more <= 0.03*in(best):
		case p.own[up]&cueBody != 0 && in(up) < 3*in(best), more > widenShare*around, p.twins(best, up) && more > 0.25*around:
			best = up
		}
	}
	return best
}

// otherHeadline reports whether going up from n to up takes in the h1 of
// another article.
func (p *page) otherHeadline(n, up dom.ID) bool {
	for _, h := range p.h1s[:min(len(p.h1s), 20)] {
		if p.t.Within(h, up) && !p.t.Within(h, n) && h > n && p.size[p.t.End(h)]-p.size[h] >= 8 && text.Overlap(textOf(p.t, h), p.a.Headline) < 0.3 && p.within(h, dom.Article) != p.within(n, dom.Article) {
			return true
		}
	}
	return false
}

// within returns the innermost ancestor of n with the given tag, or n itself;
// zero if there is none.
func (p *page) within(n dom.ID, tag dom.Tag) dom.ID {
	for n != 0 && p.t.Tag(n) != tag {
		n = p.t.Parent(n)
	}
	return n
}

// widenShare is how much of the text that a wider element adds must be prose.
const widenShare = 0.4

// twins reports whether n has brothers of its own name: boxes of one kind.
func (p *page) twins(n, parent dom.ID) bool {
	t := p.t
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
