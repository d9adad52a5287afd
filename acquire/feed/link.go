package feed

import "dateline/extract/link"

// isForeign reports whether an address leads to another site than another
// one: another registrable domain by the public suffix list.
func isForeign(to, from string) bool {
	a, b := link.Site(to), link.Site(from)
	return a != "" && b != "" && a != b
}
