package web

import "unicode/utf8"

// mostText is the number of bytes of an article's text that its page shows. The
// longest articles of newspapers have about 200,000.
const mostText = 1 << 20

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
