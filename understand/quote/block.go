package quote

import (
	"slices"

	"dateline/understand/token"
)

// A voice is a content whose speaker the layout or the sentence tells, although no cue belongs to it: the
// answers of an interview, a block quotation with its author under it, a quotation in a list.
type voice struct {
	speaker, content chunk
	rule             string // what found it: one of the names in rules.go
}

// introduced adds to f.layouts the quotations that a name and a colon introduce, in the same paragraph or
// in the one before: “Paula Dent, café owner: “I like it.””
func (f *Finder) introduced() {
	for k := range f.marks.quotes {
		q := &f.marks.quotes[k]
		if q.again || q.end-q.first < 2 {
			continue
		}
		colon := f.colonBefore(q)
		if colon < 0 {
			continue
		}
		if name, ok := f.introduction(colon); ok {
			end := q.end
			for n := k; f.marks.quotes[n].open && n+1 < len(f.marks.quotes); n++ {
				end = f.marks.quotes[n+1].end
			}
			f.layouts = append(f.layouts, layout{speaker: name, cue: colon, content: f.trim(q.first, end), rule: ruleIntroduced})
		}
	}
}

// aheadOf returns the token before the marks that open the quotation q; -1 if the text begins with them.
func (f *Finder) aheadOf(q *quotation) int32 {
	i := q.first - 1
	for i >= 0 && f.marks.place[i] == opening {
		i--
	}
	return i
}

// commaFrom returns the first comma among the tokens from first to end; end if there is none.
func (f *Finder) commaFrom(first, end int32) int32 {
	for first < end && f.views[first].stop != comma {
		first++
	}
	return first
}

// colonBefore returns the colon right before the quotation q, or at the end of the
// paragraph before it; -1 if there is none.
func (f *Finder) colonBefore(q *quotation) int32 {
	i := f.aheadOf(q)
	if i < 0 || f.marks.number[i] >= 0 {
		return -1
	}
	if f.views[i].stop == wordColon || f.asksWhom(i) || f.introducingDash(i) {
		return i
	}
	return -1
}

// asksWhom reports whether token i is the question mark of a question that names somebody and no more, after whom
// the next words are by: “And Pia Gran? “No comment.””
func (f *Finder) asksWhom(i int32) bool {
	if f.views[i].stop != questionMark {
		return false
	}
	s := &f.sents[f.sentenceOf(i)]
	return s.first+2 < i && f.model.grammar.sharing[f.views[s.first].word] && f.isName(s.first+1, i)
}

// introducingDash reports whether token i is a dash behind words that begin a paragraph with a name: “Pia Gran, from
// Lund – “I swim.””
func (f *Finder) introducingDash(i int32) bool {
	const longest = 12
	if f.views[i].word != longDash && !f.shortDash(i) || f.text.Tokens[i].Is(token.Glued) {
		return false
	}
	first := i
	for first > 0 && i-first < longest && !f.text.Tokens[first].Is(token.Paragraph) {
		first--
	}
	if !f.text.Tokens[first].Is(token.Paragraph) && first > 0 {
		return false
	}
	end := f.commaFrom(first, i)
	return f.isName(first, end) && end-first > 1
}

// introduction returns the name in the part of a sentence before the colon, if that does nothing but
// introduce who speaks. It is a name with what tells more of it behind a comma; or words such as "from" and
// a name or description, "And from the chairwoman"; or a name in the possessive and a noun for what he says,
// "Lund's verdict".
func (f *Finder) introduction(colon int32) (name chunk, ok bool) {
	g := &f.model.grammar
	const longest = 18
	first := colon
	for first > 0 && colon-first < longest && !f.text.Tokens[first].Is(token.Sentence) {
		first--
	}
	if g.introducing == nil || colon-first >= longest || colon == first {
		return name, false
	}
	end, led, noun := int32(-1), false, false
	start := first
	if f.asksWhom(colon) {
		return chunk{first: first + 1, end: colon}, true
	}
	for i := first; i < colon; i++ {
		v := &f.views[i]
		switch {
		case f.marks.number[i] >= 0 || f.text.Tokens[i].Kind == token.Number && end < 0:
			return name, false
		case g.introducing[v.word] && (end < 0 || end == first+1) && !led && i <= first+2: // "And from the chairwoman", "This, from the coach"
			start, led, end = i+1, true, -1
		case led && end < 0 && i > start && g.boundary[v.word] && !g.of[v.word]: // "from coach Bo Lund after the match"
			end = i
		case v.stop == openBracket && end < 0 && i > first && f.bracketed(i, colon): // "Ines Duarte (44)"
			end = i
		case (v.stop == openBracket || v.stop == closeBracket) && end >= 0:
		case end < 0 && possessive(f.text.String(int(i))):
			end = i
		case end >= 0 && !led && g.verdict[v.word]:
			noun = true
		case end < 0 && v.stop == comma && !led:
			end = i
		case v.stop != 0 && v.stop != comma && v.stop != hyphen && v.stop != point:
			return name, false
		case !noun && end >= 0 && possessive(f.text.String(int(end))):
			return name, false
		case g.auxiliaries[v.word] && !g.toWords[v.word] || g.being[v.word] || v.class&(classSay|classClaim) != 0 && v.class&classNoun == 0 && !f.text.Tokens[i].Is(token.Capital):
			return name, false
		}
	}
	if end < 0 {
		end = colon
	}
	if end >= 0 && int(end) < len(f.views) && possessive(f.text.String(int(end))) && !noun {
		return name, false
	}
	if start >= end || !led && !f.isName(start, end) {
		return name, false
	}
	return chunk{first: start, end: end}, true
}

