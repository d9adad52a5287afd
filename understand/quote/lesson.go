package quote

import (
	"slices"

	"dateline"
	"dateline/internal/chain"
	"dateline/understand/token"
)

// A Labelled is a text whose statements are known, as people have marked them.
type Labelled struct {
	Text       string               // with a blank line between two paragraphs
	Statements []dateline.Statement // of which Content, Cue and Speaker are read: spans of bytes of Text
}

// Labels returns the names of the labels of tokens. The index is the number of the label.
func Labels() []string { return slices.Clone(labels) }

// A Tagging takes what a model that tags learns from: the features and the true label of one token after
// another, and where each paragraph ends. Add must not keep the features, whose memory is used again.
type Tagging interface {
	Add(features []uint32, label int) // adds a token; the label is its index in Labels
	End()                             // ends the paragraph
}

// A Choosing takes what a model that chooses learns from: one candidate after another, whether it is the
// right one, and where the candidates of each choice end. Add must not keep the features, whose memory is
// used again.
type Choosing interface {
	Add(features []uint32, right bool) // adds a candidate
	End()                              // ends the choice
}

// A Joiner holds the models that make statements of tagged tokens. A model is nil before it is learned.
type Joiner struct {
	Seam    *chain.Model // tells where a content ends at a quotation mark (seam.go)
	Cue     *chain.Model // chooses the cue of a content
	Speaker *chain.Model // chooses the speaker of a cue
	Voice   *chain.Model // chooses the speaker of a content; nil in a language in which its cue tells it
}

// A Pupil is a finder whose models are being trained. Its methods make examples of labelled texts, with
// the features that the models will see later, and hand them to a Tagging or Choosing. Package
// train/statements decides in which order models are trained, and on which texts. A Pupil serves
// one goroutine.
type Pupil struct {
	lang string
	f    Finder
}

// NewPupil returns a pupil for lang, "en" or "de", that has its words and no trained models. It panics
// for other languages.
func NewPupil(lang string) *Pupil { return &Pupil{lang, Finder{model: wordsOf(lang)}} }

// Model returns a model of the pupil's language that has its words and the trained models given: the two
// that tag, those that join, and the one of the confidence.
func (p *Pupil) Model(first, second *chain.Model, j Joiner, sure *chain.Model) *Model {
	m := *p.f.model
	m.first, m.second, m.Joiner, m.sure = first, second, j, sure
	return &m
}

// Learned returns trained models that are part of the program, for the pupil's language: the two that
// tag, and those that join.
func (p *Pupil) Learned() (first, second *chain.Model, j Joiner) {
	m := modelOf(p.lang)
	return m.first, m.second, m.Joiner
}

// Voices reports whether a content without a cue is a statement in the pupil's language, so that a model
// has to choose its speaker (Joiner.Voice).
func (p *Pupil) Voices() bool { return voices[p.lang] }

// Lean changes m, the second model that tags, so that it finds parts that are rather unlikely, and
// returns it. It adds all to the weight of every label but "none", and begin to the weights of the
// labels that begin a cue or speaker. The reason is in doc/decisions/quote.md under
// "cues and speakers are found that are hardly likely".
func Lean(m *chain.Model, all, begin float64) *chain.Model {
	m.Lean(int(none), -all)
	m.Lean(int(beginCue), begin)
	m.Lean(int(beginSpeaker), begin)
	return m
}

// A Lesson is a labelled text that is cut into tokens, with what models have tagged in it so far.
type Lesson struct {
	text     token.Text
	gold     []uint8         // of each token: the true label
	golds    []goldStatement // the true statements
	owner    []int32         // of each token: the index in golds of the statement whose content or cue it is in; -1 if none
	first    []uint8         // of each token: the label by a first model that was not trained on the text
	tags     []uint8         // of each token: the label by a second one
	probable []float32       // of each token: the probability of the label in tags
}

// Statements returns how many true statements the text has.
func (l *Lesson) Statements() int { return len(l.golds) }

// Read returns the lesson of the labelled text t, in which nothing is tagged yet.
func (p *Pupil) Read(t Labelled) *Lesson {
	l := &Lesson{}
	l.prepare(t, p.lang)
	return l
}

// read returns the finder, prepared for the text of l.
func (p *Pupil) read(l *Lesson) *Finder {
	p.f.read(&l.text)
	return &p.f
}

// TeachTags hands to into what a model that tags can learn from l: the first model, or, if again is true,
// the second one, which also sees the tags that TagFirst noted in l.
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

// TagFirst notes in l the labels by the first model m, which must not have been trained on l: on texts
// that it knows it would be better than it will be on others.
func (p *Pupil) TagFirst(l *Lesson, m *chain.Model) { l.first = p.read(l).pass(nil, m, false) }

// TagSecond notes in l the labels by the second model m, which must not have been trained on l. It needs
// those of TagFirst.
func (p *Pupil) TagSecond(l *Lesson, m *chain.Model) {
	f := p.read(l)
	f.model.second = m
	f.first = l.first
	f.tagAgain()
	l.tags, l.probable = slices.Clone(f.tags), slices.Clone(f.probable)
}

