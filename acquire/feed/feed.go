// Package feed reads what lists links to news: RSS 0.9 to 2.0, RSS 1.0 (RDF),
// Atom (RFC 4287), JSON Feed 1.1, sitemaps and news sitemaps (sitemaps.org),
// and the links by which a page names its feeds. It turns bytes into values
// and asks for nothing itself.
//
// Feeds in the wild are broken in every way there is, so they are read item
// by item: what is wrong is named in Flaws and costs the item that it stands
// in at most. What a feed does not say stays absent; no date is guessed.
//
// decode.go finds the text in the bytes (coding, charset), scan.go cuts it into tags and
// text, tree.go keeps the elements of one record at a time; feed.go, json.go and
// sitemap.go make records of them, with the dates of date.go, the titles of title.go and
// the addresses of package link (link.go tells those of other sites); discover.go reads
// pages, and opml.go reads and writes lists of subscriptions.
package feed

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dateline/extract/link"
)

// A Format is the form that a feed has.
type Format string

// The formats that are read. The zero Format means that the input is no feed.
const (
	RSS      Format = "rss"      // RSS 0.9x and 2.0
	RDF      Format = "rdf"      // RSS 0.9 and 1.0
	Atom     Format = "atom"     // Atom 1.0 and 0.3
	JSONFeed Format = "jsonfeed" // JSON Feed 1.0 and 1.1
)

// A Flaw is something that is wrong with an input that was read all the same.
type Flaw string

// What can be wrong.
const (
	Encoding    Flaw = "encoding"     // the bytes are not in the charset that was declared
	XML         Flaw = "xml"          // not well-formed
	Truncated   Flaw = "truncated"    // ends too early
	HTML        Flaw = "html"         // a page, not a feed
	Challenge   Flaw = "challenge"    // a bot challenge: the source refuses us
	Empty       Flaw = "empty"        // no bytes
	Entity      Flaw = "entity"       // entities of the document's own, never expanded or fetched
	Date        Flaw = "date"         // text that is no date
	FutureDate  Flaw = "future-date"  // a date more than a day after the fetch
	NoLink      Flaw = "no-link"      // an item without an address that can be fetched
	DuplicateID Flaw = "duplicate-id" // an id that is not unique in its feed
	Loop        Flaw = "loop"         // an index of sitemaps that names itself
	Relative    Flaw = "relative"     // an address in a sitemap that is not absolute
	TooLarge    Flaw = "too-large"    // more than MaxBytes once unpacked; the rest was not read
)

// flaws are the flaws of one input, each once, in order of their first.
type flaws []Flaw

func (f *flaws) add(what Flaw) {
	if !slices.Contains(*f, what) {
		*f = append(*f, what)
	}
}

// An Input is one answer that may hold a feed or a sitemap.
type Input struct {
	Body    []byte    // as received, after the content coding of HTTP; a gzip file is unpacked
	URL     string    // after redirects, absolute; "" if not known
	Type    string    // Content-Type with its parameters; "" if not told
	Fetched time.Time // zero if not known: then no date is held to lie ahead
}

// A Feed is what a feed says. Its zero value is an input that is none.
type Feed struct {
	Format   Format        `json:"format,omitempty"`   // by what the input is, whatever it calls itself
	Title    string        `json:"title,omitempty"`    // one line, without markup
	Items    []Item        `json:"items"`              // in the order of the feed
	Interval time.Duration `json:"-"`                  // how often it says that it changes; 0 if it does not
	Moved    string        `json:"moved_to,omitempty"` // the address it says it has moved to
	Hubs     []string      `json:"hubs,omitempty"`     // WebSub hubs that it names
	Links    Discovered    `json:"-"`                  // of a page in place of a feed
	Flaws    []Flaw        `json:"errors"`             // what is wrong with the input, in its order
}

// An Item is one entry of a feed.
type Item struct {
	Link      string `json:"link,omitempty"`      // absolute, as it would be requested; "" if there is none
	Title     string `json:"title,omitempty"`     // one line, without markup, at most 4 KiB
	Published string `json:"published,omitempty"` // RFC 3339 in UTC, or as wide as it is told: "2026-03-04"
	Modified  string `json:"modified,omitempty"`  // when it was changed; written as "published" is
	ID        string `json:"id,omitempty"`        // as the feed has it
	Foreign   bool   `json:"foreign,omitempty"`   // the link leads to another site (registrable domain) than the feed
}

// Parse reads a feed. It never fails: what is wrong stands in Flaws, and an
// input that is no feed has no Format.
func Parse(in Input) *Feed {
	text, flaws := decode(in)
	return parse(text, flaws, in)
}

// parse reads the text of a feed.
func parse(text string, flaws flaws, in Input) *Feed {
	f := &Feed{Items: []Item{}, Flaws: flaws}
	switch head := strings.TrimLeft(text, " \t\r\n\f"); {
	case head == "":
		f.note(Empty)
	case head[0] == '{':
		f.readJSON(head, in)
	default:
		f.readXML(text, in)
	}
	f.checkIDs()
	return f
}

func (f *Feed) note(what Flaw) { (*flaws)(&f.Flaws).add(what) }

