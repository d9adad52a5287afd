package body

import (
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/text"
	"dateline/internal/words"
)

// takeCorrections moves what the page says of its own text, that it was
// corrected or brought up to date, from the body to a field of its own.
func (p *Text) takeCorrections() {
	for i := range p.Layout.Blocks {
		b := &p.Layout.Blocks[i]
		if len(p.Corrections) == 20 || b.Size > 1200 || b.Kind == dateline.Heading || b.Kind == dateline.Code || b.Kind == dateline.Table ||
			!p.keep[i] && (b.Roles&(page.InComment|page.InRelated|page.Hidden|page.InNav) != 0 || !p.Source.Tree.Within(b.First, p.Root)) || !isCorrection(b.Text) {
			continue
		}
		p.keep[i] = false
		p.Corrections = append(p.Corrections, b.Text)
	}
}

// isCorrection reports whether a text begins as a note on the article does:
// with a word for correction that is set apart, or with a sentence on the
// article itself.
func isCorrection(s string) bool {
	s = strings.TrimLeft(s[:min(len(s), 160)], " *([•-–—†_")
	if !correctionWords.MayBegin(s) && !correctionSentences.MayBegin(s) && !editorWords.MayBegin(s) {
		return false // as most texts
	}
	low := text.Lower(s)
	for _, w := range correctionWords.Begin(low) {
		rest, ok := strings.CutPrefix(low, w)
		if ok && (rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " ,.0123456789"), ":") || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, ", ") && strings.Contains(rest, ":")) {
			return true
		}
	}
	for _, w := range correctionSentences.Begin(low) {
		if strings.HasPrefix(low, w) {
			return true
		}
	}
	for _, w := range editorWords.Begin(low) {
		if rest, ok := strings.CutPrefix(low, w); ok && changedWords.In(rest) {
			return true
		}
	}
	return false
}

var (
	// correctionWords stand before a colon.
	correctionWords = words.NewPhrases("correction")

	// correctionSentences are how notes begin that have no such word.
	correctionSentences = words.NewPhrases("correction-sentence")

	// editorWords begin a note of any kind; changedWords within it say that
	// the text was changed.
	editorWords  = words.NewPhrases("editors-note")
	changedWords = words.NewPhrases("changed")
)
