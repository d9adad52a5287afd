package extract

import (
	"strings"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"
)

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
		v := text.Line(c.value)
		if v == "" || text.Key(v) == text.Key(p.a.Headline) || len(v) < 20 {
			continue
		}
		p.a.Deck = v
		p.found("deck", c.from)
		return
	}
}

// addDeck keeps the deck that stands on the page between the headline and the
// body: what the page gives as its description, what is named a deck, or else
// a sentence.
func (p *page) addDeck(keep []bool, head int) {
	first := len(p.blocks)
	for i := range p.blocks {
		if keep[i] {
			first = i
			break
		}
	}
	if head < 0 {
		if head = p.headBlock(first); head < 0 {
			return
		}
	}
	decks := map[string]bool{}
	for _, d := range []string{p.a.Deck, p.meta("description"), p.meta("og:description"), p.meta("twitter:description"), p.news.text("description"), p.news.text("alternativeHeadline")} {
		if k := text.Key(d); len(k) > 20 {
			decks[k] = true
		}
	}
	found := false
	for i := head + 1; i < first && i < head+40; i++ {
		b := &p.blocks[i]
		if b.cue&(cueNav|cueRelated|cueComment|cueAd|cueSignup|cueCaption|cueNotice|cueHidden|cueFigure|cueBio|cueAside|cueTags) != 0 || b.link*2 > b.size || b.size < 20 || p.isDateOrByline(b) || p.isLine(b) {
			continue
		}
		k := text.Key(b.text)
		named := b.cue&cueDeck != 0 && b.cue&(cueByline|cueTime) == 0 && b.size > 30
		sentence := b.size > 60 && ends(b.text) && b.cue&(cueByline|cueTime|cueShare) == 0
		if decks[k] || named || prefixed(decks, k) || sentence {
			if found && b.cue&cueShare != 0 {
				continue
			}
			found = true
			keep[i] = true
			if p.a.Deck == "" && (named || sentence) && b.kind != dateline.Item {
				p.a.Deck = b.text
				p.found("deck", "page:deck")
			}
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

// headLine returns the block that prints the headline, or the h1 that shares
// most of its words; -1 if there is none.
func (p *page) headLine() int {
	if len(p.blocks) == 0 {
		return -1
	}
	if p.headOf != &p.blocks[0] {
		p.headOf, p.headAt = &p.blocks[0], p.headBlock(len(p.blocks))
	}
	return p.headAt
}

// headBlock returns the first block before limit that prints the headline; if
// none does, the h1 that shares most of its words, else -1.
func (p *page) headBlock(limit int) int {
	head := text.Key(p.a.Headline)
	best, at := 0.0, -1
	for i := range p.blocks[:limit] {
		b := &p.blocks[i]
		if b.size > 600 || b.cue&cueHidden != 0 && b.tag != dom.H1 {
			continue
		}
		if head != "" && b.cue&(cueNav|cueRelated) == 0 && text.Key(b.text) == head {
			return i
		}
		if b.tag == dom.H1 {
			if o := text.Overlap(b.text, p.a.Headline) + 0.01; o > best {
				best, at = o, i
			}
		}
	}
	return at
}
