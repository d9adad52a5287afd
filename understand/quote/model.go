package quote

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"dateline/internal/chain"
	"dateline/understand/token"
)

//go:embed lang model
var files embed.FS

// A Model is what is known of one language: words, and what has been learned
// from labelled texts. It is read-only and can be shared.
type Model struct {
	lexicon lexicon
	groups  map[uint64]uint16 // clusters of words that are used alike, by their Hash; from 1
	media   media
	outlets outlets
	grammar grammar

	first   *chain.Model // tags tokens by their words and marks
	second  *chain.Model // tags them again, by the first tags as well
	cue     *chain.Model // chooses the cue of a content
	speaker *chain.Model // chooses the speaker of a cue
	voice   *chain.Model // chooses the speaker of a content; nil if its cue tells it
	sure    *chain.Model // tells right statements from wrong ones
}

// learned are the names of the learned parts of a model.
var learned = []string{"first", "second", "cue", "speaker", "voice", "sure"}

// voices are the languages in which contents without a cue are statements.
var voices = map[string]bool{"de": true}

func (m *Model) part(name string) **chain.Model {
	switch name {
	case "first":
		return &m.first
	case "second":
		return &m.second
	case "cue":
		return &m.cue
	case "speaker":
		return &m.speaker
	case "voice":
		return &m.voice
	case "sure":
		return &m.sure
	}
	panic("no part of a model is called " + name)
}

// Files returns the learned parts of m as files, by the names that they have
// in the folder model for the language lang.
func (m *Model) Files(lang string) map[string][]byte {
	out := map[string][]byte{}
	for _, name := range learned {
		if part := *m.part(name); part != nil {
			out[lang+"."+name] = part.Bytes()
		}
	}
	return out
}

// wordsOf returns a model that knows the words of a language and has learned
// nothing. It panics on a file that is none, for files are part of the program.
func wordsOf(lang string) *Model {
	forms := englishForms
	if lang == "de" {
		forms = germanForms
	}
	return &Model{
		lexicon: readLexicon(file("lang/"+lang+".cues"), forms),
		groups:  readGroups(file("lang/" + lang + ".groups")),
		media:   readMedia(file("lang/" + lang + ".media")),
		outlets: readOutlets(file("lang/" + lang + ".outlets")),
		grammar: readGrammar(file("lang/" + lang + ".words")),
	}
}

func file(name string) string {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// readGroups reads a file of clusters, one a line.
func readGroups(file string) map[uint64]uint16 {
	groups := map[uint64]uint16{}
	n := uint16(0)
	for line := range strings.Lines(file) {
		n++
		for w := range strings.FieldsSeq(line) {
			groups[token.Hash(w)] = n
		}
	}
	return groups
}

// load returns the model of lang with what it has learned.
func load(lang string) *Model {
	m := wordsOf(lang)
	for _, name := range learned {
		if name == "voice" && !voices[lang] {
			continue
		}
		part, err := chain.Load([]byte(file("model/" + lang + "." + name)))
		if err != nil {
			panic(fmt.Errorf("model/%s.%s: %w", lang, name, err))
		}
		*m.part(name) = part
	}
	return m
}

var (
	english = sync.OnceValue(func() *Model { return load("en") })
	german  = sync.OnceValue(func() *Model { return load("de") })
)

// modelOf returns the model for texts in lang, or nil if there is none.
func modelOf(lang string) *Model {
	switch primary, _, _ := strings.Cut(lang, "-"); primary {
	case "en", "":
		return english()
	case "de":
		return german()
	}
	return nil
}
