package quote

import (
	"dateline/internal/chain"
	"dateline/understand/token"
)

// Models choose the cue of a content (eachCue), the speaker of a cue (eachSpeaker) and, in German, the
// speaker of a content (eachVoice). This file makes the features of each candidate. The constants of
// kinds.go name them; most are pairs, so that what a model learns of the one value depends on the other.

// eachCue calls do once for each cue that could belong to the content c, with its index k in
// f.parts.cues, and at last with -1 for "no cue". Before each call f.bag is filled with the features.
func (f *Finder) eachCue(c *chunk, do func(k int)) {
	first, end := candidates(f.parts.cues, c, 2)
	for k := first; k < end; k++ {
		f.cueFeatures(c, &f.parts.cues[k], end-first)
		do(k)
	}
	f.bag.reset()
	f.bag.set(noCueQuoted, f.quoted(c))
	f.bag.set(noCueCandidates, uint64(end-first))
	f.bag.set(noCueLength, bucket(uint64(c.end-c.first)))
	f.bag.set(noCueFirstWord, f.views[c.first].word)
	do(-1)
}

// quoted returns four bits that tell which tokens stand in a quotation: the first of c, the last of c,
// the first of the paragraph where c begins, the last of that paragraph.
func (f *Finder) quoted(c *chunk) uint64 {
	m, p := &f.marks, f.text.Paragraphs[c.paragraph]
	return m.in(c.first) | m.in(c.end-1)<<1 | m.in(p.First)<<2 | m.in(p.End-1)<<3
}

// between counts the chunks of list that begin among the tokens from a to b. It counts up to 3.
func between(list []chunk, a, b int32) uint64 {
	n := uint64(0)
	for k := from(list, a); k < len(list) && list[k].first < b && n < 3; k++ {
		n++
	}
	return n
}

// amid counts the chunks of each kind that begin between a and b, which may stand in either order. It
// counts up to 3 of a kind.
func (f *Finder) amid(a, b *chunk) (cues, contents, speakers uint64) {
	lo, hi := min(a.end, b.end), max(a.first, b.first)
	return between(f.parts.cues, lo, hi), between(f.parts.contents, lo, hi), between(f.parts.speakers, lo, hi)
}

// relation tells how chunk b stands to chunk a. The bits of side are: 1, b stands before a; 2, in another
// paragraph; 4, in another sentence of the paragraph; 8, a paragraph or more lies between. distance is the
// class (see bucket) of the number of tokens between the two; commas and stops count the commas and other
// marks among the first 40 of these, without quotation marks, up to 3.
func (f *Finder) relation(a, b *chunk) (side, distance, commas, stops uint64) {
	x, y := a, b
	if b.first < a.first {
		x, y = b, a
		side = 1
	}
	if a.paragraph != b.paragraph {
		side |= 2
		if y.paragraph-x.paragraph > 1 {
			side |= 8
		}
	} else if a.sentence != b.sentence {
		side |= 4
	}
	gap := max(y.first-x.end, 0)
	for i := x.end; i < min(y.first, x.end+40); i++ {
		if f.views[i].stop == comma {
			commas = min(commas+1, 3)
		} else if f.views[i].stop != 0 && f.marks.place[i] != opening && f.marks.place[i] != closing {
			stops = min(stops+1, 3)
		}
	}
	return side, bucket(uint64(gap)), commas, stops
}

