package quote

import (
	"cmp"
	"math"
	"sync"

	"dateline"
	"dateline/understand/token"
)

// A Statement is a statement as the text has it, together with the places of names that a later step
// looks up. All spans are of bytes of the text.
type Statement struct {
	dateline.Statement
	Resumed    bool            // no words name the speaker, who is that of the statement before
	Named      dateline.Span   // the name among the words of Speaker, in languages whose names no model knows; empty if there is none
	Addressees []dateline.Span // the words for those to whom it was said
	Sources    []dateline.Span // the words for the news outlets through which the article has it
	Sentence   dateline.Span   // the sentence of the cue; without a cue, the one in which the content begins
}

// Find returns the statements of t, which is written in lang (BCP 47; "" counts as English). They stand in
// the order of their first words, but those that only the layout tells, such as the answers of an
// interview, come behind the others. The fields Who, Role, To, Via and On are left empty, since they
// need to know the names and days of the article. In English and German, models find the
// statements, in the other languages of [Reads] rules do; for all others Find returns nil.
//
// blocks are the spans of t, in order, that are set as block quotations.
func Find(t *token.Text, lang string, blocks ...dateline.Span) []Statement {
	if s := speechOf(lang); s != nil {
		return findBySpeech(t, s, blocks)
	}
	m := modelOf(lang)
	if m == nil {
		return nil
	}
	f := finders.Get().(*Finder)
	defer finders.Put(f)
	f.model = m
	f.set = blocks
	return f.Find(t)
}

// longestPart bounds the tokens that are read in one piece, and so the memory, of which each token needs
// some 500 bytes. A longer text is read in several pieces, and no statement reaches from one into the
// next. An article of news has a twentieth of this length.
const longestPart = 1 << 15

// finders keeps finders whose memory can be used again.
var finders = sync.Pool{New: func() any { return &Finder{} }}

// Find returns the statements of t as the function Find does, by the model of f.
func (f *Finder) Find(t *token.Text) []Statement {
	if len(t.Tokens) == 0 {
		return nil
	}
	var out []Statement
	for part := range t.Parts(longestPart) {
		f.read(part)
		f.tag()
		f.assemble()
		out = append(out, f.report()...)
	}
	return out
}

// report returns the statements of f.attributions that are probable enough.
func (f *Finder) report() []Statement {
	var out []Statement
	least := f.least()
	for i := range f.attributions {
		if s := f.statement(&f.attributions[i]); f.reported(&f.attributions[i], &s, least) {
			out = append(out, s)
		}
	}
	return out
}

// least returns the confidence from which on a statement of the text is reported.
func (f *Finder) least() float64 {
	switch {
	case f.model.Voice != nil:
		return leastGerman
	case f.silent():
		return leastSilent
	}
	return leastConfidence
}

// reported reports whether s, which was made of a, is something that was said and probable enough to be
// reported, where least is what method least returned for the text. Less is enough if something of s stands
// in quotation marks and the text is not silent; more is needed of a thing.
func (f *Finder) reported(a *attribution, s *Statement, least float64) bool {
	if f.greets(a) || f.inscribed(a) || s.Kind == "indirect" && s.Confidence < leastThing && f.things(a) {
		return false
	}
	return s.Confidence >= least || s.Kind != "indirect" && least < leastSilent && s.Confidence >= leastQuoted
}

// greets reports whether the content of s is a single word of greeting outside of quotation marks, which
// is no statement: “as we say goodbye”.
func (f *Finder) greets(s *attribution) bool {
	c := &f.parts.contents[s.head]
	return s.head == s.last && c.end-c.first == 1 && f.marks.number[c.first] < 0 && f.model.grammar.greeting[f.views[c.first].word]
}

// inscribed reports whether the content of s is a thing and what is written on it, or how it is called, without
// a clause, behind a verb that is none of speech: “found a bag marked “fragile””.
func (f *Finder) inscribed(s *attribution) bool {
	if s.cue < 0 || s.head != s.last || f.views[f.parts.cues[s.cue].first].class&(speechClasses|classWrite) != 0 || f.parts.cues[s.cue].layout > 0 {
		return false
	}
	c := &f.parts.contents[s.head]
	for i := c.first + 1; i+1 < c.end; i++ {
		if f.model.grammar.inscribing[f.views[i].word] && f.marks.place[i+1] == opening {
			return f.form(c, &f.parts.cues[s.cue]) == formNoun || !f.clausal(c.first, i)
		}
	}
	return false
}

