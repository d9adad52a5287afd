package quote

import (
	"fmt"
	"slices"

	"dateline"
	"dateline/internal/chain"
	"dateline/train/crf"
	"dateline/understand/token"
)

// A Labelled text is one whose statements are known. Each has one cue.
type Labelled struct {
	Text       string               // with a blank line between two paragraphs
	Statements []dateline.Statement // with their spans in Text
}

// folds is how many parts the training set is cut into: what learns from tags
// and links learns from those that models gave to texts they had not seen.
const folds = 4

// Options tell how to train.
type Options struct {
	Tags  crf.Options // for the models that tag
	Lean  float64     // how much more than it is sure of the second model finds; what is doubtful is told by the confidence
	Begin float64     // how much more cues and speakers
}

// lean makes a second model find more than it is sure of: doc/decisions/quote.md,
// "cues and speakers are found that are hardly likely".
func (o *Options) lean(m *chain.Model) *chain.Model {
	m.Lean(int(none), -o.Lean)
	m.Lean(int(beginCue), o.Begin)
	m.Lean(int(beginSpeaker), o.Begin)
	return m
}

// choosing are the options of the models that choose.
var choosing = crf.Options{Epochs: 6, Rate: 0.03, L2: 3e-4, MinCount: 4, Prune: 0.02}

// Train returns the model of lang that explains the texts best. It calls done
// with what it has done.
func Train(lang string, texts []Labelled, o Options, done func(string)) *Model {
	fold := make([]int, len(texts))
	for i := range fold {
		fold[i] = i % folds
	}
	t := newTrainer(lang, texts, fold, o, done)
	m := t.f.model
	joins := t.held()
	verdicts := crf.NewChoices()
	for i := range t.texts {
		t.judge(i, joins, verdicts)
	}
	sure := verdicts.Train(choosing)
	j := t.joiner(all)
	if voices[lang] {
		j.voice = t.voice(all, joins)
	}
	m.joiner, m.sure = j, sure
	m.first = t.tagger(all, nil)
	done("first model")
	m.second = o.lean(t.tagger(all, t.first))
	done(fmt.Sprintf("second model; cross-validated: %d statements, %d found, %d of them right", t.gold, t.found, t.right))
	return m
}

// Validate returns what is found in each text by models that have not learned
// from the texts of its fold. Folds are counted from 0.
func Validate(lang string, texts []Labelled, fold []int, o Options, done func(string)) [][]Statement {
	t := newTrainer(lang, texts, fold, o, done)
	joins := t.held()
	out := make([][]Statement, len(texts))
	for k := range joins {
		verdicts := crf.NewChoices()
		for i := range t.texts {
			if fold[i] != k {
				t.judge(i, joins, verdicts)
			}
		}
		sure := verdicts.Train(choosing)
		for i := range t.texts {
			if fold[i] == k {
				f := t.find(i, joins)
				f.model.sure = sure
				out[i] = f.report()
			}
		}
	}
	return out
}

func newTrainer(lang string, texts []Labelled, fold []int, o Options, done func(string)) *trainer {
	t := &trainer{lang: lang, o: o, fold: fold, done: done, texts: make([]lesson, len(texts)), f: Finder{model: wordsOf(lang)}}
	for i, l := range texts {
		t.texts[i].prepare(l, lang)
	}
	return t
}

// held tags every text, and returns the joiners of each fold, all by models
// that have not learned from the texts of the fold. (What the second models
// learned from was tagged by first ones that had.)
func (t *trainer) held() []joiner {
	n := slices.Max(t.fold) + 1
	t.first = make([][]uint8, len(t.texts))
	for k := range n {
		part := t.tagger(t.without(k), nil)
		for i := range t.texts {
			if t.fold[i] == k {
				t.first[i] = t.finder(i).pass(nil, part, false)
			}
		}
		t.done("first tags of a fold")
	}
	for k := range n {
		t.f.model.second = t.o.lean(t.tagger(t.without(k), t.first))
		for i := range t.texts {
			if t.fold[i] == k {
				f, l := t.finder(i), &t.texts[i]
				f.first = t.first[i]
				f.tagAgain()
				l.tags, l.probable = slices.Clone(f.tags), slices.Clone(f.probable)
			}
		}
		t.done("second tags of a fold")
	}
	return t.joins(n)
}

// joins trains the joiners of each fold.
func (t *trainer) joins(n int) []joiner {
	joins := make([]joiner, n)
	for k := range joins {
		joins[k] = t.joiner(t.without(k))
	}
	if voices[t.lang] {
		voice := make([]*chain.Model, n)
		for k := range joins {
			voice[k] = t.voice(t.without(k), joins)
		}
		for k := range joins {
			joins[k].voice = voice[k]
		}
	}
	return joins
}

func all(int) bool { return true }

// without accepts the texts that are not in fold k.
func (t *trainer) without(k int) func(i int) bool { return func(i int) bool { return t.fold[i] != k } }

