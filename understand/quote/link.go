package quote

import (
	"iter"
	"math"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// A chunk is a part of a statement: the tokens of a speaker, cue or content. Other parts are given by
// their indices in parts.
type chunk struct {
	first, end int32
	sentence   int32   // the index of the sentence that it begins in
	paragraph  int32   // the index of the paragraph that it begins in
	cue        int32   // of a content: its cue; -1 if none
	speaker    int32   // of a cue, or of a content for which a model chose one: its speaker; -1 if none
	last       int32   // of a cue: its last content so far, later (byCue, byContent) its attribution; -1 if none
	layout     int32   // of a cue: 1 more than the index of its layout; 0 if none
	voiced     bool    // of a content: a voice tells its speaker (block.go)
	heard      span    // of a cue in the passive: the subject, to whom it was said
	made       bool    // of a speaker: a rule or voice made it, no model tagged it
	rule       string  // the rule that made it; "" if models tagged it
	link       string  // of a content or cue: the rule that gave it its cue or speaker; "" if a model did
	next       int32   // of a content: the next one of the same statement; -1 if none
	whole      uint64  // of a content: what wholly returned when it was made
	linkProb   float64 // how probable it is that the cue of a content, or the speaker of a cue, is right
	voiceProb  float64 // how probable it is that the speaker of a content is right
	least      float64 // 1 more than what the method whole returned; 0 before that was called
}

// parts holds the chunks of a text. Each kind is in the order of the text, but speakers that rules add
// later stand behind the others.
type parts struct {
	speakers, cues, contents []chunk
}

// chunks fills f.parts with the parts that f.tags marks.
func (f *Finder) chunks() {
	for i := range f.sents {
		f.sents[i].counted = false
	}
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
			for k := i + 1; k < c.end; k++ { // it lies in one sentence
				if f.text.Tokens[k].Is(token.Sentence) {
					c.first, c.sentence = k, int32(f.sentenceOf(k))
				}
			}
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

// longestSpeaker bounds the tokens of a speaker, so that the work stays small where many statements share a
// long one. The longest descriptions of people in news have fewer.
const longestSpeaker = 100

// round corrects the ends of the speaker c. It leaves out a comma or word at the end with which a clause
// begins, "a baker who", leaves out all up to “as” in “the town, as Mayor Lund put it”, and takes in the
// bracket that closes one within, "the board (LHB)".
func (f *Finder) round(c *chunk) {
	for c.end-c.first > 1 && (f.model.grammar.clauses[f.views[c.end-1].word] || f.views[c.end-1].stop == comma) {
		c.end--
	}
	for i := c.first + 1; i+1 < c.end; i++ {
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

// reach is how many chunks before and behind a chunk are candidates to be linked to it.
const reach = 4

// from returns the index of the first chunk of list that begins at token i or behind it; len(list) if
// there is none.
func from(list []chunk, i int32) int {
	low, high := 0, len(list)
	for low < high {
		if k := (low + high) / 2; list[k].first < i {
			low = k + 1
		} else {
			high = k
		}
	}
	return low
}

// candidates returns the range of indices of the chunks of list that c can be linked to: up to reach on each
// side, those before it in the same paragraph or as many paragraphs before as given, those behind it
// in the same paragraph.
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

// link links the parts and makes statements, f.attributions, of them. Models choose the cue of each
// content and the speaker of each cue, and, in German, where contents need no cue, the speaker of each
// content; then rules correct the choices.
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

// reporters unlinks from its cue a content in a later sentence, if a content before it
// stands in the sentence of the cue, was not introduced by a colon and has no quotation marks. Such a
// sentence is mostly the reporter's own.
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
		if q.layout > 0 || c.sentence <= q.sentence || before.sentence != q.sentence || f.introducedBefore(int(c.sentence)) {
			continue
		}
		c.cue, c.linkProb = -1, 0
	}
}

// linkCues chooses the cue of each content and the speaker of each cue by models.
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

// goOn links contents of one quotation that goes on over paragraphs to the same cue: one without a cue
// takes that of the content in the paragraph before or behind.
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

// An attribution is a statement as chunks, which are given by their indices in f.parts.
type attribution struct {
	head, last  int32   // the first and last content; chunk.next leads from one to the next
	cue         int32   // index in parts.cues; -1 if it has no cue
	speaker     int32   // index in parts.speakers; -1 if it has no speaker
	linkProb    float64 // how probable the least certain of its contents is to belong to the cue, see chunk.linkProb
	speakerProb float64 // how probable it is that the speaker is right
	voice       string  // the rule of the voice that it was made of (block.go); "" if it was not
	sure        float64 // 1 more than its confidence; 0 before sureOf reckons that
}

// byCue fills f.attributions in a language whose contents need a cue: the contents of one cue are one
// statement.
func (f *Finder) byCue() {
	f.attributions = f.attributions[:0]
	p := &f.parts
	for k := range p.cues {
		p.cues[k].last = -1 // from here on, last is the index of the cue's attribution; -1 while there is none
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

// byContent fills f.attributions in a language whose contents need no cue: each content is a statement.
// Two in a row are one statement if they have the same cue and sentence and begin outside of quotation
// marks, since then only the words about the speaker interrupt them.
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

// join adds the content with the index i to the attribution.
func (s *attribution) join(contents []chunk, i int32) {
	contents[s.last].next = i
	s.last = i
	s.linkProb = min(s.linkProb, contents[i].linkProb)
}

// contents yields the contents of s in order.
func (f *Finder) contents(s *attribution) iter.Seq[*chunk] {
	return func(yield func(*chunk) bool) {
		for i := s.head; i >= 0; i = f.parts.contents[i].next {
			if !yield(&f.parts.contents[i]) {
				return
			}
		}
	}
}

// best returns the candidate with the highest score by m and its probability among all (softmax). each
// calls do for every candidate with its index, -1 for "none", and its features in f.bag.
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
