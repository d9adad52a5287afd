package feed

import (
	"strings"

	"dateline/extract/link"
)

// isHTTP reports whether a text is an absolute address.
func isHTTP(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// isForeign reports whether an address leads to another site than another
// one: another registrable domain by the public suffix list.
func isForeign(to, from string) bool {
	a, b := link.Site(to), link.Site(from)
	return a != "" && b != "" && a != b
}
