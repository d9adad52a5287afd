package quote

import "dateline/internal/chain"

// A seam is a place where the tags let a content go on over a quotation mark, as twice in “he called it “a
// mess” on Monday”. Often it should: but at some, one content ends and another begins, or the words
// behind are no content. A model tells which.

// eachSeam calls do with the first token behind each seam. Before each call f.bag is filled with its features.
func (f *Finder) eachSeam(do func(i int32)) {
	for i := int32(1); int(i) < len(f.tags); i++ {
		if f.tags[i] == insideContent && f.tags[i-1] >= beginContent && (f.marks.number[i] < 0) != (f.marks.number[i-1] < 0) {
			f.seamFeatures(i)
			do(i)
		}
	}
}

// seamFeatures fills f.bag with the features of a cut before token i, which is the first behind a seam.
func (f *Finder) seamFeatures(i int32) {
	in, q := uint64(0), f.marks.number[i-1] // in is 0 if the quotation q ends at the seam, 1 if it begins
	if q < 0 {
		in, q = 1, f.marks.number[i]
	}
	quote := &f.marks.quotes[q]
	before, after := i-1, i // the tokens beside the seam, without its quotation marks
	if in == 0 {
		before = max(quote.end-1, 0)
	} else {
		after = min(quote.first, int32(len(f.views))-1)
	}
	from, to := i, i // what the content has outside of the quotation
	if in == 1 {
		for from > 0 && f.tags[from-1] == insideContent && f.marks.number[from-1] < 0 {
			from--
		}
	} else {
		for int(to) < len(f.tags) && f.tags[to] == insideContent && f.marks.number[to] < 0 {
			to++
		}
	}
	far := from // the end of the piece that lies away from the quotation mark
	if in == 0 {
		far = to
	}
	edge := uint64(0) // what stands beyond that end: 1 a mark or the end of the text, from 2 on a tag
	switch {
	case int(far) >= len(f.tags) || f.marks.number[far] >= 0:
		edge = 1
	case f.tags[far] < beginContent:
		edge = 2 + uint64(f.tags[far])
	}
	cues, speech, stops := uint64(0), uint64(0), uint64(0)
	for k := from; k < to; k++ {
		if f.views[k].class&strongClasses != 0 {
			cues = min(cues+1, 2)
			speech |= f.views[k].class & strongClasses
		}
		if f.views[k].stop != 0 && f.views[k].stop != comma {
			stops = min(stops+1, 2)
		}
	}
	b := &f.bag
	b.reset()
	size, long := bucket(uint64(to-from)), bucket(uint64(quote.end-quote.first))
	ending := f.ending(quote)
	capital := uint64(0)
	if f.views[min(quote.first, int32(len(f.views))-1)].shape&1 != 0 {
		capital = 1
	}
	sure := level(doubt(float64(min(f.probable[i], f.probable[i-1]))))
	b.set(seamIn, in)
	b.setPair(seamInSize, in, size)
	b.setPair(seamInLong, in, long)
	b.setPair(seamInSizeLong, in, chain.Pair(size, long))
	b.setPair(seamInEnding, in, ending)
	b.setPair(seamInEndingCapital, in, chain.Pair(ending, capital))
	b.setPair(seamInEndingLong, in, chain.Pair(ending, long))
	b.setPair(seamInCapitalMarkBefore, in, chain.Pair(capital, f.views[before].stop))
	b.setPair(seamInFarEndSize, in, chain.Pair(edge, size))
	b.setPair(seamInFarEndEnding, in, chain.Pair(edge, ending))
	b.setPair(seamInCuesSize, in, chain.Pair(cues, size))
	b.setPair(seamInCuesEnding, in, chain.Pair(cues, ending))
	b.setPair(seamInCueClasses, in, speech)
	b.setPair(seamInStops, in, stops)
	b.setPair(seamInStopsFarEnd, in, chain.Pair(stops, edge))
	b.setPair(seamInDoubt, in, sure)
	b.setPair(seamInWordBefore, in, f.views[before].word)
	b.setPair(seamInWordAfter, in, f.views[after].word)
	b.setPair(seamInToken, in, f.next(i))
	b.setPair(seamInToken1, in, f.next(i+1))
	b.setPair(seamInToken2, in, f.next(i+2))
	b.setPair(seamInTokenBefore1, in, f.next(i-1))
	b.setPair(seamInTokenBefore2, in, f.next(i-2))
	b.setPair(seamInWordBeforeWordAfter, in, chain.Pair(f.views[before].word, f.views[after].word))
	b.setPair(seamInMarkBeforeShapeAfter, in, chain.Pair(f.views[before].stop, f.views[after].shape))
	b.setPair(seamInEnd2After, in, f.views[after].end2)
	b.setPair(seamInEnd3After, in, f.views[after].end3)
	b.setPair(seamInClassAfter, in, f.views[after].class)
	b.setPair(seamInAtFarEnd, in, f.next(far))
	b.setPair(seamInBeforeAll, in, f.next(from-1))
}

// cut divides contents at the seams where the model says so. The quotation marks there belong to neither
// part.
func (f *Finder) cut() {
	f.eachSeam(func(i int32) {
		if f.model.Seam.Score(f.bag.features) <= leastCut {
			return
		}
		for k := i - 1; k >= 0 && f.marks.place[k] == closing; k-- {
			f.tags[k] = none
		}
		for int(i)+1 < len(f.tags) && f.marks.place[i] == opening && f.tags[i+1] == insideContent {
			f.tags[i] = none
			i++
		}
		f.tags[i] = beginContent
		f.ruled(i, ruleSeam)
	})
}

// leastCut is the score, a logarithm of odds, above which a content is cut. It is below 0, so that doubtful
// cuts are made: a needless one does little harm, since both parts get the same cue.
const leastCut = -1
