package dom

import (
	"html"
	"strings"
)

// Markup returns what stands within n as markup, with the classes and ids of its
// elements and the addresses of links and pictures. Parsed again, it is what n
// would be if it stood in the page itself: the content of a template or a
// <noscript>.
func (t *Tree) Markup(n ID) string {
	var b strings.Builder
	var open []ID
	for i := n + 1; i < t.End(n); i++ {
		for len(open) > 0 && i >= t.End(open[len(open)-1]) {
			b.WriteString("</" + t.name(open[len(open)-1]) + ">")
			open = open[:len(open)-1]
		}
		if t.Tag(i) == Text {
			b.WriteString(html.EscapeString(t.Nodes[i].Text))
			continue
		}
		if t.Silent(i) {
			i = t.End(i) - 1
			continue
		}
		b.WriteString("<" + t.name(i))
		for _, a := range t.Attrs(i) {
			switch a.Key {
			case Class, ID_, Href, Src, Datetime, Itemprop:
				b.WriteString(" " + a.Name + `="` + html.EscapeString(a.Value) + `"`)
			}
		}
		b.WriteByte('>')
		if !void[t.Tag(i)] {
			open = append(open, i)
		}
	}
	for k := len(open) - 1; k >= 0; k-- {
		b.WriteString("</" + t.name(open[k]) + ">")
	}
	return b.String()
}

func (t *Tree) name(n ID) string {
	if t.Tag(n) == Other {
		return t.Nodes[n].Text
	}
	return t.Tag(n).String()
}
