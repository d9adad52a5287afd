package entity

import (
	"dateline/internal/chain"
	"dateline/understand/token"
)

// A sheet collects the features of one token: hashed numbers, each of which says one
// thing that the model can weigh. See package chain for how a model uses them.
type sheet struct{ features []uint32 }

// set adds the feature f with the value v.
func (s *sheet) set(f feature, v uint64) { s.features = append(s.features, chain.Mix(uint32(f), v)) }

// features appends the features of token i of run r to s.
func (d *document) features(s *sheet, r run, i int) {
	d.ofToken(s, i)
	if d.form[i] != 0 {
		d.ofSpelling(s, i)
		d.ofWord(s, i)
	}
	d.ofRun(s, r, i)
	d.ofBodies(s, r, i)
	if d.lexicon != nil {
		d.ofLexicon(s, r, i)
		d.ofClusters(s, r, i)
	}
}

// Values of features that stand for a token beyond the ends of the text, or for a
// word of which nothing is known. Any numbers would do that no real value has, but the
// models were trained with these, so they must not change.
const (
	wordBeyond    = 1    // in place of the hash of a word, beyond the ends of the text
	shapeBeyond   = 255  // in place of a shape; forms of words are below
	shapeLower    = 100  // a word that has no capital
	shapeNumber   = 101  // a number
	shapeMark     = 256  // added to the first byte of a mark
	clusterBeyond = 255  // in place of a cluster
	usualNone     = 0x99 // in place of what the lexicon says: not a word with a capital
	voteNone      = 99   // in place of a vote: not a word with a capital
	voteUnseen    = 98   // in place of a vote: the word stands in no other run
)

// fold returns the hash of token i, wordBeyond if there is no such token.
func (d *document) fold(i int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) {
		return wordBeyond
	}
	return d.t.Tokens[i].Fold
}

// shape returns a number for how token i is written: its form if it has a capital, else
// one of the shape constants.
func (d *document) shape(i int) uint64 {
	switch {
	case i < 0 || i >= len(d.t.Tokens):
		return shapeBeyond
	case d.form[i] != 0:
		return uint64(d.form[i])
	}
	switch k := d.t.Tokens[i]; k.Kind {
	case token.Mark:
		return shapeMark + uint64(d.t.Text[k.Start])
	case token.Number:
		return shapeNumber
	}
	return shapeLower
}

// list returns the lists that token i is in.
func (d *document) list(i int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) {
		return 0
	}
	return uint64(d.lists[i])
}

// opening returns a set of reasons for which a capital at token i does not point to a
// name: 1 if it opens a sentence or line, 2 if it opens a quotation, 4 if it stands in
// a line of capitals or a headline.
func (d *document) opening(i int) uint64 {
	o := uint64(0)
	if broken(d.t, i) {
		o = 1
	}
	if i > 0 && opensQuote(d.t, i-1) {
		o |= 2
	}
	if d.loud[i] {
		o |= 4
	}
	return o
}

// ofToken adds the features of which words token i and its neighbours are and how they
// are written.
func (d *document) ofToken(s *sheet, i int) {
	before, w, after := d.fold(i-1), d.fold(i), d.fold(i+1)
	left, sh, right := d.shape(i-1), d.shape(i), d.shape(i+1)
	s.set(tokenAny, 0)
	s.set(tokenWord, w)
	s.set(tokenWordShape, chain.Pair(w, sh))
	s.set(tokenWordBefore, before)
	s.set(tokenWordAfter, after)
	s.set(tokenWordBefore2, d.fold(i-2))
	s.set(tokenWordAfter2, d.fold(i+2))
	s.set(tokenWordBeforeWord, chain.Pair(before, w))
	s.set(tokenWordWordAfter, chain.Pair(w, after))
	s.set(tokenWordBeforeWordAfter, chain.Pair(before, after))
	s.set(tokenWordBefore2WordBefore, chain.Pair(d.fold(i-2), before))
	s.set(tokenWordAfterWordAfter2, chain.Pair(after, d.fold(i+2)))
	s.set(tokenShape, sh)
	s.set(tokenShapeOpening, sh<<9|d.opening(i))
	s.set(tokenShapeBeforeShape, left<<9|sh)
	s.set(tokenShapeShapeAfter, sh<<9|right)
	s.set(tokenShapeBeforeShapeShapeAfter, left<<18|sh<<9|right)
	s.set(tokenShapeBefore2ShapeBeforeShape, d.shape(i-2)<<18|left<<9|sh)
	s.set(tokenShapeShapeAfterShapeAfter2, d.shape(i+2)<<18|right<<9|sh)
}

