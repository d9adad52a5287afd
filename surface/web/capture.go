package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"dateline"
)

// capturePage is the evidence: what was received, from where and when, and
// where it is kept.
type capturePage struct {
	Capture  *dateline.Capture `json:"capture"`
	Record   string            `json:"record"`            // type of the WARC record
	Head     string            `json:"head,omitempty"`    // status line and headers as received
	Intact   bool              `json:"intact"`            // the stored payload still has the digest
	Found    string            `json:"found"`             // the digest that it has
	Article  string            `json:"article,omitempty"` // address of the version of the article that it shows
	Headline string            `json:"-"`
	Raw      string            `json:"raw"`    // address of the payload as received
	Source   string            `json:"source"` // address of the payload as text to read
}

// capture answers /capture/ID.
func (s *site) capture(r *http.Request) (view, error) {
	ctx := r.Context()
	c, rec, err := s.evidence(ctx, dateline.CaptureID(key(r, "id")))
	if err != nil {
		return view{}, err
	}
	found, _, err := dateline.Digest(bytes.NewReader(rec.Payload))
	if err != nil {
		return view{}, err
	}
	at := captureURL(c.ID)
	p := &capturePage{
		Capture: c, Record: rec.Type, Head: readable(rec.Head), Found: found, Intact: found == c.Payload,
		Raw: at + "/raw", Source: at + "/source",
	}
	switch a, err := s.archive.Find(ctx, string(c.ID)); {
	case err == nil && a.Capture == c.ID:
		p.Article, p.Headline = versionURL(a), a.Headline
	case err != nil && !errors.Is(err, dateline.ErrNotFound):
		return view{}, fmt.Errorf("article of capture %s: %w", c.ID, err)
	}
	return view{Title: "Capture of " + c.URL, Page: p}, nil
}

func (s *site) evidence(ctx context.Context, id dateline.CaptureID) (*dateline.Capture, WARCRecord, error) {
	c, err := s.archive.Capture(ctx, id)
	if err != nil {
		return nil, WARCRecord{}, fmt.Errorf("capture %s: %w", id, err)
	}
	rec, err := s.archive.Record(ctx, c)
	if err != nil {
		return nil, WARCRecord{}, fmt.Errorf("record of capture %s: %w", id, err)
	}
	return c, rec, nil
}

// readable shows bytes as received as text.
func readable(b []byte) string {
	text := strings.ToValidUTF8(string(b), "\uFFFD")
	return strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

// sandbox keeps what a captured page holds from running or loading anything.
const sandbox = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// raw answers /capture/ID/raw: the payload as received, to be saved under a
// name that no browser opens as a page.
func (s *site) raw(w http.ResponseWriter, r *http.Request) {
	c, rec, err := s.evidence(r.Context(), dateline.CaptureID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", sandbox)
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": string(c.ID) + ".bin"}))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	_, _ = w.Write(rec.Payload) // a reader that is gone needs no answer
}

// source answers /capture/ID/source: the payload as plain text, without the
// codings that it was sent in.
func (s *site) source(w http.ResponseWriter, r *http.Request) {
	c, rec, err := s.evidence(r.Context(), dateline.CaptureID(r.PathValue("id")))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", sandbox)
	h.Set("Content-Type", "text/plain; charset="+charsetOf(c, rec.Body))
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	_, _ = w.Write(rec.Body)
}

// charsetOf names the charset to read a body in: as its headers declare, else
// UTF-8 if it is that, else as the page itself declares.
func charsetOf(c *dateline.Capture, body []byte) string {
	if _, name := charset.Lookup(c.Charset); name != "" {
		return name
	}
	if utf8.Valid(body) {
		return "utf-8"
	}
	_, name, _ := charset.DetermineEncoding(body, "")
	return name
}

// webAddress returns address if a browser may be sent there, else "".
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
