package date

import (
	"strings"

	"dateline/internal/text"
	"dateline/internal/words"
)

// A Label is what the words beside a date call it.
type Label uint8

const (
	Plain     Label = iota // nothing
	Published              // the date of publication
	Updated                // the date of a change
)

// updatedWords stand beside the date of a change, publishedWords beside that of
// publication.
var updatedWords, publishedWords = words.NewPhrases("updated"), words.NewPhrases("published")

// LabelOf tells what the words of s call the date beside them.
func LabelOf(s string) Label {
	low := text.Lower(s)
	switch {
	case updatedWords.In(low):
		return Updated
	case publishedWords.In(low):
		return Published
	}
	return Plain
}

// MetaLabel tells by its name what date a <meta> gives: "w-published-date".
func MetaLabel(name string) Label {
	switch {
	case !strings.Contains(name, "date") && !strings.Contains(name, "time"):
	case strings.Contains(name, "modif") || strings.Contains(name, "update"):
		return Updated
	case strings.Contains(name, "publish") || strings.Contains(name, "publication"):
		return Published
	}
	return Plain
}
