package entity

import (
	_ "embed"
	"strings"
	"sync"

	"dateline/understand/token"
)

// The word lists; doc/models.md says whence they are.
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

// listed says in which lists a word is.
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
	partOfPlace // a word of a place of several words
	opensName   // the first word of a place or body of several words
	inCountry   // a word of a country that stands there whole, and so on
	inRegion
	inCity
	inBigCity
	isBody
	inBody

	whole = 6 // shift from isCountry to inCountry
)

// A gazetteer holds the word lists.
type gazetteer struct {
	words token.Table[listed] // of single words, by token.Hash
	names token.Table[listed] // of places and bodies of several words, by join of their hashes
}

var lists = sync.OnceValue(func() *gazetteer {
	g := &gazetteer{}
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
	g.place(countries, isCountry)
	g.place(regions, isRegion)
	g.place(cities, isCity)
	g.place(bigCities, isBigCity)
	g.body(bodies)
	return g
})

// body adds the organisations in list, one a line.
func (g *gazetteer) body(list string) {
	var t token.Text
	for line := range strings.Lines(list) {
		t.Read(strings.TrimSpace(line), "")
		if len(t.Tokens) == 1 {
			*g.words.At(t.Tokens[0].Fold) |= isBody
			continue
		}
		h := uint64(0)
		for _, k := range t.Tokens {
			h = join(h, k.Fold)
		}
		*g.words.At(t.Tokens[0].Fold) |= opensName
		*g.names.At(h) |= isBody
	}
}

// place adds the places in list, one a line.
func (g *gazetteer) place(list string, f listed) {
	var t token.Text
	for line := range strings.Lines(list) {
		t.Read(strings.TrimSpace(line), "")
		if len(t.Tokens) == 1 {
			*g.words.At(t.Tokens[0].Fold) |= f
			continue
		}
		h := uint64(0)
		for i, k := range t.Tokens {
			h = join(h, k.Fold)
			if i == 0 {
				*g.words.At(k.Fold) |= opensName
			}
			if k.Is(token.Capital) {
				*g.words.At(k.Fold) |= partOfPlace
			}
		}
		*g.names.At(h) |= f
	}
}

// join returns the hash of a name that goes on with the word w.
func join(h, w uint64) uint64 { return (h ^ w) * 0x9e3779b97f4a7c15 }
