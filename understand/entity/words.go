package entity

import (
	"fmt"
	"strings"
	"sync"

	"dateline/internal/words"
	"dateline/understand/token"
)

// englishLists and germanLists are the lists of names.words of these languages,
// each a set of words by their Hash.
var (
	englishLists = sync.OnceValue(func() map[string]map[uint64]bool { return readLists("en") })
	germanLists  = sync.OnceValue(func() map[string]map[uint64]bool { return readLists("de") })
)

// englishWords returns an English list; it panics if there is none of that name.
func englishWords(list string) map[uint64]bool { return listOf(englishLists(), list) }

// germanWords returns a German list; it panics if there is none of that name.
func germanWords(list string) map[uint64]bool { return listOf(germanLists(), list) }

// germanNever returns the German words with a capital that no name of a person
// has, days and months among them.
func germanNever() map[uint64]bool {
	never := germanWords("never")
	for _, e := range words.Of("de", "weekday", "month") {
		never[token.Hash(e.Text)] = true
	}
	return never
}

// listOf returns the list called name; it panics if there is none.
func listOf(lists map[string]map[uint64]bool, name string) map[uint64]bool {
	if lists[name] == nil {
		panic("names.words has no list " + name) // Unreachable: package variables ask for every one.
	}
	return lists[name]
}

// readLists reads names.words of a language. It panics if the file is malformed,
// for it is part of the program.
func readLists(lang string) map[string]map[uint64]bool {
	lists := map[string]map[uint64]bool{}
	text, _ := words.Text(lang, "names.words")
	for line, err := range words.Lines(text) {
		if err != nil {
			panic(fmt.Errorf("%s/names.words: %w", lang, err))
		}
		if lists[line.List] == nil {
			lists[line.List] = map[uint64]bool{}
		}
		for _, w := range line.Entries {
			lists[line.List][token.Hash(w)] = true
		}
	}
	return lists
}

// Small words and endings that count only as they are spelled, see names.words.
var (
	joining         = spelled("en", "and")
	orJoining       = spelled("en", "or")
	including       = spelled("en", "including")
	ofWord          = spelled("en", "of")
	officeLinks     = spelled("en", "office-link") // within the words for an office and its place
	spelledThe      = spelled("en", "the")
	definites       = spelled("en", "definite")
	relatives       = spelled("en", "relative")
	possessives     = spelled("en", "possessive")
	apostrophes     = spelled("en", "apostrophe")
	aged            = spelled("en", "aged")
	agedEndings     = endings("en", "aged-ending")
	pluralEndings   = endings("en", "plural-ending")
	noPluralEndings = endings("en", "no-plural-ending") // end like a plural and are none
	verbEndings     = endings("en", "verb-ending")      // what verbs end in where a role noun or an adjective would not
	germanGenitive  = endings("de", "genitive-ending")
	germanOblique   = endings("de", "oblique-ending")
	germanBasic     = endings("de", "basic-ending")[0]
	germanNoForms   = spelled("de", "no-form")
)

// withoutGenitive returns a German word without the ending of a genitive.
func withoutGenitive(w string) string {
	for _, e := range germanGenitive {
		w = strings.TrimSuffix(w, e)
	}
	return w
}

// spelled returns a list of names.words whose entries count as they are spelled; it panics
// if there is none.
func spelled(lang, list string) map[string]bool {
	all := map[string]bool{}
	for _, w := range endings(lang, list) {
		all[w] = true
	}
	if len(all) == 0 {
		panic(lang + "/names.words has no list " + list) // Unreachable: package variables ask for every one.
	}
	return all
}

// pairs returns a list of names.words whose entries are pairs, "us = united states": the
// right sides by the left ones.
func pairs(lang, list string) map[string]string {
	all := map[string]string{}
	for _, e := range endings(lang, list) {
		left, right, _ := strings.Cut(e, " = ")
		all[left] = right
	}
	return all
}

// endings returns, in the order of the file, the list of names.words that is called list and
// holds endings or beginnings of words.
func endings(lang, list string) (all []string) {
	text, _ := words.Text(lang, "names.words")
	for line, err := range words.Lines(text) {
		if err == nil && line.List == list { // readLists panics on an error
			all = append(all, line.Entries...)
		}
	}
	return all
}

// endsIn reports whether s ends in one of the endings.
func endsIn(s string, endings []string) bool {
	for _, e := range endings {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}
