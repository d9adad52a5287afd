package quote

import "dateline/understand/token"

// A frame tells how a token stands to the quotations around it. In a quotation, it tells how that begins and
// ends. Outside, it tells how the quotations right before and behind the run of unquoted tokens end and
// begin, within the sentence.
type frame struct {
	kind uint64 // what outside or inside put together, as bits
	at   uint64 // how many tokens stand before it in the run, up to 3, and behind it, in the bits from 2 on
}

// frames sets the frame of each of f.views.
func (f *Finder) frames() {
	for k := range f.sents {
		s := &f.sents[k]
		for i := s.first; i < s.end; {
			end := i + 1
			q := f.marks.number[i]
			for end < s.end && f.marks.number[end] == q {
				end++
			}
			if q < 0 {
				f.outside(i, end)
			} else {
				f.inside(i, end, &f.marks.quotes[q])
			}
			i = end
		}
	}
}

// outside sets the frames of a run of tokens of one sentence that stand in no quotation.
func (f *Finder) outside(first, end int32) {
	kind := bucket(uint64(end-first)) << 6
	if first > 0 && f.marks.place[first-1] == closing {
		kind |= f.ending(&f.marks.quotes[f.marks.number[first-1]])
		if f.views[first].stop == comma {
			kind |= 1 << 5
		}
	}
	if int(end) < len(f.views) && f.marks.place[end] == opening {
		kind |= (1 + punctuation(f.views[end-1].stop)) << 3 & 0x18
	}
	f.frame(first, end, kind)
}

// inside sets the frames of a run of tokens of one sentence that stand in the quotation q.
func (f *Finder) inside(first, end int32, q *quotation) {
	kind := 1<<16 | f.ending(q)
	if f.text.Tokens[min(q.first, q.end-1)].Is(token.Capital) {
		kind |= 1 << 3
	}
	if q.first > 1 {
		kind |= punctuation(f.views[q.first-2].stop) << 4
	}
	kind |= bucket(uint64(q.end-q.first)) << 8
	f.frame(first, end, kind)
}

// frame gives the tokens from first to end a frame of the kind.
func (f *Finder) frame(first, end int32, kind uint64) {
	for i := first; i < end; i++ {
		f.views[i].frame = frame{kind, uint64(min(i-first, 3) | min(end-1-i, 3)<<2)}
	}
}

// ending returns 1 more than the class (see punctuation) of what stands before the mark that closes q; 7 if
// the quotation goes on in the next paragraph.
func (f *Finder) ending(q *quotation) uint64 {
	if q.open {
		return 7
	}
	return 1 + punctuation(f.views[max(q.end-1, 0)].stop)
}

// punctuation puts a token, given as view.stop, into one of four classes: 0 no mark, 1 a comma, 3 a colon,
// 2 another mark.
func punctuation(stop uint64) uint64 {
	switch stop {
	case comma:
		return 1
	case 0:
		return 0
	case wordColon:
		return 3
	}
	return 2
}
