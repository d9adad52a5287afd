package page

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// Apart returns the text of block i with spaces added between elements where two words
// would run together: where a small letter meets a capital or a digit, or a digit a
// capital. On the screen, styles set such elements apart.
func (p *Layout) Apart(i int) string {
	b := &p.Blocks[i]
	t := p.Source.Tree
	end := t.End(b.Node)
	if i+1 < len(p.Blocks) {
		end = min(end, p.Blocks[i+1].First)
	}
	if b.Kind == dateline.Table || b.Kind == dateline.Code || end <= b.First+1 {
		return b.Text
	}
	last := ""
	all := text.Compose(usualText, func(out *strings.Builder) { last = p.writeApart(out, b, end) })
	if last == t.Nodes[b.First].Text {
		return b.Text
	}
	return text.NFC(strings.TrimSpace(all))
}

// writeApart writes the texts of a block up to the node end, with spaces where two words
// would run together, and returns the last of the texts.
func (p *Layout) writeApart(out *strings.Builder, b *Block, end dom.ID) (last string) {
	t := p.Source.Tree
	var w text.Spacer
	for n := b.First; n < end; n++ {
		switch {
		case t.Silent(n):
			n = t.End(n) - 1
		case t.Tag(n) == dom.Br:
			w.Space()
		case t.Tag(n) == dom.Text && (p.Roles[n]&^b.Roles)&(Hidden|InAd|InShare|InCaption|InNotice) == 0:
			if s := t.Nodes[n].Text; s != "" {
				if meets(last, s) {
					w.Space()
				}
				w.Write(out, s)
				last = s
			}
		}
	}
	return last
}

// meets reports whether the end of a and the beginning of b are two words, though no
// space is between them: a small letter before a capital or a digit, or a digit before a
// capital.
func meets(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	switch {
	case unicode.IsLower(x):
		return unicode.IsUpper(y) || unicode.IsDigit(y)
	case unicode.IsDigit(x):
		return unicode.IsLetter(y) && unicode.IsUpper(y)
	}
	return false
}

// Elements yields each text of block i that stands in an element of its own, as one
// line. Texts of less than four visible bytes are left out.
func (p *Layout) Elements(i int) iter.Seq[string] {
	b := &p.Blocks[i]
	return func(yield func(string) bool) {
		for n := b.First; n < p.Source.Tree.End(b.Node); n++ {
			if p.Source.Tree.Tag(n) == dom.Text && visible(p.Source.Tree.Nodes[n].Text) >= 4 && !yield(text.Line(p.Source.Tree.Nodes[n].Text)) {
				return
			}
		}
	}
}

// Running returns the beginning of the running text of the page, one block a line: about
// as much as is needed to tell its language. It is "" if the page has none.
func (l *Layout) Running() string {
	const enough = 1200 // bytes: the language is told by the first 800
	return text.Compose(enough, func(b *strings.Builder) {
		size := 0
		for i := range l.Blocks {
			if l.Blocks[i].Solid() == 0 {
				continue
			}
			s := l.Blocks[i].Text
			if size += len(s) + 1; size > enough && size > len(s)+1 {
				break
			}
			b.WriteString(s)
			b.WriteByte('\n')
		}
	})
}