// readXML reads RSS, RDF and Atom, or a page.
func (f *Feed) readXML(text string, in Input) {
	w := walker{scanner: scanner{s: text}}
	w.yield = func(n *node) { f.item(n, in) }
	w.walk()
	if w.root == nil || w.root.name == "html" || w.root.name == "head" || w.root.name == "body" {
		*f = *page(text, in, f.Flaws)
		return
	}
	for _, flaw := range w.flaws {
		f.note(flaw)
	}
	switch w.root.name {
	case "rss", "channel":
		f.Format = RSS
	case "rdf":
		f.Format = RDF
	case "feed":
		f.Format = Atom
	default: // a sitemap
		f.Items = []Item{}
		return
	}
	f.Title = cmp.Or(title(w.head.child(core, "title")), title(w.head.child(atom, "title")))
	f.Interval = interval(w.head)
	if moved, ok := link.Request(in.URL, w.head.value(itunes, "new-feed-url")); ok {
		f.Moved = moved
	}
	for _, k := range w.head.kids {
		if k.name == "link" && k.attr("rel") == "hub" {
			if hub, ok := link.Request(in.URL, k.attr("href")); ok {
				f.Hubs = append(f.Hubs, hub)
			}
		}
	}
}

// item makes an item of a record.
func (f *Feed) item(n *node, in Input) {
	var it Item
	it.ID = cmp.Or(n.value(core, "guid"), n.value(atom, "id"), n.value(core, "id"), n.value(dc, "identifier"))
	if raw, base := address(n); raw != "" {
		if to, ok := link.Request(link.Join(in.URL, base), raw); ok {
			it.Link, it.Foreign = to, isForeign(to, in.URL)
		}
	}
	if it.Link == "" && n.cut {
		return // the rest of it never came
	}
	if it.Link == "" {
		f.note(NoLink)
	}
	it.Title = cmp.Or(title(n.child(core, "title")), title(n.child(atom, "title")), title(n.child(dc, "title")))
	it.Published = f.date(in, n.value(core, "pubdate"), n.value(atom, "published"), n.value(atom, "issued"), n.value(dc, "date"), n.value(dcterms, "issued"), n.value(dcterms, "created"), n.value(core, "published"))
	it.Modified = f.date(in, n.value(atom, "updated"), n.value(atom, "modified"), n.value(dcterms, "modified"), n.value(core, "updated"))
	f.Items = append(f.Items, it)
}

// address returns the address of a record's article as it is written, and the
// base that it is relative to: the page that readers were sent to before a
// service counted them, the link, the alternate link of Atom (in HTML where
// there are several; RFC 4287 section 4.2.7.2), and a guid that is a
// permanent link (RSS 2.0).
func address(n *node) (raw, base string) {
	if v := n.value(burner, "origlink"); v != "" {
		return v, n.base
	}
	best := 0
	for _, k := range n.kids {
		if k.name != "link" || k.cut {
			continue
		}
		score, at := linkScore(k)
		if score > best && at != "" {
			best, raw, base = score, at, k.base
		}
	}
	if raw != "" {
		return raw, base
	}
	if g := n.child(core, "guid"); g != nil && !g.cut && !strings.EqualFold(g.attr("isPermaLink"), "false") {
		if v := strings.TrimSpace(g.text.String()); link.Absolute(v) {
			return v, g.base
		}
	}
	if about := n.attr("rdf:about"); link.Absolute(about) {
		return about, n.base
	}
	return "", ""
}

// linkScore says how well a link element names the article, 0 if it does not.
func linkScore(k *node) (int, string) {
	if k.space == core {
		if v := strings.TrimSpace(k.text.String()); v != "" {
			return 4, v
		}
	}
	if k.space != core && k.space != atom || k.attr("href") == "" {
		return 0, ""
	}
	rel := strings.TrimPrefix(strings.ToLower(k.attr("rel")), "http://www.iana.org/assignments/relation/")
	if rel != "" && rel != "alternate" {
		return 0, ""
	}
	switch media, _, _ := strings.Cut(strings.ToLower(k.attr("type")), ";"); strings.TrimSpace(media) {
	case "", "text/html", "application/xhtml+xml":
		return 3, k.attr("href")
	}
	return 2, k.attr("href")
}

// date reads the first of several texts that is there. One that is no date is
// noted and leaves the field absent: neither the feed's own date nor the time
// of the fetch is an item's.
func (f *Feed) date(in Input, texts ...string) string {
	text := cmp.Or(texts...)
	if text == "" {
		return ""
	}
	d, ok := readDate(text)
	if !ok {
		f.note(Date)
		return ""
	}
	if !in.Fetched.IsZero() && d.t.After(in.Fetched.Add(24*time.Hour)) {
		f.note(FutureDate)
	}
	return d.String()
}

// interval is how often a feed says that it changes: by the syndication
// module of RSS 1.0, or by the ttl of RSS 2.0, in minutes.
func interval(head *node) time.Duration {
	const day = 24 * time.Hour
	per := map[string]time.Duration{"hourly": time.Hour, "daily": day, "weekly": 7 * day, "monthly": 30 * day, "yearly": 365 * day}
	if d, ok := per[strings.ToLower(head.value(syndic, "updateperiod"))]; ok {
		if n, err := strconv.Atoi(head.value(syndic, "updatefrequency")); err == nil && n > 0 {
			d /= time.Duration(n)
		}
		return d
	}
	if n, err := strconv.Atoi(head.value(core, "ttl")); err == nil && n > 0 && n <= 365*24*60 {
		return time.Duration(n) * time.Minute
	}
	return 0
}

// checkIDs notes ids that several items with different addresses share.
func (f *Feed) checkIDs() {
	seen := map[string]string{}
	for _, it := range f.Items {
		if it.ID == "" {
			continue
		}
		if other, ok := seen[it.ID]; ok && other != it.Link {
			f.note(DuplicateID)
			return
		}
		seen[it.ID] = it.Link
	}
}
