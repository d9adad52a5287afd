package dateline

import (
	"html"
	"strings"
)

// HTML returns the text as a piece of HTML that is well-formed XML, too: a p for each
// paragraph, an h2 for each heading, lists, quotations, tables and code as such. What
// stands in it is text: no element, link or picture of the page is in it. It is "" if there
// is no text.
func (a *Article) HTML() string {
	var b strings.Builder
	inList := false
	for _, block := range a.blocks() {
		if isItem := block.Kind == Item; isItem != inList {
			b.WriteString(map[bool]string{true: "<ul>\n", false: "</ul>\n"}[isItem])
			inList = isItem
		}
		text := html.EscapeString(legible(a.Text[block.Start:block.End]))
		switch block.Kind {
		case Table, Code: // keep their lines
		default:
			text = strings.ReplaceAll(text, "\n", "<br/>\n")
		}
		open, end := blockTags(block.Kind)
		b.WriteString(open + text + end + "\n")
	}
	if inList {
		b.WriteString("</ul>\n")
	}
	return b.String()
}

// blockTags returns what stands around a block in HTML.
func blockTags(kind BlockKind) (open, end string) {
	switch kind {
	case Heading:
		return "<h2>", "</h2>"
	case Item:
		return "<li>", "</li>"
	case Quotation:
		return "<blockquote><p>", "</p></blockquote>"
	case Table:
		return "<pre>", "</pre>"
	case Code:
		return "<pre><code>", "</code></pre>"
	}
	return "<p>", "</p>"
}

// Markdown returns the text as CommonMark in which nothing that the page says is markup:
// headings of the second rank, lists, quotations and code are those of Blocks.
func (a *Article) Markdown() string {
	var b strings.Builder
	last := BlockKind("")
	for _, block := range a.blocks() {
		if last != "" && (block.Kind != Item || last != Item) {
			b.WriteByte('\n')
		}
		last = block.Kind
		lines := strings.Split(legible(a.Text[block.Start:block.End]), "\n")
		if block.Kind == Table || block.Kind == Code {
			for _, line := range lines {
				b.WriteString("    " + line + "\n") // an indented block of code, which holds any text
			}
			continue
		}
		first, rest := "", ""
		switch block.Kind {
		case Heading:
			b.WriteString("## " + EscapeMarkdown(strings.Join(lines, " ")) + "\n")
			continue
		case Item:
			first, rest = "- ", "  "
		case Quotation:
			first, rest = "> ", "> "
		}
		for i, line := range lines {
			mark, end := rest, "\n"
			if i == 0 {
				mark = first
			}
			if i < len(lines)-1 {
				end = "\\\n" // a line that ends here
			}
			b.WriteString(mark + EscapeMarkdown(line) + end)
		}
	}
	return b.String()
}

// EscapeMarkdown returns a line of text so that CommonMark, with the tables and struck
// words that many programs add, shows it as it is.
func EscapeMarkdown(line string) string {
	var b strings.Builder
	line = strings.TrimSpace(line)
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	for i, r := range line {
		switch {
		case strings.ContainsRune("\\`*_[]<>~|&$", r), i == 0 && strings.ContainsRune("#+-=", r), digits > 0 && i == digits && (r == '.' || r == ')'):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// blocks returns the blocks of the text; all of it is one paragraph if there are none.
func (a *Article) blocks() []Block {
	var list []Block
	for _, b := range a.Blocks {
		if (Span{b.Start, b.End}).In(a.Text) {
			list = append(list, b)
		}
	}
	if list == nil && a.Text != "" {
		list = []Block{{Paragraph, 0, len(a.Text)}}
	}
	return list
}

// legible returns s without what XML 1.0 does not allow (2.2): control characters, lone
// surrogates, noncharacters.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r >= ' ' && r < 0xfffe && r != 0x7f || r > 0xffff {
			return r
		}
		return -1
	}, s)
}
