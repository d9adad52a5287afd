package acquire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"

	"dateline"
	"dateline/extract/wall"
	"dateline/warc"
)

// warc reads the pages of a WARC file.
func (r *reading) warc(name string, in io.Reader) bool {
	var b beside
	for rec, err := range warc.NewReader(in, warc.Options{Name: name, MaxBytes: r.o.MaxBytes, Raw: true}).Records() {
		if rec != nil && !r.record(name, rec, &b, &err) {
			return false
		}
		if err != nil && (!r.whole(b.next(nil)) || !r.warcError(name, err)) {
			return false
		}
	}
	return !r.done && r.whole(b.next(nil))
}

// whole passes pages on.
func (r *reading) whole(pages []*Page) bool {
	for _, p := range pages {
		if !r.page(*p) {
			return false
		}
	}
	return true
}

// warcError passes on what is wrong at one place of a WARC file.
func (r *reading) warcError(name string, err error) bool {
	var e *warc.Error
	if errors.As(err, &e) {
		return r.fail(name, e.Offset, e.Err)
	}
	return r.fail(name, -1, err)
}

// record takes up a record, and passes on the pages that are whole behind it.
func (r *reading) record(name string, rec *warc.Record, b *beside, err *error) bool {
	if *err == nil && isBeside(rec) {
		b.add(rec)
		return r.passed()
	}
	p := r.pageOf(name, rec, err)
	return r.whole(b.next(p)) && (p != nil || *err != nil || r.passed())
}

// pageOf returns the page of a record, nil if it holds none. What is wrong with the page
// is put in *err, unless that tells already; it is cleared if it is about a record over
// the limit that holds no page anyway.
func (r *reading) pageOf(name string, rec *warc.Record, err *error) *Page {
	tooLarge := errors.Is(*err, warc.ErrTooLarge)
	if !holdsPage(rec) {
		if tooLarge {
			*err = nil
		}
		return nil
	}
	if tooLarge {
		return nil
	}
	p, flaw := recordPage(rec, r.o.MaxBytes)
	if flaw != nil && *err == nil {
		*err = &warc.Error{Name: name, Offset: rec.Offset, Err: flaw}
	}
	if p != nil {
		p.Input, p.Offset = name, rec.Offset
	}
	return p
}

// holdsPage reports whether a record can hold a page, by what its headers say.
func holdsPage(rec *warc.Record) bool {
	mediaType, _ := warc.ParseContentType(rec.ContentType())
	status := 0
	switch rec.Type() {
	case warc.TypeResponse, warc.TypeRevisit:
		scheme, _, _ := strings.Cut(rec.TargetURI(), ":")
		if scheme != "" && !strings.HasPrefix(strings.ToLower(scheme), "http") && rec.Type() == warc.TypeResponse {
			return false // dns:, ftp:, whois:
		}
		m, _ := warc.ParseMessage(warc.Head(rec.Block)) // without a head nothing is declared
		mediaType, _ = m.ContentType()
		status = m.Status
	case warc.TypeResource, warc.TypeConversion:
	default:
		return false
	}
	return mayBePage(mediaType) && (mayShow(status) || status == 304 && rec.Type() == warc.TypeRevisit)
}

// mayShow reports whether an HTTP response of that status can show a page; 0
// means that there was none. Redirects and empty responses show nothing.
func mayShow(status int) bool {
	return status == 0 || status >= 200 && status < 300 && status != 204 || status >= 400
}

// recordPage makes the page that rec holds; nil if it turns out to be none.
// With an error there may be a page, as far as it can be read. The page is
// the caller's own.
func recordPage(rec *warc.Record, most int64) (p *Page, err error) {
	c := rec.Capture()
	c.URL, c.Final = absolute(c.URL), absolute(c.Final) // as the WARC names them
	if c.URL == "" {
		return nil, errors.New("no WARC-Target-URI")
	}
	if c.Final == c.URL { // they differ by the fragment
		c.Final = ""
	}
	p, err = capturedPage(c, rec, most)
	if p == nil || rec.IsOf(&p.Capture) {
		return p, err
	}
	if original := rec.Original(); original != nil {
		original.Block = p.Block
		p.Original, p.Capture.Record = original, rec.ID()
	}
	return p, err
}

