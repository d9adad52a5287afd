package page

import (
	"encoding/json"
	"strings"

	"dateline/internal/dom"
)

// StateMarkup returns the longest text with paragraphs that is a string in the
// data of a script, "" if there is none.
func (p *Page) StateMarkup() (best string) {
	const most = 8 << 20 // bytes of scripts
	left := most
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if p.Tree.Tag(n) != dom.Script {
			continue
		}
		src := p.Tree.Raw(n)
		if left -= len(src); left < 0 {
			break
		}
		eachQuoted(src, func(quoted string) {
			if s := markupIn(quoted, 2); len(s) > len(best) {
				best = s
			}
		})
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
