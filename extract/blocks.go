package extract

import (
	"slices"
	"sort"
	"strings"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"

	"golang.org/x/text/unicode/norm"
)

// A block is a run of text between two borders of the page's boxes: a
// candidate for a block of the body.
type block struct {
	kind  dateline.BlockKind
	text  string
	size  int    // visible bytes
	link  int    // of them within links
	bold  int    // of them bold
	slant int    // of them in italics
	depth int    // of the box
	node  dom.ID // the box
	first dom.ID // first text of the run
	list  dom.ID
	href  dom.ID  // the first of the links that it has text of
	cue   cue     // what the box and its ancestors say
	tag   dom.Tag // of the box
	links uint8   // that it has text of
	edges uint8   // what it begins and ends in
	media bool    // a picture or player stands between it and the block before
}

// A box is an open element while the blocks are read.
type box struct {
	node  dom.ID
	end   dom.ID
	tag   dom.Tag
	cue   cue
	kind  dateline.BlockKind
	list  dom.ID
	link  dom.ID // the innermost link, zero for none
	bold  bool
	slant bool
	flow  bool // not part of a line
}

// A blockReader cuts the page into blocks.
type blockReader struct {
	p        *page
	at       dom.ID // the node that is read
	open     []box
	b        strings.Builder // the texts of many blocks
	start    int             // of the current one in b
	w        text.Spacer
	cur      block
	lastLink dom.ID // that text was read in
	brs      int
	line     styled // since the last break
	media    bool
	loose    bool // believe few of the names on elements
}

// Edges of a block.
const (
	beginsInLink = 1 << iota
	endsInLink
	beginsBold
)

// A styled is a line of a block: how long it is, and how much of it stands in
// elements that give it a style.
type styled struct{ size, style int }

// media are the tags of pictures and players.
var media = [256]bool{dom.Img: true, dom.Picture: true, dom.Iframe: true, dom.Video: true, dom.Audio: true, dom.Object: true}

// mostBlocks returns how many blocks of a page with so many nodes are read: more
// than ten times those of any article, few enough for the memory of a page to
// stay a small multiple of its bytes.
func mostBlocks(nodes int) int { return 20_000 + nodes/8 }

// full reports whether no more blocks are read.
func (r *blockReader) full() bool { return len(r.p.blocks) >= mostBlocks(r.p.t.Len()) }

// add appends a block.
func (r *blockReader) add(b block) {
	if r.full() {
		return
	}
	if n := len(r.p.blocks); n == cap(r.p.blocks) { // the rest of the page is mostly like what was read
		rest := n*(r.p.t.Len()-int(r.at))/int(r.at+1)*9/8 + 16
		r.p.blocks = slices.Grow(r.p.blocks, min(rest, mostBlocks(r.p.t.Len())-n))
	}
	r.p.blocks = append(r.p.blocks, b)
}

// readBlocks cuts the page into blocks, in document order. If loose, names on
// elements that hold a paragraph or more of prose are not believed.
func (p *page) readBlocks(loose bool) {
	r := &blockReader{p: p, open: make([]box, 1, 64), loose: loose}
	p.headOf = nil
	if loose { // the blocks that there are may be the better ones
		p.blocks = make([]block, 0, len(p.blocks)+len(p.blocks)/8)
	} else {
		p.countProse()
		if cap(p.blocks) == 0 {
			p.blocks = make([]block, 0, p.t.Len()/6+16) // of most pages
		}
	}
	r.open[0] = box{end: dom.ID(p.t.Len()), kind: dateline.Paragraph, flow: true}
	for i := dom.ID(1); i < dom.ID(p.t.Len()); {
		for i >= r.open[len(r.open)-1].end {
			if r.open[len(r.open)-1].flow {
				r.flush()
			}
			r.open = r.open[:len(r.open)-1]
		}
		r.at = i
		i = r.read(i)
	}
	r.flush()
}

