package extract

import (
	"encoding/json"
	"strings"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// hiddenBody reads the body that a page keeps where no reader sees it: as
// markup within the data of its scripts, from which they draw the page, or in
// its JSON-LD. It is asked only where the page shows hardly any text.
func (p *page) hiddenBody() {
	const few, some = 300, 400 // bytes
	if len(p.a.Text) >= few || !p.isNews() && len(p.a.Text) > 0 {
		return
	}
	if text := text.Line(p.news.text("articleBody")); len(text) > max(some, 4*len(p.a.Text)) {
		p.setBody(plainBlocks(p.news.text("articleBody")), "jsonld:articleBody")
	}
	markup := p.stateMarkup()
	if markup == "" {
		return
	}
	t := dom.Parse(`<html><body><article>` + markup)
	defer t.Release()
	q := newPage(t, p.address)
	defer q.release()
	q.a.Headline, q.a.Bylines, q.model = p.a.Headline, p.a.Bylines, p.model
	q.walk()
	q.readBlocks(false)
	if q.root = q.bodyRoot(); q.root == 0 {
		return
	}
	if q.body(); len(q.a.Text) > max(some, len(p.a.Text)) {
		p.a.Text, p.a.Blocks = q.a.Text, q.a.Blocks
		p.found("text", "page:script")
	}
}

// setBody makes the blocks the body.
func (p *page) setBody(blocks []block, from string) {
	keep := make([]bool, len(blocks))
	for i := range keep {
		keep[i] = true
	}
	p.a.Text, p.a.Blocks = join(blocks, keep)
	p.found("text", from)
}

// plainBlocks returns a paragraph for every line of a text.
func plainBlocks(s string) (blocks []block) {
	for l := range strings.SplitSeq(s, "\n") {
		if l = text.Line(l); l != "" {
			blocks = append(blocks, block{kind: dateline.Paragraph, text: l})
		}
	}
	return blocks
}

// stateMarkup returns the longest text with paragraphs that is a string in the
// data of a script, "" if there is none.
func (p *page) stateMarkup() (best string) {
	const most = 8 << 20 // bytes of scripts
	left := most
	for n := dom.ID(1); n < dom.ID(p.t.Len()); n++ {
		if p.t.Tag(n) != dom.Script {
			continue
		}
		src := p.t.Raw(n)
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
