package entity

import (
	"dateline/internal/chain"
	"dateline/understand/token"
)

// Features are numbered by where they stand in the code below: a change there
// needs a model trained anew.

// A sheet collects the features of one token.
type sheet struct {
	features []uint32
	kind     uint32
}

// put adds a feature of the next kind with the value v.
func (s *sheet) put(v uint64) {
	s.kind++
	s.features = append(s.features, chain.Mix(s.kind, v))
}

// from lets the next feature be of the kind n+1, whatever was put before.
func (s *sheet) from(n uint32) { s.kind = n }

// The kinds of features begin at these numbers.
const (
	fromToken   = 0
	fromListed  = 40
	fromWord    = 60
	fromRun     = 80
	fromRight   = 92
	fromLeft    = 96
	fromBeside  = 100
	fromLexicon = 120
	fromVotes   = 140
	fromCluster = 160
)

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

// fold returns the hash of token i, or a number that stands for none.
func (d *document) fold(i int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) {
		return 1
	}
	return d.t.Tokens[i].Fold
}

// shape returns a number for how token i is written.
func (d *document) shape(i int) uint64 {
	switch {
	case i < 0 || i >= len(d.t.Tokens):
		return 255
	case d.form[i] != 0:
		return uint64(d.form[i])
	}
	switch k := d.t.Tokens[i]; k.Kind {
	case token.Mark:
		return 256 + uint64(d.t.Text[k.Start])
	case token.Number:
		return 101
	}
	return 100
}

// list returns the lists that token i is in.
func (d *document) list(i int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) {
		return 0
	}
	return uint64(d.lists[i])
}

// opening tells whether a capital at token i says little.
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

// ofToken puts what token i and its neighbours are.
func (d *document) ofToken(s *sheet, i int) {
	s.from(fromToken)
	before, w, after := d.fold(i-1), d.fold(i), d.fold(i+1)
	left, sh, right := d.shape(i-1), d.shape(i), d.shape(i+1)
	s.put(0)
	s.put(w)
	s.put(chain.Pair(w, sh))
	s.put(before)
	s.put(after)
	s.put(d.fold(i - 2))
	s.put(d.fold(i + 2))
	s.put(chain.Pair(before, w))
	s.put(chain.Pair(w, after))
	s.put(chain.Pair(before, after))
	s.put(chain.Pair(d.fold(i-2), before))
	s.put(chain.Pair(after, d.fold(i+2)))
	s.put(sh)
	s.put(sh<<9 | d.opening(i))
	s.put(left<<9 | sh)
	s.put(sh<<9 | right)
	s.put(left<<18 | sh<<9 | right)
	s.put(d.shape(i-2)<<18 | left<<9 | sh)
	s.put(d.shape(i+2)<<18 | right<<9 | sh)
}

// ofSpelling puts how word i is spelt and which lists it is in.
func (d *document) ofSpelling(s *sheet, i int) {
	s.from(fromListed)
	for n := 1; n <= 4; n++ {
		s.put(d.t.Prefix(i, n))
	}
	for n := 1; n <= 5; n++ {
		s.put(d.t.Suffix(i, n))
	}
	k := d.t.Tokens[i]
	s.put(uint64(k.End - k.Start))
	in := d.list(i)
	s.put(in)
	s.put(in<<16 | d.list(i-1))
	s.put(in<<16 | d.list(i+1))
	for in := in; in != 0; in &= in - 1 {
		s.from(fromListed + 13)
		s.put((in&-in)<<16 | d.opening(i)<<9 | uint64(d.form[i]))
	}
}

// ofWord puts what the text tells elsewhere of word i.
func (d *document) ofWord(s *sheet, i int) {
	w := d.words[d.t.Tokens[i].Fold]
	if w == nil {
		return
	}
	s.from(fromWord)
	s.put(some(w.small)<<8 | some(w.inside)<<4 | d.opening(i))
	s.put(some(w.titled))
	s.put(some(w.besideSpeech))
	s.put(some(w.placed))
	s.put(w.prev)
	s.put(w.next)
	if w.bracketed {
		s.put(d.shape(i))
	}
	s.from(fromWord + 8)
	if w.longest > 0 {
		r := d.runs[w.longest-1]
		s.put(d.fold(r.end - 1))
		s.put(d.fold(r.first))
		s.put(uint64(r.len()))
	}
}

// some counts 0, 1, 2, few, many.
func some(n int32) uint64 {
	switch {
	case n > 5:
		return 4
	case n > 2:
		return 3
	}
	return uint64(n)
}

