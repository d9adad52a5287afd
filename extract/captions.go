package extract

import (
	"cmp"
	"slices"
	"strings"

	"dateline"
	"dateline/extract/byline"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// Sizes of captions, in bytes.
const (
	longCaption = 2000 // no caption is longer
	longMaker   = 150  // no credit of a picture in an element of its own is longer
)

// caption sets the caption of a picture, given by its node, and its credit: who made it.
func (p *pictures) caption(n dom.ID, im *dateline.Image) {
	var words, makers []string
	for _, c := range p.captionsOf(n) {
		w, m := p.readCaption(c)
		if w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
		if m != "" && !slices.Contains(makers, m) {
			makers = append(makers, m)
		}
	}
	for _, w := range words {
		caption, credit := byline.SplitCredit(w)
		im.Caption, im.Credit = cmp.Or(im.Caption, caption), cmp.Or(im.Credit, credit)
	}
	if len(makers) > 0 {
		im.Credit = makers[0]
	}
	if im.Credit == "" {
		im.Credit = p.labelledCredit(n)
	}
}

// labelledCredit returns the credit of a picture that stands in its figure apart from the
// captions and has a label: "Image source, Jo Bell"; "" if there is none.
func (p *pictures) labelledCredit(n dom.ID) string {
	const most = 100 // nodes of a figure that are looked at
	box, t := p.figureOf(n), p.Tree
	if box == 0 {
		return ""
	}
	for i := box + 1; i < min(t.End(box), box+most); i++ {
		size := int(p.Size[t.End(i)] - p.Size[i])
		if p.OwnRoles[i]&page.InCaption != 0 || t.Tag(i) == dom.Noscript || t.Silent(i) {
			i = t.End(i) - 1
			continue
		}
		if t.Tag(i) == dom.Text || size == 0 || size > longMaker {
			continue
		}
		if c, ok := byline.Credit(page.Text(t, i)); ok {
			return c
		}
	}
	return ""
}

// captionsOf returns the elements that hold the caption of a picture. In a figure these
// are the elements named captions behind the picture, or before it if none are behind.
// Outside of figures see captionsBeside.
func (p *pictures) captionsOf(n dom.ID) (all []dom.ID) {
	box := p.figureOf(n)
	if box == 0 {
		return p.captionsBeside(n)
	}
	const most = 400 // nodes of a figure that are looked at
	behind := 0      // all[behind:] stand behind the picture
	for i := box + 1; i < min(p.Tree.End(box), box+most); {
		if p.OwnRoles[i]&page.InCaption == 0 || p.Size[p.Tree.End(i)] == p.Size[i] || p.Tree.Within(n, i) {
			if p.IsImage(i) && i > n && len(all) > behind {
				break // what follows is another picture's
			}
			i++
			continue
		}
		all = append(all, i)
		if i < n {
			behind = len(all)
		}
		i = p.Tree.End(i)
	}
	if len(all) > behind {
		return all[behind:]
	}
	return all
}

// captionsBeside returns the elements named captions that follow a picture outside of a
// figure, with nothing but empty elements between.
func (p *pictures) captionsBeside(n dom.ID) (all []dom.ID) {
	const near = 4 // elements around the picture that are looked at, if they hold nothing else
	t := p.Tree
	for range near {
		for s := t.Next(n); s != 0; s = t.Next(s) {
			if c := p.onlyCaption(s); c != 0 {
				all = append(all, c)
			} else if p.Size[t.End(s)] > p.Size[s] || p.holdsImage(s) {
				return all
			}
		}
		if up := t.Parent(n); len(all) == 0 && up != 0 && p.Size[t.End(up)] == p.Size[up] {
			n = up
			continue
		}
		return all
	}
	return all
}

// onlyCaption returns the element named a caption that an element is, or that holds all
// of its text, as a cell does that of a row; 0 if there is none.
func (p *pictures) onlyCaption(n dom.ID) dom.ID {
	const deepest = 4 // levels
	t := p.Tree
	size := p.Size[t.End(n)] - p.Size[n]
	for depth := 0; n != 0 && size > 0 && depth < deepest; depth++ {
		if p.OwnRoles[n]&page.InCaption != 0 {
			return n
		}
		n = t.First(n)
		for n != 0 && p.Size[t.End(n)]-p.Size[n] != size {
			n = t.Next(n)
		}
	}
	return 0
}

// holdsImage reports whether an element holds a picture near its beginning, or is one.
func (p *pictures) holdsImage(n dom.ID) bool {
	const most = 10 // nodes
	for i := n; i < min(p.Tree.End(n), n+most); i++ {
		if p.IsImage(i) {
			return true
		}
	}
	return false
}

// readCaption returns the words of the caption in element n, and who made the picture if
// an element of its own in the caption says so. Either is "" if there is none.
func (p *pictures) readCaption(n dom.ID) (words, maker string) {
	t := p.Tree
	if page.NamesCredit(t, n) {
		s := page.Text(t, n)
		if len(s) <= longMaker {
			return "", byline.MakerOf(s)
		}
		return s, ""
	}
	const usual = 256 // bytes: most captions have fewer
	var w text.Spacer
	words = text.Line(text.Compose(usual, func(b *strings.Builder) {
		for i := n + 1; i < t.End(n); {
			switch own := p.OwnRoles[i]; {
			case t.Tag(i) == dom.Text:
				if endsPart(b.String()) && t.Parent(i) != n {
					w.Space()
				}
				w.Write(b, t.Nodes[i].Text)
			case t.Silent(i), own&(page.Hidden|page.InForm|page.InShare) != 0:
				w.Space()
				i = t.End(i)
				continue
			case page.NamesCredit(t, i) && maker == "" && int(p.Size[t.End(i)]-p.Size[i]) <= longMaker:
				maker = byline.MakerOf(page.Text(t, i))
				w.Space()
				i = t.End(i)
				continue
			case !t.Tag(i).Inline():
				w.Space()
			}
			i++
		}
	}))
	if len(words) > longCaption || text.Letters(words) == 0 {
		return "", maker
	}
	return words, maker
}

// endsPart reports whether a text ends as a sentence or a label does, so that an
// element behind it begins a part of its own.
func endsPart(s string) bool {
	return s != "" && strings.IndexByte(".!?:)", s[len(s)-1]) >= 0
}

// statedImage returns the lead picture, given by its address and evidence, with the size,
// the caption and the credit that the page's metadata states for it.
func (p *pictures) statedImage(lead claim) dateline.Image {
	im := dateline.Image{URL: lead.value}
	if lead.from == "jsonld:image" {
		if t, ok := p.Thing(p.News.Get("image").First()); ok {
			im.Width, im.Height = pixels(t.Text("width")), pixels(t.Text("height"))
			im.Caption, im.Credit = t.Text("caption"), t.Text("creditText")
		}
	}
	if im.Width == 0 && link.Resolve(p.Base, p.Meta("og:image")) == lead.value {
		im.Width, im.Height = pixels(p.Meta("og:image:width")), pixels(p.Meta("og:image:height"))
	}
	return im
}
