package quote

import (
	"slices"

	"dateline"
	"dateline/internal/chain"
	"dateline/understand/token"
)

// A Labelled text is one whose statements are known. Each has one cue.
type Labelled struct {
	Text       string               // with a blank line between two paragraphs
	Statements []dateline.Statement // with their spans in Text
}

// Labels returns the names of the labels of tokens, by their numbers.
func Labels() []string { return slices.Clone(labels) }

// A Tagging takes what a model that tags learns from: the features and the label
// of one token after another, and where a paragraph ends.
type Tagging interface {
	Add(features []uint32, label int) // adds a token
	End()                             // ends the paragraph
}

// A Choosing takes what a model that chooses learns from: one candidate after
// another, whether it is the right one, and where the candidates of one choice end.
type Choosing interface {
	Add(features []uint32, right bool) // adds a candidate
	End()                              // ends the choice
}

// A Joiner makes statements of tags. Its models are nil before they are learned.
type Joiner struct {
	Seam    *chain.Model // tells where contents end at quotation marks
	Cue     *chain.Model // chooses the cue of a content
	Speaker *chain.Model // chooses the speaker of a cue
	Voice   *chain.Model // chooses the speaker of a content; nil if its cue tells it
}

// A Pupil is a finder whose models are being learned. It says what they can learn
// from labelled texts, by the features that they will be asked with; in which order,
// and from which texts, is for package train/statements to decide.
type Pupil struct {
	lang string
	f    Finder
}

// NewPupil returns a pupil that knows the words of lang and has learned nothing.
func NewPupil(lang string) *Pupil { return &Pupil{lang, Finder{model: wordsOf(lang)}} }

// Model returns what was learned.
func (p *Pupil) Model(first, second *chain.Model, j Joiner, sure *chain.Model) *Model {
	m := *p.f.model
	m.first, m.second, m.Joiner, m.sure = first, second, j, sure
	return &m
}

// Learned returns the models that the program has for the pupil's language: those that tag,
// and those that join.
func (p *Pupil) Learned() (first, second *chain.Model, j Joiner) {
	m := modelOf(p.lang)
	return m.first, m.second, m.Joiner
}

// Voices reports whether contents without a cue are statements in the pupil's
// language, so that a model has to choose their speakers.
func (p *Pupil) Voices() bool { return voices[p.lang] }

// Lean makes a second model find more than it is sure of: every part by all, cues
// and speakers by begin (doc/decisions/quote.md, "cues and speakers are found that are
// hardly likely").
func Lean(m *chain.Model, all, begin float64) *chain.Model {
	m.Lean(int(none), -all)
	m.Lean(int(beginCue), begin)
	m.Lean(int(beginSpeaker), begin)
	return m
}

// A Lesson is a labelled text, cut.
type Lesson struct {
	text     token.Text
	gold     []uint8
	golds    []goldStatement
	owner    []int32   // of each token: the statement whose content or cue it is, -1 if none
	first    []uint8   // by a first model that has not seen the text
	tags     []uint8   // by a second one
	probable []float32 // how probable they are
}

// Statements returns how many statements the text has.
func (l *Lesson) Statements() int { return len(l.golds) }

// Read returns the lesson of a labelled text.
func (p *Pupil) Read(t Labelled) *Lesson {
	l := &Lesson{}
	l.prepare(t, p.lang)
	return l
}

func (p *Pupil) read(l *Lesson) *Finder {
	p.f.read(&l.text)
	return &p.f
}

// TeachTags gives what a model that tags can learn from l: with again what a
// second model can, which knows the tags of TagFirst.
func (p *Pupil) TeachTags(l *Lesson, again bool, into Tagging) {
	f := p.read(l)
	if again {
		f.first = l.first
		f.ways()
	}
	f.eachParagraph(func(r token.Range, k int) {
		for j := r.First; j < r.End; j++ {
			for f.sents[k].end <= j {
				k++
			}
			f.tagFeatures(r, j, &f.sents[k])
			if again {
				f.contextFeatures(r, j, &f.sents[k])
			}
			into.Add(f.bag.features, int(l.gold[j]))
		}
		into.End()
	})
}

// TagFirst notes in l what the first model m, which has not learned from it, tags.
func (p *Pupil) TagFirst(l *Lesson, m *chain.Model) { l.first = p.read(l).pass(nil, m, false) }

// TagSecond notes in l what the second model m, which has not learned from it, tags.
func (p *Pupil) TagSecond(l *Lesson, m *chain.Model) {
	f := p.read(l)
	f.model.second = m
	f.first = l.first
	f.tagAgain()
	l.tags, l.probable = slices.Clone(f.tags), slices.Clone(f.probable)
}

