package extract

import (
	"slices"
	"strings"

	"dateline"
	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/jsontree"
	"dateline/internal/text"
)

// images sets the pictures of the article in their order on the page, the one
// that the page gives to others to show among them wherever it stands. Where the
// page shows none, that one is taken by itself.
func (p *page) images() {
	seen := map[string]bool{}
	from, to := p.imageRange()
	for n := from; n < to && len(p.a.Images) < 200; n++ {
		if !p.isImage(n) {
			continue
		}
		im, ok := p.image(n, cueNav|cueRelated|cueComment|cueShare|cueAd|cueSignup|cueNotice|cueBio|cueByline|cueFooter|cueTags|cueAside)
		if !ok || seen[imageKey(im.URL)] {
			continue
		}
		seen[imageKey(im.URL)] = true
		p.a.Images = append(p.a.Images, im)
	}
	lead := p.leadImage()
	if im, ok := p.shownLead(lead.value, from, to); ok {
		p.a.Images = append([]dateline.Image{im}, p.a.Images...)
	}
	switch {
	case len(p.a.Images) > 0:
		p.found("images", "page:img")
	case lead.value != "":
		p.a.Images = []dateline.Image{{URL: lead.value}}
		p.found("images", lead.from)
	}
}

// leadImage returns the picture that the page gives to others to show.
func (p *page) leadImage() claim {
	for _, c := range []claim{{p.imageOf(p.news.Get("image")), "jsonld:image"}, {p.itemText("image"), "microdata:image"}, {p.meta("og:image"), "meta:og:image"}, {p.meta("twitter:image"), "meta:twitter:image"}} {
		if u := link.Resolve(p.base, c.value); u != "" && !ornament(u) {
			return claim{u, c.from}
		}
	}
	return claim{}
}

// shownLead returns the lead picture as the page shows it outside of the range
// that was searched; ok is false if it does not or the article has it already.
func (p *page) shownLead(lead string, from, to dom.ID) (im dateline.Image, ok bool) {
	key := imageKey(lead)
	if lead == "" || slices.ContainsFunc(p.a.Images, func(im dateline.Image) bool { return samePicture(imageKey(im.URL), key) }) {
		return im, false
	}
	for n := dom.ID(1); n < dom.ID(p.t.Len()); n++ {
		if n == from {
			n = to
		}
		if int(n) >= p.t.Len() || !p.isImage(n) {
			continue
		}
		if im, ok = p.image(n, cueRelated|cueComment|cueBio|cueFooter); ok && samePicture(imageKey(im.URL), key) {
			return im, true
		}
	}
	return im, false
}

// samePicture reports whether two keys begin so much alike that they name
// versions of one picture.
func samePicture(a, b string) bool {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n == len(a) && n == len(b) || n >= 20 && n*3 > 2*min(len(a), len(b))
}

func (p *page) isImage(n dom.ID) bool {
	return p.t.Tag(n) == dom.Img || p.t.Tag(n) == dom.Other && p.t.Nodes[n].Text == "amp-img"
}

// imageOf returns the address of an image given in JSON-LD; a reference by @id
// is followed.
func (p *page) imageOf(v jsontree.Value) string {
	if t, ok := p.thing(v.First()); ok {
		return imageURL(t.Value)
	}
	return imageURL(v)
}

// imageRange returns the nodes among which the article's pictures are: from
// the element that holds both headline and body to the end of the body.
func (p *page) imageRange() (from, to dom.ID) {
	if p.root == 0 {
		return 0, 0
	}
	from, to = p.root, p.t.End(p.root)
	head := p.headLine()
	if head < 0 || p.blocks[head].node > p.root {
		return from, to
	}
	h := p.blocks[head].node
	for from != 0 && !p.t.Within(h, from) {
		from = p.t.Parent(from)
	}
	if tag := p.t.Tag(from); from == 0 || tag == dom.Body || tag == dom.HTML {
		from = max(1, h-150)
	}
	return from, to
}