// bracketed reports whether the bracket that opens at token i closes right before the colon or a comma.
func (f *Finder) bracketed(i, colon int32) bool {
	for ; i < colon; i++ {
		if f.views[i].stop == closeBracket {
			return i+1 == colon || f.views[i+1].stop == comma
		}
	}
	return false
}

// isName reports whether the tokens from first to end look like a name: words with capitals, but for
// particles of up to three letters, hyphens and points between them.
func (f *Finder) isName(first, end int32) bool {
	const longest = 6
	if end-first > longest || end == first {
		return false
	}
	for i := first; i < end; i++ {
		tok := f.text.Tokens[i]
		if tok.Kind != token.Word && f.views[i].stop != hyphen && f.views[i].stop != point {
			return false
		}
		if tok.Kind == token.Word && !tok.Is(token.Capital) && (i == first || tok.End-tok.Start > 3) {
			return false
		}
	}
	w := f.views[first].word
	return !f.model.grammar.opening[w] && !f.model.grammar.articles[w] && !f.model.grammar.day[w] && f.views[end-1].stop == 0
}

// underNames adds to f.voices the quotations that stand under a line that holds nothing but a name and what tells more of
// it, or behind it to the end of the paragraph, if there are at least two such: “Pia Gran, Lund”, and below it “I fell off twice.”
func (f *Finder) underNames() {
	var found []voice
	for k := range f.marks.quotes {
		q := &f.marks.quotes[k]
		mark := q.first - 1
		if q.again || mark < 2 || f.marks.place[mark] != opening {
			continue
		}
		const longest = 12 // tokens of such a line
		first := mark - 1
		for first > 0 && mark-first < longest && !f.newLine(first) {
			first--
		}
		line := f.newLine(mark) || int(q.end+1) >= len(f.text.Tokens) || f.text.Tokens[q.end+1].Is(token.Paragraph)
		if name, ok := f.credit(token.Range{First: first, End: mark}); ok && line && name.end-name.first > 1 && (first == 0 || f.newLine(first)) {
			found = append(found, voice{name, f.trim(q.first, q.end), ruleIntroduced})
		}
	}
	if len(found) > 1 {
		f.voices = append(f.voices, found...)
	}
}

// isTitled reports whether the tokens from first to end look like a name that up to three words without a
// capital lead, which tell who it is: “former coach Petra Lind”.
func (f *Finder) isTitled(first, end int32) bool {
	const most = 3
	for n := 0; n <= most && first < end; n, first = n+1, first+1 {
		if f.isName(first, end) {
			return true
		}
		if f.text.Tokens[first].Kind != token.Word || f.text.Tokens[first].Is(token.Capital) || f.model.grammar.boundary[f.views[first].word] {
			break
		}
	}
	return false
}

// signedBlocks adds to f.voices the block quotations of which the last paragraph is nothing but a name:
// that of the speaker.
func (f *Finder) signedBlocks() {
	paras := f.text.Paragraphs
	for p := 1; p < len(paras); p++ {
		if !f.marks.block[p] || !f.marks.block[p-1] {
			continue
		}
		name, ok := f.credit(paras[p])
		if !ok {
			continue
		}
		first := p - 1
		for first > 0 && f.marks.block[first-1] {
			if _, other := f.credit(paras[first-1]); other {
				break
			}
			first--
		}
		f.voices = append(f.voices, voice{name, f.trim(paras[first].First, paras[p-1].End), ruleBlockSigned})
	}
}

