package main

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"dateline"
	"dateline/answer"
	"dateline/archive"
	"dateline/internal/disk"
)

var sealCommand = command{
	name:  "seal",
	short: "lists the digests of all that was captured, for others to stamp",
	long: `Seal writes a manifest: the SHA-256 of each WARC record that no manifest lists yet,
and of its payload. Each manifest names the digest of the one before, so that who
vouches for the last one vouches for all. Manifests are records of the archive
itself; backups have them, "dateline verify" checks them. Pages that are added seal
what came on the days before (UTC) by themselves; this command does it at once.

With a key (-key, "dateline help key") manifests are signed. What proves a time is
the stamp of somebody else: -request writes a request for the last manifest (RFC
3161) that any time-stamping authority takes, -reply keeps what it answers.

    dateline seal -request last.tsq
    curl -H 'Content-Type: application/timestamp-query' --data-binary @last.tsq \
        https://AUTHORITY > last.tsr
    dateline seal -reply last.tsr
    dateline verify https://example.org/story

-list prints what there is; -files FOLDER writes the manifests with their signatures,
requests and replies, for who checks them without this program (openssl does).`,
	declare: func(fs *flag.FlagSet) func(context.Context, streams, []string) error {
		dir := archiveFlag(fs)
		key := keyFlag(fs)
		var o sealing
		fs.StringVar(&o.request, "request", "", "write the request to stamp the last manifest to `file`")
		fs.StringVar(&o.reply, "reply", "", "keep the reply of a time-stamping authority in `file`; - is standard input")
		fs.StringVar(&o.files, "files", "", "write all manifests to `folder`")
		fs.BoolVar(&o.list, "list", false, "print the manifests that there are, and make none")
		asJSON := jsonFlag(fs, "print the manifests as JSON objects, one a line")
		return func(ctx context.Context, s streams, args []string) error {
			if len(args) > 0 {
				return usagef("takes no arguments, but flags")
			}
			o.json = *asJSON
			signer, err := key()
			if err != nil {
				return err
			}
			a, err := o.open(ctx, s, dir(), signer)
			if err != nil {
				return err
			}
			return errors.Join(o.run(ctx, s, a), a.Close())
		}
	},
}

// sealing is what seal is to do.
type sealing struct {
	request, reply, files string
	list, json            bool
}

func (o *sealing) open(ctx context.Context, s streams, dir string, key ed25519.PrivateKey) (*archive.Archive, error) {
	if o.list || o.files != "" && o.request == "" && o.reply == "" {
		return openForReading(ctx, s, dir)
	}
	return openForWriting(ctx, s, dir, archive.Options{Existing: true, Key: key})
}

func (o *sealing) run(ctx context.Context, s streams, a *archive.Archive) error {
	switch {
	case o.reply != "":
		reply, err := readInput(s.in, o.reply)
		if err != nil {
			return err
		}
		seal, err := a.AddStamp(ctx, reply)
		if err != nil {
			return fmt.Errorf("%s: %w", o.reply, err)
		}
		return errors.Join(o.print(s, []dateline.Seal{*seal}), o.write(ctx, a))
	case o.list || o.files != "" && o.request == "":
		seals, err := a.Seals(ctx)
		if err != nil {
			return err
		}
		if len(seals) == 0 {
			fmt.Fprintln(s.err, `there is no manifest yet; "dateline seal" makes one`)
		}
		return errors.Join(o.print(s, seals), o.write(ctx, a))
	}
	made, err := a.Seal(ctx)
	if err != nil {
		return err
	}
	if len(made) == 0 {
		fmt.Fprintln(s.err, "nothing is new since the last manifest")
	}
	return errors.Join(o.print(s, made), o.ask(ctx, s, a), o.write(ctx, a))
}

// ask writes the request for the last manifest.
func (o *sealing) ask(ctx context.Context, s streams, a *archive.Archive) error {
	if o.request == "" {
		return nil
	}
	der, seal, err := a.StampRequest(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.err, "%s asks to stamp manifest %d\n", o.request, seal.Number)
	return os.WriteFile(o.request, der, 0o644)
}

