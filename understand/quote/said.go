package quote

import "dateline/understand/token"

// The rules of this file correct where contents outside of quotation marks begin and end: behind an
// addressee, a day or a place that stands between the cue and what was said, and with the sentence.

// stop ends a content outside of quotation marks with its sentence: what follows
// is the reporter's. One that goes on in a quotation of the next sentence, or
// that a colon introduced, is left alone.
func (f *Finder) stop() {
	for k := 1; k < len(f.sents); k++ {
		s := &f.sents[k]
		end := s.first
		for end < s.end && f.tags[end] == insideContent && f.marks.number[end] < 0 {
			end++
		}
		if end == s.first || end < s.end && f.tags[end] == insideContent || f.marks.number[s.first-1] >= 0 || f.introducedBefore(k) || f.model.Voice != nil && f.wholeSentence(s, end) {
			continue
		}
		for i := s.first; i < end; i++ {
			f.tags[i] = none
		}
	}
}

// wholeSentence reports whether a content has all of s but its marks. In German
// what somebody says goes on for sentences without quotation marks, and verbs tell.
func (f *Finder) wholeSentence(s *sentence, end int32) bool {
	for end < s.end && f.text.Tokens[end].Kind == token.Mark {
		end++
	}
	return end == s.end
}

// introducedBefore reports whether the content that goes on in sentence k began
// behind a colon: “The council said: The pier is lost. It will be rebuilt.”
func (f *Finder) introducedBefore(k int) bool {
	const farthest = 200 // tokens, more than any such list of sentences in news has
	first := f.sents[k].first
	i := first - 1
	for i > 0 && first-i < farthest && f.tags[i] == insideContent {
		i--
	}
	return i > 0 && f.views[i-1].stop == wordColon
}

// farthestThat bounds the tokens between a cue and the "that" of its content:
// “said in a video for the school’s parents that”.
const farthestThat = 14

// circumstances begins a content behind what stands between it and its cue and is
// no part of what is said: “said in a video that”, “said on Monday the”, “told the
// court he”.
func (f *Finder) circumstances() {
	g := &f.model.grammar
	for i := int32(1); int(i)+1 < len(f.tags); i++ {
		if f.tags[i] != beginContent || f.tags[i-1] < beginCue || f.tags[i-1] > insideCue || f.marks.number[i] >= 0 {
			continue
		}
		cue := i - 1
		for cue > 0 && f.tags[cue] == insideCue && f.views[cue].class&speechClasses == 0 {
			cue--
		}
		hearing := g.addressing[f.views[i-1].word]
		if f.views[cue].class&speechClasses == 0 && !hearing {
			continue
		}
		end := f.contentEnd(i)
		var to int32
		var rule string
		switch at := i; {
		case hearing:
			to, rule = f.hearerEnd(i, end), ruleAfterAddressee
		case cue < i-1 && g.conveying[f.views[i-1].word]: // the preposition was tagged as part of the cue
			at--
			fallthrough
		default:
			to, rule = f.circumstanceEnd(at, end), ruleAfterCircumstance
		}
		if to <= i || to >= end {
			continue
		}
		for k := i; k < to; k++ {
			f.tags[k] = none
		}
		f.tags[to] = beginContent
		f.ruled(to, rule)
	}
}

// contentEnd returns where the content that begins with token i ends.
func (f *Finder) contentEnd(i int32) int32 {
	end := i + 1
	for int(end) < len(f.tags) && f.tags[end] == insideContent {
		end++
	}
	return end
}

// circumstanceEnd returns where the clause begins that follows a preposition at
// token i and what belongs to it; i if that is not told.
func (f *Finder) circumstanceEnd(i, end int32) int32 {
	g := &f.model.grammar
	if w := f.views[i].word; !g.conveying[w] && !g.day[w] && !(g.beforeDay[w] && !g.articles[w] && !g.of[w]) {
		return i
	}
	for k := i + 1; k < min(end, i+farthestThat) && f.views[k].stop == 0 && f.marks.number[k] < 0; k++ {
		if g.that[f.views[k].word] && !g.articles[f.views[k-1].word] {
			return k
		}
	}
	k := f.dayEnd(i, end)
	if k > i && k < end && f.beginsClause(k, end) {
		return k
	}
	return i
}

// dayEnd returns where a day or month ends that begins with token i, with or
// without a preposition: “on Jan. 12”, “late on Monday”, “in January”; i if there is none.
func (f *Finder) dayEnd(i, end int32) int32 {
	g := &f.model.grammar
	k, named := i, false
	for ; k < end && k < i+6; k++ {
		v := &f.views[k]
		switch {
		case g.day[v.word]:
			named = true
		case f.text.Tokens[k].Kind == token.Number && k == i+1 && g.conveying[f.views[i].word] && f.text.Tokens[k].End-f.text.Tokens[k].Start == 4: // "in 2019"
			named = true
		case f.text.Tokens[k].Kind == token.Number && (named || k > i):
		case g.conveying[v.word] && k <= i+1, g.beforeDay[v.word], v.stop == point && named:
		case v.stop == comma && named && k+1 < end && f.text.Tokens[k+1].Kind == token.Number:
		default:
			for k > i && g.beforeDay[f.views[k-1].word] {
				k--
			}
			if !named {
				return i
			}
			return k
		}
	}
	return i
}

