package archive

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"dateline"
	"dateline/warc"
)

// A manifest is a text of JSON lines: the first has the fields of [Manifest], each
// other one those of a [Sealed]. It stands in the archive as the block of a WARC record
// of type resource, with these names:
const (
	manifestType   = "application/vnd.dateline.manifest+jsonl"
	sealingURI     = "urn:dateline:manifest:" // then the number
	fieldSignature = "Dateline-Signature"     // of the block, by Ed25519 (RFC 8032), in base64
)

// mostManifest bounds what is read of one manifest: a line has some 250 bytes.
const mostManifest = mostSealed * 1000

// A Manifest lists the digests of WARC records, from one place of an archive to another.
type Manifest struct {
	Format   int            `json:"dateline_manifest"` // 1
	Number   int            `json:"number"`            // from 1, without gaps
	Made     time.Time      `json:"made"`              // UTC, by the archive's own clock
	Previous string         `json:"previous"`          // digest of the manifest before; "" in the first
	Signer   string         `json:"signer,omitempty"`  // "ed25519:" and the public key in base64
	Count    int            `json:"records"`           // lines that follow
	Damaged  int            `json:"damaged,omitempty"` // records that could not be read when it was made, and are not listed
	First    dateline.Place `json:"first"`             // of the first record
	Last     dateline.Place `json:"last"`              // of the last one
	Records  []Sealed       `json:"-"`                 // in the order in which they stand
}

// Sealed is one line of a manifest.
type Sealed struct {
	ID      string `json:"id"`                // WARC-Record-ID without its brackets
	Type    string `json:"type"`              // WARC-Type
	Record  string `json:"record"`            // digest of the record: its header and its block, as they stand
	Payload string `json:"payload,omitempty"` // of what it holds, see [dateline.Capture]
}

// encode returns the text of the manifest.
func (m *Manifest) encode() ([]byte, error) {
	m.Format, m.Count = 1, len(m.Records)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(m)
	for i := range m.Records {
		err = errors.Join(err, enc.Encode(&m.Records[i]))
	}
	return b.Bytes(), err
}

// decodeManifest reads the text of a manifest. Its lines are counted, but kept only if
// whole says so.
func decodeManifest(text []byte, whole bool) (*Manifest, error) {
	head, rest, _ := bytes.Cut(text, []byte("\n"))
	m := new(Manifest)
	if err := json.Unmarshal(head, m); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	switch {
	case m.Format != 1:
		return nil, fmt.Errorf("manifest of a format that is not known: %d", m.Format)
	case m.Number <= 0 || m.Count != bytes.Count(rest, []byte("\n")):
		return nil, errors.New("manifest: its lines are not those that it counts")
	}
	for len(rest) > 0 && whole {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		var s Sealed
		if err := json.Unmarshal(line, &s); err != nil {
			return nil, fmt.Errorf("manifest: line %d: %w", len(m.Records)+2, err)
		}
		m.Records = append(m.Records, s)
	}
	return m, nil
}

// manifestRecord is the WARC record that holds a manifest.
func manifestRecord(m *Manifest, text []byte, key ed25519.PrivateKey) *warc.Record {
	digest := digestBytes(text)
	rec := warc.NewResource(fmt.Sprintf("%s%d", sealingURI, m.Number), "manifest "+digest, manifestType, text, m.Made)
	if key != nil {
		rec.Header.Add(fieldSignature, base64.StdEncoding.EncodeToString(ed25519.Sign(key, text)))
	}
	return rec
}

func digestBytes(b []byte) string {
	digest, _, _ := dateline.Digest(bytes.NewReader(b)) // memory can be read
	return digest
}

// isSealing reports whether a record is a manifest, or the stamp of one.
func isSealing(kind, uri string) bool {
	return (kind == warc.TypeResource || kind == warc.TypeMetadata) && strings.HasPrefix(uri, sealingURI)
}

// sealOf returns the seal of a manifest's record, but for its place.
func sealOf(rec *warc.Record) (*dateline.Seal, error) {
	if rec.Type() != warc.TypeResource || rec.ContentType() != manifestType {
		return nil, errors.New("the record is no manifest")
	}
	m, err := decodeManifest(rec.Block, false)
	if err != nil {
		return nil, err
	}
	return &dateline.Seal{Number: m.Number, Made: m.Made, Digest: digestBytes(rec.Block), Previous: m.Previous,
		Records: m.Count, First: m.First, Last: m.Last, Signer: m.Signer}, nil
}

// Manifest reads the manifest of a seal: its text, its signature (nil if it has none)
// and what the text says. An error says that it is not what was sealed, or that the
// signature is not that of the key that it names. What cannot be had is [ErrLost].
func (a *Archive) Manifest(_ context.Context, s *dateline.Seal) (m *Manifest, text, signature []byte, err error) {
	rec, err := a.parts.Files.Open(path.Base(s.At.File), s.At.Offset)
	if err != nil || rec == nil {
		return nil, nil, nil, lost(fmt.Errorf("manifest %d: %w", s.Number, err))
	}
	if len(rec.Block) > mostManifest || digestBytes(rec.Block) != s.Digest {
		return nil, nil, nil, lost(fmt.Errorf("manifest %d: its bytes are not those that were sealed", s.Number))
	}
	if m, err = decodeManifest(rec.Block, true); err != nil {
		return nil, nil, nil, lost(err)
	}
	if m.Signer != "" {
		if signature, err = verifySignature(m.Signer, rec); err != nil {
			return nil, nil, nil, lost(fmt.Errorf("manifest %d: %w", s.Number, err))
		}
	}
	return m, rec.Block, signature, nil
}

// verifySignature returns the signature of a manifest's record, if it is that of the key.
func verifySignature(signer string, rec *warc.Record) ([]byte, error) {
	key, err := PublicKey(signer)
	if err != nil {
		return nil, err
	}
	signature, err := base64.StdEncoding.DecodeString(rec.Header.Get(fieldSignature))
	if err != nil || !ed25519.Verify(key, rec.Block, signature) {
		return nil, errors.New("the signature is not that of the key that it names")
	}
	return signature, nil
}
