package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"dateline/archive"
)

var keyCommand = command{
	name:  "key",
	args:  "FILE",
	short: "makes a key that signs the manifests of an archive",
	long: `Key writes a new private key (Ed25519, PKCS #8 in PEM, as openssl reads it) to a
file that only its owner can read, and prints the public key: what manifests name as
their signer, and what others compare. Of a file that is there it only prints the
public key.

    dateline key ~/.config/dateline.key
    export DATELINE_KEY=~/.config/dateline.key
    dateline add crawl.warc.gz
    dateline seal`,
	declare: func(*flag.FlagSet) func(context.Context, streams, []string) error {
		return func(_ context.Context, s streams, args []string) error {
			if len(args) != 1 {
				return usagef("needs the FILE of the key")
			}
			key, err := readKey(args[0])
			if errors.Is(err, fs.ErrNotExist) {
				key, err = makeKey(args[0])
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(s.out, archive.Signer(key))
			return err
		}
	},
}

// keyFlag declares -key; the function reads the key, nil if none is named.
func keyFlag(fs *flag.FlagSet) func() (ed25519.PrivateKey, error) {
	name := fs.String("key", "", "sign the manifests of digests, which are made each day, with the private key in this `file` (\"dateline help key\")")
	return func() (ed25519.PrivateKey, error) {
		if *name == "" {
			return nil, nil
		}
		return readKey(*name)
	}
}

// readKey reads a private key.
func readKey(name string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != "PRIVATE KEY" {
		return nil, fmt.Errorf("%s: this is no private key in PEM; \"dateline key FILE\" makes one", name)
	}
	any, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	key, ok := any.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%s: the key is no Ed25519 key, but a %T", name, any)
	}
	return key, nil
}

// makeKey writes a new private key to a file that must not exist.
func makeKey(name string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	err = pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return key, errors.Join(err, f.Sync(), f.Close())
}
