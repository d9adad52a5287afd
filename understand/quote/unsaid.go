package quote

import (
	"cmp"

	"dateline/understand/token"
)

// Not every subject of a verb of speech has spoken, and not everything beside one was said. This file
// finds three such cases: cues in the passive, whose subject is told something (passives); what
// somebody reads out, which others wrote (readOut); and verbs that are denied, asked about, planned or
// depend on a condition (polarity).

// passives corrects the cues in the passive: their speaker is who "by" names, or nobody. The subject,
// which a model may have chosen, becomes the addressee (chunk.heard).
func (f *Finder) passives() {
	p := &f.parts
	for k := range p.cues {
		q := &p.cues[k]
		verb, being := f.passiveVerb(q)
		if verb < 0 || q.layout > 0 {
			continue
		}
		if sp := q.speaker; sp >= 0 && p.speakers[sp].first >= verb { // behind the verb: the agent
			f.dropSubject(q, k, being)
			if q.heard.end == 0 { // no content was dropped
				q.heard = f.subjectBefore(being, f.sents[q.sentence].first)
			}
			continue
		}
		if q.speaker >= 0 {
			sp := &p.speakers[q.speaker]
			q.heard = span{sp.first, sp.end}
			q.speaker, q.linkProb = -1, 1
		}
		q.rule = cmp.Or(q.rule, rulePassive)
		f.dropSubject(q, k, being)
		f.agent(q, k)
	}
}

// subjectBefore returns the noun phrase that ends before token i and begins at token first at the
// earliest: one that is tagged as a speaker, or one that is not tagged at all. It is empty if there is none.
func (f *Finder) subjectBefore(i, first int32) span {
	if i <= first {
		return span{}
	}
	for n := range f.parts.speakers {
		if sp := &f.parts.speakers[n]; sp.end == i {
			return span{sp.first, sp.end}
		}
	}
	if f.tags[i-1] != none {
		return span{}
	}
	return span{f.phraseStart(i-1, first), i}
}

// passiveVerb returns two tokens of the cue q if it is in the passive: the participle and the form of "to
// be" before it. Both are -1 if it is not, or if the participle tells a state of the subject, who then is
// the speaker: "is concerned".
func (f *Finder) passiveVerb(q *chunk) (verb, being int32) {
	g := &f.model.grammar
	if g.being == nil {
		return -1, -1
	}
	verb = q.end - 1
	for verb > q.first && f.views[verb].class&verbClasses == 0 { // "was told by"
		verb--
	}
	const passiveClasses = classSay | classClaim | classDeny | classAsk | classUrge | classWrite | classAttitude | classPromise
	v := &f.views[verb]
	if v.class&passiveClasses == 0 || g.stative[v.word] || v.end3 == suffixIng || !g.isParticiple(v) {
		return -1, -1
	}
	i := verb - 1
	for ; i >= max(f.sents[q.sentence].first, verb-4); i-- {
		w := f.views[i].word
		if g.being[w] {
			return verb, i
		}
		if !g.auxiliaries[w] && f.views[i].end2 != suffixLy {
			break
		}
	}
	return -1, -1
}

// dropSubject unlinks from cue q, whose index is k, a content that ends right before being, the form of "to
// be" of the passive: it is the subject, “He” in “He was warned by Orlov that …”, and becomes who was told.
func (f *Finder) dropSubject(q *chunk, k int, being int32) {
	for i := range f.parts.contents {
		c := &f.parts.contents[i]
		if c.cue == int32(k) && c.sentence == q.sentence && c.end <= being && being-c.end <= 1 && f.marks.number[c.first] < 0 {
			c.cue = -1
			q.heard = span{c.first, c.end}
		}
	}
}

// agent makes the noun phrase behind "by" the speaker of cue q, which is in the passive.
func (f *Finder) agent(q *chunk, k int) {
	g := &f.model.grammar
	const farthest = 12
	s := &f.sents[q.sentence]
	from := q.end - 1
	for from > q.first+1 && !g.by[f.views[from].word] { // "was claimed by Kelvion", all tagged as the cue
		from--
	}
	if !g.by[f.views[from].word] {
		from = q.end - 1
	}
	for i := from; i < min(s.end, q.end+farthest) && f.views[i].stop == 0; i++ {
		if !g.by[f.views[i].word] || f.marks.number[i] >= 0 || i+1 >= s.end {
			continue
		}
		next := i + 1
		if f.text.Tokens[next].Kind != token.Word || g.day[f.views[next].word] || f.views[next].end3 == suffixIng {
			return
		}
		for n := range f.parts.speakers {
			if sp := &f.parts.speakers[n]; sp.first == next {
				q.speaker, q.linkProb = int32(n), 1
				return
			}
		}
		end := f.nounEnd(next, s.end)
		if next < q.end {
			end, q.end = max(next+1, min(end, q.end)), next
		}
		f.addSpeaker(q, next, end, rulePassiveAgent)
		return
	}
}