// countProse counts the bytes of text that run on for a while outside links.
func (p *page) countProse() {
	t := p.t
	p.prose = zeros(p.prose, t.Len()+1)
	var skip, link dom.ID
	for i := dom.ID(1); i < dom.ID(t.Len()); i++ {
		p.prose[i+1] = p.prose[i]
		d := &t.Nodes[i]
		switch {
		case d.Tag.Opaque():
			skip = max(skip, d.End)
		case d.Tag == dom.A:
			link = max(link, d.End)
		case d.Tag == dom.Text && i >= skip && i >= link && len(d.Text) > 60:
			if n := p.size[i+1] - p.size[i]; n > 60 {
				p.prose[i+1] += n
			}
		}
	}
}

// doubted returns those of an element's own cues that cannot be meant of all
// that it holds: a name that speaks of a thing beside the article on an element
// that holds much of the page's prose, a name for a line on a long text.
func (r *blockReader) doubted(n dom.ID, c cue) (drop cue) {
	t := r.p.t
	if r.p.size[t.End(n)]-r.p.size[n] > 300 {
		drop |= cueByline | cueTime | cueHeadline
	}
	total := r.p.prose[len(r.p.prose)-1]
	share := r.p.prose[t.End(n)] - r.p.prose[n]
	if r.loose && share > 150 {
		return c & (drop | (cueOut|cueAside|cueFooter|cueMedia|cueBio)&^(cueComment|cueNotice|cueRelated) | cueHidden)
	}
	switch h1 := r.p.holdsH1(n); {
	case t.Tag(n) == dom.Body || t.Tag(n) == dom.HTML || share*10 > total*9 || h1 && share*5 > total:
		drop |= cueOut | cueAside | cueFooter | cueMedia | cueBio
	case share*2 > total:
		drop |= (cueOut | cueAside | cueFooter | cueMedia) &^ (cueComment | cueNotice)
	case share*8 > total && share > 1000:
		drop |= cueNav | cueForm | cueCaption | cueShare | cueTags | cueAd | cueMedia | cueSignup
		if share*3 > total {
			drop |= cueAside
		}
	case share > 300 && share*2 > r.p.size[t.End(n)]-r.p.size[n]:
		drop |= cueNav | cueForm | cueTags | cueMedia
	}
	return drop & c
}

func (p *page) holdsH1(n dom.ID) bool {
	i := sort.Search(len(p.h1s), func(i int) bool { return p.h1s[i] >= n })
	return i < len(p.h1s) && p.t.Within(p.h1s[i], n)
}

// read takes node i and returns the node to go on with.
func (r *blockReader) read(i dom.ID) dom.ID {
	t := r.p.t
	d := &t.Nodes[i]
	r.media = r.media || media[d.Tag]
	top := &r.open[len(r.open)-1]
	switch {
	case d.Tag == dom.Text:
		r.write(i, d.Text, top)
		r.p.cues[i] = top.cue
		return i + 1
	case d.Tag == dom.Br:
		r.w.Space()
		if r.brs++; r.brs >= 2 || r.parts(i) || r.ownLine() {
			r.flush()
		}
		r.line = styled{}
		return i + 1
	case t.Silent(i):
		r.mark(i, top.cue)
		return d.End
	}
	own := r.p.own[i]
	own &^= r.doubted(i, own)
	b := box{node: i, end: d.End, tag: d.Tag, cue: inherit(top.cue, own), kind: top.kind, list: top.list,
		link: top.link, bold: top.bold || d.Tag == dom.B || d.Tag == dom.Strong,
		slant: top.slant || d.Tag == dom.I || d.Tag == dom.Em, flow: !d.Tag.Inline()}
	if d.Tag == dom.A {
		b.link = i
	}
	if d.Tag == dom.Other && strings.Contains(d.Text, "-") && t.First(i) != 0 && !t.Tag(t.First(i)).Inline() {
		b.flow = true
	}
	if !b.flow && d.Tag != dom.A && own&(cueHidden|cueAd|cueShare|cueCaption|cueNotice) != 0 && top.kind != dateline.Heading {
		r.mark(i, b.cue)
		r.w.Space()
		return d.End
	}
	r.p.cues[i] = b.cue
	if b.flow {
		r.flush()
	}
	if b.kind == dateline.Heading && (d.Tag == dom.P || d.Tag == dom.Ul || d.Tag == dom.Ol || d.Tag == dom.Article) {
		b.kind = dateline.Paragraph // a heading that was not closed
	}
	switch d.Tag {
	case dom.H1, dom.H2, dom.H3, dom.H4, dom.H5, dom.H6:
		b.kind = dateline.Heading
	case dom.Li, dom.Dt, dom.Dd:
		b.kind, b.list = dateline.Item, d.Parent
	case dom.Blockquote:
		b.kind = dateline.Quotation
	case dom.Pre:
		if r.code(i, &b) {
			return d.End
		}
	case dom.Table:
		if r.table(i, &b) {
			return d.End
		}
	}
	r.open = append(r.open, b)
	return i + 1
}

