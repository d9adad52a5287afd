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
	counted    bool   // rest and quotes are known; no longer when tags become chunks
	rest       uint64 // words of no statement in it
	quotes     uint64 // 1 if a token of it stands in a quotation
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

// tagFeatures fills f.bag with the features of token i of the paragraph r. They stand in groups, by what
// they are made of, so that what a group weighs can be summed once for all tokens for which that is the
// same (sums.go).
func (f *Finder) tagFeatures(r token.Range, i int32, s *sentence) {
	b := &f.bag
	b.reset()
	p3, p2, p1 := f.at(r, i-3), f.at(r, i-2), f.at(r, i-1)
	v := f.at(r, i)
	n1, n2, n3 := f.at(r, i+1), f.at(r, i+2), f.at(r, i+3)
	b.here(v)
	b.before(p1)
	b.after(n1)
	b.before2(p2)
	b.after2(n2)
	b.set(tagWordBefore3, p3.word)
	b.set(tagWordAfter3, n3.word)
	b.second(p1, v)
	b.first(v, n1)
	b.setPair(tagWordBefore2WordBefore, p2.word, p1.word)
	b.setPair(tagWordAfterWordAfter2, n1.word, n2.word)
	b.shapes(p1, v, n1)
	b.setPair(tagGroupBeforeGroupGroupAfter, chain.Pair(p1.group, v.group), n1.group)
	b.placed(v, s.state, s.from(i))
	b.setPair(tagQuoteWordBefore, v.quote, p1.word)
	b.setPair(tagQuoteWordAfter, v.quote, n1.word)
	b.framed(v)
	b.amid(p1, v, n1, s.to(i))
	b.ofSentence(s, &f.views[s.first], &f.views[s.end-1])
	b.toCues(v)
	b.classes(v)
	b.setPair(tagPastClassPastCommasWordBefore, chain.Pair(v.cueBefore.class, v.cueBefore.commas), p1.word)
}

// from and to return how many tokens of s stand before token i and behind it, up to 4.
func (s *sentence) from(i int32) uint64 { return uint64(min(i-s.first, 4)) }

func (s *sentence) to(i int32) uint64 { return uint64(min(s.end-1-i, 4)) }

// here adds the features made of the word of the token alone, before and after those made of the word
// next to it alone, before2 and after2 those of the second word from it.
func (b *bag) here(v *view) {
	b.set(tagAny, 0)
	b.set(tagWord, v.word)
	b.set(tagEnd3, v.end3)
	b.set(tagEnd2, v.end2)
	b.set(tagStart, v.start)
	b.set(tagClass, v.class)
	b.setPair(tagClassEnd2, v.class, v.end2)
	b.set(tagGroup, v.group)
	b.setPair(tagGroupEnd2, v.group, v.end2)
}

func (b *bag) before(p1 *view) {
	b.set(tagWordBefore, p1.word)
	b.set(tagEnd3Before, p1.end3)
	b.set(tagGroupBefore, p1.group)
}

func (b *bag) after(n1 *view) {
	b.set(tagWordAfter, n1.word)
	b.set(tagEnd3After, n1.end3)
	b.set(tagGroupAfter, n1.group)
}

func (b *bag) before2(p2 *view) {
	b.set(tagWordBefore2, p2.word)
	b.set(tagGroupBefore2, p2.group)
}

func (b *bag) after2(n2 *view) {
	b.set(tagWordAfter2, n2.word)
	b.set(tagGroupAfter2, n2.group)
}

// second adds the features of the second of two tokens that are made of the words of both, first those of
// the first.
func (b *bag) second(p1, v *view) {
	b.setPair(tagWordBeforeWord, p1.word, v.word)
	b.setPair(tagEnd2BeforeEnd2, p1.end2, v.end2)
	b.setPair(tagClassBeforeClass, p1.class, v.class)
	b.setPair(tagClassWordBefore, v.class, p1.word)
	b.setPair(tagGroupBeforeGroup, p1.group, v.group)
}

func (b *bag) first(v, n1 *view) {
	b.setPair(tagWordWordAfter, v.word, n1.word)
	b.setPair(tagEnd2End2After, v.end2, n1.end2)
	b.setPair(tagClassClassAfter, v.class, n1.class)
	b.setPair(tagClassWordAfter, v.class, n1.word)
	b.setPair(tagGroupGroupAfter, v.group, n1.group)
}

// shapes adds the features made of how the token and its neighbours are written.
func (b *bag) shapes(p1, v, n1 *view) {
	b.set(tagShape, v.shape)
	b.setPair(tagShapeBeforeShape, p1.shape, v.shape)
	b.setPair(tagShapeShapeAfter, v.shape, n1.shape)
	b.setPair(tagShapeBeforeShapeShapeAfter, chain.Pair(p1.shape, v.shape), n1.shape)
}

// placed adds the features made of the word and of where it stands in quotations and in a sentence of the
// state.
func (b *bag) placed(v *view, state, from uint64) {
	b.set(tagQuote, v.quote)
	b.setPair(tagQuoteWord, v.quote, v.word)
	b.set(tagFromStart, from)
	b.setPair(tagFromStartWord, from, v.word)
	b.setPair(tagSentenceQuotePlace, state, v.quote>>2)
	b.setPair(tagSentenceFromStart, state, from)
	b.setPair(tagSentenceWord, state, v.word)
	b.setPair(tagClassQuote, v.class, v.quote)
	b.setPair(tagGroupQuote, v.group, v.quote)
}

