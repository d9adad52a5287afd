package entity

import (
	_ "embed"
	"strings"
	"sync"

	"dateline/internal/words"
	"dateline/understand/token"
)

// A class is a set of the uses that a word has beside or within names, as the lists of
// names.words tell for a language. It means the same in each.
type class uint16

const (
	isRoleNoun    class = 1 << iota // what somebody is: "president"
	isTitleWord                     // stands before a name: "Mr."
	isBodyNoun                      // what a body is: "ministry"
	isPlaceNoun                     // what a place is: "river"
	isWhither                       // a preposition before places: "in"
	isParticle                      // within a name, in small letters: "de"
	isForm                          // the form of a company: "Ltd"
	isNationality                   // "French"
	isSpeech                        // a form of a verb of speech: "said"
	isNever                         // is of no name, at its edges: "that"
)

// classLists are the lists of names.words with the class of their words.
var classLists = map[string]class{
	"role": isRoleNoun, "titles": isTitleWord, "body-noun": isBodyNoun, "place-noun": isPlaceNoun, "whither": isWhither,
	"particles": isParticle, "forms": isForm, "nationality": isNationality, "never": isNever,
	"title-words": isTitleWord, "body-nouns": isBodyNoun, "firm-forms": isForm, "speech-words": isSpeech, // as English calls them
}

// A tongue is what is known of the words of one language.
type tongue struct {
	code      uint64             // a number for the language
	words     token.Table[class] // by their Hash
	stems     token.Table[class] // by the Hash of what words begin with; see entry "minist*" of names.words
	capitals  bool               // the script has capitals
	inflected bool               // names have cases
	pronouns  map[uint64]listed  // "he" and "she", by their Hash
	cased     bool               // names have capitals, and few other words
}

// caseless are the languages whose script has no capitals.
var caseless = map[string]bool{"ar": true, "zh": true, "ja": true}

// inflecting are the languages whose names have cases.
var inflecting = map[string]bool{"ru": true, "uk": true, "pl": true, "cs": true, "sl": true}

// multiReads are the languages beside English and German whose names are found.
var multiReads = map[string]bool{"ar": true, "bg": true, "cs": true, "es": true, "fr": true, "it": true, "ja": true, "nl": true,
	"pl": true, "pt": true, "ru": true, "sl": true, "sv": true, "tr": true, "uk": true}

// tongues holds the tongues that were asked for, by language.
var tongues sync.Map

// tongueOf returns the tongue of a language.
func tongueOf(lang string) *tongue {
	if found, ok := tongues.Load(lang); ok {
		return found.(*tongue)
	}
	g := &tongue{code: token.Hash(lang), capitals: !caseless[lang]}
	g.cased = g.capitals && lang != "de" // all German nouns have one
	for list, c := range classLists {
		for _, w := range words.Forms(lang, "names.words")[list] {
			if stem, ok := strings.CutSuffix(w, "*"); ok {
				*g.stems.At(token.Hash(stem)) |= c
			} else {
				*g.words.At(token.Hash(w)) |= c
			}
		}
	}
	for _, w := range words.Forms(lang, "speech.words")["say"] {
		*g.words.At(token.Hash(w)) |= isSpeech
	}
	g.inflected = inflecting[lang]
	g.pronouns = map[uint64]listed{}
	for _, w := range words.Forms(lang, "names.words")["he"] {
		g.pronouns[token.Hash(w)] = isMale
	}
	for _, w := range words.Forms(lang, "names.words")["she"] {
		g.pronouns[token.Hash(w)] = isFemale
	}
	tongues.Store(lang, g)
	return g
}

// The lengths of what words are listed to begin with, in characters.
const shortestStem, longestStem = 3, 12

