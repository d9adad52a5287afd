package extract

import (
	"cmp"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
)

// A claim is a value for a field and the way in which it was found, which is the
// field's evidence.
type claim struct {
	value string
	from  string
}

// A head is what is read before the body is chosen, since that choice depends on it: see
// readHead.
type head struct {
	page      *page.Page
	layout    *page.Layout
	langs     []claim // the languages that the page states for its text
	lang      string  // the language in which the page is read: the stated one, else that of its running text
	publisher dateline.Publisher
	publishes string // the evidence of publisher
	names     *siteNames
	headline  claim
	root      dom.ID // the element that holds the body
	bylines   []string
	bylineWay string
	deck      claim // as the page states it
}

// lead returns what the choice of the body compares lines with: a line that only repeats
// the headline, the deck, a byline or the publisher is no text.
func (h *head) lead() body.Lead {
	return body.Lead{Headline: h.headline.value, Deck: h.deck.value, Bylines: h.bylines, Publisher: h.publisher.Name, Lang: h.lang}
}

// readHead reads what the choice of the body depends on. Each step is given the results
// of earlier steps that it needs. A nil trace notes nothing.
func readHead(p *page.Page, why *trace) *head {
	h := &head{page: p}
	h.layout = p.LayOut()
	h.langs = statedLangs(p)
	if h.lang = langOf("", h.langs).value; h.lang == "" {
		h.lang = langOf(h.layout.Running(), nil).value
	}
	h.publisher, h.publishes = publisher(p, why)
	h.names = &siteNames{Page: p, publisher: h.publisher.Name}
	h.headline = headline(h.names, h.layout, why)
	h.layout = body.WithoutNext(h.layout, h.headline.value, h.lang)
	h.root = body.Root(h.layout, h.headline.value)
	h.bylines, h.bylineWay = bylinesOf(around(h.names, h.layout, h.headline.value, h.root, h.lang), why)
	h.deck = deck(p, h.headline.value, why)
	return h
}

// readBody chooses the text, from what the page shows or else from what only its scripts
// hold. A nil model is the program's own; a nil trace notes nothing.
func readBody(h *head, model *boost.Model, why *trace) *body.Text {
	shown := body.Choose(h.layout, h.root, h.lead(), model, why != nil)
	return body.Hidden(h.page, shown, h.lead(), model, why != nil)
}

// read makes the record of a page. Every step is given the results that it needs as
// arguments, so that it cannot run before the steps that make them. A nil trace notes
// nothing.
func read(p *page.Page, why *trace) *dateline.Article {
	h := readHead(p, why)
	b := readBody(h, nil, why)
	if why != nil {
		why.blocks = b.Unread()
		why.claims("lang", h.langs)
		why.sources(b.Sources)
	}
	lang := langOf(b.Content, h.langs)
	shown := around(h.names, b.Layout, h.headline.value, b.Root, cmp.Or(h.lang, lang.value))
	published, modified := datesOf(shown, b, h.bylines, why)
	bylines, bylineWay := h.bylines, h.bylineWay
	if len(bylines) == 0 {
		bylines, bylineWay = footBylines(shown, b, why)
	}
	if b.Deck != "" {
		h.deck = claim{b.Deck, b.DeckWay}
	}

	a := &dateline.Article{URL: p.Address, Evidence: make(dateline.Evidence, 16)}
	r := record{a}
	r.text(&a.Canonical, "canonical", canonical(p, why))
	r.text(&a.Lang, "lang", lang)
	a.Publisher = h.publisher
	r.found("publisher", h.publishes)
	r.text(&a.Headline, "headline", h.headline)
	r.text(&a.Deck, "deck", h.deck)
	r.list(&a.Bylines, "bylines", bylines, bylineWay)
	r.text((*string)(&a.Published), "published", claim{string(published.date), published.from})
	r.text((*string)(&a.Modified), "modified", claim{string(modified.date), modified.from})
	a.Text, a.Blocks = b.Content, b.Blocks
	r.found("text", b.From)
	r.list(&a.Corrections, "corrections", b.Corrections, ofText)
	var from string
	a.Dateline, from = opening(p, b.Content, b.Blocks, why)
	r.found("dateline", from)
	if a.Embeds = embeds(p, b, lang.value); len(a.Embeds) > 0 {
		r.found("embeds", quotedPost.Name)
	}
	if a.Updates, from = updates(p, b, lang.value); len(a.Updates) > 0 {
		r.found("updates", from)
	}
	stands := section(p, why)
	r.text(&a.Section, "section", stands)
	r.text(&a.Type, "type", typeOf(shown, stands, bylines, bylineWay))
	r.text(&a.CopyOf, "copy_of", copyOf(p, why))
	a.Uses = usesOf(p)
	if a.Credits, from = creditsOf(shown, b, bylines); len(a.Credits) > 0 {
		r.found("credits", from)
	}
	if a.Authors = authorsOf(p, bylines); len(a.Authors) > 0 {
		r.found("authors", "jsonld:author")
	}
	list, from := tags(h.names, shown, b, bylines, why)
	r.list(&a.Tags, "tags", list, from)
	if a.Images, from = images(shown, b, why); len(a.Images) > 0 {
		r.found("images", from)
	}
	if from := paywall(p, b, why); from != "" {
		a.Paywalled = true
		r.found("paywalled", from)
	}
	a.Skip = skip(p, b, a.Headline, a.Published)
	return a
}

// A record is an article that is filled in field by field, each with its evidence.
type record struct{ *dateline.Article }

// text sets a field, and its evidence, to a value unless that is "".
func (r record) text(to *string, field string, c claim) {
	if c.value != "" {
		*to = c.value
		r.Evidence[field] = c.from
	}
}

// list sets a field, and its evidence, to a list of values unless that is empty.
func (r record) list(to *[]string, field string, values []string, from string) {
	if len(values) > 0 {
		*to = values
		r.Evidence[field] = from
	}
}

// found sets the evidence of a field. "" says that the field was not found, and sets
// nothing.
func (r record) found(field, from string) {
	if from != "" {
		r.Evidence[field] = from
	}
}
