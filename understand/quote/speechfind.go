package quote

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"dateline"
	"dateline/understand/token"
)

// A speechFinder finds the statements of a text by rules over the words of its language. find fills it;
// its memory serves one text after another.
//
// The rules share some terms. A verb "attributes" what it ascribes to somebody. The "speaker" is who is
// said to have spoken, the "cue" is the verb or other words that say so, the "content" is what was said.
type speechFinder struct {
	s      *speech
	t      *token.Text
	marks  marks
	use    []usage     // of each token
	quotes []quotation // those of marks, then those of pair
	number []int32     // of each token: the index in quotes of its quotation, whose marks have it too; -1 outside
	taken  []bool      // of each quotation: whether it is in the content of a statement already
	inside []bool      // of each token: whether it is in a content that need not stand in quotation marks
	out    []report    // what was found
}

// A report is a statement as spans of tokens; method statement makes one of bytes from it.
type report struct {
	content  []span  // in the order of the text; at least one
	cue      span    // empty if a layout tells the speaker
	speaker  span    // empty if it is not known
	resumed  bool    // the speaker is not named: whoever spoke before
	rule     string  // one of the names in rules.go
	polarity string  // one of those in unsaid.go; "" if it was said
	sure     float64 // the confidence, from 0 to 1
}

// sureOf gives, for each rule, the confidence of a statement that has a speaker. It follows from
// what share of the statements of each rule was right on the development sets of ten languages:
// quotation before the verb 0.76, colon 0.76, "that" 0.66, "according to" 0.65, clause before the verb 0.60,
// Chinese verb 0.48, infinitive 0.38, partly in quotation marks 0.32. These shares are too low, since
// the sets do not mark every statement: in the articles written for the tests nearly all statements
// with quotation marks are right. The rules for those stand a little higher for this reason.
var sureOf = map[string]float64{
	ruleSpeechQuote: 0.8, ruleSpeechColon: 0.8, ruleSpeechDash: 0.75, ruleSpeechThat: 0.65, ruleSpeechSource: 0.65, ruleSpeechBehind: 0.6,
	ruleSpeechHead: 0.6, ruleFor: 0.7, ruleSpeechSaid: 0.5, ruleSpeechInfinitive: 0.4, ruleSpeechWithin: 0.35,
}

// withoutSpeaker is the factor by which the confidence of a statement is lower if no speaker was found.
const withoutSpeaker = 0.7

// speechFinders keeps finders whose memory can be used again.
var speechFinders = sync.Pool{New: func() any { return &speechFinder{} }}

// findBySpeech returns the statements of t, whose language has the words s, in the order of their
// contents. The spans set are those of block quotations.
func findBySpeech(t *token.Text, s *speech, set []dateline.Span) (list []Statement) {
	if len(t.Tokens) == 0 {
		return nil
	}
	f := speechFinders.Get().(*speechFinder)
	defer speechFinders.Put(f)
	for part := range t.Parts(longestPart) {
		f.find(part, s, set)
		for i := range f.out {
			list = append(list, f.statement(&f.out[i]))
		}
	}
	return list
}

// find fills f.out with the statements of t.
func (f *speechFinder) find(t *token.Text, s *speech, set []dateline.Span) {
	f.s, f.t = s, t
	f.marks.read(t, set)
	f.use = s.read(t, f.use[:0])
	f.out = f.out[:0]
	f.quotes = append(f.quotes[:0], f.marks.quotes...)
	f.number = append(f.number[:0], f.marks.number...)
	for _, p := range t.Paragraphs {
		f.pair(p)
	}
	f.taken = resize(f.taken, len(f.quotes))
	clear(f.taken)
	f.inside = resize(f.inside, len(t.Tokens))
	clear(f.inside)
	for _, p := range t.Paragraphs {
		switch s.lang {
		case "zh":
			f.chinese(p)
		case "ja":
			f.japanese(p)
		case "tr":
			f.turkish(p)
		default:
			f.paragraph(p)
		}
	}
	slices.SortStableFunc(f.out, func(a, b report) int { return cmp.Compare(a.content[0].first, b.content[0].first) })
}

// pair pairs the straight double marks of a paragraph that are in no quotation yet, the first with the
// second and so on. If one has spaces on both sides (see loose), which of them open a quotation cannot
// be told from the spaces, and all of the paragraph are paired anew.
func (f *speechFinder) pair(p token.Range) {
	if f.loose(p) {
		for i := p.First; i < p.End; i++ {
			if n := f.number[i]; n >= 0 && f.t.String(int(f.quotes[n].first)-1) == `"` {
				f.number[i] = -1
			}
		}
	}
	open := int32(-1)
	for i := p.First; i < p.End; i++ {
		if f.number[i] >= 0 {
			open = -1
			continue
		}
		if f.t.String(int(i)) != `"` {
			continue
		}
		if open < 0 {
			open = i
			continue
		}
		if i-open > 2 && i-open < longestQuote {
			for k := open; k <= i; k++ {
				f.number[k] = int32(len(f.quotes))
			}
			f.quotes = append(f.quotes, quotation{first: open + 1, end: i})
		}
		open = -1
	}
}

// loose reports whether a straight double mark of the paragraph has spaces on both sides, so that only
// the order of the marks tells which of them open a quotation. Their number has to be even.
func (f *speechFinder) loose(p token.Range) bool {
	loose, count := false, 0
	for i := p.First; i < p.End; i++ {
		if f.t.String(int(i)) == `"` {
			count++
			loose = loose || !f.t.Tokens[i].Is(token.Glued) && (i+1 == p.End || !f.t.Tokens[i+1].Is(token.Glued))
		}
	}
	return loose && count%2 == 0
}

// is reports whether the word or phrase that begins at token i has one or more of the uses u; i may be
// outside of the text.
func (f *speechFinder) is(i int32, u use) bool {
	return i >= 0 && int(i) < len(f.use) && f.use[i].use&u != 0
}