// cueFeatures fills f.bag with the features of q, one of n candidates, as the cue of the content c.
func (f *Finder) cueFeatures(c, q *chunk, n int) {
	b := &f.bag
	b.reset()
	side, distance, commas, stops := f.relation(c, q)
	cues, contents, speakers := f.amid(c, q)
	taken := uint64(0) // whether q has a content already: 1 before it, 2 behind it
	if q.last >= 0 {
		taken = 1
		if f.parts.contents[q.last].first > q.first {
			taken = 2
		}
	}
	word, first := f.views[q.end-1].word, f.views[q.first].word
	quoted := f.quoted(c)
	b.setPair(cueSideDistance, side, distance)
	b.setPair(cueSideCuesContents, side, chain.Pair(cues, contents))
	b.setPair(cueSideSpeakers, side, speakers)
	b.setPair(cueSideCuesContentsSpeakers, chain.Pair(side, cues), chain.Pair(contents, speakers))
	b.setPair(cueSideWord, side, word)
	b.setPair(cueSideWordNear, chain.Pair(side, word), min(distance, 2))
	b.setPair(cueSideFirstWord, side, first)
	b.setPair(cueSideQuotedTaken, chain.Pair(side, quoted), taken)
	b.setPair(cueSideQuotedCues, chain.Pair(side, quoted), cues)
	b.setPair(cueSideQuotedDistance, chain.Pair(side, quoted), distance)
	b.setPair(cueSideCommasStops, chain.Pair(side, commas), stops)
	b.setPair(cueSideQuotedCommasStops, chain.Pair(side, quoted), chain.Pair(commas, stops))
	b.setPair(cueSideTakenContents, chain.Pair(side, taken), contents)
	b.setPair(cueSideBeforeContent, side, f.next(c.first-1))
	b.setPair(cueSideAfterContent, side, f.next(c.end))
	b.setPair(cueSideAfter, side, f.next(q.end))
	b.setPair(cueSideBefore, side, f.next(q.first-1))
	b.setPair(cueSideBeforeContentAfter, chain.Pair(side, f.next(c.first-1)), f.next(q.end))
	b.setPair(cueSideCuesContentWord, chain.Pair(side, cues), f.views[c.first].word)
	b.setPair(cueSideCandidatesTaken, side, chain.Pair(uint64(n), taken))
	b.setPair(cueSideInQuoteQuoted, chain.Pair(side, f.marks.in(q.first)), quoted)
	// The last content of q so far: how that lies in quotations (from 1), and how far c is from it.
	last, apart, whole := uint64(0), uint64(0), c.whole
	if q.last >= 0 {
		o := &f.parts.contents[q.last]
		last = 1 + o.whole
		apart = min(uint64(c.sentence-o.sentence), 3)
		if o.paragraph != c.paragraph {
			apart |= 4
		}
	}
	b.setPair(cueSideTakenWholeLastWhole, chain.Pair(side, taken), chain.Pair(whole, last))
	b.setPair(cueLastWholeWholeApartSide, chain.Pair(last, whole), chain.Pair(apart, side))
	b.setPair(cueLastWholeWholeBeforeContent, chain.Pair(last, whole), f.next(c.first-1))
	b.setPair(cueSideWholeDistance, chain.Pair(side, whole), distance)
	b.setPair(cueLastWholeWholeWordSide, chain.Pair(last, whole), chain.Pair(word, side))
	class, group := f.views[q.end-1].class, f.views[q.end-1].group
	rivals := f.beside(f.parts.contents, q, c) | f.beside(f.parts.cues, c, q)<<2
	ending := uint64(0)
	if k := f.marks.number[c.end-1]; k >= 0 {
		ending = f.ending(&f.marks.quotes[k])
	}
	b.setPair(cueSideRivals, side, rivals)
	b.setPair(cueSideRivalsDistance, chain.Pair(side, rivals), distance)
	b.setPair(cueSideRivalsWholeNear, chain.Pair(side, rivals), chain.Pair(whole, min(distance, 2)))
	b.setPair(cueSideEndingDistance, chain.Pair(side, ending), distance)
	b.setPair(cueSideEndingCuesWhole, chain.Pair(side, ending), chain.Pair(cues, whole))
	b.setPair(cueSideClass, side, class)
	b.setPair(cueSideClassDistance, chain.Pair(side, class), distance)
	b.setPair(cueSideGroupWhole, chain.Pair(side, group), whole)
}

// beside returns two bits: whether a chunk of list other than o ends less than three tokens before c,
// and whether one begins less than three tokens after it.
func (f *Finder) beside(list []chunk, c, o *chunk) (n uint64) {
	k := from(list, c.first)
	if k > 0 && &list[k-1] != o && c.first-list[k-1].end < 3 {
		n = 1
	}
	if k < len(list) && &list[k] != o && list[k].first-c.end < 3 {
		n |= 2
	}
	return n
}

// wholly returns how much of c lies in quotations, by tokens that are no marks: 0 for nothing, 1 for less than
// half, 2 for half or more, 3 for all.
func (f *Finder) wholly(c *chunk) uint64 {
	in, all := 0, 0
	for i := c.first; i < c.end; i++ {
		if f.text.Tokens[i].Kind != token.Mark {
			all++
			if f.marks.number[i] >= 0 {
				in++
			}
		}
	}
	switch {
	case in == 0:
		return 0
	case in == all:
		return 3
	case in*2 >= all:
		return 2
	}
	return 1
}

// next returns the word of the view of token i, 0 if i is outside of the text.
func (f *Finder) next(i int32) uint64 {
	if i < 0 || int(i) >= len(f.views) {
		return 0
	}
	return f.views[i].word
}