// Archived returns the page of a record that stands in an archive of this program,
// with the capture that it was written for; nil if it is none. The
// address of a capture whose record the program made is taken as it stands: what an
// earlier version kept of it is part of the capture's key. A record that was kept as it
// came must have been read with its Raw, see [warc.Record.Original].
func Archived(rec *warc.Record, most int64) *Page {
	if !holdsPage(rec) {
		return nil
	}
	p, _ := capturedPage(rec.Capture(), rec, most) // a page comes with what is wrong with it
	if p != nil && rec.IsOf(&p.Capture) {
		return p
	}
	if p, _ = recordPage(rec, most); p == nil || p.Original == nil {
		return nil
	}
	return p
}

// capturedPage makes the page that rec holds of the capture c, as far as the
// record's own header tells of that.
func capturedPage(c dateline.Capture, rec *warc.Record, most int64) (p *Page, err error) {
	switch rec.Type() {
	case warc.TypeResponse:
		p, err = responsePage(c, rec.Block, most)
	case warc.TypeRevisit:
		p = revisitPage(c, rec)
	default:
		c.Type, c.Charset = warc.ParseContentType(rec.ContentType())
		p, err = resourcePage(c, rec.Block, most)
	}
	if p != nil {
		p.Digest = rec.PayloadDigest()
	}
	return p, err
}

// responsePage makes the page of an HTTP response that a block holds; nil if
// it turns out to be none. If the block has no HTTP header all of it is the
// payload.
func responsePage(c dateline.Capture, block []byte, most int64) (*Page, error) {
	block = bytes.Clone(block)
	m, err := warc.ParseMessage(block)
	if err != nil {
		return resourcePage(c, block, most)
	}
	c.Status = m.Status
	c.Type, c.Charset = m.ContentType()
	c.Refused = refused(m)
	c.Uses = slices.Concat(headUses(m), c.Uses)
	body, err := m.Content(most)
	if errors.Is(err, warc.ErrTooLarge) {
		return nil, errTooLarge(most)
	}
	if c.Type = pageType(c.Type, body); c.Type == "" {
		return nil, nil
	}
	if m.Truncated {
		c.Err = "truncated"
	}
	if err != nil && c.Err == "" {
		c.Err = damage(err).Error()
	}
	p := saved("", 0, c, m.Payload)
	p.Record, p.Block, p.Body = warc.TypeResponse, block, body
	return &p, nil
}

// refused is "challenge" if the header of a message says that it is one.
func refused(m *warc.Message) string {
	if wall.ChallengeHead(m.Status, m.Header.Get) {
		return "challenge"
	}
	return ""
}

// resourcePage makes the page of a block that is all payload; nil if it turns
// out to be none.
func resourcePage(c dateline.Capture, block []byte, most int64) (*Page, error) {
	if c.Type = pageType(c.Type, block); c.Type == "" {
		return nil, nil
	}
	if int64(len(block)) > most {
		return nil, errTooLarge(most)
	}
	p := saved("", 0, c, bytes.Clone(block))
	return &p, nil
}

// revisitPage makes the page of a capture whose payload an earlier one holds.
func revisitPage(c dateline.Capture, rec *warc.Record) *Page {
	if m, err := warc.ParseMessage(rec.Block); err == nil {
		c.Status = m.Status
		c.Type, c.Charset = m.ContentType()
		c.Refused = refused(m)
		c.Uses = slices.Concat(headUses(m), c.Uses)
	}
	digest := rec.PayloadDigest()
	if text, ok := strings.CutPrefix(digest, "sha256:"); ok {
		if sum, err := hex.DecodeString(text); err == nil && len(sum) == sha256.Size {
			c.Payload = strings.ToLower(digest)
		}
	}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, digest)
	return &Page{Capture: c, Record: warc.TypeRevisit, Block: bytes.Clone(rec.Block),
		Refers: Reference{Payload: digest, URL: absolute(rec.RefersToTargetURI()), Fetched: rec.RefersToDate()}}
}

// mayBePage reports whether something of that media type can be a page. The
// vague types are decided by what the content looks like.
func mayBePage(mediaType string) bool {
	switch mediaType {
	case "text/html", "application/xhtml+xml", dateline.TypeDump:
		return true
	}
	return isVague(mediaType)
}

func isVague(mediaType string) bool {
	switch mediaType {
	case "", "text/plain", "text/xml", "application/xml", "application/octet-stream", "application/x-unknown", "unknown/unknown", "*/*":
		return true
	}
	return false
}

// pageType returns the media type of a page's content, "" if it is no page.
func pageType(declared string, body []byte) string {
	if !isVague(declared) {
		return declared
	}
	switch kindOf(body) {
	case kindHTML:
		return dateline.TypeHTML
	case kindDump:
		return dateline.TypeDump
	}
	return ""
}