// sign returns the mark that token i is; "" if it is none, or if i is outside of the text.
func (f *speechFinder) sign(i int32) string {
	if i < 0 || int(i) >= len(f.t.Tokens) || f.t.Tokens[i].Kind != token.Mark {
		return ""
	}
	return f.t.String(int(i))
}

// dash reports whether token i is a dash. A hyphen is one if a space stands before or behind it.
func (f *speechFinder) dash(i int32) bool {
	switch f.sign(i) {
	case "—", "–", "―", "--":
		return true
	case "-":
		return !f.t.Tokens[i].Is(token.Glued) || int(i)+1 < len(f.t.Tokens) && !f.t.Tokens[i+1].Is(token.Glued)
	}
	return false
}

// capital reports whether token i has a capital, also if that is not its first letter.
func (f *speechFinder) capital(i int32) bool {
	return i >= 0 && int(i) < len(f.t.Tokens) && f.t.Tokens[i].Flags&(token.Capital|token.Mixed) != 0
}

// paragraph finds the statements of the paragraph p in a language whose rules are the common ones.
func (f *speechFinder) paragraph(p token.Range) {
	if f.dash(p.First) && f.dialogue(p) {
		return
	}
	f.headed(p)
	f.inserted(p)
	for i := p.First; i < p.End; i = max(i+1, f.use[i].end) {
		if f.number[i] >= 0 {
			continue
		}
		switch {
		case f.is(i, useRegarding) && f.opens(i) && f.regarding(p, i):
		case f.is(i, useSource) && !f.inside[i]:
			f.source(p, i)
		case f.is(i, useVerb):
			f.verb(p, i)
		}
	}
}

// opens reports whether a sentence begins with token i. It does not follow the cut of the text into
// sentences in two cases. A sentence within a quotation belongs to the sentence around that. And a word
// with a capital behind a quotation that ends with a full stop opens a sentence, « … . » Selon,
// although the text was not cut there.
func (f *speechFinder) opens(i int32) bool {
	if i == 0 {
		return true
	}
	if f.t.Tokens[i].Is(token.Sentence) {
		return f.number[i] < 0 || f.number[i-1] != f.number[i]
	}
	if f.number[i] >= 0 || f.number[i-1] < 0 || !f.capital(i) {
		return false
	}
	switch f.sign(f.quotes[f.number[i-1]].end - 1) {
	case ".", "!", "?", "…":
		return true
	}
	return false
}

// sentenceStart returns the first token of the sentence (see opens) that token i of paragraph p stands in.
func (f *speechFinder) sentenceStart(p token.Range, i int32) int32 {
	for i > p.First && !f.opens(i) {
		i--
	}
	return max(i, p.First)
}

// sentenceEnd returns the token behind the sentence (see opens) that token i of paragraph p stands in.
func (f *speechFinder) sentenceEnd(p token.Range, i int32) int32 {
	for i++; i < p.End; i++ {
		if f.opens(i) {
			break
		}
	}
	return i
}

// left returns the first token of the run of tokens that ends before token i, lies outside of
// quotations and does not reach beyond the sentence.
func (f *speechFinder) left(p token.Range, i int32) int32 {
	for i > p.First && !f.t.Tokens[i].Is(token.Sentence) && f.number[i-1] < 0 {
		i--
	}
	return i
}

// right returns the token behind the run of tokens that begins with token i, lies outside of quotations
// and does not reach beyond the sentence.
func (f *speechFinder) right(p token.Range, i int32) int32 {
	for i < p.End && f.number[i] < 0 {
		i++
		if i < p.End && f.t.Tokens[i].Is(token.Sentence) {
			break
		}
	}
	return i
}

// besideVerb are the uses of words that belong to the verb that they stand beside.
const besideVerb = useAuxiliary | useClitic | useNegation

// A clauseFrame is a verb that attributes, and what stands around it.
type clauseFrame struct {
	p           token.Range // the paragraph
	verb        int32       // the first token of the verb
	first, end  int32       // the cue: the verb, from its auxiliary on if it has one
	left, right int32       // the run of tokens around the verb outside of quotations, in its sentence
	before      int32       // the index of the quotation that ends at left; -1 if none does
	after       int32       // the index of the quotation that begins at right; -1 if none does
	polarity    string      // what a negation or the verb itself tells; "" if it was said
	inverted    span        // a pronoun that is the subject between an auxiliary and the verb: French "a-t-il dit"
}

// frameOf returns the frame of the verb at token i.
func (f *speechFinder) frameOf(p token.Range, i int32) clauseFrame {
	x := clauseFrame{p: p, verb: i, first: i, end: f.use[i].end, before: -1, after: -1}
	x.left, x.right = f.left(p, i), f.right(p, i)
	if k := x.first - 3; k >= x.left && f.is(x.first-1, usePronoun) && f.sign(x.first-2) == "-" { // "a-t-il dit"
		if k-1 > x.left && f.sign(k-1) == "-" && f.is(k-2, useAuxiliary) {
			k -= 2
		}
		if f.is(k, useAuxiliary) {
			x.inverted, x.first = span{x.first - 1, x.first}, k
		}
	}
	for x.inverted.end == 0 && x.first > x.left && f.is(x.first-1, besideVerb|useAdverb) && (!f.is(x.first-1, useArticle) || f.is(x.first-2, useAuxiliary)) {
		x.first--
	}
	for k := x.first; k < x.verb; k++ {
		if f.is(k, useNegation) {
			x.polarity = notSaid
		}
	}
	for x.first < x.verb && !f.is(x.first, useAuxiliary) { // the cue begins with the verb or its auxiliary
		x.first++
	}
	if f.is(i, useDeny) && x.polarity == "" {
		x.polarity = denied
	}
	if x.left > p.First && f.number[x.left-1] >= 0 {
		x.before = f.number[x.left-1]
	}
	if x.right < p.End && f.number[x.right] >= 0 {
		x.after = f.number[x.right]
	}
	return x
}

