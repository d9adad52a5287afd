package body

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// bioVerbs stand between the name of an author and what he is or does.
var bioVerbs = words.NewSet("bio-verb")

// longBio is the most visible bytes of a note on an author.
const longBio = 600

// madeNotes begin notes on how the text was made or where it appeared first.
var madeNotes = words.NewPhrases("made-note")

// dropBios drops the notes on its authors and on how it was made, and the lines of
// credits, that a text ends with.
func (p *chooser) dropBios(keep []bool) {
	for i := len(keep) - 1; i > 0; i-- {
		b := &p.Blocks[i]
		switch {
		case !keep[i]:
		case !p.isBio(i) && (b.Kind != dateline.Paragraph || !byline.OnlyCredits(b.Text) && !byline.OnlyNames(b.Text) && !isMadeNote(b)):
			return
		default:
			keep[i] = false
		}
	}
}

// isMadeNote reports whether a block says how the text was made or where it appeared
// first.
func isMadeNote(b *page.Block) bool {
	return b.Size <= longInvite && begins(madeNotes, text.Lower(strings.TrimLeft(b.Text, " *—–-•([")))
}

// isBio reports whether a block tells who an author is: it begins with a name and what
// its bearer is or does. The name is one of the byline, or all of the block is set in
// italics, or the page names no author and the bearer works as authors do; or it begins
// with a label such as "About the author:".
func (p *chooser) isBio(i int) bool {
	b := &p.Blocks[i]
	if b.Size > longBio || b.Kind != dateline.Paragraph {
		return false
	}
	s := strings.TrimLeft(b.Text, " *—–-•(")
	for _, name := range p.lead.Bylines {
		if rest, ok := strings.CutPrefix(s, name); ok && name != "" && saysWhat(rest) {
			return true
		}
	}
	if label, _, ok := strings.Cut(s, ":"); ok && announced(label) == onAuthors {
		return true
	}
	rest := behindName(s)
	return b.Slant*10 >= b.Size*9 && saysWhat(rest) || len(p.lead.Bylines) == 0 && saysWhat(rest) && p.worksHere(rest)
}

// worksHere reports whether what follows a name says first of all that its bearer works
// for newspapers, "ist Redakteurin im Ressort Chronik", and nothing of a day or of others.
func (p *chooser) worksHere(rest string) bool {
	const most = 4 // words, with the verb, among which the role stands
	const longest = 200
	if len(rest) > longest || strings.ContainsAny(rest, "“”„«»\"") {
		return false
	}
	for i, w := 0, ""; i < most && rest != ""; i++ {
		w, rest, _ = strings.Cut(strings.TrimLeft(rest, " ,"), " ")
		if byline.IsRole(w) {
			return true
		}
	}
	return false
}

// saysWhat reports whether a text goes on from a name with a word of being or doing.
func saysWhat(rest string) bool {
	w, _, _ := strings.Cut(strings.TrimLeft(rest, " ,"), " ")
	return bioVerbs.Has(w)
}

// behindName returns what follows the two to four words with capitals that a text
// begins with, without what stands behind them between two commas, "" if it does not
// begin so.
func behindName(s string) string {
	const least, most = 2, 4
	rest := s
	for n := range most + 1 {
		w, after, _ := strings.Cut(rest, " ")
		first, _ := utf8.DecodeRuneInString(w)
		if n+1 >= least && unicode.IsUpper(first) && strings.HasSuffix(w, ",") {
			_, rest, _ = strings.Cut(after, ", ")
			return rest
		}
		if !unicode.IsUpper(first) || n == most {
			if n < least {
				return ""
			}
			return rest
		}
		rest = after
	}
	return rest
}

// documentEndings are those of the names of files that articles refer to.
var documentEndings = []string{".pdf", ".doc", ".docx", ".xls", ".xlsx", ".csv", ".odt", ".ods", ".zip", ".ppt", ".pptx", ".txt", ".json", ".mp3", ".mp4"}

// keepAnnounced keeps the lists of links that a line of the text right before them
// announces, if they lead to documents or to other sites. Those to pages of the same
// site are other articles.
func (p *chooser) keepAnnounced(keep []bool) {
	for i := 1; i < len(keep); i++ {
		b, before := &p.Blocks[i], &p.Blocks[i-1]
		if b.List == 0 || before.List == b.List || !keep[i-1] || before.Kind != dateline.Paragraph || !text.EndsWithColon(before.Text) || announced(before.Text) != 0 {
			continue
		}
		const most = 5 // links to other sites: longer lists are offers
		end, away, others := i, 0, 0
		for ; end < len(keep) && p.Blocks[end].List == b.List; end++ {
			item := &p.Blocks[end]
			switch {
			case p.isDocument(item.Href):
				away++
			case item.Link*10 >= item.Size*9 && p.leadsAway(item.Href):
				others++
			}
		}
		if end-i <= most {
			away += others
		}
		for k := i; k < end && away*3 >= (end-i)*2; k++ {
			keep[k] = keep[k] || p.Tree.Within(p.Blocks[k].First, p.root)
		}
		i = end - 1
	}
}

// isDocument reports whether a link leads to a document.
func (p *chooser) isDocument(link dom.ID) bool {
	if link == 0 {
		return false
	}
	href, _, _ := strings.Cut(p.Tree.Attr(link, dom.Href), "?")
	return slices.Contains(documentEndings, text.Lower(path.Ext(href)))
}

// leadsAway reports whether a link leads to another site.
func (p *chooser) leadsAway(link dom.ID) bool {
	return link != 0 && p.leadOf(p.Tree.Attr(link, dom.Href)) == toOthers
}
