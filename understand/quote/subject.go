package quote

import "dateline/understand/token"

// subject finds the subject of a cue for which no speaker is tagged: long ones
// ("Ada Stone, who has led the bank since it was founded, said") are often
// missed. It adds it to the speakers, after which they are no longer in order.
func (f *Finder) subject(k int) {
	q := &f.parts.cues[k]
	g := &f.model.grammar
	if g.pronouns == nil || f.passive(q) || f.taken(k) {
		return
	}
	s := f.sents[q.sentence]
	last := f.views[q.end-1].word
	switch {
	case g.leading[last] || g.by[last] || g.verdict[f.next(q.end-2)]: // "according to", "written by", "in the words of"
		f.led(q, s.end)
		return
	}
	i := q.first - 1
	if i-2 > s.first && g.by[f.views[i].word] && f.views[q.first].end3 == suffixIng { // "Lund has replied by insisting"
		i -= 2
	}
	for i > s.first && (g.auxiliaries[f.views[i].word] || f.views[i].end2 == suffixLy) && f.tags[i] == none {
		i--
	}
	switch {
	case i < s.first || f.tags[i] != none && f.tags[i] < beginContent:
	case g.pronouns[f.views[i].word]:
		f.addSpeaker(q, i, i+1, ruleSubjectPronoun)
	case f.tags[i] == none && g.clauses[f.views[i].word]:
		if k > 0 && g.sharing[f.views[i].word] && f.parts.cues[k-1].sentence == q.sentence { // “Stone declined and called it …”
			q.speaker, q.linkProb, q.link = f.parts.cues[k-1].speaker, f.parts.cues[k-1].linkProb, ruleSubjectShared
		}
	case f.tags[i] >= beginContent || f.views[i].stop != 0 && f.views[i].stop != comma: // “…” said Stone
		if end := f.phraseEnd(q.end, s.end); end > q.end {
			f.addSpeaker(q, q.end, end, ruleSubjectAfter)
		} else {
			f.swallowed(q)
		}
	case f.views[i].stop == comma:
		if i > s.first && f.tags[i-1] >= beginContent || !f.apposed(q, i, s.first) {
			f.led(q, s.end)
		}
	default:
		first := f.phraseStart(i, s.first)
		f.addSpeaker(q, first, i+1, ruleSubjectBefore)
	}
}

// taken looks for a content that stands where the subject of cue k belongs, and was probably tagged wrongly:
// it has no cue, or k has another content, too. It makes it the speaker of k, and reports whether it did.
func (f *Finder) taken(k int) bool {
	p := &f.parts
	q := &p.cues[k]
	n := from(p.contents, q.first) // contents n-1 and n stand before and after the cue
	before := n > 0 && p.contents[n-1].sentence == q.sentence
	after := n < len(p.contents) && p.contents[n].sentence == q.sentence
	take := func(c *chunk, other bool) bool {
		if f.quoted(c)&3 != 0 || c.end-c.first > longestSubject || c.cue >= 0 && (c.cue != int32(k) || !other) || f.clausal(c.first, c.end) {
			return false
		}
		c.cue = -1
		f.addSpeaker(q, c.first, c.end, ruleSubjectTaken)
		return true
	}
	if before { // “Ada Stone, the mayor, said …”
		c := &p.contents[n-1]
		if gap := q.first - c.end; gap == 0 || gap == 1 && f.views[c.end].stop == comma {
			return take(c, after && p.contents[n].cue == int32(k) || n > 1 && p.contents[n-2].cue == int32(k))
		}
	}
	if after && p.contents[n].first == q.end && before { // “…,” said Ada Stone
		o := &p.contents[n-1]
		return o.cue == int32(k) && f.quoted(o)&3 == 3 && take(&p.contents[n], true)
	}
	return false
}

// led takes as the speaker of q the words after it, up to a mark, even if they
// were tagged as the beginning of the content.
func (f *Finder) led(q *chunk, end int32) {
	p := &f.parts
	n := from(p.contents, q.end)
	if n == len(p.contents) || p.contents[n].first != q.end {
		f.addSpeaker(q, q.end, f.phraseEnd(q.end, end), ruleSubjectLed)
		return
	}
	c := &p.contents[n]
	i := q.end
	for i < c.end && f.views[i].stop == 0 && f.marks.number[i] == f.marks.number[q.end] {
		i++
	}
	if i-q.end > longestName {
		return
	}
	if i+1 >= c.end && n+1 < len(p.contents) && p.contents[n+1].sentence == q.sentence { // all of it
		f.addSpeaker(q, q.end, i, ruleSubjectLed)
		c.cue = -1
	} else if i+2 < c.end {
		f.addSpeaker(q, q.end, i, ruleSubjectLed)
		for i < c.end-1 && f.text.Tokens[i].Kind == token.Mark {
			i++
		}
		c.first = i
	}
}

