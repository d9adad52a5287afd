package quote

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"dateline/internal/chain"
	"dateline/internal/words"
	"dateline/understand/token"
)

//go:embed lang
var files embed.FS

// A Model is what is known of one language: words, and what has been learned
// from labelled texts. It is read-only and can be shared.
type Model struct {
	lexicon *lexicon
	groups  *token.Table[uint16] // clusters of words that are used alike, by their Hash; from 1
	media   media
	outlets outlets
	grammar grammar

	first  *chain.Model // tags tokens by their words and marks
	second *chain.Model // tags them again, by the first tags as well
	Joiner
	sure *chain.Model // tells right statements from wrong ones
}

// A part is what has been learned in one go: the models in one file.
type part struct {
	name   string
	models []**chain.Model
}

// parts returns the learned parts of a model for lang, and where its models
// belong.
func (m *Model) parts(lang string) []part {
	parts := []part{
		{"tags", []**chain.Model{&m.first, &m.second}},
		{"seam", []**chain.Model{&m.Seam}},
		{"cue", []**chain.Model{&m.Cue}},
		{"speaker", []**chain.Model{&m.Speaker}},
		{"sure", []**chain.Model{&m.sure}},
	}
	if voices[lang] {
		parts = append(parts, part{"voice", []**chain.Model{&m.Voice}})
	}
	return parts
}

// voices are the languages in which contents without a cue are statements.
var voices = map[string]bool{"de": true}

// Files returns the learned parts of m as files, by the names that they have
// in the folder model for the language lang.
func (m *Model) Files(lang string) map[string][]byte {
	out := map[string][]byte{}
	for _, p := range m.parts(lang) {
		var models []*chain.Model
		for _, at := range p.models {
			models = append(models, *at)
		}
		out[lang+"."+p.name] = chain.Pack(models...)
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
		lexicon: readLexicon(file(lang, "quote.cues"), forms),
		groups:  readGroups(groupsOf(lang)),
		media:   readMedia(file(lang, "quote.media")),
		outlets: readOutlets(file(lang, "quote.outlets")),
		grammar: readGrammar(file(lang, "quote.words")),
	}
}

// file returns a file of the folder of a language.
func file(lang, name string) string {
	text, ok := words.Text(lang, name)
	if !ok {
		panic("no file " + lang + "/" + name) // Unreachable: a test loads every language.
	}
	return text
}

// groupsOf returns the file of clusters of a language, which was learned from texts.
func groupsOf(lang string) string {
	b, err := files.ReadFile("lang/" + lang + ".groups")
	if err != nil {
		panic(err) // Unreachable: a test loads every language.
	}
	return string(b)
}

// readGroups reads a file of clusters, one a line.
func readGroups(file string) *token.Table[uint16] {
	groups := &token.Table[uint16]{}
	n := uint16(0)
	for line := range strings.Lines(file) {
		n++
		for w := range strings.FieldsSeq(line) {
			*groups.At(token.Hash(w)) = n
		}
	}
	return groups
}

// The learned parts: byte slices rather than a file system, which would copy
// the files that it reads.
var (
	//go:embed model/en.tags
	englishTags []byte
	//go:embed model/en.seam
	englishSeam []byte
	//go:embed model/en.cue
	englishCue []byte
	//go:embed model/en.speaker
	englishSpeaker []byte
	//go:embed model/en.sure
	englishSure []byte
	//go:embed model/de.tags
	germanTags []byte
	//go:embed model/de.seam
	germanSeam []byte
	//go:embed model/de.cue
	germanCue []byte
	//go:embed model/de.speaker
	germanSpeaker []byte
	//go:embed model/de.sure
	germanSure []byte
	//go:embed model/de.voice
	germanVoice []byte
)

// load returns the model of lang with what it has learned: the files of its
// parts, in their order.
func load(lang string, files ...[]byte) *Model {
	m := wordsOf(lang)
	for i, p := range m.parts(lang) {
		models, err := chain.Unpack(files[i], len(p.models))
		if err != nil {
			panic(fmt.Errorf("model/%s.%s: %w", lang, p.name, err))
		}
		for k, at := range p.models {
			*at = models[k]
		}
	}
	return m
}

var (
	english = sync.OnceValue(func() *Model { return load("en", englishTags, englishSeam, englishCue, englishSpeaker, englishSure) })
	german  = sync.OnceValue(func() *Model {
		return load("de", germanTags, germanSeam, germanCue, germanSpeaker, germanSure, germanVoice)
	})
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
