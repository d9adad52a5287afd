package web

import "unicode/utf8"

// mostText is the number of bytes of a text that the page of an article shows. The
// longest articles of newspapers have about 200,000.
const mostText = 1 << 20

// cutText returns the byte at which the page ends the text of an article, on a
// boundary of characters.
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
