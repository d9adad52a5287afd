package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"dateline"
	"dateline/store"
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

// ErrWithdrawn reports a capture that a user has hidden. It is an [ErrLost] to whoever
// does not ask.
var ErrWithdrawn = fmt.Errorf("%w: it was withdrawn", ErrLost)

// shown returns ErrWithdrawn, with the reason, if a capture is hidden.
func (a *Archive) shown(ctx context.Context, c *dateline.Capture) error {
	why, err := a.Withdrawn(ctx, c.ID)
	if err == nil && why != "" {
		err = fmt.Errorf("%w: %s", ErrWithdrawn, why)
	}
	return err
}

// Record reads the WARC record of a capture. A revisit has the head of its own
// exchange and the payload of the capture that it repeats. The record is that
// of the capture and the payload just what was captured (see warc.Files.Read),
// or the error is [ErrLost] and says where and what is wrong; of one that is withdrawn it is
// [ErrWithdrawn].
func (a *Archive) Record(ctx context.Context, c *dateline.Capture) (Record, error) {
	if err := a.shown(ctx, c); err != nil {
		return Record{}, err
	}
	return a.record(ctx, c)
}

// record is Record, for the archive itself: also of what is withdrawn.
func (a *Archive) record(ctx context.Context, c *dateline.Capture) (Record, error) {
	rec, m, err := a.evidence(ctx, c)
	if err != nil {
		return Record{}, err
	}
	body, _ := m.Content(a.maxBytes) // what can be read of it; the payload is there whole
	return Record{Type: rec.Type(), Head: warc.Head(rec.Block), Payload: m.Payload, Body: body}, nil
}

// Stored returns the record of a capture as it stands in its WARC file, to be written
// elsewhere, and how many bytes it takes there, see [warc.Files.Stored]. What cannot be
// had is [ErrLost], what is withdrawn [ErrWithdrawn].
func (a *Archive) Stored(ctx context.Context, c *dateline.Capture) (*warc.Record, int64, error) {
	if err := a.shown(ctx, c); err != nil {
		return nil, 0, err
	}
	rec, length, err := a.parts.Files.Stored(c)
	if err != nil {
		return nil, 0, lost(err)
	}
	return rec, length, nil
}

// evidence returns the WARC record of a capture, and the message that holds its
// payload.
func (a *Archive) evidence(ctx context.Context, c *dateline.Capture) (*warc.Record, *warc.Message, error) {
	rec, m, err := a.parts.Files.Read(c)
	if err != nil {
		return nil, nil, lost(err)
	}
	if c.Revisit != "" {
		if m, err = a.repeated(ctx, c); err != nil {
			return nil, nil, fmt.Errorf("capture %s repeats %s: %w", c.ID, c.Revisit, err)
		}
	}
	return rec, m, nil
}

// repeated returns the message of the capture that c repeats.
func (a *Archive) repeated(ctx context.Context, c *dateline.Capture) (*warc.Message, error) {
	first, err := a.Capture(ctx, c.Revisit)
	switch {
	case errors.Is(err, dateline.ErrNotFound), errors.As(err, new(*store.DamageError)):
		return nil, lost(err)
	case err != nil:
		return nil, err
	case first.Revisit != "" || first.Payload != c.Payload:
		return nil, lost(fmt.Errorf("it does not hold the payload %s", c.Payload))
	}
	_, m, err := a.parts.Files.Read(first)
	if err != nil {
		return nil, lost(err)
	}
	return m, nil
}

// lost returns the trouble of reading a capture, as [ErrLost]. Where the
// system refuses to open any file, nothing is known of the capture.
func lost(err error) error {
	for _, refusal := range []error{fs.ErrPermission, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM} {
		if errors.Is(err, refusal) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrLost, err)
}
