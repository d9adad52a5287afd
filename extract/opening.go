package extract

import (
	"dateline"
	"dateline/extract/byline"
)

// opening returns the place and agency that open the text; they stay in it, too.
func opening(text string, blocks []dateline.Block) (d dateline.Dateline, ok bool) {
	const most = 3 // blocks: before the first paragraph a deck and a heading may stand
	for _, b := range blocks[:min(len(blocks), most)] {
		if b.Kind == dateline.Heading {
			continue
		}
		if d, ok := byline.Dateline(text[b.Start:b.End]); ok {
			return d, true
		}
	}
	return dateline.Dateline{}, false
}
