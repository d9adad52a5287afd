package quote

import (
	"dateline/internal/chain"
	"dateline/understand/token"
)

// Most of what the features of a token are made of was seen before: its word, the words beside it, the way to
// a cue. So what a group of features weighs is kept by what the group is made of, from text to text, and most
// tokens cost a few additions. What is not kept is looked up in the model, for a paragraph at a time.
type sums struct {
	of     *chain.Model // the model that the sums are of, together with the one packed with it
	tokens []chain.Sum  // of each token of the text: what its features weigh
	bag    bag          // the features of the groups of a paragraph that were not kept
	groups chain.Groups // where each of these groups ends in bag
	fills  []fill       // the memos, and the places in them, that are to keep what the groups weigh
	owed   []owed       // which tokens have the features of which of these groups

	words    memo // of a word, at the third token before it and so on, up to the third one behind it
	pairs    memo // of two words, at the token before them, at both, at the token behind them
	beside   memo // of a word and view.quote of a token, if the word stands before the token and behind it
	shapes   memo // of the shapes of a token and its two neighbours
	clusters memo // of the clusters of these three
	placed   memo // of the features that bag.placed makes; likewise the next ones: framed, amid, toCues
	framed   memo
	amid     memo
	toCues   memo
	classes  memo // of a word and the classes of the likely cues before and behind it
	past     memo // of a word before a token, and the likely cue before that

	// In the second pass:
	tagged     memo
	taggedWord memo
	cueWords   memo
	toTagged   memo
	tagBeside  memo // of a word and the tag of a token, if the word stands before the token and behind it
}

// A memo keeps sums by keys that are hashes. It has a fixed number of places, and what is new takes that of
// something else.
type memo struct {
	keys    []uint64 // 0 if the place is empty
	pending []int32  // 1 more than the group that is still to be looked up; 0 if the sums are there
	sums    []chain.Sum
	n       int  // how many sums a key has
	shift   uint // how far a hash is shifted right to give a place: 64 - log2(len(keys))
}

// A fill is a place in a memo, and the group, the first of memo.n, whose sum belongs there.
type fill struct {
	memo  *memo
	at    uint64
	key   uint64
	group int32
}

// An owed sum is that of a token that has the features of a group.
type owed struct{ token, group int32 }

// newMemo returns a memo with 1<<log places for n sums each.
func newMemo(n int, log uint) memo {
	return memo{keys: make([]uint64, 1<<log), pending: make([]int32, 1<<log), sums: make([]chain.Sum, n<<log), n: n, shift: 64 - log}
}

func newSums(of *chain.Model) *sums {
	return &sums{
		of: of, words: newMemo(7, 12), pairs: newMemo(4, 12), beside: newMemo(2, 11), shapes: newMemo(1, 10), clusters: newMemo(1, 12),
		placed: newMemo(1, 12), framed: newMemo(1, 12), amid: newMemo(1, 10), toCues: newMemo(1, 12), classes: newMemo(1, 12), past: newMemo(1, 12),
		tagged: newMemo(1, 9), taggedWord: newMemo(1, 12), cueWords: newMemo(1, 12), toTagged: newMemo(1, 12), tagBeside: newMemo(2, 11),
	}
}

// find returns the sums of key in m, if they are there; else the number of the first of the groups that
// they are those of. If missing is true, the caller has to make these groups.
func (s *sums) find(m *memo, key uint64) (sums []chain.Sum, group int32, missing bool) {
	key = max(key, 1)
	at := key * 0x9e3779b97f4a7c15 >> (m.shift & 63)
	if m.keys[at] == key {
		if p := m.pending[at]; p > 0 {
			return nil, p - 1, false
		}
		return m.sums[int(at)*m.n:][:m.n], 0, false
	}
	group = s.groups.Next()
	m.keys[at], m.pending[at] = key, group+1
	s.fills = append(s.fills, fill{m, at, key, group})
	return nil, group, true
}

// lacks adds to token i what the single group of key weighs. If it returns true, the caller has to make the group.
func (s *sums) lacks(m *memo, key uint64, i int32) bool {
	sums, group, missing := s.find(m, key)
	if sums != nil {
		s.tokens[i].Add(&sums[0])
		return false
	}
	s.owed = append(s.owed, owed{i, group})
	return missing
}

// end ends a group.
func (s *sums) end() { s.groups.End(len(s.bag.features)) }

