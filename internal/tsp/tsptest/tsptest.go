// Package tsptest plays a time-stamping authority for tests, as net/http/httptest plays
// a server: it answers requests of package tsp with replies that its own root vouches for.
package tsptest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"
)

// An Authority stamps by its own clock, which is that of the machine. Its root is no
// authority that anybody trusts unless told to.
type Authority struct {
	RootPEM []byte // the certificate of its root, in PEM
	key     crypto.Signer
	cert    *x509.Certificate
}

// New returns an authority whose certificate, valid for a day, calls it name.
func New(name string) (*Authority, error) {
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	root := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Root"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	rootDER, err := x509.CreateCertificate(rand.Reader, root, root, rootKey.Public(), rootKey)
	if err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}}) // id-kp-timeStamping, which must be critical
	if err != nil {
		return nil, err
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, KeyUsage: x509.KeyUsageDigitalSignature,
		NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage}},
	}
	leafDER, err := x509.CreateCertificate(rand.Reader, leaf, root, key.Public(), rootKey)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(leafDER)
	if err != nil {
		return nil, err
	}
	return &Authority{pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDER}), key, cert}, nil
}

// Reply answers a request (TimeStampReq, RFC 3161, 2.4.1) with a granted reply
// (TimeStampResp, 2.4.2), in DER.
func (a *Authority) Reply(request []byte) ([]byte, error) {
	var r struct {
		Version int
		Imprint asn1.RawValue
		CertReq bool `asn1:"optional"`
	}
	if _, err := asn1.Unmarshal(request, &r); err != nil {
		return nil, fmt.Errorf("request: %w", err)
	}
	info, err := asn1.Marshal(struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint asn1.RawValue
		Serial  *big.Int
		Time    time.Time `asn1:"generalized"`
	}{1, asn1.ObjectIdentifier{1, 2, 3, 4, 1}, r.Imprint, big.NewInt(3), time.Now().UTC().Truncate(time.Second)})
	if err != nil {
		return nil, err
	}
	signed, err := a.attributes(info)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(signed)
	signature, err := a.key.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(reply{Token: contentInfo{oidSignedData, signedData{
		Version: 3, Algorithms: []pkix.AlgorithmIdentifier{{Algorithm: oidSHA256}}, Content: content{oidTSTInfo, info},
		Certificates: asn1.RawValue{Class: asn1.ClassContextSpecific, IsCompound: true, Bytes: a.cert.Raw},
		Signers: []signer{{
			Version: 1, ID: issuer{asn1.RawValue{FullBytes: a.cert.RawIssuer}, a.cert.SerialNumber}, Digest: pkix.AlgorithmIdentifier{Algorithm: oidSHA256},
			Attributes: asn1.RawValue{Class: asn1.ClassContextSpecific, IsCompound: true, Bytes: body(signed)},
			Algorithm:  pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}}, Signature: signature, // ecdsa-with-SHA256
		}},
	}}})
}

// attributes returns the signed attributes (RFC 5652, 5.4; RFC 5035, 3) as the SET that
// is signed.
func (a *Authority) attributes(info []byte) ([]byte, error) {
	digest, hash := sha256.Sum256(info), sha256.Sum256(a.cert.Raw)
	type certificate struct{ Hash []byte }
	var list []asn1.RawValue
	for _, x := range []struct {
		id    asn1.ObjectIdentifier
		value any
	}{
		{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}, oidTSTInfo},                                                      // content type
		{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}, digest[:]},                                                       // message digest
		{asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}, struct{ Certs []certificate }{[]certificate{{hash[:]}}}}, // signing certificate
	} {
		value, err := asn1.Marshal(x.value)
		if err != nil {
			return nil, err
		}
		text, err := asn1.Marshal(struct {
			ID     asn1.ObjectIdentifier
			Values []asn1.RawValue `asn1:"set"`
		}{x.id, []asn1.RawValue{{FullBytes: value}}})
		if err != nil {
			return nil, err
		}
		list = append(list, asn1.RawValue{FullBytes: text})
	}
	return asn1.MarshalWithParams(list, "set") // which sorts them, as DER has a SET OF
}

// body returns the content of a value in DER.
func body(der []byte) []byte {
	var v asn1.RawValue
	if _, err := asn1.Unmarshal(der, &v); err != nil { // Unreachable: attributes has just encoded it.
		return nil
	}
	return v.Bytes
}

var (
	oidSHA256     = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSignedData = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 7, 2}
	oidTSTInfo    = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
)

// The structures of a reply, written apart from those by which package tsp reads them, so
// that a mistake there is not made here as well.
type (
	reply struct {
		Status struct{ Status int }
		Token  contentInfo
	}
	contentInfo struct {
		Type    asn1.ObjectIdentifier
		Content signedData `asn1:"explicit,tag:0"`
	}
	signedData struct {
		Version      int
		Algorithms   []pkix.AlgorithmIdentifier `asn1:"set"`
		Content      content
		Certificates asn1.RawValue
		Signers      []signer `asn1:"set"`
	}
	content struct {
		Type    asn1.ObjectIdentifier
		Content []byte `asn1:"explicit,tag:0"`
	}
	signer struct {
		Version    int
		ID         issuer
		Digest     pkix.AlgorithmIdentifier
		Attributes asn1.RawValue
		Algorithm  pkix.AlgorithmIdentifier
		Signature  []byte
	}
	issuer struct {
		Name   asn1.RawValue
		Serial *big.Int
	}
)