// image reads one picture; ok is false for an ornament, the picture of a link,
// and one in a box with one of the cues that say it is not the article's.
func (p *page) image(n dom.ID, not cue) (im dateline.Image, ok bool) {
	t := p.t
	if p.cues[n]&cueFigure != 0 {
		not &^= cueAside
	}
	if p.cues[n]&not != 0 {
		return im, false
	}
	if p.leadsAway(n) {
		return im, false
	}
	if t.Tag(t.Parent(n)) == dom.Noscript && n > 1 && p.twin(t.Parent(n)) {
		return im, false
	}
	im.Width, im.Height = pixels(t.Attr(n, dom.Width)), pixels(t.Attr(n, dom.Height))
	if im.Width > 0 && im.Width < 90 || im.Height > 0 && im.Height < 60 {
		return im, false
	}
	best, width := p.versions(n)
	im.URL = link.Resolve(p.base, best)
	if im.URL == "" || ornament(im.URL) {
		return im, false
	}
	if width > im.Width {
		im.Width, im.Height = width, 0
	}
	p.caption(n, &im)
	return im, true
}

// leadsAway reports whether a picture is the link to another page.
func (p *page) leadsAway(n dom.ID) bool {
	t := p.t
	up := t.Parent(n)
	for range 6 {
		if up == 0 || t.Tag(up) == dom.A {
			break
		}
		up = t.Parent(up)
	}
	if t.Tag(up) != dom.A {
		return false
	}
	href := link.Resolve(p.base, t.Attr(up, dom.Href))
	path, _, _ := strings.Cut(text.Lower(href), "?")
	for _, ext := range []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"} {
		if strings.HasSuffix(path, ext) {
			return false
		}
	}
	own := addressKey(p.address)
	return href != "" && own != "" && !strings.HasPrefix(addressKey(href), own) && p.ownSite(href) && !text.ContainsAny(path, []string{"photo", "gallery", "image", "bild", "foto", "media"})
}

// twin reports whether a picture stands beside a <noscript> which repeats it.
func (p *page) twin(noscript dom.ID) bool {
	parent := p.t.Parent(noscript)
	for n := parent + 1; n < min(p.t.End(parent), noscript+60); n++ {
		if p.t.Tag(n) == dom.Img && !p.t.Within(n, noscript) {
			u, _ := p.versions(n)
			return link.Resolve(p.base, u) != ""
		}
	}
	return false
}

// versions returns the biggest version of a picture and its width if told.
func (p *page) versions(n dom.ID) (best string, width int) {
	t := p.t
	pick := func(n dom.ID) {
		for _, k := range [...]dom.Key{dom.Srcset, dom.DataSrcset, dom.DataLazySrcset, dom.DataOriginalSet} {
			if u, w := biggest(t.Attr(n, k)); u != "" && (w > width || best == "") {
				best, width = u, w
			}
		}
	}
	pick(n)
	if best == "" {
		if parent := t.Parent(n); t.Tag(parent) == dom.Picture {
			for c := t.First(parent); c != 0 && c < parent+60; c = t.Next(c) {
				if t.Tag(c) == dom.Source {
					pick(c)
				}
			}
		}
	}
	for _, k := range [...]dom.Key{dom.DataSrc, dom.DataLazySrc, dom.DataOriginal, dom.Src} {
		if u := t.Attr(n, k); best == "" && u != "" && !strings.HasPrefix(u, "data:") && !ornament(u) {
			best = u
		}
	}
	return best, width
}

// biggest returns the widest candidate of a srcset.
func biggest(set string) (u string, width int) {
	for len(set) > 0 {
		set = strings.TrimLeft(set, " \t\r\n,")
		end := strings.IndexAny(set, " \t\r\n")
		if end < 0 {
			end = len(set)
		}
		addr := strings.TrimRight(set[:end], ",")
		rest := set[end:]
		comma := strings.IndexByte(rest, ',')
		if comma < 0 {
			comma = len(rest)
		}
		if strings.HasSuffix(set[:end], ",") {
			comma = 0
		}
		desc := strings.TrimSpace(rest[:comma])
		set = rest[comma:]
		if addr == "" || strings.HasPrefix(addr, "data:") {
			continue
		}
		w := 0
		if strings.HasSuffix(desc, "w") {
			w, _ = number(desc[:len(desc)-1])
		}
		if u == "" || w > width {
			u, width = addr, w
		}
	}
	return u, width
}

