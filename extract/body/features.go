package body

import (
	"math/bits"
	"unicode/utf8"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
	"dateline/internal/text"
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
	fCapitals // share of words that begin with a capital
	fCommas
	fBegins
	fEnds
	fQuotes
	fDepth
	fMedia // a picture or player stands right before it
	fHeadline
	fDeck
	fCopies // how often its text stands on the page
	fBegun  // how many blocks with links begin with the same words, this one too
	fTopic  // share of long words that the running text has elsewhere
	fCommon // share of short words that the running text has elsewhere
	fShort  // share of short words among all of its words
	fAuthor // names who wrote the article
	fSite   // names the site
	fAddress
	fLinks
	fEdges   // whether it begins or ends in a link, or begins bold
	fLead    // where its first link leads
	fUnder   // what the heading above it announces
	fPicture // how much more there is in the smallest box with it and a picture

	fCue // from here on one for each role, in the order of package page
)

const (
	// What like blocks are: first those of its box, then those of the part of the body
	// that it is in, then those in elements named as its own; five features each.
	fBoxKept = fCue + page.RoleCount + iota
	fBoxSize
	fBoxLink
	fBoxBlocks
	fBoxShare // share of all that the rules keep
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
	fSolidBefore
	fSolidAfter
	fForeign // headlines of other articles before it
	fInRoot
	fOverRoot // levels from the body's element up to the lowest one that holds the block, too

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
	nOut  // how many roles of it speak against text
	nBox  // whether it stands in the same box
	nLike // whether its element is named alike
	nearCount
)

// A vector is the features of one block.
type vector = boost.Vector

var _ = [boost.Width + 1]bool{fCount: true} // does not compile if there are more features than a vector holds

// A sum is what the blocks of one group add up to.
type sum struct{ blocks, size, link, kept int32 }

func (s *sum) add(b *page.Block, keep bool) {
	s.blocks++
	s.size += int32(b.Size)
	s.link += int32(b.Link)
	if keep {
		s.kept += int32(b.Size)
	}
}

// features returns the features of every block of the page.
func (p *chooser) features(says []verdict) []vector {
	n := len(p.Blocks)
	f := &p.reader
	f.p, f.says = p, says
	f.all, f.boxes, f.parts, f.likes = page.Zeros(f.all, n), page.Zeros(f.boxes, n), page.Zeros(f.parts, n), page.Zeros(f.likes, n)
	f.shaped()
	f.alike()
	f.placed()
	f.near()
	f.worded()
	f.shares()
	f.named()
	f.begun()
	f.leads()
	f.under()
	return f.all
}

type featureReader struct {
	p          *chooser
	says       []verdict
	all        []vector
	boxes      []int32 // groups of each block
	parts      []int32
	likes      []int32
	sums       []sum            // of each group
	groups     map[uint64]int32 // by what their blocks share
	copies     map[string]uint8 // how often a short text stands on the page
	vocabulary vocabulary
	pictures   []dom.ID
}

func (f *featureReader) keeps(i int) bool { return f.says[i] <= KeptDeck }

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

