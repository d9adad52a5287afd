package body

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
	"dateline/internal/words"
)

// leads fills in where the links of a block lead, and how near a picture is.
func (f *featureReader) leads() {
	p, t := f.p, f.p.Tree
	f.pictures = f.pictures[:0]
	for n := range t.Nodes {
		if page.IsMedia[t.Nodes[n].Tag] {
			f.pictures = append(f.pictures, dom.ID(n))
		}
	}
	for i := range p.Blocks {
		b, v := &p.Blocks[i], &f.all[i]
		if !Open(v) {
			continue
		}
		v[fLinks] = min(b.Links, 12)
		v[fEdges] = b.Edges
		v[fPicture] = f.besides(b)
		if b.Href != 0 {
			v[fLead] = p.leadOf(t.Attr(b.Href, dom.Href))
		}
	}
}

// besides tells how much more text the smallest box has that holds both the
// block and a picture: that of a caption has hardly any.
func (f *featureReader) besides(b *page.Block) uint8 {
	const far = 255
	p, t := f.p, f.p.Tree
	for n, levels := b.Node, 0; n != 0 && n != p.root && levels < 10; n, levels = t.Parent(n), levels+1 {
		if at, _ := slices.BinarySearch(f.pictures, n); at < len(f.pictures) && f.pictures[at] < t.End(n) {
			return level(int(p.Size[t.End(n)]-p.Size[n]) - b.Size)
		}
	}
	return far
}

// Where a link can lead.
const (
	within = 1 + iota // to a place of the page itself, or nowhere
	toAct             // to no page: it writes a mail or runs a script
	toOthers
	toSite // to a page of this site with a short path; a longer path adds up to 3
)

// leadOf tells where a link leads.
func (p *chooser) leadOf(href string) uint8 {
	href = strings.TrimSpace(href)
	if href == "" || href[0] == '#' {
		return within
	}
	path := href
	if at := strings.IndexAny(href, ":/?#"); at >= 0 && (href[at] == ':' || strings.HasPrefix(href, "//")) {
		scheme, rest, _ := strings.Cut(href, "//")
		if rest == "" || scheme != "" && !strings.HasPrefix(scheme, "http") {
			return toAct
		}
		host := rest[:len(rest)-len(strings.TrimLeftFunc(rest, inHost))]
		if n := len(host) - len(p.Site); p.Site == "" || n < 0 || !strings.EqualFold(host[n:], p.Site) || n > 0 && host[n-1] != '.' {
			return toOthers
		}
		path = rest[len(host):]
	}
	if at := strings.IndexAny(path, "?#"); at >= 0 {
		path = path[:at]
	}
	return toSite + uint8(min(3, len(path)/24))
}

func inHost(r rune) bool { return r != '/' && r != '?' && r != '#' && r != ':' }

// under fills in whether the heading above a block announces something that is no part
// of the article: "Related stories".
func (f *featureReader) under() {
	const short = 60
	above := uint8(0)
	for i := range f.p.Blocks {
		b := &f.p.Blocks[i]
		if b.Kind == dateline.Heading || b.Size < short && b.Bold == b.Size {
			above = announced(b.Text)
		} else if b.Size < short && b.Kind == dateline.Paragraph {
			if a := announced(b.Text); a != 0 {
				above = a
			}
		}
		f.all[i][fUnder] = above
	}
}

// onAuthors is what announced returns for a heading over notes on authors.
const onAuthors = 1

// announced returns what a heading announces, as a number that the model knows; 0 if
// that can be part of the article.
func announced(s string) uint8 {
	const long = 80
	if len(s) > long {
		return 0
	}
	low := text.Lower(s)
	for k, list := range [...]*words.Phrases{aboutAuthors, aboutOthers, aboutSources} {
		for _, w := range list.Begin(low) {
			if strings.HasPrefix(low, w) {
				return uint8(k) + onAuthors
			}
		}
	}
	return 0
}

// Beginnings of headings over what stands under an article.
var (
	aboutAuthors = words.NewPhrases("heading-author")
	aboutOthers  = words.NewPhrases("heading-others")
	aboutSources = words.NewPhrases("heading-sources")
)
