package body

import (
	"html"
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/boost"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// When a text is looked for out of sight, and what is taken; in bytes, set by eye.
const (
	fewShown   = 300 // a page that shows less may keep its text elsewhere: paragraphs that stand alone are shorter
	leastKept  = 400 // what is kept elsewhere is taken from here on: shorter texts are descriptions
	timesShown = 4   // a text that is stated must be so many times as long as what is shown
)

// A Source is where the text of a page may be.
type Source struct {
	From string // the evidence
	Size int    // bytes of text
}

// hiddenWays are where a page may keep its text out of sight, in the order in which
// they are asked: each gives a text that is better than the best so far, or nil.
var hiddenWays = [...]struct {
	Way
	whole bool // it is asked of every page, since what it gives is all of the text where a page shows a part
	find  func(h *hiding, best *Text, from string) *Text
}{
	{Way{Name: "jsonld:articleBody"}, true, (*hiding).cut},
	{Way{Name: "jsonld:articleBody"}, false, (*hiding).stated},
	{Way{"page:script", "text that the page keeps in the data of its scripts"}, false, (*hiding).scripted},
	{Way{}, false, (*hiding).captions}, // the evidence is the element that holds them
}

// A hiding looks for the text that a page keeps where no reader sees it.
type hiding struct {
	page  *page.Page
	shown *Text
	known Lead
	model *boost.Model
}

// Hidden returns the body that a page keeps where no reader sees it: as markup or
// lists within the data of its scripts, from which they draw the page, in
// templates, or in its JSON-LD. It is asked only where the page shows hardly any
// text, and for a text of which the page shows a part; shown is what it shows, and
// what is returned if nothing better is kept. If why, the text has its Sources.
func Hidden(p *page.Page, shown *Text, known Lead, model *boost.Model, why bool) *Text {
	h := &hiding{p, shown, known, model}
	few := len(shown.Content) < fewShown && (p.IsNews() || shown.Content == "")
	best := shown
	var sources []Source
	for i := range hiddenWays {
		way := &hiddenWays[i]
		if !few && !way.whole {
			continue
		}
		better := way.find(h, best, way.Name)
		if better == nil {
			continue
		}
		if why {
			sources = append(sources, Source{best.From, len(best.Content)})
		}
		if best = better; way.whole {
			break
		}
	}
	if why {
		with := *best
		with.Sources = append(sources, Source{best.From, len(best.Content)})
		best = &with
	}
	return best
}

// cut returns the text that JSON-LD gives whole where the page shows its beginning only.
func (h *hiding) cut(_ *Text, from string) *Text {
	whole := wholeOf(h.page, h.shown)
	if whole == nil {
		return nil
	}
	t := *h.shown
	t.setText(whole, from)
	return &t
}

// stated returns the text that JSON-LD gives.
func (h *hiding) stated(best *Text, from string) *Text {
	stated := statedBody(h.page)
	if len(stated) <= max(leastKept, timesShown*len(best.Content)) {
		return nil
	}
	t := *best
	t.setText(plainBlocks(stated), from)
	return &t
}

// scripted returns the text of the markup in the data of the scripts.
func (h *hiding) scripted(best *Text, from string) *Text {
	markup := h.page.StateMarkup(h.known.Headline)
	if markup == "" {
		return nil
	}
	tree := dom.Parse(`<html><body><article>` + markup)
	defer tree.Release()
	q := page.Read(tree, h.page.Address)
	defer q.Release()
	l := q.LayOut()
	root := Root(l, h.known.Headline)
	if root == 0 {
		return nil
	}
	kept := Choose(l, root, Lead{Headline: h.known.Headline, Bylines: h.known.Bylines}, h.model, false)
	if len(kept.Content) <= max(leastKept, len(best.Content)) {
		return nil
	}
	t := *best
	t.Content, t.Blocks, t.From = kept.Content, kept.Blocks, from
	return &t
}

// captions returns those of an article that tells all in them, if there is no other
// text.
func (h *hiding) captions(best *Text, _ string) *Text {
	if best.Content != "" {
		return nil
	}
	if t := pictureStory(h.page, h.shown); t != h.shown {
		return t
	}
	return nil
}

// statedBody returns the text that the JSON-LD gives, a paragraph a line.
func statedBody(p *page.Page) string {
	s := p.News.Get("articleBody").First().Text()
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	if !strings.Contains(s, "</") && !strings.Contains(s, "<br") {
		return strings.TrimSpace(s)
	}
	t := dom.Parse(`<html><body>` + s)
	defer t.Release()
	q := page.Read(t, p.Address)
	defer q.Release()
	var lines []string
	for _, b := range q.LayOut().Blocks {
		lines = append(lines, b.Text)
	}
	return strings.Join(lines, "\n")
}

// wholeOf returns the blocks of the text that the JSON-LD gives, if what is shown
// is the beginning of it and the page says that it shows only a part.
func wholeOf(p *page.Page, shown *Text) []page.Block {
	least := len(shown.Content)*4/3 + 200 // bytes
	if len(p.News.Get("articleBody").First().Text()) < least || !p.IsCut() {
		return nil
	}
	stated := statedBody(p)
	key, found, all := text.Key(stated), 0, 0
	for _, b := range shown.Blocks {
		if s := text.Key(strings.TrimRight(shown.Content[b.Start:b.End], " .…")); len(s) > 30 {
			if all++; strings.Contains(key, s) {
				found++
			}
		}
	}
	if len(stated) < least || found == 0 || found*3 < all*2 {
		return nil
	}
	blocks := plainBlocks(stated)
	if len(blocks) > 1 {
		return blocks
	}
	// The JSON-LD has no line breaks: the paragraphs that are shown stay as they are.
	line := blocks[0].Text
	var out []page.Block
	for _, b := range shown.Blocks {
		s := text.Line(shown.Content[b.Start:b.End])
		before, rest, ok := strings.Cut(line, s)
		if !ok || len(before) > 3 {
			break
		}
		out, line = append(out, page.Block{Kind: b.Kind, Text: s}), rest
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, plainBlocks(line)...)
}

// pictureStory returns the captions of an article that tells all in them as its
// text; it is shown where there is no such article.
func pictureStory(p *page.Page, shown *Text) *Text {
	const fewest, least = 3, 400 // pictures, and bytes of their captions
	news := p.IsNews()
	t, l := p.Tree, shown.Layout
	const not = page.InNav | page.InRelated | page.InComment | page.InAd | page.InSignup | page.Hidden | page.InFooter
	keep := make([]bool, len(l.Blocks))
	root, last, n, size := dom.ID(0), -1, 0, 0
	for i := range l.Blocks {
		b := &l.Blocks[i]
		figure := dom.ID(0)
		if news {
			figure = p.Within(b.Node, dom.Figure)
		}
		if figure == 0 && b.Roles&page.InCaption != 0 {
			figure = boxOfPicture(p, b.Node)
		}
		if figure == 0 || b.Roles&not != 0 || b.Link*2 > b.Size || b.Size < 60 || !text.Ends(b.Text) {
			continue
		}
		if root == 0 {
			root = t.Parent(figure)
		}
		for root != 0 && !t.Within(b.First, root) {
			root = t.Parent(root)
		}
		keep[i], last = true, i
		n++
		size += b.Size
	}
	if n < fewest || size < least || root == 0 {
		return shown
	}
	best := *shown
	best.Root, best.keep, best.Last = root, keep, last
	best.Content, best.Blocks = join(l.Blocks, keep)
	for i := range best.Blocks {
		best.Blocks[i].Kind = dateline.Paragraph
	}
	best.From = "page:" + p.Path(root)
	return &best
}

// boxOfPicture returns the element around a caption that also holds a picture before it,
// which is no link to another page; 0 if none near does.
func boxOfPicture(p *page.Page, caption dom.ID) dom.ID {
	const levels, near = 3, 30
	t := p.Tree
	box := caption
	for range levels {
		if box = t.Parent(box); box == 0 {
			return 0
		}
		for n := max(box+1, caption-near); n < caption; n++ {
			if t.Tag(n) == dom.A {
				return 0
			}
			if p.IsImage(n) {
				return box
			}
		}
	}
	return 0
}

// setText makes the blocks the text.
func (b *Text) setText(blocks []page.Block, from string) {
	keep := make([]bool, len(blocks))
	for i := range keep {
		keep[i] = true
	}
	b.Content, b.Blocks = join(blocks, keep)
	b.From = from
}

// plainBlocks returns a paragraph for every line of a text.
func plainBlocks(s string) (blocks []page.Block) {
	for l := range strings.SplitSeq(s, "\n") {
		if l = text.Line(l); l != "" {
			blocks = append(blocks, page.Block{Kind: dateline.Paragraph, Text: l})
		}
	}
	return blocks
}