// nounEnd returns the token behind the noun phrase that begins with token i, whatever tags it has; it is
// end at most.
func (f *Finder) nounEnd(i, end int32) int32 {
	g := &f.model.grammar
	const longest = 8
	first := i
	for i < end && i-first < longest && (f.views[i].stop == 0 || f.views[i].stop == hyphen) && !g.clauses[f.views[i].word] &&
		!g.conveying[f.views[i].word] && !g.toWords[f.views[i].word] && f.marks.number[i] < 0 && !(i > first && g.being[f.views[i].word]) {
		i++
	}
	return i
}

// The values of dateline.Statement.Polarity, which is "" if the content was said.
const (
	denied      = "denied"      // somebody said that it is not so
	notSaid     = "not said"    // "did not say"
	Conditional = "conditional" // "if she said", "would say": nobody has said it
	refused     = "refused"     // "refused to say", "would not say"
	asked       = "asked"       // somebody asked it, or the article asks whether it was said
	planned     = "planned"     // "will say"
)

// polarity returns the polarity of the statement s, whose cue is q and whose kind is given; the rule that
// found it; and the tokens from first to end that tell it. All are zero if the content was said.
func (f *Finder) polarity(q *chunk, s *attribution, kind string) (how string, rule string, first, end int32) {
	g := &f.model.grammar
	if g.unless == nil || q.layout > 0 {
		return "", "", 0, 0
	}
	sent := &f.sents[q.sentence]
	start := q.first
	if s.speaker >= 0 {
		if sp := &f.parts.speakers[s.speaker]; sp.sentence == q.sentence && sp.end <= q.first {
			start = sp.first
		}
	}
	if i := f.condition(start, q.first, sent.first); i >= 0 {
		return Conditional, rulePolarityIf, i, i + 1
	}
	for i := q.first; i < q.end; i++ { // words of the cue itself
		switch w := f.views[i].word; {
		case g.denying[w], g.rejecting[w] && f.claims(i+1, s):
			return denied, rulePolarityVerb, i, i + 1
		case g.refusing[w]:
			return refused, rulePolarityVerb, i, i + 1
		}
	}
	if how, i := f.modality(q, sent.first); how != "" {
		return how, rulePolarityVerb, i, i + 1
	}
	if f.nobody(q) && f.parts.speakers[q.speaker].end <= q.first { // "Nobody at the club said"
		i := f.parts.speakers[q.speaker].first
		return notSaid, rulePolarityVerb, i, i + 1
	}
	last := &f.views[q.end-1]
	if kind == "indirect" && last.class&classAsk != 0 {
		return asked, rulePolarityVerb, q.end - 1, q.end
	}
	if kind == "indirect" && f.marks.number[q.first] < 0 && f.asks(sent, q) {
		return asked, rulePolarityQuestion, sent.end - 1, sent.end
	}
	return "", "", 0, 0
}

// conditioned shortens contents in a condition, which the main clause follows, to end at their first
// comma: “Had Lund said that the pier was lost, nobody would have come.”
func (f *Finder) conditioned() {
	p := &f.parts
	for i := range p.contents {
		c := &p.contents[i]
		if c.cue < 0 || f.marks.number[c.first] >= 0 {
			continue
		}
		q := &p.cues[c.cue]
		if q.end > c.first || q.sentence != c.sentence || f.model.grammar.unless == nil {
			continue
		}
		start := q.first
		if q.speaker >= 0 && p.speakers[q.speaker].sentence == q.sentence && p.speakers[q.speaker].end <= q.first {
			start = p.speakers[q.speaker].first
		}
		at := f.condition(start, q.first, f.sents[q.sentence].first)
		if at < 0 || f.model.grammar.whether[f.views[at].word] {
			continue
		}
		for k := c.first + 2; k < c.end; k++ {
			if f.views[k].stop == comma {
				c.end = k
				break
			}
		}
	}
}

// asks reports whether the sentence s is a question of the article about what its cue q says: “Did Lund
// say …?”
func (f *Finder) asks(s *sentence, q *chunk) bool {
	g := &f.model.grammar
	if f.views[s.end-1].stop != questionMark {
		return false
	}
	w := f.views[s.first].word
	return (g.auxiliaries[w] || g.hanging[w] || g.clauses[w]) && q.first > s.first
}

// condition returns the token that makes the clause of a cue a condition: "if" or "unless" close before the
// subject, which begins at token start; or "had" that opens the sentence, which begins at token first, if
// the subject stands between it and the cue. It returns -1 if there is none.
func (f *Finder) condition(start, cue, first int32) int32 {
	g := &f.model.grammar
	const farthest = 3 // tokens between: "if the mayor of"
	for i := start - 1; i >= max(first, start-farthest); i-- {
		if f.views[i].stop != 0 {
			break
		}
		if g.unless[f.views[i].word] && f.marks.number[i] < 0 {
			return i
		}
	}
	if start < cue && start-1 == first && g.inverted[f.views[first].word] {
		return first
	}
	return -1
}

