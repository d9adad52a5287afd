package archive

import (
	"context"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"

	"dateline"
	"dateline/internal/tsp"
	"dateline/store"
	"dateline/warc"
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
	// Record is the digest of the record as it stands, see [warc.Record.Digest].
	Record string `json:"record,omitempty"`
	// Seal is the manifest that lists the record with that digest; nil if none does.
	Seal *dateline.Seal `json:"seal,omitempty"`
	// Stamped is the first manifest from Seal on that a time-stamping authority has
	// stamped: it and those between name each other's digests. Nil if there is none.
	Stamped *dateline.Seal `json:"stamped,omitempty"`
	// Trusted says that the authority's certificate leads to a root that is trusted.
	Trusted bool `json:"trusted,omitempty"`
	// Distrust says why it does not; "" if it does.
	Distrust string `json:"distrust,omitempty"`
	// Unsealed says why Seal, or Stamped, is nil; "" if both are there.
	Unsealed string `json:"unsealed,omitempty"`
	// Trouble says why the bytes cannot be had, or are not those that were
	// captured; "" if they are.
	Trouble string `json:"trouble,omitempty"`
}

// Prove reads all that the archive holds of one capture, and compares it. ref is
// the key of a capture, or names an article as in [Archive.Find]. Roots are those of the
// time-stamping authorities that are trusted; nil are those of the system.
func (a *Archive) Prove(ctx context.Context, ref string, roots *x509.CertPool) (*Proof, error) {
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
		p.RecordID, p.Block, p.Record = rec.ID(), rec.BlockDigest(), rec.Digest()
		return p, a.proveTime(ctx, p, roots)
	}
	return p, nil
}

// proveTime finds the manifest that lists the record, and the stamp that vouches for it.
func (a *Archive) proveTime(ctx context.Context, p *Proof, roots *x509.CertPool) error {
	seals, err := a.Seals(ctx)
	if errors.As(err, new(*store.DamageError)) {
		p.Unsealed = err.Error()
		return nil
	}
	if err != nil {
		return err
	}
	at := warc.Place{File: path.Base(p.Capture.File), Offset: p.Capture.Offset}
	i := slices.IndexFunc(seals, func(s dateline.Seal) bool { return covers(&s, at) })
	if i < 0 {
		p.Unsealed = "no manifest lists its record yet"
		return nil
	}
	p.Unsealed, err = a.listed(ctx, p, &seals[i])
	if p.Unsealed != "" || err != nil {
		return err
	}
	p.Seal = &seals[i]
	p.Unsealed, err = a.stamped(ctx, p, seals[i:], roots)
	return err
}

// covers reports whether a manifest lists what stands at a place.
func covers(s *dateline.Seal, at warc.Place) bool {
	return at.Compare(placeIn(s.First)) >= 0 && at.Compare(placeIn(s.Last)) <= 0
}

// placeIn is a place as package warc has it.
func placeIn(p dateline.Place) warc.Place {
	return warc.Place{File: path.Base(p.File), Offset: p.Offset}
}

// listed says why the manifest does not list the record of p as it is.
func (a *Archive) listed(ctx context.Context, p *Proof, s *dateline.Seal) (why string, err error) {
	m, _, _, err := a.Manifest(ctx, s)
	if errors.Is(err, ErrLost) {
		return err.Error(), nil
	}
	if err != nil {
		return "", err
	}
	why = fmt.Sprintf("manifest %d does not list its record", s.Number)
	for _, line := range m.Records {
		if line.ID != p.RecordID {
			continue
		}
		if line.Record == p.Record {
			return "", nil
		}
		why = fmt.Sprintf("manifest %d lists its record with another digest: %s, not %s", s.Number, line.Record, p.Record)
	}
	return why, nil
}

// stamped finds the first of the manifests that is stamped, and follows the chain to it;
// it says why there is none.
func (a *Archive) stamped(ctx context.Context, p *Proof, seals []dateline.Seal, roots *x509.CertPool) (why string, err error) {
	n := slices.IndexFunc(seals, func(s dateline.Seal) bool { return s.Stamp != nil })
	if n < 0 {
		return "no time-stamping authority has stamped that manifest or a later one", nil
	}
	for i := 1; i <= n; i++ {
		m, _, _, err := a.Manifest(ctx, &seals[i])
		if err == nil && m.Previous != seals[i-1].Digest {
			err = lost(fmt.Errorf("manifest %d does not name the digest of the one before", m.Number))
		}
		if errors.Is(err, ErrLost) {
			return err.Error(), nil
		}
		if err != nil {
			return "", err
		}
	}
	s := &seals[n]
	reply, err := a.StampReply(ctx, s)
	if errors.Is(err, ErrLost) {
		return err.Error(), nil
	}
	if err != nil {
		return "", err
	}
	token, err := tsp.Parse(reply)
	if err != nil {
		return fmt.Sprintf("the stamp of manifest %d: %v", s.Number, err), nil
	}
	if s.Digest != "sha256:"+hex.EncodeToString(token.Digest) {
		return fmt.Sprintf("the stamp of manifest %d is that of something else", s.Number), nil
	}
	p.Stamped = s
	if err := token.Trust(roots); err != nil {
		p.Distrust = err.Error()
	} else {
		p.Trusted = true
	}
	return "", nil
}
