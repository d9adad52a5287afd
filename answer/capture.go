package answer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"dateline"
	"dateline/archive"
)

// A Capture is the evidence: what was received, from where and when, where it
// is kept, and whether it is still what was received.
type Capture struct {
	Capture *dateline.Capture `json:"capture"`           // as its log has it
	Record  string            `json:"record"`            // type of the WARC record: "response", "resource", "revisit"
	Head    string            `json:"head,omitempty"`    // HTTP status line and headers as received
	Intact  bool              `json:"intact"`            // the stored payload has the digest that was taken of it
	Found   string            `json:"found,omitempty"`   // the digest that it has now; "" if it cannot be read
	Trouble string            `json:"trouble,omitempty"` // why it cannot be read; "" if it can
	Shows   *Ref              `json:"shows,omitempty"`   // the version of an article that it shows
}

// An Evidence looks up articles and also reads what they were made of. What is
// not there is dateline.ErrNotFound.
type Evidence interface {
	Lookup
	// Capture returns the capture with the given key.
	Capture(ctx context.Context, id dateline.CaptureID) (*dateline.Capture, error)
	// Record reads what is stored of a capture. What cannot be read any more is
	// archive.ErrLost.
	Record(ctx context.Context, c *dateline.Capture) (archive.Record, error)
}

// NewCapture returns what the capture is evidence of, and whether it still is.
func NewCapture(ctx context.Context, a Evidence, id dateline.CaptureID) (*Capture, error) {
	c, err := a.Capture(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("capture %s: %w", id, err)
	}
	p := &Capture{Capture: c}
	switch rec, err := a.Record(ctx, c); {
	case errors.Is(err, archive.ErrLost):
		p.Trouble = err.Error()
	case err != nil:
		return nil, fmt.Errorf("record of capture %s: %w", id, err)
	default:
		found, _, err := dateline.Digest(bytes.NewReader(rec.Payload))
		if err != nil {
			return nil, err
		}
		p.Record, p.Head, p.Found, p.Intact = rec.Type, readable(rec.Head), found, found == c.Payload
	}
	switch art, err := a.Find(ctx, string(c.ID)); {
	case err == nil && art.Capture == c.ID:
		r := newRef(art)
		p.Shows = &r
	case err != nil && !errors.Is(err, dateline.ErrNotFound):
		return nil, fmt.Errorf("article of capture %s: %w", c.ID, err)
	}
	return p, nil
}

// readable shows bytes as received as text.
func readable(b []byte) string {
	text := strings.ToValidUTF8(string(b), "\uFFFD")
	return strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}
