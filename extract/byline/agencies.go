package byline

import (
	"strings"

	"dateline/internal/text"
	"dateline/internal/words"
)

// agencies are the names under which news agencies print their work.
var agencies = words.NewSet("agency")

// ListedAgency reports whether a name is that of a news agency, and nothing else.
func ListedAgency(s string) bool { return agencies.Has(text.Lower(s)) }

// IsAgency reports whether a name is that of a news agency, or of one and its
// desk ("dpa/bb"), in any case.
func IsAgency(s string) bool {
	s = text.Lower(s)
	first, _, _ := strings.Cut(s, "/")
	return agencies.Has(s) || agencies.Has(strings.TrimSpace(first))
}