// things reports whether the contents of s are nouns without a clause, which people rather do something to than
// say: “agreed a truce”.
func (f *Finder) things(s *attribution) bool {
	if s.cue < 0 {
		return false
	}
	for c := range f.contents(s) {
		if f.form(c, &f.parts.cues[s.cue]) != formNoun {
			return false
		}
	}
	return true
}

// silent reports whether hardly anybody speaks in the text, as in a biography or a guide, and the text is
// long enough to tell. A doubtful statement is mostly wrong in such a text.
func (f *Finder) silent() bool {
	if len(f.text.Tokens) < longText {
		return false
	}
	likely := 0
	for i := range f.attributions {
		if f.sureOf(&f.attributions[i]) >= leastSilent {
			likely++
		}
	}
	return likely*spokenEvery < len(f.text.Tokens)
}

// A text of at least longText tokens is silent if it has less than one likely statement in spokenEvery
// tokens; leastSilent is the confidence of a likely statement, and the least one in a silent text. News
// has one in 40 tokens. The bounds were set by eye on texts of other kinds.
const (
	longText    = 300
	spokenEvery = 180
	leastSilent = 0.6
)

// assemble makes statements, f.attributions, of the tags: rules and a model mend the tags, then the parts
// are linked.
func (f *Finder) assemble() {
	f.cut()
	f.stop()
	f.hang()
	f.addressed()
	f.circumstances()
	f.complete()
	f.saidQuotations()
	f.parenthetic()
	f.lengthen()
	f.afterwards()
	f.trail()
	f.findLayouts()
	f.germanQuotations()
	f.chunks()
	f.link()
}

// The confidence from which on a statement is reported: leastConfidence in English, leastGerman in German,
// leastQuoted in both if something of it stands in quotation marks. Of less probable statements too
// many are wrong (doc/models.md).
const (
	leastConfidence = 0.22
	leastThing      = 0.3 // of nouns without a clause
	leastGerman     = 0.2
	leastQuoted     = 0.1
)

// statement returns s as a Statement, with all that the words around it tell.
func (f *Finder) statement(s *attribution) Statement {
	out := Statement{}
	for c := range f.contents(s) {
		out.Content = append(out.Content, f.words(c))
	}
	if s.cue >= 0 {
		out.Cue = []dateline.Span{f.span(&f.parts.cues[s.cue])}
	}
	if s.speaker >= 0 {
		out.Speaker = []dateline.Span{f.nameSpan(&f.parts.speakers[s.speaker])}
	}
	out.Confidence = f.sureOf(s)
	out.Rule = f.ruleOf(s)
	f.detail(&out, s)
	return out
}

// sureOf returns the confidence of s, from 0 to 1, rounded to hundredths. It reckons it once.
func (f *Finder) sureOf(s *attribution) float64 {
	switch {
	case f.layoutOf(s) > 0 || s.voice != "":
		return layoutConfidence
	case s.sure == 0:
		p := f.confidence(s)
		if f.plainly(s) {
			p = max(p, plainConfidence)
		}
		s.sure = 1 + math.Round(p*100)/100
	}
	return math.Round((s.sure-1)*100) / 100
}

// plainConfidence is the least confidence of what is said plainly, see plainly.
const plainConfidence = 0.6

// plainly reports whether s is said in the plainest way there is, whatever its words: somebody, right behind a
// verb such as "said", and right behind that, or a day, a clause that ends its sentence; or "according to" somebody at the head of a
// sentence, a comma, and a clause; or “claimed by” somebody and a clause with "that". The model of confidence has seen too few of some words to know.
func (f *Finder) plainly(s *attribution) bool {
	if s.cue < 0 || s.speaker < 0 || s.head != s.last || f.model.Voice != nil {
		return false
	}
	g := &f.model.grammar
	c, q, sp := &f.parts.contents[s.head], &f.parts.cues[s.cue], &f.parts.speakers[s.speaker]
	if c.sentence != q.sentence || f.marks.number[c.first] >= 0 || f.marks.number[q.first] >= 0 || f.marks.number[c.end-1] >= 0 || !f.sentenceEnds(c.end) && !f.sharedBehind(c.end) {
		return false
	}
	switch {
	case sp.rule == rulePassiveAgent:
		return sp.first == q.end && c.first == sp.end && g.that[f.views[c.first].word]
	case q.end-q.first == 1 && g.clausal[f.views[q.first].word]:
		if sp.end != q.first || !f.finite(c.first+1, c.end) {
			return false
		}
		return c.first == q.end || f.dayEnd(q.end, c.first) == c.first // "said in 2019 the"
	case f.views[q.first].class&classSource != 0 && q.first == f.sents[q.sentence].first:
		return sp.first == q.end && c.first == sp.end+1 && f.views[sp.end].stop == comma && c.end-c.first > 2
	}
	return false
}

