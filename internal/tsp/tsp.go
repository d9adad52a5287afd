// Package tsp is the Time-Stamp Protocol of RFC 3161 as far as a file that waits to be
// stamped needs it: the request for a digest, and the reply read and verified.
//
// A time-stamping authority signs that it has seen a digest at a time. What it signs is
// a TSTInfo (RFC 3161, 2.4.2) within a SignedData (RFC 5652, 5); der.go has these as
// Go's encoding/asn1 reads them, verify.go what must hold of them.
package tsp

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// mostReply bounds a reply: a token with a long chain of certificates has some 10 kB.
const mostReply = 1 << 20

// A Token is a time stamp whose signature is that of the certificate in it. Who that
// certificate is of, [Token.Trust] tells.
type Token struct {
	Digest      []byte            // SHA-256 of what was stamped
	Time        time.Time         // when the authority saw it, UTC, by its own clock
	Accuracy    time.Duration     // that time is right to so much; 0 if it does not tell
	Serial      *big.Int          // of the token
	Policy      string            // under which it was made, an object identifier
	Certificate *x509.Certificate // of the authority
	others      []*x509.Certificate
}

// Request returns the request (TimeStampReq, RFC 3161, 2.4.1) to stamp what has the
// digest, its certificate included in the reply. It has no nonce: a digest is the same
// whenever it is sent, and an old reply to it would prove more, not less.
func Request(digest [sha256.Size]byte) []byte {
	der, err := asn1.Marshal(request{
		Version: 1,
		Imprint: imprint{algorithm{Algorithm: oidSHA256, Parameters: asn1.NullRawValue}, digest[:]},
		CertReq: true,
	})
	if err != nil { // Unreachable: all of it can be encoded.
		return nil
	}
	return der
}

// Parse reads a reply (TimeStampResp, RFC 3161, 2.4.2), or a token alone, and verifies
// that it is whole: that the certificate in it signed it, and may sign time stamps.
func Parse(der []byte) (*Token, error) {
	if len(der) > mostReply {
		return nil, fmt.Errorf("a reply has more than %d bytes", mostReply)
	}
	if bytes.HasPrefix(bytes.TrimSpace(der), []byte("HTTP/")) || bytes.HasPrefix(bytes.TrimSpace(der), []byte("<")) {
		return nil, errors.New("this is no reply of a time-stamping authority, but a page")
	}
	var r response
	if rest, err := asn1.Unmarshal(der, &r); err != nil || len(rest) > 0 {
		var token asn1.RawValue
		if rest, bare := asn1.Unmarshal(der, &token); bare != nil || len(rest) > 0 {
			return nil, fmt.Errorf("this is no reply of a time-stamping authority: %w", orTrailing(err))
		}
		return parseToken(der)
	}
	if r.Status.Status > 1 { // 0 is granted, 1 granted with modifications
		return nil, fmt.Errorf("the time-stamping authority has refused (status %d%s)", r.Status.Status, r.Status.words())
	}
	return parseToken(r.Token.FullBytes)
}

func orTrailing(err error) error {
	if err != nil {
		return err
	}
	return errors.New("something stands behind it")
}

// words returns what the authority says of its refusal.
func (s status) words() string {
	var said []string
	for _, raw := range s.Text {
		said = append(said, string(raw.Bytes))
	}
	if len(said) == 0 {
		return ""
	}
	return fmt.Sprintf(": %.200q", strings.Join(said, " "))
}

// Name is what the authority's certificate calls it.
func (t *Token) Name() string {
	if name := t.Certificate.Subject.CommonName; name != "" {
		return name
	}
	return t.Certificate.Subject.String()
}

// Trust reports why the authority is not to be trusted: its certificate does not lead
// to one of the roots, or had run out when it stamped. Nil roots are those of the system.
func (t *Token) Trust(roots *x509.CertPool) error {
	between := x509.NewCertPool()
	for _, c := range t.others {
		between.AddCert(c)
	}
	_, err := t.Certificate.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: t.Time, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping},
	})
	return err
}
