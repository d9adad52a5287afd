package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"dateline/internal/chain"
	"dateline/train/crf"
	"dateline/understand/quote"
)

// folds is how many parts the training set is cut into: what learns from tags
// and links learns from those that models gave to texts they had not seen.
const folds = 4

// A learning holds the values of the flags that say how the models are trained.
type learning struct {
	tags  crf.Options // for the models that tag
	lean  float64     // how much more than it is sure of the second model finds; what is doubtful is told by the confidence
	begin float64     // how much more cues and speakers
	plain string      // a file of texts in which nobody says anything; "" for none
	sure  bool        // the confidence alone; the other models are the program's
}

// choosing are the options of the models that choose.
var choosing = crf.Options{Epochs: 6, Rate: 0.03, L2: 3e-4, MinCount: 4, Prune: 0.02}

// A teacher teaches the models of a language, in the order in which they need each other.
type teacher struct {
	learning
	done    func(string) // is told what has been done
	pupil   *quote.Pupil
	lessons []*quote.Lesson
	fold    []int // of each lesson
}

func newTeacher(lang string, texts []quote.Labelled, fold []int, o learning, done func(string)) *teacher {
	t := &teacher{learning: o, done: done, pupil: quote.NewPupil(lang), fold: fold}
	for _, l := range texts {
		t.lessons = append(t.lessons, t.pupil.Read(l))
	}
	return t
}

// learn returns the model of lang that explains the texts best. What learns from tags and
// links learns of each text from those of models that have not seen its fold. It calls
// done with what it has done.
func learn(lang string, texts []quote.Labelled, fold []int, o learning, done func(string)) (*quote.Model, error) {
	t := newTeacher(lang, texts, fold, o, done)
	joins := t.held()
	verdicts := crf.NewChoices()
	gold, found, right := 0, 0, 0
	for i, l := range t.lessons {
		f, r := t.pupil.TeachSure(l, joins[fold[i]], verdicts)
		gold, found, right = gold+l.Statements(), found+f, right+r
	}
	first, second, j := t.pupil.Learned()
	if !o.sure {
		j = t.joiner(all)
		if t.pupil.Voices() {
			j.Voice = t.voice(all, joins)
		}
		first = t.tagger(all, false)
		done("first model")
		second = t.leaning(all)
		done("second model")
	}
	done(fmt.Sprintf("cross-validated: %d statements, %d found, %d of them right", gold, found, right))
	if err := t.plainly(verdicts, j, first, second); err != nil {
		return nil, err
	}
	return t.pupil.Model(first, second, j, verdicts.Train(choosing)), nil
}

// plainTimes is how often a plain text teaches: there are ten labelled statements to each
// of what is found in them. Set by cross-validation by publisher: twice as often, 1 in 100 of
// the indirect statements would be lost, half as often 3 in 100 more plain sentences found.
const plainTimes = 3

// plainly adds to verdicts what the models find in texts in which nobody says anything: all
// of it is wrong.
func (t *teacher) plainly(verdicts *crf.Choices, j quote.Joiner, first, second *chain.Model) error {
	if t.plain == "" {
		return nil
	}
	b, err := os.ReadFile(t.plain)
	if err != nil {
		return err
	}
	found := 0
	for line := range strings.Lines(string(b)) {
		l := t.pupil.Read(quote.Labelled{Text: strings.TrimSpace(line)})
		t.pupil.TagBoth(l, first, second)
		for range plainTimes {
			f, _ := t.pupil.TeachSure(l, j, verdicts)
			found += f
		}
	}
	t.done(fmt.Sprintf("plain texts; %d found in them", found/plainTimes))
	return nil
}

// validate returns what is found in each text by models that have not learned
// from the texts of its fold. Folds are counted from 0.
func validate(lang string, texts []quote.Labelled, fold []int, o learning, done func(string)) [][]quote.Statement {
	t := newTeacher(lang, texts, fold, o, done)
	joins := t.held()
	out := make([][]quote.Statement, len(texts))
	for k := range joins {
		verdicts := crf.NewChoices()
		for i, l := range t.lessons {
			if fold[i] != k {
				t.pupil.TeachSure(l, joins[fold[i]], verdicts)
			}
		}
		sure := verdicts.Train(choosing)
		for i, l := range t.lessons {
			if fold[i] == k {
				out[i] = t.pupil.Report(l, joins[k], sure)
			}
		}
	}
	return out
}

// held tags every text, and returns the joiners of each fold, all by models
// that have not learned from the texts of the fold. (What the second models
// learned from was tagged by first ones that had.)
func (t *teacher) held() []quote.Joiner {
	n := slices.Max(t.fold) + 1
	for k := range n {
		part := t.tagger(t.without(k), false)
		t.each(k, func(l *quote.Lesson) { t.pupil.TagFirst(l, part) })
		t.done("first tags of a fold")
	}
	for k := range n {
		part := t.leaning(t.without(k))
		t.each(k, func(l *quote.Lesson) { t.pupil.TagSecond(l, part) })
		t.done("second tags of a fold")
	}
	return t.joins(n)
}

// each calls do with the lessons of fold k.
func (t *teacher) each(k int, do func(*quote.Lesson)) {
	for i, l := range t.lessons {
		if t.fold[i] == k {
			do(l)
		}
	}
}

// joins trains the joiners of each of n folds.
func (t *teacher) joins(n int) []quote.Joiner {
	joins := make([]quote.Joiner, n)
	for k := range joins {
		joins[k] = t.joiner(t.without(k))
	}
	if t.pupil.Voices() {
		voice := make([]*chain.Model, n)
		for k := range joins {
			voice[k] = t.voice(t.without(k), joins)
		}
		for k := range joins {
			joins[k].Voice = voice[k]
		}
	}
	return joins
}

func all(int) bool { return true }

// without accepts the texts that are not in fold k.
func (t *teacher) without(k int) func(i int) bool { return func(i int) bool { return t.fold[i] != k } }

// tagger trains a model of tags on the texts that use accepts; with again a second
// one, which knows the first tags.
func (t *teacher) tagger(use func(i int) bool, again bool) *chain.Model {
	set := crf.NewSet(quote.Labels())
	for i, l := range t.lessons {
		if use(i) {
			t.pupil.TeachTags(l, again, set)
		}
	}
	return set.Train(t.tags)
}

// leaning trains a second model that leans.
func (t *teacher) leaning(use func(i int) bool) *chain.Model {
	return quote.Lean(t.tagger(use, true), t.lean, t.begin)
}

// joiner trains the models that join parts.
func (t *teacher) joiner(use func(i int) bool) quote.Joiner {
	seams := crf.NewChoices()
	for i, l := range t.lessons {
		if use(i) {
			t.pupil.TeachSeams(l, seams)
		}
	}
	j := quote.Joiner{Seam: seams.Train(choosing)}
	cues, speakers := crf.NewChoices(), crf.NewChoices()
	for i, l := range t.lessons {
		if use(i) {
			t.pupil.TeachLinks(l, j.Seam, cues, speakers)
		}
	}
	j.Cue, j.Speaker = cues.Train(choosing), speakers.Train(choosing)
	return j
}

// voice trains the model that chooses the speaker of a content.
func (t *teacher) voice(use func(i int) bool, joins []quote.Joiner) *chain.Model {
	list := crf.NewChoices()
	for i, l := range t.lessons {
		if use(i) {
			t.pupil.TeachVoice(l, joins[t.fold[i]], list)
		}
	}
	return list.Train(choosing)
}
