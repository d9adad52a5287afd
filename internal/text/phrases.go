package text

import "strings"

// Phrases are words to look for in a text, all of them at a time.
type Phrases struct {
	first [512]uint8 // of the hash of a phrase's first two bytes: its list in by, 0 for none
	by    [][]string
}

// NewPhrases makes phrases of two bytes and more.
func NewPhrases(list ...string) *Phrases {
	p := &Phrases{by: make([][]string, 1)}
	for _, s := range list {
		h := pairHash(s[0], s[1])
		if p.first[h] == 0 {
			p.first[h] = uint8(len(p.by))
			p.by = append(p.by, nil)
		}
		p.by[p.first[h]] = append(p.by[p.first[h]], s)
	}
	return p
}

func pairHash(a, b byte) int { return (int(a)<<4 ^ int(b)) % 512 }

// In reports whether s has any of the phrases.
func (p *Phrases) In(s string) bool {
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

// Begin returns the phrases that s may begin with.
func (p *Phrases) Begin(s string) []string {
	if len(s) < 2 {
		return nil
	}
	return p.by[p.first[pairHash(s[0], s[1])]]
}