// in returns 1 if token i stands in a quotation or is one of its marks, else 0.
func (m *marks) in(i int32) uint64 {
	if m.number[i] >= 0 {
		return 1
	}
	return 0
}

// eachSpeaker calls do once for each speaker that could belong to the cue q, with its index k in
// f.parts.speakers, and at last with -1 for "no speaker". Before each call f.bag is filled with the
// features.
func (f *Finder) eachSpeaker(q *chunk, do func(k int)) {
	first, end := candidates(f.parts.speakers, q, 1)
	same := uint64(0) // candidates in the sentence of q, up to 3
	for k := first; k < end; k++ {
		f.speakerFeatures(q, &f.parts.speakers[k])
		if f.parts.speakers[k].sentence == q.sentence {
			same = min(same+1, 3)
		}
		do(k)
	}
	b := &f.bag
	b.reset()
	b.set(noSpeakerSameSentence, same)
	b.set(noSpeakerWord, f.views[q.end-1].word)
	b.set(noSpeakerEnd3, f.views[q.end-1].end3)
	b.set(noSpeakerFirstWord, f.views[q.first].word)
	b.setPair(noSpeakerSameSentenceWord, same, f.views[q.end-1].word)
	b.setPair(noSpeakerSameSentenceBefore, same, f.next(q.first-1))
	do(-1)
}

// speakerFeatures fills f.bag with the features of s as the speaker of the cue q.
func (f *Finder) speakerFeatures(q, s *chunk) {
	b := &f.bag
	b.reset()
	side, distance, commas, stops := f.relation(q, s)
	cues, contents, speakers := f.amid(q, s)
	near := uint64(0) // whether a cue other than q stands beside the speaker
	for k := max(from(f.parts.cues, s.first)-1, 0); k < len(f.parts.cues) && f.parts.cues[k].first <= s.end+1; k++ {
		if o := &f.parts.cues[k]; o != q && o.first-s.end < 2 && s.first-o.end < 2 {
			near = 1
		}
	}
	word := f.views[q.end-1].word
	b.setPair(speakerSideDistance, side, distance)
	b.setPair(speakerSideDistanceCuesSpeakers, chain.Pair(side, distance), chain.Pair(cues, speakers))
	b.setPair(speakerSideCuesContentsSpeakers, chain.Pair(side, cues), chain.Pair(contents, speakers))
	b.setPair(speakerSideCommasStops, chain.Pair(side, commas), stops)
	b.setPair(speakerSideCueWord, side, word)
	b.setPair(speakerSideCueWordNear, chain.Pair(side, word), min(distance, 2))
	b.setPair(speakerSideCueEnd3Near, chain.Pair(side, f.views[q.end-1].end3), min(distance, 2))
	b.setPair(speakerSideCueFirst, side, f.views[q.first].word)
	b.setPair(speakerSideFirstWord, side, f.views[s.first].word)
	b.setPair(speakerSideLastWord, side, f.views[s.end-1].word)
	b.setPair(speakerSideAfter, side, f.next(s.end))
	b.setPair(speakerSideBeforeCue, side, f.next(q.first-1))
	b.setPair(speakerSideAfterCue, side, f.next(q.end))
	b.setPair(speakerSideOtherCueCues, chain.Pair(side, near), cues)
	b.setPair(speakerSideOtherCueSpeakersNear, chain.Pair(side, near), chain.Pair(speakers, min(distance, 2)))
	b.setPair(speakerSideCueInQuoteInQuote, chain.Pair(side, f.marks.in(q.first)), f.marks.in(s.first))
	class := f.views[q.end-1].class
	b.setPair(speakerSideCueClass, side, class)
	b.setPair(speakerSideCueClassDistanceCues, chain.Pair(side, class), chain.Pair(distance, cues))
	b.setPair(speakerSideBeforeNear, chain.Pair(side, f.next(s.first-1)), min(distance, 2))
	b.setPair(speakerSideAfterNear, chain.Pair(side, f.next(s.end)), min(distance, 2))
	b.setPair(speakerSideLength, side, bucket(uint64(s.end-s.first)))
	b.setPair(speakerSideShapeNear, chain.Pair(side, f.views[s.first].shape), min(distance, 2))
	b.setPair(speakerSideBeforeCueAfterCue, chain.Pair(side, f.next(q.first-1)), f.next(q.end))
	b.setPair(speakerSideContentsBesideNear, chain.Pair(side, f.beside(f.parts.contents, q, q)), min(distance, 2))
	b.setPair(speakerSideCuesBesideSpeakersBeside, chain.Pair(side, f.beside(f.parts.cues, s, q)), f.beside(f.parts.speakers, q, s))
	b.setPair(speakerSideGroupCueGroup, chain.Pair(side, f.views[s.end-1].group), f.views[q.end-1].group)
}

