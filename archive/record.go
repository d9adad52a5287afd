package archive

import (
	"context"
	"fmt"
	"path"

	"dateline"
	"dateline/warc"
)

// A Record is the stored evidence of one capture.
type Record struct {
	Type    string // of the WARC record: "response", "resource", "revisit"
	Head    []byte // HTTP status line and headers as received, blank line included; empty if there were none
	Payload []byte // as received: Capture.Payload is its digest. Of a revisit, the payload of the capture it repeats
	Body    []byte // Payload without transfer and content codings, to be read
}

// Record reads the WARC record of a capture. A revisit has the head of its own
// exchange and the payload of the capture that it repeats.
func (a *Archive) Record(ctx context.Context, c *dateline.Capture) (Record, error) {
	rec, err := a.parts.Files.Open(path.Base(c.File), c.Offset)
	if err != nil && rec == nil {
		return Record{}, err
	}
	held, holder := rec, c // the record that has the payload, and its capture
	if c.Revisit != "" {
		if holder, err = a.Capture(ctx, c.Revisit); err != nil {
			return Record{}, fmt.Errorf("capture %s repeats %s: %w", c.ID, c.Revisit, err)
		}
		if held, err = a.parts.Files.Open(path.Base(holder.File), holder.Offset); held == nil {
			return Record{}, err
		}
	}
	m := message(held, holder)
	body, _ := m.Content(a.maxBytes) // what can be read of it; the payload is there whole
	return Record{Type: rec.Type(), Head: warc.Head(rec.Block), Payload: m.Payload, Body: body}, nil
}

// message returns the message in the record of a capture that is no revisit.
func message(rec *warc.Record, c *dateline.Capture) *warc.Message {
	if c.Status == 0 {
		return &warc.Message{Payload: rec.Block}
	}
	m, _ := warc.ParseMessage(rec.Block) // without a head it is all payload
	return m
}