// print prints seals as a table, or as JSON.
func (o *sealing) print(s streams, seals []dateline.Seal) error {
	if o.json {
		for i := range seals {
			if err := printJSON(s.out, answer.Seal{Seal: &seals[i]}); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, m := range seals {
		signed, stamped := "not signed", "not stamped"
		if m.Signer != "" {
			signed = "signed by " + m.Signer
		}
		if m.Stamp != nil {
			stamped = fmt.Sprintf("stamped %s by %s", m.Stamp.Time.Format(time.RFC3339), oneLine(m.Stamp.By))
		}
		fmt.Fprintf(w, "manifest %d\t%s\t%d records\t%s\t%s\t%s\n", m.Number, m.Made.Format(time.RFC3339), m.Records, m.Digest, signed, stamped)
	}
	return w.Flush()
}

// write writes the manifests, and what belongs to them, to files.
func (o *sealing) write(ctx context.Context, a *archive.Archive) error {
	if o.files == "" {
		return nil
	}
	seals, err := a.Seals(ctx)
	if err != nil {
		return err
	}
	if err := disk.MakeFolder(disk.OS{}, o.files); err != nil {
		return err
	}
	for i := range seals {
		s := &seals[i]
		_, text, signature, err := a.Manifest(ctx, s)
		if err != nil {
			return err
		}
		name := filepath.Join(o.files, fmt.Sprintf("manifest-%06d", s.Number))
		parts := map[string][]byte{".jsonl": text}
		if signature != nil {
			parts[".sig"] = signature
			if parts[".pem"], err = publicPEM(s.Signer); err != nil {
				return err
			}
		}
		if s.Stamp != nil {
			if parts[".tsr"], err = a.StampReply(ctx, s); err != nil {
				return err
			}
		}
		for end, b := range parts {
			if err := os.WriteFile(name+end, b, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// publicPEM is the public key of a signer as openssl reads it.
func publicPEM(signer string) ([]byte, error) {
	key, err := archive.PublicKey(signer)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), err
}

// rootsFlag declares -roots; the function reads them, nil if none are named.
func rootsFlag(fs *flag.FlagSet) func() (*x509.CertPool, error) {
	name := fs.String("roots", "", "trust the time-stamping authorities whose roots are in this `file` of PEM certificates; if not given, those of the system")
	return func() (*x509.CertPool, error) {
		if *name == "" {
			return nil, nil
		}
		text, err := os.ReadFile(*name)
		if err != nil {
			return nil, err
		}
		roots := x509.NewCertPool()
		if !roots.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("%s: there is no certificate in PEM in it", *name)
		}
		return roots, nil
	}
}

// printTime says what is proved of the time of a capture.
func printTime(w *strings.Builder, p *archive.Proof) {
	if p.Seal == nil {
		fmt.Fprintf(w, "Nothing beside the archive vouches for it: %s (\"dateline help seal\").\n", oneLine(p.Unsealed))
		return
	}
	fmt.Fprintf(w, "Manifest %d, made at %s by the archive's own clock, lists the record with its digest: %s.\n", p.Seal.Number, p.Seal.Made.Format(time.RFC3339), p.Record)
	if p.Seal.Signer == "" {
		fmt.Fprintln(w, "The manifest is not signed: who can write to the archive could have made it.")
	} else {
		fmt.Fprintf(w, "The manifest is signed by the key %s: who has that key made it. Compare it with what its owner has published.\n", p.Seal.Signer)
	}
	if p.Stamped == nil {
		fmt.Fprintf(w, "No time is proved: %s.\n", oneLine(p.Unsealed))
		return
	}
	chain := ""
	if n := p.Stamped.Number - p.Seal.Number; n > 0 {
		chain = fmt.Sprintf(", %d further on in the chain of digests", n)
	}
	fmt.Fprintf(w, "%s has stamped manifest %d%s: the record was there, just so, by %s at the latest.\n", oneLine(p.Stamped.Stamp.By), p.Stamped.Number, chain, p.Stamped.Stamp.Time.Format(time.RFC3339))
	if p.Trusted {
		fmt.Fprintln(w, "The certificate of that authority leads to a root that is trusted here.")
	} else {
		fmt.Fprintf(w, "That authority is not trusted here: %s (-roots names a file of roots).\n", oneLine(p.Distrust))
	}
	fmt.Fprintln(w, "That the page was on the web as the capture has it, nobody but who fetched it vouches for.")
}
