package extract

import (
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/page"
	"dateline/internal/text"
	"dateline/internal/words"
)

// skip returns why a page is no article, "" if it is one. It is careful: a page
// that says of itself that it is one, or that has the text of one, stays.
func skip(p *page.Page, b *body.Text, headline string, published dateline.Date) string {
	size, head := len(b.Content), text.Lower(headline)
	switch {
	case size < 1500 && longParagraphs(b) < 3 && isLost(head, text.Lower(p.Title)):
		return dateline.SkipNotFound
	case size < 200 && !p.IsNews() && goneWords.In(head):
		return dateline.SkipNotFound
	case size < 600 && p.AsksPassword && !p.IsNews():
		return dateline.SkipLogin
	case size < 400 && !p.IsNews() && loginWords.In(head):
		return dateline.SkipLogin
	case isFront(p, b, published):
		return dateline.SkipFront
	case b.Content == "":
		return dateline.SkipNoText
	}
	return ""
}

// isLost reports whether a headline or a title, in lower case, is that of a
// page that is not there. "404" alone tells it, or at the beginning; within a
// title it can be the number of anything.
func isLost(headline, title string) bool {
	for _, s := range []string{headline, title} {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(s, "error "), "404")
		if ok && (rest == "" || strings.ContainsAny(rest[:1], ":|.-–!") || strings.Contains(rest, "error") || strings.Contains(rest, "not found")) {
			return true
		}
	}
	return lostWords.In(headline + " | " + title)
}

// lostWords stand in the title of a page that is not there.
var lostWords = words.NewPhrases("lost-page")

// goneWords stand in the headline of a page that says only that an article was
// taken down.
var goneWords = words.NewPhrases("gone-article")

var loginWords = words.NewPhrases("login")

// isFront reports whether the page is a list of other articles: many lines
// that lead elsewhere, little text of its own, and no claim to be an article.
func isFront(p *page.Page, b *body.Text, published dateline.Date) bool {
	if p.IsNews() {
		return false
	}
	size := len(b.Content)
	leads, leading, own := leadsOf(b)
	if p.AtRoot() {
		return leads >= 8 || leads >= 3 && size < 3000 && own < 2*leading || size < 500
	}
	if published != "" || longParagraphs(b) >= 3 {
		return false
	}
	return leads >= 5 && own < min(leading, 3000)
}

// longParagraphs counts the paragraphs of an article's length.
func longParagraphs(text *body.Text) (n int) {
	for _, b := range text.Blocks {
		if b.Kind == dateline.Paragraph && b.End-b.Start > 140 {
			n++
		}
	}
	return n
}

// leadsOf counts the lines that lead to other articles and their bytes: headings
// that are links, and links as long as a headline; and the bytes of the text
// that is neither such a line nor right under one.
func leadsOf(p *body.Text) (n, size, own int) {
	above := false
	for i := range p.Layout.Blocks {
		b := &p.Layout.Blocks[i]
		lead := b.Roles&(page.InNav|page.InFooter) == 0 && b.Link*10 >= b.Size*9 && (b.Kind == dateline.Heading && b.Size > 15 || b.Size >= 35)
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
