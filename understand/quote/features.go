package quote

import (
	"strings"

	"dateline/internal/chain"
	"dateline/understand/token"
)

// A bag collects the features of one token or candidate, as chain.Mix makes them: each is a hash of the
// kind of feature and its value.
type bag struct{ features []uint32 }

// set adds the feature of kind f that has the value v.
func (b *bag) set(f feature, v uint64) { b.features = append(b.features, chain.Mix(uint32(f), v)) }

// setPair adds the feature of kind f whose value is made of v and w, in this order.
func (b *bag) setPair(f feature, v, w uint64) { b.set(f, chain.Pair(v, w)) }

// reset empties the bag.
func (b *bag) reset() { b.features = b.features[:0] }

// A view holds what the features of a token, and of those beside it, are made of.
type view struct {
	word                uint64 // the Hash of a word or mark; of a number, a class by its length
	shape               uint64 // flags of the token, its kind in the bits from 6 on, and lineStart
	end3                uint64 // the Hash of the last three characters
	end2                uint64 // the Hash of the last two characters
	start               uint64 // the Hash of the first four characters
	quote               uint64 // in a quotation: its place, and a class of the length; outside: how far behind the last one
	stop                uint64 // the same as word if the token is a mark, else 0
	class               uint64 // the classes of cues that the word belongs to, as bits (lexicon.go)
	group               uint64 // the cluster of the word, from 1; 0 if it is in none (Model.groups)
	frame               frame  // how the quotations around the token begin and end (frame.go)
	cueBefore, cueAfter way    // to the nearest words in the sentence that are likely cues (strongClasses)
}

// edge is the view of what lies before and after a paragraph.
var edge = view{word: 1, shape: 255}

// look fills f.views, but for frame, cueBefore and cueAfter, which frames and classWays set.
func (f *Finder) look() {
	t := f.text
	f.views = resize(f.views, len(t.Tokens))
	lex := f.model.lexicon
	since := uint64(9) // tokens since the last quotation of the paragraph, up to 9
	for i, tok := range t.Tokens {
		v := view{word: tok.Fold, shape: uint64(tok.Flags&(token.Capital|token.AllCaps|token.Mixed|token.Digits|token.Pointed|token.Glued)) | uint64(tok.Kind)<<6}
		switch {
		case tok.Kind == token.Number:
			v.word = uint64(min(tok.End-tok.Start, 5)) + 2
			v.end3, v.end2, v.start = v.word, v.word, v.word
		case tok.Kind == token.Mark:
			if dash(t, i) {
				v.word = longDash
			} else if pair(t, i) {
				v.word = doubleMark
			}
			v.end3, v.end2, v.start, v.stop = v.word, v.word, v.word, v.word
		default:
			v.end3, v.end2, v.start = t.Suffix(i, 3), t.Suffix(i, 2), t.Prefix(i, 4)
			v.class = uint64(lex.Get(tok.Fold))
			v.group = uint64(f.model.groups.Get(tok.Fold))
		}
		if tok.Is(token.Paragraph) {
			since = 9
		} else if !tok.Is(token.Glued) && strings.IndexByte(t.Text[t.Tokens[i-1].End:tok.Start], '\n') >= 0 {
			v.shape |= lineStart
		}
		if q := f.marks.number[i]; q >= 0 {
			quote := f.marks.quotes[q]
			size := uint64(3)
			switch n := quote.end - quote.first; {
			case n <= 3:
				size = 1
			case n <= 8:
				size = 2
			}
			v.quote = uint64(f.marks.place[i])<<4 | size<<2
			since = 0
		} else {
			since = min(since+1, 9)
			v.quote = since << 8
		}
		f.views[i] = v
	}
}

// lineStart is the bit of view.shape that tells that the token begins a line within a paragraph.
const lineStart = 1 << 10

// dash reports whether token i of t is a dash of any length; a hyphen is none.
func dash(t *token.Text, i int) bool {
	switch t.String(i) {
	case "—", "–", "―", "‒", "⸺":
		return true
	}
	return false
}

// longDash and doubleMark are the words of all views of dashes and of double quotation marks that are
// made of two single ones.
var (
	longDash   = token.Hash("—")
	doubleMark = token.Hash("\"")
)

