package body

import (
	"strings"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// isDateOrByline reports whether a block is hardly more than a date, or than
// the names of the authors.
func (p *chooser) isDateOrByline(b *page.Block) bool {
	const longDate, longByline = 90, 160 // bytes of a line that has one
	if b.Kind == dateline.Table || b.Kind == dateline.Code {
		return false
	}
	return b.Size < longDate && IsDateLine(b, p.lead.Lang) || b.Size < longByline && p.isByline(b)
}

// isLine reports whether a block is one of the lines that a page sets around
// and between the paragraphs of an article: a notice of rights, an invitation
// to read on, to follow or to subscribe.
func isLine(b *page.Block) bool {
	if b.Size > 320 || b.Kind == dateline.Table || b.Kind == dateline.Code {
		return false
	}
	s := strings.TrimLeft(b.Text, " >»–—-•*▶►→|(:\u200b")
	low := text.Lower(s)
	if b.Size < 160 || b.Link*3 > b.Size {
		for _, w := range invitations.Begin(low) {
			if strings.HasPrefix(low, w) && (b.Size < len(w)+25 || b.Link > 0 || strings.HasPrefix(low[len(w):], ":")) {
				return true
			}
		}
	}
	if notices.In(low) {
		return true
	}
	for _, w := range rights.Begin(low) {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return b.Size < 120 && r == '©'
}

// isByline reports whether a block names the authors and says little else.
func (p *chooser) isByline(b *page.Block) bool {
	const (
		mostOther = 60 // bytes of the key beside the names
		fewOther  = 12 // so few say nothing: "text", "by"
	)
	if b.Kind == dateline.Heading || len(p.lead.Bylines) == 0 {
		return false
	}
	rest := text.Key(b.Text)
	named := false
	for _, k := range p.names {
		if strings.Contains(rest, k) {
			rest = strings.ReplaceAll(rest, k, "")
			named = true
		}
	}
	if !named || len(rest) >= mostOther {
		return false
	}
	_, said := byline.CutBy(b.Text)
	return len(rest) < fewOther || said
}

// isCaption reports whether a block that is not named so is the caption of a
// picture: it says what the picture's alternative text says, or it is all the
// text in a box with a picture.
func (p *chooser) isCaption(b *page.Block) bool {
	const (
		longest    = 300 // bytes of a caption
		sentence   = 150 // a longer one that does not end like a credit is a paragraph
		leastAlt   = 16  // bytes of the key of an alternative text that tells a caption
		mostAlt    = 400
		levels     = 5   // up to the box of the picture
		mostBeside = 60  // bytes in that box beside the caption
		mostNodes  = 300 // nodes between the picture and its caption
	)
	if b.Size > longest || b.Kind == dateline.Heading || b.Kind == dateline.Item || b.Kind == dateline.Table {
		return false
	}
	if len(p.alts) == 0 {
		emptied(&p.alts)[""] = true
		for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
			if p.Tree.Tag(n) == dom.Img {
				if k := text.Key(p.Tree.Attr(n, dom.Alt)); len(k) >= leastAlt && len(k) < mostAlt {
					p.alts[k] = true
				}
			}
		}
	}
	if k := text.Key(b.Text); len(k) >= leastAlt && p.alts[k] {
		return true
	}
	t := p.Tree
	box := b.Node
	for range levels {
		up := t.Parent(box)
		if up == 0 || up == p.root || int(p.Size[t.End(up)]-p.Size[up]) > b.Size+mostBeside {
			break
		}
		box = up
	}
	if box == b.Node || (b.Size > sentence || text.Ends(b.Text)) && !endsCredit(b.Text) {
		return false
	}
	for n := max(box, b.Node-mostNodes); n < b.Node; n++ {
		if t.Tag(n) == dom.Img {
			return true
		}
	}
	return false
}

// endsCredit reports whether a text ends with who made the picture.
func endsCredit(s string) bool {
	const long = 60 // bytes of a credit
	tail := s[max(0, len(s)-long):]
	return strings.HasSuffix(tail, ")") || pictureSources.In(tail)
}

// readingTimes stand beside the minutes that reading takes, pictureSources at the
// end of a caption.
var (
	readingTimes   = words.NewPhrases("reading-time")
	pictureSources = words.NewPhrases("picture-source")
)

// invitations are beginnings of lines that lead away from the article.
var invitations = words.NewPhrases("invitation")

// notices are words that stand in lines about the site, not in news.
var notices = words.NewPhrases("notice")

// rights are beginnings of lines that say who made or owns the article.
var rights = words.NewPhrases("rights")
