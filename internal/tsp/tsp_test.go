package tsp_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/internal/tsp"
	"dateline/internal/tsp/tsptest"
)

// A stamp that an authority made is believed, and nothing that was changed in it. The
// authorities are openssl's, whose replies and roots are kept in testdata (README there),
// and that of package tsptest.
func TestParse(t *testing.T) {
	digest := sha256.Sum256([]byte("a manifest"))
	ours, err := tsptest.New("Stamps")
	if err != nil {
		t.Fatal(err)
	}
	now, err := ours.Reply(tsp.Request(digest))
	if err != nil {
		t.Fatal(err)
	}
	made := time.Date(2026, 12, 1, 15, 27, 1, 0, time.UTC) // of those in testdata
	for _, test := range []struct {
		name        string
		reply, root []byte
		least, most time.Time
		accuracy    time.Duration
	}{
		{"openssl, RSA", kept(t, "rsa.tsr"), kept(t, "rsa.pem"), made, made, time.Second},
		{"openssl, EC", kept(t, "ec.tsr"), kept(t, "ec.pem"), made, made, time.Second},
		{"tsptest", now, ours.RootPEM, time.Now().Add(-time.Minute), time.Now().Add(time.Minute), 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			roots := x509.NewCertPool()
			if !roots.AppendCertsFromPEM(test.root) {
				t.Fatal("no root")
			}
			token, err := tsp.Parse(test.reply)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(token.Digest, digest[:]) || token.Time.Before(test.least) || token.Time.After(test.most) || token.Name() != "Stamps" || token.Accuracy != test.accuracy {
				t.Errorf("token %+v of %s, want the digest stamped between %s and %s by Stamps, right to %s", token, token.Name(), test.least, test.most, test.accuracy)
			}
			if err := token.Trust(roots); err != nil {
				t.Errorf("Trust: %v", err)
			}
			if err := token.Trust(x509.NewCertPool()); err == nil {
				t.Error("Trust without roots: no error")
			}
			believed := 0
			for i := range test.reply {
				changed := bytes.Clone(test.reply)
				changed[i] ^= 1
				// Certificates are not read to their last bit by Parse, but by Trust.
				if other, err := tsp.Parse(changed); err == nil && other.Trust(roots) == nil &&
					(!other.Time.Equal(token.Time) || !bytes.Equal(other.Digest, token.Digest)) {
					believed++
				}
			}
			if believed > 0 {
				t.Errorf("%d changed replies are believed to stamp something else", believed)
			}
		})
	}
}

func kept(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// What is no reply says so.
func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ reply, want string }{
		{"", "no reply"},
		{"<html>Not found</html>", "a page"},
		{"\x30\x03\x02\x01\x05", "no signed data|token"},
		{"\x30\x05\x30\x03\x02\x01\x02", "has refused (status 2)"},
		{strings.Repeat("x", 2<<20), "more than"},
	} {
		_, err := tsp.Parse([]byte(test.reply))
		if err == nil {
			t.Errorf("Parse(%.30q): no error, want %q", test.reply, test.want)
			continue
		}
		found := false
		for want := range strings.SplitSeq(test.want, "|") {
			found = found || strings.Contains(err.Error(), want)
		}
		if !found {
			t.Errorf("Parse(%.30q): %v, want %q", test.reply, err, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(tsp.Request(sha256.Sum256(nil)))
	f.Add([]byte("\x30\x05\x30\x03\x02\x01\x00"))
	f.Fuzz(func(t *testing.T, reply []byte) {
		if token, err := tsp.Parse(reply); err == nil && token.Certificate == nil {
			t.Error("a token without a certificate is believed")
		}
	})
}
