package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"dateline"
	"dateline/internal/tsp"
	"dateline/warc"
)

// stampType is the media type of a reply (RFC 3161, 3.4).
const stampType = "application/timestamp-reply"

// StampRequest returns a request (RFC 3161) to stamp the last manifest, and its seal: a
// file that is sent to any time-stamping authority. Where there is no manifest the error
// is [dateline.ErrNotFound].
func (a *Archive) StampRequest(ctx context.Context) ([]byte, *dateline.Seal, error) {
	seals, err := a.Seals(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(seals) == 0 {
		return nil, nil, errNoManifest
	}
	s := &seals[len(seals)-1]
	digest, err := sumOf(s.Digest)
	if err != nil {
		return nil, nil, err
	}
	return tsp.Request(digest), s, nil
}

// sumOf reads "sha256:" and hex digits.
func sumOf(digest string) (sum [sha256.Size]byte, err error) {
	text, ok := strings.CutPrefix(digest, "sha256:")
	b, err := hex.DecodeString(text)
	if !ok || err != nil || len(b) != len(sum) {
		return sum, fmt.Errorf("%.100q is no SHA-256 digest", digest)
	}
	return [sha256.Size]byte(b), nil
}

// AddStamp puts the reply of a time-stamping authority into the archive, with the
// manifest that it stamps. A reply that is not whole, or stamps something else, is an error.
func (a *Archive) AddStamp(ctx context.Context, reply []byte) (*dateline.Seal, error) {
	token, err := tsp.Parse(reply)
	if err != nil {
		return nil, err
	}
	seals, err := a.Seals(ctx)
	if err != nil {
		return nil, err
	}
	digest := "sha256:" + hex.EncodeToString(token.Digest)
	for i := range seals {
		s := &seals[i]
		if s.Digest != digest {
			continue
		}
		if s.Stamp != nil && !token.Time.Before(s.Stamp.Time) {
			return s, nil // the earlier one proves more
		}
		rec := warc.NewMetadata(fmt.Sprintf("%s%d", sealingURI, s.Number), "stamp "+digestBytes(reply), stampType, reply, time.Now())
		at, err := a.appendSealing(rec)
		if err != nil {
			return nil, err
		}
		s.Stamp = &dateline.Stamp{Time: token.Time, By: token.Name(), At: at}
		return s, a.parts.Seals.Put(ctx, *s)
	}
	return nil, fmt.Errorf("it stamps %s, which is no manifest of this archive", digest)
}

// takeStamp notes a stamp that the log does not know.
func (a *Archive) takeStamp(ctx context.Context, rec *warc.Record, at dateline.Place) error {
	token, err := tsp.Parse(rec.Block)
	if err != nil {
		return nil // it proves nothing
	}
	seals, err := a.Seals(ctx)
	if err != nil {
		return nil // Repair makes damaged rows again
	}
	for _, s := range seals {
		if s.Digest == "sha256:"+hex.EncodeToString(token.Digest) && (s.Stamp == nil || token.Time.Before(s.Stamp.Time)) {
			s.Stamp = &dateline.Stamp{Time: token.Time, By: token.Name(), At: at}
			return a.parts.Seals.Put(ctx, s)
		}
	}
	return nil
}

// StampReply returns the reply that stamps a manifest, as it came; [ErrLost] if it
// cannot be had.
func (a *Archive) StampReply(_ context.Context, s *dateline.Seal) ([]byte, error) {
	if s.Stamp == nil {
		return nil, dateline.ErrNotFound
	}
	rec, err := a.parts.Files.Open(path.Base(s.Stamp.At.File), s.Stamp.At.Offset)
	if err == nil && rec != nil && (rec.Type() != warc.TypeMetadata || !isSealing(rec.Type(), rec.TargetURI())) {
		err = errors.New("the record there is another one")
	}
	if err != nil || rec == nil {
		return nil, lost(fmt.Errorf("stamp of manifest %d: %w", s.Number, err))
	}
	return rec.Block, nil
}
