package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"dateline"
)

// What a record keeps of a page. The longest articles of news, live pages of a whole day, have 100,000 words
// and some hundred entries; what lies beyond these bounds is no article, and would be copied into
// the logs, the index and every answer.
const (
	mostText    = 2 << 20 // bytes of the text; findings are looked for in no more
	mostBlocks  = 1 << 16 // parts of the text
	mostHeading = 1 << 16 // bytes of the headline, and of the deck
	mostEntries = 1000    // entries of any list but the parts of the text, and updates, which have a bound of their own
)

// bound cuts what is longer than a record keeps, and notes in a.Cut how much was left out.
func bound(a *dateline.Article) {
	cut := func(field string, left int) {
		if left <= 0 {
			return
		}
		if a.Cut == nil {
			a.Cut = map[string]int{}
		}
		a.Cut[field] = left
	}
	line := func(field string, s *string) {
		was := len(*s)
		*s = firstOf(*s, mostHeading)
		cut(field, was-len(*s))
	}
	line("headline", &a.Headline)
	line("deck", &a.Deck)
	boundText(a, cut)
	entries(&a.Bylines, "bylines", mostEntries, cut)
	entries(&a.Tags, "tags", mostEntries, cut)
	entries(&a.Images, "images", mostEntries, cut)
	entries(&a.Authors, "authors", mostEntries, cut)
	entries(&a.Credits, "credits", mostEntries, cut)
	entries(&a.Corrections, "corrections", mostEntries, cut)
	entries(&a.Embeds, "embeds", mostEntries, cut)
	entries(&a.Uses, "uses", mostEntries, cut)
}

// entries cuts a list to the first most entries.
func entries[T any](list *[]T, field string, most int, cut func(string, int)) {
	if n := len(*list); n > most {
		*list = slices.Clone((*list)[:most])
		cut(field, n-most)
	}
}

// firstOf returns the first bytes of s, at most most of them, up to the end of a word if one
// ends near there. It shares no memory with s if it is shorter.
func firstOf(s string, most int) string {
	if len(s) <= most {
		return s
	}
	const near = 200
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	if space := strings.LastIndexByte(s[max(0, end-near):end], ' '); space >= 0 {
		end = max(0, end-near) + space
	}
	return strings.Clone(s[:end])
}

// boundText cuts the text of a, with its blocks and what stands within it or behind it.
func boundText(a *dateline.Article, cut func(string, int)) {
	was, end := len(a.Text), len(a.Text)
	if len(a.Blocks) > mostBlocks {
		end = a.Blocks[mostBlocks-1].End
		cut("blocks", len(a.Blocks)-mostBlocks)
		a.Blocks = slices.Clone(a.Blocks[:mostBlocks])
	}
	if end > mostText {
		end = len(firstOf(a.Text, mostText))
	}
	if end == was {
		return
	}
	// A block whose beginning is left out is left out, too; one that is cut ends where the text does.
	n := len(a.Blocks)
	for n > 0 && a.Blocks[n-1].Start >= end {
		n--
	}
	if a.Blocks = slices.Clone(a.Blocks[:n]); n > 0 {
		end = min(end, a.Blocks[n-1].End)
		a.Blocks[n-1].End = end
	}
	a.Text = strings.Clone(a.Text[:end])
	cut("text", was-end)
	embeds := len(a.Embeds)
	a.Embeds = slices.DeleteFunc(a.Embeds, func(e dateline.Embed) bool { return e.After > end })
	cut("embeds", embeds-len(a.Embeds))
	updates := len(a.Updates)
	a.Updates = slices.DeleteFunc(a.Updates, func(u dateline.Update) bool { return u.End > end })
	cut("updates", updates-len(a.Updates))
}
