package extract

import (
	"sync"

	"dateline"
	"dateline/extract/link"
	"dateline/internal/dom"
)

// pages hold on to the memory of pages that have been read.
var pages = sync.Pool{New: func() any { return new(page) }}

// newPage begins the reading of a page. Its slices have the memory of an
// earlier page if one was released.
func newPage(t *dom.Tree, address string) *page {
	p := pages.Get().(*page)
	old := *p
	*p = page{
		t: t, address: address, base: address, site: link.Site(address), a: &dateline.Article{URL: address, Evidence: make(dateline.Evidence, 16)}, last: -1,
		canonicals: old.canonicals[:0], metas: old.metas[:0], ldTree: old.ldTree, ld: old.ld[:0], items: old.items[:0],
		h1s: old.h1s[:0], h2s: old.h2s[:0], own: old.own, cues: old.cues, size: old.size, prose: old.prose, blocks: old.blocks[:0], reader: old.reader, parts: old.parts[:0], lines: old.lines[:0], texts: old.texts, lists: old.lists, alts: old.alts, score: old.score, solid: old.solid,
	}
	return p
}

// release gives the memory of a page that has been read to the next one. It
// forgets all strings, so that nothing of the page itself is held on to.
func (p *page) release() {
	clear(p.canonicals)
	clear(p.metas)
	p.ldTree.Reset()
	clear(p.ld)
	for i := range p.items {
		clear(p.items[i].props)
		p.items[i] = item{props: p.items[i].props[:0]}
	}
	clear(p.blocks)
	clear(p.reader.copies)
	clear(p.parts[:cap(p.parts)])
	clear(p.texts)
	clear(p.alts)
	p.reader.p = nil
	p.t, p.a = nil, nil
	pages.Put(p)
}

// addItem appends an item without properties, with memory for some if an item
// of an earlier page had them.
func (p *page) addItem(n dom.ID, typ string) {
	var props []prop
	if k := len(p.items); k < cap(p.items) {
		props = p.items[:k+1][k].props
	}
	p.items = append(p.items, item{n, typ, props})
}

// emptied returns a map with nothing in it, the same each time.
func emptied[K comparable, V any](m *map[K]V) map[K]V {
	if *m == nil {
		*m = map[K]V{}
	}
	clear(*m)
	return *m
}

// zeros returns n zeros, in the memory of s if there is enough.
func zeros[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}
