package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// An Unread is a text that stands on a page and is in no block.
type Unread struct {
	Before int    // the number of the block that follows it; how many blocks there are if none does
	Text   string // as one line
	Why    Unseen // why it is in no block
	Roles  Role   // what the names on its element, and on those around it, say that it holds
}

// Unseen is a reason why a text is in no block.
type Unseen uint8

// The reasons that there are.
const (
	StyledAway    Unseen = iota // the page's own styles do not display it
	WithinLine                  // it is part of a line, in an element named a caption, a notice, a button to share, hidden or the like
	Choices                     // it is what a form lets readers choose from, or has filled in
	WithoutScript               // it is shown only where no scripts run
)

// mostUnread bounds the texts that Unread returns: pages hide menus of thousands of
// lines.
const mostUnread = 2000

// Unread returns the texts of the page that are in no block, in the order of the page,
// two thousand at most. It walks over the page again, so it is meant only for
// explanations of why a line is missing.
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
