package extract

import (
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/extract/wall"
	"dateline/internal/text"
	"dateline/internal/words"
)

// Sizes that tell pages that are no articles, in bytes of text and in counts. They were
// set by eye: they skip 2 of 920 labelled pages, both with little text, and all pages of
// errors, logins and sections that were looked at.
const (
	longNotice       = 1500 // a page with more text than this does not say that a page is missing
	shortNotice      = 200  // the text that says that an article was taken down
	longLogin        = 600  // the text beside a field for a password
	shortLogin       = 400  // the text of a page to sign in without one
	longOfNews       = 140  // a paragraph of an article's length
	paragraphsOfNews = 3    // of that length make an article
	leastLead        = 35   // a line that is a link, as long as a headline
	leastLeadHeading = 15   // the same for a heading
	leadsOfFront     = 8    // such lines, on the root of a site, make a front page whatever else it has
	someLeads        = 5    // the same elsewhere, if they outweigh the rest of the text
	fewLeads         = 3    // the same on the root of a site
	longFront        = 3000 // no front page has more text of its own
	shortFront       = 500  // no article at the root of a site has less
)

// skip returns why a page is no article, "" if it is one. In doubt it is one: a page that
// states that it is an article, or that has the text of one, is skipped for hardly any
// reason.
func skip(p *page.Page, b *body.Text, headline string, published dateline.Date) string {
	size, head := len(b.Content), text.Lower(headline)
	switch {
	case size < longNotice && longParagraphs(b) < paragraphsOfNews && isLost(head, text.Lower(p.Title)):
		return dateline.SkipNotFound
	case size < shortNotice && !p.IsNews() && goneWords.In(head):
		return dateline.SkipNotFound
	case isConsent(p, b, published):
		return dateline.SkipConsent
	case size < longLogin && !p.IsNews() && errorWords.In(head+" | "+text.Lower(p.Title)):
		return dateline.SkipError
	case size < longLogin && p.AsksPassword && !p.IsNews():
		return dateline.SkipLogin
	case size < shortLogin && !p.IsNews() && loginWords.In(head):
		return dateline.SkipLogin
	case isFront(p, b, published):
		return dateline.SkipFront
	case b.Content == "":
		return dateline.SkipNoText
	}
	return ""
}

// isLost reports whether a headline or a title, in lower case, is that of a page that
// says that the page asked for does not exist. "404" says so alone or at the beginning of
// a few words; within a title or before a sentence it can be the number of anything.
func isLost(headline, title string) bool {
	const few = 40 // bytes
	for _, s := range []string{headline, title} {
		for _, w := range errorLabels.All() {
			s = strings.TrimPrefix(s, w)
		}
		rest, ok := strings.CutPrefix(s, "404")
		if ok && (rest == "" || strings.ContainsAny(rest[:1], ":|.-–!") && len(headline) < few || besideNumber.In(rest)) {
			return true
		}
	}
	return lostWords.In(headline + " | " + title)
}

// lostWords stand in the title of a page that is not there.
// errorLabels stand before the number of an error, besideNumber in the words behind it.
var (
	errorLabels  = words.NewList("error-label").Wrap("", " ")
	besideNumber = words.NewPhrases("beside-error")
)

var lostWords = words.NewPhrases("lost-page")

// goneWords stand in the headline of a page that says only that an article was
// taken down.
var goneWords = words.NewPhrases("gone-article")

var loginWords = words.NewPhrases("login")

// errorWords stand in the title of a page that says that it cannot be shown now.
var errorWords = words.NewPhrases("error-page")

// nameChallenge sets Skip of a if the page is a bot challenge: a page that a site shows
// to find out whether a program asks for it. Scripts that watch readers leave the same
// marks on ordinary pages, so only a page with little text is looked at.
func nameChallenge(a *dateline.Article, p *page.Page, html []byte) {
	if len(a.Text) < 600 && a.Published == "" && !p.IsNews() && wall.Challenge(string(html[:min(len(html), wall.MostMarkup+1)])) {
		a.Skip = dateline.SkipChallenge
	}
}

// isConsent reports whether the page asks for consent in place of showing what
// was asked for: it says so twice, and little else.
func isConsent(p *page.Page, b *body.Text, published dateline.Date) bool {
	const little, sentence = 300, 60
	own, asks := 0, 0
	for i := range b.Layout.Blocks {
		switch block := &b.Layout.Blocks[i]; {
		case block.Size < 2000 && wall.Consent(block.Text):
			asks++
		case b.Keeps(i):
			own += block.Size
		}
		if own >= little {
			return false
		}
	}
	return asks >= 2 && (own < sentence || !p.IsNews() && published == "")
}

// isFront reports whether the page is a list of other articles, such as the first page of
// a site: it has many lines that link to them, little text of its own, and does not state
// that it is an article.
func isFront(p *page.Page, b *body.Text, published dateline.Date) bool {
	if p.IsNews() {
		return false
	}
	size := len(b.Content)
	leads, leading, own := leadsOf(b)
	if p.AtRoot() {
		return leads >= leadsOfFront || leads >= fewLeads && size < longFront && own < 2*leading || size < shortFront
	}
	if published != "" || longParagraphs(b) >= paragraphsOfNews {
		return false
	}
	return leads >= someLeads && own < min(leading, longFront)
}

// longParagraphs counts the paragraphs of an article's length.
func longParagraphs(text *body.Text) (n int) {
	for _, b := range text.Blocks {
		if b.Kind == dateline.Paragraph && b.End-b.Start > longOfNews {
			n++
		}
	}
	return n
}

// leadsOf counts the lines that link to other articles, which are headings that are links
// and links as long as a headline. It returns how many there are, their visible bytes,
// and those of the text that is neither such a line nor right under one.
func leadsOf(p *body.Text) (n, size, own int) {
	above := false
	for i := range p.Layout.Blocks {
		b := &p.Layout.Blocks[i]
		lead := b.Roles&(page.InNav|page.InFooter) == 0 && b.Link*10 >= b.Size*9 && (b.Kind == dateline.Heading && b.Size > leastLeadHeading || b.Size >= leastLead)
		if lead {
			n++
			size += b.Size
		} else if !above && p.Keeps(i) {
			own += b.Size
		}
		above = lead
	}
	return n, size, own
}
