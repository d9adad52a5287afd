package words

import (
	"slices"
	"strings"
	"sync"
)

// Phrases is the union of lists of all languages, each entry of two bytes or
// more, to look for all of them in a text at a time. It is built when first
// used; its methods may be called at the same time.
type Phrases struct {
	lists []string
	once  sync.Once
	first [hashes]uint16 // of the hash of a phrase's first two bytes: its list in by, 0 for none
	by    [][]string
}

// NewPhrases returns the phrases of the lists with these names.
func NewPhrases(lists ...string) *Phrases { return &Phrases{lists: lists} }

func (p *Phrases) build() {
	p.by = make([][]string, 1)
	for _, s := range All(p.lists...) {
		h := pairHash(s[0], s[1])
		if p.first[h] == 0 {
			p.first[h] = uint16(len(p.by))
			p.by = append(p.by, nil)
		}
		p.by[p.first[h]] = append(p.by[p.first[h]], s)
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
		for _, w := range p.by[n] {
			if strings.HasPrefix(s[i:], w) {
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
		for _, w := range p.by[list] {
			if n < most && beginsFolded(s[i:], w) && !slices.Contains(found[:n], w) {
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
