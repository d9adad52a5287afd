package web

import (
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// mostText is the number of bytes of an article's text that its page shows.
	// The longest articles of newspapers have about 200,000.
	mostText = 1 << 20
	// mostWord is the number of characters that a browser is given without a
	// place to break the line. It takes minutes for a word of a million.
	mostWord = 100
)

// breakable is text with places to break the line in words that no language
// has. Copied from the page the text is the same.
func breakable(text string) template.HTML {
	var b strings.Builder
	from, run := 0, 0 // what is not written yet; characters since the last place to break
	for i, r := range text {
		if unicode.IsSpace(r) {
			run = 0
			continue
		}
		if run == mostWord && !unicode.Is(unicode.M, r) {
			b.WriteString(template.HTMLEscapeString(text[from:i]))
			b.WriteString("<wbr>")
			from, run = i, 0
		}
		if run < mostWord {
			run++
		}
	}
	b.WriteString(template.HTMLEscapeString(text[from:]))
	return template.HTML(b.String()) //nolint:gosec // each piece is escaped
}

// cutText returns the place at which the page ends the text of an article.
func cutText(text string) int {
	if len(text) <= mostText {
		return len(text)
	}
	end := mostText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return end
}