// at returns the view of token i, or edge if the token is not in the paragraph r.
func (f *Finder) at(r token.Range, i int32) *view {
	if i < r.First || i >= r.End {
		return &edge
	}
	return &f.views[i]
}

// A sentence is a run of tokens, with what the features tell of it as a whole.
type sentence struct {
	first, end int32
	state      uint64 // bits: 1, holds quoted tokens; 2, holds words outside; 4, the first is quoted; 8, the last is
	before     uint64 // state of the sentence before; 16 if this is the first of its paragraph
	cues       uint64 // cues that the first pass tagged in it, up to 3; set by ways
}

// sentences fills f.sents, but for the cues.
func (f *Finder) sentences() {
	f.sents = f.sents[:0]
	last := uint64(0)
	for _, r := range f.text.Sentences {
		s := sentence{first: r.First, end: r.End}
		if f.text.Tokens[r.First].Is(token.Paragraph) {
			last = 16
		}
		in, out := false, false
		for i := r.First; i < r.End; i++ {
			if f.marks.number[i] >= 0 {
				in = true
			} else if f.text.Tokens[i].Kind != token.Mark {
				out = true
			}
		}
		if in {
			s.state |= 1
		}
		if out {
			s.state |= 2
		}
		if f.marks.number[r.First] >= 0 {
			s.state |= 4
		}
		if f.marks.number[r.End-1] >= 0 {
			s.state |= 8
		}
		s.before, last = last, s.state
		f.sents = append(f.sents, s)
	}
}

