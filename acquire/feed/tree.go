package feed

import (
	"slices"
	"strings"

	"dateline/extract/link"
)

// A space is the vocabulary that an element belongs to, whatever prefix a
// file gives it.
type space uint8

const (
	core     space = iota // RSS in all its versions, and elements without a namespace
	atom                  // RFC 4287 and Atom 0.3
	dc                    // Dublin Core elements
	dcterms               // Dublin Core terms
	rdf                   // RDF
	syndic                // RSS 1.0 syndication module
	burner                // FeedBurner
	itunes                // podcasts
	smap                  // sitemaps
	smapNews              // news sitemaps
	foreign               // everything else: nothing in it is ours
)

// spaces maps a part of a namespace's address, in lower case, to its
// vocabulary. The part, not the whole: addresses are written with and without
// www, https and a slash at their end, and mean the same. The first that fits
// counts.
var spaces = []struct {
	part string
	is   space
}{
	{"sitemap-news", smapNews}, {"sitemap-image", foreign}, {"sitemap-video", foreign}, {"sitemap-mobile", foreign}, {"sitemap-pagemap", foreign},
	{"/schemas/sitemap", smap},
	{"w3.org/2005/atom", atom}, {"purl.org/atom/ns", atom},
	{"purl.org/dc/elements", dc}, {"purl.org/dc/terms", dcterms},
	{"22-rdf-syntax-ns", rdf},
	{"purl.org/rss/1.0/modules/syndication", syndic}, {"purl.org/rss/1.0/modules", foreign},
	{"purl.org/rss/1.0", core}, {"my.netscape.com/rdf", core}, {"channel.netscape.com/rdf", core},
	{"backend.userland.com/rss", core}, {"blogs.law.harvard.edu/tech/rss", core}, {"cyber.law.harvard.edu/rss", core},
	{"feedburner", burner}, {"/dtds/podcast", itunes},
}

// prefixes says what a prefix means where the file does not declare it.
var prefixes = map[string]space{
	"atom": atom, "atom10": atom, "dc": dc, "dcterms": dcterms, "rdf": rdf, "sy": syndic,
	"feedburner": burner, "itunes": itunes, "news": smapNews, "n": smapNews, "sm": smap, "rss": core,
}

// A node is an element that is open, or one that was closed and is kept.
type node struct {
	space space
	name  string // without prefix, lower case
	attrs []attr
	base  string // xml:base in force, "" for the file's address
	ns    map[string]space
	text  strings.Builder
	kids  []*node
	cut   bool // the file ended within it
}

// attr returns an attribute's value by its name without a prefix.
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if strings.EqualFold(a.name, name) {
			return strings.TrimSpace(a.value)
		}
	}
	return ""
}

// child returns the first child of a vocabulary with a name, nil if there is none.
func (n *node) child(s space, name string) *node {
	for _, k := range n.kids {
		if k.space == s && k.name == name {
			return k
		}
	}
	return nil
}

// value returns the text of the first child of a vocabulary with a name that
// has any, "" if none has.
func (n *node) value(s space, name string) string {
	for _, k := range n.kids {
		if k.space == s && k.name == name {
			if v := strings.TrimSpace(k.text.String()); v != "" && !k.cut {
				return v
			}
		}
	}
	return ""
}

// Bounds on what one file may hold; what lies beyond is read over.
const (
	maxDepth = 64      // of elements within each other; feeds have about ten
	maxKids  = 200     // of one item; feeds have about twenty
	maxText  = 1 << 20 // bytes of text of one element that is kept
)

// A walker goes through a file once and hands over each record (item, entry,
// url, sitemap) when it ends, so that a file of any size needs the memory of
// one record.
type walker struct {
	scanner
	stack  []*node
	record *node // the record that is open, nil if none is
	root   *node
	head   *node // channel or feed: what stands outside of records
	yield  func(record *node)
}

// isRecord reports whether an element is one of the things that a file of
// this kind lists.
func (w *walker) isRecord(n *node) bool {
	if w.root == nil || n == w.root {
		return false
	}
	switch w.root.name {
	case "urlset", "sitemapindex":
		return (n.space == smap || n.space == core) && (n.name == "url" || n.name == "sitemap")
	case "feed":
		return n.name == "entry" && n.space != foreign
	}
	return n.name == "item" && n.space == core
}

// isField reports whether an element holds a single value, so that another of
// them cannot stand within it: a tag that is not closed ends there.
func isField(n *node) bool {
	if n.space == foreign {
		return false
	}
	switch n.name {
	case "title", "link", "guid", "pubdate", "date", "published", "updated", "id", "loc", "lastmod":
		return true
	}
	return false
}

// holdsWords reports whether an element holds words only, so that no field stands within it.
func holdsWords(n *node) bool {
	return n.space == core && (n.name == "category" || n.name == "author" || n.name == "comments") || n.space == dc
}

// roots are the elements that a file of links begins with, and those that say
// that it is a page instead.
var roots = map[string]bool{
	"rss": true, "rdf": true, "feed": true, "urlset": true, "sitemapindex": true, "channel": true,
	"html": true, "head": true, "body": true,
}

