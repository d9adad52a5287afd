// Package words holds what is known of single languages as lists of words in
// data files, a folder a language (BCP 47: de, nl, zh), and one folder, any,
// for lists that belong to no language. README.md describes the format, every
// list and how a language is added; doc/decisions/words.md says why.
//
//   - words.go reads the files and gives the lists of one language or of all;
//   - set.go, phrases.go and table.go look words up: whole words, parts of a
//     text, and words that stand for a number or another value;
//   - inflect.go makes the forms of words that are listed by their stem, and
//     bylanguage.go keeps what another package makes of a language's file.
//
// The files are part of the program. They are read once, when the first list is
// asked for, and a lookup is built when it is first used, so that a command
// that needs no words pays for none.
package words

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed */*.*
var files embed.FS

// Any is the folder of the lists that belong to no language.
const Any = "any"

// shared are the files that every package may use the lists of. Other files
// belong to one package, which reads them with Text: when.words, when.rules.
var shared = [...]string{"dates.words", "languages.words", "press.words", "sentences.words"}

// An Entry is one word, or some words together, of a list.
type Entry struct {
	Value string // what stands behind the name of the list: "3" of "month 3"; "" if nothing does
	Text  string // as the file has it
}

// A Line is one list of a file as it stands there, with the lines that go on with it: its
// name, its value and its entries.
type Line struct {
	Number  int    // of the line of the file, from 1
	List    string // the name of the list
	Value   string // what stands behind the name, "" if nothing does
	Entries []string
}

// A folder holds the lists of one language by their names.
type folder map[string][]Entry

// readers read the folder of each language when it is first asked for: most programs that start need
// those of a few languages.
var readers = sync.OnceValue(func() map[string]func() folder {
	all := map[string]func() folder{}
	for _, lang := range append(Langs(), Any) {
		all[lang] = sync.OnceValue(func() folder { return readFolder(lang) })
	}
	return all
})

// folderOf returns the folder of a language, nil if it has none.
func folderOf(lang string) folder {
	if read := readers()[lang]; read != nil {
		return read()
	}
	return nil
}

// readFolder reads the shared files of a language. It panics if a file is
// malformed, for it is part of the program: a test reads every one.
func readFolder(lang string) folder {
	f := folder{}
	for _, name := range shared {
		text, ok := Text(lang, name)
		if !ok {
			continue
		}
		for line, err := range Lines(text) {
			if err != nil {
				panic(fmt.Errorf("%s/%s: %w", lang, name, err))
			}
			for _, e := range line.Entries {
				f[line.List] = append(f[line.List], Entry{line.Value, e})
			}
		}
	}
	return f
}

// Langs returns the languages that have a folder, in the order of the alphabet.
func Langs() []string { return slices.Clone(langs()) }

var langs = sync.OnceValue(func() (all []string) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		panic(err) // Unreachable: the root of an embedded file system can be read.
	}
	for _, e := range entries {
		if e.Name() != Any {
			all = append(all, e.Name())
		}
	}
	return all
})

// Text returns the file name of a language's folder; ok is false if there is none.
func Text(lang, name string) (text string, ok bool) {
	b, err := files.ReadFile(path.Join(lang, name))
	return string(b), err == nil
}

// With returns the languages whose folder has the file name, in the order of
// the alphabet.
func With(name string) (all []string) {
	for _, lang := range langs() {
		if _, err := fs.Stat(files, path.Join(lang, name)); err == nil {
			all = append(all, lang)
		}
	}
	return all
}

// aliases are the languages that are read with the folder of another.
var aliases = map[string]string{"nb": "no", "nn": "no", "iw": "he", "in": "id", "tl": "fil", "prs": "fa"}

// base returns the folder of a BCP 47 tag, "" for an empty one.
func base(tag string) string {
	lang, _, _ := strings.Cut(tag, "-")
	if a := aliases[lang]; a != "" {
		return a
	}
	return lang
}

// Of returns the entries of the lists of one language that have these names, in
// the order of the files; lang is a BCP 47 tag. The result must not be changed.
func Of(lang string, lists ...string) []Entry {
	lang = base(lang)
	if len(lists) == 1 {
		return folderOf(lang)[lists[0]]
	}
	var all []Entry
	for _, l := range lists {
		all = append(all, folderOf(lang)[l]...)
	}
	return all
}

// All returns the texts of the lists with these names in the folder any and in
// those of all languages, each text once: first those of any, then language by
// language in the order of the alphabet, each in the order of its files.
func All(lists ...string) (all []string) {
	seen := map[string]bool{}
	add := func(lang string) {
		for _, e := range Of(lang, lists...) {
			if !seen[e.Text] {
				seen[e.Text] = true
				all = append(all, e.Text)
			}
		}
	}
	add(Any)
	for _, lang := range langs() {
		add(lang)
	}
	return all
}

// Lines yields the lines of a file of lists:
//
//	# A comment, to the end of its line.
//	name: word, some words together, "with, a comma ", word
//	name value: word,
//	  word on a line that goes on with the list above
//
// The name has no space; what else stands before the colon is the value.
// Entries are parted by commas, and spaces around them are not part of them;
// in double quotes an entry is a Go string. An empty list has the name alone.
// After an error, which names the line, nothing follows.
func Lines(text string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		var line Line
		n := 0
		for s := range strings.Lines(text) {
			n++
			s = strings.TrimRight(s, " \t\r\n")
			if s == "" || s[0] == '#' {
				continue
			}
			list := s
			if s[0] != ' ' && s[0] != '\t' {
				if line.List != "" && !yield(line, nil) {
					return
				}
				head, rest, ok := strings.Cut(s, ":")
				if !ok {
					yield(Line{}, fmt.Errorf("line %d: %q has no colon", n, s))
					return
				}
				line = Line{Number: n}
				line.List, line.Value, _ = strings.Cut(head, " ")
				line.Value = strings.TrimSpace(line.Value)
				if line.List == "" {
					yield(Line{}, fmt.Errorf("line %d: no name before the colon", n))
					return
				}
				list = rest
			} else if line.List == "" {
				yield(Line{}, fmt.Errorf("line %d: goes on with a list, but there is none", n))
				return
			}
			var err error
			if line.Entries, err = entries(line.Entries, list); err != nil {
				yield(Line{}, fmt.Errorf("line %d: %w", n, err))
				return
			}
		}
		if line.List != "" {
			yield(line, nil)
		}
	}
}

// entries appends the entries of a list to all. A comma at the end of a line
// says only that the list goes on.
func entries(all []string, list string) ([]string, error) {
	for list = strings.TrimSpace(list); list != ""; list = strings.TrimSpace(list) {
		var e string
		if list[0] == '"' {
			quoted, err := strconv.QuotedPrefix(list)
			if err != nil {
				return nil, fmt.Errorf("a quoted entry does not end: %s", list)
			}
			list = strings.TrimSpace(list[len(quoted):])
			if list != "" && list[0] != ',' {
				return nil, fmt.Errorf("no comma behind %s", quoted)
			}
			list = strings.TrimPrefix(list, ",")
			if e, err = strconv.Unquote(quoted); err != nil {
				return nil, fmt.Errorf("%s: %w", quoted, err)
			}
		} else {
			e, list, _ = strings.Cut(list, ",")
			e = strings.TrimSpace(e)
		}
		if e == "" {
			return nil, fmt.Errorf("an entry is empty before %q", list)
		}
		all = append(all, e)
	}
	return all, nil
}
