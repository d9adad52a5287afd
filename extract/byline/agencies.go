package byline

import (
	"strings"

	"dateline/internal/text"
	"dateline/internal/words"
)

// agencies are the names under which news agencies print their work.
var agencies = words.NewSet("agency")

// ListedAgency reports whether a text is, in any case, the name of a news agency in the
// word lists and nothing else.
func ListedAgency(s string) bool { return agencies.Has(text.Lower(s)) }

// IsAgency reports whether a text is, in any case, the name of a news agency in the
// word lists, alone or with something behind a slash, as its desk: "dpa/bb".
func IsAgency(s string) bool {
	s = text.Lower(s)
	first, _, _ := strings.Cut(s, "/")
	return agencies.Has(s) || agencies.Has(strings.TrimSpace(first))
}
