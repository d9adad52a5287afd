package page

import (
	"encoding/json"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// StateMarkup returns, as markup, the longest text that the page holds and does
// not show: a string with paragraphs in the data of a script, the paragraphs that
// such data has as a list or a tree, or what stands in a template or a <noscript>.
// It is "" if there is none. A text under another headline than the page's is
// not taken where there is one under its own.
func (p *Page) StateMarkup(headline string) (best string) {
	for _, src := range p.scripts() {
		if t := strings.TrimSpace(src); strings.HasPrefix(t, "<") && hasParagraphs(t) && len(t) > len(best) {
			best = t // of a template
		}
		eachQuoted(src, func(quoted string) {
			if s := markupIn(quoted, 2); len(s) > len(best) {
				best = s
			}
		})
	}
	if s := p.dataMarkup(text.Key(headline)); len(s) > len(best) {
		best = s
	}
	if n := p.unread(); n != 0 {
		if s := p.Tree.Markup(n); len(s) > len(best) {
			best = s
		}
	}
	return best
}

// unread returns the <template> or <noscript> with the most text, 0 if none has
// the text of an article.
func (p *Page) unread() (best dom.ID) {
	size := 400 // bytes: the least
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if tag := p.Tree.Tag(n); tag != dom.Noscript && tag != dom.Template {
			continue
		}
		within := 0
		for c := n + 1; c < p.Tree.End(n); c++ {
			if p.Tree.Tag(c) == dom.Text && len(p.Tree.Nodes[c].Text) > 60 {
				within += len(p.Tree.Nodes[c].Text)
			}
		}
		if within > size {
			best, size = n, within
		}
	}
	return best
}

// eachQuoted yields the strings of a script in JSON's form, quotation marks
// included, that may hold markup.
func eachQuoted(src string, yield func(string)) {
	for {
		start := strings.IndexByte(src, '"')
		if start < 0 {
			return
		}
		end := start + 1
		for end < len(src) && src[end] != '"' {
			if src[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(src) {
			return
		}
		if s := src[start : end+1]; len(s) > 500 && hasParagraphs(s) {
			yield(s)
		}
		src = src[end+1:]
	}
}

func hasParagraphs(s string) bool {
	return strings.Contains(s, "<p") || strings.Contains(s, `u003cp`) || strings.Contains(s, `u003Cp`)
}

// markupIn returns the markup that a string in JSON's form is, or that a
// string within it is, so many levels deep.
func markupIn(quoted string, levels int) (best string) {
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return ""
	}
	if t := strings.TrimSpace(s); strings.HasPrefix(t, "<") {
		return t
	}
	if levels > 1 {
		eachQuoted(s, func(inner string) {
			if m := markupIn(inner, levels-1); len(m) > len(best) {
				best = m
			}
		})
	}
	return best
}
