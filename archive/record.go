package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"syscall"

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

// ErrLost reports a capture whose bytes cannot be had any more: its WARC file
// is missing, damaged there, or holds other bytes than those that were
// captured.
var ErrLost = errors.New("the capture cannot be read")

// Record reads the WARC record of a capture. A revisit has the head of its own
// exchange and the payload of the capture that it repeats. The payload is just
// what was captured, by its digest, or the error is [ErrLost] and says where
// and what is wrong.
func (a *Archive) Record(ctx context.Context, c *dateline.Capture) (Record, error) {
	rec, err := a.stored(c)
	if err != nil {
		return Record{}, err
	}
	held, holder := rec, c // the record that has the payload, and its capture
	if c.Revisit != "" {
		holder, err = a.Capture(ctx, c.Revisit)
		if errors.Is(err, dateline.ErrNotFound) {
			err = lost(c, err)
		}
		if err == nil {
			held, err = a.stored(holder)
		}
		if err != nil {
			return Record{}, fmt.Errorf("capture %s repeats %s: %w", c.ID, c.Revisit, err)
		}
	}
	m := message(held, holder)
	digest, _, _ := dateline.Digest(bytes.NewReader(m.Payload)) // a bytes.Reader does not fail
	if digest != c.Payload {
		return Record{}, lost(holder, fmt.Errorf("the bytes are not those that were captured: %s instead of %s", digest, c.Payload))
	}
	body, _ := m.Content(a.maxBytes) // what can be read of it; the payload is there whole
	return Record{Type: rec.Type(), Head: warc.Head(rec.Block), Payload: m.Payload, Body: body}, nil
}

// stored returns the WARC record of a capture as it stands on the disk.
func (a *Archive) stored(c *dateline.Capture) (*warc.Record, error) {
	rec, err := a.parts.Files.Open(path.Base(c.File), c.Offset)
	if rec == nil {
		return nil, lost(c, err)
	}
	return rec, nil // its payload has a digest, which tells whether it is whole
}

// lost returns the trouble of reading a capture, as [ErrLost]. Where the
// system refuses to open any file, nothing is known of the capture.
func lost(c *dateline.Capture, err error) error {
	for _, refusal := range []error{fs.ErrPermission, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM} {
		if errors.Is(err, refusal) {
			return err
		}
	}
	return fmt.Errorf("%w: %s: byte %d: %w (capture %s of %s)", ErrLost, c.File, c.Offset, err, c.ID, c.URL)
}

// message returns the message in the record of a capture that is no revisit.
func message(rec *warc.Record, c *dateline.Capture) *warc.Message {
	if c.Status == 0 {
		return &warc.Message{Payload: rec.Block}
	}
	m, _ := warc.ParseMessage(rec.Block) // without a head it is all payload
	return m
}