// shaped fills in the features of a block by itself, except those of its words.
func (f *featureReader) shaped() {
	for i := range f.p.Blocks {
		b, v := &f.p.Blocks[i], &f.all[i]
		v[fVerdict] = uint8(f.says[i])
		v[fKind] = kindLevel(b.Kind)
		v[fTag] = tagLevel(b.Tag)
		v[fSize] = level(b.Size)
		v[fLink] = share(b.Link, b.Size)
		v[fBold] = share(b.Bold, b.Size)
		v[fSlant] = share(b.Slant, b.Size)
		v[fDepth] = uint8(min(b.Depth, 60))
		v[fMedia] = b2u(b.Media)
		last, _ := utf8.DecodeLastRuneInString(b.Text)
		v[fEnds] = charLevel(last)
		for c := range page.RoleCount {
			v[fCue+c] = uint8(b.Roles >> c & 1)
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

// alike fills in the features of the groups that a block belongs to.
func (f *featureReader) alike() {
	p := f.p
	groups := emptied(&f.groups)
	f.sums = f.sums[:0]
	var last [4]struct { // what the block before shares, by kind, and its group
		what  uint64
		group int32
	}
	group := func(what uint64, i int) int32 {
		before := &last[what>>40]
		g, ok := before.group, before.what == what
		if !ok {
			g, ok = groups[what]
		}
		if !ok {
			g = int32(len(f.sums))
			groups[what] = g
			f.sums = append(f.sums, sum{})
		}
		before.what, before.group = what, g
		f.sums[g].add(&p.Blocks[i], f.keeps(i))
		return g
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		f.boxes[i] = group(1<<40|uint64(p.Tree.Parent(b.Node)), i)
		f.parts[i] = group(2<<40|uint64(p.partOf(b.Node)), i)
		f.likes[i] = group(3<<40|uint64(p.nameHash(b.Node)), i)
	}
	total := keptSize(p.Blocks, f.says)
	for i := range p.Blocks {
		v := &f.all[i]
		for k, g := range [...]int32{f.boxes[i], f.parts[i], f.likes[i]} {
			s := &f.sums[g]
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
func (p *chooser) partOf(n dom.ID) dom.ID {
	t := p.Tree
	for n != 0 {
		up := t.Parent(n)
		if t.Within(p.root, up) {
			return n
		}
		n = up
	}
	return 0
}

// nameHash returns a number that elements share which have the same tag and class and
// whose parents have the same tag and class: a page repeats such elements.
func (p *chooser) nameHash(n dom.ID) uint32 {
	t := p.Tree
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

// placed fills in the features of where a block stands.
func (f *featureReader) placed() {
	p := f.p
	total, items, count := 0, 0, 0
	for i := range p.Blocks {
		if f.keeps(i) {
			total += p.Blocks[i].Size
			count++
			if p.Blocks[i].Kind == dateline.Item {
				items++
			}
		}
	}
	news, typ := b2u(p.IsNews()), p.NewsRank()
	solids, foreign, passed := 0, 0, false
	before, sinceKept, sinceSolid, sinceHeading, part, place := 0, 60, 60, 60, int32(-1), 0
	list, listPlace, listLead := dom.ID(0), 0, uint8(0)
	for i := range p.Blocks {
		b, v := &p.Blocks[i], &f.all[i]
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
		if b.Tag == dom.H1 && b.Size >= 8 {
			own := text.Overlap(b.Text, p.lead.Headline) > 0.3
			if passed && !own {
				foreign++
			}
			passed = passed || own
		}
		v[fForeign] = uint8(min(3, foreign))
		v[fSolidBefore] = level(solids)
		v[fInRoot] = b2u(p.Tree.Within(b.First, p.root))
		v[fOverRoot] = p.overRoot(b.Node)
		v[fPageKept] = level(total)
		v[fPageShare] = share(total, int(p.Prose[len(p.Prose)-1]))
		v[fPageItems] = share(items, count)
		v[fPageNews] = news
		v[fPageType] = typ
		if b.List != 0 {
			if b.List != list {
				list, listPlace, listLead = b.List, 0, 13
				if i > 0 {
					listLead = f.all[i-1][fEnds]
				}
			}
			listPlace++
			v[fListPlace], v[fListLead] = level(listPlace), listLead
		}
		sinceKept, sinceSolid, sinceHeading = sinceKept+1, sinceSolid+1, sinceHeading+1
		if f.keeps(i) {
			before += b.Size
			sinceKept = 0
			if b.Solid() > 0 {
				sinceSolid = 0
				solids++
			}
		}
		if b.Kind == dateline.Heading {
			sinceHeading = 0
		}
	}
	solids = 0
	after, untilKept, untilSolid := 0, 60, 60
	for i := len(p.Blocks) - 1; i >= 0; i-- {
		v := &f.all[i]
		v[fKeptAfter] = share(after, total)
		v[fUntilKept] = uint8(min(untilKept, 60))
		v[fUntilSolid] = uint8(min(untilSolid, 60))
		v[fSolidAfter] = level(solids)
		untilKept, untilSolid = untilKept+1, untilSolid+1
		if f.keeps(i) {
			after += p.Blocks[i].Size
			untilKept = 0
			if p.Blocks[i].Solid() > 0 {
				untilSolid = 0
				solids++
			}
		}
	}
}

// overRoot counts the levels from the body's element up to the lowest element
// that holds n too.
func (p *chooser) overRoot(n dom.ID) uint8 {
	levels := uint8(0)
	for up := p.root; up != 0 && !p.Tree.Within(n, up); up = p.Tree.Parent(up) {
		levels++
	}
	return levels
}

// near fills in the features of the neighbours of a block.
func (f *featureReader) near() {
	p := f.p
	for i := range p.Blocks {
		if !Open(&f.all[i]) {
			continue
		}
		for _, n := range [...]struct{ at, off int }{{fPrev, -1}, {fPrev2, -2}, {fNext, 1}, {fNext2, 2}} {
			j := i + n.off
			if j < 0 || j >= len(p.Blocks) {
				f.all[i][n.at+nVerdict] = 255
				continue
			}
			v, w := &f.all[i], &f.all[j]
			v[n.at+nVerdict] = w[fVerdict]
			v[n.at+nKind] = w[fKind]
			v[n.at+nSize] = w[fSize]
			v[n.at+nLink] = w[fLink]
			v[n.at+nEnds] = w[fEnds]
			v[n.at+nOut] = uint8(min(3, bits.OnesCount32(uint32(p.Blocks[j].Roles&page.NotText))))
			v[n.at+nBox] = b2u(f.boxes[i] == f.boxes[j])
			v[n.at+nLike] = b2u(f.likes[i] == f.likes[j])
		}
	}
}
