package quote

import "dateline/understand/token"

// complete tags as content what the models missed in a sentence: the clause that "that" begins behind a
// cue of speech without a content, "said on Friday that …", up to the end of the sentence; and what
// accordingTo, clauseBefore, missed and precede find.
func (f *Finder) complete() {
	const farthest = 5
	for k := range f.sents {
		s := &f.sents[k]
		if f.accordingTo(s) {
			continue
		}
		f.clauseBefore(s)
		cue, that, rule := int32(-1), int32(-1), ruleThatClause
		content := false
		for i := s.first; i < s.end; i++ {
			switch t := f.tags[i]; {
			case t == beginCue && cue >= 0: // of two cues, nothing tells which the clause belongs to
				content = true
			case t == beginCue || t == insideCue:
				if cue < 0 || t == insideCue {
					cue = i
				}
			case t >= beginContent:
				content = true
			case cue >= 0 && that < 0 && i-cue <= farthest && f.model.grammar.that[f.views[i].word]:
				that = i
			}
		}
		if verb, clause := f.missed(s); verb >= 0 {
			if f.tags[verb] < beginCue {
				f.setTags(verb, verb+1, beginCue, ruleSaidClause)
			}
			cue, that, content, rule = verb, clause, false, ruleSaidClause
		}
		if !content && cue >= 0 && that < 0 {
			f.precede(s, cue)
			continue
		}
		if content || that < 0 || f.views[cue].class&speechClasses == 0 || f.marks.number[that] >= 0 {
			continue
		}
		if c := f.trim(that, s.end); c.end-c.first > 2 {
			f.setTags(c.first, c.end, beginContent, rule)
		}
	}
}

// saidQuotations tags a quotation of which nothing is tagged as content, if a verb of speech or writing stands
// right before it, and that verb as its cue: “The crowd chanted “Out, out””, “banners reading “No dam””.
func (f *Finder) saidQuotations() {
	if f.model.Voice != nil {
		return
	}
	for k := range f.marks.quotes {
		q := &f.marks.quotes[k]
		verb := f.aheadOf(q)
		if stop := f.views[max(verb, 0)].stop; verb > 0 && (stop == comma || stop == wordColon) {
			verb--
		}
		if q.again || verb <= 0 || f.marks.number[verb] >= 0 || f.tags[verb] >= beginContent || f.views[verb].class&(classSay|classWrite) == 0 || f.views[verb].class&classNoun != 0 {
			continue
		}
		if c := f.trim(q.first, q.end); !f.tagged(q) && c.end > c.first && f.text.Tokens[c.first].Kind == token.Word {
			f.setTags(c.first, c.end, beginContent, ruleSaidQuotation)
			if f.tags[verb] != beginCue && f.tags[verb] != insideCue {
				f.setTags(verb, verb+1, beginCue, ruleSaidQuotation)
			}
		}
	}
}

// germanQuotations adds to f.voices the quotations of which nothing is tagged and behind which a verb of speech and
// a name stand, as the models miss short ones in German: „Nie“, sagte Anke Brodersen.
func (f *Finder) germanQuotations() {
	if f.model.Voice == nil {
		return
	}
	const longest = 6 // tokens of who speaks
	n := int32(len(f.views))
	for k := range f.marks.quotes {
		q := &f.marks.quotes[k]
		verb := q.end + 1
		if verb < n && f.views[verb].stop == comma {
			verb++
		}
		if q.open || q.again || verb >= n || f.marks.number[verb] >= 0 || f.views[verb].class&speechClasses == 0 || f.text.Tokens[verb].Is(token.Capital) || f.tagged(q) {
			continue
		}
		first := verb + 1
		for first < n && f.model.grammar.articles[f.views[first].word] {
			first++
		}
		end := first
		for end < n && end-first < longest && f.text.Tokens[end].Kind == token.Word && f.text.Tokens[end].Is(token.Capital) && !f.text.Tokens[end].Is(token.Sentence) {
			end++
		}
		if c := f.trim(q.first, q.end); end > first && f.text.Tokens[c.first].Kind == token.Word {
			v := voice{chunk{first: first, end: end}, c, ruleSaidQuotation}
			f.voices = append(f.voices, v)
			f.setTags(c.first, c.end, beginContent, v.rule)
			f.clearTags(first, end)
		}
	}
}

// tagged reports whether a token of the quotation q is tagged.
func (f *Finder) tagged(q *quotation) bool {
	for i := q.first; i < q.end; i++ {
		if f.tags[i] != none {
			return true
		}
	}
	return false
}