// Bounds of distances and lengths, in tokens. They were set by eye on the development sets.
const (
	farColon    = 14 // most from a verb to the colon before what was said
	farThat     = 16 // most from a verb to the "that" before what was said
	farWithin   = 8  // most from a verb to a quotation in its clause
	longSubject = 18 // most in the noun phrase that names the speaker
	longTail    = 30 // most from a verb behind what was said to the end of the sentence
	leastBehind = 4  // least of what was said before the verb, without quotation marks
	leastSaid   = 3  // least of what was said without quotation marks elsewhere
)

// verb finds what the verb at token i attributes. It tries one construction after another; the first
// that fits makes the statement.
func (f *speechFinder) verb(p token.Range, i int32) {
	x := f.frameOf(p, i)
	if x.first == x.verb && f.participle(i) {
		return
	}
	say := f.is(i, useSay)
	switch {
	case say && f.colon(&x):
	case say && f.behindQuote(&x):
	case f.inside[i]:
	case f.thatClause(&x):
	case say && f.within(&x):
	case say && f.behind(&x):
	case say && f.infinitiveClause(&x):
	}
}

// colon finds what follows a colon behind the verb of x, X said: “…”, and reports whether it did. Without a
// quotation there, the content is the rest of the sentence.
func (f *speechFinder) colon(x *clauseFrame) bool {
	for k := x.end; k < min(x.right, x.end+farColon); k++ {
		if f.is(k, useThat) && f.sign(k-1) != "," {
			return false
		}
		if f.sign(k) != ":" {
			continue
		}
		r := report{cue: span{x.first, x.end}, speaker: f.speakerAround(x, k), rule: ruleSpeechColon, polarity: x.polarity}
		switch {
		case k+1 == x.right && x.after >= 0 && !f.taken[x.after]:
			r.content = f.quoteFrom(x.p, x.after)
		case k+1 < x.right && !f.inside[x.verb]:
			r.content = []span{f.trimmed(k+1, f.sentenceEnd(x.p, k))}
			if r.content[0].end-r.content[0].first < leastSaid {
				return false
			}
			f.hold(r.content[0])
		default:
			return false
		}
		f.report(r)
		return true
	}
	return false
}

// quoteFrom returns the content that is quotation q, and notes that it is taken.
func (f *speechFinder) quoteFrom(p token.Range, q int32) []span {
	f.taken[q] = true
	return []span{f.inQuote(q)}
}

// inQuote returns the tokens of quotation q without the marks at their edges.
func (f *speechFinder) inQuote(q int32) span {
	return f.trimmed(f.quotes[q].first, f.quotes[q].end)
}

// behindQuote finds the quotation before the verb of x, as in “…”, said X. The content also has the
// words of the sentence before the quotation if they are part of what was said, and a second
// quotation behind the clause if that goes on with the first. It reports whether there is a statement.
func (f *speechFinder) behindQuote(x *clauseFrame) bool {
	if x.before < 0 || f.taken[x.before] {
		return false
	}
	k := x.left
	for k < x.first && (f.sign(k) == "," || f.dash(k) || f.is(k, useAdverb|useClitic|useNegation)) {
		k++
	}
	r := report{cue: span{x.first, x.end}, rule: ruleSpeechQuote, polarity: x.polarity}
	if k < x.first { // “…”, X said
		if x.first-k > longSubject/2 || f.sign(x.left) != "," && !f.dash(x.left) {
			return false
		}
		r.speaker = f.subjectBefore(k, x.first)
		if r.speaker.end <= r.speaker.first || f.is(x.end, useThat) {
			return false
		}
	} else {
		r.speaker = x.inverted
		if r.speaker.end == 0 {
			r.speaker = f.subjectAfter(x.end, x.right)
		}
		if r.speaker.end <= r.speaker.first && f.thatAhead(x) >= 0 {
			return false
		}
		if r.speaker.end <= r.speaker.first {
			r.resumed = f.resumes(x)
		}
	}
	r.content = f.quoteFrom(x.p, x.before)
	if start := f.sentenceStart(x.p, f.quotes[x.before].first-1); start < f.quotes[x.before].first-1 && f.mixedBefore(start, f.quotes[x.before].first-1) {
		r.content[0].first = f.trimmed(start, r.content[0].end).first
		for k := start; k < r.content[0].end; k++ {
			if n := f.number[k]; n >= 0 {
				f.taken[n] = true
			}
		}
	}
	if next := x.after; next >= 0 && !f.taken[next] && f.goesOn(x, next) {
		r.content = append(r.content, f.inQuote(next))
		f.taken[next] = true
	}
	f.report(r)
	return true
}

// resumes reports whether the verb of x, which has no subject, goes on from a statement before in the same
// paragraph, in a language in which verbs need none: «…», dijo Vila. «…», añadió.
func (f *speechFinder) resumes(x *clauseFrame) bool {
	n := len(f.out)
	return f.s.dropping && n > 0 && f.out[n-1].cue.first >= x.p.First && f.out[n-1].cue.end <= x.first
}

// mixedBefore reports whether the words from first to end, which open the sentence of a quotation, are
// part of what was said, as “the plan is” in: The plan is “madness”, said X.
func (f *speechFinder) mixedBefore(first, end int32) bool {
	if f.sign(end-1) == ":" || f.dash(end-1) || f.sign(end-1) == "," {
		return false
	}
	for k := first; k < end; k++ {
		if f.number[k] < 0 && f.is(k, useSay) || f.sign(k) == ":" {
			return false
		}
	}
	return true
}

// goesOn reports whether quotation q, which follows the clause of x, belongs to the same statement: a
// mark joins it to the clause, and no other verb of speech stands right behind it.
func (f *speechFinder) goesOn(x *clauseFrame, q int32) bool {
	open := f.quotes[q].first - 1
	if s := f.sign(open - 1); s != "," && s != "." && s != ":" && s != ";" && !f.dash(open-1) {
		return false
	}
	end := f.quotes[q].end + 1
	near := end + 4
	if f.sign(end) == "," { // « … », a-t-il prévenu
		near = end + longInserted
	}
	for k := end; k < min(near, x.p.End) && (k < end+4 || !f.opens(k) && f.sign(k) != "."); k++ {
		if f.number[k] < 0 && f.is(k, useSay) {
			return false
		}
	}
	return true
}

