package understand

import (
	"dateline/understand/entity"
	"dateline/understand/quote"
)

// Unread returns what [Findings] does not look for in texts of a language, a
// BCP 47 tag: "statements", "names"; nil if it looks for both. It lets a surface say
// that statements were not looked for, where findings without any would suggest that
// nobody speaks in the text.
func Unread(lang string) []string {
	var list []string
	if !quote.Reads(lang) {
		list = append(list, "statements")
	}
	if !entity.Reads(lang) {
		list = append(list, "names")
	}
	return list
}
