package quote

import (
	"iter"
	"math"
	"slices"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// A chunk is a part of a statement: the tokens of a speaker, cue or content.
type chunk struct {
	first, end int32
	sentence   int32 // that it begins in
	paragraph  int32
	cue        int32   // of a content; -1 if none
	speaker    int32   // of a cue, or of a content that has its own; -1 if none
	last       int32   // of a cue: its last content so far; -1 if none
	layout     int32   // of a cue: 1 more than the number of its layout; 0 if none
	voiced     bool    // of a content: the layout tells its speaker (block.go)
	heard      span    // of a cue in the passive: the subject, to whom it is said
	made       bool    // of a speaker: no model tagged it (subject.go)
	rule       string  // what made it, if no model tagged it; "" if one did
	link       string  // of a content or cue: what gave it its cue or speaker, if no model did
	next       int32   // of a content: the next of the same statement; -1 if none
	whole      uint64  // of a content: how it was tagged to lie in quotations (wholly)
	linkProb   float64 // how probable the link to the cue is, or from the cue to the speaker
	voiceProb  float64 // how probable the link from the content to the speaker is
	least      float64 // what whole returned, more by 1; 0 if it was not asked
}

// parts are the chunks of a text, each kind in order.
type parts struct {
	speakers, cues, contents []chunk
}

// chunks fills f.parts from f.tags.
func (f *Finder) chunks() {
	p, tags := &f.parts, f.tags
	p.speakers, p.cues, p.contents = p.speakers[:0], p.cues[:0], p.contents[:0]
	sent, para := int32(0), int32(0)
	for i := int32(0); int(i) < len(tags); i++ {
		t := tags[i]
		if t%2 == 0 {
			continue
		}
		end := i + 1
		for int(end) < len(tags) && tags[end] == t+1 {
			end++
		}
		for f.sents[sent].end <= i {
			sent++
		}
		for f.text.Paragraphs[para].End <= i {
			para++
		}
		c := chunk{first: i, end: end, sentence: sent, paragraph: para, cue: -1, speaker: -1, last: -1, next: -1}
		if len(f.rules) > 0 {
			c.rule = f.rules[i]
		}
		switch t {
		case beginSpeaker:
			c.end = min(c.end, i+longestSpeaker)
			f.round(&c)
			p.speakers = append(p.speakers, c)
		case beginCue:
			p.cues = append(p.cues, c)
		case beginContent:
			c.whole = f.wholly(&c)
			p.contents = append(p.contents, c)
		}
		i = end - 1
	}
}

// longestSpeaker bounds the tokens of a speaker, which many statements can share:
// "the head of …" with all that tells more of him has fewer in news.
const longestSpeaker = 100

// round leaves out words at the end of a speaker after which a clause begins, "a
// baker who", and takes in the bracket that closes one in it, "the board (LHB)".
func (f *Finder) round(c *chunk) {
	for c.end-c.first > 1 && (f.model.grammar.clauses[f.views[c.end-1].word] || f.views[c.end-1].stop == comma) {
		c.end--
	}
	for i := c.first + 1; i+1 < c.end; i++ { // “the town, as Mayor Lund put it”
		if f.views[i-1].stop == comma && f.model.grammar.like[f.views[i].word] && f.text.Tokens[i+1].Is(token.Capital) {
			c.first = i + 1
			break
		}
	}
	if int(c.end) == len(f.views) || f.views[c.end].stop != closeBracket {
		return
	}
	for i := c.end - 1; i >= c.first && f.views[i].stop != closeBracket; i-- {
		if f.views[i].stop == openBracket {
			c.end++
			return
		}
	}
}

var openBracket, closeBracket = token.Hash("("), token.Hash(")")

// reach bounds how many chunks on each side are candidates.
const reach = 4

// from returns the number of the first chunk of list that begins at token i or
// after it.
func from(list []chunk, i int32) int {
	n, _ := slices.BinarySearchFunc(list, i, func(c chunk, i int32) int { return int(c.first - i) })
	return n
}

// candidates returns the range of the chunks in list that c can belong with.
func candidates(list []chunk, c *chunk, paragraphs int32) (first, end int) {
	at := from(list, c.first)
	first, end = at, at
	for first > 0 && at-first < reach && c.paragraph-list[first-1].paragraph <= paragraphs {
		first--
	}
	for end < len(list) && end-at < reach && list[end].paragraph == c.paragraph {
		end++
	}
	return first, end
}

// link chooses the cue of each content and the speaker of each cue, or, in a
// language whose contents need no cue, of each content.
func (f *Finder) link() {
	f.linkCues()
	p := &f.parts
	for i := range p.contents {
		if c := &p.contents[i]; f.model.Voice != nil {
			c.speaker, c.voiceProb = f.best(f.model.Voice, func(do func(int)) { f.eachVoice(i, do) })
			f.chose(contentToSpeaker, i)
		}
	}
	f.linkLayouts()
	f.linkBlocks()
	f.unlinkVoices()
	f.turns()
	f.reporters()
	for i := range p.cues {
		if p.cues[i].speaker < 0 {
			f.subject(i)
		}
	}
	f.passives()
	f.readOut()
	f.conditioned()
	if f.model.Voice == nil {
		f.byCue()
	} else {
		f.byContent()
	}
	f.voiced()
}

// reporters takes from a cue what follows its sentence outside of quotation marks, if it has a content
// in its own sentence and no colon introduced it: that is the reporter's.
func (f *Finder) reporters() {
	p := &f.parts
	if f.model.Voice != nil { // in German what somebody says goes on for sentences
		return
	}
	for i := 1; i < len(p.contents); i++ {
		c, before := &p.contents[i], &p.contents[i-1]
		if c.cue < 0 || before.cue != c.cue || f.marks.number[c.first] >= 0 || f.marks.number[c.end-1] >= 0 {
			continue
		}
		q := &p.cues[c.cue]
		if q.layout > 0 || c.sentence <= q.sentence || before.sentence != q.sentence || f.marks.number[before.first] >= 0 || f.introducedBefore(int(c.sentence)) {
			continue
		}
		c.cue, c.linkProb = -1, 0
	}
}

// linkCues chooses the cue of each content and the speaker of each cue.
func (f *Finder) linkCues() {
	p := &f.parts
	for i := range p.contents {
		c := &p.contents[i]
		c.cue, c.linkProb = f.best(f.model.Cue, func(do func(int)) { f.eachCue(c, do) })
		f.chose(contentToCue, i)
		if c.cue >= 0 {
			p.cues[c.cue].last = int32(i)
		}
	}
	f.goOn()
	for i := range p.cues {
		q := &p.cues[i]
		q.speaker, q.linkProb = f.best(f.model.Speaker, func(do func(int)) { f.eachSpeaker(q, do) })
		f.chose(cueToSpeaker, i)
	}
}

// goOn gives a content without a cue, in a quotation that goes on in the next
// paragraph, the cue of the content there, and the other way round.
func (f *Finder) goOn() {
	same := func(a, b *chunk) {
		if q := f.marks.number[b.first]; b.paragraph != a.paragraph+1 || q < 0 || !f.marks.quotes[q].again {
			return
		}
		if a.cue < 0 && b.cue >= 0 {
			a.cue, a.link = b.cue, ruleGoesOn
		} else if b.cue < 0 && a.cue >= 0 {
			b.cue, b.link = a.cue, ruleGoesOn
		}
	}
	list := f.parts.contents
	for i := 1; i < len(list); i++ {
		same(&list[i-1], &list[i])
	}
	for i := len(list) - 1; i > 0; i-- {
		same(&list[i-1], &list[i])
	}
}

// An attribution is a statement as chunks.
type attribution struct {
	head, last  int32   // first and last content
	cue         int32   // -1 if none
	speaker     int32   // -1 if none
	linkProb    float64 // how probable the link of the least probable content is
	speakerProb float64 // how probable the link to the speaker is
	voice       string  // the rule of a voice (block.go); "" if it is none
	sure        float64 // 1 more than how sure it is (sureOf); 0 before that is reckoned
}

// byCue fills f.attributions: the contents of one cue are one statement.
func (f *Finder) byCue() {
	f.attributions = f.attributions[:0]
	p := &f.parts
	for k := range p.cues {
		p.cues[k].last = -1 // from here on its attribution
	}
	for i := range p.contents {
		c := &p.contents[i]
		if c.cue < 0 {
			continue
		}
		q := &p.cues[c.cue]
		if q.last < 0 {
			q.last = int32(len(f.attributions))
			f.attributions = append(f.attributions, attribution{head: int32(i), last: int32(i), cue: c.cue, speaker: q.speaker, linkProb: c.linkProb, speakerProb: q.linkProb})
			continue
		}
		f.attributions[q.last].join(p.contents, int32(i))
	}
}

// byContent fills f.attributions: a content is a statement, but for one that the
// words about the speaker interrupt, which are in the same sentence.
func (f *Finder) byContent() {
	f.attributions = f.attributions[:0]
	p := &f.parts
	for k := range p.cues {
		p.cues[k].last = -1
	}
	for i := range p.contents {
		c := &p.contents[i]
		if c.voiced {
			continue
		}
		if n := len(f.attributions) - 1; n >= 0 {
			o := &p.contents[f.attributions[n].last]
			if c.cue >= 0 && o.cue == c.cue && o.sentence == c.sentence && f.quoted(c)&1 == 0 && f.quoted(o)&1 == 0 {
				f.attributions[n].join(p.contents, int32(i))
				continue
			}
		}
		if c.cue >= 0 {
			p.cues[c.cue].last = int32(len(f.attributions))
		}
		f.attributions = append(f.attributions, attribution{head: int32(i), last: int32(i), cue: c.cue, speaker: c.speaker, linkProb: c.linkProb, speakerProb: c.voiceProb})
	}
}

// join adds content i to the attribution.
func (s *attribution) join(contents []chunk, i int32) {
	contents[s.last].next = i
	s.last = i
	s.linkProb = min(s.linkProb, contents[i].linkProb)
}

// contents yields the contents of s.
func (f *Finder) contents(s *attribution) iter.Seq[*chunk] {
	return func(yield func(*chunk) bool) {
		for i := s.head; i >= 0; i = f.parts.contents[i].next {
			if !yield(&f.parts.contents[i]) {
				return
			}
		}
	}
}

// best returns the candidate that m prefers, and how probable it is.
func (f *Finder) best(m *chain.Model, each func(do func(k int))) (best int32, sure float64) {
	f.scores = f.scores[:0]
	if f.trace != nil {
		f.trace.tried = f.trace.tried[:0]
	}
	top := math.Inf(-1)
	each(func(k int) {
		s := m.Score(f.bag.features)
		if s > top {
			top, best = s, int32(k)
		}
		f.scores = append(f.scores, s)
		if f.trace != nil {
			f.trace.tried = append(f.trace.tried, int32(k))
		}
	})
	sum := 0.0
	for _, s := range f.scores {
		sum += math.Exp(s - top)
	}
	return best, 1 / sum
}
