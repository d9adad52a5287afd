package web

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"dateline"
	"dateline/answer"
	"dateline/archive"
)

// capturePage is the template's form of an answer.Capture.
type capturePage struct {
	*answer.Capture
	Article, Headline string // address and headline of the version of an article that the capture shows; "" if it shows none
	Raw, Source       string // addresses of the payload: as received, and as text
	Look              string // address at which the captured page can be looked at
}

// capture answers /capture/ID.
func (s *site) capture(r *http.Request) (view, error) {
	found, err := answer.NewCapture(r.Context(), s.archive, dateline.CaptureID(key(r, "id")))
	if err != nil {
		return view{}, err
	}
	c := found.Capture
	at := captureURL(c.ID)
	p := &capturePage{Capture: found, Raw: at + "/raw", Source: at + "/source", Look: pageURL(c.ID)}
	if found.Shows != nil {
		p.Article, p.Headline = versionURL(found.Shows.Article, found.Shows.Capture), found.Shows.Headline
	}
	return view{Title: "Capture of " + c.URL, Answer: found, Page: p}, nil
}

// evidence reads what is stored of a capture. If its bytes are lost, the error is a
// problem that says which, and where they should be.
func (s *site) evidence(ctx context.Context, id dateline.CaptureID) (*dateline.Capture, archive.Record, error) {
	c, err := s.archive.Capture(ctx, id)
	if err != nil {
		return nil, archive.Record{}, fmt.Errorf("capture %s: %w", id, err)
	}
	rec, err := s.archive.Record(ctx, c)
	if errors.Is(err, archive.ErrLost) {
		return c, archive.Record{}, newProblem(http.StatusGone, "This capture is lost", fmt.Sprintf("capture %s of %s: %v", id, c.URL, err))
	}
	if err != nil {
		return c, archive.Record{}, fmt.Errorf("record of capture %s: %w", id, err)
	}
	return c, rec, nil
}

// sandbox is the security policy under which a captured page cannot run or load
// anything.
const sandbox = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// raw answers /capture/ID/raw: the payload as received, to be saved as a file whose
// name no browser opens as a page.
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
	body := rec.Payload
	rec = archive.Record{} // frees what else it holds while a slow reader receives the body
	write(w, http.StatusOK, body)
}

// source answers /capture/ID/source: the payload as plain text, after undoing the
// encodings in which it was sent, such as gzip.
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
	body := rec.Body
	rec = archive.Record{} // as above
	write(w, http.StatusOK, body)
}

// charsetOf names the charset of a body: the one that its headers declare; otherwise
// UTF-8 if the body is valid UTF-8; otherwise the one that the page itself declares.
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