// walk reads the whole file.
func (w *walker) walk() {
	for {
		t := w.next()
		switch t.kind {
		case eofToken:
			w.finish()
			return
		case startToken:
			w.open(t)
		case endToken:
			w.shut(t.name)
		case textToken:
			w.write(t.value)
		}
	}
}

// top is the element that is open last, nil if none is.
func (w *walker) top() *node {
	if len(w.stack) == 0 {
		return nil
	}
	return w.stack[len(w.stack)-1]
}

func (w *walker) open(t token) {
	n := w.element(t)
	if w.root == nil {
		if !roots[n.name] {
			w.flaws.add(XML) // a warning of the server's program before the feed
			return
		}
		w.root, w.head = n, n
	}
	if w.isRecord(n) {
		w.closeRecord()
	}
	if top := w.top(); top != nil && isField(n) && (isField(top) || holdsWords(top)) && top.attr("type") != "xhtml" {
		w.flaws.add(XML)
		w.pop()
	}
	if len(w.stack) >= maxDepth {
		return
	}
	if top := w.top(); top != nil {
		w.adopt(top, n)
	}
	if w.isRecord(n) {
		w.record = n
	}
	w.stack = append(w.stack, n)
	if t.empty {
		w.pop()
	}
}

// adopt makes an element the child of another where a reader will look at it.
func (w *walker) adopt(parent, n *node) {
	switch {
	case w.record != nil && len(parent.kids) < maxKids:
		parent.kids = append(parent.kids, n)
	case w.record == nil && !w.isRecord(n) && len(w.stack) <= 2:
		if n.name == "channel" && n.space == core {
			w.head = n
		} else if len(parent.kids) < maxKids {
			parent.kids = append(parent.kids, n)
		}
	}
}

// element makes a node of a start tag: its vocabulary by the namespaces in
// force, and its base.
func (w *walker) element(t token) *node {
	n := &node{attrs: t.attrs}
	if top := w.top(); top != nil {
		n.base, n.ns = top.base, top.ns
	}
	for _, a := range t.attrs {
		prefix, isNS := strings.CutPrefix(a.name, "xmlns:")
		switch {
		case isNS, a.name == "xmlns":
			if !isNS {
				prefix = ""
			}
			w.declare(n, prefix, a.value)
		case a.name == "xml:base":
			n.base = link.Join(n.base, a.value)
		}
	}
	prefix, local, found := strings.Cut(t.name, ":")
	if !found {
		prefix, local = "", t.name
	}
	n.name = strings.ToLower(local)
	s, declared := n.ns[prefix]
	if !declared && found {
		w.flaws.add(XML)
		if s, declared = prefixes[strings.ToLower(prefix)]; !declared {
			s = foreign
		}
	}
	n.space = s
	return n
}

// declare notes what a prefix means from here on.
func (w *walker) declare(n *node, prefix, address string) {
	is := foreign
	if address == "" {
		is = core
	}
	address = strings.ToLower(address)
	for _, s := range spaces {
		if strings.Contains(address, s.part) {
			is = s.is
			break
		}
	}
	own := make(map[string]space, len(n.ns)+1)
	for p, s := range n.ns {
		own[p] = s
	}
	own[prefix] = is
	n.ns = own
}

// shut ends the element that an end tag names, and those that were left open
// within it. An end tag without a start is passed over.
func (w *walker) shut(name string) {
	_, local, found := strings.Cut(name, ":")
	if !found {
		local = name
	}
	local = strings.ToLower(local)
	for i, n := range slices.Backward(w.stack) {
		if n.name == local {
			if i < len(w.stack)-1 {
				w.flaws.add(XML)
			}
			for len(w.stack) > i+1 {
				w.pop()
			}
			w.pop()
			return
		}
		if w.isRecord(n) && local != "channel" && !roots[local] {
			break // an end tag within a record ends nothing outside of it
		}
	}
	if w.root != nil {
		w.flaws.add(XML)
	}
}

// pop ends the element that is open last.
func (w *walker) pop() {
	n := w.top()
	w.stack = w.stack[:len(w.stack)-1]
	if n == w.record {
		w.record = nil
		w.yield(n)
	}
}

// closeRecord ends the open record, if there is one, because another begins.
func (w *walker) closeRecord() {
	if w.record != nil {
		w.flaws.add(XML)
	}
	for w.record != nil {
		w.pop()
	}
}

// write adds text to all elements that it stands in, up to the record.
func (w *walker) write(s string) {
	for _, n := range slices.Backward(w.stack) {
		if n == w.record || n == w.head || n == w.root {
			return
		}
		if n.text.Len()+len(s) <= maxText {
			n.text.WriteString(s)
		}
	}
	if w.root == nil && strings.TrimSpace(s) != "" {
		w.flaws.add(XML)
	}
}

// finish ends what is open at the end of the file.
func (w *walker) finish() {
	if len(w.stack) > 0 {
		w.flaws.add(Truncated)
	}
	for len(w.stack) > 0 {
		w.top().cut = true
		w.pop()
	}
}