// clauseBefore gives a cue of speech that ends s with its speaker the whole clause before
// it, of which the model took only a part: “The region promised two million crowns, its
// spokesman said.”
func (f *Finder) clauseBefore(s *sentence) {
	g := &f.model.grammar
	const shortest = 5 // tokens of such a clause
	end := s.end
	for end > s.first && (f.views[end-1].stop != 0 && f.tags[end-1] == none) {
		end--
	}
	cue := end - 1
	if cue-s.first < shortest || f.tags[cue] != beginCue && f.tags[cue] != insideCue || !g.clausal[f.views[cue].word] {
		return
	}
	first := cue
	for first > s.first && f.tags[first-1] != none && f.tags[first-1] < beginContent {
		first--
	}
	if first == cue || first == s.first || f.tags[first] != beginSpeaker || f.views[first-1].stop != comma || first-1-s.first < shortest || f.marks.number[s.first] >= 0 {
		return
	}
	speech := false
	for i := s.first; i < first-1; i++ {
		if f.marks.number[i] >= 0 || f.tags[i] == beginCue && g.clausal[f.views[i].word] {
			return
		}
		speech = speech || f.tags[i] >= beginContent
	}
	c := f.trim(s.first, first-1)
	if !speech || f.tags[c.first] == beginContent && f.tags[c.end-1] == insideContent && f.contentEnd(c.first) == c.end {
		return
	}
	f.setTags(c.first, c.end, beginContent, ruleClauseBefore)
}

// precede gives a cue of speech that ends s, as its last token, the words before
// its speaker: “The pier was lost, the council said.”
func (f *Finder) precede(s *sentence, cue int32) {
	const after = 4 // tokens, such as "on Sunday"
	first := cue
	for first > s.first && f.tags[first-1] != none {
		first--
	}
	if f.views[cue].class&reportClasses == 0 || s.end-cue > after+2 || first-s.first < 4 || f.views[first-1].stop != comma || f.tags[first] != beginSpeaker {
		return
	}
	for i := s.first; i < first; i++ {
		if f.tags[i] != none || f.marks.number[i] >= 0 {
			return
		}
	}
	c := f.trim(s.first, first-1)
	f.setTags(c.first, c.end, beginContent, ruleClauseBefore)
}

// missed returns the first verb of speech in s behind which a clause begins, with or without "that", and
// the first token of the clause. It looks only up to the first content of s. Both are -1 if there is none.
func (f *Finder) missed(s *sentence) (verb, clause int32) {
	g := &f.model.grammar
	for i := s.first; i+2 < s.end && f.tags[i+1] < beginContent; i++ {
		next := f.views[i+1].word
		if f.views[i].class&speechClasses == 0 || f.marks.number[i] >= 0 || f.marks.number[i+1] >= 0 {
			continue
		}
		if g.that[next] || g.opening[next] {
			return i, i + 1
		}
		if g.clausal[f.views[i].word] && i > s.first && !g.day[next] && f.startsSubject(i+1, s.end) {
			return i, i + 1
		}
		if to := f.behindOthers(i, s.end); to > i+1 {
			return i, to
		}
	}
	return -1, -1
}

// startsSubject reports whether the subject of a clause begins at token i, with a name or an
// article: “said Novak had”, where Novak can have been taken for who said it.
func (f *Finder) startsSubject(i, end int32) bool {
	g := &f.model.grammar
	name := f.text.Tokens[i].Is(token.Capital)
	if !name && !g.articles[f.views[i].word] || f.tags[i] >= beginCue {
		return false
	}
	if f.tags[i] == none {
		return f.beginsClause(i, end)
	}
	for i++; i < end && f.tags[i] == insideSpeaker; i++ {
	}
	return i < end && g.isAuxiliary(f.views[i].word)
}

// behindOthers returns the first token of the clause that follows the verb of speech at token i and an
// addressee or day: “told the council the fund was empty”. It returns i or i+1 if there is none.
func (f *Finder) behindOthers(i, end int32) int32 {
	g := &f.model.grammar
	if g.day == nil {
		return i
	}
	stop := i + 1
	for stop < end && f.tags[stop] == none && f.marks.number[stop] < 0 {
		stop++
	}
	to := i + 1
	switch {
	case g.addressing[f.views[i].word]:
		to = f.hearerEnd(i+1, stop)
	case f.views[i].class&classSay != 0:
		if to = f.dayEnd(i+1, stop); to > i+1 && !f.beginsClause(to, stop) {
			return i
		}
	}
	if to <= i+1 || to+2 >= stop {
		return i
	}
	return to
}

// addressed takes an addressee out of a content that begins right behind its cue: in “told the council’s
// chair that …” the content begins with "that".
func (f *Finder) addressed() {
	g := &f.model.grammar
	const longest = 8
	for i := 1; i+1 < len(f.tags); i++ {
		if f.tags[i] != beginContent || f.tags[i-1] < beginCue || f.tags[i-1] > insideCue || !g.addressing[f.views[i-1].word] {
			continue
		}
		for k := i + 1; k < min(i+longest, len(f.tags)) && f.tags[k] == insideContent && f.views[k-1].stop == 0; k++ {
			if g.that[f.views[k].word] {
				for j := i; j < k; j++ {
					f.tags[j] = none
				}
				f.tags[k] = beginContent
				f.ruled(int32(k), ruleAfterAddressee)
				break
			}
		}
	}
}

