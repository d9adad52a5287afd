package quote

import (
	"cmp"
	"math"
	"sync"

	"dateline"
	"dateline/understand/token"
)

// A Statement is a statement as the text has it, and where its names stand.
type Statement struct {
	dateline.Statement
	Addressees []dateline.Span // to whom; who they are is not yet known
	Sources    []dateline.Span // through whom, nearest last
	Sentence   dateline.Span   // that holds the cue
}

// Find returns the statements of t, which is written in lang (BCP 47), in the
// order of their first words. It leaves out Who, Role, To, Via and On, which need to
// know the names and days of the article. In English and German models find them, in
// the languages that [Reads] tells rules; in others nothing does.
//
// Blocks are the spans of t that are set as block quotations, in order.
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

// longestPart bounds the tokens that are read in one piece, and so the memory that
// is needed, which is some five hundred bytes for each. Nothing is joined from one
// piece to the next; an article of news is a twentieth as long.
const longestPart = 1 << 15

// finders keeps finders, whose memory is used again.
var finders = sync.Pool{New: func() any { return &Finder{} }}

// Find is like the function Find.
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

// report returns the statements that are probable enough.
func (f *Finder) report() []Statement {
	var out []Statement
	least := f.least()
	for i := range f.attributions {
		if f.greets(&f.attributions[i]) {
			continue
		}
		if s := f.statement(&f.attributions[i]); reported(&s, least) {
			out = append(out, s)
		}
	}
	return out
}

// least returns how probable a statement of the text must be to be reported.
func (f *Finder) least() float64 {
	switch {
	case f.model.Voice != nil:
		return leastGerman
	case f.silent():
		return leastSilent
	}
	return leastConfidence
}

// reported reports whether s is probable enough to be one of the statements of a text in which
// least is how probable they must be.
func reported(s *Statement, least float64) bool {
	return s.Confidence >= least || s.Kind != "indirect" && least < leastSilent && s.Confidence >= leastQuoted
}

// greets reports whether s is no more than a greeting that nobody quotes: “as we say goodbye”.
func (f *Finder) greets(s *attribution) bool {
	c := &f.parts.contents[s.head]
	return s.head == s.last && c.end-c.first == 1 && f.marks.number[c.first] < 0 && f.model.grammar.greeting[f.views[c.first].word]
}

// silent reports whether hardly anybody speaks in the text, which is long enough to tell: a
// biography, a guide. In it what is doubtful is no statement.
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

// A text of at least longText tokens in which less than one in spokenEvery begins a likely statement
// is silent; leastSilent is how probable a statement in it must be. In news one in 40 does;
// set by eye on texts of other kinds.
const (
	longText    = 300
	spokenEvery = 180
	leastSilent = 0.6
)

// assemble fills f.attributions from the tags.
func (f *Finder) assemble() {
	f.cut()
	f.stop()
	f.hang()
	f.addressed()
	f.circumstances()
	f.complete()
	f.trail()
	f.findLayouts()
	f.chunks()
	f.link()
}

// leastConfidence is how probable a statement must be to be reported, and
// leastQuoted one of which something stands in quotation marks. Below, a statement
// is more often wrong than it is worth (doc/models.md).
const (
	leastConfidence = 0.22
	leastGerman     = 0.2
	leastQuoted     = 0.1
)

// statement returns s with what the words around it tell.
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

// sureOf returns the confidence of s, in hundredths.
func (f *Finder) sureOf(s *attribution) float64 {
	switch {
	case f.layoutOf(s) > 0 || s.voice != "":
		return layoutConfidence
	case s.sure == 0:
		s.sure = 1 + math.Round(f.confidence(s)*100)/100
	}
	return math.Round((s.sure-1)*100) / 100
}

// layoutConfidence is the confidence of statements that their layout tells.
const layoutConfidence = 0.9

// layoutOf returns 1 more than the number of the layout of s, or 0.
func (f *Finder) layoutOf(s *attribution) int32 {
	if s.cue < 0 {
		return 0
	}
	return f.parts.cues[s.cue].layout
}

// ruled notes that a rule made the part that begins with a token.
func (f *Finder) ruled(first int32, rule string) {
	if f.rules == nil {
		f.rules = map[int32]string{}
	}
	f.rules[first] = rule
}

// ruleOf returns what found s: see rules.go.
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

// words returns the span of the content c, with the sign that ends its sentence
// where that stands inside the quotation marks, and with the mark that closes
// a quotation which c opens.
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

// nameSpan returns the span of a speaker without the degrees at its end: “Tom Reyes, M.D.,
// Ph.D.”.
func (f *Finder) nameSpan(c *chunk) dateline.Span {
	end := c.end
	for end-2 > c.first && f.model.grammar.degree[f.views[end-1].word] && f.views[end-2].stop == comma {
		end -= 2
	}
	return f.spanOf(c.first, end)
}

func (f *Finder) span(c *chunk) dateline.Span { return f.spanOf(c.first, c.end) }
