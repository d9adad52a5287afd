package date

import (
	"strings"

	"dateline/internal/text"
	"dateline/internal/words"
)

// A Label is what the words beside a date call it.
type Label uint8

const (
	Plain     Label = iota // the words do not say what date it is
	Published              // the date of publication
	Updated                // the date of a change
)

// updatedWords stand beside the date of a change, publishedWords beside that of
// publication.
var updatedWords, publishedWords = words.NewPhrases("updated"), words.NewPhrases("published")

// LabelOf returns what the words of s, in any supported language, call the date beside
// them. Where they speak of both publication and change, it is Updated.
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

// MetaLabel returns what date a <meta> element gives, judged by the words in its name,
// which must be in lower case: "w-published-date" gives the date of publication.
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
