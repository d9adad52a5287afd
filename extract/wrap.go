package extract

import (
	"dateline"
	"dateline/extract/dump"
	"dateline/extract/link"
)

// Canonical returns the address an article is known by: see link.Canonical.
func Canonical(address string) string { return link.Canonical(address) }

// Site returns the registrable domain of an address: see link.Site.
func Site(address string) string { return link.Site(address) }

// Dump reads one flattened dump: see dump.Read.
func Dump(text []byte) *dateline.Article { return dump.Read(text) }