// eachVoice calls do once for each speaker that could belong to content i, with its index k in
// f.parts.speakers, and at last with -1 for "no speaker". Before each call f.bag is filled with the
// features. The cues of contents and the speakers of cues are chosen before.
func (f *Finder) eachVoice(i int, do func(k int)) {
	c := &f.parts.contents[i]
	first, end := candidates(f.parts.speakers, c, 2)
	linked := uint64(2) // 0: the content has no cue; 1: its cue has no speaker; 2: its cue has one
	if c.cue < 0 {
		linked = 0
	} else if f.parts.cues[c.cue].speaker < 0 {
		linked = 1
	}
	for k := first; k < end; k++ {
		f.voiceFeatures(i, k, linked)
		do(k)
	}
	b := &f.bag
	b.reset()
	b.set(noVoiceLinked, linked)
	b.setPair(noVoiceLinkedQuoted, linked, f.quoted(c))
	b.setPair(noVoiceLinkedCandidates, linked, uint64(end-first))
	if c.cue >= 0 {
		q := &f.parts.cues[c.cue]
		b.set(noVoiceCueFirst, f.views[q.first].word)
		b.set(noVoiceCueWord, f.views[q.end-1].word)
	}
	if c.cue >= 0 {
		b.set(noVoiceContentWord, f.views[c.first].word)
	} else {
		b.set(noVoiceContentWordNoCue, f.views[c.first].word)
	}
	do(-1)
}

// voiceFeatures fills f.bag with the features of speaker k as the speaker of content i. linked is that of
// eachVoice; it becomes 3 here if k is the speaker of the cue of i.
func (f *Finder) voiceFeatures(i, k int, linked uint64) {
	c, s := &f.parts.contents[i], &f.parts.speakers[k]
	b := &f.bag
	b.reset()
	side, distance, commas, stops := f.relation(c, s)
	cues, contents, speakers := f.amid(c, s)
	quoted := f.quoted(c)
	before := uint64(0) // the content before: 0 none, 1 has another speaker, 2 has k; 2 more in another paragraph
	if i > 0 {
		o := &f.parts.contents[i-1]
		before = 1
		if o.speaker == int32(k) {
			before = 2
		}
		if o.paragraph != c.paragraph {
			before += 2
		}
	}
	cue := uint64(0) // how k stands to the cue of i, from 1; 0 without a cue
	if c.cue >= 0 {
		q := &f.parts.cues[c.cue]
		way, gap, _, _ := f.relation(q, s)
		cue = 1 + way<<4 | gap
		if q.speaker == int32(k) {
			linked = 3
		}
		b.setPair(voiceWayCueWord, way, f.views[q.end-1].word)
		b.setPair(voiceWayCueFirst, way, f.views[q.first].word)
		b.setPair(voiceLinkedCueWord, linked, f.views[q.end-1].word)
	}
	b.setPair(voiceLinkedSide, linked, side)
	b.setPair(voiceLinkedSideDistance, chain.Pair(linked, side), distance)
	b.setPair(voiceLinkedSpokeBeforeSide, chain.Pair(linked, before), side)
	b.setPair(voiceLinkedSpokeBeforeQuoted, chain.Pair(linked, before), quoted)
	b.setPair(voiceLinkedSideContentsSpeakers, chain.Pair(linked, side), chain.Pair(contents, speakers))
	b.setPair(voiceLinkedSideCuesSpeakers, chain.Pair(linked, side), chain.Pair(cues, speakers))
	b.setPair(voiceCueWayLinked, cue, linked)
	b.setPair(voiceCueWaySideDistance, chain.Pair(cue, side), distance)
	b.setPair(voiceSideCommasStops, side, chain.Pair(commas, stops))
	b.setPair(voiceSideFirstWord, side, f.views[s.first].word)
	b.setPair(voiceSideLastWord, side, f.views[s.end-1].word)
	b.setPair(voiceSideAfter, side, f.next(s.end))
	b.setPair(voiceSideBefore, side, f.next(s.first-1))
	b.setPair(voiceLinkedContentWord, linked, f.views[c.first].word)
	b.setPair(voiceSideQuotedDistance, chain.Pair(side, quoted), distance)
	b.setPair(voiceSideInQuoteQuoted, chain.Pair(side, f.marks.in(s.first)), quoted)
	b.set(voiceShape, uint64(f.views[s.first].shape))
}