// credit returns the name in the paragraph r, if that holds nothing but a name and what tells more of
// it: “— Dan Hurst, opposition leader”.
func (f *Finder) credit(r token.Range) (name chunk, ok bool) {
	const longest = 14
	i := r.First
	if dash(f.text, int(i)) || f.views[i].stop == hyphen {
		i++
	}
	if r.End-i > longest || i >= r.End || f.views[r.End-1].stop != 0 || f.marks.signs[r.First]&opensHere != 0 {
		return name, false
	}
	end := i
	for end < r.End && f.views[end].stop != comma && f.views[end].stop != openBracket {
		end++
	}
	return chunk{first: i, end: end}, f.isName(i, end)
}

// cuesOfBlocks tags a block quotation as content and a verb in the paragraph before as its cue, if that
// paragraph ends with a colon: “Dan Hurst said in a statement:” It notes both in f.blocks.
func (f *Finder) cuesOfBlocks() {
	for p := 1; p < len(f.text.Paragraphs); p++ {
		if !f.marks.block[p] || f.marks.block[p-1] {
			continue
		}
		r := f.text.Paragraphs[p-1]
		if f.views[r.End-1].stop != wordColon {
			continue
		}
		c := f.trim(f.text.Paragraphs[p].First, f.text.Paragraphs[p].End)
		cue := int32(-1)
		for i := r.First; i < r.End-1; i++ {
			if f.views[i].class&reportClasses != 0 && f.marks.number[i] < 0 && (f.views[i].class&classNoun == 0 || cue < 0) {
				cue = i
			}
		}
		if cue < 0 {
			continue
		}
		for i := r.First; i < r.End; i++ {
			if f.tags[i] >= beginContent && f.marks.number[i] < 0 {
				f.tags[i] = none
			}
		}
		if f.tags[cue] < beginCue || f.tags[cue] > insideCue {
			f.setTags(cue, cue+1, beginCue, ruleBlock)
		}
		f.setTags(c.first, c.end, beginContent, ruleBlock)
		f.blocks = append(f.blocks, [2]int32{cue, c.first})
	}
}

// linkBlocks links the block quotations in f.blocks to the cues that cuesOfBlocks tagged.
func (f *Finder) linkBlocks() {
	p := &f.parts
	for _, b := range f.blocks {
		cue := -1
		for k := range p.cues {
			if p.cues[k].first <= b[0] && b[0] < p.cues[k].end {
				cue = k
			}
		}
		n := from(p.contents, b[1])
		if cue < 0 || n == len(p.contents) || p.contents[n].first != b[1] {
			continue
		}
		p.contents[n].cue, p.contents[n].link, p.contents[n].linkProb = int32(cue), ruleBlock, 1
		p.cues[cue].last = int32(n)
	}
}

// interview adds to f.voices the answers of an interview. Its questions are paragraphs that end with a
// question mark or begin with "Q:", at least two, each with an answer under it; and the paragraphs
// before the first question say who answers. If most answers stand in quotation marks, the text is a
// report that asks questions of its own, and nothing is found.
func (f *Finder) interview() {
	g := &f.model.grammar
	if g.interviewing == nil {
		return
	}
	paras := f.text.Paragraphs
	var questions []int
	letters := 0
	for p := range paras {
		if f.question(paras[p]) {
			questions = append(questions, p)
			if f.letter(paras[p], g.asking) {
				letters++
			}
		}
	}
	const least = 2 // questions
	if len(questions) < least || questions[0] == 0 || letters > 0 && letters < len(questions) {
		return
	}
	for n, p := range questions { // each question must have an answer
		if p+1 >= len(paras) || n+1 < len(questions) && questions[n+1] == p+1 {
			return
		}
	}
	quoted := 0 // answers that open with a quotation mark
	for _, p := range questions {
		if f.marks.signs[paras[p+1].First]&opensHere != 0 {
			quoted++
		}
	}
	who, ok := f.answers(questions[0], len(questions))
	if !ok || quoted*2 > len(questions) {
		return
	}
	for n, p := range questions {
		end := p + 2 // behind the last answer the reporter may go on
		if n+1 < len(questions) {
			end = questions[n+1]
		}
		first := paras[p+1].First
		if f.letter(paras[p+1], g.answering) {
			first += 2
		}
		if c := f.trim(first, paras[end-1].End); c.first < c.end {
			f.voices = append(f.voices, voice{who, c, ruleInterview})
		}
	}
}