// ofSpelling adds the features of the letters of word i and of the lists that have it.
func (d *document) ofSpelling(s *sheet, i int) {
	for n := 1; n <= 4; n++ {
		s.set(spellingStart1+feature(n-1), d.t.Prefix(i, n))
	}
	for n := 1; n <= 5; n++ {
		s.set(spellingEnd1+feature(n-1), d.t.Suffix(i, n))
	}
	k := d.t.Tokens[i]
	s.set(spellingLength, uint64(k.End-k.Start))
	in := d.list(i)
	s.set(spellingLists, in)
	s.set(spellingListsListsBefore, in<<16|d.list(i-1))
	s.set(spellingListsListsAfter, in<<16|d.list(i+1))
	for in := in; in != 0; in &= in - 1 {
		s.set(spellingListOpeningShape, (in&-in)<<16|d.opening(i)<<9|uint64(d.form[i]))
	}
}

// ofWord adds the features of what the text tells elsewhere of the word at token i.
func (d *document) ofWord(s *sheet, i int) {
	w := d.words[d.t.Tokens[i].Fold]
	if w == nil {
		return
	}
	s.set(elsewhereSmallInsideOpening, some(w.small)<<8|some(w.inside)<<4|d.opening(i))
	s.set(elsewhereTitled, some(w.titled))
	s.set(elsewhereBesideSpeech, some(w.besideSpeech))
	s.set(elsewherePlaced, some(w.placed))
	s.set(elsewhereWordBefore, w.prev)
	s.set(elsewhereWordAfter, w.next)
	if w.bracketed {
		s.set(elsewhereBracketedShape, d.shape(i))
	}
	if w.longest > 0 {
		r := d.runs[w.longest-1]
		s.set(elsewhereLongestLastWord, d.fold(r.end-1))
		s.set(elsewhereLongestFirstWord, d.fold(r.first))
		s.set(elsewhereLongestLength, uint64(r.len()))
	}
}

// some returns n up to 2, 3 for a number from 3 to 5, and 4 for a greater one.
func some(n int32) uint64 {
	switch {
	case n > 5:
		return 4
	case n > 2:
		return 3
	}
	return uint64(n)
}

// ofRun adds the features of run r, of what stands around it, and of where token i
// stands in it.
func (d *document) ofRun(s *sheet, r run, i int) {
	s.set(runLength, uint64(r.len()))
	s.set(runPlace, uint64(i-r.first)<<8|uint64(min(r.end-i, 5)))
	s.set(runLastWord, d.fold(r.end-1))
	s.set(runFirstWord, d.fold(r.first))
	s.set(runWordBefore, d.fold(r.first-1))
	s.set(runWordAfter, d.fold(r.end))
	s.set(runWordBeforeWordAfter, chain.Pair(d.fold(r.first-1), d.fold(r.end)))
	s.set(runWordBefore2WordBefore, chain.Pair(d.fold(r.first-2), d.fold(r.first-1)))
	s.set(runWordAfterWordAfter2, chain.Pair(d.fold(r.end), d.fold(r.end+1)))
	s.set(runLastWordEnd3, d.t.Suffix(r.end-1, 3))
}

// ofBodies adds the features of the nearest words for organisations, such as
// "ministry", on both sides of token i in its run, and of the lists and endings of its
// neighbours.
func (d *document) ofBodies(s *sheet, r run, i int) {
	for k := i; k < r.end; k++ {
		if bodyWords[d.fold(k)] {
			s.set(bodyRight, d.fold(k))
			s.set(bodyRightDistance, uint64(min(k-i, 4)))
			break
		}
	}
	for k := i - 1; k >= r.first; k-- {
		if bodyWords[d.fold(k)] {
			s.set(bodyLeft, d.fold(k))
			s.set(bodyLeftDistance, uint64(min(i-k, 4)))
			break
		}
	}
	if titleWords[d.fold(i-1)] {
		s.set(besideTitleShape, d.shape(i))
	}
	s.set(besideListsBefore, d.list(i-1))
	s.set(besideListsAfter, d.list(i+1))
	before, after := max(i-1, 0), min(i+1, len(d.t.Tokens)-1)
	s.set(besideEnd2Before, d.t.Suffix(before, 2))
	s.set(besideEnd2After, d.t.Suffix(after, 2))
	s.set(besideEnd3Before, d.t.Suffix(before, 3))
	s.set(besideEnd3After, d.t.Suffix(after, 3))
}

