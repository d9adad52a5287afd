package understand

import (
	"dateline/understand/entity"
	"dateline/understand/quote"
)

// Unread returns what [Findings] does not look for in texts of a language, a
// BCP 47 tag: "statements", "names"; nil if it looks for everything. So a reader
// can tell a text in which nobody speaks from one that nobody listened to.
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
