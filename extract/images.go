package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"dateline"
	"dateline/extract/body"
	"dateline/extract/link"
	"dateline/extract/page"
	"dateline/internal/dom"
	"dateline/internal/text"
)

// pictures finds the pictures of an article.
type pictures struct {
	*page.Page
	shown *shown
	body  *body.Text
	all   []dateline.Image
}

// shownImages is the way of finding pictures in what a page shows. If it finds any, the
// pictures that the page only states do not count.
var shownImages = Way{"page:img", "pictures between the headline and the end of the text"}

// images returns the pictures of the article in their order on the page. The picture
// that the page states for others to show (its lead picture) is among them wherever on
// the page it stands; where the page shows none, it is the only one.
func images(around *shown, b *body.Text, why *trace) (all []dateline.Image, from string) {
	const most = 200 // no article has as many
	p := &pictures{Page: b.Source, shown: around, body: b}
	var room [32]string
	seen := room[:0] // what setKey returns for each picture of p.all
	first, last := p.imageRange()
	for n := first; n < last && len(p.all) < most; n++ {
		if !p.IsImage(n) {
			continue
		}
		im, ok := p.image(n, page.InNav|page.InRelated|page.InComment|page.InShare|page.InAd|page.InSignup|page.InNotice|page.InBio|page.InByline|page.InFooter|page.InTags|page.InAside)
		if !ok {
			continue
		}
		key := p.setKey(n, im.URL)
		if i := slices.Index(seen, key); i >= 0 {
			p.all[i] = larger(p.all[i], im)
			continue
		}
		seen = append(seen, key)
		p.all = append(p.all, im)
	}
	lead := leadImage(b.Source, why)
	if im, ok := p.shownLead(lead.value, first, last); ok {
		p.all = append([]dateline.Image{im}, p.all...)
	}
	switch {
	case len(p.all) > 0:
		return p.all, shownImages.Name
	case lead.value != "":
		return []dateline.Image{p.statedImage(lead)}, lead.from
	}
	return nil, ""
}

// leadPlaces are where a page names its lead picture: the one that others, such as search
// engines, are to show with a link to it.
var leadPlaces = slices.Concat([]place[string]{{"jsonld:image", func(p *page.Page) string { return p.ImageOf(p.News.Get("image")) }}, microdata("image")},
	metas("og:image", "twitter:image"))

// leadImage returns the address of the lead picture that the page states; the claim is
// zero if it states none.
func leadImage(p *page.Page, why *trace) claim {
	c := firstStated(p, "images", leadPlaces, func(value string) string {
		switch u := link.Resolve(p.Base, value); {
		case u == "":
			return "it is no address"
		case ornament(u):
			return "it is a logo or a button"
		}
		return ""
	}, why)
	if c.value != "" {
		c.value = link.Resolve(p.Base, c.value)
	}
	return c
}

// shownLead returns the lead picture as the page shows it outside of the range
// that was searched; ok is false if it does not or the article has it already.
func (p *pictures) shownLead(lead string, from, to dom.ID) (im dateline.Image, ok bool) {
	key := imageKey(lead)
	if lead == "" || slices.ContainsFunc(p.all, func(im dateline.Image) bool { return samePicture(imageKey(im.URL), key) }) {
		return im, false
	}
	for n := dom.ID(1); n < dom.ID(p.Tree.Len()); n++ {
		if n == from {
			n = to
		}
		if int(n) >= p.Tree.Len() || !p.IsImage(n) {
			continue
		}
		if im, ok = p.sized(n, page.InRelated|page.InComment|page.InBio|page.InFooter); ok && samePicture(imageKey(im.URL), key) && p.ofArticle(n) {
			p.caption(n, &im)
			return im, true
		}
	}
	return im, false
}

// samePicture reports whether two keys are the same, or begin with so many of the same
// bytes that they most likely name versions of one picture.
func samePicture(a, b string) bool {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n == len(a) && n == len(b) || n >= 20 && n*3 > 2*min(len(a), len(b))
}

// imageRange returns the nodes among which the article's pictures are: from
// the element that holds both headline and body to the end of the body.
func (p *pictures) imageRange() (from, to dom.ID) {
	root := p.body.Root
	if root == 0 {
		return 0, 0
	}
	from, to = root, p.Tree.End(root)
	head := p.shown.head
	if head < 0 || p.body.Layout.Blocks[head].Node > root {
		return from, to
	}
	h := p.body.Layout.Blocks[head].Node
	for from != 0 && !p.Tree.Within(h, from) {
		from = p.Tree.Parent(from)
	}
	if tag := p.Tree.Tag(from); from == 0 || tag == dom.Body || tag == dom.HTML {
		from = max(1, h-150)
	}
	return from, to
}

