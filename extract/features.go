package extract

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/internal/boost"
	"dateline/internal/dom"
)

// The features of a block, one byte each, that the body model decides by. What
// a block is like comes first, then what is like it on the page, then where it
// stands. doc/models.md says how the model is trained; it must be trained
// again whenever a feature changes.
const (
	// The block by itself.
	fVerdict = iota
	fKind
	fTag
	fSize
	fWords
	fWordSize
	fLink
	fBold
	fSlant
	fDigits
	fCapitals // words that begin with one
	fCommas
	fBegins
	fEnds
	fQuotes
	fDepth
	fMedia // a picture or player stands right before it
	fHeadline
	fDeck
	fCopies // how often its text stands on the page

	fCue // one for each cue
)

const (
	// What is alike: the blocks of its box, of the part of the body that it is
	// in, and of elements named as its own.
	fBoxKept = fCue + cueCount + iota
	fBoxSize
	fBoxLink
	fBoxBlocks
	fBoxShare // of all that the rules keep
	fPartKept
	fPartSize
	fPartLink
	fPartBlocks
	fPartShare
	fLikeKept
	fLikeSize
	fLikeLink
	fLikeBlocks
	fLikeShare

	// Where it stands.
	fPartPlace
	fIndex
	fKeptBefore
	fKeptAfter
	fSinceKept
	fUntilKept
	fSinceSolid
	fUntilSolid
	fSinceHeading
	fListPlace
	fListLead // how the block before the list ends
	fInRoot
	fOverRoot // levels between the body's element and the one that holds both

	// The page.
	fPageKept
	fPageShare
	fPageItems
	fPageNews
	fPageType

	fPrev // the neighbours, each with the features below
)

const (
	fPrev2 = fPrev + nearCount
	fNext  = fPrev2 + nearCount
	fNext2 = fNext + nearCount
	fCount = fNext2 + nearCount
)

// What a block knows of its neighbours.
const (
	nVerdict = iota
	nKind
	nSize
	nLink
	nEnds
	nOut  // cues that speak against it
	nBox  // stands in the same box
	nLike // is named alike
	nMedia
	nearCount
)

// A vector is the features of one block.
type vector = boost.Vector

var _ = [boost.Width + 1]bool{fCount: true} // they fit

// A sum adds up the blocks of one group.
type sum struct{ blocks, size, link, kept int32 }

func (s *sum) add(b *block, keep bool) {
	s.blocks++
	s.size += int32(b.size)
	s.link += int32(b.link)
	if keep {
		s.kept += int32(b.size)
	}
}

// features returns the features of every block of the page.
func (p *page) features(says []verdict) []vector {
	f := &featureReader{p: p, says: says, all: make([]vector, len(p.blocks)), boxes: make([]int32, len(p.blocks)), parts: make([]int32, len(p.blocks)),
		likes: make([]int32, len(p.blocks))}
	f.shaped()
	f.alike()
	f.placed()
	f.near()
	f.worded()
	return f.all
}

type featureReader struct {
	p     *page
	says  []verdict
	all   []vector
	boxes []int32 // groups of each block
	parts []int32
	likes []int32
}

func (f *featureReader) keeps(i int) bool { return f.says[i] <= keptDeck }

// level brings a count to one byte, finer where it is small.
func level(n int) uint8 {
	if n < 8 {
		return uint8(max(0, n))
	}
	k := bits.Len(uint(n)) - 1 // n has k+1 bits, at least 4
	return uint8(min(255, (k-1)*4+(n>>(k-2))&3))
}

// share brings a part of a whole to one byte.
func share(part, whole int) uint8 {
	if whole <= 0 {
		return 0
	}
	return uint8(min(31, part*31/whole))
}

// shaped reads the blocks by themselves, but for their words.
func (f *featureReader) shaped() {
	for i := range f.p.blocks {
		b, v := &f.p.blocks[i], &f.all[i]
		v[fVerdict] = uint8(f.says[i])
		v[fKind] = kindLevel(b.kind)
		v[fTag] = tagLevel(b.tag)
		v[fSize] = level(b.size)
		v[fLink] = share(b.link, b.size)
		v[fBold] = share(b.bold, b.size)
		v[fSlant] = share(b.slant, b.size)
		v[fDepth] = uint8(min(b.depth, 60))
		v[fMedia] = b2u(b.media)
		last, _ := utf8.DecodeLastRuneInString(b.text)
		v[fEnds] = charLevel(last)
		for c := range cueCount {
			v[fCue+c] = uint8(b.cue >> c & 1)
		}
	}
}

