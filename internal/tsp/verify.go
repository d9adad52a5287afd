package tsp

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"
	"time"
)

// parseToken reads a TimeStampToken and verifies its signature.
func parseToken(der []byte) (*Token, error) {
	var outer contentInfo
	if err := decode(der, &outer, "token"); err != nil {
		return nil, err
	}
	if !outer.Type.Equal(oidSignedData) {
		return nil, fmt.Errorf("the token is no signed data, but %s", outer.Type)
	}
	var data signedData
	if err := decode(outer.Content.Bytes, &data, "signed data"); err != nil {
		return nil, err
	}
	switch {
	case !data.Content.Type.Equal(oidTSTInfo):
		return nil, fmt.Errorf("what is signed is no time stamp, but %s", data.Content.Type)
	case len(data.Signers) != 1: // RFC 3161, 2.4.2
		return nil, fmt.Errorf("the token has %d signatures, not one", len(data.Signers))
	}
	certs, err := x509.ParseCertificates(data.Certificates.Bytes)
	if err != nil {
		return nil, fmt.Errorf("certificates of the token: %w", err)
	}
	t, err := parseInfo(data.Content.Content)
	if err != nil {
		return nil, err
	}
	s := &data.Signers[0]
	for _, c := range certs {
		if s.isOf(c) {
			t.Certificate = c
		} else {
			t.others = append(t.others, c)
		}
	}
	switch {
	case t.Certificate == nil:
		return nil, errors.New("the certificate of who signed is not in the token: ask the authority for it (certReq)")
	case !slices.Contains(t.Certificate.ExtKeyUsage, x509.ExtKeyUsageTimeStamping):
		return nil, fmt.Errorf("the certificate of %s is not one for time stamps", t.Name())
	}
	return t, s.verify(data.Content.Content, t.Certificate)
}

