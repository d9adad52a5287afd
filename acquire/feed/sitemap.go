package feed

import (
	"slices"
	"strings"
	"time"

	"dateline/extract/link"
)

// A Kind is what a sitemap file is.
type Kind string

// The kinds of sitemaps.
const (
	URLSet  Kind = "urlset" // pages
	News    Kind = "news"   // pages with headlines and times of publication
	Index   Kind = "index"  // other sitemaps
	Text    Kind = "text"   // an address a line
	IsFeed  Kind = "feed"   // a feed: sitemaps.org allows it as a sitemap
	Neither Kind = "none"   // no sitemap
)

// A Sitemap is what a sitemap file says.
type Sitemap struct {
	Kind     Kind       `json:"kind"`     // by what the file is, whatever it is called
	Pages    []Page     `json:"pages"`    // in order, each address once
	Sitemaps []Location `json:"sitemaps"` // of an index, in order, each address once, never the file itself
	// Trusted is false where the times of change say nothing of the pages,
	// since all of them are that of the file's making.
	Trusted bool   `json:"lastmod_trusted"`
	Flaws   []Flaw `json:"errors"` // what is wrong with the file, in its order
}

// A Location is an address with the time at which it changed.
type Location struct {
	Loc     string `json:"loc"`               // absolute address
	LastMod string `json:"lastmod,omitempty"` // RFC 3339 in UTC, or as wide as it is told; "" if it is not, or not readable
}

// A Page is a page that a sitemap names.
type Page struct {
	Location
	Title     string `json:"title,omitempty"`     // of a news sitemap, on one line
	Published string `json:"published,omitempty"` // of a news sitemap, as LastMod
}

// ParseSitemap reads a sitemap, an index of sitemaps, a text file of
// addresses, or a feed (sitemaps.org protocol; Google's news extension). It
// never fails: what is wrong stands in Flaws.
func ParseSitemap(in Input) *Sitemap {
	text, flaws := decode(in)
	r := sitemapReader{s: &Sitemap{Kind: Neither, Pages: []Page{}, Sitemaps: []Location{}, Trusted: true, Flaws: flaws}, in: in, seen: map[string]bool{}}
	switch head := strings.TrimSpace(text); {
	case head == "":
		r.note(Empty)
	case link.Absolute(head):
		r.lines(head)
	default:
		r.xml(text)
	}
	r.s.Trusted = r.trusted()
	return r.s
}

type sitemapReader struct {
	s      *Sitemap
	in     Input
	seen   map[string]bool
	mods   []time.Time
	clocks []time.Time // those of mods that are told to the minute
}

func (r *sitemapReader) note(what Flaw) { (*flaws)(&r.s.Flaws).add(what) }

// lines reads a text file: an address a line.
func (r *sitemapReader) lines(text string) {
	r.s.Kind = Text
	for line := range strings.Lines(strings.ReplaceAll(text, "\r", "\n")) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if loc, ok := r.loc(line); ok && !r.seen[loc] {
			r.seen[loc] = true
			r.s.Pages = append(r.s.Pages, Page{Location: Location{Loc: loc}})
		}
	}
}

func (r *sitemapReader) xml(text string) {
	w := walker{scanner: scanner{s: text}}
	w.yield = func(n *node) {
		if w.root.name == "urlset" || w.root.name == "sitemapindex" {
			r.record(n)
		}
	}
	w.walk()
	if w.root == nil {
		r.note(XML)
		return
	}
	switch w.root.name {
	case "urlset":
		if r.s.Kind == Neither {
			r.s.Kind = URLSet
		}
	case "sitemapindex":
		r.s.Kind = Index
	case "rss", "rdf", "feed", "channel":
		r.feed(text)
		return
	default:
		for _, flaw := range page(text, r.in, nil).Flaws {
			r.note(flaw)
		}
		return
	}
	for _, flaw := range w.flaws {
		r.note(flaw)
	}
}

// feed takes the links of a feed as pages.
func (r *sitemapReader) feed(text string) {
	f := parse(text, nil, r.in)
	r.s.Kind = IsFeed
	for _, flaw := range f.Flaws {
		r.note(flaw)
	}
	for _, it := range f.Items {
		if it.Link != "" && !r.seen[it.Link] {
			r.seen[it.Link] = true
			r.s.Pages = append(r.s.Pages, Page{Location{it.Link, it.Modified}, it.Title, it.Published})
		}
	}
}

