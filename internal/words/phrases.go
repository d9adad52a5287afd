package words

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Phrases is the union of lists of all languages, each entry of two bytes or
// more, to look for all of them in a text at a time. It is built when first
// used; its methods may be called at the same time.
type Phrases struct {
	lists []string
	texts []string // instead of those of the lists
	once  sync.Once
	first [hashes]uint16 // of the hash of a phrase's first two bytes: its list in by, 0 for none
	by    [][]string
	heads [][]head // of the phrases in by
}

// A head is what a phrase begins with, up to four bytes, whatever the case of their
// letters: most of what cannot be the phrase is told by one comparison.
type head struct{ bytes, mask uint32 }

// headOf returns the first bytes of a phrase, by which most places of a text are passed
// over at once.
func headOf(s string) head {
	n := min(len(s), 4)
	return head{foldedHead(s), 1<<(8*n) - 1}
}

// foldedHead returns the first four bytes of s, or all if there are fewer, with what
// capitals of ASCII differ in from small letters set in each.
func foldedHead(s string) uint32 {
	const small = 0x20202020
	if len(s) >= 4 {
		return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24 | small
	}
	v := uint32(0)
	for i := range len(s) {
		v |= uint32(s[i]) << (8 * i)
	}
	return v | small
}

// mayBegin reports whether a text with the folded head can begin with the phrase.
func (h head) mayBegin(folded uint32) bool { return (folded^h.bytes)&h.mask == 0 }

// NewPhrases returns the phrases of the lists with these names.
func NewPhrases(lists ...string) *Phrases { return &Phrases{lists: lists} }

// PhrasesOf returns these texts as phrases.
func PhrasesOf(texts ...string) *Phrases { return &Phrases{texts: texts} }

func (p *Phrases) build() {
	if p.texts == nil {
		p.texts = All(p.lists...)
	}
	p.by, p.heads = make([][]string, 1), make([][]head, 1)
	for _, s := range p.texts {
		h := pairHash(s[0], s[1])
		if p.first[h] == 0 {
			p.first[h] = uint16(len(p.by))
			p.by, p.heads = append(p.by, nil), append(p.heads, nil)
		}
		n := p.first[h]
		p.by[n], p.heads[n] = append(p.by[n], s), append(p.heads[n], headOf(s))
	}
}

// hashes is how many hashes of two bytes there are: enough that letters of ASCII
// hardly ever share one, and few enough for the nearest cache.
const hashes = 4096

func pairHash(a, b byte) int { return (int(a)<<6 ^ int(b)) % hashes }

// In reports whether s has any of the phrases, written as in the files.
func (p *Phrases) In(s string) bool {
	p.once.Do(p.build)
	for i := 0; i+1 < len(s); i++ {
		n := p.first[pairHash(s[i], s[i+1])]
		if n == 0 {
			continue
		}
		folded := foldedHead(s[i:])
		for k, h := range p.heads[n] {
			if h.mayBegin(folded) && strings.HasPrefix(s[i:], p.by[n][k]) {
				return true
			}
		}
	}
	return false
}

// Count returns how many different phrases s has, each where a word begins, capitals of
// ASCII or not, but no more than most.
func (p *Phrases) Count(s string, most int) (n int) {
	const room = 8
	p.once.Do(p.build)
	var found [room]string
	most = min(most, room)
	for i := 0; i+1 < len(s) && n < most; i++ {
		if i > 0 && s[i-1]|0x20 >= 'a' && s[i-1]|0x20 <= 'z' {
			continue // within a word
		}
		list := p.first[pairHash(lower(s[i]), lower(s[i+1]))]
		if list == 0 {
			continue
		}
		folded := foldedHead(s[i:])
		for k, h := range p.heads[list] {
			if w := p.by[list][k]; h.mayBegin(folded) && n < most && beginsFolded(s[i:], w) && !slices.Contains(found[:n], w) {
				found[n] = w
				n++
			}
		}
	}
	return n
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// beginsFolded reports whether s begins with w, which has no capitals of ASCII.
func beginsFolded(s, w string) bool {
	if len(s) < len(w) {
		return false
	}
	for i := range len(w) {
		if lower(s[i]) != w[i] {
			return false
		}
	}
	return true
}

// Begin returns some phrases, among them all that s begins with.
func (p *Phrases) Begin(s string) []string {
	if len(s) < 2 {
		return nil
	}
	p.once.Do(p.build)
	return p.by[p.first[pairHash(s[0], s[1])]]
}

// MayBegin reports whether s may begin with a phrase, in whatever case: most of what does
// not is told by its first two bytes.
func (p *Phrases) MayBegin(s string) bool {
	if len(s) < 2 {
		return false
	}
	p.once.Do(p.build)
	return s[0]|s[1] >= utf8.RuneSelf || p.first[pairHash(lower(s[0]), lower(s[1]))] != 0
}