// thatAhead returns the token "that" with which the content of the verb of x begins, or -1.
func (f *speechFinder) thatAhead(x *clauseFrame) int32 {
	for k := x.end; k < min(x.right, x.end+farThat); k++ {
		switch s := f.sign(k); {
		case f.is(k, useThat):
			if f.is(k, useRelative) && !f.opensContent(x, k) {
				return -1
			}
			return k
		case s == ":" || s == ";" || s == "(":
			return -1
		case k > x.end && f.is(k, useVerb) || f.is(k, useJoining) && f.is(k+1, useVerb):
			return -1
		}
	}
	return -1
}

// opensContent reports whether the word at token k begins what the verb of x attributes, if the word is
// both "that" and "which", as Spanish "que". It does if no noun stands between that it could be "which"
// for: nothing, an adverb, or the subject or addressee of the verb.
func (f *speechFinder) opensContent(x *clauseFrame, k int32) bool {
	from := x.end
	for from < k && (f.is(from, useAdverb|besideVerb) && !f.is(from, useArticle|usePronoun) || f.is(from, useArticle|useBoundary) && f.is(from+1, useAdverb)) {
		from++
	}
	if from == k || f.sign(k-1) == "," && f.sign(from) == "," {
		return true
	}
	if f.is(k-1, useArticle|useOf) || !f.is(x.verb, useSay|useThink) {
		return false
	}
	if before := f.subjectBefore(x.left, x.first); before.end > before.first {
		return f.is(from, useBoundary) && !f.is(from, useArticle) || f.sign(from) == ","
	}
	return true
}

// thatClause finds the clause that "that" begins behind the verb of x, and reports whether it did. The
// content begins with "that".
func (f *speechFinder) thatClause(x *clauseFrame) bool {
	at := f.thatAhead(x)
	if at < 0 {
		return false
	}
	r := report{cue: span{x.first, x.end}, rule: ruleSpeechThat, polarity: x.polarity}
	r.speaker = f.speakerAround(x, at)
	if !f.is(x.verb, useSay) && r.speaker.end <= r.speaker.first && !f.is(x.verb, useThink) {
		return false
	}
	r.content = []span{f.trimmed(at, f.contentEnd(x.p, at))}
	if r.content[0].end-r.content[0].first < leastSaid {
		return false
	}
	f.hold(r.content[0])
	f.report(r)
	return true
}

// contentEnd returns the token behind the content without quotation marks that begins at token i. It
// ends with its sentence, or earlier at a comma or "and" behind which the next statement begins:
// with a verb of speech that has the same speaker, or with "according to".
func (f *speechFinder) contentEnd(p token.Range, i int32) int32 {
	end := f.sentenceEnd(p, i)
	const least = 5
	for k := i + least; k < end; k++ {
		if f.number[k] >= 0 || f.sign(k) != "," && !f.is(k, useJoining) && f.sign(k) != ";" {
			continue
		}
		j := k + 1
		for j < end && (f.is(j, useJoining|besideVerb|useAdverb) || f.sign(j) == ",") && !f.is(j, useVerb) {
			j++
		}
		if f.number[min(j, end-1)] < 0 && (f.is(j, useSay) || f.is(j, useSource) && f.sign(k) == ",") {
			return k
		}
	}
	return end
}

// within finds what stands partly in quotation marks behind the verb of x, as in: said to be “glad”. It
// reports whether it did.
func (f *speechFinder) within(x *clauseFrame) bool {
	if x.after < 0 || f.taken[x.after] || x.right-x.end > farWithin {
		return false
	}
	for k := x.end; k < x.right; k++ {
		if f.is(k, useVerb) || f.sign(k) != "" && f.sign(k) != "-" && f.sign(k) != "," {
			return false
		}
	}
	r := report{cue: span{x.first, x.end}, rule: ruleSpeechWithin, polarity: x.polarity}
	first := x.end
	if x.first > x.left {
		r.speaker = f.subjectBefore(x.left, x.first)
	}
	if r.speaker.end <= r.speaker.first {
		r.speaker = f.subjectAfter(x.end, x.right)
		first = max(first, r.speaker.end)
	}
	if r.speaker.end <= r.speaker.first && x.first > x.left {
		return false
	}
	r.content = []span{f.trimmed(first, f.contentEnd(x.p, f.quotes[x.after].end))}
	for k := r.content[0].first; k < r.content[0].end; k++ {
		if n := f.number[k]; n >= 0 {
			f.taken[n] = true
		}
	}
	f.hold(r.content[0])
	f.report(r)
	return true
}

// behind finds what was said without quotation marks before the verb of x at the end of the sentence, as
// in: The wall will fall, said X. It reports whether it did.
func (f *speechFinder) behind(x *clauseFrame) bool {
	k := x.first
	for k > x.left && f.is(k-1, useAdverb|besideVerb) {
		k--
	}
	if k-1 <= x.left || f.sign(k-1) != "," && !f.dash(k-1) {
		return false
	}
	end := f.sentenceEnd(x.p, x.verb)
	r := report{cue: span{x.first, x.end}, rule: ruleSpeechBehind, polarity: x.polarity}
	r.speaker = f.subjectAfter(x.end, x.right)
	if r.speaker.end <= r.speaker.first || end-x.end > longTail || f.thatAhead(x) >= 0 {
		return false
	}
	if tail := r.speaker.end; tail < end && f.sign(tail) == "" && !f.is(tail, useBoundary|useAdverb|useRelative) {
		return false
	}
	start, least := f.sentenceStart(x.p, x.verb), int32(leastBehind)
	if f.dash(k - 1) {
		least = leastSaid
		if whole := (span{x.p.First, k - 1}); f.silent(whole) {
			start = x.p.First
		}
	}
	r.content = []span{f.trimmed(start, k-1)}
	if c := r.content[0]; c.end-c.first < least || f.inside[c.end-1] || f.apposed(c) {
		return false
	}
	f.hold(r.content[0])
	f.report(r)
	return true
}

