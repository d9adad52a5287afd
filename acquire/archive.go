package acquire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"dateline"
	"dateline/warc"
)

// warc reads the pages of a WARC file.
func (r *reading) warc(name string, in io.Reader) bool {
	for rec, err := range warc.NewReader(in, warc.Options{Name: name, MaxBytes: r.o.MaxBytes}).Records() {
		if rec != nil && !r.record(name, rec, &err) {
			return false
		}
		if err != nil && !r.warcError(name, err) {
			return false
		}
	}
	return !r.done
}

// warcError passes on what is wrong at one place of a WARC file.
func (r *reading) warcError(name string, err error) bool {
	var e *warc.Error
	if errors.As(err, &e) {
		return r.fail(name, e.Offset, e.Err)
	}
	return r.fail(name, -1, err)
}

// record passes on the page of a record, if it holds one. What is wrong with
// the page is put in *err, unless that tells already; it is cleared if it is
// about a record that holds no page.
func (r *reading) record(name string, rec *warc.Record, err *error) bool {
	tooLarge := errors.Is(*err, warc.ErrTooLarge)
	p, flaw := recordPage(rec, r.o.MaxBytes)
	switch {
	case errors.Is(flaw, errNoPage):
		if tooLarge && len(rec.Block) > 0 {
			*err = nil // an image or film over the limit
		}
		return *err != nil || r.passed()
	case tooLarge:
		return true
	case flaw != nil && *err == nil:
		*err = &warc.Error{Name: name, Offset: rec.Offset, Err: flaw}
	}
	if p == nil {
		return true
	}
	p.Input, p.Offset = name, rec.Offset
	return r.page(*p)
}

// errNoPage says that a record holds no page: nothing is wrong with it.
var errNoPage = errors.New("holds no page")

// recordPage makes the page that rec holds. With an error there may be a page
// as far as it can be read. The page is the caller's own.
func recordPage(rec *warc.Record, most int64) (*Page, error) {
	switch rec.Type() {
	case warc.TypeResponse, warc.TypeResource, warc.TypeConversion, warc.TypeRevisit:
	default:
		return nil, errNoPage
	}
	c := rec.Capture()
	c.URL, c.Final = absolute(c.URL), absolute(c.Final)
	if c.URL == "" {
		return nil, errors.New("no WARC-Target-URI")
	}
	if u, err := url.Parse(c.URL); err == nil && !strings.HasPrefix(u.Scheme, "http") && rec.Type() == warc.TypeResponse {
		return nil, errNoPage // dns:, ftp:, whois:
	}
	var p *Page
	var err error
	switch rec.Type() {
	case warc.TypeResponse:
		p, err = responsePage(c, rec.Block, most)
	case warc.TypeRevisit:
		p, err = revisitPage(c, rec)
	default:
		p, err = resourcePage(c, rec.ContentType(), rec.Block, most)
	}
	if p != nil {
		p.Digest = rec.PayloadDigest()
	}
	return p, err
}

// responsePage makes the page of an HTTP response that a block holds. If the
// block has no HTTP header all of it is the payload.
func responsePage(c dateline.Capture, block []byte, most int64) (*Page, error) {
	m, err := warc.ParseMessage(block)
	if err != nil {
		return resourcePage(c, "", block, most)
	}
	c.Status = m.Status
	c.Type, c.Charset = m.ContentType()
	if c.Status < 200 || c.Status == 204 || c.Status >= 300 && c.Status < 400 || !mayBePage(c.Type) {
		return nil, errNoPage
	}
	block = bytes.Clone(block)
	m, _ = warc.ParseMessage(block) // as above
	body, err := m.Content(most)
	if errors.Is(err, warc.ErrTooLarge) {
		return nil, errTooLarge(most)
	}
	if c.Type = pageType(c.Type, body); c.Type == "" {
		return nil, errNoPage
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

// resourcePage makes the page of a block that is all payload.
func resourcePage(c dateline.Capture, contentType string, block []byte, most int64) (*Page, error) {
	c.Type, c.Charset = warc.ParseContentType(contentType)
	if !mayBePage(c.Type) {
		return nil, errNoPage
	}
	if c.Type = pageType(c.Type, block); c.Type == "" {
		return nil, errNoPage
	}
	if int64(len(block)) > most {
		return nil, errTooLarge(most)
	}
	p := saved("", 0, c, bytes.Clone(block))
	return &p, nil
}

// revisitPage makes the page of a capture whose payload an earlier one holds.
func revisitPage(c dateline.Capture, rec *warc.Record) (*Page, error) {
	if m, err := warc.ParseMessage(rec.Block); err == nil {
		c.Status = m.Status
		c.Type, c.Charset = m.ContentType()
	}
	if !mayBePage(c.Type) || c.Status >= 300 && c.Status < 400 && c.Status != 304 {
		return nil, errNoPage
	}
	digest := rec.PayloadDigest()
	if hex, ok := strings.CutPrefix(digest, "sha256:"); ok && len(hex) == 64 {
		c.Payload = strings.ToLower(digest)
	}
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, digest)
	return &Page{Capture: c, Record: warc.TypeRevisit, Block: bytes.Clone(rec.Block),
		Refers: Reference{Payload: digest, URL: absolute(rec.RefersToTargetURI()), Fetched: rec.RefersToDate()}}, nil
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

// noPage says why an address holds no page.
func noPage(m *warc.Message) error {
	mediaType, _ := m.ContentType()
	if mediaType == "" {
		mediaType = "content without a type"
	}
	return fmt.Errorf("status %d with %s: not a page", m.Status, mediaType)
}
