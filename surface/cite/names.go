package cite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/extract/byline"
	"dateline/internal/words"
)

// A Name is one author as lists of references want it: a person's name in its parts, or
// all else in one piece.
type Name struct {
	Family  string `json:"family,omitempty"`  // with its particles: "de la Cruz"; "" if Literal is set
	Given   string `json:"given,omitempty"`   // with initials and titles, as printed
	Suffix  string `json:"suffix,omitempty"`  // "Jr.", "III"
	Literal string `json:"literal,omitempty"` // what is no person's name, or one whose parts cannot be told
}

// Sorted returns the name as it stands in lists: "de la Cruz, Ana", "The Associated Press".
func (n Name) Sorted() string {
	if n.Literal != "" {
		return n.Literal
	}
	s := n.Family + ", " + n.Given
	if n.Suffix != "" {
		s += ", " + n.Suffix
	}
	return s
}

// Names returns those who wrote a, one for each of its bylines. What the page's metadata
// calls a person is one, unless it is an agency, the publisher or a desk, which pages call
// persons, too. If they do not say, a name that has the form of a person's is one: of such
// bylines that holds for nineteen of twenty. The parts of a name are told by its words: the
// last one is the family name, with the particles before it. They cannot be told for a name
// of one word, one in letters without spaces between words, and where the page's language
// puts the family name first.
func Names(a *dateline.Article) []Name {
	var list []Name
	for _, printed := range a.Bylines {
		printed = oneLine(printed)
		if n, ok := split(printed); ok && !familyFirst[base(a.Lang)] && isPerson(a, printed) {
			list = append(list, n)
		} else if printed != "" {
			list = append(list, Name{Literal: printed})
		}
	}
	return list
}

// familyFirst are the languages of which the names of persons begin with the family name
// and are also printed so in letters with spaces.
var familyFirst = map[string]bool{"hu": true, "vi": true, "zh": true, "ja": true, "ko": true, "km": true, "mn": true}

// base returns a language without its subtags.
func base(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	return lang
}

var (
	particles   = words.NewSet("particle")    // "van", "de", "al", of all languages
	deskWords   = words.NewSet("desk-word")   // "staff", "newsroom"
	outletWords = words.NewSet("outlet-word") // "press", "tribune"
	suffixes    = []string{"jr", "sr", "ii", "iii", "iv"}
	joiners     = []string{"and", "und", "et", "y", "&", "e", "en", "och", "og", "i"}
)

// isPerson reports whether a byline of a names a person.
func isPerson(a *dateline.Article, name string) bool {
	without := name
	if first, rest, ok := strings.Cut(name, " "); ok && strings.EqualFold(first, "the") {
		without = rest
	}
	last := strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
	if byline.IsAgency(name) || byline.IsAgency(without) || deskWords.Has(last) || isOutlet(a, name) {
		return false
	}
	i := slices.IndexFunc(a.Authors, func(x dateline.Author) bool { return x.Name == name })
	if i >= 0 && a.Authors[i].Kind != "" {
		return a.Authors[i].Kind == "person"
	}
	return byline.Personal(name) && !outletWords.Has(last) && name == without
}

// isOutlet reports whether a name is that of the publisher of a, or of its site:
// "Harbour Post" of harbour-post.example.
func isOutlet(a *dateline.Article, name string) bool {
	key := plain(name)
	return key != "" && (key == plain(a.Publisher.Name) || strings.HasPrefix(plain(a.Publisher.Site), key))
}

// split returns the parts of a person's name; ok is false if they cannot be told.
func split(name string) (n Name, ok bool) {
	fields := strings.Fields(strings.ReplaceAll(name, ",", " "))
	if len(fields) < 2 || strings.ContainsAny(name, "@/()0123456789") {
		return n, false
	}
	for _, f := range fields {
		if r, _ := utf8.DecodeRuneInString(f); unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || slices.Contains(joiners, f) {
			return n, false
		}
	}
	if last := fields[len(fields)-1]; len(fields) > 2 && slices.Contains(suffixes, strings.ToLower(strings.TrimSuffix(last, "."))) {
		n.Suffix, fields = last, fields[:len(fields)-1]
	} else if strings.Contains(name, ",") {
		return n, false // turned round already, or two names
	}
	at := len(fields) - 1
	for at > 1 && particles.Has(strings.ToLower(fields[at-1])) {
		at--
	}
	n.Given, n.Family = strings.Join(fields[:at], " "), strings.Join(fields[at:], " ")
	return n, true
}
