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

// A counter has the memory that a text's trigrams are counted in.
type counter struct {
	all, room []gram
	counts    []int
	places    []int
	scores    []int
}

var counters = sync.Pool{New: func() any { return new(counter) }}

// ranked returns the trigrams of a text, without repeats and the most frequent
// first. What is no letter counts as a space, and several of them as one.
func (c *counter) ranked(text string) []gram {
	c.all = slices.Grow(c.all[:0], len(text)+1)
	x, y, last := ' ', ' ', ' '
	add := func(z rune) {
		if y != ' ' || x != ' ' && z != ' ' {
			c.all = append(c.all, pack(x, y, z))
		}
		x, y, last = y, z, max(last, z)
	}
	for _, r := range text {
		add(folded(r))
	}
	add(' ')
	c.room = sized(c.room, len(c.all))
	if last < digits {
		sortDigits(c.all, c.room)
	} else {
		slices.Sort(c.all)
	}
	return c.byFrequency()
}

// sortDigits sorts grams of characters that are digits of a number: it puts
// them in order of the last digit, then of the one before, then of the first.
// It needs room for as many grams.
func sortDigits(grams, room []gram) {
	for shift := 0; shift < 3*runeBits; shift += runeBits {
		var places [digits]uint32
		for _, g := range grams {
			places[g>>shift%digits]++
		}
		sum := uint32(0)
		for i, n := range places {
			places[i] = sum
			sum += n
		}
		for _, g := range grams {
			at := &places[g>>shift%digits]
			room[*at] = g
			*at++
		}
		copy(grams, room)
	}
}

const digits = 2048 // the characters of most alphabets

// byFrequency orders the sorted grams of c.all by how often they occur, those
// of one frequency backwards, and drops repeats.
func (c *counter) byFrequency() []gram {
	most := 0
	distinct := c.all[:0]
	c.counts = c.counts[:0]
	for i := 0; i < len(c.all); {
		j, g := i, c.all[i]
		for j < len(c.all) && c.all[j] == g {
			j++
		}
		distinct, c.counts = append(distinct, g), append(c.counts, j-i)
		most = max(most, j-i)
		i = j
	}
	c.places = sized(c.places, most+2) // of the next gram that occurs so often
	clear(c.places)
	for _, n := range c.counts {
		c.places[n]++
	}
	for n := most; n >= 0; n-- {
		c.places[n] += c.places[n+1]
	}
	ordered := c.room[:len(distinct)]
	for i := len(distinct) - 1; i >= 0; i-- {
		at := &c.places[c.counts[i]+1]
		ordered[*at] = distinct[i]
		*at++
	}
	return ordered
}

// sized returns n values, in the memory of s if there is enough.
func sized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

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
	slots []slot // a hash table with open addressing
	found []entry
}

type profile struct {
	script int
	tag    string
}

// A slot tells which entries of found are those of a trigram. It knows the
// trigram by half of its hash, which differs for all that are in a profile.
type slot struct {
	mark       uint32
	start, end uint16 // zero in an empty slot
}

// An entry is a trigram's rank in the profile of a language.
type entry struct {
	lang uint8
	rank uint16
}

const slotBits = 14

// find returns the languages that have a trigram, each with its rank.
func (p *profileTable) find(g gram) []entry {
	s, _ := p.at(g)
	return p.found[s.start:s.end]
}

// at returns the slot of a trigram, an empty one if there is none, and its mark.
func (p *profileTable) at(g gram) (s *slot, mark uint32) {
	hash := uint64(g) * 0x9e3779b97f4a7c15
	mark = uint32(hash >> 16)
	for i := hash >> (64 - slotBits); ; i = (i + 1) % (1 << slotBits) {
		if s = &p.slots[i]; s.mark == mark || s.end == 0 {
			return s, mark
		}
	}
}

var profiles = sync.OnceValue(load)

// load reads profileText: first it counts the entries of each trigram, then it
// puts them beside each other.
func load() *profileTable {
	p := &profileTable{slots: make([]slot, 1<<slotBits)}
	total := uint16(0)
	for g := range entries {
		s, mark := p.at(g)
		s.mark = mark
		s.end++
		total++
	}
	p.found = make([]entry, total)
	total = 0
	for i := range p.slots {
		if s := &p.slots[i]; s.end > 0 {
			total += s.end
			s.start, s.end = total, total
		}
	}
	for line := range strings.Lines(profileText) {
		name, rest, _ := strings.Cut(line, " ")
		tag, _, _ := strings.Cut(rest, " ")
		p.langs = append(p.langs, profile{script(name), tag})
	}
	for g, e := range entries {
		s, _ := p.at(g)
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
