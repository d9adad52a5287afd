package quote

import (
	"math"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// The features of the confidence. Models are trained with these numbers, so the order must not change, and a
// new feature goes to the end.
const (
	sureKind feature = 1 + iota
	sureKindContent
	sureKindLinked
	sureKindCue
	sureKindSpeaker
	sureKindSpeaks
	sureKindAll
	sureKindContentCue
	sureKindSpeakerSpeaks
	sureKindContents
	sureKindLength
	sureKindWay
	sureSideMarks
	sureKindGap
	sureKindWho
	sureWord
	sureKindWord
	sureKindClass
	sureCueLength
	sureFirst
	sureKindQuoted
	sureBefore
	sureAfter
	sureKindGroup
	sureClassFirst
	sureClassShape
	sureClassAll
	sureClassGap
	sureKindRivals
	sureKindWhole
	sureKindLengthContent
	sureFirstGroupShape
	sureWordNext
	sureWordBefore
	sureClassLength
	sureWordForm
	sureClassForm
	sureKindForm
	sureGroupForm
	sureWordFormShape
	sureKindLastGroup
	sureClassLastGroup
	sureWordLastGroup
	sureSpeakerGroup
	sureClassSpeakerGroup
	sureClassClausal
	sureWordClausal
	sureKindRule
	sureRest
	sureWordQuotes
)

// sureNames says for a reader what each of these features is of. Those whose
// constant begins with sureKind are of the kind of the statement (direct, mixed,
// indirect), too.
var sureNames = map[feature]string{
	sureKind:              "in quotation marks, in part, or not",
	sureKindContent:       "how sure it is which words were said",
	sureKindLinked:        "how sure the words belong to the verb",
	sureKindCue:           "how sure it is which words are the verb of speech",
	sureKindSpeaker:       "how sure it is which words are the speaker",
	sureKindSpeaks:        "how sure the verb belongs to the speaker",
	sureKindAll:           "how sure all of this is together",
	sureKindContentCue:    "how sure the words and the verb are together",
	sureKindSpeakerSpeaks: "how sure the speaker and its verb are together",
	sureKindContents:      "in how many pieces the words stand",
	sureKindLength:        "how many words were said",
	sureKindWay:           "on which side of the words the verb stands, and how far away",
	sureSideMarks:         "which marks stand between the words and the verb",
	sureKindGap:           "how far the speaker stands from the verb",
	sureKindWho:           "first word of the speaker",
	sureWord:              "the verb",
	sureKindWord:          "the verb, beside quotation marks or not",
	sureKindClass:         "what kind of verb it is",
	sureCueLength:         "first word of the verb, and its length",
	sureFirst:             "first word that was said",
	sureKindQuoted:        "where the words stand to quotation marks",
	sureBefore:            "the word before what was said",
	sureAfter:             "the word after what was said",
	sureKindGroup:         "to which group of words the verb belongs",
	sureClassFirst:        "what kind of verb it is, and the first word that was said",
	sureClassShape:        "what kind of verb it is, and whether the speaker is a name, a pronoun or a description",
	sureClassAll:          "what kind of verb it is, and how sure all is together",
	sureClassGap:          "what kind of verb it is, and how far the speaker stands from it",
	sureKindRivals:        "how many other verbs and words of others stand beside",
	sureKindWhole:         "whether all of a quotation was taken",
	sureKindLengthContent: "how many words were said, and how sure it is which",
	sureFirstGroupShape:   "which kind of word begins what was said",
	sureWordNext:          "the verb and the word after it",
	sureWordBefore:        "the verb and the word before it",
	sureClassLength:       "what kind of verb it is, and how many words were said",
	sureWordForm:          "the verb, and with what kind of word the words that were said begin",
	sureClassForm:         "what kind of verb it is, and with what kind of word the words that were said begin",
	sureKindForm:          "with what kind of word the words that were said begin",
	sureGroupForm:         "to which group of words the verb belongs, and with what kind of word the words that were said begin",
	sureWordFormShape:     "the verb, with what kind of word the words that were said begin, and how that is written",
	sureKindLastGroup:     "to which group of words the last one belongs that was said",
	sureClassLastGroup:    "what kind of verb it is, and to which group of words the last one belongs that was said",
	sureWordLastGroup:     "the verb, and to which group of words the last one belongs that was said",
	sureSpeakerGroup:      "to which group of words the last one of the speaker belongs",
	sureClassSpeakerGroup: "what kind of verb it is, and to which group of words the last one of the speaker belongs",
	sureClassClausal:      "what kind of verb it is, and whether a clause was said",
	sureWordClausal:       "the verb, and whether a clause was said",
	sureKindRule:          "the rule that found it",
	sureRest:              "how many words of the sentence are no part of it, and what kind of verb it is",
	sureWordQuotes:        "the verb, and whether a quotation stands in its sentence",
}

// sureFeatures fills f.bag with the features by which the confidence judges the statement s.
func (f *Finder) sureFeatures(s *attribution) {
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
	linked, speaks := doubt(s.linkProb), doubt(s.speakerProb)
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
	b.set(sureKind, kind)
	b.setPair(sureKindContent, kind, level(content))
	b.setPair(sureKindLinked, kind, level(linked))
	b.setPair(sureKindCue, kind, level(cue))
	b.setPair(sureKindSpeaker, kind, speaker)
	b.setPair(sureKindSpeaks, kind, level(speaks))
	b.setPair(sureKindAll, kind, level(content+linked+cue+speaks))
	b.setPair(sureKindContentCue, kind, chain.Pair(level(content), level(cue)))
	b.setPair(sureKindSpeakerSpeaks, kind, chain.Pair(speaker, level(speaks)))
	b.setPair(sureKindContents, kind, contents)
	b.setPair(sureKindLength, kind, bucket(length))
	b.setPair(sureKindWay, kind, chain.Pair(side, distance))
	b.setPair(sureSideMarks, side, chain.Pair(commas, stops))
	b.setPair(sureKindGap, kind, gap)
	b.setPair(sureKindWho, kind, who)
	b.set(sureWord, word)
	b.setPair(sureKindWord, kind, word)
	b.setPair(sureKindClass, kind, f.views[q.end-1].class)
	b.setPair(sureCueLength, uint64(q.end-q.first), f.views[q.first].word)
	b.set(sureFirst, f.views[first.first].word)
	b.setPair(sureKindQuoted, kind, f.quoted(first))
	b.set(sureBefore, f.next(first.first-1))
	b.set(sureAfter, f.next(last.end))
	class, group := f.views[q.end-1].class, f.views[q.end-1].group
	shape := uint64(0)
	if s.speaker >= 0 {
		shape = 1 + f.views[f.parts.speakers[s.speaker].first].shape
	}
	b.setPair(sureKindGroup, kind, group)
	b.setPair(sureClassFirst, class, f.views[first.first].word)
	b.setPair(sureClassShape, class, shape)
	b.setPair(sureClassAll, class, level(content+linked+cue+speaks))
	b.setPair(sureClassGap, class, gap)
	b.setPair(sureKindRivals, kind, chain.Pair(f.beside(f.parts.cues, first, q), f.beside(f.parts.contents, q, first)))
	b.setPair(sureKindWhole, kind, f.wholly(first)<<2|f.wholly(last))
	b.setPair(sureKindLengthContent, kind, chain.Pair(bucket(length), level(content)))
	b.setPair(sureFirstGroupShape, f.views[first.first].group, f.views[first.first].shape)
	b.setPair(sureWordNext, word, f.next(q.end))
	b.setPair(sureWordBefore, word, f.next(q.first-1))
	b.setPair(sureClassLength, class, bucket(length))
	form := f.form(first, q)
	b.setPair(sureWordForm, word, form)
	b.setPair(sureClassForm, class, form)
	b.setPair(sureKindForm, kind, form)
	b.setPair(sureGroupForm, group, form)
	b.setPair(sureWordFormShape, chain.Pair(word, form), shape)
	f.sureHeads(s, kind, class, word, last)
	clause := f.clauseIn(first, last, form)
	b.setPair(sureClassClausal, class, clause)
	b.setPair(sureWordClausal, word, clause)
	b.setPair(sureKindRule, kind, token.Hash(f.ruleOf(s)))
}

// sureHeads sets the features of the last words of what was said and of who said it, which
// mostly lead the others, and of what else stands in the sentence.
func (f *Finder) sureHeads(s *attribution, kind, class, word uint64, last *chunk) {
	b := &f.bag
	group := f.views[last.end-1].group
	b.setPair(sureKindLastGroup, kind, group)
	b.setPair(sureClassLastGroup, class, group)
	b.setPair(sureWordLastGroup, word, group)
	if s.speaker >= 0 {
		sp := &f.parts.speakers[s.speaker]
		group = f.views[sp.end-1].group
		b.setPair(sureSpeakerGroup, kind, group)
		b.setPair(sureClassSpeakerGroup, class, group)
	}
	sent := &f.sents[last.sentence]
	if s.cue >= 0 {
		sent = &f.sents[f.parts.cues[s.cue].sentence]
	}
	f.count(sent)
	b.setPair(sureRest, bucket(sent.rest), class)
	b.setPair(sureWordQuotes, word, sent.quotes)
}

// count sets what sent counts of its tokens, once for all statements of the sentence.
func (f *Finder) count(sent *sentence) {
	if sent.counted {
		return
	}
	sent.counted, sent.rest, sent.quotes = true, 0, 0
	for i := sent.first; i < sent.end; i++ {
		if f.tags[i] == none && f.text.Tokens[i].Kind != token.Mark {
			sent.rest++
		}
		if f.marks.number[i] >= 0 {
			sent.quotes = 1
		}
	}
}

// clauseIn returns whether a verb in a finite form stands in what was said, 1 or 0, with
// what that begins with.
func (f *Finder) clauseIn(first, last *chunk, form uint64) uint64 {
	const farthest = 40 // tokens that are looked at
	if f.finite(first.first+1, min(last.end, first.first+farthest)) {
		return 1 | form<<1
	}
	return form << 1
}

// The forms of a content, as method form tells them.
const (
	formQuoted uint64 = 1 + iota
	formBefore
	formThat
	formInfinitive
	formConjunction
	formClause
	formNoun
)

// form returns what the content c begins with: "that", "to", another word that begins
// a clause, a clause, a noun; and whether it stands before its cue, or in quotation marks. What
// people say is mostly a clause, what they do something to a noun.
func (f *Finder) form(c, cue *chunk) uint64 {
	g := &f.model.grammar
	w := f.views[c.first].word
	switch {
	case f.marks.number[c.first] >= 0:
		return formQuoted
	case c.first < cue.first:
		return formBefore
	case g.that[w]:
		return formThat
	case g.toWords[w]:
		return formInfinitive
	case g.clauses[w]:
		return formConjunction
	case f.beginsClause(c.first, c.end):
		return formClause
	}
	return formNoun
}

// whole returns how probable it is that c has the right tokens: the least of the probabilities of its
// labels and of the label right behind it, if that is in the same paragraph.
func (f *Finder) whole(c *chunk) float64 {
	if c.least > 0 { // reckoned before, since statements can share a cue or speaker
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

// doubt returns the negative logarithm of the probability p: 0 for what is certain, at most about 14.
func doubt(p float64) float64 { return -math.Log(max(p, 1e-6)) }

// level puts a doubt into one of 14 classes, from 0 to 13, by its logarithm.
func level(d float64) uint64 {
	return uint64(min(max(math.Log2(d+1e-4)+10, 0), 13))
}

// confidence returns how probable it is that the statement s is right, from 0 to 1 (logistic regression).
func (f *Finder) confidence(s *attribution) float64 {
	f.sureFeatures(s)
	return 1 / (1 + math.Exp(-f.model.sure.Score(f.bag.features)))
}
