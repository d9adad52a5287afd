package extract

import (
	"dateline"
	"dateline/extract/dump"
	"dateline/extract/link"
)

// Canonical returns the form of an address by which the article there is known: see
// link.Canonical.
func Canonical(address string) string { return link.Canonical(address) }

// Site returns the registrable domain of an address, such as "example.co.uk": see
// link.Site.
func Site(address string) string { return link.Site(address) }

// Dump reads a flattened dump, which is the text of a page without its markup, into a
// record: see dump.Read.
func Dump(text []byte) *dateline.Article { return dump.Read(text) }