// hearerEnd returns the first token of the clause behind an addressee that begins with token i: "she" in
// “told the Eastport Herald she would sue”. It returns i if it cannot tell where that is.
func (f *Finder) hearerEnd(i, end int32) int32 {
	g := &f.model.grammar
	if w := f.views[i].word; g.toWords[w] || g.boundary[w] || g.negating[w] || g.being[f.next(i-2)] {
		return i
	}
	const longest = 8 // tokens of a hearer
	for k := i; k < min(end, i+longest+4); k++ {
		v := &f.views[k]
		switch {
		case v.stop != 0 && v.stop != hyphen && !possessive(f.text.String(int(k))) || f.marks.number[k] >= 0 || g.clauses[v.word] && k > i:
			if g.that[v.word] && k > i && k <= i+longest {
				return k
			}
			return i
		case k > i && g.opening[v.word] && k <= i+longest: // “told the court he”
			return k
		case k > i+1 && g.isAuxiliary(v.word): // “told the council the fund was”
			return f.subjectStart(i, k)
		}
	}
	return i
}

// subjectStart returns where the subject of the verb at token verb begins, behind
// a hearer that token i begins; i if nothing is left for the hearer.
func (f *Finder) subjectStart(i, verb int32) int32 {
	g := &f.model.grammar
	k := verb - 1
	for n := k; n > i; n-- {
		if g.articles[f.views[n].word] {
			k = n
			break
		}
		if f.text.Tokens[n].Is(token.Capital) && !f.text.Tokens[n-1].Is(token.Capital) {
			k = n
			break
		}
	}
	if k <= i || g.articles[f.views[k-1].word] {
		return i
	}
	return k
}

// beginsClause reports whether a clause with a subject begins at token i: a verb
// in a finite form follows before any mark.
func (f *Finder) beginsClause(i, end int32) bool {
	g := &f.model.grammar
	if g.opening[f.views[i].word] {
		return true
	}
	const farthest = 12
	for k := i + 1; k < min(end, i+farthest) && f.views[k].stop == 0; k++ {
		v := &f.views[k]
		if g.isAuxiliary(v.word) || v.end2 == suffixEd || v.class&verbClasses != 0 {
			return true
		}
	}
	return false
}

// trail cuts off the end of a content outside of quotation marks, from its last comma on, if that tells in
// which medium it was said: “found that …, in a report published on Thursday”.
func (f *Finder) trail() {
	g := &f.model.grammar
	const longest = 12
	for k := range f.sents {
		s := &f.sents[k]
		end := s.end
		for end > s.first && f.text.Tokens[end-1].Kind == token.Mark && f.tags[end-1] != insideContent {
			end--
		}
		if end == s.first || f.tags[end-1] != insideContent || f.marks.number[end-1] >= 0 {
			continue
		}
		for i := end - 2; i > s.first+3 && end-i <= longest && f.tags[i] == insideContent && f.tags[i-1] == insideContent; i-- {
			if f.views[i].stop != comma || !g.conveying[f.views[i+1].word] {
				continue
			}
			for m := i + 2; m < min(i+6, end); m++ {
				if _, ok := one(f.model.media.nouns, f.text, m); ok && f.tags[i-2] == insideContent {
					for j := i; j < end; j++ {
						f.tags[j] = none
					}
					break
				}
			}
			break
		}
	}
}

// afterwards unties from a quotation what its speaker then does: “and wipes his hands” in ““Flour is gold,” Lund says, and
// wipes his hands.” It was tagged as content behind a comma and a cue that follows a quotation.
func (f *Finder) afterwards() {
	g := &f.model.grammar
	if g.joining == nil || f.model.Voice != nil {
		return
	}
	for i := int32(3); int(i)+1 < len(f.tags); i++ {
		if f.tags[i] != beginContent && !(f.tags[i] == insideContent && f.tags[i-1] == none) || !g.joining[f.views[i].word] || f.marks.number[i] >= 0 || f.views[i-1].stop != comma {
			continue
		}
		k := i - 2
		for k > 0 && (f.tags[k] >= beginSpeaker && f.tags[k] <= insideCue) {
			k--
		}
		if k == i-2 || f.marks.place[k] != closing || g.that[f.views[i+1].word] || !f.finiteVerb(i+1) {
			continue
		}
		end := f.contentEnd(i)
		if int(end) < len(f.marks.number) && !f.text.Tokens[end].Is(token.Sentence) && !f.sentenceEnds(end) || f.marks.number[end-1] >= 0 {
			continue // it goes on in a quotation
		}
		for ; i < end; i++ {
			f.tags[i] = none
		}
	}
}

// finiteVerb reports whether token i looks like a verb in a finite form: "wipes", "walked", "is".
func (f *Finder) finiteVerb(i int32) bool {
	g, v := &f.model.grammar, &f.views[i]
	if v.end2 == suffixEd || g.auxiliaries[v.word] || g.being[v.word] || v.class&verbClasses != 0 {
		return true
	}
	w := f.text.String(int(i))
	return !f.text.Tokens[i].Is(token.Capital) && len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's'
}