// parts reports whether a single break parts two paragraphs: a sentence ends
// before it, and running text stands on both sides.
func (r *blockReader) parts(br dom.ID) bool {
	const long = 60
	if r.cur.kind != dateline.Paragraph || r.cur.size < long || !ends(r.b.String()[r.start:]) {
		return false
	}
	t := r.p.t
	for n := br + 1; n < min(br+5, t.End(r.cur.node)); n++ {
		if !t.Tag(n).Inline() {
			return false
		}
		if t.Tag(n) == dom.Text {
			if size := visible(t.Nodes[n].Text); size > 0 {
				return size >= long
			}
		}
	}
	return false
}

// ownLine reports whether the line before a single break, the first of a block,
// is one for itself: a link or in a style that ends with it, in a box that is
// no paragraph. So pages that are laid out by tables print headlines, bylines
// and menus.
func (r *blockReader) ownLine() bool {
	top := &r.open[len(r.open)-1]
	if r.cur.kind != dateline.Paragraph || r.cur.tag == dom.P || r.line.size == 0 || r.line.style < r.line.size || r.line.size < r.cur.size {
		return false
	}
	return top.link == 0 && !top.bold && !top.slant
}

// inherit adds an element's own cues to those of its ancestors. What is
// strictly of one element does not reach down.
func inherit(above, own cue) cue {
	if own&cueBody != 0 {
		above &^= cueDeck | cueHeader | cueHeadline
	}
	return above | own
}

// mark notes the cues of a subtree that is not read.
func (r *blockReader) mark(i dom.ID, c cue) {
	for end := r.p.t.End(i); i < end; i++ {
		r.p.cues[i] = c
	}
}

func (r *blockReader) write(i dom.ID, s string, top *box) {
	n := int(r.p.size[i+1] - r.p.size[i])
	if n == 0 || r.full() {
		if s != "" {
			r.w.Space()
		}
		return
	}
	r.brs = 0
	if r.cur.size == 0 {
		box := top
		for k := len(r.open) - 1; k >= 0; k-- {
			if r.open[k].flow {
				box = &r.open[k]
				break
			}
		}
		r.cur = block{kind: top.kind, tag: box.tag, node: box.node, first: i, cue: box.cue, list: box.list, depth: len(r.open), media: r.media}
		r.media = false
		r.cur.cue |= top.cue & (cueByline | cueTime | cueDeck)
	}
	if r.cur.size == 0 {
		r.cur.edges = b2u(top.link != 0) | b2u(top.bold)<<2
	}
	r.cur.size += n
	r.line.size += n
	if top.link != 0 || top.bold || top.slant {
		r.line.style += n
	}
	r.cur.edges &^= endsInLink
	if top.link != 0 {
		r.cur.link += n
		r.cur.edges |= endsInLink
		if r.lastLink != top.link {
			r.lastLink = top.link
			r.cur.links = min(r.cur.links, 254) + 1
		}
		if r.cur.href == 0 {
			r.cur.href = top.link
		}
	}
	if top.bold {
		r.cur.bold += n
	}
	if top.slant {
		r.cur.slant += n
	}
	r.w.Write(&r.b, s)
}

