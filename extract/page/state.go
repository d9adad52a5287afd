package page

import (
	"encoding/json"
	"strings"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// StateMarkup returns, as HTML, the longest text that the page contains and does not
// show. It can be a string with paragraphs in the data of a script, paragraphs that such
// data has as a list or a tree, or what stands in a <template> or a <noscript>. It is ""
// if there is none. headline is that of the page: of the lists in data, one under this
// headline is preferred.
func (p *Page) StateMarkup(headline string) (best string) {
	for _, src := range p.sources() {
		if t := strings.TrimSpace(src); strings.HasPrefix(t, "<") && hasParagraphs(t) && len(t) > len(best) {
			best = t // a script that holds HTML, as templates do
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
	size := 400 // bytes that an article has at least, then those of best
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

// eachQuoted calls yield with each string in double quotes of a script that may hold
// paragraphs of markup, with its quotation marks and escape sequences.
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

// hasParagraphs reports whether a text has the tag of a paragraph, plain or with its
// bracket as an escape sequence.
func hasParagraphs(s string) bool {
	return strings.Contains(s, "<p") || strings.Contains(s, `u003cp`) || strings.Contains(s, `u003Cp`)
}

// markupIn returns the markup that a string in the form of JSON holds, or else the
// longest that a string within it holds. levels is how many strings, one in another, are
// decoded. It is "" if there is no markup.
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