// question reports whether a paragraph is a question of an interview.
func (f *Finder) question(r token.Range) bool {
	const longest = 80
	if f.letter(r, f.model.grammar.asking) {
		return true
	}
	return r.End-r.First <= longest && r.End-r.First > 1 && f.views[r.End-1].stop == questionMark && f.marks.number[r.First] < 0
}

// letter reports whether the paragraph r begins with one of the words, given by their Hash, and a colon:
// “Q:”.
func (f *Finder) letter(r token.Range, words map[uint64]bool) bool {
	return r.End-r.First > 2 && words[f.views[r.First].word] && f.views[r.First+1].stop == wordColon
}

// answers returns the name of who answers in an interview of so many questions, from the four paragraphs before paragraph
// first: the first name in the sentence before a verb such as "talked", or else behind the verb, where it
// stands if the subject is the reporter: "We talked to Ada Lund".
func (f *Finder) answers(first, questions int) (name chunk, ok bool) {
	g := &f.model.grammar
	const most = 4 // paragraphs of an introduction
	for p := first - 1; p >= max(0, first-most); p-- {
		r := f.text.Paragraphs[p]
		for i := r.First; i < r.End; i++ {
			if !g.interviewing[f.views[i].word] {
				continue
			}
			start := i
			for start > r.First && !f.text.Tokens[start].Is(token.Sentence) {
				start--
			}
			if name, ok = f.firstName(start, i); ok {
				return name, ok
			}
			if name, ok = f.firstName(i+1, r.End); ok {
				return name, ok
			}
		}
	}
	const share = 4 // an interview has a question in every fourth paragraph or more
	if (len(f.text.Paragraphs)-first)/share > questions {
		return name, false
	}
	return f.onlyPerson(f.text.Paragraphs[max(0, first-most)].First, f.text.Paragraphs[first-1].End)
}

// onlyPerson returns the name among the tokens from first to end, if there is one alone that looks like a
// person's: two words with a capital or more that a word such as a verb or a comma follows. Where its last word stands again, as in "Lund", it is the same.
func (f *Finder) onlyPerson(first, end int32) (name chunk, ok bool) {
	g := &f.model.grammar
	for i := first; i < end; {
		one, found := f.firstName(i, end)
		if !found {
			break
		}
		i = one.end
		at := min(int(one.end), len(f.views)-1)
		next := &f.views[at]
		verb := next.stop == comma || next.stop == 0 && !g.boundary[next.word] && !g.joining[next.word] && !f.text.Tokens[at].Is(token.Capital)
		switch {
		case !verb, ok && f.views[one.end-1].word == f.views[name.end-1].word:
		case ok:
			return name, false // two people
		default:
			name, ok = one, true
		}
	}
	return name, ok
}

// firstName returns the first run of two or more words with a capital among the
// tokens from first to end.
func (f *Finder) firstName(first, end int32) (name chunk, ok bool) {
	for i := first; i < end; i++ {
		k := i
		for k < end && f.text.Tokens[k].Kind == token.Word && f.text.Tokens[k].Is(token.Capital) && !f.model.grammar.opening[f.views[k].word] {
			k++
		}
		if k-i > 1 {
			return chunk{first: i, end: k}, true
		}
		i = max(i, k)
	}
	return name, false
}

// voiced adds to f.attributions a statement for each of f.voices.
func (f *Finder) voiced() {
	p := &f.parts
	for _, v := range f.voices {
		sp := int32(len(p.speakers))
		v.speaker.cue, v.speaker.speaker, v.speaker.last, v.speaker.next, v.speaker.made, v.speaker.rule = -1, -1, -1, -1, true, v.rule
		p.speakers = append(p.speakers, v.speaker)
		a := attribution{head: -1, cue: -1, speaker: sp, linkProb: 1, speakerProb: 1, voice: v.rule}
		for n := from(p.contents, v.content.first); n < len(p.contents) && p.contents[n].first < v.content.end; n++ {
			p.contents[n].cue, p.contents[n].next = -1, -1
			if a.head < 0 {
				a.head, a.last = int32(n), int32(n)
				continue
			}
			a.join(p.contents, int32(n))
		}
		if a.head >= 0 {
			f.attributions = append(f.attributions, a)
		}
	}
}

