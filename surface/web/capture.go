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

// capturePage shows an answer.Capture.
type capturePage struct {
	*answer.Capture
	Article, Headline string // address and headline of the version of an article that it shows
	Raw, Source       string // addresses of the payload: as received, and as text to read
	Look              string // address of the page as it looked
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

// evidence reads what is stored of a capture. What is lost is a problem that
// says what and where.
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
	body := rec.Payload
	rec = archive.Record{} // what else it holds is not needed while the reader takes its time
	write(w, http.StatusOK, body)
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
	body := rec.Body
	rec = archive.Record{} // as above
	write(w, http.StatusOK, body)
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