// longWhole is how many tokens a paragraph may have before a dash and a verb of speech for all of its
// sentences to be what was said, as in: Nothing fell. It held – said X. Longer ones are seldom all
// of one speaker.
const longWhole = 80

// silent reports whether the span, of at most longWhole tokens, holds no cue, no quotation and no
// content of another statement.
func (f *speechFinder) silent(s span) bool {
	if s.end-s.first > longWhole {
		return false
	}
	for k := s.first; k < s.end; k++ {
		if f.is(k, useSay|useSource) || f.number[k] >= 0 || f.inside[k] {
			return false
		}
	}
	return true
}

// apposed reports whether c is not what was said but the subject of the verb behind it, with an
// apposition in commas: The mayor, Ana Vila, said.
func (f *speechFinder) apposed(c span) bool {
	const short = 4
	for k := c.end - 1; k > c.first && c.end-k <= short+1; k-- {
		if f.sign(k) == "," {
			return f.capital(k+1) && c.end-c.first <= longSubject
		}
	}
	return false
}

// infinitiveClause finds what somebody says of himself with an infinitive behind the verb of x, which
// some of the languages use where English has a clause: Spanish "dijo no haber visto nada", "said that he
// had seen nothing". It reports whether it did.
func (f *speechFinder) infinitiveClause(x *clauseFrame) bool {
	k := x.end
	for k < x.right && f.is(k, useNegation|useClitic) && !f.is(k, useInfinitiveMarker) {
		k++
	}
	marker := f.is(k, useInfinitiveMarker)
	if k >= x.right || !marker && !f.infinitive(k) {
		return false
	}
	r := report{cue: span{x.first, x.end}, rule: ruleSpeechInfinitive, polarity: x.polarity}
	r.speaker = f.speakerAround(x, x.end)
	r.content = []span{f.trimmed(x.end, f.contentEnd(x.p, x.end))}
	if r.content[0].end-r.content[0].first < leastSaid {
		return false
	}
	f.hold(r.content[0])
	f.report(r)
	return true
}