// swallowed takes as the speaker of q the words after the last comma of the
// content that ends right before it: “the pier was lost, the town council said”.
func (f *Finder) swallowed(q *chunk) {
	p := &f.parts
	n := from(p.contents, q.first) - 1
	if n < 0 || p.contents[n].end != q.first || f.marks.number[q.first-1] >= 0 {
		return
	}
	c := &p.contents[n]
	i := c.end - 1
	for i > c.first+2 && f.views[i].stop != comma && c.end-i <= longestName {
		i--
	}
	if f.views[i].stop == comma && i+1 < c.end {
		f.addSpeaker(q, i+1, c.end, ruleSubjectSwallowed)
		c.end = i
	}
}

// longestName bounds the tokens of a subject that was taken for content.
const longestName = 10

// longestSubject bounds the tokens of a subject.
const longestSubject = 40

// passive reports whether the cue q needs no speaker: it follows or begins with "to be", as "is expected", or
// is a word of doubt or a noun, as "reportedly".
func (f *Finder) passive(q *chunk) bool {
	g := &f.model.grammar
	last := &f.views[q.end-1]
	return (g.being[f.views[q.first].word] || g.being[f.next(q.first-1)]) && last.end3 != suffixIng ||
		last.class&(classHedge|classNoun) != 0
}

var (
	suffixLy  = token.Hash("ly")
	suffixIng = token.Hash("ing")
	suffixEd  = token.Hash("ed")
)

// apposed takes as the subject of q the name that opens the sentence or clause
// and the apposition that ends in the comma at i: "Stone, the mayor, said". It
// returns false if that is no name: "It was too late, said Stone".
func (f *Finder) apposed(q *chunk, i, start int32) bool {
	for k := i - 1; k >= start && i-k < longestSubject && f.tags[k] <= insideSpeaker; k-- {
		if k > start && f.views[k-1].stop == 0 && !f.model.grammar.clauses[f.views[k-1].word] {
			continue
		}
		if !f.text.Tokens[k].Is(token.Capital) && !f.model.grammar.articles[f.views[k].word] {
			continue
		}
		if k > start && f.views[k-1].stop == comma && k-1 > start {
			continue // still within the apposition
		}
		if f.clausal(k, i) {
			return false
		}
		f.addSpeaker(q, k, i, ruleSubjectApposed)
		return true
	}
	return true
}

// clausal reports whether the tokens from first to end begin with a clause
// rather than a name or noun.
func (f *Finder) clausal(first, end int32) bool {
	g := &f.model.grammar
	for i := first; i < end && f.views[i].stop == 0 && !g.clauses[f.views[i].word]; i++ {
		if g.being[f.views[i].word] || g.pronouns[f.views[i].word] {
			return true
		}
	}
	return false
}

// phraseStart returns where the noun phrase that ends with token i begins.
func (f *Finder) phraseStart(i, start int32) int32 {
	const longest = 12
	first := i
	for first > start && i-first < longest {
		k := first - 1
		if f.tags[k] != none || f.views[k].stop != 0 && f.views[k].stop != hyphen || f.model.grammar.clauses[f.views[k].word] {
			break
		}
		first = k
	}
	return first
}

// phraseEnd returns where the noun phrase that begins with token i ends.
func (f *Finder) phraseEnd(i, end int32) int32 {
	const longest = 12
	first := i
	for i < end && i-first < longest && f.tags[i] == none && (f.views[i].stop == 0 || f.views[i].stop == hyphen) &&
		!f.model.grammar.clauses[f.views[i].word] && !f.model.grammar.conveying[f.views[i].word] {
		i++
	}
	return i
}

// addSpeaker makes the tokens from first to end, which a rule found, the speaker
// of q, if there are any.
func (f *Finder) addSpeaker(q *chunk, first, end int32, rule string) {
	if first >= end {
		return
	}
	q.speaker, q.linkProb = int32(len(f.parts.speakers)), 1
	f.parts.speakers = append(f.parts.speakers, chunk{first: first, end: end, sentence: q.sentence, paragraph: q.paragraph, cue: -1, speaker: -1, last: -1, next: -1, made: true, rule: rule})
}
