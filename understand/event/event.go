// Package event finds in a text who asks, answers, meets, promises, threatens, refuses or
// acts against whom, and on which day.
//
// The kinds are those of the PLOVER ontology (Open Event Data Alliance, 2016): DEMAND,
// AGREE, REJECT, THREATEN, PROTEST, CONSULT and so on; REQUEST, REPLY, PROMISE and PUBLISH are
// added. An event is found by words and phrases of the file event.words in each language's
// folder of dateline/internal/words (find.go; event.go reads the file). From the clause around
// them are taken who takes part (actor.go), the medium, whether the event is denied, feared,
// wished or planned, and its day (detail.go). Last, replies are joined to the
// requests that they answer (answer.go).
package event

import (
	"slices"
	"strings"

	"dateline"
	"dateline/internal/words"
	"dateline/understand/entity"
	"dateline/understand/token"
)

// The rules by which events are found.
const (
	ruleVerb    = "event/verb"    // a verb, whose subject acts
	rulePassive = "event/passive" // a verb in the passive, whose subject is acted upon
	ruleNoun    = "event/noun"    // a noun: "the minister's letter to the council"
)

// A grammar holds what event.words has of a language.
type grammar struct {
	phrases token.Table[[]phrase] // by the hash of their first token, the longest first
	sets    map[string]map[uint64]bool
	media   map[uint64]string   // by the hash of a phrase's words joined by spaces
	endings map[string][]string // of words, by their list
}

// A phrase is an entry of event.words that shows an event or, if its kind is kindOfNone, that
// none of its words does.
type phrase struct {
	kind, frame string
	words       []uint64
}

// The frames of phrases, which say where the other side of an event stands in the sentence. For
// a phrase without a frame it is the first name behind the phrase. The last two are no frames.
const (
	frameWhom    = "whom"   // right behind the words
	frameTo      = "to"     // behind "to"
	frameWith    = "with"   // behind "with"
	frameBoth    = "both"   // behind "with", or right behind the words; both sides act, as in a meeting
	frameNoun    = "noun"   // the phrase is a noun, such as "letter", not a verb
	kindOfNone   = "plain"  // phrases that look like those of an event and tell none
	listOfMedium = "medium" // a list of words for the medium that its value names
)

// setNames are the lists of event.words that are no kinds of events.
var setNames = map[string]bool{"auxiliary": true, "passive": true, "stop": true, "joining": true, "saying": true, "by": true, "possessive": true, "pronoun": true, "article": true,
	"negating": true, "wishing": true, "sending": true, "fearing": true, "planning": true, "behalf": true,
	"within": true, "sharing": true, "relative": true, "speaking": true, "indefinite": true, "definite": true, "owner": true, "giver": true, "taker": true,
	"parties": true, "ascribing": true, "behalf-before": true, "behalf-noun": true}

// The lists of event.words that hold endings of words.
const (
	passiveEnding     = "passive-ending"
	progressiveEnding = "progressive-ending"
	adverbEnding      = "adverb-ending"
	pluralEnding      = "plural-ending"
)

// Find returns the events of t, a text in the language lang (BCP 47; "" is read as
// English), in the order of the text. Names, dates and statements are those found in it. A
// language without words for events has none.
func Find(t *token.Text, lang string, names *entity.Names, dates []dateline.Timex, statements []dateline.Statement) []dateline.Event {
	g := grammars.Of(lang)
	if g == nil {
		return nil
	}
	f := &finder{t: t, g: g, names: names, dates: dates, statements: statements}
	for _, s := range t.Sentences {
		f.sentence(int(s.First), int(s.End))
	}
	f.answers()
	return f.found
}

// Reads reports whether events are looked for in texts of a language, a BCP 47 tag.
func Reads(lang string) bool { return grammars.Of(lang) != nil }

// grammars holds the grammar of each language that has one; it is nil for others.
var grammars = words.ByLanguage[*grammar]{File: "event.words", Read: read}

// read reads a file of words.
func read(file, lang string) *grammar {
	g := &grammar{sets: map[string]map[uint64]bool{}, media: map[uint64]string{}, endings: map[string][]string{}}
	var t token.Text
	for line, err := range words.Lines(file) {
		if err != nil {
			panic(err) // Unreachable: files are part of the program, and a test reads each.
		}
		for _, e := range line.Entries {
			switch {
			case line.List == listOfMedium:
				g.media[token.Hash(e)] = line.Value
			case strings.HasSuffix(line.List, "-ending"):
				g.endings[line.List] = append(g.endings[line.List], e)
			case setNames[line.List]:
				g.add(line.List, token.Hash(e))
			default:
				t.Read(e, lang)
				p := phrase{kind: line.List, frame: line.Value}
				for _, tok := range t.Tokens {
					p.words = append(p.words, tok.Fold)
				}
				list := g.phrases.At(p.words[0])
				*list = append(*list, p)
			}
		}
	}
	for _, list := range g.phrases.All() {
		longestFirst(list)
	}
	return g
}

// ends reports whether a word has one of the endings of a list.
func (g *grammar) ends(word, list string) bool {
	return slices.ContainsFunc(g.endings[list], func(e string) bool { return strings.HasSuffix(word, e) })
}

func (g *grammar) add(list string, word uint64) {
	if g.sets[list] == nil {
		g.sets[list] = map[uint64]bool{}
	}
	g.sets[list][word] = true
}