// worded reads the words of the blocks that are open.
func (f *featureReader) worded() {
	const short, middle = 200, 600
	p := f.p
	head, deck := newWordSet(p.a.Headline), newWordSet(p.a.Deck)
	copies := make(map[string]uint8, len(p.blocks))
	for i := range p.blocks {
		if s := p.blocks[i].text; len(s) < short {
			copies[s] = min(copies[s]+1, 6)
		}
	}
	for i := range p.blocks {
		b, v := &p.blocks[i], &f.all[i]
		if !open(v) {
			continue
		}
		if len(b.text) < short {
			v[fCopies] = copies[b.text]
		}
		readText(b.text, v)
		if b.size < middle {
			v[fHeadline], v[fDeck] = shared(b.text, &head, &deck)
		}
	}
}

func b2u(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

func kindLevel(k dateline.BlockKind) uint8 {
	switch k {
	case dateline.Paragraph:
		return 0
	case dateline.Item:
		return 1
	case dateline.Heading:
		return 2
	case dateline.Quotation:
		return 3
	case dateline.Table:
		return 4
	}
	return 5
}

func tagLevel(t dom.Tag) uint8 {
	switch {
	case t == dom.P:
		return 0
	case t == dom.Li:
		return 1
	case t.Heading():
		return 2 + uint8(t-dom.H1)
	case t == dom.Blockquote:
		return 8
	case t == dom.Pre:
		return 9
	case t == dom.Dt || t == dom.Dd:
		return 10
	case t == dom.Td || t == dom.Th || t == dom.Table:
		return 11
	case t == dom.Div:
		return 12
	case t == dom.Section || t == dom.Article || t == dom.Main || t == dom.Body:
		return 13
	}
	return 14
}

// readText reads a block's characters.
func readText(s string, v *vector) {
	const look = 400 // a long text is like its beginning
	end := min(len(s), look)
	words, capitals, digits, commas, marks, chars, letters := 0, 0, 0, 0, 0, 0, 0
	inWord := false // or after an apostrophe
	for _, r := range s[:end] {
		chars++
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsLetter(r):
			letters++
			if !inWord {
				words++
				if r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsUpper(r) {
					capitals++
				}
			}
			inWord = true
			continue
		case r >= '0' && r <= '9':
			digits++
		case r == ',' || r == '،' || r == '、' || r == '，':
			commas++
		case r == '"' || r >= 0x80 && opensSpeech(r):
			marks++
		}
		inWord = r == '\'' || r == '’'
	}
	if end < len(s) && end > 0 {
		words = words * len(s) / end
		capitals = capitals * len(s) / end
		commas = commas * len(s) / end
	}
	v[fWords] = level(words)
	v[fWordSize] = uint8(min(20, letters*min(len(s), look)/max(1, words*min(len(s), look))))
	v[fDigits] = share(digits, chars)
	v[fCapitals] = share(capitals, words)
	v[fCommas] = level(commas)
	v[fQuotes] = uint8(min(marks, 6))
	first, _ := utf8.DecodeRuneInString(s)
	v[fBegins] = charLevel(first)
}

// charLevel sorts the characters that a block begins or ends with.
func charLevel(r rune) uint8 {
	switch {
	case strings.ContainsRune(".。।", r):
		return 0
	case strings.ContainsRune("!?！？؟", r):
		return 1
	case r == '\'' || r == '’' || r == '‘' || r == '」' || r == '』' || opensSpeech(r):
		return 2
	case r == '…' || r == ';':
		return 3
	case r == ':' || r == '：':
		return 4
	case unicode.IsUpper(r):
		return 6
	case unicode.IsLetter(r):
		return 5
	case unicode.IsDigit(r):
		return 7
	case r == '(' || r == '[':
		return 8
	case r == ')' || r == ']':
		return 9
	case strings.ContainsRune("-–—•*·▪►▶→>#+|/", r):
		return 10
	case strings.ContainsRune("©®@", r):
		return 11
	}
	return 12
}

