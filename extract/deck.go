package extract

import (
	"strings"
	"unicode"

	"dateline"
	"dateline/internal/dom"
)

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// deck sets the sentence under the headline.
func (p *page) deck() {
	for _, c := range []claim{
		{p.news.text("alternativeHeadline"), "jsonld:alternativeHeadline"},
		{p.news.text("description"), "jsonld:description"},
		{p.itemText("description"), "microdata:description"},
		{p.meta("og:description"), "meta:og:description"},
		{p.meta("description"), "meta:description"},
		{p.meta("twitter:description"), "meta:twitter:description"},
	} {
		v := line(c.value)
		if v == "" || norml(v) == norml(p.a.Headline) || len(v) < 20 {
			continue
		}
		p.a.Deck = v
		p.found("deck", c.from)
		return
	}
}

// addDeck keeps the deck that stands on the page above the body.
func (p *page) addDeck(keep []bool) {
	first := len(p.blocks)
	for i := range p.blocks {
		if keep[i] {
			first = i
			break
		}
	}
	head := p.headBlock(first)
	if head < 0 {
		return
	}
	decks := map[string]bool{}
	for _, d := range []string{p.a.Deck, p.meta("description"), p.meta("og:description"), p.meta("twitter:description"), p.news.text("description"), p.news.text("alternativeHeadline")} {
		if k := norml(d); len(k) > 20 {
			decks[k] = true
		}
	}
	for i := head + 1; i < first; i++ {
		b := &p.blocks[i]
		if b.cue&(cueOut&^cueForm|cueFigure) != 0 || b.link*2 > b.size || b.size < 20 {
			continue
		}
		k := norml(b.text)
		if decks[k] || b.cue&cueDeck != 0 && b.cue&(cueByline|cueTime) == 0 && b.size > 30 || prefixed(decks, k) {
			keep[i] = true
			if b.kind == dateline.Heading {
				b.kind = dateline.Paragraph
			}
		}
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

// headBlock returns the last block before limit that is the headline, or -1.
func (p *page) headBlock(limit int) int {
	head := norml(p.a.Headline)
	for i := limit - 1; i >= 0; i-- {
		if b := &p.blocks[i]; b.tag == dom.H1 || head != "" && norml(b.text) == head {
			return i
		}
	}
	return -1
}
