package acquire

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"
	"time"

	"dateline"
	"dateline/warc"
)

// mailHead is a field that a page saved as a mail has, and mails of today have, too.
var mailHead = regexp.MustCompile(`(?im)^content-type:[ \t]*(?:multipart/related|text/html)\b`)

// isMHTML reports whether b, the beginning of a file, is the header of a page saved as a
// mail (MHTML, RFC 2557).
func isMHTML(b []byte) bool {
	head := b[:min(len(b), 8<<10)]
	if !headerLine.Match(head) { // most files, without the cost of looking for the end of a header
		return false
	}
	if end := blankLine.FindIndex(head); end != nil {
		head = head[:end[0]]
	}
	return headerLine.Match(head) && mailHead.Match(head)
}

var (
	headerLine = regexp.MustCompile(`\A[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n`)
	blankLine  = regexp.MustCompile(`\r?\n\r?\n`)
)

// mostParts bounds the parts of a mail that are looked at: the page is the first of
// them, or that which the header names.
const mostParts = 10_000

// mhtml reads the page of an MHTML file: the payload is the page without the coding in
// which the mail carries it; pictures and styles are left.
func (r *reading) mhtml(name, address string, text io.Reader) bool {
	limited := &io.LimitedReader{R: text, N: 2*r.o.MaxBytes + 1} // base64 takes more than what it holds
	m, err := mail.ReadMessage(limited)
	if err != nil {
		return r.fail(name, 0, fmt.Errorf("MHTML: %w", damage(err)))
	}
	head, body, flaw := rootPart(m, r.o.MaxBytes)
	switch {
	case body == nil && limited.N <= 0:
		return r.fail(name, 0, errTooLarge(r.o.MaxBytes))
	case body == nil:
		return r.fail(name, 0, fmt.Errorf("MHTML: %w", flaw))
	case int64(len(body)) > r.o.MaxBytes:
		return r.fail(name, 0, errTooLarge(r.o.MaxBytes))
	}
	c := dateline.Capture{URL: address}
	c.Type, c.Charset = warc.ParseContentType(head.Get("Content-Type"))
	for _, at := range []string{head.Get("Content-Location"), m.Header.Get("Snapshot-Content-Location"), m.Header.Get("Content-Location")} {
		if isAddress(at) {
			c.URL = absolute(at)
			break
		}
	}
	if at, err := m.Header.Date(); err == nil { // else nobody knows when
		c.Fetched = at.UTC().Truncate(time.Second)
	}
	if flaw != nil {
		c.Err = damage(flaw).Error()
	}
	if !r.page(saved(name, 0, c, body)) {
		return false
	}
	if flaw != nil {
		return r.fail(name, 0, fmt.Errorf("MHTML: %w", damage(flaw)))
	}
	return true
}

// rootPart returns the part of a mail that is the page (RFC 2387, 3.2): that which the
// header names as start, else the first that is a page. An error comes with what could
// be read of it, or with nothing.
func rootPart(m *mail.Message, most int64) (head textproto.MIMEHeader, body []byte, err error) {
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil && kind == "" {
		return nil, nil, err
	}
	if !strings.HasPrefix(kind, "multipart/") {
		head = textproto.MIMEHeader(m.Header)
		body, err = decoded(head, m.Body, most)
		return head, body, err
	}
	if params["boundary"] == "" {
		return nil, nil, errors.New("its header names no boundary of its parts")
	}
	start := params["start"]
	parts := multipart.NewReader(m.Body, params["boundary"])
	for range mostParts {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		kind, _ := warc.ParseContentType(p.Header.Get("Content-Type"))
		if start != "" && p.Header.Get("Content-ID") != start || kind != "text/html" && kind != "application/xhtml+xml" {
			continue
		}
		body, err := decoded(p.Header, p, most)
		return p.Header, body, err
	}
	return nil, nil, errors.New("none of its parts is a page")
}

// decoded reads a part without its Content-Transfer-Encoding (RFC 2045, 6).
func decoded(head textproto.MIMEHeader, in io.Reader, most int64) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(head.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		in = quotedprintable.NewReader(in)
	case "base64":
		in = base64.NewDecoder(base64.StdEncoding, &withoutSpace{in})
	}
	var b bytes.Buffer
	_, err := b.ReadFrom(io.LimitReader(in, most+1))
	return b.Bytes(), err
}

// withoutSpace leaves out what base64 in mails may have between its characters.
type withoutSpace struct{ in io.Reader }

func (w *withoutSpace) Read(p []byte) (n int, err error) {
	for n == 0 && err == nil {
		n, err = w.in.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c > ' ' {
				p[kept] = c
				kept++
			}
		}
		n = kept
	}
	return n, err
}