// TagBoth notes in l what two models tag, neither of which has learned from it.
func (p *Pupil) TagBoth(l *Lesson, first, second *chain.Model) {
	p.f.model.first, p.f.model.second = first, second
	f := p.read(l)
	f.tag()
	l.first, l.tags, l.probable = slices.Clone(f.first), slices.Clone(f.tags), slices.Clone(f.probable)
}

// TeachSeams gives what the model that cuts contents at quotation marks can learn.
func (p *Pupil) TeachSeams(l *Lesson, into Choosing) {
	f := p.tagged(l)
	f.eachSeam(func(k int32) {
		before, after := l.owned(k-1, -1), l.owned(k, 1)
		if before < 0 && after < 0 {
			return
		}
		into.Add(f.bag.features, before != after)
		into.Add(nil, before == after)
		into.End()
	})
}

// TeachLinks gives what the models that choose the cue of a content and the speaker
// of a cue can learn from the parts that were found and from the true ones. It cuts
// contents by seam.
func (p *Pupil) TeachLinks(l *Lesson, seam *chain.Model, cues, speakers Choosing) {
	f := p.read(l)
	f.model.Joiner = Joiner{Seam: seam}
	for n, tags := range [][]uint8{l.tags, l.gold} {
		f.tags, f.probable = append(f.tags[:0], tags...), l.probable
		if n == 0 {
			f.cut()
		}
		f.chunks()
		p.teachCues(l, cues)
		p.teachSpeakers(l, speakers)
	}
}

func (p *Pupil) teachCues(l *Lesson, into Choosing) {
	f, parts := &p.f, &p.f.parts
	for i := range parts.contents {
		c := &parts.contents[i]
		right := -1
		if n := l.statement(c); n >= 0 {
			right = overlapping(parts.cues, l.golds[n].cue)
		}
		f.eachCue(c, func(k int) { into.Add(f.bag.features, k == right) })
		into.End()
		if c.cue = int32(right); right >= 0 {
			parts.cues[right].last = int32(i)
		}
	}
}

func (p *Pupil) teachSpeakers(l *Lesson, into Choosing) {
	f, parts := &p.f, &p.f.parts
	for k := range parts.cues {
		q := &parts.cues[k]
		n := l.statement(q)
		if n < 0 {
			continue // no true cue: whose it would be teaches nothing
		}
		right := overlapping(parts.speakers, l.golds[n].speaker)
		f.eachSpeaker(q, func(k int) { into.Add(f.bag.features, k == right) })
		into.End()
	}
}

// TeachVoice gives what the model that chooses the speaker of a content can
// learn, from the links that j, which has not learned from l, gives.
func (p *Pupil) TeachVoice(l *Lesson, j Joiner, into Choosing) {
	f := p.tagged(l)
	f.model.Joiner = j
	f.model.Voice = nil
	f.cut()
	f.complete()
	f.chunks()
	f.linkCues()
	parts := &f.parts
	for i := range parts.contents {
		c := &parts.contents[i]
		n := l.statement(c)
		if n < 0 {
			continue // what nobody says has no speaker, which is for the confidence to tell
		}
		right := overlapping(parts.speakers, l.golds[n].speaker)
		f.eachVoice(i, func(k int) { into.Add(f.bag.features, k == right) })
		into.End()
		c.speaker = int32(right)
	}
}

// tagged returns the finder with l and the tags of TagSecond.
func (p *Pupil) tagged(l *Lesson) *Finder {
	f := p.read(l)
	f.tags, f.probable = append(f.tags[:0], l.tags...), l.probable
	return f
}

// find finds the statements of l, which nothing has learned from, by j.
func (p *Pupil) find(l *Lesson, j Joiner) *Finder {
	f := p.tagged(l)
	f.model.Joiner = j
	f.assemble()
	return f
}

// Report returns the statements that are found in l by j and sure.
func (p *Pupil) Report(l *Lesson, j Joiner, sure *chain.Model) []Statement {
	f := p.find(l, j)
	f.model.sure = sure
	return f.report()
}

// TeachSure gives what the confidence can learn: the statements that are found in
// l by j, and whether they are right: their content shares half of its words
// with a true one of the same speaker. It returns how many were found, and how
// many true ones are among them.
func (p *Pupil) TeachSure(l *Lesson, j Joiner, into Choosing) (found, right int) {
	f := p.find(l, j)
	hit := make([]bool, len(l.golds))
	for k := range f.attributions {
		s := &f.attributions[k]
		n := slices.IndexFunc(l.golds, l.said(f, s).like)
		if n >= 0 && !hit[n] {
			hit[n] = true
			right++
		}
		found++
		f.sureFeatures(s)
		into.Add(f.bag.features, n >= 0)
		into.Add(nil, n < 0)
		into.End()
	}
	return found, right
}

