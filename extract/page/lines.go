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

// Apart returns the text of a block, with a space where a word that ends in a
// small letter or a digit meets a capital or a digit in the next element: what
// styles set apart on the screen.
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

// writeApart writes the texts of a block up to the node end, set apart where two
// words meet; it returns the last of them.
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

// meets reports whether the end of a and the beginning of b are two words.
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

// Elements yields the texts of the elements of a line.
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

// Running returns the running text of the page, as much as tells its language.
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
