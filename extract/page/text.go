package page

import (
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// usualText is a number of bytes that is enough for the text of most elements.
const usualText = 1 << 10

// Text returns the text within node n as one line, as dom.Tree.Text does, in Unicode's
// normalization form C.
func Text(t *dom.Tree, n dom.ID) string {
	if t.End(n) == n+2 && t.Tag(n+1) == dom.Text && !t.Silent(n) {
		return text.Line(t.Nodes[n+1].Text)
	}
	return text.NFC(text.Compose(usualText, func(b *strings.Builder) { t.WriteText(b, n) }))
}
