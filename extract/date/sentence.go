package date

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dateline/internal/text"
	"dateline/internal/words"
)

// besideOwn are the words that a line which gives the article's own date may have
// beside the date. Any other word shows that a line is a sentence of the text.
var besideOwn = words.NewSet("own-text", "before-date", "date-word", "clock-word", "clock-before", "by", "and", "particle", "weekday", "weekday-short")

// referring are the pronouns that open a sentence and refer to what stands before it.
var referring = words.NewSet("referring")

// InSentence reports whether s is a sentence that tells more than the date of the
// article: "The book was published on 3 May 2021." does, "This story was first published
// on 3 May 2021." does not. Such a sentence ends with a full stop, and has a word of at
// least three letters, in lower case or in a script without capitals, that is not
// usual beside an article's date. In languages without
// articles the first word counts whatever its case is. A text that ends with "。" always counts as one.
func InSentence(s string) bool {
	const leastWord = 3 // letters; shorter words are articles, prepositions and the like, which tell nothing
	if !strings.HasSuffix(strings.TrimRight(s, " \u00a0\"'”’»)"), ".") {
		return strings.HasSuffix(s, "。")
	}
	opens := true
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		first, _ := utf8.DecodeRuneInString(w)
		if opens && referring.Has(text.Lower(w)) { // “It was updated in January 2021.” goes on from the sentence before
			return true
		}
		capital := unicode.IsUpper(first) && !(opens && unicode.Is(unicode.Cyrillic, first))
		opens = false
		if capital || utf8.RuneCountInString(w) < leastWord {
			continue
		}
		low := text.Lower(w)
		if !besideOwn.Has(low) && !IsMonth(low) && LabelOf(low) == Plain {
			return true
		}
	}
	return false
}