// nobody reports whether the speaker of q begins with a negation, so that nobody spoke: "neither
// government".
func (f *Finder) nobody(q *chunk) bool {
	if q.speaker < 0 {
		return false
	}
	first := f.parts.speakers[q.speaker].first
	return f.model.grammar.negating[f.views[first].word] && f.text.Tokens[first+1].Kind == token.Word // not "No. 10"
}

// modality returns the polarity that a word between the subject and the verb of q tells, and that word:
// "did not say", "will say", "would say". It looks back to token start at the earliest. The polarity is ""
// if there is no such word.
func (f *Finder) modality(q *chunk, start int32) (how string, at int32) {
	g := &f.model.grammar
	i := q.end - 1
	for i > q.first && f.views[i].class&verbClasses == 0 {
		i--
	}
	const farthest = 7
	for low := max(start, i-farthest); i > low; i-- {
		v := &f.views[i-1]
		w := v.word
		switch {
		case g.negating[w]:
			return notSaid, i - 1
		case g.refusing[w]:
			return refused, i - 1
		case g.planning[w]:
			return planned, i - 1
		case g.supposing[w]:
			if g.negating[f.views[i].word] || f.nobody(q) { // "would not say", "neither would say"
				return refused, i - 1
			}
			return Conditional, i - 1
		case g.auxiliaries[w] || g.being[w] || g.toWords[w] || v.end2 == suffixLy || i-1 >= q.first:
		default:
			return "", 0
		}
	}
	return "", 0
}

// claims reports whether a noun for what others claim stands at token i or soon behind it, in the cue of s or at the
// beginning of its content: “rejected claims that …”.
func (f *Finder) claims(i int32, s *attribution) bool {
	const farthest = 3 // tokens: "the false allegations"
	for end := min(f.parts.contents[s.head].end, i+farthest); i < end; i++ {
		if f.model.grammar.claims[f.views[i].word] {
			return true
		}
	}
	return false
}

// A span is the run of the tokens from first on and before end. The zero span is empty and means "none".
type span struct{ first, end int32 }

// readOut corrects the speaker of what somebody reads out: it is who wrote the words, if the text tells
// that, else nobody. “The prosecutor read out an e-mail that Hurst had sent: “Burn it.””
func (f *Finder) readOut() {
	g := &f.model.grammar
	p := &f.parts
	for k := range p.cues {
		q := &p.cues[k]
		read := q.first
		for read < q.end && !g.reading[f.views[read].word] {
			read++
		}
		if g.reading == nil || q.layout > 0 || read == q.end {
			continue
		}
		quote := f.quotationOf(k)
		if quote <= q.end {
			continue
		}
		f.author(q, read+1, min(quote, f.sents[q.sentence].end))
		if q.rule != ruleReadOut {
			continue
		}
		for n := range p.contents { // what was read out: an e-mail …
			if c := &p.contents[n]; c.cue == int32(k) && c.end <= quote {
				c.cue = -1
			} else if c.cue == int32(k) && c.first < quote {
				c.first = quote
			}
		}
	}
}

// quotationOf returns the first token within quotation marks of the contents of cue k; -1 if there is none.
func (f *Finder) quotationOf(k int) int32 {
	for n := range f.parts.contents {
		c := &f.parts.contents[n]
		if c.cue != int32(k) {
			continue
		}
		for i := c.first; i < c.end; i++ {
			if f.marks.number[i] >= 0 {
				return max(i, f.marks.quotes[f.marks.number[i]].first)
			}
		}
	}
	return -1
}

// author sets the speaker of q if the tokens from first to end name something written: to who wrote it,
// as in “an e-mail that Hurst had sent” or “a letter from Hurst”, or to nobody if they do not tell.
func (f *Finder) author(q *chunk, first, end int32) {
	g := &f.model.grammar
	written := false
	for i := first; i < end; i++ {
		if _, ok := one(f.model.media.nouns, f.text, i); ok || g.written[f.views[i].word] {
			written = true
		}
	}
	if !written {
		return
	}
	q.speaker, q.linkProb, q.rule = -1, 1, ruleReadOut
	for i := first; i+1 < end; i++ {
		w := f.views[i].word
		if !g.introducing[w] && !g.by[w] && !g.that[w] && !g.hangingAfter[w] {
			continue
		}
		to := i + 1
		for to < end && f.text.Tokens[to].Kind == token.Word && !g.auxiliaries[f.views[to].word] && !g.conveying[f.views[to].word] && !g.sending[f.views[to].word] {
			to++
		}
		if to > i+1 && (g.introducing[w] || g.by[w] || to < end && (g.auxiliaries[f.views[to].word] || g.sending[f.views[to].word])) {
			f.addSpeaker(q, i+1, to, ruleReadOut)
			return
		}
	}
}