// image reads the picture at node n. ok is false for an ornament, for the picture of a
// link to another page, and for one in an element with one of the roles in not.
func (p *pictures) image(n dom.ID, not page.Role) (im dateline.Image, ok bool) {
	if im, ok = p.sized(n, not); !ok || !p.ofArticle(n) {
		return im, false
	}
	p.caption(n, &im)
	return im, true
}

// sized returns a picture with its address and size only. ok is false for an ornament and
// for one in an element with one of the roles in not.
func (p *pictures) sized(n dom.ID, not page.Role) (im dateline.Image, ok bool) {
	t := p.Tree
	if p.body.Roles[n]&page.InFigure != 0 {
		not &^= page.InAside
	}
	if p.body.Roles[n]&not != 0 {
		return im, false
	}
	im.Width, im.Height = pixels(t.Attr(n, dom.Width)), pixels(t.Attr(n, dom.Height))
	if im.Width > 0 && im.Width < leastWidth || im.Height > 0 && im.Height < leastHeight {
		return im, false
	}
	best := p.versions(n)
	im.URL = link.Resolve(p.Base, best.address)
	if im.URL == "" || ornament(im.URL) || isTiny(im.URL) {
		return im, false
	}
	switch {
	case best.width > im.Width:
		im.Width, im.Height = best.width, 0
	case best.width == 0 && best.density > 1:
		im.Width, im.Height = int(float64(im.Width)*best.density), int(float64(im.Height)*best.density)
	}
	return im, true
}

// ofArticle reports whether a picture is one of the article: it is no link to another
// page, and no copy in a <noscript> of a picture that stands beside that.
func (p *pictures) ofArticle(n dom.ID) bool {
	up := p.Tree.Parent(n)
	return !p.leadsAway(n) && !(p.Tree.Tag(up) == dom.Noscript && n > 1 && p.twin(up))
}

// Pixels below which a picture is an ornament: buttons, portraits of authors and
// the pictures of teasers are smaller than any picture of an article.
const (
	leastWidth  = 90
	leastHeight = 60
)

// leadsAway reports whether a picture is the link to another page.
func (p *pictures) leadsAway(n dom.ID) bool {
	t := p.Tree
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
	href := link.Resolve(p.Base, t.Attr(up, dom.Href))
	path, _, _ := strings.Cut(text.Lower(href), "?")
	for _, ext := range []string{".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"} {
		if strings.HasSuffix(path, ext) {
			return false
		}
	}
	own := page.Key(p.Address)
	return href != "" && own != "" && !strings.HasPrefix(page.Key(href), own) && p.OwnSite(href) && !text.ContainsAny(path, []string{"photo", "gallery", "image", "bild", "foto", "media"})
}

// twin reports whether a picture stands beside a <noscript> which repeats it.
func (p *pictures) twin(noscript dom.ID) bool {
	parent := p.Tree.Parent(noscript)
	for n := parent + 1; n < min(p.Tree.End(parent), noscript+60); n++ {
		if p.Tree.Tag(n) == dom.Img && !p.Tree.Within(n, noscript) {
			return link.Resolve(p.Base, p.versions(n).address) != ""
		}
	}
	return false
}

// A version is one of the files that a picture can be shown from.
type version struct {
	address string
	width   int     // in pixels; 0 if it is not told
	density float64 // pixels of the file to one of the page; 0 if it is not told
}

// beats reports whether v is told to be larger than o.
func (v version) beats(o version) bool {
	return o.address == "" || v.width > o.width || v.width == o.width && v.density > max(o.density, 1)
}

// versions returns the largest version of a picture.
func (p *pictures) versions(n dom.ID) (best version) {
	t := p.Tree
	pick := func(n dom.ID) {
		for _, k := range [...]dom.Key{dom.Srcset, dom.DataSrcset, dom.DataLazySrcset, dom.DataOriginalSet} {
			if v := biggest(t.Attr(n, k)); v.address != "" && v.beats(best) {
				best = v
			}
		}
	}
	pick(n)
	if best.address == "" {
		if parent := t.Parent(n); t.Tag(parent) == dom.Picture {
			for c := t.First(parent); c != 0 && c < parent+60; c = t.Next(c) {
				if t.Tag(c) == dom.Source {
					pick(c)
				}
			}
		}
	}
	for _, k := range [...]dom.Key{dom.DataSrc, dom.DataLazySrc, dom.DataOriginal, dom.Src} {
		if u := t.Attr(n, k); best.address == "" && u != "" && !strings.HasPrefix(u, "data:") && !ornament(u) {
			best.address = u
		}
	}
	return best
}