// hangs reports whether no content can end with token i, since more has to follow: "what", "in which".
func (f *Finder) hangs(i int32) bool {
	g := &f.model.grammar
	w := f.views[i].word
	return g.hanging[w] || i > 0 && g.hangingAfter[w] && g.boundary[f.views[i-1].word]
}

// hang lengthens contents that end with a word that cannot end one, as "the courage through what". They are
// joined with the next content of the sentence, if there is one.
func (f *Finder) hang() {
	for k := range f.sents {
		s := &f.sents[k]
		for i := s.first; i+1 < s.end; i++ {
			if f.tags[i] < beginContent || f.tags[i+1] == insideContent || f.marks.number[i] >= 0 || !f.hangs(i) {
				continue
			}
			end, content := s.end, false
			for j := i + 1; j < s.end; j++ {
				if f.tags[j] >= beginContent {
					content = true
				} else if content {
					end = j
					break
				}
			}
			if !content {
				continue
			}
			for j := i + 1; j < end; j++ {
				f.tags[j] = insideContent
			}
			i = end - 1
		}
	}
}

// accordingTo tags a sentence that "According to" opens, if no content is tagged in it or the name in it stands between
// commas: “According to his deputy, Mia Roth, …”. It reports whether it did.
func (f *Finder) accordingTo(s *sentence) bool {
	const longest = 20 // tokens of a speaker
	if s.end-s.first < 6 || f.views[s.first].class&classSource == 0 || !f.model.grammar.leading[f.views[s.first+1].word] {
		return false
	}
	farthest := min(s.end, s.first+longest)
	stop := f.commaFrom(s.first+2, farthest)
	if stop == farthest || stop < s.first+3 {
		return false
	}
	name, ok := f.namedBefore(s.first+2, stop, s.end)
	apposed := ok && name.first > stop
	if apposed {
		stop = name.end
	}
	for i := s.first; i < s.end; i++ {
		if f.tags[i] >= beginContent && !apposed || f.marks.number[i] >= 0 {
			return false
		}
	}
	c := f.trim(stop+1, s.end)
	if c.end-c.first < 3 {
		return false
	}
	f.clearTags(s.first, s.end)
	f.setTags(c.first, c.end, beginContent, ruleAccordingTo)
	f.setTags(s.first+2, stop, beginSpeaker, ruleAccordingTo)
	f.setTags(s.first, s.first+2, beginCue, ruleAccordingTo)
	return true
}

// parenthetic gives a content that "according to" somebody interrupts the rest of its sentence: “The road, according to
// Inga Falk, had been salted.”
func (f *Finder) parenthetic() {
	for k := range f.sents {
		s := &f.sents[k]
		for i := s.first + 2; i+3 < s.end; i++ {
			if f.tags[i] != beginCue || f.views[i].class&classSource == 0 || f.views[i-1].stop != comma || f.tags[i-2] < beginContent || f.marks.number[i-2] >= 0 {
				continue
			}
			stop := i + 1
			for stop < s.end && f.tags[stop] != none && f.tags[stop] < beginContent {
				stop++
			}
			if stop == s.end || f.views[stop].stop != comma || stop+2 >= s.end {
				continue
			}
			c := f.trim(stop+1, s.end)
			free := c.end > c.first+1 && f.finiteVerb(c.first)
			for n := c.first; n < c.end; n++ {
				free = free && f.tags[n] == none && f.marks.number[n] < 0
			}
			if free {
				f.setTags(c.first, c.end, beginContent, ruleAccordingTo)
			}
		}
	}
}

// lengthen gives a content outside of quotation marks that is nothing but the subject of a clause, “the plan” in “admitted the plan was late but
// insisted …”, the rest of the clause: up to a mark, or a word such as "but" before the next cue.
func (f *Finder) lengthen() {
	g := &f.model.grammar
	if g.being == nil || f.model.Voice != nil {
		return
	}
	for k := range f.sents {
		s := &f.sents[k]
		for i := s.first + 2; i < s.end; i++ {
			if f.tags[i] != beginContent || f.marks.number[i] >= 0 || f.tags[i-1] < beginCue || f.tags[i-1] > insideCue || !g.clausal[f.views[i-1].word] {
				continue
			}
			end := f.contentEnd(i)
			if end >= s.end || f.tags[end] != none || !g.being[f.views[end].word] && !g.auxiliaries[f.views[end].word] || f.finite(i, end) {
				continue
			}
			to := end
			for to < s.end && f.tags[to] == none && f.views[to].stop == 0 && f.marks.number[to] < 0 {
				to++
			}
			if to < s.end && f.tags[to] == beginCue && (g.sharing[f.views[to-1].word] || g.clauses[f.views[to-1].word]) {
				to--
			}
			if to-end > 1 {
				f.setTags(i, to, beginContent, ruleSaidClause)
			}
		}
	}
}
