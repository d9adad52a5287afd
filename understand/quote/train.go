package quote

import (
	"fmt"
	"slices"

	"dateline"
	"dateline/internal/chain"
	"dateline/understand/token"
)

// A Labelled text is one whose statements are known. Each has one cue.
type Labelled struct {
	Text       string
	Statements []dateline.Statement
}

// folds is how many parts the training set is cut into: what learns from tags
// and links learns from those that models gave to texts they had not seen.
const folds = 4

// Options tell how to train.
type Options struct {
	Tags chain.Options // for the models that tag
	Lean float64       // how much more than it is sure of the second model finds; what is doubtful is told by the confidence
}

// choosing are the options of the models that choose.
var choosing = chain.Options{Epochs: 6, Rate: 0.03, L2: 1e-3, MinCount: 4, Prune: 0.05}

// Train returns the model of lang that explains the texts best. It calls done
// with what it has done.
func Train(lang string, texts []Labelled, o Options, done func(string)) *Model {
	m := wordsOf(lang)
	if voices[lang] {
		m.voice = &chain.Model{}
	}
	t := &trainer{o: o, texts: make([]lesson, len(texts)), f: Finder{model: m}}
	for i, l := range texts {
		t.texts[i].prepare(l, lang)
	}
	first := make([][]uint8, len(texts))
	for k := range folds {
		part := t.tagger(without(k), nil)
		for i := k; i < len(texts); i += folds {
			first[i] = t.finder(i).pass(nil, part, false)
		}
		done("first tags of a fold")
	}
	m.first = t.tagger(all, nil)
	done("first model")
	for k := range folds {
		m.second = t.tagger(without(k), first)
		m.second.Lean(int(none), -o.Lean)
		for i := k; i < len(texts); i += folds {
			f, l := t.finder(i), &t.texts[i]
			f.first = first[i]
			f.tagAgain()
			l.tags, l.probable = slices.Clone(f.tags), slices.Clone(f.probable)
		}
		done("second tags of a fold")
	}
	m.second = t.tagger(all, first)
	m.second.Lean(int(none), -o.Lean)
	done("second model")
	t.links()
	done(fmt.Sprintf("cross-validated by text: %d statements, %d found, %d of them right", t.gold, t.found, t.right))
	return m
}

// links trains what joins the tags, and what judges the statements that come
// of it, on texts that the joining models have not seen.
func (t *trainer) links() {
	m := t.f.model
	verdicts := chain.NewChoices()
	for k := range folds {
		t.linkers(without(k))
		for i := k; i < len(t.texts); i += folds {
			t.judge(i, verdicts)
		}
	}
	m.sure = verdicts.Train(choosing)
	t.linkers(all)
}

func all(int) bool { return true }

func without(fold int) func(i int) bool { return func(i int) bool { return i%folds != fold } }

// A lesson is a labelled text, cut.
type lesson struct {
	text     token.Text
	gold     []uint8
	truths   []truth
	owner    []int32   // of each token: the statement whose content or cue it is, -1 if none
	tags     []uint8   // by a second model that has not seen the text
	probable []float32 // how probable they are
}

// A truth is a statement as the tokens of its parts, without marks.
type truth struct{ content, cue, speaker []int32 }

type trainer struct {
	o     Options
	texts []lesson
	f     Finder

	gold, found, right int // statements in texts when not yet learned from
}

func (t *trainer) finder(i int) *Finder {
	t.f.read(&t.texts[i].text)
	return &t.f
}

// prepare cuts the text and turns its statements into labels. Where parts
// overlap, a cue or speaker interrupts a content.
func (l *lesson) prepare(g Labelled, lang string) {
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
		l.truths = append(l.truths, truth{l.wordsIn(s.Content), l.wordsIn(s.Cue), l.wordsIn(s.Speaker)})
	}
	for i, b := range l.gold { // what was interrupted begins again
		if b != none && b%2 == 0 && (i == 0 || l.gold[i-1] != b && l.gold[i-1] != b-1) {
			l.gold[i]--
		}
	}
}

