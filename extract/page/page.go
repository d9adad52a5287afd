// Package page reads what a captured page contains and says of itself. It does not judge
// which of that belongs in the record of the article: that is the task of package
// extract.
//
// A Page (page.go) is walked once (walk.go). The walk notes its headings, what the names
// of each element say that it holds (roles.go), and the metadata of the page: <meta>
// elements and canonical links (meta.go), JSON-LD (jsonld.go), microdata and RDFa
// (microdata.go). about.go tells which of the metadata is about the page's own article.
// style.go tells what the page's own styles hide, and captions.go which text beside a
// picture is its caption though no name says so.
//
// Then the page is cut into blocks (blocks.go), the runs of text between two borders of
// its boxes. pre.go reads text that is wrapped by hand, inline.go distinguishes icons,
// marks of footnotes and initials from words, and notices.go finds the boxes that ask for
// consent or sell something. lines.go reads short blocks again, element by element, and
// unread.go returns, for explanations, what stands on the page and is in no block.
//
// Some pages have their text only in their scripts (script.go): state.go finds it there,
// as markup or as a list of blocks (data.go). text.go and tree.go have what the steps of
// the extraction ask of elements and addresses: a text as one line, the ancestor with a
// tag, whether an address is of the page's own site.
//
// No step of the extraction changes a Page, so that steps cannot depend on what others
// left there.
package page

import (
	"strings"
	"sync"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/jsontree"
)

// A Page is what a captured page contains: its elements, what their names say that they
// hold, and what the page states of itself in its metadata. Read makes it; nobody
// changes it afterwards.
type Page struct {
	Tree    *dom.Tree // its elements and texts
	Address string    // the address that the page was captured from; "" if not known
	Base    string    // the address that links are relative to: of <base>, else Address
	Site    string    // the registrable domain of Address: "example.com"; "" if not known

	Canonicals   []string // the addresses of its canonical links, as they are written
	Metas        []meta   // what <meta> elements state, in the order of the page
	Things       []Thing  // the objects of its JSON-LD
	Parsely      Thing    // what the page states for Parse.ly, a service that counts readers; zero if nothing
	listed       []bool   // for each of Things: another object gives it as one of its items or parts
	News         Thing    // the one of Things that describes the article, zero if there is none
	items        []item   // of microdata and RDFa
	newsItem     int      // the index of the item that describes the article; 0 for that of the page itself
	HtmlLang     string   // the language that the root element gives
	Title        string   // of the first <title>, as one line
	H1s, H2s     []dom.ID // all <h1> elements, and the first sixty <h2> elements
	AsksPassword bool     // it has a field for a password

	OwnRoles []Role  // the roles of every node by itself, without those of its ancestors
	Size     []int32 // bytes of visible text before each node, and at the end those of the whole page

	own     []string  // its own addresses, as Key makes them; empty until needed
	printed []printed // its own titles and headings; empty until needed

	ldTree jsontree.Tree // holds the objects of JSON-LD
	layout Layout        // the one that LayOut returns
	hiding hiding        // what its styles hide

	dataTree jsontree.Tree   // holds the data of the script that is read
	stream   strings.Builder // what its scripts send in pieces: see streamed; empty until needed
}

// pages has the memory of released pages, for pages to come.
var pages = sync.Pool{New: func() any { return new(Page) }}

// Read reads the page that a tree holds. address is the one that the page was captured
// from, "" if it is not known. The Page refers to the tree, which must not be released
// before it.
func Read(t *dom.Tree, address string) *Page {
	p := pages.Get().(*Page)
	old := *p
	*p = Page{
		Tree: t, Address: address, Base: address, Site: link.Site(address),
		Canonicals: old.Canonicals[:0], Metas: old.Metas[:0], ldTree: old.ldTree, Things: old.Things[:0], items: old.items[:0],
		H1s: old.H1s[:0], H2s: old.H2s[:0], OwnRoles: old.OwnRoles, Size: old.Size, layout: old.layout, hiding: old.hiding, dataTree: old.dataTree,
		own: old.own[:0], printed: old.printed[:0], listed: old.listed[:0],
	}
	p.walk()
	p.hideByStyle()
	p.markCaptions()
	p.scopes()
	if !p.describesAny() {
		p.readPushed()
	}
	p.dropForeignMetas()
	p.chooseItem()
	p.chooseNews()
	return p
}

// Release gives back the memory of a page for the next call of Read. Neither the page
// nor a layout that LayOut made of it may be used any more. All strings are forgotten, so
// that the bytes of the page can be freed.
func (p *Page) Release() {
	clear(p.Canonicals)
	clear(p.Metas)
	p.ldTree.Reset()
	clear(p.Things)
	clear(p.own)
	clear(p.printed)
	for i := range p.items {
		clear(p.items[i].props)
		p.items[i] = item{props: p.items[i].props[:0]}
	}
	clear(p.layout.Blocks)
	p.layout.Source = nil
	p.hiding.reset()
	p.dataTree.Reset()
	p.stream.Reset()
	p.Tree = nil
	pages.Put(p)
}

// addItem appends an item without properties. It reuses the memory that an item of an
// earlier page had for them.
func (p *Page) addItem(n dom.ID, typ string) {
	var props []prop
	if k := len(p.items); k < cap(p.items) {
		props = p.items[:k+1][k].props
	}
	p.items = append(p.items, item{n, typ, props})
}

// visible returns how many bytes of visible text node n holds.
func (p *Page) visible(n dom.ID) int { return int(p.Size[p.Tree.End(n)] - p.Size[n]) }

// Zeros returns a slice of n zero values, in the memory of s if that has room for them.
func Zeros[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
