package body

import (
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/text"
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
	low := text.Lower(strings.TrimLeft(s[:min(len(s), 160)], " *([•-–—†_"))
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
		if rest, ok := strings.CutPrefix(low, w); ok && text.ContainsAny(rest, changedWords) {
			return true
		}
	}
	return false
}

var (
	// correctionWords stand before a colon.
	correctionWords = text.NewPhrases("correction", "corrections", "clarification", "correction & clarification", "corrections and clarifications", "erratum", "korrektur", "berichtigung",
		"richtigstellung", "rectificatif", "précision", "corrección", "rectificación", "fe de errores", "fe de erratas", "rettifica", "errata corrige", "correção", "errata", "erramos", "rättelse", "rettelse",
		"oikaisu", "correctie", "rectificatie", "sprostowanie", "oprava", "düzeltme", "исправление", "виправлення", "訂正", "更正", "정정", "تصحيح", "תיקון")

	// correctionSentences are how notes begin that have no such word.
	correctionSentences = text.NewPhrases("an earlier version of th", "a previous version of th", "this article was amended on", "this article was updated on", "this article was corrected on", "this story was updated on", "this story was corrected on",
		"this article has been updated to", "this article has been corrected", "this article has been amended", "this story has been updated to", "this story has been corrected", "this piece was amended on",
		"in einer früheren version", "in einer ersten version", "in einer vorherigen version", "in der ursprünglichen version dieses", "eine frühere version dieses", "dieser artikel wurde korrigiert", "dieser text wurde korrigiert",
		"une première version de ce", "une version précédente de ce", "una versión anterior de est", "una prima versione di quest", "una versione precedente di quest", "uma versão anterior dest", "uma versão anterior desta",
		"in een eerdere versie van dit", "i en tidligere versjon av", "i en tidigare version av", "i en tidligere version af")

	// editorWords begin a note of any kind; changedWords within it say that
	// the text was changed.
	editorWords  = text.NewPhrases("editor's note", "editor’s note", "anmerkung der redaktion", "anm. d. red.", "hinweis der redaktion", "note de la rédaction", "nota de la redacción", "nota della redazione", "nota do editor")
	changedWords = []string{"has been updated", "was updated", "has been corrected", "was corrected", "has been amended", "was amended", "korrigiert", "aktualisiert", "mise à jour", "a été modifié", "ha sido actualizad", "è stato aggiornato", "foi atualizad"}
)
