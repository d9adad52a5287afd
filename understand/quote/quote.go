// Package quote finds statements: what somebody is reported to have said, the
// words that say so, and who said it. Models find them in English and German texts, rules in fourteen other
// languages. doc/statements.md tells all steps from the text to the statement; the files follow
// in the order of these steps.
//
// A part of a statement is a content (what was said), a cue (the words that say so, mostly a verb of
// speech) or a speaker (who said it).
//
//	find.go      Find, the order of the steps, what a statement is made of
//	marks.go     pairs quotation marks
//	quote.go     the two passes that tag tokens (package internal/chain decodes)
//	features.go  what the tagging models see of a token; frame.go, of quotations around it
//	sums.go      what that weighs, summed once for what is the same
//	kinds.go     the numbers and names of all features but those of sure.go
//	seam.go      cuts contents at quotation marks, by a model
//	clause.go    mends tags by rules: clauses that were missed, ends that were overrun
//	said.go      where contents begin and end outside of quotation marks
//	layout.go    transcripts and signed quotations; block.go, interviews, introductions, block quotations
//	unsaid.go    passives, what is read out, polarity
//	link.go      chunks of tags; which cue and speaker belong to which, by models
//	weigh.go     what these models see of a candidate
//	subject.go   subjects of cues that no model found a speaker for
//	detail.go    kind, medium, addressees, outlets, hedge
//	sure.go      the confidence, by a model
//	rules.go     the names of all rules, in order
//	explain.go   Explain: what was chosen from what, and why
//	speech.go    the words of languages without models; speechfind.go, the rules over them,
//	             speechasia.go, those of Chinese, Japanese and Turkish
//	model.go     the files of models; lexicon.go and words.go, those of words
//	reads.go     Reads, in which languages statements are found
//	lesson.go    makes examples of labelled texts to train the models on; only train/statements uses it
package quote

import (
	"dateline"
	"dateline/internal/chain"
	"dateline/understand/token"
)

// The labels of tokens. An odd one is that of the first token of a part, the even one after it that of the
// others. Models are trained on these numbers.
const (
	none uint8 = iota
	beginSpeaker
	insideSpeaker
	beginCue
	insideCue
	beginContent
	insideContent
)

// labels are the names of the labels in the files of models, by their numbers: B begins a part, I is inside.
var labels = []string{"O", "B-speaker", "I-speaker", "B-cue", "I-cue", "B-content", "I-content"}

// A Finder finds the statements of one text after another by the models of one language. It uses its
// memory again, and serves one goroutine. The zero Finder has no model and is of no use: call the
// function [Find].
type Finder struct {
	model        *Model
	text         *token.Text
	marks        marks
	views        []view
	sents        []sentence
	bag          bag
	dec          chain.Decoder
	sums         *sums     // what the features of tokens weigh; nil before the first text
	summed       bool      // the sums of the first pass are those of the text
	first        []uint8   // of each token: the label by the first model
	tags         []uint8   // of each token: the label by the second model, which rules then mend
	probable     []float32 // of each token: the probability of the label that the second model gave
	before       []way     // of each token: to the cue before it that the first model tagged
	after        []way     // of each token: to the cue behind it
	parts        parts
	attributions []attribution
	layouts      []layout
	voices       []voice
	set          []dateline.Span  // block quotations
	blocks       [][2]int32       // a cue that introduces a block quotation, and the first token of that
	scores       []float64        // of the candidates of the choice that best made last
	rules        map[int32]string // the rules of the parts that rules made, by the first token of the part
	trace        *trace           // nil unless Explain asks
}

// read prepares the finder for the text t: it pairs quotation marks and fills f.views and f.sents.
func (f *Finder) read(t *token.Text) {
	f.text = t
	f.summed = false
	clear(f.rules)
	f.marks.read(t, f.set)
	f.look()
	f.sentences()
	f.frames()
	f.classWays()
}

// tag labels the tokens of the text twice, into f.first and f.tags.
func (f *Finder) tag() {
	f.first = f.pass(f.first, f.model.first, false)
	f.tagAgain()
}

// tagAgain labels the tokens by the second model, which sees the labels in f.first.
func (f *Finder) tagAgain() {
	f.ways()
	f.tags = f.pass(f.tags, f.model.second, true)
	f.square()
}

// square makes contents fit quotations. A quotation of three tokens or more becomes content as a whole if
// half of its tokens are tagged as content, or if it goes on in the next paragraph with a quotation that
// is content. One that holds a token of a cue or speaker stays as it is.
func (f *Finder) square() {
	goesOn := false // whether the quotation looked at before, the next in the text, is content and continues this one
	for k := len(f.marks.quotes) - 1; k >= 0; k-- {
		q := f.marks.quotes[k]
		c := f.trim(q.first, q.end)
		first, end := c.first, c.end
		content, other := int32(0), false
		for i := first; i < end; i++ {
			switch f.tags[i] {
			case beginContent, insideContent:
				content++
			case none:
			default:
				other = true
			}
		}
		bySelf := content*2 >= end-first
		if q.open && goesOn {
			content = end - first
		}
		fits := !other && end-first >= 3 && content*2 >= end-first
		goesOn = q.again && fits
		if !fits {
			continue
		}
		if f.tags[first] != insideContent {
			f.tags[first] = beginContent
			if !bySelf {
				f.ruled(first, ruleQuotation)
			}
		}
		for i := first + 1; i < end; i++ {
			f.tags[i] = insideContent
		}
	}
}

// pass labels all tokens by the model m and returns the labels in the memory of tags. context tells that
// it is the second pass, which also fills f.probable.
func (f *Finder) pass(tags []uint8, m *chain.Model, context bool) []uint8 {
	tags, f.probable = tags[:0], f.probable[:0]
	if !context {
		f.startSums(m)
	}
	f.eachParagraph(func(r token.Range, k int) {
		f.dec.Reset(m)
		switch {
		case f.summed && context:
			f.sumContext(r, k)
		case f.summed:
			f.sumFeatures(r, k)
		}
		for i := r.First; i < r.End; i++ {
			if f.summed {
				f.dec.AddSum(&f.sums.tokens[i])
				continue
			}
			for f.sents[k].end <= i {
				k++
			}
			f.tagFeatures(r, i, &f.sents[k])
			if context {
				f.contextFeatures(r, i, &f.sents[k])
			}
			f.dec.Add(f.bag.features)
		}
		var p []float64
		if context {
			p = f.dec.Probabilities()
		}
		best := f.dec.Decode()
		tags = append(tags, best...)
		if context {
			for i, l := range best {
				f.probable = append(f.probable, float32(p[i*len(labels)+int(l)]))
			}
		}
	})
	return tags
}

// eachParagraph calls do with each paragraph and the index of its first sentence in f.sents.
func (f *Finder) eachParagraph(do func(r token.Range, k int)) {
	k := 0
	for _, r := range f.text.Paragraphs {
		for f.sents[k].end <= r.First {
			k++
		}
		do(r, k)
	}
}
