package quote

import (
	"slices"
	"strings"
	"sync"

	"dateline/internal/words"
	"dateline/understand/token"
)

// classes are the names of the classes of cues, the words that ascribe something to somebody. The
// files quote.cues have them as headings. The class at index i has bit i; none has bit 0.
var classes = []string{"", "say", "claim", "deny", "ask", "urge", "write", "promise", "think", "want", "attitude", "show", "seem", "noun", "source", "hedge"}

// The bits of these classes. Models were trained with these values, so the order must not change.
const (
	_ uint64 = 1 << iota
	classSay
	classClaim
	classDeny
	classAsk
	classUrge
	classWrite
	classPromise
	classThink
	classWant
	classAttitude
	classShow
	classSeem
	classNoun
	classSource
	classHedge
)

// Sets of classes.
const (
	speechClasses = classSay | classClaim
	reportClasses = speechClasses | classWrite | classShow
	verbClasses   = classSay | classClaim | classDeny | classAsk | classUrge | classWrite | classPromise | classThink | classWant | classAttitude | classShow | classSeem
	strongClasses = verbClasses | classSource // words that are likely cues wherever they stand, unlike nouns and hedges
)

// A lexicon holds, for words by their Hash, the bits of all classes that each belongs to.
type lexicon struct{ token.Table[uint32] }

// readLexicon reads the text of a file quote.cues. A verb of which the file has a single form is
// regular, and inflect gives its other forms. readLexicon panics if a heading names no class, since
// the file is part of the program.
func readLexicon(file string, inflect func(verb string) []string) *lexicon {
	l := &lexicon{}
	bit := uint32(0)
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		name, heading := strings.CutSuffix(line, ":")
		switch {
		case line == "" || line[0] == '#':
			continue
		case heading:
			bit = 0
			for i, c := range classes {
				if c == name {
					bit = 1 << i
				}
			}
			if bit == 0 {
				panic("no class of cues is called " + name)
			}
			continue
		}
		for _, entry := range strings.Fields(line) {
			forms := strings.Split(entry, "/")
			if uint64(bit) <= classSeem && (len(forms) == 1 || strings.Contains(forms[0], "|")) {
				forms = append(inflect(forms[0]), forms[1:]...)
			}
			for _, f := range forms {
				*l.At(token.Hash(f)) |= bit
			}
		}
	}
	return l
}

// englishForms returns the forms of a regular English verb: infinitive, third person, past, and the
// form with "ing".
func englishForms(verb string) []string {
	if stem, ok := strings.CutSuffix(verb, "y"); ok && !strings.ContainsAny(stem[len(stem)-1:], "aeo") {
		return []string{verb, stem + "ies", stem + "ied", verb + "ing"}
	}
	stem := strings.TrimSuffix(verb, "e")
	s := verb + "s"
	if strings.HasSuffix(verb, "s") || strings.HasSuffix(verb, "sh") || strings.HasSuffix(verb, "ch") || strings.HasSuffix(verb, "x") {
		s = verb + "es"
	}
	ing := stem + "ing"
	if strings.HasSuffix(verb, "ee") {
		ing = verb + "ing"
	}
	return []string{verb, s, stem + "ed", ing}
}

// germanPrefixes returns the prefixes of German verbs that never part from them: such a participle has no "ge".
var germanPrefixes = sync.OnceValue(func() []string { return words.Forms("de", "quote.words")["fixed-prefix"] })

// germanForms returns forms of a regular German verb: infinitive, present, past and participle. A bar
// stands behind a prefix that can part from its verb: "mit|teilen" gives "teilte" and "mitgeteilt".
func germanForms(verb string) []string {
	prefix, rest, parts := strings.Cut(verb, "|")
	if !parts {
		prefix, rest = "", verb
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(rest, "n"), "e")
	link := ""
	if strings.HasSuffix(stem, "t") || strings.HasSuffix(stem, "d") {
		link = "e"
	}
	t := stem + link + "t"
	perfect := "ge" + t
	fixed := func(prefix string) bool { return strings.HasPrefix(stem, prefix) }
	if strings.HasSuffix(stem, "ier") || slices.ContainsFunc(germanPrefixes(), fixed) {
		perfect = t
	}
	forms := []string{rest, stem + "e", t, t + "e", t + "en", prefix + perfect}
	if parts {
		forms = append(forms, prefix+rest, prefix+t, prefix+t+"e", prefix+t+"en", prefix+"zu"+rest)
	}
	return forms
}