// record reads one url or sitemap element.
func (r *sitemapReader) record(n *node) {
	raw := strings.TrimSpace(n.value(smap, "loc") + n.value(core, "loc"))
	if raw == "" {
		if !n.cut {
			r.note(NoLink)
		}
		return
	}
	loc, ok := r.loc(raw)
	if !ok {
		return
	}
	at := Location{Loc: loc, LastMod: r.lastMod(n)}
	if n.name == "sitemap" {
		if same(loc, r.in.URL) {
			r.note(Loop)
			return
		}
		if !r.seen[loc] {
			r.seen[loc] = true
			r.s.Sitemaps = append(r.s.Sitemaps, at)
		}
		return
	}
	p := Page{Location: at}
	if news := n.child(smapNews, "news"); news != nil {
		r.s.Kind = News
		p.Title = title(news.child(smapNews, "title"))
		p.Published = r.date(news.value(smapNews, "publication_date"))
	}
	if !r.seen[loc] {
		r.seen[loc] = true
		r.s.Pages = append(r.s.Pages, p)
	}
}

// loc makes an address absolute; a sitemap's have to be.
func (r *sitemapReader) loc(raw string) (string, bool) {
	if scheme, _, found := strings.Cut(raw, ":"); !found || strings.ContainsAny(scheme, "/?#.") {
		if r.s.Kind == Text || !strings.HasPrefix(raw, "/") && !strings.Contains(raw, "/") && !strings.Contains(raw, ".") {
			r.note(NoLink)
			return "", false
		}
		r.note(Relative)
	}
	loc, ok := link.Request(r.in.URL, raw)
	if !ok {
		r.note(NoLink)
		return "", false
	}
	loc, _, _ = strings.Cut(loc, "#")
	return loc, true
}

// lastMod is when a record says that its page changed.
func (r *sitemapReader) lastMod(n *node) string {
	text := n.value(smap, "lastmod") + n.value(core, "lastmod")
	if d, ok := readISO(text); ok {
		r.mods = append(r.mods, d.t)
		if len(d.width) > len(time.DateOnly) {
			r.clocks = append(r.clocks, d.t)
		}
		return d.String()
	}
	if text != "" {
		r.note(Date)
	}
	return ""
}

func (r *sitemapReader) date(text string) string {
	d, ok := readISO(text)
	if !ok {
		if text != "" {
			r.note(Date)
		}
		return ""
	}
	return d.String()
}

// readISO reads a date in the form of W3C's profile of ISO 8601, the only one
// that sitemaps may have: in another, 03/05/2026 is 3 May or 5 March.
func readISO(text string) (moment, bool) {
	if strings.Contains(text, "/") || !isoForm.MatchString(strings.ToLower(strings.TrimSpace(text))) {
		return moment{}, false
	}
	return readDate(text)
}

// Constants of the test whether times of change tell anything.
const (
	fewMods = 3                // so few may well be of one minute
	making  = 10 * time.Minute // a file is written in less
	manyOne = 8                // so many pages do not change within making, unless it is that of the file
)

// trusted reports whether the times of change can be those of the pages: not
// where all of several pages changed within the minutes before the fetch, in
// which the file was made, and not where many changed within as many minutes of
// another hour, when a copy of the file was made.
func (r *sitemapReader) trusted() bool {
	if len(r.clocks) >= manyOne && len(r.clocks) == len(r.mods) && slices.MaxFunc(r.clocks, time.Time.Compare).Sub(slices.MinFunc(r.clocks, time.Time.Compare)) < making {
		return false
	}
	if len(r.mods) < fewMods || r.in.Fetched.IsZero() {
		return true
	}
	for _, t := range r.mods {
		if age := r.in.Fetched.Sub(t); age > making || age < -making {
			return true
		}
	}
	return false
}

// same reports whether two addresses are one but for a fragment and the scheme.
func same(a, b string) bool {
	bare := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		_, s, _ = strings.Cut(s, "://")
		return strings.TrimSuffix(s, "/")
	}
	return bare(a) == bare(b)
}
