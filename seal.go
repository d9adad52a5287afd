package dateline

import (
	"fmt"
	"time"
)

// A Seal says where a manifest stands: the list of the digests of all WARC records from
// one place of an archive to another. Each manifest names the digest of the one before,
// so that the last one vouches for all of them. The key of a Seal is its number.
type Seal struct {
	Number   int       `json:"number"`             // from 1, without gaps
	Made     time.Time `json:"made"`               // UTC, by the archive's own clock
	Digest   string    `json:"digest"`             // of the manifest: "sha256:" and hex digits
	Previous string    `json:"previous,omitempty"` // of the manifest before; "" for the first
	Records  int       `json:"records"`            // that it lists
	First    Place     `json:"first"`              // of the first record that it lists
	Last     Place     `json:"last"`               // of the last one
	Signer   string    `json:"signer,omitempty"`   // "ed25519:" and the public key in base64; "" if it is not signed
	At       Place     `json:"at"`                 // of the record that holds the manifest
	Stamp    *Stamp    `json:"stamp,omitempty"`    // what a third party has stamped; nil if nothing was brought
}

// A Place is a byte in a WARC file of an archive.
type Place struct {
	File   string `json:"file"`   // relative to the archive's folder
	Offset int64  `json:"offset"` // bytes from its start
}

// A Stamp is the reply of a time-stamping authority (RFC 3161) about a manifest.
type Stamp struct {
	Time time.Time `json:"time"` // UTC, by the authority's clock
	By   string    `json:"by"`   // as its certificate names it
	At   Place     `json:"at"`   // of the record that holds the reply
}

// Key returns the key of the seal in its log.
func (s *Seal) Key() string { return SealKey(s.Number) }

// SealKey returns the key of the seal with the number.
func SealKey(number int) string {
	if number <= 0 {
		return ""
	}
	return fmt.Sprintf("%08d", number)
}
