package archive_test

import (
	"bytes"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dateline"
	"dateline/archive"
	"dateline/warc"
)

// seal makes the manifests that are due and wants so many.
func seal(t *testing.T, a *archive.Archive, want int) []dateline.Seal {
	t.Helper()
	made, err := a.Seal(t.Context())
	if err != nil || len(made) != want {
		t.Fatalf("Seal = %+v, %v, want %d manifests", made, err, want)
	}
	return made
}

// Manifests list every record once, name each other, and are found again where the
// database is lost, in a backup, and in what is restored of it.
func TestSeal(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	a := open(t, dir, archive.Options{Key: key})
	seal(t, a, 0)
	add(t, a, archive.Added{Pages: 2}, page(1, 1), page(2, 2))
	first := seal(t, a, 1)[0]
	seal(t, a, 0)
	add(t, a, archive.Added{Pages: 1}, page(3, 3))
	second := seal(t, a, 1)[0]
	if first.Number != 1 || first.Records != 3 || second.Number != 2 || second.Records != 2 || second.Previous != first.Digest || second.Signer != archive.Signer(key) {
		t.Errorf("seals %+v, %+v, want two: of the file and two pages, of the first manifest and one page", first, second)
	}
	p, err := a.Prove(t.Context(), string(page(3, 3).Capture.ID), nil)
	if err != nil || p.Seal == nil || p.Seal.Number != 2 || !strings.Contains(p.Unsealed, "no time-stamping authority") {
		t.Errorf("Prove = %+v, %v, want manifest 2 without a stamp", p, err)
	}
	_, text, signature, err := a.Manifest(t.Context(), &second)
	if err != nil || !ed25519.Verify(key.Public().(ed25519.PublicKey), text, signature) || !strings.Contains(string(text), p.Record) {
		t.Errorf("manifest %s, %v, want one signed that lists %s", text, err, p.Record)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, dir)
	backup(t, dir, to)
	wantSeals(t, restored(t, to), second)
	if err := os.Remove(filepath.Join(dir, "archive.db")); err != nil {
		t.Fatal(err)
	}
	wantSeals(t, dir, second)
}

// wantSeals wants an archive that is sound and whose second and last manifest is given.
func wantSeals(t *testing.T, dir string, want dateline.Seal) {
	t.Helper()
	a := open(t, dir, archive.Options{})
	if err := a.Run(t.Context(), archive.RunOptions{}); err != nil {
		t.Fatal(err)
	}
	seals, err := a.Seals(t.Context())
	if err != nil || len(seals) != 2 || seals[1].Digest != want.Digest || seals[1].At != want.At {
		t.Errorf("Seals = %+v, %v, want a second one %+v", seals, err, want)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	wantSound(t, dir)
}

// Somebody who writes the WARC file anew, with other words and digests that fit them,
// and the database of that, is told of: by the manifest, which was copied elsewhere or
// not.
func TestSealTells(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 2}, page(1, 1), page(2, 2))
	seal(t, a, 1)
	c, err := a.Capture(t.Context(), page(1, 1).Capture.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	forge(t, filepath.Join(dir, c.File), func(rec *warc.Record) {
		if rec.ID() == warc.RecordID(c) {
			rec.Header.Set("WARC-Date", "2001-02-03T04:05:06Z")
		}
	})
	if err := os.Remove(filepath.Join(dir, "archive.db")); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir, archive.Options{})
	found := false
	for f, err := range a.Verify(t.Context(), archive.VerifyOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		found = found || f.Kind == archive.FlawSeal && strings.Contains(f.String(), "manifest 1: it lists the record "+warc.RecordID(c))
	}
	if !found {
		t.Error("Verify finds no fault with a manifest, of which one record was changed")
	}
}

// forge writes a WARC file anew, each record as change has left it.
func forge(t *testing.T, name string, change func(*warc.Record)) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out bytes.Buffer
	w := warc.NewWriter(&out)
	for rec, err := range warc.NewReader(f, warc.Options{}).Records() {
		if err != nil {
			t.Fatal(err)
		}
		change(rec)
		if _, err := w.WriteRecord(rec); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(name, out.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// The first page of a day seals what came on the days before.
func TestSealDaily(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := open(t, t.TempDir(), archive.Options{})
		defer a.Close()
		add(t, a, archive.Added{Pages: 1}, page(1, 1))
		time.Sleep(23 * time.Hour)
		add(t, a, archive.Added{Pages: 1}, page(2, 2)) // the bubble's clock begins at midnight
		seals, err := a.Seals(t.Context())
		if err != nil || len(seals) != 0 {
			t.Fatalf("Seals on the first day = %+v, %v, want none", seals, err)
		}
		time.Sleep(2 * time.Hour)
		for n := range 3 {
			add(t, a, archive.Added{Pages: 1}, page(3+n, 3+n))
		}
		seals, err = a.Seals(t.Context())
		if err != nil || len(seals) != 1 || seals[0].Records != 3 {
			t.Errorf("Seals on the second day = %+v, %v, want one of the three records of the first", seals, err)
		}
	})
}
