package web

import (
	"cmp"
	"slices"

	"dateline"
	"dateline/query"
)

// A segment is a piece of an article's text that belongs to the words of a statement.
// Where statements lie within one another, Doubtful is that of the innermost one.
type segment struct {
	Start, End int // its first byte in the article, and the byte after its last
	Doubtful   bool
	Asked      bool        // the query of the page asks for one of its statements
	Begins     []statement // statements whose words begin here
	Ends       []statement // statements whose words end here, the innermost first
}

// maxMarked is the number of statements that are marked in one text.
const maxMarked = 2000

// segments cuts the words of statements in one part of a, its text (in is "") or its
// deck (in is dateline.InDeck), into pieces that do not overlap, in the order of that
// part.
func segments(a *dateline.Article, in string, list []statement) []segment {
	text := dateline.Words{In: in}.Within(a)
	type piece struct {
		dateline.Span
		first, last bool
		said        statement
	}
	var pieces []piece
	met := map[string]bool{} // by place: several statements of the same words get one mark
	for _, s := range list[:min(len(list), maxMarked)] {
		if s.In != in {
			continue
		}
		from := len(pieces)
		for _, sp := range s.Content {
			if sp.In(text) {
				pieces = append(pieces, piece{Span: sp, said: s})
			}
		}
		if from < len(pieces) {
			slices.SortFunc(pieces[from:], func(a, b piece) int { return a.Start - b.Start })
			pieces[from].first, pieces[len(pieces)-1].last = !met[s.Place], true
			met[s.Place] = true
		}
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var cuts []int
	for _, p := range pieces {
		cuts = append(cuts, p.Start, p.End)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []segment
	var open []piece // the pieces that cover the place reached, the innermost last
	for i, at := range cuts {
		open = slices.DeleteFunc(open, func(p piece) bool { return p.End <= at })
		for len(pieces) > 0 && pieces[0].Start == at {
			open, pieces = append(open, pieces[0]), pieces[1:]
		}
		if len(open) == 0 {
			continue
		}
		seg := segment{Start: at, End: cuts[i+1], Doubtful: open[len(open)-1].said.Doubtful}
		for _, p := range open {
			seg.Asked = seg.Asked || p.said.Asked
			if p.first && p.Start == seg.Start {
				seg.Begins = append(seg.Begins, p.said)
			}
			if p.last && p.End == seg.End {
				seg.Ends = slices.Insert(seg.Ends, 0, p.said)
			}
		}
		out = append(out, seg)
	}
	return out
}

// A passage is a piece of a text that belongs to one segment, or to none.
type passage struct {
	Runs   []run
	Said   *segment    // the segment; nil if the piece is in none
	Begins []statement // those of Said, unless Said began in the block before
	Ends   []statement // those of Said, unless Said goes on in the next block
}

// A marker cuts one part of an article, its text or its deck, wherever the page marks
// something.
type marker struct {
	query query.Query // its words are marked everywhere
	said  query.Query // its words are marked in statements that the query of the page asks for
	dates []dated
	segs  []segment
}

// newMarker returns the marker of one part of a: its text (in is "") or its deck (in
// is dateline.InDeck).
func newMarker(a *dateline.Article, in string, q query.Query, dates []dated, list []statement) marker {
	m := marker{query: q, dates: marks(a, in, dates), segs: segments(a, in, list)}
	if q.Statements() {
		m.said = wordsSaid(q)
	}
	return m
}

// passages cuts a text that begins at byte start of its part.
func (m marker) passages(text string, start int) []passage {
	var list []passage
	first, _ := slices.BinarySearchFunc(m.segs, start, func(s segment, at int) int { return cmp.Compare(s.End, at+1) })
	frags := query.Highlight(m.query, text)
	at, end := start, start+len(text)
	take := func(to int, seg *segment) {
		if to <= at {
			return
		}
		var head []query.Fragment
		head, frags = cutFragments(frags, to-at)
		if seg != nil && seg.Asked {
			head = query.Highlight(m.said, text[at-start:to-start])
		}
		p := passage{Runs: runs(head, at, m.dates), Said: seg}
		if seg != nil && seg.Start == at {
			p.Begins = seg.Begins
		}
		if seg != nil && seg.End == to {
			p.Ends = seg.Ends
		}
		list = append(list, p)
		at = to
	}
	for i := first; i < len(m.segs) && m.segs[i].Start < end; i++ {
		take(m.segs[i].Start, nil)
		take(min(m.segs[i].End, end), &m.segs[i])
	}
	take(end, nil)
	return list
}

// cutFragments divides fragments after n bytes of text. It reuses, and so changes,
// frags.
func cutFragments(frags []query.Fragment, n int) (head, tail []query.Fragment) {
	for i, f := range frags {
		if n < len(f.Text) {
			if head = frags[:i:i]; n > 0 {
				head = append(head, query.Fragment{Text: f.Text[:n], Match: f.Match})
			}
			frags[i].Text = f.Text[n:]
			return head, frags[i:]
		}
		n -= len(f.Text)
	}
	return frags, nil
}
