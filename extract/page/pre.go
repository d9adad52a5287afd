package page

import (
	"strings"
	"unicode"

	"dateline/internal/dom"
	"dateline/internal/text"
)

// proseIn returns the paragraphs in the text raw of a <pre> element. It is nil if the
// element does not hold most of the page's prose, or if its text is not prose: see
// proseOf.
func (r *blockReader) proseIn(pre dom.ID, raw string) []string {
	prose := r.l.Prose
	if end := r.p.Tree.End(pre); (prose[end]-prose[pre])*2 <= prose[len(prose)-1] {
		return nil
	}
	return proseOf(raw)
}

// proseOf returns the paragraphs of running text that was broken into lines by hand, as
// on old pages and in the copy of news agencies: blank lines or indented lines begin a
// paragraph. It is nil for code, tables, poems and other text whose lines matter.
func proseOf(raw string) (paragraphs []string) {
	const least = 3    // paragraphs
	const length = 300 // bytes of them
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			paragraphs = append(paragraphs, text.Line(strings.Join(lines, " ")))
			lines = lines[:0]
		}
	}
	long, all := 0, 0
	for l := range strings.SplitSeq(raw, "\n") {
		l = strings.TrimRightFunc(strings.Map(printable, l), unicode.IsSpace)
		body := strings.TrimLeft(l, " \t")
		if body == "" {
			flush()
			continue
		}
		if strings.Contains(body, "   ") || strings.ContainsAny(body, "{}\t|") || strings.HasSuffix(body, ";") {
			return nil
		}
		if len(l) > len(body) && len(lines) > 0 && lines[len(lines)-1] == strings.TrimSpace(lines[len(lines)-1]) && text.Ends(lines[len(lines)-1]) {
			flush()
		}
		lines = append(lines, body)
		if all++; len(body) >= 40 {
			long++
		}
	}
	flush()
	ends, size := 0, 0
	for _, s := range paragraphs {
		if text.Ends(s) {
			ends++
		}
		size += len(s)
	}
	if len(paragraphs) < least || size < length || ends*10 < len(paragraphs)*7 || long*2 < all {
		return nil
	}
	return paragraphs
}