// flush looks up what the groups weigh, keeps it, and adds it to the tokens that have them.
func (s *sums) flush() {
	sums := s.of.Sum(s.bag.features, &s.groups)
	for _, p := range s.fills {
		if m := p.memo; m.keys[p.at] == p.key {
			copy(m.sums[int(p.at)*m.n:][:m.n], sums[p.group:])
			m.pending[p.at] = 0
		}
	}
	for _, u := range s.owed {
		s.tokens[u.token].Add(&sums[u.group])
	}
	s.bag.reset()
	s.groups.Reset()
	s.fills, s.owed = s.fills[:0], s.owed[:0]
}

// startSums prepares f.sums for the text, which is to be tagged by m and then by the second model, if the two
// were packed together.
func (f *Finder) startSums(m *chain.Model) {
	f.summed = f.model.second != nil && m.Sums(f.model.second)
	if !f.summed {
		return
	}
	if f.sums == nil || f.sums.of != m {
		f.sums = newSums(m)
	}
	f.sums.tokens = resize(f.sums.tokens, len(f.text.Tokens))
	clear(f.sums.tokens)
}

// sumFeatures adds to f.sums.tokens what the features of tagFeatures weigh at the tokens of the paragraph r,
// whose first sentence is k.
func (f *Finder) sumFeatures(r token.Range, k int) {
	f.sumWords(r)
	f.sumPairs(r)
	s, b := f.sums, &f.sums.bag
	for i := r.First; i < r.End; k++ {
		sent := &f.sents[k]
		if sent.end <= i {
			continue
		}
		whole := s.groups.Next()
		b.ofSentence(sent, &f.views[sent.first], &f.views[sent.end-1])
		s.end()
		for ; i < min(sent.end, r.End); i++ {
			s.owed = append(s.owed, owed{i, whole})
			v, p1, n1 := &f.views[i], f.at(r, i-1), f.at(r, i+1)
			from, to := sent.from(i), sent.to(i)
			if s.lacks(&s.shapes, 1<<63|p1.shape|v.shape<<16|n1.shape<<32, i) {
				b.shapes(p1, v, n1)
				s.end()
			}
			if s.lacks(&s.clusters, 1<<63|p1.group|v.group<<16|n1.group<<32, i) {
				b.setPair(tagGroupBeforeGroupGroupAfter, chain.Pair(p1.group, v.group), n1.group)
				s.end()
			}
			if s.lacks(&s.placed, chain.Pair(v.word, v.quote<<8|sent.state<<4|from), i) {
				b.placed(v, sent.state, from)
				s.end()
			}
			if s.lacks(&s.framed, chain.Pair(v.word, v.frame.kind), i) {
				b.framed(v)
				s.end()
			}
			s.sides(&s.beside, tagQuoteWordBefore, tagQuoteWordAfter, v.quote, p1, n1, i)
			frames := chain.Pair(chain.Pair(p1.frame.kind, v.frame.kind), n1.frame.kind)
			if s.lacks(&s.amid, chain.Pair(p1.quote|v.quote<<16|n1.quote<<32|to<<48|v.frame.at<<52, frames), i) {
				b.amid(p1, v, n1, to)
				s.end()
			}
			f.sumCues(p1, v, i)
		}
	}
	s.flush()
}

// sumCues adds what is made of the ways to likely cues.
func (f *Finder) sumCues(p1, v *view, i int32) {
	s, b := f.sums, &f.sums.bag
	l, n := &v.cueBefore, &v.cueAfter
	classes := l.class<<32 | n.class
	small := l.distance | n.distance<<4 | l.commas<<8 | n.commas<<12 | v.quote>>2<<16
	if s.lacks(&s.toCues, chain.Pair(chain.Pair(l.word, l.next), chain.Pair(classes, small)), i) {
		b.toCues(v)
		s.end()
	}
	if s.lacks(&s.classes, chain.Pair(v.word, classes), i) {
		b.classes(v)
		s.end()
	}
	if s.lacks(&s.past, chain.Pair(p1.word, l.class<<8|l.commas), i) {
		b.setPair(tagPastClassPastCommasWordBefore, chain.Pair(l.class, l.commas), p1.word)
		s.end()
	}
}

