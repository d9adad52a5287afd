package page

import (
	"dateline"
	"dateline/extract/wall"
	"dateline/internal/dom"
	"dateline/internal/words"
)

// A Bar is a reason why a block is certainly no text of the article, however much it
// looks like text.
type Bar uint8

// NotBarred, the zero Bar, is that of blocks that may be text. The others are the reasons
// that there are.
const (
	NotBarred   Bar = iota
	Consent         // it asks to agree to cookies and the like
	Offer           // it offers a subscription, a membership or a newsletter
	Post            // it is part of a post of another service that the page shows
	NextArticle     // it is part of another article, which is loaded below the page's own
)

// Phrases by which notices are known. Two phrases of a list in one block make a notice:
// news has single ones too.
var (
	consentWords = words.NewPhrases("consent", "consent-hint")
	offerWords   = words.NewPhrases("paywall", "offer-hint")
	noticeWords  = words.NewPhrases("consent", "consent-hint", "paywall", "offer-hint") // of both kinds: a block with fewer than telling of them is no notice
)

const (
	telling     = 2    // phrases that make a block a notice
	sure        = 3    // phrases that make a block an offer though it does not offer to read on
	plain       = 4    // phrases that make a block a notice even among the paragraphs of a text
	noticeShare = 0.6  // the share of the bytes of a box of notices that stand in blocks with such phrases
	leastNotice = 25   // bytes: shorter blocks are buttons
	mostNotice  = 2e4  // bytes: longer blocks are no notices, and not worth the search
	mostOffer   = 1500 // bytes of a box: one with offers that is longer is an article about them
)

// barNotices bars the blocks of boxes that ask for consent, or offer a subscription or a
// newsletter, by their words: wherever on the page they stand and whatever their elements
// are named. It also bars the blocks of posts of other services.
func (l *Layout) barNotices() {
	for i := range l.Blocks {
		b := &l.Blocks[i]
		if b.Roles&InShare != 0 && l.inPost(b.Node) {
			b.Bar = Post
			continue
		}
		if b.Size < leastNotice || b.Size > mostNotice || b.Bar != NotBarred || b.Kind == dateline.Table || b.Kind == dateline.Code {
			continue
		}
		if noticeWords.Count(b.Text, telling) < telling {
			continue
		}
		switch {
		case consentWords.Count(b.Text, telling) >= telling:
			l.barAround(i, Consent, consentWords)
		case offerWords.Count(b.Text, sure) >= sure, wall.HoldsOffer(b.Text) && offerWords.Count(b.Text, telling) >= telling:
			l.barAround(i, Offer, offerWords)
		}
	}
}

// postNames are parts of the classes of elements that hold a post of another service, as
// the services write them: their scripts find the post by them, to draw it anew.
var postNames = words.PhrasesOf("tweet", "instagram-media", "tiktok-embed", "bluesky-embed", "bsky-embed", "mastodon-embed", "fb-post", "reddit-embed", "threads-post", "text-post-media", "telegram-post")

// IsPost reports whether an element holds a post of another service, such as Twitter, by
// its tag and class.
func IsPost(t *dom.Tree, n dom.ID) bool {
	if tag := t.Tag(n); tag != dom.Blockquote && tag != dom.Div {
		return false
	}
	return postNames.In(t.Attr(n, dom.Class))
}

// inPost reports whether a node is within an element that holds a post, or is one.
func (l *Layout) inPost(n dom.ID) bool {
	const levels = 6
	for range levels {
		if n == 0 || IsPost(l.Source.Tree, n) {
			return n != 0
		}
		n = l.Source.Tree.Parent(n)
	}
	return false
}

// A stretch is the blocks in an element: those with the numbers from <= i < to.
type stretch struct {
	from, to     int
	size, notice int  // visible bytes in all, and in blocks with phrases of a notice
	prose        bool // one of its blocks is running text without such phrases
}

// barAround bars block i, which is a notice by its words, and the other blocks of the
// largest box around it that holds mostly such notices. list has the phrases. A single
// block among the paragraphs of a text is barred only if it has more of them.
func (l *Layout) barAround(i int, as Bar, list *words.Phrases) {
	t := l.Source.Tree
	b := &l.Blocks[i]
	best := stretch{from: i, to: i + 1}
	all := stretch{from: i, to: i + 1, size: b.Size, notice: b.Size}
	for box, first := t.Parent(b.Node), true; box != 0 && t.Tag(box) != dom.Body && t.Tag(box) != dom.HTML; box, first = t.Parent(box), false {
		before := all
		l.widen(&all, box, list)
		if float64(all.notice) < noticeShare*float64(all.size) || all.prose && !before.prose && !first || as == Offer && all.size > mostOffer {
			break
		}
		if all.to-all.from > best.to-best.from || t.Tag(box) != dom.P {
			best = all
		}
	}
	alone := best.to-best.from == 1 && (as == Offer || l.inFlow(i-1, i) || l.inFlow(i+1, i))
	if alone && list.Count(b.Text, plain) < plain && (as != Offer || !wall.HoldsOffer(b.Text)) {
		return
	}
	role := InNotice
	if as == Offer {
		role = InSignup
	}
	for k := best.from; k < best.to; k++ {
		l.Blocks[k].Bar = as
		l.Blocks[k].Roles |= role
	}
}

// widen extends s to all blocks within the element box. list has the phrases of notices.
func (l *Layout) widen(s *stretch, box dom.ID, list *words.Phrases) {
	end := l.Source.Tree.End(box)
	for s.from > 0 && l.Blocks[s.from-1].First >= box {
		s.from--
		s.take(&l.Blocks[s.from], list)
	}
	for s.to < len(l.Blocks) && l.Blocks[s.to].First < end {
		s.take(&l.Blocks[s.to], list)
		s.to++
	}
}

// take adds a block to the counts of a stretch.
func (s *stretch) take(b *Block, list *words.Phrases) {
	s.size += b.Size
	switch {
	case list.Count(b.Text, 1) > 0:
		s.notice += b.Size
	case b.Solid() > 0:
		s.prose = true
	}
}

// inFlow reports whether block k is running text and its box has the same parent as that
// of block i, as the paragraphs of one text have.
func (l *Layout) inFlow(k, i int) bool {
	if k < 0 || k >= len(l.Blocks) {
		return false
	}
	t := l.Source.Tree
	return l.Blocks[k].Bar == NotBarred && l.Blocks[k].Solid() > 0 && t.Parent(l.Blocks[k].Node) == t.Parent(l.Blocks[i].Node)
}