// unlinkVoices undoes the links that models chose for the contents of voices, whose speaker is known.
func (f *Finder) unlinkVoices() {
	p := &f.parts
	for _, v := range f.voices {
		for n := from(p.contents, v.content.first); n < len(p.contents) && p.contents[n].first < v.content.end; n++ {
			c := &p.contents[n]
			c.cue, c.speaker, c.voiced = -1, -1, true
		}
	}
}

// turns unlinks from their cue quotations in which somebody else speaks. In a dialogue such as “No,” Lund
// said. “Not once?” “Never.” a question and another quotation with nothing between them are of two
// speakers, so that Lund's "said" cannot tell who said either of them.
func (f *Finder) turns() {
	p := &f.parts
	for i := range p.contents {
		c := &p.contents[i]
		if c.cue < 0 || f.marks.number[c.first] < 0 || p.cues[c.cue].sentence == c.sentence || p.cues[c.cue].layout > 0 {
			continue
		}
		q := &f.marks.quotes[f.marks.number[c.first]]
		next, before := q.end+1, q.first-2
		beside := int(next) < len(f.views) && f.marks.place[next] == opening && !f.text.Tokens[next].Is(token.Paragraph) && !q.open && f.views[q.end-1].stop == questionMark ||
			before > 0 && f.marks.place[before] == closing && !f.text.Tokens[before+1].Is(token.Paragraph) && f.views[before-1].stop == questionMark
		if beside {
			c.cue, c.linkProb = -1, 0
		}
	}
}

// listed adds to f.voices the quotations that share the verb of the quotation before: “Lund called it “a
// mess”, Stone “a farce” and Ray “a joke”.”
func (f *Finder) listed() {
	g := &f.model.grammar
	for k := 1; k < len(f.marks.quotes); k++ {
		before, q := &f.marks.quotes[k-1], &f.marks.quotes[k]
		first, mark := before.end+1, q.first-1
		for mark > first && f.marks.place[mark-1] == opening {
			mark--
		}
		for first < mark && (f.views[first].stop == comma || g.joining[f.views[first].word]) {
			first++
		}
		const longest = 6
		if before.open || q.open || mark <= first || mark-first > longest || first == before.end+1 || f.sentenceOf(first) != f.sentenceOf(before.first) || !f.isName(first, mark) {
			continue
		}
		if after := q.end + 1; int(after) < len(f.views) && f.text.Tokens[after].Is(token.Capital) && !f.text.Tokens[after].Is(token.Sentence) { // a nickname within a name: Ada “Ace” Lund
			continue
		}
		f.voices = append(f.voices, voice{chunk{first: first, end: mark}, f.trim(q.first, q.end), ruleSharedVerb})
	}
}

// sentenceOf returns the index in f.sents of the sentence of token i.
func (f *Finder) sentenceOf(i int32) int {
	n, found := slices.BinarySearchFunc(f.sents, i, func(s sentence, i int32) int { return int(s.first - i) })
	if !found {
		n--
	}
	return n
}

// inWordsOf returns the noun of a phrase such as “in the words of Ada Lund, ”, which ends with the comma
// at token i: here "words", with "of" and the name behind it. It returns -1 if there is no such phrase.
func (f *Finder) inWordsOf(i int32) int32 {
	const longest = 8
	if f.views[i].stop != comma {
		return -1
	}
	for k := i - 2; k > 0 && i-k < longest && f.views[k].stop == 0; k-- {
		g := &f.model.grammar
		if g.verdict[f.views[k-1].word] && g.of[f.views[k].word] || g.toWords[f.views[k-1].word] && g.quoting[f.views[k].word] {
			return k - 1
		}
	}
	return -1
}

// claimed adds to f.layouts the clauses with "that" behind a verb of speech in the passive and a name: “It was claimed by Leo Berg that the mine was dry.”
func (f *Finder) claimed() {
	g := &f.model.grammar
	const longest = 8 // tokens of a name
	if g.by == nil || f.model.Voice != nil {
		return
	}
	for k := range f.sents {
		s := &f.sents[k]
		for i := s.first + 1; i+3 < s.end; i++ {
			v := &f.views[i]
			if v.class&(classSay|classClaim) == 0 || g.addressing[v.word] || !g.isParticiple(v) || !g.being[f.views[i-1].word] || !g.by[f.views[i+1].word] || f.marks.number[i] >= 0 {
				continue
			}
			that := i + 2
			for that < min(s.end, i+2+longest) && !g.that[f.views[that].word] && f.views[that].stop == 0 {
				that++
			}
			if c := f.trim(that, s.end); that < s.end && g.that[f.views[that].word] && f.isTitled(i+2, that) && c.end-c.first > 2 {
				f.clearTags(s.first, i)
				f.layouts = append(f.layouts, layout{speaker: chunk{first: i + 2, end: that}, cue: i, content: c, rule: rulePassiveAgent})
			}
			break
		}
	}
}