// ofRun puts what run r is and what stands around it, seen from token i.
func (d *document) ofRun(s *sheet, r run, i int) {
	s.from(fromRun)
	s.put(uint64(r.len()))
	s.put(uint64(i-r.first)<<8 | uint64(min(r.end-i, 5)))
	s.put(d.fold(r.end - 1))
	s.put(d.fold(r.first))
	s.put(d.fold(r.first - 1))
	s.put(d.fold(r.end))
	s.put(chain.Pair(d.fold(r.first-1), d.fold(r.end)))
	s.put(chain.Pair(d.fold(r.first-2), d.fold(r.first-1)))
	s.put(chain.Pair(d.fold(r.end), d.fold(r.end+1)))
	s.put(d.t.Suffix(r.end-1, 3))
}

// ofBodies puts the nearest words for bodies, "ministry", on both sides of
// token i in its run, and what its neighbours are like.
func (d *document) ofBodies(s *sheet, r run, i int) {
	s.from(fromRight)
	for k := i; k < r.end; k++ {
		if bodyWords[d.fold(k)] {
			s.put(d.fold(k))
			s.put(uint64(min(k-i, 4)))
			break
		}
	}
	s.from(fromLeft)
	for k := i - 1; k >= r.first; k-- {
		if bodyWords[d.fold(k)] {
			s.put(d.fold(k))
			s.put(uint64(min(i-k, 4)))
			break
		}
	}
	s.from(fromBeside)
	if titleWords[d.fold(i-1)] {
		s.put(d.shape(i))
	}
	s.from(fromBeside + 1)
	s.put(d.list(i - 1))
	s.put(d.list(i + 1))
	before, after := max(i-1, 0), min(i+1, len(d.t.Tokens)-1)
	for n := 2; n <= 3; n++ {
		s.put(d.t.Suffix(before, n))
		s.put(d.t.Suffix(after, n))
	}
}

// ofLexicon puts what the word at token i and its neighbours mostly are in
// other texts.
func (d *document) ofLexicon(s *sheet, r run, i int) {
	s.from(fromLexicon)
	a, before, after := d.usual(i), d.usual(i-1), d.usual(i+1)
	s.put(a)
	s.put(before)
	s.put(after)
	s.put(a<<16 | before<<8 | after)
	s.put(a<<16 | d.opening(i)<<9 | d.shape(i))
	s.put(uint64(d.lexicon.of(d.fold(i)) >> 8))
	s.put(d.usual(r.end - 1))
	s.put(a >> 4)
	s.put(a>>4<<8 | before>>4)
	s.put(a>>4<<8 | after>>4)
}

// usual returns what the word at token i mostly is in other texts.
func (d *document) usual(i int) uint64 {
	if i < 0 || i >= len(d.form) || d.form[i] == 0 {
		return 0x99
	}
	return uint64(d.lexicon.of(d.t.Tokens[i].Fold) & 0xff)
}

// ofClusters puts the clusters of token i, its neighbours and those of its run.
func (d *document) ofClusters(s *sheet, r run, i int) {
	s.from(fromCluster)
	before, here, after := d.cluster(i-1), d.cluster(i), d.cluster(i+1)
	left, right := d.cluster(r.first-1), d.cluster(r.end)
	s.put(here)
	s.put(before)
	s.put(after)
	s.put(d.cluster(i - 2))
	s.put(d.cluster(i + 2))
	s.put(before<<8 | here)
	s.put(here<<8 | after)
	s.put(before<<8 | after)
	s.put(left)
	s.put(right)
	s.put(left<<8 | right)
	s.put(left<<16 | d.shape(i))
	s.put(right<<16 | d.shape(i))
}

// cluster returns the cluster of token i, 0 if it is in none.
func (d *document) cluster(i int) uint64 {
	if i < 0 || i >= len(d.t.Tokens) {
		return 255
	}
	return uint64(d.lexicon.clusters.Get(uint64(clusterKey(d.t.Tokens[i])) + 1))
}

// ofVotes puts what the first labelling made of the word at token i and its
// neighbours elsewhere in the text, and of token i here.
func (d *document) ofVotes(s *sheet, r run, i int) {
	s.from(fromVotes)
	a, before, after := d.vote(r, i), d.vote(r, i-1), d.vote(r, i+1)
	s.put(a)
	s.put(a<<8 | uint64(d.labels[i]))
	s.put(before)
	s.put(after)
	s.put(before<<16 | a<<8 | after)
	s.put(d.vote(r, r.end-1))
}

// unseen is the vote on a word that stands in no other run.
const unseen = 98

// vote returns what the first labelling made of the word at token i outside of
// run r: the most frequent kind, how sure that is and how often it was seen.
func (d *document) vote(r run, i int) uint64 {
	if i < 0 || i >= len(d.form) || d.form[i] == 0 {
		return 99
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
		return unseen
	}
	agreed := uint64(0)
	if kinds[top] == sum {
		agreed = 2
	} else if kinds[top]*3 >= sum*2 {
		agreed = 1
	}
	return uint64(top)<<4 | agreed<<2 | some(min(sum, 3))
}