// ofLexicon adds the features of what, by the lexicon, the words at token i and beside
// it mostly are in other texts.
func (d *document) ofLexicon(s *sheet, r run, i int) {
	a, before, after := d.usual(i), d.usual(i-1), d.usual(i+1)
	s.set(lexiconHere, a)
	s.set(lexiconBefore, before)
	s.set(lexiconAfter, after)
	s.set(lexiconBeforeHereAfter, a<<16|before<<8|after)
	s.set(lexiconHereOpeningShape, a<<16|d.opening(i)<<9|d.shape(i))
	s.set(lexiconPart, uint64(d.lexicon.of(d.fold(i))>>8))
	s.set(lexiconRunLastWord, d.usual(r.end-1))
	s.set(lexiconKind, a>>4)
	s.set(lexiconKindKindBefore, a>>4<<8|before>>4)
	s.set(lexiconKindKindAfter, a>>4<<8|after>>4)
}

// usual returns what the word at token i mostly is in other texts: the low byte of what
// the lexicon says of it (see [Lexicon]), usualNone if it has no capital.
func (d *document) usual(i int) uint64 {
	if i < 0 || i >= len(d.form) || d.form[i] == 0 {
		return usualNone
	}
	return uint64(d.lexicon.of(d.t.Tokens[i].Fold) & 0xff)
}

// usuallyOther reports whether the word at token i is mostly a name of the kind other in other texts: "Norwegian".
func (d *document) usuallyOther(i int) bool { return d.usual(i)>>4 == uint64(other)+1 }

// ofClusters adds the features of the clusters of token i, of its neighbours and of the
// tokens beside its run.
func (d *document) ofClusters(s *sheet, r run, i int) {
	before, here, after := d.cluster(i-1), d.cluster(i), d.cluster(i+1)
	left, right := d.cluster(r.first-1), d.cluster(r.end)
	s.set(clusterHere, here)
	s.set(clusterBefore, before)
	s.set(clusterAfter, after)
	s.set(clusterBefore2, d.cluster(i-2))
	s.set(clusterAfter2, d.cluster(i+2))
	s.set(clusterBeforeHere, before<<8|here)
	s.set(clusterHereAfter, here<<8|after)
	s.set(clusterBeforeAfter, before<<8|after)
	s.set(clusterLeft, left)
	s.set(clusterRight, right)
	s.set(clusterLeftRight, left<<8|right)
	s.set(clusterLeftShape, left<<16|d.shape(i))
	s.set(clusterRightShape, right<<16|d.shape(i))
}

// cluster returns the cluster of token i, 0 if it is in none, clusterBeyond if there is
// no such token.
func (d *document) cluster(i int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) {
		return clusterBeyond
	}
	return uint64(d.lexicon.clusters.Get(uint64(clusterKey(d.t.Tokens[i])) + 1))
}

// ofVotes adds the features of what the first labelling made of the words at token i
// and beside it elsewhere in the text, and of token i here.
func (d *document) ofVotes(s *sheet, r run, i int) {
	a, before, after := d.vote(r, i), d.vote(r, i-1), d.vote(r, i+1)
	s.set(votesHere, a)
	s.set(votesHereLabel, a<<8|uint64(d.labels[i]))
	s.set(votesBefore, before)
	s.set(votesAfter, after)
	s.set(votesBeforeHereAfter, before<<16|a<<8|after)
	s.set(votesRunLastWord, d.vote(r, r.end-1))
}

// vote returns, in bits, what the first labelling made of the word at token i outside
// of run r: the most frequent kind (from bit 4), whether all occurrences or two thirds of
// them agree (2 or 1 in bits 2 and 3), and how often it was seen, 3 at most.
func (d *document) vote(r run, i int) uint64 {
	if i < 0 || i >= len(d.form) || d.form[i] == 0 {
		return voteNone
	}
	w := d.t.Tokens[i].Fold
	kinds := d.words[w].kinds
	for k := r.first; k < r.end; k++ {
		if d.t.Tokens[k].Fold == w {
			kinds[kindOf(d.labels[k])]--
		}
	}
	sum, top := int32(0), 0
	for k, n := range kinds {
		sum += n
		if n > kinds[top] {
			top = k
		}
	}
	if sum == 0 {
		return voteUnseen
	}
	agreed := uint64(0)
	if kinds[top] == sum {
		agreed = 2
	} else if kinds[top]*3 >= sum*2 {
		agreed = 1
	}
	return uint64(top)<<4 | agreed<<2 | some(min(sum, 3))
}