// mark labels the words of spans as parts that begin with label b, of
// statement n. Marks at the edges stay outside.
func (l *lesson) mark(spans []dateline.Span, b uint8, n int) {
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
func (l *lesson) tokens(s dateline.Span) (first, end int) {
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

// tagger trains a model of tags on the texts that use accepts; with the tags
// of a first pass if there are any.
func (t *trainer) tagger(use func(i int) bool, first [][]uint8) *chain.Model {
	set := chain.NewSet(labels)
	for i := range t.texts {
		if !use(i) {
			continue
		}
		f := t.finder(i)
		if first != nil {
			f.first = first[i]
			f.ways()
		}
		f.eachParagraph(func(r token.Range, k int) {
			for j := r.First; j < r.End; j++ {
				for f.sents[k].end <= j {
					k++
				}
				f.tagFeatures(r, j, &f.sents[k])
				if first != nil {
					f.contextFeatures(r, j, &f.sents[k])
				}
				set.Add(f.bag.features, int(t.texts[i].gold[j]))
			}
			set.End()
		})
	}
	return set.Train(t.o.Tags)
}

// linkers trains the models that join parts, on the parts that were found and
// on the true ones.
func (t *trainer) linkers(use func(i int) bool) {
	cues, speakers, voices := chain.NewChoices(), chain.NewChoices(), chain.NewChoices()
	for i := range t.texts {
		if !use(i) {
			continue
		}
		f, l := t.finder(i), &t.texts[i]
		for _, tags := range [][]uint8{l.tags, l.gold} {
			f.tags = tags
			f.chunks(tags)
			p := &f.parts
			for i := range p.contents {
				c := &p.contents[i]
				right := -1
				if n := l.statement(c); n >= 0 {
					right = overlapping(p.cues, l.truths[n].cue)
				}
				f.eachCue(c, func(k int) { cues.Add(f.bag.features, k == right) })
				cues.End()
				if c.cue = int32(right); right >= 0 {
					p.cues[right].last = int32(i)
				}
			}
			for k := range p.cues {
				q := &p.cues[k]
				right := -1
				if n := l.statement(q); n >= 0 {
					right = overlapping(p.speakers, l.truths[n].speaker)
				}
				f.eachSpeaker(q, func(k int) { speakers.Add(f.bag.features, k == right) })
				speakers.End()
				q.speaker = int32(right)
			}
			for i := range p.contents {
				c := &p.contents[i]
				right := -1
				if n := l.statement(c); n >= 0 {
					right = overlapping(p.speakers, l.truths[n].speaker)
				}
				f.eachVoice(i, func(k int) { voices.Add(f.bag.features, k == right) })
				voices.End()
				c.speaker = int32(right)
			}
		}
	}
	m := t.f.model
	m.cue, m.speaker = cues.Train(choosing), speakers.Train(choosing)
	if m.voice != nil {
		m.voice = voices.Train(choosing)
	}
}

// statement returns the true statement that most tokens of c belong to, or -1.
func (l *lesson) statement(c *chunk) int32 {
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
func (l *lesson) wordsIn(spans []dateline.Span) (at []int32) {
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

// judge adds to verdicts the statements that are found in text i, and whether
// they are right: their content shares half of its words with a true one of
// the same speaker.
func (t *trainer) judge(i int, verdicts *chain.Choices) {
	f, l := t.finder(i), &t.texts[i]
	f.tags, f.probable, f.forms = l.tags, l.probable, nil
	f.chunks(f.tags)
	f.link()
	words := func(c *chunk) (at []int32) {
		for i := c.first; i < c.end; i++ {
			if l.text.Tokens[i].Kind != token.Mark {
				at = append(at, i)
			}
		}
		return at
	}
	t.gold += len(l.truths)
	hit := make([]bool, len(l.truths))
	for k := range f.sayings {
		s := &f.sayings[k]
		var found truth
		for c := range f.contents(s) {
			found.content = append(found.content, words(c)...)
		}
		if s.speaker >= 0 {
			found.speaker = words(&f.parts.speakers[s.speaker])
		}
		n := slices.IndexFunc(l.truths, found.like)
		right := n >= 0
		if right && !hit[n] {
			hit[n] = true
			t.right++
		}
		t.found++
		f.sureFeatures(s)
		verdicts.Add(f.bag.features, right)
		verdicts.Add(nil, !right)
		verdicts.End()
	}
}

// like reports whether two statements say the same by the same speaker.
func (a truth) like(b truth) bool {
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
