package extract

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/date"
	"dateline/extract/page"
	"dateline/internal/dom"
	txt "dateline/internal/text"
)

// datelineElement is the way of finding a dateline in an element that is named so.
var datelineElement = Way{"dateline/element", "an element called a dateline that opens the text"}

// opening returns the dateline of the text, which is the place and the agency before its
// first sentence ("MANILA (AFP) —"), and the evidence; both are zero if there is none. The
// text keeps these words.
func opening(p *page.Page, text string, blocks []dateline.Block, why *trace) (d dateline.Dateline, from string) {
	const most = 3      // blocks: before the first paragraph a deck and a heading may stand
	var marked []string // texts of the elements that are called a dateline
	looked := false
	for _, b := range blocks[:min(len(blocks), most)] {
		if b.Kind == dateline.Heading {
			continue
		}
		block := text[b.Start:b.End]
		if d, ok := byline.Dateline(block); ok && (d.Agency != "" || !recurs(d.Place, text[b.Start+len(d.Place):])) {
			return d, ofText
		}
		if !looked {
			marked, looked = datelineElements(p), true
		}
		if d, ok := markedDateline(marked, block); ok {
			return d, datelineElement.Name
		}
		if why != nil {
			fault := byline.NoDateline(block)
			if fault == "" {
				fault = "its first word stands in capitals further on, too, so that it is the name of a body"
			}
			why.ranked("dateline", claim{beginning(block), ofText}, 0, fault)
		}
	}
	return dateline.Dateline{}, ""
}

// recurs reports whether the word in capitals that opens a text stands again in the rest
// of it, in capitals. Then it is the name of an organization, such as NATO: places are in
// capitals only in a dateline.
func recurs(word, text string) bool {
	if strings.ContainsAny(word, " ,") {
		return false
	}
	for rest := text; ; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		behind := rest[i+len(word):]
		if (i == 0 || !txt.Alnum(rest[i-1])) && (behind == "" || !txt.Alnum(behind[0])) {
			return true
		}
		rest = behind
	}
}

// datelineElements returns the texts of the elements of a page that are named a dateline.
func datelineElements(p *page.Page) (texts []string) {
	const long = 80 // bytes that no dateline has
	t := p.Tree
	for n := dom.ID(1); n < dom.ID(t.Len()); n++ {
		if t.Tag(n) == dom.Text {
			continue
		}
		if !slices.ContainsFunc(t.Attrs(n), isDateline) {
			continue
		}
		if s := page.Text(t, n); s != "" && len(s) <= long {
			texts = append(texts, s)
		}
	}
	return texts
}

// isDateline reports whether an attribute, a class or a property of microdata, names its
// element a dateline.
func isDateline(a dom.Attr) bool {
	switch a.Key {
	case dom.Class:
		at := strings.Index(a.Value, "ateline")
		return at >= 0 && (strings.Contains(a.Value, "dateline") || strings.Contains(a.Value, "Dateline"))
	case dom.Itemprop:
		return a.Value == "dateline"
	}
	return false
}

// markedDateline returns the place and agency in the first of the texts of dateline
// elements that opens a block.
func markedDateline(marked []string, block string) (d dateline.Dateline, ok bool) {
	for _, s := range marked {
		if !strings.HasPrefix(block, s) {
			continue
		}
		if d, ok := byline.Dateline(s + " — A"); ok {
			return d, true
		}
		place := date.WithoutDay(strings.Trim(s, " -–—:.,()"))
		if first, _, _ := strings.Cut(place, ","); txt.StartsCapital(first) && txt.Letters(place) > 2 {
			return dateline.Dateline{Place: place}, true
		}
	}
	return d, false
}

// beginning returns the beginning of a text, as much as an explanation shows.
func beginning(s string) string {
	const most = 60 // characters
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
