package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// creditNames are parts of classes of elements that name who made a picture.
var creditNames = []string{"credit", "copyright", "photographer", "fotograf", "bildquelle", "crédit", "picture-source", "image-source", "imagesource", "photo-source", "attribution"}

// NamesCredit reports whether an element is called one that names who made a picture:
// by its class, as <cite> or as a property of microdata.
func NamesCredit(t *dom.Tree, n dom.ID) bool {
	switch t.Attr(n, dom.Itemprop) {
	case "copyrightHolder", "creditText", "copyrightNotice":
		return true
	case "caption":
		return false
	}
	return t.Tag(n) == dom.Cite || text.ContainsAny(text.Lower(t.Attr(n, dom.Class)), creditNames)
}

// longNote is how many visible bytes no caption has that only its style tells.
const longNote = 300

// markCaptions gives the role of a caption to small or slanted text that closes the
// box of a picture, and to small text, or slanted with a credit, that is all of the box
// below one. Pages without <figure> print captions so.
func (p *Page) markCaptions() {
	t := p.Tree
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		if !p.IsImage(n) {
			continue
		}
		box := t.Parent(n)
		for box != 0 && t.Tag(box).Inline() {
			box = t.Parent(box)
		}
		if tag := t.Tag(box); box == 0 || tag == dom.Figure || tag == dom.Body {
			continue
		}
		if p.visible(box) > 0 {
			p.markNote(n, box, true)
			continue
		}
		next := t.Next(box)
		for next != 0 && p.visible(next) == 0 && !p.IsImage(next) {
			next = t.Next(next)
		}
		if next != 0 && (t.Tag(next) == dom.P || t.Tag(next) == dom.Div || t.Tag(next).Inline()) {
			p.markNote(next-1, next, false)
		}
	}
}

// markNote marks what of a box, behind a node, is small or slanted, if nothing else is
// in it. In the box of the picture itself that is a caption; elsewhere small letters or
// a credit must tell.
func (p *Page) markNote(after, box dom.ID, inBox bool) {
	t := p.Tree
	if n := p.visible(box); n == 0 || n > longNote {
		return
	}
	var notes []dom.ID
	size, small := 0, false
	for n := max(after+1, box); n < t.End(box); {
		switch t.Tag(n) {
		case dom.Em, dom.I, dom.Small:
			notes, size, small = append(notes, n), size+p.visible(n), small || t.Tag(n) == dom.Small
			n = t.End(n)
			continue
		case dom.Img, dom.H1, dom.H2, dom.H3, dom.Li:
			return
		}
		n++
	}
	if len(notes) == 0 || size != p.visible(box) {
		return
	}
	if !inBox && !small && !hasCreditLabel(Text(t, box)) {
		return
	}
	if !inBox {
		notes = append(notes, box)
	}
	for _, n := range notes {
		p.OwnRoles[n] |= InCaption
	}
}

// hasCreditLabel reports whether a text has the label of a credit: "Photo:".
func hasCreditLabel(s string) bool {
	low := text.Lower(s)
	for _, l := range creditLabels.All() {
		if i := strings.Index(low, l); i >= 0 && (strings.HasPrefix(low[i+len(l):], ":") || strings.HasPrefix(low[i+len(l):], "：") || strings.HasPrefix(low[i+len(l):], " by ")) {
			return true
		}
	}
	return strings.Contains(s, "©")
}

var creditLabels = words.NewList("credit-label", "picture-label")