// participle reports whether token i has the ending of a participle. Without an auxiliary, such a word
// is an adjective and attributes nothing.
func (f *speechFinder) participle(i int32) bool {
	w := f.t.String(int(i))
	for _, e := range f.s.participle {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// infinitive reports whether token i has the ending of an infinitive that can tell what somebody says
// of himself.
func (f *speechFinder) infinitive(i int32) bool {
	w := f.t.String(int(i))
	const least = 4 // bytes: shorter words with these endings are no infinitives
	if len(w) < least || f.capital(i) || f.is(i, useArticle|useClitic|useBoundary|useAdverb|usePronoun) {
		return false
	}
	for _, e := range f.s.infinitive {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// source reports what "according to" at token i attributes: the rest of the sentence if the phrase
// opens it; else what stands before the phrase, and also what stands behind if a comma leads on.
func (f *speechFinder) source(p token.Range, i int32) {
	start, end := f.sentenceStart(p, i), f.sentenceEnd(p, i)
	after := f.use[i].end
	if i > start && f.is(i-1, useArticle|useOf|useBoundary|useJoining) { // a word of the same form within a noun phrase: "in the second half"
		return
	}
	r := report{cue: span{i, after}, rule: ruleSpeechSource}
	from := after
	for from < end && f.is(from, besideVerb) && !f.is(from, useArticle) {
		from++
	}
	if f.is(from, useSay) { // "according to what X said"
		r.cue.end = f.use[from].end
		after = r.cue.end
	}
	r.speaker = f.sourceAfter(after, end)
	if r.speaker.end <= r.speaker.first {
		return
	}
	k := r.speaker.end
	head := i
	for head > start && (f.is(head-1, useOpener|useAdverb) || f.t.Tokens[head-1].Kind == token.Mark) {
		head--
	}
	if head == start { // "According to X, …"
		r.content = []span{f.trimmed(k, f.contentEnd(p, k))}
	} else {
		r.content = []span{f.trimmed(start, i)}
		if rest := f.trimmed(k, end); (f.sign(k) == "," || f.s.inverting) && rest.end-rest.first >= leastSaid {
			r.content = append(r.content, rest)
		}
	}
	least := int32(leastSaid)
	if head == start {
		least--
	}
	if c := r.content[0]; c.end-c.first < least || f.inside[c.first] {
		return
	}
	for _, c := range r.content {
		f.hold(c)
		for k := c.first; k < c.end; k++ {
			if n := f.number[k]; n >= 0 {
				f.taken[n] = true
			}
		}
	}
	f.report(r)
}

// regarding finds the quotation behind "for" somebody and a comma, « Pour la ministre Claire Aubin, « rien n’est perdu » », and reports whether it
// did. The name must have a capital.
func (f *speechFinder) regarding(p token.Range, i int32) bool {
	first := f.use[i].end
	end := min(p.End, first+longSubject)
	comma := f.signFrom(first, end)
	if f.sign(comma) == "," && f.lower(first, comma) && f.capital(comma+1) { // «Para su rival, Ana Mora, «es tarde»»
		comma = f.signFrom(comma+1, end)
	}
	if comma+1 >= p.End || f.sign(comma) != "," || f.lower(first, comma) || f.number[comma+1] < 0 || f.taken[f.number[comma+1]] {
		return false
	}
	q := f.quotes[f.number[comma+1]]
	if q.first != comma+2 {
		return false
	}
	r := report{cue: span{i, first}, speaker: f.phrase(first, comma), rule: ruleFor}
	if r.speaker.end <= r.speaker.first {
		return false
	}
	r.content = f.quoteFrom(p, f.number[comma+1])
	f.report(r)
	return true
}

// sourceAfter returns the noun phrase behind "according to", which begins at token i and ends before
// token end: up to the next comma, with an apposition behind that; or where the grammar ends it.
func (f *speechFinder) sourceAfter(i, end int32) span {
	comma := f.signFrom(i, min(end, i+longSubject))
	if f.sign(comma) == "," && comma > i && comma+1 < end && !f.s.inverting {
		if f.lower(i, comma) && f.capital(comma+1) { // "según el ministro, Juan Lara, …"
			if next := f.signFrom(comma+1, min(end, comma+longSubject/2)); f.sign(next) == "," {
				return span{i, next}
			}
		}
		return span{i, comma}
	}
	if f.s.inverting {
		return f.shortPhrase(i, min(end, comma))
	}
	if f.s.bare && (comma >= end-1 || f.sign(comma) == ".") { // “Zdaniem lekarza Adama Wrony brakuje łóżek.”
		if short := f.shortPhrase(i, min(end, comma)); comma-short.end > 1 {
			return short
		}
	}
	if comma < end && f.sign(comma) == "." || comma >= end-1 {
		return f.subjectAfter(i, comma)
	}
	return f.subjectAfter(i, end)
}

// signFrom returns the first token from i to end that is a sign; end if none is.
func (f *speechFinder) signFrom(i, end int32) int32 {
	for i < end && f.sign(i) == "" {
		i++
	}
	return i
}

// lower reports whether no word from first to end has a capital.
func (f *speechFinder) lower(first, end int32) bool {
	for k := first; k < end; k++ {
		if f.capital(k) {
			return false
		}
	}
	return true
}

// shortPhrase returns the noun phrase that begins at token i where nothing but a verb marks its end: a
// name, or an article and one word with a name behind it, each with what "of" adds. It ends before
// token end.
func (f *speechFinder) shortPhrase(i, end int32) span {
	k := i
	for k < end {
		if f.is(k, useArticle) {
			k++
		}
		switch {
		case k < end && f.capital(k):
			for k < end && (f.capital(k) || f.sign(k) == "-" || f.is(k, useOf|useArticle) && f.capital(k+1)) {
				k++
			}
		case k < end && f.sign(k) == "":
			k++
			for k < end && f.capital(k) {
				k++
			}
		}
		if k >= end || !f.is(k, useOf) {
			break
		}
		k++
	}
	return span{i, min(k, end)}
}

// speakerAround returns the speaker of the verb of x: the noun phrase before the verb, else the one
// between the verb and token to, else the speaker of the statement that "and" or a comma joins this one
// to in the same sentence. The span is empty if there is none.
func (f *speechFinder) speakerAround(x *clauseFrame, to int32) span {
	if x.inverted.end > 0 {
		return x.inverted
	}
	before := f.subjectBefore(x.left, x.first)
	if before.end > before.first {
		return before
	}
	if after := f.subjectAfter(x.end, to); after.end > after.first {
		return after
	}
	if n := len(f.out); n > 0 && f.joined(x) {
		if last := f.out[n-1]; last.cue.end > last.cue.first && last.cue.first >= f.sentenceStart(x.p, x.verb) {
			return last.speaker
		}
	}
	return span{}
}

// joined reports whether "and", a comma or a semicolon stands right before the verb of x and the words
// that belong to it, so that the verb may share the subject of the verb before.
func (f *speechFinder) joined(x *clauseFrame) bool {
	k := x.first - 1
	for k > x.p.First && f.is(k, useAdverb|besideVerb) {
		k--
	}
	return f.is(k, useJoining) || f.sign(k) == "," || f.sign(k) == ";"
}

// subjectBefore returns the noun phrase that ends before token end, where a verb begins. It begins at
// token left at the earliest, and may hold an apposition in commas. The span is empty if there is none.
func (f *speechFinder) subjectBefore(left, end int32) span {
	for end > left && f.is(end-1, useAdverb|besideVerb) && !f.capital(end-1) {
		end--
	}
	if f.inside[max(end-1, 0)] {
		return span{}
	}
	comma := end > left && f.sign(end-1) == ","
	stop := end
	if comma {
		stop--
	}
	k := stop
	commas := 0
scan:
	for k > left && stop-k <= longSubject {
		s := f.sign(k - 1)
		switch {
		case s == "," && comma && commas == 0:
			commas++
		case s != "" && s != "-" && s != "." && s != "'" && s != "’" && s != "&" && s != "/" || f.dash(k-1):
			break scan
		case f.is(k-1, useThat) && !f.is(k-1, useArticle), f.is(k-1, useVerb) && !f.capital(k-1), f.inside[k-1]:
			break scan
		case f.is(k-1, useJoining) && f.is(k, useVerb|besideVerb):
			break scan
		}
		k--
	}
	if comma && commas == 0 { // ", said" behind a clause
		return span{}
	}
	first := k
	for first < stop && f.is(first, useOpener|useAdverb|useJoining) && !f.is(first, useArticle|usePronoun) && !(f.capital(first) && first > left && !f.t.Tokens[first].Is(token.Sentence)) {
		first++
	}
	for first < stop && f.is(first, useRelative) && !f.is(first, usePronoun|useArticle) {
		first++
	}
	if first < stop && f.is(first, useBoundary) && !f.is(first, useArticle|usePronoun) {
		first = f.pastPreposition(first, stop)
	}
	return f.phrase(first, stop)
}

// pastPreposition returns the first token of the subject that ends before token stop, if a preposition
// at token first opens the clause, as in: In a letter the minister. It is the last article that stands behind no
// preposition, or first if there is no such article.
func (f *speechFinder) pastPreposition(first, stop int32) int32 {
	for k := stop - 1; k > first+1; k-- {
		if f.is(k, useArticle) && !f.is(k-1, useBoundary|useOf) {
			return k
		}
	}
	return first
}

// subjectAfter returns the noun phrase that follows a verb and ends before token end; at is the token
// behind the verb. It skips adverbs and a phrase with a preposition between the two. The span is empty if
// there is no such phrase.
func (f *speechFinder) subjectAfter(at, end int32) span {
	for at < end && (f.is(at, useAdverb|besideVerb) && !f.is(at, useArticle|usePronoun) || f.is(at, useArticle|useBoundary) && f.is(at+1, useAdverb) ||
		f.sign(at) == "-" && f.t.Tokens[at].Is(token.Glued)) {
		at++
	}
	if at < end && f.is(at, useBoundary) && !f.is(at, useArticle|usePronoun) { // "said in a letter the minister"
		at = f.articleAhead(at, end)
	}
	if f.is(at, usePronoun) && at < end {
		return span{at, f.use[at].end}
	}
	k := at
	for k < min(end, at+longSubject) {
		s := f.sign(k)
		if s == "," && k > at && f.capital(k+1) && !f.is(k+1, useBoundary) && (f.lower(at, k) || f.described(at, k, end)) { // "the director, Ana Vila"
			k++
			continue
		}
		if s != "" && s != "-" && s != "'" && s != "’" && s != "&" && s != "." || s == "." && !f.t.Tokens[k].Is(token.Glued) || f.dash(k) {
			break
		}
		if k > at && s == "" && f.is(k, useBoundary|useThat|useRelative|useSource) && !f.is(k, useOf) && !(f.capital(k) && f.capital(k-1)) {
			break
		}
		if f.is(k, useVerb) && !f.capital(k) && !f.is(k-1, useArticle) || f.is(k, useJoining) && f.is(k+1, useVerb|besideVerb) && !f.is(k+1, useArticle) {
			break
		}
		if k == at && f.is(k, useBoundary|useThat|useRelative|useSource) && !f.is(k, useArticle) && !f.capital(k) {
			break
		}
		k++
	}
	for k > at && (f.is(k-1, useOf|useArticle|useAdverb|useJoining|useClitic) || f.sign(k-1) != "" && f.sign(k-1) != ".") && !f.capital(k-1) {
		k--
	}
	for k > at && f.sign(k-1) == "." {
		k--
	}
	return f.phrase(at, k)
}

// described reports whether the tokens from first to the comma at token comma tell what somebody is, beginning with a small word, and a name of two
// words or more stands behind the comma: “a ministra da Saúde, Teresa Falcão”.
func (f *speechFinder) described(first, comma, end int32) bool {
	for first < comma && f.is(first, useArticle) {
		first++
	}
	return first < comma && !f.capital(first) && comma+2 < end && f.capital(comma+1) && f.capital(comma+2) && !f.is(comma+2, useBoundary)
}

// articleAhead returns the article with which the subject begins behind a phrase whose preposition is
// token at; end if there is none.
func (f *speechFinder) articleAhead(at, end int32) int32 {
	const far = 8
	for k := at + 1; k < min(end, at+far); k++ {
		if f.is(k, useArticle) && !f.is(k-1, useBoundary|useOf) && f.sign(k-1) == "" {
			return k
		}
		if f.sign(k) != "" {
			break
		}
	}
	return end
}

// phrase returns the span from first to end without the marks at its edges; an empty span if it holds
// only articles, prepositions, adverbs and the like, which name nobody.
func (f *speechFinder) phrase(first, end int32) span {
	for first < end && f.sign(first) != "" {
		first++
	}
	for end > first && f.sign(end-1) != "" && f.sign(end-1) != "." {
		end--
	}
	for k := first; k < end; k++ {
		if f.t.Tokens[k].Kind == token.Word && (f.is(k, usePronoun) || !f.is(k, useArticle|useOf|useAdverb|besideVerb|useJoining|useOpener|useRelative|useBoundary)) || f.capital(k) {
			return span{first, end}
		}
	}
	return span{}
}

// dialogue finds the statement of a paragraph that begins with a dash, as novels and some newspapers set
// speech: — …, — said X. — … It reports whether it did.
func (f *speechFinder) dialogue(p token.Range) bool {
	from := p.First + 1
	for k := from; k+1 < p.End; k++ {
		if !f.dash(k) && f.sign(k) != "," {
			continue
		}
		v := k + 1
		for v < p.End && f.is(v, useAdverb|besideVerb) && !f.is(v, useVerb) {
			v++
		}
		if !f.is(v, useSay) || f.number[v] >= 0 {
			continue
		}
		x := clauseFrame{p: p, verb: v, first: v, end: f.use[v].end}
		stop := x.end
		for stop < p.End && !f.dash(stop) && !(f.t.Tokens[stop].Is(token.Sentence)) {
			stop++
		}
		r := report{cue: span{v, x.end}, rule: ruleSpeechDash, content: []span{f.trimmed(from, k)}}
		r.speaker = f.subjectAfter(x.end, stop)
		for stop < p.End && (f.dash(stop) || f.sign(stop) == "." || f.sign(stop) == ",") {
			stop++
		}
		if rest := f.trimmed(stop, p.End); rest.end > rest.first && f.quiet(rest) && !f.holdsQuotation(rest) {
			r.content = append(r.content, rest)
		}
		if r.content[0].end <= r.content[0].first {
			return false
		}
		for k := p.First; k < p.End; k++ {
			if n := f.number[k]; n >= 0 {
				f.taken[n] = true
			}
		}
		f.report(r)
		return true
	}
	return false
}

// holdsQuotation reports whether quotation marks stand in the span: then it is the reporter's, who quotes somebody else.
func (f *speechFinder) holdsQuotation(s span) bool {
	for k := s.first; k < s.end; k++ {
		if f.number[k] >= 0 {
			return true
		}
	}
	return false
}

// quiet reports whether no verb of speech stands behind a dash in the span.
func (f *speechFinder) quiet(s span) bool {
	for k := s.first; k < s.end; k++ {
		if f.is(k, useSay) && f.dash(k-1) {
			return false
		}
	}
	return true
}

// longHead is how many tokens stand at most before a colon that headed takes for that of a speaker.
const longHead = 4

// headed finds a quotation behind a name and a colon that open the paragraph, as headlines have it:
// Vila: “…”.
func (f *speechFinder) headed(p token.Range) {
	k := p.First
	for k < min(p.End, p.First+longHead+1) && f.sign(k) != ":" {
		if f.number[k] >= 0 || f.t.Tokens[k].Kind == token.Number || f.sign(k) != "" && f.sign(k) != "-" && f.sign(k) != "'" && f.sign(k) != "’" {
			return
		}
		k++
	}
	if f.sign(k) != ":" || k == p.First || !f.capital(k-1) || k+1 >= p.End || f.is(k-1, useVerb) {
		return
	}
	r := report{speaker: span{p.First, k}, rule: ruleSpeechHead}
	if q := f.number[k+1]; q >= 0 && !f.taken[q] {
		r.content = f.quoteFrom(p, q)
		f.report(r)
	}
}

// longInserted is how many tokens a clause has at most that is inserted in a quotation.
const longInserted = 10

// inserted finds quotations that enclose the clause which attributes them, as French sets it:
// « Nous devrons, a-t-elle ajouté, reconstruire le mur. » ("We shall have to, she added, …")
func (f *speechFinder) inserted(p token.Range) {
	for n, q := range f.quotes {
		if q.first < p.First || q.end > p.End || f.taken[n] {
			continue
		}
		for k := q.first + 1; k+1 < q.end; k++ {
			if r, ok := f.insertion(q, k); ok {
				f.taken[n] = true
				f.report(r)
				break
			}
		}
	}
}

// insertion returns the statement of quotation q, with the pieces before and behind the inserted clause
// as its content, if token k is the comma with which such a clause begins.
func (f *speechFinder) insertion(q quotation, k int32) (r report, ok bool) {
	if f.sign(k) != "," {
		return r, false
	}
	first := k + 1
	for first < q.end && f.dash(first) {
		first++
	}
	v := first
	for v < q.end && v-first < longInserted/2 && !f.is(v, useSay) && (f.is(v, besideVerb|usePronoun|useAdverb) || f.sign(v) == "-") {
		if f.is(v, usePronoun) {
			r.speaker = span{v, v + 1}
		}
		v++
	}
	if v >= q.end || !f.is(v, useSay) || f.capital(v) {
		return r, false
	}
	stop := f.use[v].end
	for stop < q.end && f.sign(stop) != "," && !f.dash(stop) {
		stop++
	}
	if stop >= q.end || stop-k > longInserted {
		return r, false
	}
	if r.speaker.end == 0 {
		if r.speaker = f.subjectAfter(f.use[v].end, stop); r.speaker.end <= r.speaker.first {
			return r, false
		}
	}
	r.cue, r.rule = span{v, f.use[v].end}, ruleSpeechQuote
	if f.is(first, useAuxiliary) {
		r.cue.first = first
	}
	r.content = []span{f.trimmed(q.first, k), f.trimmed(stop, q.end)}
	return r, r.content[0].end > r.content[0].first && r.content[1].end > r.content[1].first
}

// hold notes that the tokens of s are in the content of a statement that need not stand in quotation marks.
func (f *speechFinder) hold(s span) {
	for k := s.first; k < s.end; k++ {
		f.inside[k] = true
	}
}

// trimmed returns the tokens from first to end without the marks at their edges. Quotation marks and
// brackets stay where they belong to a quotation.
func (f *speechFinder) trimmed(first, end int32) span {
	edge := func(i int32) bool {
		switch s := f.sign(i); s {
		case "":
			return false
		case "(", "[", `"`, "“", "„", "«", "‘", "「", "『", ")", "]", "”", "»", "’", "」", "』":
			return f.number[i] < 0
		default:
			return true
		}
	}
	for first < end && edge(first) {
		first++
	}
	for end > first && edge(end-1) {
		end--
	}
	return span{first, end}
}

// report sets the confidence of r and adds it to f.out.
func (f *speechFinder) report(r report) {
	r.sure = sureOf[r.rule]
	if r.speaker.end <= r.speaker.first {
		r.sure *= withoutSpeaker
	}
	f.out = append(f.out, r)
}

// statement returns r as a Statement, whose spans are of bytes. Its kind follows from how many of the
// bytes of its words stand in quotation marks; what a dash sets off is direct.
func (f *speechFinder) statement(r *report) Statement {
	at := func(s span) dateline.Span {
		return dateline.Span{Start: int(f.t.Tokens[s.first].Start), End: int(f.t.Tokens[s.end-1].End)}
	}
	s := Statement{Resumed: r.resumed}
	s.Rule, s.Polarity, s.Confidence = r.rule, r.polarity, float64(int(r.sure*100+0.5))/100
	in, all := 0, 0
	for _, c := range r.content {
		s.Content = append(s.Content, at(c))
		for k := c.first; k < c.end; k++ {
			if tok := f.t.Tokens[k]; tok.Kind != token.Mark {
				all += int(tok.End - tok.Start)
				if f.number[k] >= 0 {
					in += int(tok.End - tok.Start)
				}
			}
		}
	}
	s.Kind = kindOf(in, all)
	if r.rule == ruleSpeechDash {
		s.Kind = "direct"
	}
	where := r.content[0].first
	if r.cue.end > r.cue.first {
		s.Cue = []dateline.Span{at(r.cue)}
		where = r.cue.first
	}
	if r.speaker.end > r.speaker.first {
		s.Speaker = []dateline.Span{at(r.speaker)}
		name := span{}
		switch f.s.lang {
		case "zh":
			name = f.chineseName(r.speaker)
		case "ja":
			name = f.japaneseName(r.speaker)
		}
		if name.end > name.first {
			s.Named = at(name)
		}
	}
	k, _ := slices.BinarySearchFunc(f.t.Sentences, where, func(r token.Range, at int32) int { return int(r.End) - int(at) - 1 })
	if k < len(f.t.Sentences) {
		s.Sentence = at(span{f.t.Sentences[k].First, f.t.Sentences[k].End})
	}
	return s
}
