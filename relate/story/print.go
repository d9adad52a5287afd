package story

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
)

// The grams of a print: runs of gramLetters letters, of which the least of each
// gramWindow in a row is kept, by its hash: winnowing (Schleimer, Wilkerson and Aiken
// 2003, "Winnowing: local algorithms for document fingerprinting"). Of what two texts
// share in gramLetters+gramWindow-1 letters or more, both have a gram. Spaces, signs and
// digits do not count, so that house styles and lost spaces change nothing.
const (
	gramLetters = 12
	gramWindow  = 11
)

// maxLetters bounds what is read of a text, in letters: ten thousand words. Live
// pages may be longer; what is behind tells nothing more of whether two are copies.
const maxLetters = 1<<16 - 1

// A gram is a run of letters: its hash, and where in the text it stands first,
// in letters.
type gram struct {
	hash uint32
	at   uint16
}

// A print is what is kept of a text to find its copies by.
type print struct {
	grams   []gram // in the order of their hashes, each hash once
	letters int    // of the text, without furniture
}

// newPrint returns the print of a text. Paragraphs for which skip holds are left out.
func newPrint(s string, skip func(paragraph string) bool) *print {
	r := roller{p: &print{}}
	for paragraph := range paragraphs(s) {
		if skip == nil || !skip(paragraph) {
			r.read(paragraph)
		}
		if r.n >= maxLetters {
			break
		}
	}
	p := r.p
	p.letters = r.n
	slices.SortFunc(p.grams, func(a, b gram) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at))
	})
	p.grams = slices.CompactFunc(p.grams, func(a, b gram) bool { return a.hash == b.hash })
	p.grams = slices.Clip(p.grams)
	return p
}

// A roller hashes each run of gramLetters letters by a polynomial that rolls along
// (Karp and Rabin 1987), and keeps the least hash of each window.
type roller struct {
	p      *print
	n      int // letters read
	hash   uint64
	last   [gramLetters]uint64 // letters read last, by n modulo gramLetters
	window [gramWindow]uint64  // hashes of the runs that end with the last letters, by n modulo gramWindow
	least  int                 // n of the run that was kept last
}

// rollBase is a large odd number; rollOut is its power by which a letter counts when it
// leaves a run.
const rollBase = 0x9e3779b97f4a7c15

var rollOut = func() uint64 {
	p := uint64(1)
	for range gramLetters {
		p *= rollBase
	}
	return p
}()

func (r *roller) read(s string) {
	for i := 0; i < len(s) && r.n < maxLetters; {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			if c |= 0x20; c-'a' < 26 {
				r.add(uint64(c))
			}
			continue
		}
		wide, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if lower, ok := text.Fold(wide); ok && unicode.IsLetter(lower) {
			r.add(uint64(lower))
		}
	}
}

func (r *roller) add(letter uint64) {
	slot := &r.last[r.n%gramLetters]
	r.hash = r.hash*rollBase + letter - *slot*rollOut
	*slot = letter
	r.n++
	if r.n < gramLetters {
		return
	}
	h := r.hash
	h ^= h >> 31
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 29
	r.window[r.n%gramWindow] = h
	switch {
	case h <= r.window[r.least%gramWindow] && r.least > 0:
		r.keep(r.n)
	case r.n-r.least >= gramWindow && r.n >= gramLetters+gramWindow-1:
		least := r.n
		for n := r.n - 1; n > r.n-gramWindow; n-- {
			if r.window[n%gramWindow] < r.window[least%gramWindow] {
				least = n
			}
		}
		r.keep(least)
	}
}

// keep keeps the run that ended when n letters were read.
func (r *roller) keep(n int) {
	r.least = n
	r.p.grams = append(r.p.grams, gram{uint32(r.window[n%gramWindow]), uint16(n - gramLetters)})
}

// An Overlap is how much of two texts is the same, as shares of their letters.
type Overlap struct {
	Inner   float64 `json:"inner"`   // of the one of which more stands in the other: 1 if all does
	Outer   float64 `json:"outer"`   // of the other one
	Opening float64 `json:"opening"` // of the first 900 letters of each, or as many as the shorter has, the larger share
	Lead    float64 `json:"lead"`    // the smaller of these two
}

const (
	// opening is how many letters are the beginning of an article: headline, lead and
	// the two or three paragraphs that an update replaces.
	opening = 900
	// maxGap is how many letters may lie between two grams that stand in both texts,
	// for what is between them to count as the same. Without it a letter in a hundred
	// that is read wrongly would take away a tenth of the overlap.
	maxGap = 100
	// maxShift is by how many letters the distance of two such grams may differ in the
	// two texts: "colour", a letter lost.
	maxShift = 6
)

// overlap compares two prints.
func overlap(a, b *print) Overlap {
	var shared []anchor
	for i, k := 0, 0; i < len(a.grams) && k < len(b.grams); {
		switch x, y := a.grams[i], b.grams[k]; {
		case x.hash < y.hash:
			i++
		case x.hash > y.hash:
			k++
		default:
			shared = append(shared, anchor{int(x.at), int(y.at)})
			i, k = i+1, k+1
		}
	}
	slices.SortFunc(shared, func(x, y anchor) int { return cmp.Compare(x.a, y.a) })
	inA, inB := covered(shared, a.letters, b.letters)
	ofA, ofB := inA.share(a.letters), inB.share(b.letters)
	n := min(opening, a.letters, b.letters)
	leadA, leadB := inA.share(n), inB.share(n)
	return Overlap{Inner: max(ofA, ofB), Outer: min(ofA, ofB), Opening: max(leadA, leadB), Lead: min(leadA, leadB)}
}

// An anchor is a gram that stands in both of two texts: its place in each.
type anchor struct{ a, b int }

// covered returns what the anchors, in the order of the first text, cover of two texts of
// so many letters.
func covered(shared []anchor, lettersA, lettersB int) (a, b ranges) {
	a, b = make(ranges, 0, len(shared)), make(ranges, 0, len(shared))
	for i, s := range shared {
		from, to := s, anchor{s.a + gramLetters, s.b + gramLetters}
		if i > 0 && near(shared[i-1], s, maxGap) {
			from = shared[i-1]
		}
		if begin := (anchor{}); near(begin, s, gramWindow) {
			from = begin
		}
		if end := (anchor{lettersA, lettersB}); near(to, end, gramWindow) {
			to = end
		}
		a = append(a, [2]int{from.a, to.a})
		b = append(b, [2]int{from.b, to.b})
	}
	slices.SortFunc(b, func(x, y [2]int) int { return cmp.Compare(x[0], y[0]) })
	return a, b
}

// near reports whether y stands behind x, at most gap letters and about as many in both
// texts.
func near(x, y anchor, gap int) bool {
	a, b := y.a-x.a, y.b-x.b
	return a <= gap && b >= 0 && b <= gap && max(a-b, b-a) <= maxShift
}

// ranges are half-open ranges of letters, in the order of their beginnings.
type ranges [][2]int

// share returns how much of the first n letters lies in the ranges.
func (r ranges) share(n int) float64 {
	in, end := 0, 0
	for _, x := range r {
		from, to := max(x[0], end), min(x[1], n)
		if to > from {
			in += to - from
			end = to
		}
	}
	return float64(in) / float64(max(n, 1))
}