// opensSpeech reports whether r opens or closes speech.
func opensSpeech(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»', '「', '『':
		return true
	}
	return false
}

// A wordSet holds the words of a text, and now and then takes another word
// for one of them.
type wordSet struct{ bits [16]uint64 }

func newWordSet(s string) (w wordSet) {
	eachWord(s, func(h uint32) { w.bits[h>>6&15] |= 1 << (h & 63) })
	return w
}

func (w *wordSet) has(h uint32) bool { return w.bits[h>>6&15]>>(h&63)&1 != 0 }

// shared tells how much of s is in either set, 0 if the set is empty.
func shared(s string, a, b *wordSet) (inA, inB uint8) {
	n, na, nb := 0, 0, 0
	eachWord(s, func(h uint32) {
		n++
		if a.has(h) {
			na++
		}
		if b.has(h) {
			nb++
		}
	})
	return share(na, n), share(nb, n)
}

// eachWord yields a hash of every word of s; a character beyond the alphabets
// is a word of its own.
func eachWord(s string, yield func(uint32)) {
	h, n := uint32(2166136261), 0
	for _, r := range s {
		r, wordy := folded(r)
		if wordy {
			h = (h ^ uint32(r)) * 16777619
			n++
		}
		if n > 0 && (!wordy || r >= 0x2e80) {
			yield(h ^ h>>15)
			h, n = 2166136261, 0
		}
	}
	if n > 0 {
		yield(h ^ h>>15)
	}
}

// alike reads the groups that the blocks belong to.
func (f *featureReader) alike() {
	p := f.p
	var sums []sum
	groups := make(map[uint64]int32, len(p.blocks))
	group := func(what uint64, i int) int32 {
		g, ok := groups[what]
		if !ok {
			g = int32(len(sums))
			groups[what] = g
			sums = append(sums, sum{})
		}
		sums[g].add(&p.blocks[i], f.keeps(i))
		return g
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		f.boxes[i] = group(1<<40|uint64(p.t.Parent(b.node)), i)
		f.parts[i] = group(2<<40|uint64(p.partOf(b.node)), i)
		f.likes[i] = group(3<<40|uint64(p.nameHash(b.node))<<8>>8, i)
	}
	total := keptSize(p.blocks, f.says)
	for i := range p.blocks {
		v := &f.all[i]
		for k, g := range [...]int32{f.boxes[i], f.parts[i], f.likes[i]} {
			s := &sums[g]
			at := [...]int{fBoxKept, fPartKept, fLikeKept}[k]
			v[at] = share(int(s.kept), int(s.size))
			v[at+1] = level(int(s.size))
			if k == 2 {
				v[at+1] = level(int(s.size / s.blocks))
			}
			v[at+2] = share(int(s.link), int(s.size))
			v[at+3] = level(int(s.blocks))
			v[at+4] = share(int(s.kept), total)
		}
	}
}

// partOf returns the child of the body's element that n is in; of a node
// outside, the child of the lowest element that holds both.
func (p *page) partOf(n dom.ID) dom.ID {
	t := p.t
	for n != 0 {
		up := t.Parent(n)
		if t.Within(p.root, up) {
			return n
		}
		n = up
	}
	return 0
}

// nameHash tells the elements with one tag and class, in a parent with one tag
// and class, from others.
func (p *page) nameHash(n dom.ID) uint32 {
	t := p.t
	h := uint32(2166136261)
	for range 2 {
		h = (h ^ uint32(t.Tag(n))) * 16777619
		for _, c := range []byte(t.Attr(n, dom.Class)) {
			h = (h ^ uint32(c)) * 16777619
		}
		n = t.Parent(n)
	}
	return h
}

