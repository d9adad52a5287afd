package archive

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"dateline"
	"dateline/warc"
)

// mostSealed is how many records one manifest lists at most: some 25 MB.
const mostSealed = 100_000

// sealing is when the last manifest was made, or the archive begun; zero before anybody
// has looked.
type sealing struct{ last time.Time }

// Seals returns where the manifests stand, the first one first. A row that is damaged
// is an error.
func (a *Archive) Seals(ctx context.Context) ([]dateline.Seal, error) {
	var all []dateline.Seal
	for e, err := range a.parts.Seals.After(ctx, 0) {
		if err != nil {
			return nil, err
		}
		all = append(all, e.Rec)
	}
	slices.SortFunc(all, func(a, b dateline.Seal) int { return a.Number - b.Number })
	return all, nil
}

// Seal lists the digests of all records that no manifest lists yet, and puts the list
// into the archive, as a WARC record of its own: whatever copies the WARC files copies
// it. It is signed if the archive has a key. The result is the manifests that were made:
// none if there is nothing new, several if there is much.
//
// Pages that are added seal what was added on the days (in UTC) before. No Add may be
// under way.
func (a *Archive) Seal(ctx context.Context) (made []dateline.Seal, err error) {
	seals, err := a.Seals(ctx)
	if err != nil {
		return nil, err
	}
	var last *dateline.Seal
	if len(seals) > 0 {
		last = &seals[len(seals)-1]
	}
	for {
		m, more, err := a.list(ctx, last)
		if err != nil || m == nil {
			return made, err
		}
		s, err := a.store(ctx, m)
		if err != nil {
			return made, err
		}
		made, last = append(made, *s), s
		if !more {
			return made, nil
		}
	}
}

// list makes the manifest that follows the last one; nil if there would be nothing in it
// but what was written for seals. more says that there is more than one manifest takes.
func (a *Archive) list(ctx context.Context, last *dateline.Seal) (m *Manifest, more bool, err error) {
	m = &Manifest{Number: 1, Made: time.Now().UTC().Truncate(time.Second)}
	var o warc.VerifyOptions
	if last != nil {
		m.Number, m.Previous = last.Number+1, last.Digest
		o.From = warc.Place{File: path.Base(last.Last.File), Offset: last.Last.Offset}
	}
	o.MaxBytes, o.Digests = max(a.maxBytes, mostEver), true
	news := false
	for f, err := range a.parts.Files.Verify(ctx, o) {
		if err != nil {
			return nil, false, err
		}
		if len(m.Records) == mostSealed {
			return m, true, nil
		}
		at := dateline.Place{File: path.Join(warcFolder, f.File), Offset: f.Offset}
		if last != nil && at == last.Last {
			continue
		}
		if f.Err != nil {
			m.Damaged++ // Verify tells of it
			continue
		}
		if len(m.Records) == 0 {
			m.First = at
		}
		m.Last = at
		m.Records = append(m.Records, Sealed{ID: f.ID, Type: f.Type, Record: f.Digest, Payload: f.Payload})
		news = news || !isSealing(f.Type, f.URI) && f.Type != warc.TypeInfo
	}
	if !news {
		return nil, false, nil
	}
	return m, false, nil
}

// store appends the manifest to the WARC files and notes where it stands.
func (a *Archive) store(ctx context.Context, m *Manifest) (*dateline.Seal, error) {
	if a.parts.Key != nil {
		m.Signer = signerOf(a.parts.Key.Public().(ed25519.PublicKey))
	}
	text, err := m.encode()
	if err != nil {
		return nil, err
	}
	rec := manifestRecord(m, text, a.parts.Key)
	s, err := sealOf(rec)
	if err != nil {
		return nil, err // Unreachable: it was just made.
	}
	if s.At, err = a.appendSealing(rec); err != nil {
		return nil, err
	}
	a.sealing.last = time.Now()
	return s, a.parts.Seals.Put(ctx, *s)
}

// appendSealing appends a record and waits for the disk.
func (a *Archive) appendSealing(rec *warc.Record) (dateline.Place, error) {
	name, offset, err := a.parts.Files.Append(rec)
	if err == nil {
		err = a.parts.Files.Sync()
	}
	return dateline.Place{File: path.Join(warcFolder, name), Offset: offset}, err
}

// sealDay seals what was added on the days before today.
func (a *Archive) sealDay(ctx context.Context) error {
	now := time.Now().UTC()
	if a.sealing.last.IsZero() || !day(a.sealing.last).Before(day(now)) {
		return nil
	}
	_, err := a.Seal(ctx)
	a.sealing.last = now
	return err
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

var fileBegun = regexp.MustCompile(`^dateline-(\d{8}T\d{6}Z)-`)

// resumeSealing finds out when the last manifest was made: where there is none, when the
// first WARC file was begun.
func (a *Archive) resumeSealing(ctx context.Context) error {
	a.sealing.last = time.Now()
	seals, err := a.Seals(ctx)
	if err != nil {
		return nil // Verify tells; what is in the files is not lost
	}
	if len(seals) > 0 {
		a.sealing.last = seals[len(seals)-1].Made
		return nil
	}
	names, err := a.parts.Files.Names()
	if err != nil || len(names) == 0 {
		return err
	}
	if m := fileBegun.FindStringSubmatch(names[0]); m != nil {
		if at, err := time.Parse("20060102T150405Z", m[1]); err == nil {
			a.sealing.last = at
		}
	}
	return nil
}

// sealed takes a record that belongs to a seal into the log, unless it is there; ok is
// false of any other record.
func (a *Archive) sealed(ctx context.Context, name string, rec *warc.Record) (ok bool, err error) {
	if !isSealing(rec.Type(), rec.TargetURI()) {
		return false, nil
	}
	at := dateline.Place{File: path.Join(warcFolder, name), Offset: rec.Offset}
	if rec.Type() == warc.TypeMetadata {
		return true, a.takeStamp(ctx, rec, at)
	}
	s, err := sealOf(rec)
	if err != nil {
		return true, nil // it only looks like one: Verify lists it like any other record
	}
	s.At = at
	known, err := a.parts.Seals.Get(ctx, s.Key())
	switch {
	case errors.Is(err, dateline.ErrNotFound):
		return true, a.parts.Seals.Put(ctx, *s)
	case err != nil || known.At == at:
		return true, nil // a damaged row is what Repair makes again
	}
	return true, nil
}

// signerOf is how a manifest names a key.
func signerOf(key ed25519.PublicKey) string {
	return "ed25519:" + base64.StdEncoding.EncodeToString(key)
}

// PublicKey returns the key that a manifest names as its signer.
func PublicKey(signer string) (ed25519.PublicKey, error) {
	text, ok := strings.CutPrefix(signer, "ed25519:")
	key, err := base64.StdEncoding.DecodeString(text)
	if !ok || err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("the key %.100q that it names is none", signer)
	}
	return key, nil
}

// Signer returns how a manifest names the public key of a key; "" for none.
func Signer(key ed25519.PrivateKey) string {
	if key == nil {
		return ""
	}
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return "" // Unreachable: crypto/ed25519 promises it.
	}
	return signerOf(public)
}

// errNoManifest reports an archive without a manifest.
var errNoManifest = fmt.Errorf("there is no manifest yet: %w", dateline.ErrNotFound)