// sharedBehind reports whether a word such as "but" and another cue follow at token i: “said it was late but insisted”.
func (f *Finder) sharedBehind(i int32) bool {
	return int(i)+1 < len(f.tags) && f.model.grammar.sharing[f.views[i].word] && f.tags[i+1] == beginCue
}

// sentenceEnds reports whether nothing but a mark stands between token i and the end of its sentence.
func (f *Finder) sentenceEnds(i int32) bool {
	s := &f.sents[f.sentenceOf(i-1)]
	return i >= s.end || i == s.end-1 && f.text.Tokens[i].Kind == token.Mark
}

// finite reports whether an auxiliary, as a clause has one, stands among the tokens from first to end.
func (f *Finder) finite(first, end int32) bool {
	g := &f.model.grammar
	for i := first; i < end; i++ {
		v := &f.views[i]
		if g.isAuxiliary(v.word) && v.end2 != suffixLy {
			return true
		}
	}
	return false
}

// layoutConfidence is the confidence of statements that a layout or voice tells, which no model judges.
const layoutConfidence = 0.9

// layoutOf returns 1 more than the index in f.layouts of the layout of s; 0 if it has none.
func (f *Finder) layoutOf(s *attribution) int32 {
	if s.cue < 0 {
		return 0
	}
	return f.parts.cues[s.cue].layout
}

// ruled notes that the rule made the part that begins with token first.
func (f *Finder) ruled(first int32, rule string) {
	if f.rules == nil {
		f.rules = map[int32]string{}
	}
	f.rules[first] = rule
}

// ruleOf returns the name of the rule that found s, as rules.go describes.
func (f *Finder) ruleOf(s *attribution) string {
	p := &f.parts
	if s.voice != "" {
		return s.voice
	}
	if n := f.layoutOf(s); n > 0 {
		return f.layouts[n-1].rule
	}
	for c := range f.contents(s) {
		if c.rule != "" {
			return c.rule
		}
	}
	if s.cue < 0 {
		return ruleVoice
	}
	q := &p.cues[s.cue]
	if rule := cmp.Or(q.rule, q.link); rule != "" {
		return rule
	}
	if s.speaker >= 0 && p.speakers[s.speaker].rule != "" {
		return p.speakers[s.speaker].rule
	}
	for c := range f.contents(s) {
		if c.link != "" {
			return c.link
		}
	}
	return ruleModel
}

// words returns the span of the content c. It includes the mark that ends its sentence, if that stands
// inside the quotation marks, and the mark that closes a quotation which begins within c.
func (f *Finder) words(c *chunk) dateline.Span {
	s := f.span(c)
	i := c.end
	for ; int(i) < len(f.text.Tokens) && f.marks.place[i] == within && f.text.Tokens[i].Is(token.Glued); i++ {
		switch f.text.String(int(i)) {
		case ".", "!", "?", "…", "’", "'", "”":
			s.End = int(f.text.Tokens[i].End)
			continue
		}
		break
	}
	if int(i)+1 < len(f.text.Tokens) && f.marks.place[i] == within && f.text.String(int(i)) == "," {
		i++
	}
	if int(i) < len(f.text.Tokens) && f.marks.place[i] == closing && f.marks.quotes[f.marks.number[i]].first > c.first {
		s.End = int(f.text.Tokens[i].End)
	}
	return s
}

// nameSpan returns the span of the speaker c without academic degrees at its end: “Tom Reyes” of “Tom
// Reyes, M.D., Ph.D.”.
func (f *Finder) nameSpan(c *chunk) dateline.Span {
	end := c.end
	for end-2 > c.first && f.model.grammar.degree[f.views[end-1].word] && f.views[end-2].stop == comma {
		end -= 2
	}
	return f.spanOf(c.first, end)
}

// span returns the span of the chunk c in bytes.
func (f *Finder) span(c *chunk) dateline.Span { return f.spanOf(c.first, c.end) }