// placed reads where the blocks stand.
func (f *featureReader) placed() {
	p := f.p
	total, items, count := 0, 0, 0
	for i := range p.blocks {
		if f.keeps(i) {
			total += p.blocks[i].size
			count++
			if p.blocks[i].kind == dateline.Item {
				items++
			}
		}
	}
	news, typ := b2u(p.isNews()), p.newsRank()
	before, sinceKept, sinceSolid, sinceHeading, part, place := 0, 60, 60, 60, int32(-1), 0
	list, listPlace, listLead := dom.ID(0), 0, uint8(0)
	for i := range p.blocks {
		b, v := &p.blocks[i], &f.all[i]
		if f.parts[i] != part {
			part = f.parts[i]
			place++
		}
		v[fPartPlace] = level(place)
		v[fIndex] = level(i)
		v[fKeptBefore] = share(before, total)
		v[fSinceKept] = uint8(min(sinceKept, 60))
		v[fSinceSolid] = uint8(min(sinceSolid, 60))
		v[fSinceHeading] = uint8(min(sinceHeading, 60))
		v[fInRoot] = b2u(p.t.Within(b.first, p.root))
		v[fOverRoot] = p.overRoot(b.node)
		v[fPageKept] = level(total)
		v[fPageShare] = share(total, int(p.prose[len(p.prose)-1]))
		v[fPageItems] = share(items, count)
		v[fPageNews] = news
		v[fPageType] = typ
		if b.list != 0 {
			if b.list != list {
				list, listPlace, listLead = b.list, 0, 13
				if i > 0 {
					listLead = f.all[i-1][fEnds]
				}
			}
			listPlace++
			v[fListPlace], v[fListLead] = level(listPlace), listLead
		}
		sinceKept, sinceSolid, sinceHeading = sinceKept+1, sinceSolid+1, sinceHeading+1
		if f.keeps(i) {
			before += b.size
			sinceKept = 0
			if solid(b) > 0 {
				sinceSolid = 0
			}
		}
		if b.kind == dateline.Heading {
			sinceHeading = 0
		}
	}
	after, untilKept, untilSolid := 0, 60, 60
	for i := len(p.blocks) - 1; i >= 0; i-- {
		v := &f.all[i]
		v[fKeptAfter] = share(after, total)
		v[fUntilKept] = uint8(min(untilKept, 60))
		v[fUntilSolid] = uint8(min(untilSolid, 60))
		untilKept, untilSolid = untilKept+1, untilSolid+1
		if f.keeps(i) {
			after += p.blocks[i].size
			untilKept = 0
			if solid(&p.blocks[i]) > 0 {
				untilSolid = 0
			}
		}
	}
}

// newsRank tells what the page says of itself that it is.
func (p *page) newsRank() uint8 {
	rank := 0
	for typ := range p.news.types() {
		rank = max(rank, newsTypes[typ])
	}
	if rank == 0 {
		rank = newsTypes[p.items[p.newsItem].typ]
	}
	return uint8(rank)
}

// overRoot counts the levels from the body's element up to the lowest element
// that holds n too.
func (p *page) overRoot(n dom.ID) uint8 {
	levels := uint8(0)
	for up := p.root; up != 0 && !p.t.Within(n, up); up = p.t.Parent(up) {
		levels++
	}
	return levels
}

// near reads the neighbours.
func (f *featureReader) near() {
	p := f.p
	for i := range p.blocks {
		if !open(&f.all[i]) {
			continue
		}
		for _, n := range [...]struct{ at, off int }{{fPrev, -1}, {fPrev2, -2}, {fNext, 1}, {fNext2, 2}} {
			j := i + n.off
			if j < 0 || j >= len(p.blocks) {
				f.all[i][n.at+nVerdict] = 255
				continue
			}
			v, w := &f.all[i], &f.all[j]
			v[n.at+nVerdict] = w[fVerdict]
			v[n.at+nKind] = w[fKind]
			v[n.at+nSize] = w[fSize]
			v[n.at+nLink] = w[fLink]
			v[n.at+nEnds] = w[fEnds]
			v[n.at+nOut] = uint8(min(3, bits.OnesCount32(uint32(p.blocks[j].cue&cueOut))))
			v[n.at+nBox] = b2u(f.boxes[i] == f.boxes[j])
			v[n.at+nLike] = b2u(f.likes[i] == f.likes[j])
			v[n.at+nMedia] = w[fMedia]
		}
	}
}