func pixels(s string) int {
	n, ok := number(strings.TrimSuffix(strings.TrimSpace(s), "px"))
	if !ok || n > 100000 {
		return 0
	}
	return n
}

// number reads a number of digits alone, at most nine of them.
func number(s string) (n int, ok bool) {
	if v, digits := text.Number(s); digits > 0 && digits == len(s) {
		return v, true
	}
	return 0, false
}

// ornament reports whether an address is that of a logo, a button, a blank.
func ornament(u string) bool {
	u = text.Lower(u)
	path, _, _ := strings.Cut(u, "?")
	if strings.HasSuffix(path, ".svg") || strings.HasPrefix(u, "data:") {
		return true
	}
	return text.ContainsAny(path, []string{"logo", "icon", "avatar", "sprite", "placeholder", "/blank", "spacer", "1x1", "gravatar", "emoji", "pixel.", "/pixel", "default-image", "transparent", "loading.", "badge", "lazyload", "dummy", "loader", "banner_", "/banner"})
}

// imageKey is what the versions of one picture share: the last part of the
// path without its size.
func imageKey(u string) string {
	path, _, _ := strings.Cut(u, "?")
	path, _, _ = strings.Cut(path, "#")
	_, path, _ = strings.Cut(path, "//")
	last := path[strings.LastIndexByte(path, '/')+1:]
	if i := strings.LastIndexByte(last, '.'); i > 0 && len(last)-i < 7 {
		last = last[:i]
	}
	last, _, _ = strings.Cut(last, "~")
	if i := strings.LastIndexAny(last, "-_"); i > 0 && strings.Trim(last[i+1:], "0123456789xX") == "" && strings.ContainsAny(last[i+1:], "xX") {
		last = last[:i]
	}
	if len(last) < 8 {
		return path
	}
	return last
}

// caption sets what is printed under a picture and who made it.
func (p *page) caption(n dom.ID, im *dateline.Image) {
	t := p.t
	box := n
	for up, steps := t.Parent(n), 0; up != 0 && steps < 6; up, steps = t.Parent(up), steps+1 {
		if t.Tag(up) == dom.Figure || p.own[up]&cueFigure != 0 {
			box = up
			break
		}
	}
	if box == n {
		return
	}
	for i := box + 1; i < min(t.End(box), box+400); {
		if p.own[i]&cueCaption == 0 || p.size[t.End(i)] == p.size[i] {
			i++
			continue
		}
		s := textOf(t, i)
		if credit, ok := creditOf(s); ok && len(s) < 120 {
			im.Credit = credit
		} else if im.Caption == "" && len(s) < 2000 {
			im.Caption = s
		}
		i = t.End(i)
	}
	if im.Credit == "" {
		im.Caption, im.Credit = splitCredit(im.Caption)
	}
}

var creditMarks = []string{"©", "Photo:", "Photograph:", "Foto:", "Foto ", "Bild:", "Image:", "Quelle:", "Credit:", "Photo by ", "Source:", "Fotos:", "Picture:", "(Photo:", "Fotografie:", "Crédit:", "写真", "사진"}

// creditOf reads a line that is a credit as a whole.
func creditOf(s string) (string, bool) {
	for _, m := range creditMarks {
		if rest, ok := strings.CutPrefix(s, m); ok {
			return strings.Trim(rest, " :()[]"), rest != ""
		}
	}
	return "", false
}

// splitCredit cuts the credit off the end of a caption.
func splitCredit(s string) (caption, credit string) {
	for _, m := range creditMarks {
		if i := strings.LastIndex(s, m); i > 0 && len(s)-i < 100 {
			if c, ok := creditOf(s[i:]); ok {
				return strings.TrimRight(s[:i], " ([|/-–"), c
			}
		}
	}
	return s, ""
}