// said returns what was found as it is compared with what is true.
func (l *Lesson) said(f *Finder, s *attribution) goldStatement {
	words := func(c *chunk) (at []int32) {
		for i := c.first; i < c.end; i++ {
			if l.text.Tokens[i].Kind != token.Mark {
				at = append(at, i)
			}
		}
		return at
	}
	var found goldStatement
	for c := range f.contents(s) {
		found.content = append(found.content, words(c)...)
	}
	if s.speaker >= 0 {
		found.speaker = words(&f.parts.speakers[s.speaker])
	}
	return found
}

// A goldStatement is a statement as the tokens of its parts, without marks.
type goldStatement struct{ content, cue, speaker []int32 }

// prepare cuts the text and turns its statements into labels. Where parts
// overlap, a cue or speaker interrupts a content.
func (l *Lesson) prepare(g Labelled, lang string) {
	l.text.Read(g.Text, lang)
	l.gold = make([]uint8, len(l.text.Tokens))
	l.owner = make([]int32, len(l.text.Tokens))
	for i := range l.owner {
		l.owner[i] = -1
	}
	for n, s := range g.Statements {
		l.mark(s.Content, beginContent, n)
	}
	for n, s := range g.Statements {
		l.mark(s.Speaker, beginSpeaker, -1)
		l.mark(s.Cue, beginCue, n)
		l.golds = append(l.golds, goldStatement{l.wordsIn(s.Content), l.wordsIn(s.Cue), l.wordsIn(s.Speaker)})
	}
	for i, b := range l.gold { // what was interrupted begins again
		if b != none && b%2 == 0 && (i == 0 || l.gold[i-1] != b && l.gold[i-1] != b-1) {
			l.gold[i]--
		}
	}
}

// mark labels the words of spans as parts that begin with label b, of
// statement n. Marks at the edges stay outside.
func (l *Lesson) mark(spans []dateline.Span, b uint8, n int) {
	for _, s := range spans {
		first, end := l.tokens(s)
		for i := first; i < end; i++ {
			l.gold[i] = b + 1
			if i == first {
				l.gold[i] = b
			}
			if b == beginContent || b == beginCue && (l.owner[i] < 0 || i == first) {
				l.owner[i] = int32(n)
			}
		}
	}
}

// tokens returns the tokens that a span touches, without marks at its edges
// unless there is nothing else.
func (l *Lesson) tokens(s dateline.Span) (first, end int) {
	toks := l.text.Tokens
	for first < len(toks) && int(toks[first].End) <= s.Start {
		first++
	}
	end = first
	for end < len(toks) && int(toks[end].Start) < s.End {
		end++
	}
	a, b := first, end
	for a < b && toks[a].Kind == token.Mark {
		a++
	}
	for a < b && toks[b-1].Kind == token.Mark {
		b--
	}
	if a < b {
		return a, b
	}
	return first, end
}

// owned returns the statement of the first word at token i or further on by step.
func (l *Lesson) owned(i int32, step int32) int32 {
	for i >= 0 && int(i) < len(l.owner) && l.text.Tokens[i].Kind == token.Mark {
		i += step
	}
	if i < 0 || int(i) >= len(l.owner) {
		return -1
	}
	return l.owner[i]
}

// statement returns the true statement that most tokens of c belong to, or -1.
func (l *Lesson) statement(c *chunk) int32 {
	best, n := int32(-1), map[int32]int{}
	for _, o := range l.owner[c.first:c.end] {
		if n[o]++; o >= 0 && (best < 0 || n[o] > n[best]) {
			best = o
		}
	}
	return best
}

// overlapping returns the first chunk of list that holds one of the tokens, or -1.
func overlapping(list []chunk, tokens []int32) int {
	for _, i := range tokens {
		k, _ := slices.BinarySearchFunc(list, i, func(c chunk, i int32) int { return int(c.end - 1 - i) })
		if k < len(list) && list[k].first <= i {
			return k
		}
	}
	return -1
}

// wordsIn returns the tokens in spans that are no marks.
func (l *Lesson) wordsIn(spans []dateline.Span) (at []int32) {
	for _, sp := range spans {
		first, end := l.tokens(sp)
		for i := first; i < end; i++ {
			if l.text.Tokens[i].Kind != token.Mark {
				at = append(at, int32(i))
			}
		}
	}
	slices.Sort(at)
	return at
}

// like reports whether two statements say the same by the same speaker.
func (a goldStatement) like(b goldStatement) bool {
	both := shared(a.content, b.content)
	if 2*both < len(a.content)+len(b.content)-both {
		return false
	}
	if len(a.speaker) == 0 || len(b.speaker) == 0 {
		return len(a.speaker) == len(b.speaker)
	}
	return 2*shared(a.speaker, b.speaker) >= min(len(a.speaker), len(b.speaker))
}

// shared counts what is in both of two sorted lists.
func shared(a, b []int32) (n int) {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}