// classOf returns the class of token i of t.
func (g *tongue) classOf(t *token.Text, i int) class {
	if t.Tokens[i].Kind != token.Word {
		return 0
	}
	c := g.words.Get(t.Tokens[i].Fold)
	n := 0
	w := t.String(i)
	for at := range w {
		if n >= shortestStem && n <= longestStem {
			c |= g.stems.Get(token.Hash(w[:at]))
		}
		n++
	}
	if n <= longestStem {
		c |= g.stems.Get(t.Tokens[i].Fold)
	}
	return c
}

var (
	//go:embed lists/multi/first.txt
	worldFirst string
	//go:embed lists/multi/last.txt
	worldLast string
	//go:embed lists/multi/countries.txt
	worldCountries string
	//go:embed lists/multi/regions.txt
	worldRegions string
	//go:embed lists/multi/bodies.txt
	worldBodies string
	//go:embed lists/multi/cities.txt
	worldCities string
)

// An atlas holds the word lists for languages other than English: those of [lists] and
// names in other scripts and of places in other languages.
type atlas struct {
	gazetteer
	stems token.Table[listed] // of words without their ending, by their Hash
}

var world = sync.OnceValue(func() *atlas {
	a := &atlas{}
	a.people(firstNames, worldFirst)
	for _, list := range []string{lastNames, worldLast} {
		for line := range strings.Lines(list) {
			a.word(strings.TrimSpace(line), isLast)
		}
	}
	a.places(countries, isCountry)
	a.places(worldCountries, isCountry)
	a.places(regions, isRegion)
	a.places(worldRegions, isRegion)
	a.places(cities, isCity)
	a.places(bigCities, isBigCity)
	a.places(worldCities, isBigCity)
	a.add(bodies, isBody, 0)
	a.add(worldBodies, isBody, 0)
	return a
})

// people adds the first names of lists.
func (a *atlas) people(files ...string) {
	for _, file := range files {
		for line := range strings.Lines(file) {
			name, sex, _ := strings.Cut(strings.TrimSpace(line), " ")
			f := isFirst
			switch sex {
			case "m":
				f |= isMale
			case "f":
				f |= isFemale
			}
			a.word(name, f)
		}
	}
}

// places adds the places of a list.
func (a *atlas) places(file string, f listed) {
	a.add(file, f, partOfPlace)
	for line := range strings.Lines(file) {
		if name := strings.TrimSpace(line); !strings.Contains(name, " ") {
			a.word(name, f)
		}
	}
}

// word adds a name of one word, and its stem.
func (a *atlas) word(name string, f listed) {
	*a.words.At(token.Hash(name)) |= f
	if stem := stemOf(name, 1); stem != "" {
		*a.stems.At(token.Hash(stem)) |= f
	}
}

// shortestKept is how many characters of a word are kept at least when its ending is cut.
const shortestKept = 4

// stemOf returns w without its last n characters, if these are vowels or signs that
// endings are changed for; all of w if it ends in a consonant; "" if too little is left.
func stemOf(w string, n int) string {
	r := []rune(w)
	for ; n > 0 && len(r) > 0 && strings.ContainsRune("aeiouyąęěáíéýůóаеиоуыэюяьйіїє", r[len(r)-1]); n-- {
		r = r[:len(r)-1]
	}
	if len(r) < shortestKept {
		return ""
	}
	return string(r)
}

// longestEnding is how many characters the ending of a case has at most.
const longestEnding = 3

// look returns the lists that token i of t is in, or the word that it is a case of.
func (a *atlas) look(t *token.Text, i int) listed {
	if f := a.words.Get(t.Tokens[i].Fold) &^ opensName; f != 0 {
		return f
	}
	r := []rune(t.String(i))
	for n := 0; n <= longestEnding && len(r)-n >= shortestKept; n++ {
		if f := a.stems.Get(token.Hash(string(r[:len(r)-n]))); f != 0 {
			return f & (isFirst | isMale | isFemale | isLast | isCountry | isRegion | isCity | isBigCity)
		}
	}
	return 0
}
