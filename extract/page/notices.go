package page

import (
	"dateline"
	"dateline/extract/wall"
	"dateline/internal/dom"
	"dateline/internal/words"
)

// A Bar is a reason for which a block is no text of the article for certain, whatever
// else is like text about it.
type Bar uint8

// NotBarred is of blocks that may be text.
const (
	NotBarred   Bar = iota
	Consent         // it asks to agree to cookies and the like
	Offer           // it offers a subscription, a membership or a newsletter
	Post            // it is of a post of another service, which the text shows
	NextArticle     // it is of an article that is loaded below the page's own
)

// Words that tell notices. Two of a list in one block are meant: one alone stands in
// news as well.
var (
	consentWords = words.NewPhrases("consent", "consent-hint")
	offerWords   = words.NewPhrases("paywall", "offer-hint")
	noticeWords  = words.NewPhrases("consent", "consent-hint", "paywall", "offer-hint") // of both kinds: what has fewer than telling is no notice
)

const (
	telling     = 2    // phrases that tell a notice
	sure        = 3    // phrases that tell an offer that is none of reading on
	plain       = 4    // phrases that tell it even among the paragraphs of a text
	noticeShare = 0.6  // of a box that the blocks with such phrases make, if it is one of notices
	leastNotice = 25   // bytes: shorter blocks are buttons
	mostNotice  = 2e4  // bytes: longer blocks are no notices, and not worth the search
	mostOffer   = 1500 // bytes of a box: what offers something and is longer is an article on it
)

// barNotices bars the blocks of boxes that ask for consent, or offer a subscription or
// a newsletter, wherever they stand and whatever they are called.
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

// postNames are parts of the classes of elements that hold a post until the service
// that it is of draws it anew, as the services write them.
var postNames = words.PhrasesOf("tweet", "instagram-media", "tiktok-embed", "bluesky-embed", "bsky-embed", "mastodon-embed", "fb-post", "reddit-embed", "threads-post", "text-post-media", "telegram-post")

// IsPost reports whether an element holds a post of another service.
func IsPost(t *dom.Tree, n dom.ID) bool {
	if tag := t.Tag(n); tag != dom.Blockquote && tag != dom.Div {
		return false
	}
	return postNames.In(t.Attr(n, dom.Class))
}

// inPost reports whether a node is within an element that holds a post.
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

// A stretch is the blocks of an element, from one to before another.
type stretch struct {
	from, to     int
	size, notice int  // bytes, and of them in blocks with phrases of a notice
	prose        bool // a block without such phrases is running text
}

// barAround bars the box of notices that block i is in.
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

// widen has s reach over all blocks within an element.
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

func (s *stretch) take(b *Block, list *words.Phrases) {
	s.size += b.Size
	switch {
	case list.Count(b.Text, 1) > 0:
		s.notice += b.Size
	case b.Solid() > 0:
		s.prose = true
	}
}

// inFlow reports whether block k is running text in a box beside that of block i.
func (l *Layout) inFlow(k, i int) bool {
	if k < 0 || k >= len(l.Blocks) {
		return false
	}
	t := l.Source.Tree
	return l.Blocks[k].Bar == NotBarred && l.Blocks[k].Solid() > 0 && t.Parent(l.Blocks[k].Node) == t.Parent(l.Blocks[i].Node)
}