// framed adds the features made of the word and the quotations around it.
func (b *bag) framed(v *view) {
	b.setPair(tagFrameWord, v.frame.kind, v.word)
	b.setPair(tagFrameShortClass, v.frame.kind&^(7<<6), v.class)
}

// amid adds the features made of where the token and its neighbours stand, without their words.
func (b *bag) amid(p1, v, n1 *view, to uint64) {
	b.set(tagToEnd, to)
	b.setPair(tagQuoteBeforeQuote, p1.quote, v.quote)
	b.setPair(tagQuoteQuoteAfter, v.quote, n1.quote)
	b.setPair(tagFrameFramePlace, v.frame.kind, v.frame.at)
	b.setPair(tagFrameBeforeFrame, p1.frame.kind, v.frame.kind)
	b.setPair(tagFrameFrameAfter, v.frame.kind, n1.frame.kind)
}

// ofSentence adds the features that all tokens of a sentence have.
func (b *bag) ofSentence(s *sentence, first, last *view) {
	b.set(tagFirstWord, first.word)
	b.setPair(tagFirstWordLastWord, first.word, last.word)
	b.setPair(tagSentenceBeforeSentence, s.before, s.state)
}

// toCues adds the features made of the ways to likely cues, without the word itself.
func (b *bag) toCues(v *view) {
	l, n := &v.cueBefore, &v.cueAfter
	b.setPair(tagPastCuePastDistance, l.word, l.distance)
	b.setPair(tagPastClassPastNextPastDistance, l.class, chain.Pair(l.next, l.distance))
	b.setPair(tagNextClassNextDistance, n.class, n.distance)
	b.setPair(tagPastClassNextClassPastCommasNextCommas, chain.Pair(l.class, n.class), chain.Pair(l.commas, n.commas))
	b.setPair(tagPastDistanceNextDistanceQuotePlace, chain.Pair(l.distance, n.distance), v.quote>>2)
}

// classes adds the features made of the word and the likely cues before and behind it.
func (b *bag) classes(v *view) {
	b.setPair(tagPastClassWord, v.cueBefore.class, v.word)
	b.setPair(tagNextClassWord, v.cueAfter.class, v.word)
}

// contextFeatures adds to f.bag the features of token i of the paragraph r that only the second pass has:
// they are made of the tags of the first pass.
func (f *Finder) contextFeatures(r token.Range, i int32, s *sentence) {
	b := &f.bag
	t := f.tagsAround(r, i)
	v, l, n := &f.views[i], &f.before[i], &f.after[i]
	b.tagged(&t)
	b.setPair(contextTagWordAfter, t[2], f.at(r, i+1).word)
	b.setPair(contextTagWordBefore, t[2], f.at(r, i-1).word)
	b.taggedWord(v, t[2], l, n)
	b.cueWords(v, l, n)
	b.toTagged(v, t[2], l, n, s)
}

// tagsAround returns the labels by the first model of the two tokens before token i of the paragraph r, of
// token i, and of the two behind it.
func (f *Finder) tagsAround(r token.Range, i int32) (t [5]uint64) {
	for k := range t {
		if at := i + int32(k) - 2; at < r.First || at >= r.End {
			t[k] = 9
		} else {
			t[k] = uint64(f.first[at])
		}
	}
	return t
}

// tagged adds the features made of the tags of a token and of those around it alone.
func (b *bag) tagged(t *[5]uint64) {
	b.set(contextTag, t[2])
	b.setPair(contextTagBeforeTag, t[1], t[2])
	b.setPair(contextTagTagAfter, t[2], t[3])
	b.set(contextFiveTags, t[0]|t[1]<<4|t[2]<<8|t[3]<<12|t[4]<<16)
}

// taggedWord adds the features made of the word, its tag, and what lies between it and the cues before and
// behind it.
func (b *bag) taggedWord(v *view, t uint64, l, n *way) {
	b.setPair(contextTagWord, t, v.word)
	b.setPair(contextPastCommasWord, l.commas, v.word)
	b.setPair(contextNextCommasWord, n.commas, v.word)
	b.setPair(contextPastPartsNextPartsWord, chain.Pair(l.shape, n.shape), v.word)
}

// cueWords adds the features made of the word and the cues before and behind it.
func (b *bag) cueWords(v *view, l, n *way) {
	b.setPair(contextPastCueWord, l.word, v.word)
	b.setPair(contextNextCueWord, n.word, v.word)
}

// toTagged adds the features made of the ways to the cues, without the word itself.
func (b *bag) toTagged(v *view, t uint64, l, n *way, s *sentence) {
	b.setPair(contextPastCuePastDistance, l.word, l.distance)
	b.setPair(contextNextCueNextDistance, n.word, n.distance)
	b.setPair(contextPastCuePastNext, l.word, l.next)
	b.setPair(contextPastNextPastDistance, l.next, l.distance)
	b.setPair(contextPastDistanceNextDistanceQuotePlace, chain.Pair(l.distance, n.distance), v.quote>>2)
	b.setPair(contextPastCommasNextCommas, l.commas, n.commas)
	b.setPair(contextPastPartsNextParts, l.shape, n.shape)
	b.setPair(contextPastPartsNextPartsTag, chain.Pair(l.shape, n.shape), t)
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
