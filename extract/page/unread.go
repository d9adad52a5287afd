package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// An Unread is a text that stands on a page and that is read as no block.
type Unread struct {
	Before int    // the block of the layout that follows it
	Text   string // as one line
	Why    Unseen // the reason
	Roles  Role   // what the names on its element, and on those around it, say that it holds
}

// Unseen is why a text is read as no block.
type Unseen uint8

const (
	StyledAway    Unseen = iota // the page's own styles do not display it
	WithinLine                  // it is part of a line, in an element called a caption, a notice, a button to share or the like
	Choices                     // it is what a form lets choose from, or has filled in
	WithoutScript               // it is shown where no scripts run
)

// mostUnread bounds the texts that Unread returns: pages hide menus of thousands of
// lines.
const mostUnread = 2000

// Unread returns the texts of the page that are read as no block, in its order. It
// costs a walk over the page, for those who ask why a line is missing.
func (l *Layout) Unread() (all []Unread) {
	t := l.Source.Tree
	skipped := l.skipped
	before := 0
	for n := dom.ID(1); n < dom.ID(t.Len()) && len(all) < mostUnread; n++ {
		for before < len(l.Blocks) && l.Blocks[before].First < n {
			before++
		}
		u := Unread{Before: before, Roles: l.Roles[n]}
		for len(skipped) > 0 && skipped[0] < n {
			skipped = skipped[1:]
		}
		switch tag := t.Tag(n); {
		case len(skipped) > 0 && skipped[0] == n:
			u.Why = WithinLine
			if l.Source.OwnRoles[n]&undisplayed != 0 {
				u.Why = StyledAway
			}
			u.Text = Text(t, n)
		case tag == dom.Select, tag == dom.Textarea, tag == dom.Datalist:
			u.Why, u.Text = Choices, t.Raw(n)
		case tag == dom.Noscript:
			if u.Why, u.Text = WithoutScript, t.Raw(n); strings.Contains(u.Text, "<") { // it was not parsed
				u.Text = ""
			}
		case tag.Opaque() && tag != dom.Head:
		default:
			continue
		}
		n = t.End(n) - 1
		if u.Text = text.Line(u.Text); u.Text != "" {
			all = append(all, u)
		}
	}
	return all
}
