package entity

import (
	_ "embed"
	"strings"
	"sync"

	"dateline/internal/words"
	"dateline/understand/token"
)

// A class is a set of bits for the uses that a word has beside or within names, taken from
// the lists of the file names.words of its language. A bit means the same in every language.
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
	isNever                         // no name begins or ends with it: "that"
)

// classLists are the lists of names.words with the class of their words.
var classLists = map[string]class{
	"role": isRoleNoun, "titles": isTitleWord, "body-noun": isBodyNoun, "place-noun": isPlaceNoun, "whither": isWhither,
	"particles": isParticle, "forms": isForm, "nationality": isNationality, "never": isNever,
	"title-words": isTitleWord, "body-nouns": isBodyNoun, "firm-forms": isForm, "speech-words": isSpeech, // the lists of the English file
}

// A tongue is what is known of the words of one language.
type tongue struct {
	code      uint64             // a hash of the language's code
	words     token.Table[class] // the classes of words, by their Hash
	stems     token.Table[class] // the classes of beginnings of words, "minist*" in names.words, by their Hash
	capitals  bool               // the script has capitals
	inflected bool               // names are inflected by case
	pronouns  map[uint64]listed  // isMale and isFemale of the words for "he" and "she", by their Hash
	cased     bool               // names have capitals and few other words do
}

// caseless are the languages whose script has no capitals.
var caseless = map[string]bool{"ar": true, "zh": true, "ja": true}

// inflecting are the languages that inflect names by case.
var inflecting = map[string]bool{"ru": true, "uk": true, "pl": true, "cs": true, "sl": true}

// multiReads are the languages besides English and German in which names are found.
var multiReads = map[string]bool{"ar": true, "bg": true, "cs": true, "es": true, "fr": true, "it": true, "ja": true, "nl": true,
	"pl": true, "pt": true, "ru": true, "sl": true, "sv": true, "tr": true, "uk": true}

// tongues holds the *tongue of each language that was used so far, by language code.
var tongues sync.Map

// tongueOf returns the tongue of a language, given by its code without a country.
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

// The lengths, in characters, of the beginnings of words that names.words lists.
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

// An atlas holds the lists of names for languages other than English: those of lists.go,
// and names in other scripts and names of places in other languages.
type atlas struct {
	gazetteer
	stems token.Table[listed] // of names of one word without their ending, by the Hash of what is left
}

var world = sync.OnceValue(func() *atlas {
	a := &atlas{}
	a.words.Grow(worldNames)
	a.stems.Grow(worldNames)
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

// people adds the first names in files, one a line, each with "m" or "f" behind it if its
// sex is known.
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

// places adds the places in file, one a line, with the bit f.
func (a *atlas) places(file string, f listed) {
	a.add(file, f, partOfPlace)
	for line := range strings.Lines(file) {
		if name := strings.TrimSpace(line); !strings.Contains(name, " ") {
			a.word(name, f)
		}
	}
}

// word adds a name of one word, and its stem, with the bits f.
func (a *atlas) word(name string, f listed) {
	*a.words.At(token.Hash(name)) |= f
	if stem := stemOf(name, 1); stem != "" {
		*a.stems.At(token.Hash(stem)) |= f
	}
}

// shortestKept is the least number of characters that are left of a word without its ending.
const shortestKept = 4

// stemOf returns w without those of its last n characters that are vowels or other letters
// that an ending of a case replaces; all of w if it ends in a consonant. It returns "" if
// fewer than shortestKept characters are left.
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

// longestEnding is the greatest number of characters of the ending of a case.
const longestEnding = 3

// look returns the lists that have token i of t or, if none has, the lists that have a name
// of which the token can be an inflected form.
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
