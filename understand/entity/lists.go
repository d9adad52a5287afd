package entity

import (
	_ "embed"
	"strings"
	"sync"

	"dateline/understand/token"
)

// The lists of names, one name a line; doc/models.md says where they come from.
var (
	//go:embed lists/first.txt
	firstNames string
	//go:embed lists/last.txt
	lastNames string
	//go:embed lists/countries.txt
	countries string
	//go:embed lists/regions.txt
	regions string
	//go:embed lists/cities.txt
	cities string
	//go:embed lists/bigcities.txt
	bigCities string
	//go:embed lists/bodies.txt
	bodies string
)

// listed is a set of bits that say which lists of names have a word or name.
type listed uint16

const (
	isFirst listed = 1 << iota
	isMale
	isFemale
	isLast
	isCountry
	isRegion
	isCity
	isBigCity
	partOfPlace // the word is part of the name of a place of several words
	opensName   // the word is the first of the name of a place or body of several words
	inCountry   // the token stands in the whole name of a country of several words; likewise those below
	inRegion
	inCity
	inBigCity
	isBody
	inBody

	whole = 6 // the shift from isCountry to inCountry, and from each of the places to its counterpart
)

// A gazetteer holds the lists of names.
type gazetteer struct {
	words token.Table[listed] // of single words, by token.Hash
	names token.Table[listed] // of places and bodies of several words, by join of their hashes
}

var lists = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{}
	g.words.Grow(englishNames)
	for line := range strings.Lines(firstNames) {
		name, sex, _ := strings.Cut(strings.TrimSpace(line), " ")
		f := isFirst
		switch sex {
		case "m":
			f |= isMale
		case "f":
			f |= isFemale
		}
		*g.words.At(token.Hash(name)) |= f
	}
	for line := range strings.Lines(lastNames) {
		*g.words.At(token.Hash(strings.TrimSpace(line))) |= isLast
	}
	g.add(countries, isCountry, partOfPlace)
	g.add(regions, isRegion, partOfPlace)
	g.add(cities, isCity, partOfPlace)
	g.add(bigCities, isBigCity, partOfPlace)
	g.add(bodies, isBody, 0)
	return g
})

// englishNames and worldNames are about as many words as the gazetteers hold.
const (
	englishNames = 70_000
	worldNames   = 100_000
)

// add adds the names in list, one a line, with the bits f. If part is not 0, the words
// with a capital in names of several words get it, too.
func (g *gazetteer) add(list string, f, part listed) {
	var t token.Text
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if onlyLetters(line) { // a single token
			*g.words.At(token.Hash(line)) |= f
			continue
		}
		t.Read(line, "")
		if len(t.Tokens) == 1 {
			*g.words.At(t.Tokens[0].Fold) |= f
			continue
		}
		*g.words.At(t.Tokens[0].Fold) |= opensName
		for _, k := range t.Tokens {
			if part != 0 && k.Is(token.Capital) {
				*g.words.At(k.Fold) |= part
			}
		}
		*g.names.At(joined(t.Tokens)) |= f
	}
}

// onlyLetters reports whether s consists of letters of ASCII, and of at least one.
func onlyLetters(s string) bool {
	for i := range len(s) {
		if s[i]|0x20 < 'a' || s[i]|0x20 > 'z' {
			return false
		}
	}
	return s != ""
}

// joined returns the hash of the name that consists of tokens.
func joined(tokens []token.Token) uint64 {
	h := uint64(0)
	for _, k := range tokens {
		h = join(h, k.Fold)
	}
	return h
}

// join returns the hash of the name that consists of the words with the hash h, 0 for none,
// and the word with the hash w behind them.
func join(h, w uint64) uint64 { return (h ^ w) * 0x9e3779b97f4a7c15 }
