// Package quote finds statements: what somebody is reported to have said, the
// words that say so, and who said it. doc/statements.md tells the way from first
// to last; here are the files in its order.
//
//	find.go      Find, the order of the steps, what a statement is made of
//	marks.go     pairs quotation marks
//	quote.go     the two passes that tag tokens (package internal/chain decodes)
//	features.go  what the tagging models see of a token; frame.go, of quotations around it
//	kinds.go     the numbers and names of all features
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
//	lesson.go    what labelled texts teach; only train/statements asks
package quote

import (
	"dateline"
	"dateline/internal/chain"
	"dateline/understand/token"
)

// Labels of tokens. An odd one begins a part, the even one after it goes on.
const (
	none uint8 = iota
	beginSpeaker
	insideSpeaker
	beginCue
	insideCue
	beginContent
	insideContent
)

var labels = []string{"O", "B-speaker", "I-speaker", "B-cue", "I-cue", "B-content", "I-content"}

// A Finder finds the statements of one text after another.
type Finder struct {
	model        *Model
	text         *token.Text
	marks        marks
	views        []view
	sents        []sentence
	bag          bag
	dec          chain.Decoder
	sums         []int32   // of each token: what the features of the first pass weigh in the second; empty if it looks up anew
	first        []uint8   // labels by the first model
	tags         []uint8   // labels by the second
	probable     []float32 // how probable each of tags is
	before       []way
	after        []way
	parts        parts
	attributions []attribution
	layouts      []layout
	voices       []voice
	set          []dateline.Span // block quotations
	blocks       [][2]int32      // cues and first tokens of block quotations that they introduce
	scores       []float64
	rules        map[int32]string // of the parts that a rule made, by their first tokens
	trace        *trace           // nil unless Explain asks
}

// read prepares the text t.
func (f *Finder) read(t *token.Text) {
	f.text = t
	clear(f.rules)
	f.marks.read(t, f.set)
	f.look()
	f.sentences()
	f.frames()
	f.classWays()
}

// tag labels the tokens of the text twice. Both models are given the features of
// the first pass, so these are looked up once.
func (f *Finder) tag() {
	f.sums = resize(f.sums, len(f.text.Tokens)*len(labels))
	clear(f.sums)
	f.first = f.pass(f.first, f.model.first, false)
	f.tagAgain()
}

// tagAgain labels the tokens by the labels of the first model too.
func (f *Finder) tagAgain() {
	f.ways()
	f.tags = f.pass(f.tags, f.model.second, true)
	f.square()
}

// square makes contents fit quotations: one that is content for its greater
// part, or that goes on in a content, is content as a whole.
func (f *Finder) square() {
	goesOn := false // the quotation after the one at hand goes on from it in a content
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

// pass appends the labels that m gives to tags[:0]. With context it is the
// second pass.
func (f *Finder) pass(tags []uint8, m *chain.Model, context bool) []uint8 {
	tags, f.probable = tags[:0], f.probable[:0]
	f.eachParagraph(func(r token.Range, k int) {
		f.dec.Reset(m)
		for i := r.First; i < r.End; i++ {
			for f.sents[k].end <= i {
				k++
			}
			f.position(r, i, &f.sents[k], context)
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

// position adds token i of the paragraph r to the decoder.
func (f *Finder) position(r token.Range, i int32, s *sentence, context bool) {
	if context && len(f.sums) > 0 {
		f.bag.reset()
		f.contextFeatures(r, i, s)
		f.dec.AddTo(f.sums[int(i)*len(labels):][:len(labels)], f.bag.features)
		return
	}
	f.tagFeatures(r, i, s)
	switch {
	case context:
		f.contextFeatures(r, i, s)
		f.dec.Add(f.bag.features)
	case len(f.sums) > 0:
		f.dec.AddFor(f.model.second, f.bag.features, f.sums[int(i)*len(labels):][:len(labels)])
	default:
		f.dec.Add(f.bag.features)
	}
}

// eachParagraph calls do with each paragraph and the number of its first sentence.
func (f *Finder) eachParagraph(do func(r token.Range, k int)) {
	k := 0
	for _, r := range f.text.Paragraphs {
		for f.sents[k].end <= r.First {
			k++
		}
		do(r, k)
	}
}