// describer returns the name and the participle before "by" in a phrase such as “described by Eva Roos as”, which ends with the "as" at token
// i. The participle is -1 if there is none.
func (f *Finder) describer(i int32) (name chunk, verb int32) {
	g := &f.model.grammar
	const longest = 8
	if !g.like[f.views[i].word] {
		return name, -1
	}
	for k := i - 1; k > 0 && i-k < longest && f.views[k].stop == 0; k-- {
		if v := &f.views[k-1]; g.by[f.views[k].word] && f.isTitled(k+1, i) && v.class&verbClasses != 0 && g.isParticiple(v) {
			return chunk{first: k + 1, end: i}, k - 1
		}
	}
	return name, -1
}

// openingWords returns the name in a phrase that opens the sentence s and ends before token mark, and the
// noun of the phrase: “In the words of Petra Vogt, who chairs the board, the year was” has "Petra Vogt"
// and "words". The noun is -1 if the sentence opens otherwise.
func (f *Finder) openingWords(s *sentence, mark int32) (name chunk, at int32) {
	g := &f.model.grammar
	const farthest = 4 // tokens before "of"
	for i := s.first; i+2 < mark && i < s.first+farthest; i++ {
		if !g.verdict[f.views[i].word] || !g.of[f.views[i+1].word] {
			continue
		}
		end := i + 2
		for end < mark && f.views[end].stop == 0 {
			end++
		}
		if name, ok := f.namedBefore(i+2, end, mark); ok {
			return name, i
		}
	}
	return name, -1
}

// regarded adds to f.layouts the quotations of whom the sentence names without a verb of speech: “For
// Lund, who owns the café, the plan is “madness”.” and “In the words of Lund, it was “madness”.”
func (f *Finder) regarded() {
	g := &f.model.grammar
	for k := range f.marks.quotes {
		q := &f.marks.quotes[k]
		mark := f.aheadOf(q)
		if q.open || mark < 3 {
			continue
		}
		if name, verb := f.describer(mark); verb >= 0 {
			f.clearTags(verb, name.first)
			f.layouts = append(f.layouts, layout{speaker: name, cue: verb, content: f.trim(q.first, q.end), rule: rulePassiveAgent})
			continue
		}
		if at := f.inWordsOf(mark); at >= 0 && f.isTitled(at+2, mark) {
			f.layouts = append(f.layouts, layout{speaker: chunk{first: at + 2, end: mark}, cue: at, content: f.trim(q.first, q.end), rule: ruleWordsOf})
			continue
		}
		s := &f.sents[f.sentenceOf(mark)]
		if name, at := f.openingWords(s, mark); at >= 0 {
			first := mark
			for f.views[first-1].stop != comma {
				first--
			}
			f.layouts = append(f.layouts, layout{speaker: name, cue: at, content: f.trim(first, q.end), rule: ruleWordsOf})
			continue
		}
		if !g.being[f.views[mark].word] || !g.regarding[f.views[s.first].word] {
			continue
		}
		if name, ok := f.namedBefore(s.first+1, f.commaFrom(s.first+1, mark), mark); ok {
			f.layouts = append(f.layouts, layout{speaker: name, cue: s.first, content: f.trim(q.first, q.end), rule: ruleFor})
		}
	}
}

// namedBefore returns the name that the tokens from first to the comma at end are, perhaps with a word or two before
// it, or the name between that comma and the next, if they tell what somebody is: “the bishop, Lars Amdal,”. All must
// end before token mark.
func (f *Finder) namedBefore(first, end, mark int32) (name chunk, ok bool) {
	const longest = 6 // tokens of what somebody is
	if end >= mark || f.views[end].stop != comma {
		return name, false
	}
	if f.isTitled(first, end) {
		return chunk{first: first, end: end}, true
	}
	next := f.commaFrom(end+1, mark)
	if next < mark && end-first <= longest && next-end > 2 && f.isName(end+1, next) {
		return chunk{first: end + 1, end: next}, true
	}
	return name, false
}
