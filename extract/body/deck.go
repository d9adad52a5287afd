package body

import (
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// addDeck keeps the deck that stands on the page between the headline and the
// body: what the page gives as its description, what is named a deck, or else
// a sentence.
func (p *chooser) addDeck(keep []bool, head int) {
	first := len(p.Blocks)
	for i := range p.Blocks {
		if keep[i] {
			first = i
			break
		}
	}
	if head < 0 {
		if head = HeadlineBlock(p.Blocks[:first], p.lead.Headline); head < 0 {
			return
		}
	}
	decks := map[string]bool{}
	for _, d := range []string{p.lead.Deck, p.Meta("description"), p.Meta("og:description"), p.Meta("twitter:description"), p.News.Text("description"), p.News.Text("alternativeHeadline")} {
		if k := text.Key(d); len(k) > 20 {
			decks[k] = true
		}
	}
	found := false
	var headings []int // those blocks of the deck that the page marks up as headings
	for i := head + 1; i < first && i < head+40; i++ {
		b := &p.Blocks[i]
		if b.Roles&(page.InNav|page.InRelated|page.InComment|page.InAd|page.InSignup|page.InCaption|page.InNotice|page.Hidden|page.InFigure|page.InBio|page.InAside|page.InTags) != 0 || b.Link*2 > b.Size || b.Size < 20 || p.isDateOrByline(b) || isLine(b) {
			continue
		}
		k := text.Key(b.Text)
		if way := deckWay(b); decks[k] || way != "" || prefixed(decks, k) {
			if found && b.Roles&page.InShare != 0 {
				continue
			}
			found = true
			keep[i] = true
			if p.lead.Deck == "" && way != "" && b.Kind != dateline.Item {
				p.lead.Deck, p.deckWay = b.Text, way
			}
			if b.Kind == dateline.Heading {
				headings = append(headings, i)
			}
		}
	}
	if len(headings) > 0 {
		p.Layout = p.Layout.As(dateline.Paragraph, headings)
	}
}

func prefixed(decks map[string]bool, k string) bool {
	if len(k) < 40 {
		return false
	}
	for d := range decks {
		if strings.HasPrefix(k, d[:min(len(d), 40)]) {
			return true
		}
	}
	return false
}

// HeadlineBlock returns the first of the blocks that prints the headline; if none does, the h1 that shares most of its words, else -1.
func HeadlineBlock(blocks []page.Block, headline string) int {
	head := text.Key(headline)
	best, at := 0.0, -1
	for i := range blocks {
		b := &blocks[i]
		if b.Size > 600 || b.Roles&page.Hidden != 0 && b.Tag != dom.H1 {
			continue
		}
		if head != "" && b.Roles&(page.InNav|page.InRelated) == 0 && text.KeyIs(b.Text, head) {
			return i
		}
		if b.Tag == dom.H1 {
			if o := text.Overlap(b.Text, headline) + 0.01; o > best {
				best, at = o, i
			}
		}
	}
	return at
}

// deckWays are the ways of finding a deck between headline and text that the page
// does not state, in the order in which they are tried.
var deckWays = []struct {
	Way
	is func(b *page.Block) bool
}{
	{Way{"deck/named-element", "a block between headline and text that is called a deck"}, func(b *page.Block) bool {
		return b.Roles&page.InDeck != 0 && b.Roles&(page.InByline|page.InTime) == 0 && b.Size > leastNamed
	}},
	{Way{"deck/sentence", "a sentence between headline and text"}, func(b *page.Block) bool {
		return b.Size > leastSentence && text.Ends(b.Text) && b.Roles&(page.InByline|page.InTime|page.InShare) == 0
	}},
}

// Visible bytes of a block that may be a deck: shorter ones are labels and lines such
// as "Our reporter was there.".
const (
	leastNamed    = 30
	leastSentence = 60
)

// deckWay names the way in which a block is known as the deck, "" if it is not.
func deckWay(b *page.Block) string {
	for i := range deckWays {
		if deckWays[i].is(b) {
			return deckWays[i].Name
		}
	}
	return ""
}
