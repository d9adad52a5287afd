// Package extract reads a captured page into an article: headline, bylines,
// dates, text, and for each the place on the page where it was found.
//
// A page is parsed once and walked once (walk.go). What it claims of itself is
// collected with its evidence, from JSON-LD (jsonld.go), microdata and RDFa
// (microdata.go), meta elements (meta.go) and from what it shows; then each
// field is reconciled in a file of its own: headline.go, byline.go with
// bylineshown.go and names.go, when.go with whenshown.go and whenorder.go (date.go, clock.go, months.go and calendars.go read the dates),
// canonical.go, publisher.go, images.go, tags.go, lang.go, dateline.go and body.go with
// blocks.go (what the page's blocks are), root.go (which element holds the
// body), rules.go and lines.go (what rules say of each block), features.go and
// choose.go (what the model says), corrections.go and state.go. skip.go tells
// what is no article.
package extract

import (
	"strings"
	"time"

	"dateline"
	"dateline/extract/dump"
	"dateline/internal/boost"
	"dateline/internal/dom"
	"dateline/internal/jsontree"
	"dateline/internal/langid"
	"dateline/internal/text"
)

// Article reads the bytes of an HTML page, in any charset, into its record.
// The address is the page's own if known, else "": it resolves links and
// names the publisher's site. Article never fails: what is no article is a
// record whose Skip says why, and what the page does not tell stays absent.
// The record does not hold on to the bytes.
func Article(body []byte, address string) *dateline.Article {
	return fromHTML(body, address, "")
}

// Capture reads the payload of a capture into its record, by the capture's
// media type. URL, Fetched and Payload are the capture's; an error status
// makes it a not found page.
func Capture(c *dateline.Capture, body []byte) *dateline.Article {
	address := c.Final
	if address == "" {
		address = c.URL
	}
	var a *dateline.Article
	if c.Type == dateline.TypeDump {
		a = dump.Read(body)
	} else {
		a = fromHTML(body, address, c.Charset)
	}
	if c.URL != "" {
		a.URL = c.URL
	}
	a.Payload = c.Payload
	if !c.Fetched.IsZero() {
		a.Fetched = c.Fetched.UTC().Format(time.RFC3339Nano)
	}
	if c.Status >= 400 {
		a.Skip = dateline.SkipNotFound
	}
	return a
}

// A claim is a value for a field and where on the page it stands.
type claim struct {
	value string
	from  string
}

// A page is what is known of one page while it is read.
type page struct {
	t        *dom.Tree
	a        *dateline.Article
	address  string   // "" if not known
	base     string   // that links are relative to
	site     string   // registrable domain
	asked    string   // the last host that ownSite was asked about
	askedOwn bool     // what it answered
	sites    []string // names of the site as norml makes them; nil until needed

	canonicals []claim
	metas      []meta
	ldTree     jsontree.Tree
	ld         []ldThing
	news       ldThing // the article among them, zero if there is none
	items      []item
	newsItem   int // the article among them
	htmlLang   string
	langs      []claim // tags of the page's own words for its language; nil until needed
	dayLang    string  // in which dates are read; "" until needed
	title      string  // of <title>
	h1s, h2s   []dom.ID
	password   bool // asks for one

	cues   []cue   // of every node, those of its ancestors included
	own    []cue   // of every node by itself
	size   []int32 // bytes of visible text before each node
	prose  []int32 // bytes of running text before each node
	blocks []block
	reader featureReader
	score  []float32      // of every node as the body's element
	solid  []float32      // running text before each node, as solid weighs it
	parts  []string       // of a heading or a line
	lines  []byte         // of a table or of code
	texts  map[string]int // of blocks, for one rule at a time
	lists  map[dom.ID]sum
	headOf *block          // the first of the blocks that headAt was found in
	headAt int             // the block that prints the headline, -1 if none does
	model  *boost.Model    // that chooses the body; nil means the program's own
	root   dom.ID          // holds the body
	keep   []bool          // of every block: it is part of the body
	last   int             // the last block of the body, -1 if there is none
	alts   map[string]bool // alternative texts of pictures; empty until needed
}

func fromHTML(body []byte, address, charset string) *dateline.Article {
	t := dom.Parse(dom.Decode(body, charset))
	defer t.Release()
	a := read(t, address)
	detach(a)
	return a
}

func read(t *dom.Tree, address string) *dateline.Article {
	p := newPage(t, address)
	p.readHead()
	p.body()
	p.hiddenBody()
	p.dates()
	p.footCredits()
	p.signature()
	p.language(p.a.Text)
	p.dateline()
	p.sectionAndTags()
	p.images()
	p.paywall()
	p.skip()
	a := p.a
	p.release()
	return a
}

// readHead fills in what the choice of the body relies on, each step relying
// on those before it.
func (p *page) readHead() {
	p.walk()
	p.chooseNews()
	p.canonical()
	p.language("")
	p.publisher()
	p.headline()
	p.readBlocks(false)
	p.root = p.bodyRoot()
	p.bylinesOf()
	p.deck()
}

// found notes where a field was found.
func (p *page) found(field, from string) { p.a.Evidence[field] = from }

// language sets the language from the page's word for it and, once it is
// known, the text.
func (p *page) language(text string) {
	if p.langs == nil {
		p.langs = []claim{{p.htmlLang, "page:lang"}, {p.news.text("inLanguage"), "jsonld:inLanguage"}, {p.meta("og:locale"), "meta:og:locale"},
			{p.meta("content-language"), "meta:content-language"}, {p.meta("dc.language"), "meta:dc.language"}}
		for i := range p.langs {
			p.langs[i].value = langid.Tag(p.langs[i].value)
		}
	}
	var tags [8]string
	for i, c := range p.langs {
		tags[i] = c.value
	}
	lang := langid.Detect(text, tags[:len(p.langs)]...)
	if lang == "" {
		return
	}
	p.a.Lang = lang
	p.found("lang", "page:text")
	for _, c := range p.langs {
		if langid.Base(c.value) == langid.Base(lang) {
			p.found("lang", c.from)
			break
		}
	}
}

// paywall notes that the page says its text is cut.
func (p *page) paywall() {
	switch text.Lower(p.news.text("isAccessibleForFree")) {
	case "false", "no", "0":
		p.a.Paywalled = true
		p.found("paywalled", "jsonld:isAccessibleForFree")
		return
	case "true", "yes", "1":
		return
	}
	for _, m := range p.metas {
		switch m.name {
		case "article:content_tier", "content_tier", "og:article:content_tier":
			if strings.EqualFold(m.content, "locked") {
				p.a.Paywalled = true
				p.found("paywalled", "meta:"+m.name)
				return
			}
		}
	}
	if p.itemText("isAccessibleForFree") == "false" || p.itemText("isAccessibleForFree") == "False" {
		p.a.Paywalled = true
		p.found("paywalled", "microdata:isAccessibleForFree")
	}
}
