package page

import (
	"slices"
	"sort"
	"strings"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// A Block is a run of text between two borders of the page's boxes, such as a paragraph,
// a heading or a line of a menu. The body of the article is chosen among the blocks.
type Block struct {
	Kind  dateline.BlockKind // what its elements say that it is
	Text  string             // without markup, white space as it stands
	Size  int                // visible bytes
	Link  int                // how many of these bytes stand within links
	Bold  int                // how many are bold
	Slant int                // how many are in italics
	Depth int                // how many elements are open around it
	Node  dom.ID             // its box: the innermost element around it that is not inline
	First dom.ID             // its first text node
	List  dom.ID             // the list that holds it, 0 if none does
	Href  dom.ID             // the first of the links that it has text of
	Roles Role               // what the box and its ancestors say
	Tag   dom.Tag            // the tag of its box
	Links uint8              // how many links it has text of, 255 at most
	Edges uint8              // bits for whether it begins or ends in a link, or begins in bold type: beginsInLink and so on
	Media bool               // a picture or player stands between it and the block before
	Bar   Bar                // why it is certainly no text of the article; NotBarred if it may be
}

// A box is an element whose end has not been reached while the blocks are read. What it
// does not set itself, it has from the element around it.
type box struct {
	node  dom.ID
	end   dom.ID
	tag   dom.Tag
	cue   Role               // its own roles and those of its ancestors
	kind  dateline.BlockKind // of the blocks in it
	list  dom.ID             // the list that it is an item of, 0 if it is in none
	link  dom.ID             // the innermost link, 0 for none
	bold  bool
	slant bool // in italics
	flow  bool // it is no inline element: a block ends at its borders
	marks bool // a <q> element, whose quotation marks the browser adds
}

// A blockReader cuts the page into blocks.
type blockReader struct {
	p        *Page
	l        *Layout
	at       dom.ID // the node that is read
	open     []box
	b        strings.Builder // the texts of many blocks, one after another
	start    int             // where the text of the current block begins in b
	w        text.Spacer     // writes single spaces between the texts of a block
	cur      Block
	lastLink dom.ID     // the link that text of the current block was read in last
	lastText dom.ID     // the last text node of the current block, 0 if it has none
	noted    bool       // the mark of a footnote was left out behind lastText
	initial  Block      // a block of a single capital letter, until it is known what follows; Size is 0 if there is none
	brs      int        // how many line breaks (<br>) were read since the last text
	line     styled     // what was read since the last line break
	media    bool       // a picture or player was read since the last block began
	loose    bool       // most names on elements that hold prose are not believed: see LayOutLoosely
	row      []string   // the cells of the current row of a table
	room     [16]string // memory of row for most tables
	out      []byte     // the text of the table or the code that is read
}

// The bits of Block.Edges.
const (
	beginsInLink = 1 << iota
	endsInLink
	beginsBold
)

// A styled is a line of a block: how long it is, and how much of it stands in
// elements that give it a style.
type styled struct{ size, style int }

// IsMedia tells for each tag whether it is that of a picture, a player or another thing
// that is embedded in the page.
var IsMedia = [256]bool{dom.Img: true, dom.Picture: true, dom.Iframe: true, dom.Video: true, dom.Audio: true, dom.Object: true}

// mostBlocks returns how many blocks are read at most of a page with that many nodes. It
// is more than ten times what any article has, and few enough for the memory of a page
// to stay a small multiple of its bytes.
func mostBlocks(nodes int) int { return 20_000 + nodes/8 }

// full reports whether the page has as many blocks as are read of it: see mostBlocks.
func (r *blockReader) full() bool { return len(r.l.Blocks) >= mostBlocks(r.p.Tree.Len()) }

// add appends a block. A block that is a single capital letter is held back until the
// next one is added: if that begins with a small letter, the capital is the large first
// letter (initial) of its first word, and both become one block.
func (r *blockReader) add(b Block) {
	if initial := r.initial; initial.Size > 0 {
		r.initial = Block{}
		if b.Kind == dateline.Paragraph && goesOn(b.Text) {
			b.Text, b.Size, b.Media = initial.Text+b.Text, initial.Size+b.Size, b.Media || initial.Media
		} else {
			r.append(initial)
		}
	}
	if b.Kind == dateline.Paragraph && isInitial(b.Text) {
		r.initial = b
		return
	}
	r.append(b)
}

// append appends a block to the layout as it is.
func (r *blockReader) append(b Block) {
	if r.full() {
		return
	}
	if n := len(r.l.Blocks); n == cap(r.l.Blocks) { // ask for memory as if the rest had as many blocks a node as what was read
		rest := n*(r.p.Tree.Len()-int(r.at))/int(r.at+1)*9/8 + 16
		more := make([]Block, n, n+min(rest, mostBlocks(r.p.Tree.Len())-n))
		copy(more, r.l.Blocks)
		r.l.Blocks = more
	}
	r.l.Blocks = append(r.l.Blocks, b)
}

// A Layout is one reading of a page as blocks, with the roles of the elements around
// each node. It is not changed once it is made: a step that takes a block for another
// kind of block makes a new layout with As.
type Layout struct {
	Source *Page   // the page that is cut
	Blocks []Block // in document order
	Roles  []Role  // of every node, those of its ancestors included
	Prose  []int32 // bytes of running text before each node

	skipped []dom.ID // elements, scripts aside, whose text is in no block: see Unread
}

// As returns a copy of l in which the blocks with the given indexes are of another kind.
func (l *Layout) As(kind dateline.BlockKind, blocks []int) *Layout {
	other := *l
	other.Blocks = slices.Clone(l.Blocks)
	for _, i := range blocks {
		other.Blocks[i].Kind = kind
	}
	return &other
}

// nodesABlock is how many nodes a page has for each block. On 19 of 20 news pages there
// are as many or more, so that memory for all blocks can be asked for at once.
const nodesABlock = 5

// LayOut cuts the page into blocks, in document order. The layout is good until the
// page is released.
func (p *Page) LayOut() *Layout {
	l := &p.layout
	l.Source, l.skipped = p, l.skipped[:0]
	l.Roles = Zeros(l.Roles, p.Tree.Len())
	l.countProse()
	if l.Blocks = l.Blocks[:0]; cap(l.Blocks) == 0 {
		l.Blocks = make([]Block, 0, p.Tree.Len()/nodesABlock+16)
	}
	p.readBlocks(l, false)
	l.barNotices()
	return l
}

// LayOutLoosely cuts the page into blocks again, without believing most names on elements
// that hold a paragraph of prose or more. It is for pages whose names mislead, such as
// those that call the element around the article "comments".
func (l *Layout) LayOutLoosely() *Layout {
	p := l.Source
	loose := &Layout{Source: p, Prose: l.Prose, Roles: make([]Role, p.Tree.Len()), Blocks: make([]Block, 0, len(l.Blocks)+len(l.Blocks)/8)}
	p.readBlocks(loose, true)
	loose.barNotices()
	return loose
}

// readBlocks fills l.Blocks and l.Roles; loose is as of LayOutLoosely.
func (p *Page) readBlocks(l *Layout, loose bool) {
	r := &blockReader{p: p, l: l, open: make([]box, 1, 64), loose: loose}
	r.row = r.room[:0]
	r.open[0] = box{end: dom.ID(p.Tree.Len()), kind: dateline.Paragraph, flow: true}
	for i := dom.ID(1); i < dom.ID(p.Tree.Len()); {
		for i >= r.open[len(r.open)-1].end {
			switch b := &r.open[len(r.open)-1]; {
			case b.flow:
				r.flush()
			case b.marks:
				r.closeQuotation(b)
			}
			r.open = r.open[:len(r.open)-1]
		}
		r.at = i
		i = r.read(i)
	}
	r.flush()
	if r.initial.Size > 0 {
		r.append(r.initial)
	}
}

// countProse sets l.Prose: it counts the bytes of running text, which is long texts
// outside links.
func (l *Layout) countProse() {
	const long = 60 // bytes: longer texts are running text
	p, t := l.Source, l.Source.Tree
	l.Prose = Zeros(l.Prose, t.Len()+1)
	var skip, link dom.ID
	for i := dom.ID(1); i < dom.ID(t.Len()); i++ {
		l.Prose[i+1] = l.Prose[i]
		d := &t.Nodes[i]
		switch {
		case d.Tag.Opaque():
			skip = max(skip, d.End)
		case d.Tag == dom.A:
			link = max(link, d.End)
		case d.Tag == dom.Text && i >= skip && i >= link && len(d.Text) > long:
			if n := p.Size[i+1] - p.Size[i]; n > long {
				l.Prose[i+1] += n
			}
		}
	}
}

// doubted returns those of an element's own roles that cannot be true of all that it
// holds: the role of something beside the article, on an element that holds much of the
// page's prose, or the role of a single line, such as a byline, on a long text.
//
// The bounds are set by hand, on news pages whose names mislead: some have the body in a
// <form>, or in an element called "comment-page", "tag-politics" or "ad-free".
func (r *blockReader) doubted(n dom.ID, c Role) (drop Role) {
	const (
		aLine      = 300  // bytes: no byline, date or headline is longer
		aParagraph = 150  // bytes of prose
		paragraphs = 300  // bytes of prose: two or more
		longProse  = 1000 // bytes of prose: what stands beside articles is shorter
	)
	t := r.p.Tree
	if r.p.Size[t.End(n)]-r.p.Size[n] > aLine {
		drop |= InByline | InTime | InHeadline
	}
	total := r.l.Prose[len(r.l.Prose)-1]
	share := r.l.Prose[t.End(n)] - r.l.Prose[n]
	if r.loose && share > aParagraph {
		return c & (drop | (NotText|InAside|InFooter|InMedia|InBio)&^(InComment|InNotice|InRelated) | Hidden)
	}
	switch h1 := r.p.holdsH1(n); {
	case t.Tag(n) == dom.Body || t.Tag(n) == dom.HTML || share*10 > total*9 || h1 && share*5 > total:
		drop |= NotText | InAside | InFooter | InMedia | InBio
	case share*2 > total:
		drop |= (NotText | InAside | InFooter | InMedia) &^ (InComment | InNotice)
	case share*8 > total && share > longProse:
		drop |= InNav | InForm | InCaption | InShare | InTags | InAd | InMedia | InSignup
		if share*3 > total {
			drop |= InAside
		}
	case share > paragraphs && share*2 > r.p.Size[t.End(n)]-r.p.Size[n]:
		drop |= InNav | InForm | InTags | InMedia
	}
	return drop & c
}

// holdsH1 reports whether an element holds a heading of the first rank (<h1>) or is one.
func (p *Page) holdsH1(n dom.ID) bool {
	i := sort.Search(len(p.H1s), func(i int) bool { return p.H1s[i] >= n })
	return i < len(p.H1s) && p.Tree.Within(p.H1s[i], n)
}

// read takes node i and returns the node to go on with.
func (r *blockReader) read(i dom.ID) dom.ID {
	t := r.p.Tree
	d := &t.Nodes[i]
	top := &r.open[len(r.open)-1]
	if d.Tag == dom.Img && r.inline(i, top) {
		return d.End
	}
	r.media = r.media || IsMedia[d.Tag]
	switch {
	case d.Tag == dom.Text:
		r.write(i, d.Text, top)
		r.l.Roles[i] = top.cue
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
	case r.isNote(i, top.link):
		r.noted = true
		r.mark(i, top.cue)
		return d.End
	case d.Tag == dom.Button && r.cur.Size > 0 && r.p.visible(i) <= 1: // a sign that opens an explanation, within a line
		r.w.Space()
		r.mark(i, top.cue)
		return d.End
	}
	own := r.p.OwnRoles[i]
	if own&undisplayed != 0 {
		r.mark(i, top.cue|Hidden)
		r.l.skipped = append(r.l.skipped, i)
		return d.End
	}
	own &^= r.doubted(i, own)
	term := d.Tag == dom.Button && r.isTerm(i)
	if term {
		own &^= InForm
	}
	b := box{node: i, end: d.End, tag: d.Tag, cue: inherit(top.cue, own), kind: top.kind, list: top.list,
		link: top.link, bold: top.bold || d.Tag == dom.B || d.Tag == dom.Strong,
		slant: top.slant || d.Tag == dom.I || d.Tag == dom.Em, flow: !d.Tag.Inline() && !term}
	if d.Tag == dom.A {
		b.link = i
	}
	if d.Tag == dom.Other && strings.Contains(d.Text, "-") && t.First(i) != 0 && !t.Tag(t.First(i)).Inline() {
		b.flow = true
	}
	if !b.flow && d.Tag != dom.A && own&(Hidden|InAd|InShare|InCaption|InNotice) != 0 && top.kind != dateline.Heading {
		r.mark(i, b.cue)
		r.l.skipped = append(r.l.skipped, i)
		if own&Hidden == 0 {
			r.w.Space()
		}
		return d.End
	}
	r.l.Roles[i] = b.cue
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
	b.marks = r.openQuotation(i, &b)
	r.open = append(r.open, b)
	return i + 1
}

// inline reads a picture that stands within a line of text: the picture of a letter is
// read as that letter, an icon is left out. It reports whether the picture is of these.
func (r *blockReader) inline(i dom.ID, top *box) bool {
	if letter := r.initialOf(i); letter != "" {
		r.writeText(i, letter, len(letter), top)
		return true
	}
	return r.isIcon(i)
}

// parts reports whether a single line break (<br>) separates two paragraphs: a sentence
// ends before it, and long text stands on both sides.
func (r *blockReader) parts(br dom.ID) bool {
	const long = 60 // bytes of running text
	const near = 5  // nodes behind the break, within which the second text begins
	if r.cur.Kind != dateline.Paragraph || r.cur.Size < long || !text.Ends(r.b.String()[r.start:]) {
		return false
	}
	t := r.p.Tree
	for n := br + 1; n < min(br+near, t.End(r.cur.Node)); n++ {
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

// ownLine reports whether the first line of a block, which a single line break (<br>)
// ends, is a block of its own: all of it is a link, bold or in italics, the text behind
// the break is not, and the box is no <p>. Pages that are laid out by tables print
// headlines, bylines and menus like that.
func (r *blockReader) ownLine() bool {
	top := &r.open[len(r.open)-1]
	if r.cur.Kind != dateline.Paragraph || r.cur.Tag == dom.P || r.line.size == 0 || r.line.style < r.line.size || r.line.size < r.cur.Size {
		return false
	}
	return top.link == 0 && !top.bold && !top.slant
}

// inherit adds an element's own roles to those of its ancestors. An element called the
// body of the article takes over no role of a headline, a deck or a header around it.
func inherit(above, own Role) Role {
	if own&InBody != 0 {
		above &^= InDeck | InHeader | InHeadline
	}
	return above | own
}

// mark notes roles for all nodes of a subtree that is not read any further.
func (r *blockReader) mark(i dom.ID, c Role) {
	for end := r.p.Tree.End(i); i < end; i++ {
		r.l.Roles[i] = c
	}
}

// write adds the text s of node i to the current block. It writes a space before it
// where two elements meet without one and readers see two words, and none between a
// large first letter and the rest of its word.
func (r *blockReader) write(i dom.ID, s string, top *box) {
	n := int(r.p.Size[i+1] - r.p.Size[i])
	if n == 0 || r.full() {
		if s != "" {
			r.w.Space()
		}
		return
	}
	switch first := strings.TrimLeft(s, " \t\r\n"); {
	case r.cur.Size == 0:
	case (r.w.Pending() || len(first) < len(s)) && r.joinsInitial(first):
		r.w.Join()
		s = first
	case !r.w.Pending() && (r.noted && beginsWord(s) || r.meetsNeighbour(i)):
		r.w.Space()
	}
	r.noted = false
	r.writeText(i, s, n, top)
}

// writeText adds a text of n visible bytes, at node i, to the current block, and begins
// one if there is none.
func (r *blockReader) writeText(i dom.ID, s string, n int, top *box) {
	r.brs = 0
	if r.cur.Size == 0 {
		box := top
		for k := len(r.open) - 1; k >= 0; k-- {
			if r.open[k].flow {
				box = &r.open[k]
				break
			}
		}
		r.cur = Block{Kind: top.kind, Tag: box.tag, Node: box.node, First: i, Roles: box.cue, List: box.list, Depth: len(r.open), Media: r.media}
		r.media = false
		r.cur.Roles |= top.cue & (InByline | InTime | InDeck)
	}
	if r.cur.Size == 0 {
		if top.link != 0 {
			r.cur.Edges |= beginsInLink
		}
		if top.bold {
			r.cur.Edges |= beginsBold
		}
	}
	r.cur.Size += n
	r.line.size += n
	if top.link != 0 || top.bold || top.slant {
		r.line.style += n
	}
	r.cur.Edges &^= endsInLink
	if top.link != 0 {
		r.cur.Link += n
		r.cur.Edges |= endsInLink
		if r.lastLink != top.link {
			r.lastLink = top.link
			r.cur.Links = min(r.cur.Links, 254) + 1
		}
		if r.cur.Href == 0 {
			r.cur.Href = top.link
		}
	}
	if top.bold {
		r.cur.Bold += n
	}
	if top.slant {
		r.cur.Slant += n
	}
	r.w.Write(&r.b, s)
	r.lastText = i
}

// flush ends the current block.
func (r *blockReader) flush() {
	const longHeading = 80 // bytes: a longer heading that is a whole sentence is a paragraph; set by eye
	r.brs = 0
	if r.cur.Size > 0 {
		r.cur.Text = text.NFC(strings.TrimSpace(r.b.String()[r.start:]))
		if r.cur.Kind == dateline.Heading && r.cur.Tag != dom.H1 && r.cur.Size > longHeading && text.Ends(r.cur.Text) {
			r.cur.Kind = dateline.Paragraph // made a heading only to have it in large letters
		}
		if r.cur.Text != "" {
			r.add(r.cur)
		}
	}
	const chunk = 16 << 10
	if r.b.Cap()-r.b.Len() < chunk/8 {
		r.b = strings.Builder{} // the texts of earlier blocks keep the memory of the full one
		r.b.Grow(chunk)
	}
	r.start = r.b.Len()
	r.w = text.Spacer{}
	r.cur, r.lastLink, r.lastText, r.noted, r.line = Block{}, 0, 0, false, styled{}
}

// code reads a <pre> element: as one block of code with its line breaks, or, if it holds
// running text that was wrapped by hand, as paragraphs. It reports false, and reads
// nothing, if the text has no line break: then it is read like any other element.
func (r *blockReader) code(i dom.ID, b *box) bool {
	raw := r.p.Tree.Raw(i)
	if !strings.Contains(strings.TrimSpace(raw), "\n") {
		return false
	}
	if prose := r.proseIn(i, raw); prose != nil {
		for _, s := range prose {
			s = text.NFC(s)
			r.add(Block{Kind: dateline.Paragraph, Tag: dom.P, Node: i, First: i, Text: s, Size: visible(s), Roles: b.cue})
		}
		r.mark(i, b.cue)
		return true
	}
	out := r.out[:0]
	for l := range strings.SplitSeq(raw, "\n") {
		if l = strings.TrimRight(strings.Map(printable, l), " \t"); l != "" {
			if len(out) > 0 {
				out = append(out, '\n')
			}
			out = append(out, l...)
		}
	}
	r.out = out
	text := text.NFC(text.Store(out))
	if strings.TrimSpace(text) != "" {
		r.add(Block{Kind: dateline.Code, Tag: dom.Pre, Node: i, First: i, Text: text, Size: visible(text), Roles: b.cue})
	}
	r.mark(i, b.cue)
	return true
}

// printable returns r, or -1 for control characters other than the tab and for the byte
// order mark: a mapping for strings.Map.
func printable(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7f || r == 0xfeff {
		return -1
	}
	return r
}

// Sizes, in bytes, that distinguish a table that lays out the page from one of data.
const (
	mostCell  = 5000 // of visible text in a cell
	longCell  = 300  // a cell that holds a paragraph
	mostShare = 600  // a cell that has more than this and half of the table's text holds an article
)

// table reads a table of data as one block: each row is a line, with tabs between its
// cells. It reports false, and reads nothing, for a table that lays out the page, which
// is then read like any other element.
func (r *blockReader) table(i dom.ID, b *box) bool {
	t := r.p.Tree
	out, row := r.out[:0], r.row[:0]
	rowEnd := dom.ID(0)
	long, cells, filled, link := 0, 0, 0, 0
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
			if r.p.Size[d.End]-r.p.Size[n] > mostCell {
				return false
			}
			if n >= rowEnd {
				flushRow()
			}
			s := Text(t, n)
			if cells++; len(s) > longCell {
				long++
			}
			if s != "" {
				filled++
			}
			largest, total = max(largest, len(s)), total+len(s)
			row = append(row, s)
			n = d.End - 1
		case d.Tag == dom.A:
			link += int(r.p.Size[d.End] - r.p.Size[n])
		}
	}
	flushRow()
	r.out, r.row = out, row
	if len(out) == 0 || filled < 2 || long*3 > cells || long > 0 && cells < 4 || largest > mostShare && largest*2 > total {
		return false
	}
	text := text.Store(out)
	r.add(Block{Kind: dateline.Table, Tag: dom.Table, Node: i, First: i, Text: text, Size: visible(text), Link: link, Roles: b.cue})
	r.mark(i, b.cue)
	return true
}

// How much a block counts as evidence of running text, set by hand.
const (
	solidSize     = 80  // bytes from which on any block is running text
	solidSentence = 25  // bytes of a paragraph element that ends a sentence
	solidMost     = 800 // bytes beyond which a longer block counts no more
	ofItem        = 0.5 // what a byte of an item of a list counts: less than 1 since menus are lists
	ofBox         = 0.8 // what a byte counts that stands in another element than <p>
)

// Solid returns how much a block counts as evidence of running text: about its visible
// bytes outside links, 800 at most; 0 if it is short, mostly links, a heading, code or a
// table, or in an element whose role is not that of the text.
func (b *Block) Solid() float32 {
	if b.Bar != NotBarred || b.Roles&(NotText|InAside|InFooter|InByline) != 0 || b.Kind == dateline.Heading || b.Kind == dateline.Code || b.Kind == dateline.Table {
		return 0
	}
	if b.Link*2 > b.Size {
		return 0
	}
	n := float32(b.Size - b.Link)
	switch {
	case b.Size >= solidSize:
	case b.Size >= solidSentence && b.Tag == dom.P && text.Ends(b.Text):
	default:
		return 0
	}
	if b.Kind == dateline.Item {
		n *= ofItem
	}
	if b.Tag != dom.P {
		n *= ofBox
	}
	return min(n, solidMost)
}
