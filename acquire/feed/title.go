package feed

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxTitle is the longest title that is kept, in bytes.
const maxTitle = 4 << 10

// title is the title that an element holds, as a reader sees it: RSS titles
// are HTML as often as text, Atom's say what they are (RFC 4287 section 3.1).
// Elements within the title give their text.
func title(n *node) string {
	if n == nil || n.cut {
		return ""
	}
	s := n.text.String()
	if n.space != atom || strings.EqualFold(n.attr("type"), "html") || strings.EqualFold(n.attr("mode"), "escaped") { // the last in Atom 0.3
		s = plain(s)
	}
	return oneLine(s)
}

// oneLine writes a text on one line, cut at a letter's border where it is too long.
func oneLine(s string) string {
	if len(s) > 2*maxTitle {
		s = s[:2*maxTitle]
	}
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if len(s) > maxTitle {
		end := maxTitle
		for !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	return s
}

// inline are the elements of HTML that stand in titles. Others in angle
// brackets are words: "Prices rise <again>".
var inline = regexp.MustCompile(`(?i)</?(?:a|abbr|acronym|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strike|strong|sub|sup|time|tt|u|wbr)(?:\s[^<>]*)?/?>`)

// references are whole references to characters: a name that is not followed
// by a semicolon is a word.
var references = regexp.MustCompile(`&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// plain is the text of a piece of HTML.
func plain(s string) string {
	if strings.Contains(s, "<") {
		s = inline.ReplaceAllStringFunc(s, func(tag string) string {
			switch strings.ToLower(strings.Trim(tag, "</> ")) {
			case "br", "p", "div":
				return " "
			}
			return ""
		})
	}
	if !strings.Contains(s, "&") {
		return s
	}
	return references.ReplaceAllStringFunc(s, html.UnescapeString)
}