type trainer struct {
	lang  string
	o     Options
	done  func(string)
	texts []lesson
	fold  []int     // of each text
	first [][]uint8 // tags of each text by a first model that has not seen it
	f     Finder

	gold, found, right int // statements in texts when not yet learned from
}

func (t *trainer) finder(i int) *Finder {
	t.f.read(&t.texts[i].text)
	return &t.f
}

// tagger trains a model of tags on the texts that use accepts; with the tags
// of a first pass if there are any.
func (t *trainer) tagger(use func(i int) bool, first [][]uint8) *chain.Model {
	set := crf.NewSet(labels)
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

// joiner trains the models that join parts, on the parts that were found and
// on the true ones.
func (t *trainer) joiner(use func(i int) bool) joiner {
	m := t.f.model
	m.joiner = joiner{seam: t.seams(use)}
	cues, speakers := crf.NewChoices(), crf.NewChoices()
	for i := range t.texts {
		if !use(i) {
			continue
		}
		f, l := t.finder(i), &t.texts[i]
		for n, tags := range [][]uint8{l.tags, l.gold} {
			f.tags, f.probable = append(f.tags[:0], tags...), l.probable
			if n == 0 {
				f.cut()
			}
			f.chunks()
			p := &f.parts
			for i := range p.contents {
				c := &p.contents[i]
				right := -1
				if n := l.statement(c); n >= 0 {
					right = overlapping(p.cues, l.golds[n].cue)
				}
				f.eachCue(c, func(k int) { cues.Add(f.bag.features, k == right) })
				cues.End()
				if c.cue = int32(right); right >= 0 {
					p.cues[right].last = int32(i)
				}
			}
			for k := range p.cues {
				q := &p.cues[k]
				n := l.statement(q)
				if n < 0 {
					continue // no true cue: whose it would be teaches nothing
				}
				right := overlapping(p.speakers, l.golds[n].speaker)
				f.eachSpeaker(q, func(k int) { speakers.Add(f.bag.features, k == right) })
				speakers.End()
			}
		}
	}
	m.cue, m.speaker = cues.Train(choosing), speakers.Train(choosing)
	return m.joiner
}

// voice trains the model that chooses the speaker of a content, on the links
// that joiners which had not seen a text gave to it.
func (t *trainer) voice(use func(i int) bool, joins []joiner) *chain.Model {
	m := t.f.model
	list := crf.NewChoices()
	for i := range t.texts {
		if !use(i) {
			continue
		}
		f, l := t.tagged(i), &t.texts[i]
		m.joiner = joins[t.fold[i]]
		m.voice = nil
		f.cut()
		f.complete()
		f.chunks()
		f.linkCues()
		p := &f.parts
		for i := range p.contents {
			c := &p.contents[i]
			n := l.statement(c)
			if n < 0 {
				continue // what nobody says has no speaker, which is for the confidence to tell
			}
			right := overlapping(p.speakers, l.golds[n].speaker)
			f.eachVoice(i, func(k int) { list.Add(f.bag.features, k == right) })
			list.End()
			c.speaker = int32(right)
		}
	}
	return list.Train(choosing)
}

// seams trains the model that cuts contents at quotation marks.
func (t *trainer) seams(use func(i int) bool) *chain.Model {
	seams := crf.NewChoices()
	for i := range t.texts {
		if !use(i) {
			continue
		}
		f, l := t.tagged(i), &t.texts[i]
		f.eachSeam(func(k int32) {
			before, after := l.owned(k-1, -1), l.owned(k, 1)
			if before < 0 && after < 0 {
				return
			}
			seams.Add(f.bag.features, before != after)
			seams.Add(nil, before == after)
			seams.End()
		})
	}
	return seams.Train(choosing)
}

// tagged returns the finder with text i and the tags that models which had not
// seen it gave.
func (t *trainer) tagged(i int) *Finder {
	f, l := t.finder(i), &t.texts[i]
	f.tags, f.probable = append(f.tags[:0], l.tags...), l.probable
	return f
}

// find finds the statements of text i, which nothing has learned from.
func (t *trainer) find(i int, joins []joiner) *Finder {
	f := t.tagged(i)
	f.model.joiner = joins[t.fold[i]]
	f.assemble()
	return f
}

// judge adds to verdicts the statements that are found in text i, and whether
// they are right: their content shares half of its words with a true one of
// the same speaker.
func (t *trainer) judge(i int, joins []joiner, verdicts *crf.Choices) {
	f, l := t.find(i, joins), &t.texts[i]
	words := func(c *chunk) (at []int32) {
		for i := c.first; i < c.end; i++ {
			if l.text.Tokens[i].Kind != token.Mark {
				at = append(at, i)
			}
		}
		return at
	}
	t.gold += len(l.golds)
	hit := make([]bool, len(l.golds))
	for k := range f.attributions {
		s := &f.attributions[k]
		var found goldStatement
		for c := range f.contents(s) {
			found.content = append(found.content, words(c)...)
		}
		if s.speaker >= 0 {
			found.speaker = words(&f.parts.speakers[s.speaker])
		}
		n := slices.IndexFunc(l.golds, found.like)
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
