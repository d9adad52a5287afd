package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// creditNames are parts of classes of elements that name who made a picture.
var creditNames = []string{"credit", "copyright", "photographer", "fotograf", "bildquelle", "crédit", "picture-source", "image-source", "imagesource", "photo-source", "attribution"}

// NamesCredit reports whether an element is marked as the credit of a picture, which
// says who made it: by its class, as a <cite>, or as a property of microdata.
func NamesCredit(t *dom.Tree, n dom.ID) bool {
	switch t.Attr(n, dom.Itemprop) {
	case "copyrightHolder", "creditText", "copyrightNotice":
		return true
	case "caption":
		return false
	}
	return t.Tag(n) == dom.Cite || text.ContainsAny(text.Lower(t.Attr(n, dom.Class)), creditNames)
}

// longNote is how many visible bytes a caption has at most that is known by its style
// only.
const longNote = 300

// markCaptions gives the role of a caption to the text in small letters or italics that
// is all the text in the box of a picture, and to such text that is all of the box below
// a picture; there italics count only with the label of a credit, such as "Photo:".
// Pages without <figure> print captions in these ways.
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
		if c := p.captionCell(box); c != 0 {
			p.OwnRoles[c] |= InCaption
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

// captionCell returns the cell of a table, or the description in a list of them (<dd>),
// that stands below the cell of a picture and holds all other text of the table or list; 0
// if there is none.
func (p *Page) captionCell(box dom.ID) dom.ID {
	t := p.Tree
	cell := dom.ID(0)
	list := t.Parent(box)
	switch t.Tag(box) {
	case dom.Dt:
		if cell = t.Next(box); cell != 0 && t.Tag(cell) == dom.Text {
			cell = t.Next(cell)
		}
		if t.Tag(cell) != dom.Dd {
			return 0
		}
	case dom.Td:
		for t.Tag(list) != dom.Table && list != 0 {
			list = t.Parent(list)
		}
		for n := t.End(box); n < t.End(list) && cell == 0; n++ {
			if t.Tag(n) == dom.Td && p.visible(n) > 0 {
				cell = n
			}
		}
	}
	if cell == 0 || list == 0 || p.visible(cell) == 0 || p.visible(cell) > longNote || p.visible(cell) != p.visible(list) {
		return 0
	}
	return cell
}

// markNote gives the role of a caption to the elements in small letters or italics that
// stand in a box behind the node after, if they hold all of its text. inBox says that the
// box holds the picture itself; in another box, small letters or the label of a credit
// are needed too.
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

// hasCreditLabel reports whether a text has the label of a credit, such as "Photo:" or
// "Photo by", or a copyright sign.
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
