package langid

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

// A gram is three characters of a text as one number.
type gram uint64

const runeBits = 21

func pack(a, b, c rune) gram { return gram(a)<<(2*runeBits) | gram(b)<<runeBits | gram(c) }

// ranked returns the trigrams of a text, without repeats and the most frequent
// first. What is no letter counts as a space, and several of them as one.
func ranked(text string) []gram {
	all := make([]gram, 0, len(text)+1)
	a, b := ' ', ' '
	add := func(c rune) {
		if b != ' ' || a != ' ' && c != ' ' {
			all = append(all, pack(a, b, c))
		}
		a, b = b, c
	}
	for _, r := range text {
		add(folded(r))
	}
	add(' ')
	return byFrequency(all)
}

// byFrequency sorts grams by how often they occur, those of one frequency
// backwards, and drops repeats. It reuses the memory of all.
func byFrequency(all []gram) []gram {
	slices.Sort(all)
	type run struct {
		gram  gram
		count int
	}
	runs := make([]run, 0, len(all))
	for i := len(all) - 1; i >= 0; {
		j := i
		for j >= 0 && all[j] == all[i] {
			j--
		}
		runs = append(runs, run{all[i], i - j})
		i = j
	}
	slices.SortStableFunc(runs, func(a, b run) int { return b.count - a.count })
	all = all[:len(runs)]
	for i, r := range runs {
		all[i] = r.gram
	}
	return all
}

// folded returns a letter in lower case, and a space for what separates words.
func folded(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z':
		return r
	case 'A' <= r && r <= 'Z':
		return r | 0x20
	case r < 0x80, unicode.IsSymbol(r), unicode.IsSpace(r), unicode.IsPunct(r), unicode.IsDigit(r):
		return ' '
	}
	return unicode.ToLower(r)
}

// profileText has a line a language: its script, its tag, and its trigrams, the
// most frequent first, with '_' for a space.
//
//go:embed profiles.txt
var profileText string

const profileSize = 300 // trigrams of a language

// A profileTable finds the languages that have a trigram in their profile.
type profileTable struct {
	langs []profile
	slots []slot // open addressing
	found []entry
}

type profile struct {
	script int
	tag    string
}

type slot struct {
	gram  gram
	start int32 // in found, where the entries of gram are
	count int32 // zero in an empty slot
}

type entry struct {
	lang uint8
	rank uint16
}

const slotBits = 15

func (g gram) slot() int { return int(uint64(g) * 0x9e3779b97f4a7c15 >> (64 - slotBits)) }

// find returns the languages that have a trigram, each with its rank.
func (p *profileTable) find(g gram) []entry {
	s := p.at(g)
	return p.found[s.start : s.start+s.count]
}

// at returns the slot of a trigram, an empty one if there is none.
func (p *profileTable) at(g gram) *slot {
	for i := g.slot(); ; i = (i + 1) % len(p.slots) {
		if s := &p.slots[i]; s.count == 0 || s.gram == g {
			return s
		}
	}
}

var profiles = sync.OnceValue(load)

// load reads profileText: first it counts the entries of each trigram, then it
// puts them beside each other.
func load() *profileTable {
	p := &profileTable{slots: make([]slot, 1<<slotBits)}
	total := int32(0)
	for g := range entries {
		s := p.at(g)
		s.gram = g
		s.count++
		total++
	}
	p.found = make([]entry, total)
	total = 0
	for i := range p.slots {
		total += p.slots[i].count
		p.slots[i].start = total
	}
	for line := range strings.Lines(profileText) {
		name, rest, _ := strings.Cut(line, " ")
		tag, _, _ := strings.Cut(rest, " ")
		p.langs = append(p.langs, profile{script(name), tag})
	}
	for g, e := range entries {
		s := p.at(g)
		s.start--
		p.found[s.start] = e
	}
	return p
}

// entries yields the trigrams of profileText, each with its language and rank.
func entries(yield func(gram, entry) bool) {
	lang := uint8(0)
	for line := range strings.Lines(profileText) {
		trigrams := strings.TrimSpace(line[strings.LastIndexByte(line, ' ')+1:])
		var a, b rune
		n := 0
		for _, c := range trigrams {
			if c == '_' {
				c = ' '
			}
			if n++; n%3 == 0 && !yield(pack(a, b, c), entry{lang, uint16(n/3 - 1)}) {
				return
			}
			a, b = b, c
		}
		lang++
	}
}