// tagFeatures fills f.bag with the features of token i of the paragraph r.
func (f *Finder) tagFeatures(r token.Range, i int32, s *sentence) {
	b := &f.bag
	b.reset()
	p3, p2, p1 := f.at(r, i-3), f.at(r, i-2), f.at(r, i-1)
	v := f.at(r, i)
	n1, n2, n3 := f.at(r, i+1), f.at(r, i+2), f.at(r, i+3)
	b.set(tagAny, 0)
	b.set(tagWord, v.word)
	b.set(tagWordBefore, p1.word)
	b.set(tagWordAfter, n1.word)
	b.set(tagWordBefore2, p2.word)
	b.set(tagWordAfter2, n2.word)
	b.set(tagWordBefore3, p3.word)
	b.set(tagWordAfter3, n3.word)
	b.setPair(tagWordBeforeWord, p1.word, v.word)
	b.setPair(tagWordWordAfter, v.word, n1.word)
	b.setPair(tagWordBefore2WordBefore, p2.word, p1.word)
	b.setPair(tagWordAfterWordAfter2, n1.word, n2.word)
	b.set(tagEnd3, v.end3)
	b.set(tagEnd2, v.end2)
	b.set(tagStart, v.start)
	b.set(tagEnd3Before, p1.end3)
	b.set(tagEnd3After, n1.end3)
	b.setPair(tagEnd2BeforeEnd2, p1.end2, v.end2)
	b.setPair(tagEnd2End2After, v.end2, n1.end2)
	b.set(tagShape, v.shape)
	b.setPair(tagShapeBeforeShape, p1.shape, v.shape)
	b.setPair(tagShapeShapeAfter, v.shape, n1.shape)
	b.setPair(tagShapeBeforeShapeShapeAfter, chain.Pair(p1.shape, v.shape), n1.shape)
	b.set(tagQuote, v.quote)
	b.setPair(tagQuoteBeforeQuote, p1.quote, v.quote)
	b.setPair(tagQuoteQuoteAfter, v.quote, n1.quote)
	b.setPair(tagQuoteWord, v.quote, v.word)
	b.setPair(tagQuoteWordBefore, v.quote, p1.word)
	b.setPair(tagQuoteWordAfter, v.quote, n1.word)
	from, to := min(i-s.first, 4), min(s.end-1-i, 4)
	b.set(tagFromStart, uint64(from))
	b.set(tagToEnd, uint64(to))
	b.setPair(tagFromStartWord, uint64(from), v.word)
	b.setPair(tagSentenceQuotePlace, s.state, v.quote>>2)
	b.setPair(tagSentenceFromStart, s.state, uint64(from))
	b.setPair(tagSentenceWord, s.state, v.word)
	b.set(tagFirstWord, f.views[s.first].word)
	b.setPair(tagFirstWordLastWord, f.views[s.first].word, f.views[s.end-1].word)
	b.setPair(tagSentenceBeforeSentence, s.before, s.state)
	b.set(tagClass, v.class)
	b.setPair(tagClassBeforeClass, p1.class, v.class)
	b.setPair(tagClassClassAfter, v.class, n1.class)
	b.setPair(tagClassEnd2, v.class, v.end2)
	b.setPair(tagClassWordBefore, v.class, p1.word)
	b.setPair(tagClassWordAfter, v.class, n1.word)
	b.setPair(tagClassQuote, v.class, v.quote)
	l, n := &v.cueBefore, &v.cueAfter
	b.setPair(tagPastCuePastDistance, l.word, l.distance)
	b.setPair(tagPastClassPastNextPastDistance, l.class, chain.Pair(l.next, l.distance))
	b.setPair(tagPastClassWord, l.class, v.word)
	b.setPair(tagNextClassNextDistance, n.class, n.distance)
	b.setPair(tagNextClassWord, n.class, v.word)
	b.setPair(tagPastClassNextClassPastCommasNextCommas, chain.Pair(l.class, n.class), chain.Pair(l.commas, n.commas))
	b.setPair(tagPastDistanceNextDistanceQuotePlace, chain.Pair(l.distance, n.distance), v.quote>>2)
	b.setPair(tagPastClassPastCommasWordBefore, chain.Pair(l.class, l.commas), p1.word)
	b.set(tagGroup, v.group)
	b.set(tagGroupBefore, p1.group)
	b.set(tagGroupAfter, n1.group)
	b.set(tagGroupBefore2, p2.group)
	b.set(tagGroupAfter2, n2.group)
	b.setPair(tagGroupBeforeGroup, p1.group, v.group)
	b.setPair(tagGroupGroupAfter, v.group, n1.group)
	b.setPair(tagGroupBeforeGroupGroupAfter, chain.Pair(p1.group, v.group), n1.group)
	b.setPair(tagGroupQuote, v.group, v.quote)
	b.setPair(tagGroupEnd2, v.group, v.end2)
	b.setPair(tagFrameFramePlace, v.frame.kind, v.frame.at)
	b.setPair(tagFrameWord, v.frame.kind, v.word)
	b.setPair(tagFrameShortClass, v.frame.kind&^(7<<6), v.class)
	b.setPair(tagFrameBeforeFrame, p1.frame.kind, v.frame.kind)
	b.setPair(tagFrameFrameAfter, v.frame.kind, n1.frame.kind)
}

// contextFeatures adds to f.bag the features of token i of the paragraph r that only the second pass has:
// they are made of the tags of the first pass.
func (f *Finder) contextFeatures(r token.Range, i int32, s *sentence) {
	b := &f.bag
	tag := func(k int32) uint64 {
		if k < r.First || k >= r.End {
			return 9
		}
		return uint64(f.first[k])
	}
	t2, t1, t, n1, n2 := tag(i-2), tag(i-1), tag(i), tag(i+1), tag(i+2)
	b.set(contextTag, t)
	b.setPair(contextTagBeforeTag, t1, t)
	b.setPair(contextTagTagAfter, t, n1)
	b.set(contextFiveTags, t2|t1<<4|t<<8|n1<<12|n2<<16)
	b.setPair(contextTagWord, t, f.views[i].word)
	b.setPair(contextTagWordAfter, t, f.at(r, i+1).word)
	b.setPair(contextTagWordBefore, t, f.at(r, i-1).word)
	l, n := f.before[i], f.after[i]
	b.setPair(contextPastCuePastDistance, l.word, l.distance)
	b.setPair(contextNextCueNextDistance, n.word, n.distance)
	b.setPair(contextPastCuePastNext, l.word, l.next)
	b.setPair(contextPastNextPastDistance, l.next, l.distance)
	b.setPair(contextPastCueWord, l.word, f.views[i].word)
	b.setPair(contextNextCueWord, n.word, f.views[i].word)
	b.setPair(contextPastDistanceNextDistanceQuotePlace, chain.Pair(l.distance, n.distance), f.views[i].quote>>2)
	b.setPair(contextPastCommasNextCommas, l.commas, n.commas)
	b.setPair(contextPastCommasWord, l.commas, f.views[i].word)
	b.setPair(contextNextCommasWord, n.commas, f.views[i].word)
	b.setPair(contextPastPartsNextParts, l.shape, n.shape)
	b.setPair(contextPastPartsNextPartsTag, chain.Pair(l.shape, n.shape), t)
	b.setPair(contextPastPartsNextPartsWord, chain.Pair(l.shape, n.shape), f.views[i].word)
	b.setPair(contextSentenceCuesTag, s.cues, t)
	b.setPair(contextSentenceCuesSentence, s.cues, s.state)
}

