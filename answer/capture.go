package answer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"dateline"
)

// A Capture is the evidence: what was received, from where and when, where it
// is kept, and whether it is still what was received.
type Capture struct {
	Capture *dateline.Capture `json:"capture"`
	Record  string            `json:"record"`            // type of the WARC record: "response", "resource", "revisit"
	Head    string            `json:"head,omitempty"`    // HTTP status line and headers as received
	Intact  bool              `json:"intact"`            // the stored payload has the digest that was taken of it
	Found   string            `json:"found,omitempty"`   // the digest that it has now; "" if it cannot be read
	Trouble string            `json:"trouble,omitempty"` // why it cannot be read; "" if it can
	Shows   *Ref              `json:"shows,omitempty"`   // the version of an article that it shows
}

// Evidence is the stored record of a capture.
type Evidence struct {
	Type    string // of the WARC record
	Head    []byte // HTTP status line and headers as received; empty if there were none
	Payload []byte // as received
	Trouble error  // why the record cannot be read, and all else is empty; nil if it can
}

// NewCapture returns what e is evidence of, and whether it still is.
func NewCapture(ctx context.Context, a Lookup, c *dateline.Capture, e Evidence) (*Capture, error) {
	p := &Capture{Capture: c, Record: e.Type, Head: readable(e.Head)}
	if e.Trouble != nil {
		p.Trouble = e.Trouble.Error()
	} else {
		found, _, err := dateline.Digest(bytes.NewReader(e.Payload))
		if err != nil {
			return nil, err
		}
		p.Found, p.Intact = found, found == c.Payload
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
