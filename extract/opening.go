package extract

import (
	"dateline"
	"dateline/extract/byline"
)

// opening returns the place and agency that open the text; they stay in it, too.
func opening(text string, blocks []dateline.Block, why *trace) (d dateline.Dateline, ok bool) {
	const most = 3 // blocks: before the first paragraph a deck and a heading may stand
	for _, b := range blocks[:min(len(blocks), most)] {
		if b.Kind == dateline.Heading {
			continue
		}
		if d, ok := byline.Dateline(text[b.Start:b.End]); ok {
			return d, true
		}
		if why != nil {
			why.ranked("dateline", claim{beginning(text[b.Start:b.End]), ofText}, 0, "no place or agency opens this block")
		}
	}
	return dateline.Dateline{}, false
}

// beginning returns as much of a text as an explanation shows of it.
func beginning(s string) string {
	const most = 60 // characters
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