// A way tells what lies between a token and the nearest cue on one side of it in its sentence.
type way struct {
	word     uint64 // of the cue: that of its token nearest to the token; 0 if there is no cue
	class    uint64 // of the cue: its classes; only classWays sets it
	next     uint64 // the word beside the cue, on the side of the token
	distance uint64 // a class of how many tokens lie between (see bucket)
	commas   uint64 // how many commas lie between, up to 3
	shape    uint64 // bits of the labels that lie between: 1 none, 2 speaker, 8 content; only ways sets it
}

// bucket puts a number into one of eight classes: each up to 3 has its own, greater ones share.
func bucket(n uint64) uint64 {
	switch {
	case n < 4:
		return n
	case n < 7:
		return 4
	case n < 12:
		return 5
	case n < 20:
		return 6
	}
	return 7
}

// ways fills f.before and f.after, for each token the ways to the nearest cues that the first pass tagged
// (f.first), and counts the cues of each sentence.
func (f *Finder) ways() {
	n := len(f.text.Tokens)
	f.before, f.after = resize(f.before, n), resize(f.after, n)
	for k := range f.sents {
		s := &f.sents[k]
		s.cues = 0
		w, count := way{}, uint64(50)
		for i := s.first; i < s.end; i++ {
			f.step(&w, &count, i)
			f.before[i] = w
			f.before[i].distance = bucket(count)
			if f.first[i] == beginCue {
				s.cues = min(s.cues+1, 3)
			}
		}
		w, count = way{}, 50
		for i := s.end - 1; i >= s.first; i-- {
			f.step(&w, &count, i)
			f.after[i] = w
			f.after[i].distance = bucket(count)
		}
	}
}

// step takes w, the way to the last cue, over token i, which is a cue itself or lies between. count is
// how many tokens have passed since that cue.
func (f *Finder) step(w *way, count *uint64, i int32) {
	v := &f.views[i]
	*count++
	t := f.first[i]
	if t == beginCue || t == insideCue {
		*w, *count = way{word: v.word}, 0
		return
	}
	if *count == 1 {
		w.next = v.word
	}
	w.shape |= 1 << ((t + 1) / 2)
	if v.stop == comma {
		w.commas = min(w.commas+1, 3)
	}
}

var comma = token.Hash(",")

// classWays sets cueBefore and cueAfter of f.views: the ways to the nearest words that are likely cues by
// the lexicon, whatever is tagged.
func (f *Finder) classWays() {
	for k := range f.sents {
		s := &f.sents[k]
		w, count := way{}, uint64(50)
		for i := s.first; i < s.end; i++ {
			v := &f.views[i]
			v.cueBefore = w
			v.cueBefore.distance = bucket(count)
			f.classStep(&w, &count, v)
		}
		w, count = way{}, 50
		for i := s.end - 1; i >= s.first; i-- {
			v := &f.views[i]
			v.cueAfter = w
			v.cueAfter.distance = bucket(count)
			f.classStep(&w, &count, v)
		}
	}
}

// classStep does for classWays what step does for ways.
func (f *Finder) classStep(w *way, count *uint64, v *view) {
	*count++
	if *count == 1 {
		w.next = v.word
	}
	if v.class&strongClasses != 0 {
		*w, *count = way{word: v.word, class: v.class}, 0
	} else if v.stop == comma {
		w.commas = min(w.commas+1, 3)
	}
}