// flush ends the current block.
func (r *blockReader) flush() {
	r.brs = 0
	if r.cur.size > 0 {
		r.cur.text = norm.NFC.String(strings.TrimSpace(r.b.String()[r.start:]))
		if r.cur.text != "" {
			r.add(r.cur)
		}
	}
	const chunk = 16 << 10
	if r.b.Cap()-r.b.Len() < chunk/8 {
		r.b = strings.Builder{} // the full one is left to its blocks
		r.b.Grow(chunk)
	}
	r.start = r.b.Len()
	r.w = text.Spacer{}
	r.cur, r.lastLink, r.line = block{}, 0, styled{}
}

// code adds a <pre> as one block with its line breaks; a long one without any
// is a paragraph.
func (r *blockReader) code(i dom.ID, b *box) bool {
	raw := r.p.t.Raw(i)
	if !strings.Contains(strings.TrimSpace(raw), "\n") {
		return false
	}
	out := r.p.lines[:0]
	for l := range strings.SplitSeq(raw, "\n") {
		if l = strings.TrimRight(strings.Map(printable, l), " \t"); l != "" {
			if len(out) > 0 {
				out = append(out, '\n')
			}
			out = append(out, l...)
		}
	}
	r.p.lines = out
	text := norm.NFC.String(text.Store(out))
	if strings.TrimSpace(text) != "" {
		r.add(block{kind: dateline.Code, tag: dom.Pre, node: i, first: i, text: text, size: visible(text), cue: b.cue})
	}
	r.mark(i, b.cue)
	return true
}

func printable(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7f || r == 0xfeff {
		return -1
	}
	return r
}

// table adds a table of data as one block: a line a row, a tab between cells.
// A table that lays out the page is read like any box.
func (r *blockReader) table(i dom.ID, b *box) bool {
	t := r.p.t
	out, row := r.p.lines[:0], r.p.parts[:0]
	rowEnd := dom.ID(0)
	long, cells, link := 0, 0, 0
	largest, total := 0, 0 // lengths of the longest cell and of all
	flushRow := func() {
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		for k, cell := range row {
			switch {
			case k > 0:
				out = append(out, '\t')
			case len(out) > 0:
				out = append(out, '\n')
			}
			out = append(out, cell...)
		}
		row = row[:0]
	}
	for n, end := i+1, t.End(i); n < end; n++ {
		switch d := &t.Nodes[n]; {
		case d.Tag == dom.Table, d.Tag == dom.Form, d.Tag.Heading() && d.Tag <= dom.H2, d.Tag == dom.Article:
			return false
		case d.Tag == dom.Tr:
			flushRow()
			rowEnd = d.End
		case d.Tag == dom.Td || d.Tag == dom.Th:
			if r.p.size[d.End]-r.p.size[n] > 5000 {
				return false
			}
			if n >= rowEnd {
				flushRow()
			}
			s := textOf(t, n)
			if cells++; len(s) > 300 {
				long++
			}
			largest, total = max(largest, len(s)), total+len(s)
			row = append(row, s)
			n = d.End - 1
		case d.Tag == dom.A:
			link += int(r.p.size[d.End] - r.p.size[n])
		}
	}
	flushRow()
	r.p.lines, r.p.parts = out, row
	if len(out) == 0 || cells < 2 || long*3 > cells || long > 0 && cells < 4 || largest > 600 && largest*2 > total {
		return false
	}
	text := text.Store(out)
	r.add(block{kind: dateline.Table, tag: dom.Table, node: i, first: i, text: text, size: visible(text), link: link, cue: b.cue})
	r.mark(i, b.cue)
	return true
}
