// Package page reads what a captured page says, before anybody judges.
//
// A page is walked once (walk.go): its headings are noted, and what the names of
// each element say that it holds (roles.go), with the metadata of the page: <meta>
// elements and canonical links (meta.go), JSON-LD (jsonld.go), microdata and RDFa
// (microdata.go); about.go tells which of them are about the page's own article.
// Then it is cut into blocks (blocks.go), the runs of text between
// two borders of its boxes; lines.go reads short ones closer, pre.go those that are
// wrapped by hand; inline.go tells icons, marks of notes and initials from words, and
// notices.go the boxes that ask for consent or sell something. style.go tells what the
// page's own styles hide, captions.go which text beside a picture is its caption though
// nothing calls it so; unread.go tells, to those who ask, what stands on the page and is
// in no block. state.go finds the text that some pages keep in their scripts only
// (script.go), as markup or as a list of blocks (data.go).
//
// What is read is only looked at afterwards: no step of the extraction writes to a
// Page, so that steps cannot depend on what others left there.
package page

import (
	"strings"
	"sync"

	"dateline/extract/link"
	"dateline/internal/dom"
	"dateline/internal/jsontree"
)

// A Page is what a captured page says, before anybody judges: its elements, what
// their names say that they hold, and what the page states of itself. It is read
// once, by Read, and only looked at afterwards.
type Page struct {
	Tree    *dom.Tree // its elements and texts
	Address string    // as it was captured; "" if not known
	Base    string    // that links are relative to
	Site    string    // registrable domain of address

	Canonicals   []string // as links of rel canonical give them
	Metas        []meta   // what <meta> states, in the order of the page
	Things       []Thing  // objects of JSON-LD
	Parsely      Thing    // what the page tells a service that counts its readers, zero if nothing
	listed       []bool   // for each of them: it is given as a part of another
	News         Thing    // the article among them, zero if there is none
	items        []item   // of microdata and RDFa
	newsItem     int      // the article among them; 0 for the page itself
	HtmlLang     string   // as the root element gives it
	Title        string   // of <title>
	H1s, H2s     []dom.ID // all headings of the first rank, sixty of the second
	AsksPassword bool     // asks for one

	OwnRoles []Role  // of every node by itself
	Size     []int32 // bytes of visible text before each node

	own     []string  // keys of the addresses that it goes by; empty until needed
	printed []printed // titles and headings of its own; empty until needed

	ldTree jsontree.Tree // holds the objects of ld
	layout Layout        // memory of the one that is not loose
	hiding hiding        // memory of what its styles hide

	dataTree jsontree.Tree   // memory of data of its scripts
	stream   strings.Builder // what its scripts send in pieces; empty until needed
}

// pages hold on to the memory of pages that have been read.
var pages = sync.Pool{New: func() any { return new(Page) }}

// Read reads what the page of a tree, captured from an address, or from "" if
// it is not known, says of itself. The page refers to the tree.
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

// Release gives the memory of a page that is not looked at any more to the next
// one. It forgets all strings, so that nothing of the page itself is held on to.
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

// addItem appends an item without properties, with memory for some if an item
// of an earlier page had them.
func (p *Page) addItem(n dom.ID, typ string) {
	var props []prop
	if k := len(p.items); k < cap(p.items) {
		props = p.items[:k+1][k].props
	}
	p.items = append(p.items, item{n, typ, props})
}

// visible returns how many bytes of visible text n holds.
func (p *Page) visible(n dom.ID) int { return int(p.Size[p.Tree.End(n)] - p.Size[n]) }

// Zeros returns n zeros, in the memory of s if there is enough.
func Zeros[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