// side adds to token i the sum number k of those that a memo keeps of a word together with with: the first is for a
// word before the token, the second for one behind it. Their features are before and after.
func (s *sums) side(m *memo, k int32, before, after feature, with, word uint64, i int32) {
	sums, group, missing := s.find(m, chain.Pair(word, with))
	if sums != nil {
		s.tokens[i].Add(&sums[k])
		return
	}
	s.owed = append(s.owed, owed{i, group + k})
	if missing {
		s.bag.setPair(before, with, word)
		s.end()
		s.bag.setPair(after, with, word)
		s.end()
	}
}

// sides adds to token i what the words before and behind it weigh together with with.
func (s *sums) sides(m *memo, before, after feature, with uint64, p1, n1 *view, i int32) {
	s.side(m, 0, before, after, with, p1.word, i)
	s.side(m, 1, before, after, with, n1.word, i)
}

// sumWords adds what is made of a single word.
func (f *Finder) sumWords(r token.Range) {
	s := f.sums
	for i := r.First - 3; i < r.End+3; i++ {
		v := f.at(r, i)
		sums, group, missing := s.find(&s.words, v.word)
		if missing {
			s.ofWord(v)
		}
		s.spread(r, i-3, sums, group, s.words.n)
	}
}

// sumPairs adds what is made of two words that follow each other.
func (f *Finder) sumPairs(r token.Range) {
	s := f.sums
	for i := r.First - 2; i < r.End+1; i++ {
		v, n1 := f.at(r, i), f.at(r, i+1)
		sums, group, missing := s.find(&s.pairs, chain.Pair(v.word, n1.word))
		if missing {
			s.ofPair(v, n1)
		}
		s.spread(r, i-1, sums, group, s.pairs.n)
	}
}

// spread adds n sums, or those of the groups from the first one on, to the tokens from i on, as far as these are in r.
func (s *sums) spread(r token.Range, i int32, sums []chain.Sum, group int32, n int) {
	for k := range int32(n) {
		switch at := i + k; {
		case at < r.First || at >= r.End:
		case sums != nil:
			s.tokens[at].Add(&sums[k])
		default:
			s.owed = append(s.owed, owed{at, group + k})
		}
	}
}

// ofWord makes the groups of sums.words.
func (s *sums) ofWord(v *view) {
	b := &s.bag
	b.set(tagWordAfter3, v.word)
	s.end()
	b.after2(v)
	s.end()
	b.after(v)
	s.end()
	b.here(v)
	s.end()
	b.before(v)
	s.end()
	b.before2(v)
	s.end()
	b.set(tagWordBefore3, v.word)
	s.end()
}

// ofPair makes the groups of sums.pairs.
func (s *sums) ofPair(v, n1 *view) {
	b := &s.bag
	b.setPair(tagWordAfterWordAfter2, v.word, n1.word)
	s.end()
	b.first(v, n1)
	s.end()
	b.second(v, n1)
	s.end()
	b.setPair(tagWordBefore2WordBefore, v.word, n1.word)
	s.end()
}

// sumContext adds to f.sums.tokens what the features of contextFeatures weigh at the tokens of the paragraph
// r, whose first sentence is k.
func (f *Finder) sumContext(r token.Range, k int) {
	s, b := f.sums, &f.sums.bag
	for i := r.First; i < r.End; i++ {
		for f.sents[k].end <= i {
			k++
		}
		sent, v, l, n := &f.sents[k], &f.views[i], &f.before[i], &f.after[i]
		t := f.tagsAround(r, i)
		if s.lacks(&s.tagged, 1<<63|t[0]|t[1]<<4|t[2]<<8|t[3]<<12|t[4]<<16, i) {
			b.tagged(&t)
			s.end()
		}
		s.sides(&s.tagBeside, contextTagWordBefore, contextTagWordAfter, t[2], f.at(r, i-1), f.at(r, i+1), i)
		parts := l.commas | n.commas<<4 | l.shape<<8 | n.shape<<16 | t[2]<<24
		if s.lacks(&s.taggedWord, chain.Pair(v.word, parts), i) {
			b.taggedWord(v, t[2], l, n)
			s.end()
		}
		if s.lacks(&s.cueWords, chain.Pair(v.word, chain.Pair(l.word, n.word)), i) {
			b.cueWords(v, l, n)
			s.end()
		}
		small := parts | l.distance<<28 | n.distance<<32 | sent.cues<<36 | sent.state<<40 | v.quote>>2<<48
		if s.lacks(&s.toTagged, chain.Pair(chain.Pair(chain.Pair(l.word, n.word), l.next), small), i) {
			b.toTagged(v, t[2], l, n, sent)
			s.end()
		}
	}
	s.flush()
}
