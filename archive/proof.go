package archive

import (
	"context"
	"errors"

	"dateline"
)

// A Proof says what the archive can prove of one capture.
type Proof struct {
	Capture  dateline.Capture `json:"capture"`             // as the log has it
	Headline string           `json:"headline,omitempty"`  // of the article that it shows
	RecordID string           `json:"record_id,omitempty"` // WARC-Record-ID of its record
	Block    string           `json:"block,omitempty"`     // digest of the record's block
	// Holder is the capture whose record holds the payload, if this one
	// repeats it; nil if it holds the payload itself.
	Holder *dateline.Capture `json:"holder,omitempty"`
	// Trouble says why the bytes cannot be had, or are not those that were
	// captured; "" if they are.
	Trouble string `json:"trouble,omitempty"`
}

// Prove reads all that the archive holds of one capture, and compares it. ref is
// the key of a capture, or names an article as in [Archive.Find].
func (a *Archive) Prove(ctx context.Context, ref string) (*Proof, error) {
	p := new(Proof)
	c, err := a.Capture(ctx, dateline.CaptureID(ref))
	art, artErr := a.Find(ctx, ref)
	if errors.Is(err, dateline.ErrNotFound) {
		if artErr != nil {
			return nil, artErr
		}
		c, err = a.Capture(ctx, art.Capture)
	}
	if err != nil {
		return nil, err
	}
	p.Capture = *c
	if artErr == nil {
		p.Headline = art.Headline
	}
	if c.Revisit != "" {
		if p.Holder, err = a.Capture(ctx, c.Revisit); err != nil {
			p.Holder = nil // evidence says why
		}
	}
	rec, _, err := a.evidence(ctx, c)
	switch {
	case errors.Is(err, ErrLost):
		p.Trouble = err.Error()
	case err != nil:
		return nil, err
	case dateline.NewCaptureID(c.URL, c.Fetched, c.Payload) != c.ID:
		p.Trouble = "the key of the capture does not follow from its address, time and payload"
	default:
		p.RecordID, p.Block = rec.ID(), rec.BlockDigest()
	}
	return p, nil
}