// TagBoth notes in l the labels by two models, neither of which may have been trained on l.
func (p *Pupil) TagBoth(l *Lesson, first, second *chain.Model) {
	p.f.model.first, p.f.model.second = first, second
	f := p.read(l)
	f.tag()
	l.first, l.tags, l.probable = slices.Clone(f.first), slices.Clone(f.tags), slices.Clone(f.probable)
}

// TeachSeams hands to into what the model that cuts contents at quotation marks can learn: at each seam,
// whether the words before and after it belong to different statements. It needs the tags of TagSecond
// or TagBoth.
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

// TeachLinks hands on what the models that choose the cue of a content and the speaker of a cue can learn
// from l. It goes through the text twice: once with the parts that were tagged (TagSecond or TagBoth),
// cut by the model seam, and once with the true ones.
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

// teachCues hands to into, for each content, which of the candidates is its true cue, and links the two.
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

// teachSpeakers hands to into, for each true cue, which of the candidates is its true speaker.
func (p *Pupil) teachSpeakers(l *Lesson, into Choosing) {
	f, parts := &p.f, &p.f.parts
	for k := range parts.cues {
		q := &parts.cues[k]
		n := l.statement(q)
		if n < 0 {
			continue // the cue is in no true statement, so that no speaker is right
		}
		right := overlapping(parts.speakers, l.golds[n].speaker)
		f.eachSpeaker(q, func(k int) { into.Add(f.bag.features, k == right) })
		into.End()
	}
}

// TeachVoice hands to into what the model that chooses the speaker of a content can learn from l. It links
// the parts by j first, which must not have been trained on l.
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
			continue // the content is in no true statement: the confidence has to tell this, not the speaker
		}
		right := overlapping(parts.speakers, l.golds[n].speaker)
		f.eachVoice(i, func(k int) { into.Add(f.bag.features, k == right) })
		into.End()
		c.speaker = int32(right)
	}
}

// tagged returns the finder, prepared for the text of l, with the labels of TagSecond or TagBoth.
func (p *Pupil) tagged(l *Lesson) *Finder {
	f := p.read(l)
	f.tags, f.probable = append(f.tags[:0], l.tags...), l.probable
	return f
}

// find returns the finder with the statements of l in its attributions, as the models j find them.
func (p *Pupil) find(l *Lesson, j Joiner) *Finder {
	f := p.tagged(l)
	f.model.Joiner = j
	f.assemble()
	return f
}

// Report returns the statements that the labels in l, the models j and the confidence sure give, as Find
// would: those that are probable enough, in the order of the text.
func (p *Pupil) Report(l *Lesson, j Joiner, sure *chain.Model) []Statement {
	f := p.find(l, j)
	f.model.sure = sure
	return f.report()
}

// TeachSure hands to into what the model of the confidence can learn: each statement that the labels in
// l and the models j give, and whether it is right. It is if a true statement is like it (see like). TeachSure
// returns how many statements were found, and how many true ones are among them.
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

// said returns the statement s, which f has found, in the form in which it is compared with true ones.
// Its cue is left out.
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

// A goldStatement is a statement as the indices of the tokens of each part, in order, without marks.
type goldStatement struct{ content, cue, speaker []int32 }

// prepare cuts the text of g and turns its statements into labels. Where parts overlap, a token in a cue
// or speaker has that label rather than that of a content.
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
	for i, b := range l.gold { // a content that a cue or speaker interrupts begins again behind it
		if b != none && b%2 == 0 && (i == 0 || l.gold[i-1] != b && l.gold[i-1] != b-1) {
			l.gold[i]--
		}
	}
}

// mark labels each of spans as a part whose first token has the label b and the others the label after
// that. It notes statement n as the owner of the tokens of contents and cues. Marks at the edges of a
// span are not labelled.
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

// owned returns the owner of token i, or, if that is a mark, of the first word from there on in the
// direction of step, 1 or -1. It returns -1 if there is none.
func (l *Lesson) owned(i int32, step int32) int32 {
	for i >= 0 && int(i) < len(l.owner) && l.text.Tokens[i].Kind == token.Mark {
		i += step
	}
	if i < 0 || int(i) >= len(l.owner) {
		return -1
	}
	return l.owner[i]
}

// statement returns the index of the true statement that owns more tokens of c than any other does; -1 if
// none of the tokens has an owner.
func (l *Lesson) statement(c *chunk) int32 {
	best, n := int32(-1), map[int32]int{}
	for _, o := range l.owner[c.first:c.end] {
		if n[o]++; o >= 0 && (best < 0 || n[o] > n[best]) {
			best = o
		}
	}
	return best
}

// overlapping returns the index of the chunk of list that holds the first of the tokens that any does; -1 if
// none is held.
func overlapping(list []chunk, tokens []int32) int {
	for _, i := range tokens {
		k, _ := slices.BinarySearchFunc(list, i, func(c chunk, i int32) int { return int(c.end - 1 - i) })
		if k < len(list) && list[k].first <= i {
			return k
		}
	}
	return -1
}

// wordsIn returns the indices of the tokens in spans that are no marks, in order.
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

// like reports whether two statements count as the same. Their contents have to share at least half of
// the words that either has; their speakers at least half of those of the shorter one, or both have none.
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

// shared counts the elements of a that are in b, which is sorted.
func shared(a, b []int32) (n int) {
	for _, x := range a {
		if _, ok := slices.BinarySearch(b, x); ok {
			n++
		}
	}
	return n
}
