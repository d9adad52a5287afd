package quote

import (
	"math"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// sureFeatures fills f.bag with what speaks for or against the statement s.
func (f *Finder) sureFeatures(s *saying) {
	b := &f.bag
	b.reset()
	kind := map[string]uint64{"direct": 1, "mixed": 2, "indirect": 3}[f.kind(s)]
	content, contents, length := 0.0, uint64(0), uint64(0)
	for c := range f.contents(s) {
		content = max(content, doubt(f.whole(c)))
		contents = min(contents+1, 3)
		length += uint64(c.end - c.first)
	}
	first, last := &f.parts.contents[s.head], &f.parts.contents[s.last]
	linked, speaks := doubt(s.linked), doubt(s.spoken)
	q, cue := first, 0.0 // without a cue the content stands for it
	if s.cue >= 0 {
		q = &f.parts.cues[s.cue]
		cue = doubt(f.whole(q))
	}
	side, distance, commas, stops := f.relation(q, first)
	speaker, gap, who := uint64(0), uint64(9), uint64(0)
	if s.speaker >= 0 {
		sp := &f.parts.speakers[s.speaker]
		speaker = 1 + level(doubt(f.whole(sp)))
		if sp.made {
			speaker = 99
		}
		var way uint64
		way, gap, _, _ = f.relation(q, sp)
		gap = gap<<4 | way
		who = f.views[sp.first].word
	}
	word := f.views[q.end-1].word
	b.add(kind)
	b.pair(kind, level(content))
	b.pair(kind, level(linked))
	b.pair(kind, level(cue))
	b.pair(kind, speaker)
	b.pair(kind, level(speaks))
	b.pair(kind, level(content+linked+cue+speaks))
	b.pair(kind, chain.Pair(level(content), level(cue)))
	b.pair(kind, chain.Pair(speaker, level(speaks)))
	b.pair(kind, contents)
	b.pair(kind, bucket(length))
	b.pair(kind, chain.Pair(side, distance))
	b.pair(side, chain.Pair(commas, stops))
	b.pair(kind, gap)
	b.pair(kind, who)
	b.add(word)
	b.pair(kind, word)
	b.pair(kind, f.views[q.end-1].class)
	b.pair(uint64(q.end-q.first), f.views[q.first].word)
	b.add(f.views[first.first].word)
	b.pair(kind, f.quoted(first))
	b.add(f.next(first.first - 1))
	b.add(f.next(last.end))
	class, group := f.views[q.end-1].class, f.views[q.end-1].group
	shape := uint64(0)
	if s.speaker >= 0 {
		shape = 1 + f.views[f.parts.speakers[s.speaker].first].shape
	}
	b.pair(kind, group)
	b.pair(class, f.views[first.first].word)
	b.pair(class, shape)
	b.pair(class, level(content+linked+cue+speaks))
	b.pair(class, gap)
	b.pair(kind, chain.Pair(f.beside(f.parts.cues, first, q), f.beside(f.parts.contents, q, first)))
	b.pair(kind, f.wholly(first)<<2|f.wholly(last))
	b.pair(kind, chain.Pair(bucket(length), level(content)))
	b.pair(f.views[first.first].group, f.views[first.first].shape)
	b.pair(word, f.next(q.end))
	b.pair(word, f.next(q.first-1))
	b.pair(class, bucket(length))
}

// whole returns how probable the least probable label of a chunk is, or that
// it ends where it does.
func (f *Finder) whole(c *chunk) float64 {
	if c.least > 0 { // many statements share a cue or a speaker
		return c.least - 1
	}
	p := float32(1)
	for i := c.first; i < c.end; i++ {
		p = min(p, f.probable[i])
	}
	if int(c.end) < len(f.probable) && !f.text.Tokens[c.end].Is(token.Paragraph) {
		p = min(p, f.probable[c.end])
	}
	c.least = 1 + float64(p)
	return float64(p)
}

// doubt returns 0 for what is certain, and more for what is less.
func doubt(p float64) float64 { return -math.Log(max(p, 1e-6)) }

// level puts a doubt into one of some classes.
func level(d float64) uint64 {
	return uint64(min(max(math.Log2(d+1e-4)+10, 0), 13))
}

// confidence returns how probable the statement s is.
func (f *Finder) confidence(s *saying) float64 {
	f.sureFeatures(s)
	return 1 / (1 + math.Exp(-f.model.sure.Score(f.bag.features)))
}
