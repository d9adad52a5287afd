package story

import (
	"iter"
	"strings"

	"dateline"
	"dateline/internal/text"
)

// paragraphs yields the lines of a text that are not blank.
func paragraphs(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(s) {
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}

// Furniture is what an outlet prints in article after article: a paragraph on who it
// is, a list of other articles, an advertisement. It says nothing of whether two
// articles are copies.
const (
	// repeats is in how many different reports of an outlet a paragraph must have stood
	// to be furniture. In two it may be the background of one event.
	repeats = 2
	// maxParagraphs bounds the paragraphs that are remembered; beyond it those that
	// were printed longest ago are forgotten, half of them at a time.
	maxParagraphs = 1 << 19
)

// printed remembers which reports an outlet has printed a paragraph in.
type printed struct {
	young, old map[uint64]appearance
}

// An appearance is where a paragraph stood: the last report, by the first letters of
// its key, and in how many different ones before it.
type appearance struct {
	report uint32
	before uint8
}

func newPrinted() *printed { return &printed{young: map[uint64]appearance{}} }

// paragraphKey is the key of a paragraph of an outlet.
func paragraphKey(outlet uint64, paragraph string) uint64 {
	return outlet*rollBase ^ text.Hash(paragraph)
}

// find returns where a paragraph stood, and takes it along to the young ones.
func (p *printed) find(key uint64) (appearance, bool) {
	if a, ok := p.young[key]; ok {
		return a, true
	}
	a, ok := p.old[key]
	return a, ok
}

// furniture reports whether the outlet has printed the paragraph in so many reports
// that it is no part of any.
func (p *printed) furniture(key uint64) bool {
	a, ok := p.find(key)
	return ok && a.before+1 >= repeats
}

// add remembers that the paragraph stands in a report.
func (p *printed) add(key uint64, report dateline.ArticleID) {
	r := uint32(text.Hash(string(report)))
	a, ok := p.find(key)
	if ok && a.report != r && a.before < repeats {
		a.before++
	}
	a.report = r
	p.young[key] = a
	if len(p.young) >= maxParagraphs/2 {
		p.old, p.young = p.young, map[uint64]appearance{}
	}
}