// decode reads all of der.
func decode(der []byte, to any, what string) error {
	rest, err := asn1.Unmarshal(der, to)
	if err == nil && len(rest) > 0 {
		err = errors.New("something stands behind it")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// parseInfo reads what was signed.
func parseInfo(der []byte) (*Token, error) {
	var info tstInfo
	if err := decode(der, &info, "time stamp"); err != nil {
		return nil, err
	}
	if !info.Imprint.Algorithm.Algorithm.Equal(oidSHA256) {
		return nil, fmt.Errorf("what is stamped is no SHA-256 digest, but one of %s", info.Imprint.Algorithm.Algorithm)
	}
	at, err := time.Parse("20060102150405.999999999Z07:00", string(info.Time.Bytes)) // RFC 3161, 2.4.2: the fraction may be absent
	if err != nil || info.Time.Tag != asn1.TagGeneralizedTime {
		return nil, fmt.Errorf("the time of the stamp cannot be read: %q", info.Time.Bytes)
	}
	a := info.Accuracy
	return &Token{
		Digest: info.Imprint.Digest, Time: at.UTC(), Serial: info.Serial, Policy: info.Policy.String(),
		Accuracy: time.Duration(a.Seconds)*time.Second + time.Duration(a.Millis)*time.Millisecond + time.Duration(a.Micros)*time.Microsecond,
	}, nil
}

// isOf reports whether the signer names the certificate.
func (s *signer) isOf(c *x509.Certificate) bool {
	if s.ID.Class == asn1.ClassContextSpecific && s.ID.Tag == 0 {
		return len(c.SubjectKeyId) > 0 && bytes.Equal(s.ID.Bytes, c.SubjectKeyId)
	}
	var id issuerAndSerial
	if decode(s.ID.FullBytes, &id, "signer") != nil || id.Serial == nil {
		return false
	}
	return bytes.Equal(id.Issuer.FullBytes, c.RawIssuer) && id.Serial.Cmp(c.SerialNumber) == 0
}

// verify checks the signature over the content and the certificate that it names.
func (s *signer) verify(content []byte, c *x509.Certificate) error {
	attributes, err := s.attributes()
	if err != nil {
		return err
	}
	var kind asn1.ObjectIdentifier
	if err := one(attributes, oidContentType, &kind); err != nil || !kind.Equal(oidTSTInfo) {
		return errors.New("the signature is not one of a time stamp")
	}
	var digest []byte
	if err := one(attributes, oidMessageDigest, &digest); err != nil {
		return err
	}
	_, sum := hashOf(s.Digest.Algorithm, content)
	if sum == nil {
		return fmt.Errorf("the signature is over a digest of %s, which proves nothing", s.Digest.Algorithm)
	}
	if !bytes.Equal(digest, sum) {
		return errors.New("the signature is that of another time stamp")
	}
	if err := namesCertificate(attributes, c); err != nil {
		return err
	}
	kindOf, err := s.algorithm(c)
	if err != nil {
		return err
	}
	signed := bytes.Clone(s.Attributes.FullBytes)
	signed[0] = 0x31 // they are signed as a SET OF (RFC 5652, 5.4)
	if err := c.CheckSignature(kindOf, signed, s.Signature); err != nil {
		return fmt.Errorf("the signature of the time stamp is wrong: %w", err)
	}
	return nil
}

// attributes returns what is signed beside the content.
func (s *signer) attributes() (all []attribute, err error) {
	if len(s.Attributes.FullBytes) == 0 {
		return nil, errors.New("the signature has no signed attributes")
	}
	for rest := s.Attributes.Bytes; len(rest) > 0; {
		var a attribute
		if rest, err = asn1.Unmarshal(rest, &a); err != nil {
			return nil, fmt.Errorf("signed attributes: %w", err)
		}
		all = append(all, a)
	}
	return all, nil
}

// one decodes the value of the attribute of a kind, which must be there once.
func one(attributes []attribute, kind asn1.ObjectIdentifier, to any) error {
	var found []asn1.RawValue
	for _, a := range attributes {
		if a.Type.Equal(kind) {
			found = append(found, a.Values...)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("the signed attribute %s is there %d times", kind, len(found))
	}
	return decode(found[0].FullBytes, to, "signed attribute")
}

// namesCertificate reports an error unless the signed attributes name the certificate
// that signed (RFC 3161, 2.4.1; RFC 5816).
func namesCertificate(attributes []attribute, c *x509.Certificate) error {
	var v2 signingCertV2
	if one(attributes, oidSigningCertV2, &v2) == nil && len(v2.Certs) > 0 {
		kind := v2.Certs[0].Algorithm.Algorithm
		if kind == nil {
			kind = oidSHA256
		}
		if _, sum := hashOf(kind, c.Raw); sum != nil && bytes.Equal(sum, v2.Certs[0].Hash) {
			return nil
		}
		return errors.New("the time stamp names another certificate than that which signed it")
	}
	var v1 signingCert
	if err := one(attributes, oidSigningCert, &v1); err != nil || len(v1.Certs) == 0 {
		return errors.New("the time stamp does not name the certificate that signed it")
	}
	if sum := sha1.Sum(c.Raw); !bytes.Equal(sum[:], v1.Certs[0].Hash) {
		return errors.New("the time stamp names another certificate than that which signed it")
	}
	return nil
}

// hashOf returns the digest of b; nil for algorithms that prove nothing today.
func hashOf(kind asn1.ObjectIdentifier, b []byte) (crypto.Hash, []byte) {
	switch {
	case kind.Equal(oidSHA256):
		sum := sha256.Sum256(b)
		return crypto.SHA256, sum[:]
	case kind.Equal(oidSHA384):
		sum := sha512.Sum384(b)
		return crypto.SHA384, sum[:]
	case kind.Equal(oidSHA512):
		sum := sha512.Sum512(b)
		return crypto.SHA512, sum[:]
	}
	return 0, nil
}

// algorithm is that of the signature: what the kind of key and the digest say.
func (s *signer) algorithm(c *x509.Certificate) (x509.SignatureAlgorithm, error) {
	hash, _ := hashOf(s.Digest.Algorithm, nil)
	var byHash map[crypto.Hash]x509.SignatureAlgorithm
	switch c.PublicKey.(type) {
	case *rsa.PublicKey:
		byHash = map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.SHA256WithRSA, crypto.SHA384: x509.SHA384WithRSA, crypto.SHA512: x509.SHA512WithRSA}
		if s.Algorithm.Algorithm.Equal(oidPSS) {
			byHash = map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.SHA256WithRSAPSS, crypto.SHA384: x509.SHA384WithRSAPSS, crypto.SHA512: x509.SHA512WithRSAPSS}
		}
	case *ecdsa.PublicKey:
		byHash = map[crypto.Hash]x509.SignatureAlgorithm{crypto.SHA256: x509.ECDSAWithSHA256, crypto.SHA384: x509.ECDSAWithSHA384, crypto.SHA512: x509.ECDSAWithSHA512}
	case ed25519.PublicKey:
		return x509.PureEd25519, nil
	}
	if a, ok := byHash[hash]; ok {
		return a, nil
	}
	return 0, fmt.Errorf("the time stamp is signed by a method that is not known: %s", s.Algorithm.Algorithm)
}