// biggest returns the widest candidate of a srcset, or the densest.
func biggest(set string) (best version) {
	for len(set) > 0 {
		set = strings.TrimLeft(set, " \t\r\n,")
		end := strings.IndexAny(set, " \t\r\n")
		if end < 0 {
			end = len(set)
		}
		v := version{address: strings.TrimRight(set[:end], ",")}
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
		if v.address == "" || strings.HasPrefix(v.address, "data:") {
			continue
		}
		if w, ok := strings.CutSuffix(desc, "w"); ok {
			v.width, _ = number(w)
		} else if x, ok := strings.CutSuffix(desc, "x"); ok {
			if d, err := strconv.ParseFloat(x, 64); err == nil && d > 0 && d <= 8 {
				v.density = d
			}
		}
		if v.beats(best) {
			best = v
		}
	}
	return best
}

// pixels reads a width or a height, such as "640" or "640px"; 0 if it is none.
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

// ornament reports whether the words of an address say that the picture there is a logo,
// a button, an empty picture or the like.
func ornament(u string) bool {
	u = text.Lower(u)
	path, _, _ := strings.Cut(u, "?")
	if strings.HasSuffix(path, ".svg") || strings.HasPrefix(u, "data:") {
		return true
	}
	return text.ContainsAny(path, []string{"logo", "icon", "avatar", "sprite", "placeholder", "/blank", "spacer", "1x1", "gravatar", "emoji", "pixel.", "/pixel", "default-image", "transparent", "loading.", "badge", "lazyload", "dummy", "loader", "banner_", "/banner"})
}

// isTiny reports whether an address says that its picture is too narrow for one of an
// article. It is most often the blurred stand-in that is shown until a picture is loaded.
func isTiny(u string) bool {
	w := widthInAddress(u)
	return w > 0 && w < leastWidth
}

// widthInAddress returns the width that the address of a picture tells, 0 if it tells
// none: /20x12/, -300x200.jpg, /max/800/, w=640, w_640.
func widthInAddress(u string) (width int) {
	for i := 0; i < len(u); i++ {
		if u[i] < '0' || u[i] > '9' || i > 0 && (text.Alnum(u[i-1]) || u[i-1] == '.') {
			continue
		}
		n, digits := text.Number(u[i:])
		if digits == 0 {
			continue
		}
		after := u[i+digits:]
		before := text.Lower(u[:i])
		switch {
		case digits > 5:
		case after != "" && (after[0] == 'x' || after[0] == 'X') && len(after) > 1 && after[1] >= '0' && after[1] <= '9',
			strings.HasSuffix(before, "/max/"),
			strings.HasSuffix(before, "/w_"), strings.HasSuffix(before, ",w_"),
			strings.HasSuffix(before, "?w="), strings.HasSuffix(before, "&w="), strings.HasSuffix(before, "width="):
			width = max(width, n)
		}
		i += digits - 1
	}
	return width
}

// larger returns the wider of two versions of one picture, or a if their widths are not
// known to differ, with the caption and the credit that either of them has.
func larger(a, b dateline.Image) dateline.Image {
	size := func(im dateline.Image) int { return max(im.Width, widthInAddress(im.URL)) }
	if size(b) > size(a) {
		a, b = b, a
	}
	a.Caption, a.Credit = cmp.Or(a.Caption, b.Caption), cmp.Or(a.Credit, b.Credit)
	return a
}

// setKey returns a key that the addresses of one picture in several sizes share: see
// imageKey. In a figure, the name of the file is enough even if it is short; elsewhere a
// short one, such as "1.jpg", may name many pictures.
func (p *pictures) setKey(n dom.ID, address string) string {
	key := imageKey(address)
	box := p.figureOf(n)
	if box == 0 {
		return key
	}
	name := key[strings.LastIndexByte(key, '/')+1:]
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	if len(name) >= shortName {
		return key
	}
	return strconv.Itoa(int(box)) + "/" + name
}

// shortName is how many bytes the name of a file has at least for it to be taken as the
// name of one picture, in whatever folder the file is.
const shortName = 8

// figureOf returns the figure around a picture, 0 if there is none near.
func (p *pictures) figureOf(n dom.ID) dom.ID {
	const near = 6 // elements
	for up, steps := p.Tree.Parent(n), 0; up != 0 && steps < near; up, steps = p.Tree.Parent(up), steps+1 {
		if p.Tree.Tag(up) == dom.Figure || p.OwnRoles[up]&page.InFigure != 0 {
			return up
		}
	}
	return 0
}

// imageKey returns what the addresses of the versions of one picture share: the name of
// the file without its ending and size, or host and path if that name is short.
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
	if len(last) < shortName {
		return path
	}
	return last
}
