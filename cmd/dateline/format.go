package main

import (
	"fmt"
	"strings"

	"dateline"
)

// formats are the values of extract's -format.
var formats = map[string]func([]byte, *dateline.Article) []byte{
	"json":     func(b []byte, a *dateline.Article) []byte { return append(appendJSON(b, a), '\n') },
	"text":     appendText,
	"markdown": appendMarkdown,
}

// appendText appends an article as plain text: headline, deck, bylines and
// date, then the blocks of the body, a blank line between each two.
func appendText(b []byte, a *dateline.Article) []byte {
	if a.Skip != "" {
		return fmt.Appendf(b, "%s: no article: %s\n\n", a.URL, a.Skip)
	}
	parts := []string{a.Headline}
	if !strings.HasPrefix(a.Text, a.Deck) {
		parts = append(parts, a.Deck)
	}
	parts = append(parts, signature(a), a.Text)
	for _, part := range parts {
		if part != "" {
			b = append(append(b, part...), "\n\n"...)
		}
	}
	return b
}

// appendMarkdown appends an article as CommonMark, with tables as GitHub
// writes them.
func appendMarkdown(b []byte, a *dateline.Article) []byte {
	if a.Skip != "" {
		return fmt.Appendf(b, "<!-- %s: no article: %s -->\n\n", a.URL, a.Skip)
	}
	if a.Headline != "" {
		b = fmt.Appendf(b, "# %s\n\n", escaped(a.Headline))
	}
	if a.Deck != "" && !strings.HasPrefix(a.Text, a.Deck) {
		b = fmt.Appendf(b, "*%s*\n\n", escaped(a.Deck))
	}
	if s := signature(a); s != "" {
		b = fmt.Appendf(b, "%s\n\n", escaped(s))
	}
	for i, block := range a.Blocks {
		b = appendBlock(b, block.Kind, a.Text[block.Start:block.End])
		if block.Kind == dateline.Item && i+1 < len(a.Blocks) && a.Blocks[i+1].Kind == dateline.Item {
			b = b[:len(b)-1] // items of one list stand close
		}
	}
	return b
}

// appendBlock appends one block of the body and a blank line.
func appendBlock(b []byte, kind dateline.BlockKind, text string) []byte {
	switch kind {
	case dateline.Heading:
		return fmt.Appendf(b, "## %s\n\n", escaped(text))
	case dateline.Item:
		return fmt.Appendf(b, "- %s\n\n", strings.ReplaceAll(escaped(text), "\n", "\n  "))
	case dateline.Quotation:
		return fmt.Appendf(b, "> %s\n\n", strings.ReplaceAll(escaped(text), "\n", "\n> "))
	case dateline.Code:
		fence := "```"
		for strings.Contains(text, fence) {
			fence += "`"
		}
		return fmt.Appendf(b, "%s\n%s\n%s\n\n", fence, text, fence)
	case dateline.Table:
		return appendTable(b, text)
	}
	return fmt.Appendf(b, "%s\n\n", escaped(text))
}

// appendTable appends a table, given as lines of cells between tabs.
func appendTable(b []byte, text string) []byte {
	for i, row := range strings.Split(text, "\n") {
		cells := strings.Split(strings.ReplaceAll(escaped(row), "|", `\|`), "\t")
		b = fmt.Appendf(b, "| %s |\n", strings.Join(cells, " | "))
		if i == 0 {
			b = fmt.Appendf(b, "|%s\n", strings.Repeat(" --- |", len(cells)))
		}
	}
	return append(b, '\n')
}

// signature is who wrote the article, where, and when it was published.
func signature(a *dateline.Article) string {
	publisher := a.Publisher.Name
	if publisher == "" {
		publisher = a.Publisher.Site
	}
	var parts []string
	for _, s := range []string{strings.Join(a.Bylines, ", "), publisher, string(a.Published), a.Canonical} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " · ")
}

// escaped returns text with the characters that CommonMark would read as
// marks made plain.
func escaped(text string) string {
	text = markdown.Replace(text)
	if text != "" && strings.ContainsRune("#+->", rune(text[0])) {
		return `\` + text
	}
	digits := strings.TrimLeft(text, "0123456789")
	if n := len(text) - len(digits); n > 0 && digits != "" && (digits[0] == '.' || digits[0] == ')') {
		return text[:n] + `\` + digits
	}
	return text
}

var markdown = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "<", `\<`)
