package tsp_test

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/internal/tsp"
)

// An authority of openssl's stamps a request; what it replies is believed, and nothing
// that was changed in it.
func TestOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl, which plays the authority, is not installed")
	}
	for _, key := range []string{"rsa:2048", "ec"} {
		t.Run(key, func(t *testing.T) {
			dir := t.TempDir()
			roots := authority(t, openssl, dir, key)
			digest := sha256.Sum256([]byte("a manifest"))
			reply := stamp(t, openssl, dir, tsp.Request(digest))
			before := time.Now().Add(-time.Minute)
			token, err := tsp.Parse(reply)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(token.Digest, digest[:]) || token.Time.Before(before) || token.Time.After(time.Now().Add(time.Minute)) || token.Name() != "Stamps" || token.Accuracy != time.Second {
				t.Errorf("token %+v of %s, want the digest stamped now by Stamps, right to a second", token, token.Name())
			}
			if err := token.Trust(roots); err != nil {
				t.Errorf("Trust: %v", err)
			}
			if err := token.Trust(x509.NewCertPool()); err == nil {
				t.Error("Trust without roots: no error")
			}
			believed := 0
			for i := range reply {
				changed := bytes.Clone(reply)
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

// authority makes a root and a certificate for stamps, and returns the root.
func authority(t *testing.T, openssl, dir, key string) *x509.CertPool {
	t.Helper()
	config := `[req]
distinguished_name=dn
prompt=no
[dn]
CN=Stamps
[ca]
basicConstraints=critical,CA:TRUE
[tsa]
extendedKeyUsage=critical,timeStamping
keyUsage=critical,digitalSignature
[tsa_config]
serial=serial
crypto_device=builtin
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256
accuracy=secs:1
ess_cert_id_chain=no
ess_cert_id_alg=sha256


`

	write(t, dir, "ca.cnf", []byte(config))
	write(t, dir, "serial", []byte("01\n"))
	kind := []string{"-newkey", key}
	if key == "ec" {
		kind = []string{"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"}
	}
	run(t, dir, openssl, append([]string{"req", "-x509", "-config", "ca.cnf", "-extensions", "ca", "-subj", "/CN=Root", "-nodes", "-days", "3", "-keyout", "ca.key", "-out", "ca.pem"}, kind...)...)
	run(t, dir, openssl, append([]string{"req", "-new", "-config", "ca.cnf", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr"}, kind...)...)
	run(t, dir, openssl, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "ca.cnf", "-extensions", "tsa", "-out", "tsa.pem")
	pool := x509.NewCertPool()
	text, err := os.ReadFile(filepath.Join(dir, "ca.pem"))
	if err != nil || !pool.AppendCertsFromPEM(text) {
		t.Fatalf("no root: %v", err)
	}
	return pool
}

func stamp(t *testing.T, openssl, dir string, request []byte) []byte {
	t.Helper()
	write(t, dir, "request.tsq", request)
	run(t, dir, openssl, "ts", "-reply", "-config", "ca.cnf", "-section", "tsa_config", "-queryfile", "request.tsq", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "reply.tsr")
	reply, err := os.ReadFile(filepath.Join(dir, "reply.tsr"))
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func write(t *testing.T, dir, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
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
