package body

import (
	"strings"

	"dateline/extract/page"
)

// A vocabulary counts in how many blocks of running text each word stands. Words are
// kept by hashes and blocks by one byte, so that now and then one word or block is taken
// for another.
type vocabulary struct {
	blocks [vocabularySize]uint8
	last   [vocabularySize]uint8 // a mark of the last block with it
}

const vocabularySize = 1 << 13

// add counts the words of a block, each once: mark must differ from that of the block
// before.
func (voc *vocabulary) add(s string, mark uint8) {
	eachWord(s, func(hash uint32, _ int) {
		at := hash % vocabularySize
		if voc.last[at] != mark {
			voc.last[at] = mark
			voc.blocks[at] = min(voc.blocks[at], 254) + 1
		}
	})
}

// shares fills in how many of the words of a block the running text of the page has
// elsewhere. Long words tell whether a block is about the same thing; short ones tell
// whether it is in the same language and made of sentences.
func (f *featureReader) shares() {
	const look, long, short, none = 600, 6, 3, 32
	p, voc := f.p, &f.vocabulary
	*voc = vocabulary{}
	mark := uint8(0)
	for i := range p.Blocks {
		if b := &p.Blocks[i]; f.runs(i, b) {
			mark = mark%255 + 1
			voc.add(b.Text, mark)
		}
	}
	for i := range p.Blocks {
		b, v := &p.Blocks[i], &f.all[i]
		if !Open(v) {
			continue
		}
		own := b2u(f.runs(i, b))
		var words, longs, knownLongs, shorts, knownShorts int
		eachWord(b.Text[:min(len(b.Text), look)], func(hash uint32, letters int) {
			known := int(b2u(voc.blocks[hash%vocabularySize] > own))
			words++
			switch {
			case letters >= long:
				longs++
				knownLongs += known
			case letters <= short:
				shorts++
				knownShorts += known
			}
		})
		v[fTopic], v[fCommon], v[fShort] = none, none, share(shorts, words)
		if longs > 0 {
			v[fTopic] = share(knownLongs, longs)
		}
		if shorts > 0 {
			v[fCommon] = share(knownShorts, shorts)
		}
	}
}

// runs reports whether a block is running text that the rules keep.
func (f *featureReader) runs(i int, b *page.Block) bool { return f.keeps(i) && b.Solid() > 0 }

// named fills in which blocks name an author, the site or an address.
func (f *featureReader) named() {
	const long, look, few = 1200, 400, 4 // bytes
	const most = 8                       // authors
	p := f.p
	domain, _, _ := strings.Cut(p.Site, ".")
	sites := [...]string{domain, p.lead.Publisher, p.Meta("og:site_name")}
	for i := range p.Blocks {
		b, v := &p.Blocks[i], &f.all[i]
		if !Open(v) || b.Size >= long {
			continue
		}
		s := b.Text[:min(len(b.Text), look)]
		for _, n := range p.lead.Bylines[:min(len(p.lead.Bylines), most)] {
			if at := strings.Index(s, n); at >= 0 && len(n) > few {
				v[fAuthor] = max(v[fAuthor], 1+b2u(at < 15))
			}
		}
		for _, n := range sites {
			if len(n) >= few && strings.Contains(s, n) {
				v[fSite] = 1
			}
		}
		v[fAddress] = b2u(strings.IndexByte(s, '@') >= 0 || strings.Contains(s, "www.") || strings.Contains(s, "http") || strings.Contains(s, ".com"))
	}
}

// begun fills in how many of the blocks with links begin with the same two words: "Read
// also …" stands before each line that leads to another article.
func (f *featureReader) begun() {
	const most = 7
	voc := &f.vocabulary
	*voc = vocabulary{}
	begins := func(b *page.Block) (at uint32, mark uint8) {
		first, rest := nextWord(b.Text)
		second, rest := nextWord(rest)
		if rest == "" || b.Href == 0 {
			return 0, 0
		}
		hash := first*31 + second
		return hash % vocabularySize, uint8(hash>>24) | 1
	}
	for i := range f.p.Blocks {
		at, mark := begins(&f.p.Blocks[i])
		if voc.last[at] != mark {
			voc.last[at], voc.blocks[at] = mark, 0
		}
		voc.blocks[at] = min(voc.blocks[at]+1, most)
	}
	for i := range f.p.Blocks {
		if !Open(&f.all[i]) {
			continue
		}
		if at, mark := begins(&f.p.Blocks[i]); mark != 0 && voc.last[at] == mark {
			f.all[i][fBegun] = voc.blocks[at]
		}
	}
}

// eachWord yields a hash of every word of s and how many letters it has.
func eachWord(s string, yield func(hash uint32, letters int)) {
	for {
		hash, letters, rest := cutWord(s)
		if letters == 0 {
			return
		}
		yield(hash, letters)
		s = rest
	}
}
