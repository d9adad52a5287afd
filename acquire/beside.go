package acquire

import (
	"bytes"
	"slices"
	"strings"

	"dateline/warc"
)

// Bounds of what is kept beside one page: programs that write WARC files write a request
// and one or two records of metadata for each.
const (
	mostBeside      = 8
	mostBesideBytes = 1 << 20
)

// A beside joins the request and metadata records of a WARC file to the pages that they
// belong to: those that stand before a response, as some programs write them, and those
// behind it. The last page waits for what stands behind it.
type beside struct {
	page   *Page          // that waits
	before []*warc.Record // of no page yet
	bytes  int            // of their blocks
}

// isBeside reports whether a record is of a kind that belongs to another one.
func isBeside(rec *warc.Record) bool {
	kind := rec.Type()
	return kind == warc.TypeRequest || kind == warc.TypeMetadata
}

// belongs reports whether a record belongs to that of a page: it is of the same address,
// and one of the two names the other as concurrent (ISO 28500:2017, 5.7) or as what it
// refers to, or neither names any.
func belongs(rec, to *warc.Record) bool {
	if to == nil || rec.TargetURI() != to.TargetURI() {
		return false
	}
	named := append(references(rec, "WARC-Concurrent-To"), references(rec, "WARC-Refers-To")...)
	if len(named) > 0 {
		return slices.Contains(named, to.ID())
	}
	named = references(to, "WARC-Concurrent-To")
	return len(named) == 0 || slices.Contains(named, rec.ID())
}

// references returns the IDs that the fields of a record with that name hold.
func references(rec *warc.Record, field string) []string {
	ids := rec.Header.Values(field)
	for i, id := range ids {
		ids[i] = strings.Trim(id, "<>")
	}
	return ids
}

// add takes up a request or metadata record, for the page that waits or for one to come.
// What is damaged, large or of no address of the web is left out.
func (b *beside) add(rec *warc.Record) {
	if !isAddress(rec.TargetURI()) || len(rec.Block) > mostBesideBytes {
		return
	}
	if b.page != nil && belongs(rec, b.page.Original) {
		if own := copyOf(rec); own != nil && len(b.page.Behind) < mostBeside {
			b.page.Behind = append(b.page.Behind, own)
		}
		return
	}
	if len(b.before) == mostBeside || b.bytes+len(rec.Block) > mostBesideBytes {
		b.before, b.bytes = nil, 0 // they were of no page
	}
	if own := copyOf(rec); own != nil {
		b.before, b.bytes = append(b.before, own), b.bytes+len(own.Block)
	}
}

// copyOf returns a copy of a record to be written as it stands; nil if that cannot be.
func copyOf(rec *warc.Record) *warc.Record {
	own := rec.Original()
	if own != nil {
		own.Block = bytes.Clone(rec.Block)
	}
	return own
}

// next is told of a record that stands for itself, and of the page that it holds if that
// is wanted. It returns the pages that are whole now: that which waited, and perhaps this one.
func (b *beside) next(page *Page) (whole []*Page) {
	if b.page != nil {
		whole = append(whole, b.page)
	}
	before := b.before
	b.page, b.before, b.bytes = page, nil, 0
	if page == nil {
		return whole
	}
	if page.Original == nil {
		b.page = nil
		return append(whole, page)
	}
	page.precede(before)
	return whole
}

// precede gives a page those of the records that belong to it.
func (p *Page) precede(records []*warc.Record) {
	for _, rec := range records {
		if belongs(rec, p.Original) {
			p.Before = append(p.Before, rec)
		}
	}
}

// follow is precede for records behind the page.
func (p *Page) follow(records []*warc.Record) {
	for _, rec := range records {
		if belongs(rec, p.Original) && len(p.Behind) < mostBeside {
			p.Behind = append(p.Behind, rec)
		}
	}
}
