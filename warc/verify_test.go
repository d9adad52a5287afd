package warc_test

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"dateline/warc"
)

// kept is a folder of WARC files as Files writes them, and the captures there.
func kept(t *testing.T, n int) fstest.MapFS {
	t.Helper()
	dir := t.TempDir()
	files := open(t, dir, warc.FilesOptions{MaxSize: 2500})
	keep(t, files, 0, n)
	files.Close()
	return load(t, dir)
}

func verify(t *testing.T, fsys fs.FS, o warc.VerifyOptions) []warc.Finding {
	t.Helper()
	var all []warc.Finding
	for f, err := range warc.Verify(t.Context(), fsys, o) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func TestVerifySound(t *testing.T) {
	fsys := kept(t, 12)
	var total, last int64
	o := warc.VerifyOptions{Progress: func(done, of int64) {
		if done < last || done > of {
			t.Errorf("progress goes from %d to %d of %d", last, done, of)
		}
		last, total = done, of
	}}
	all := verify(t, fsys, o)
	size, next := int64(0), map[string]int64{}
	for _, f := range fsys {
		size += int64(len(f.Data))
	}
	captures := 0
	for _, f := range all {
		if f.Err != nil || f.Offset != next[f.File] || f.Length == 0 {
			t.Errorf("finding %+v, want a sound record at byte %d", f, next[f.File])
		}
		next[f.File] = f.Offset + f.Length
		if f.Type != warc.TypeInfo {
			c, _ := newCapture(captures, 0)
			if captures++; f.URI != c.URL || f.Payload != c.Payload || f.ID == "" {
				t.Errorf("finding %+v, want capture %+v", f, c)
			}
		}
	}
	if captures != 12 || len(next) < 2 || total != size || last != size {
		t.Errorf("%d captures in %d files, progress %d of %d; want 12, several, %d", captures, len(next), last, total, size)
	}
	for i, f := range all { // ended anywhere, it goes on from there
		if rest := verify(t, fsys, warc.VerifyOptions{From: f.Place}); !slices.Equal(rest, all[i:]) {
			t.Errorf("from %v: %d findings, want the last %d", f.Place, len(rest), len(all)-i)
		}
		behind := warc.Place{File: f.File, Offset: f.Offset + f.Length}
		if rest := verify(t, fsys, warc.VerifyOptions{From: behind}); !slices.Equal(rest, all[i+1:]) {
			t.Errorf("from %v: %d findings, want the last %d", behind, len(rest), len(all)-i-1)
		}
	}
}

// Each byte that changes is found, in its own record, and costs no other.
// The one thing that nothing can tell are the bits that fill up the last byte
// of the compressed data: no reader looks at them.
func TestVerifyFindsEveryByte(t *testing.T) {
	whole := kept(t, 2)
	sound := verify(t, whole, warc.VerifyOptions{})
	for name, file := range whole {
		unseen := 0
		for at := range file.Data {
			fsys := fstest.MapFS{name: {Data: flip(file.Data, at)}}
			all := verify(t, fsys, warc.VerifyOptions{})
			var hit warc.Finding // the record that the byte belongs to
			for _, f := range sound {
				if f.File == name && f.Offset <= int64(at) {
					hit = f
				}
			}
			damaged, good := 0, 0
			for _, f := range all {
				e := (*warc.Error)(nil)
				switch {
				case f.Err == nil:
					good++
				case !errors.As(f.Err, &e) || e.Name != name || e.Offset != f.Offset || f.Offset < hit.Offset || f.Offset > hit.Offset+hit.Length:
					t.Fatalf("%s, byte %d of record at %d changed: finding %+v", name, at, hit.Offset, f)
				default:
					damaged++
				}
			}
			others := len(slices.DeleteFunc(slices.Clone(sound), func(f warc.Finding) bool { return f.File != name })) - 1
			if damaged == 0 && good == others+1 && int64(at) == hit.Offset+hit.Length-9 {
				unseen++
			} else if damaged == 0 || good != others {
				t.Fatalf("%s, byte %d of record at %d changed: %d sound and %d damaged, want %d and some", name, at, hit.Offset, good, damaged, others)
			}
		}
		t.Logf("%s: %d of %d changed bytes are not seen", name, unseen, len(file.Data))
	}
}

// Any stretch that is overwritten or cut out is found, and the sound records
// around it are told as sound.
func TestVerifyDamage(t *testing.T) {
	whole := kept(t, 6)
	sound := verify(t, whole, warc.VerifyOptions{})
	for i, f := range sound {
		data := whole[f.File].Data
		for name, damaged := range map[string][]byte{
			"zeroed":        slices.Concat(data[:f.Offset], make([]byte, f.Length), data[f.Offset+f.Length:]),
			"head zeroed":   slices.Concat(data[:f.Offset], make([]byte, 24), data[f.Offset+24:]),
			"cut short":     slices.Concat(data[:f.Offset+f.Length/2], data[f.Offset+f.Length:]),
			"noise between": slices.Concat(data[:f.Offset], []byte("noise, noise"), data[f.Offset:]),
		} {
			fsys := fstest.MapFS{f.File: {Data: damaged}}
			good := map[string]bool{}
			bad := 0
			for _, g := range verify(t, fsys, warc.VerifyOptions{}) {
				if g.Err == nil {
					good[g.ID] = true
				} else if bad++; g.Offset < f.Offset || g.Offset > f.Offset+f.Length {
					t.Errorf("record %d %s: damage told at byte %d, want %d", i, name, g.Offset, f.Offset)
				}
			}
			for j, g := range sound {
				if g.File == f.File && good[g.ID] != (j != i || name == "noise between") {
					t.Errorf("record %d %s: record %d is sound: %v", i, name, j, good[g.ID])
				}
			}
			if bad == 0 {
				t.Errorf("record %d %s: no damage told", i, name)
			}
		}
	}
}

// Files of other writers are checked by what their records print.
func TestVerifyOthers(t *testing.T) {
	body := "<p>Ships leave again"
	block := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + body + "\r\n0\r\n\r\n"
	sum := func(s string) string {
		b := sha1.Sum([]byte(s))
		return "sha1:" + base32.StdEncoding.EncodeToString(b[:])
	}
	rec := func(blockDigest, payloadDigest string) string {
		return strings.Replace(record("response", "https://one.example/", len(block), block), "Content-Length: ",
			fmt.Sprintf("WARC-Block-Digest: %s\r\nWARC-Payload-Digest: %s\r\nContent-Length: ", blockDigest, payloadDigest), 1)
	}
	good, chunks := rec(sum(block), sum(body)), rec(sum(block), sum(block[strings.Index(block, "14\r\n"):]))
	badBlock, badPayload, odd := rec(sum(block+"x"), sum(body)), rec(sum(block), sum(body+"x")), rec("crc32:12345678", "sha1:ABC")
	one := three()[0]
	text := cat(good, badBlock, chunks, badPayload, odd, one)
	for name, data := range map[string][]byte{"a.warc": text, "b.warc.gz": gz(good, badBlock, chunks, badPayload, odd, one), "c.warc.gz": gz(string(text)),
		"d.warc.zst": zst(t, nil, good, badBlock, chunks, badPayload, odd, one)} {
		var got []string
		for _, f := range verify(t, fstest.MapFS{name: {Data: data}, "index.cdx": {Data: []byte("no WARC file")}}, warc.VerifyOptions{}) {
			switch {
			case f.Err == nil:
				got = append(got, "sound")
			case errors.Is(f.Err, warc.ErrDigest) && strings.Contains(f.Err.Error(), "payload"):
				got = append(got, "payload")
			case errors.Is(f.Err, warc.ErrDigest):
				got = append(got, "block")
			}
		}
		if want := []string{"sound", "block", "sound", "payload", "payload", "sound"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A file that cannot be read is told of, and the others are checked.
func TestVerifyUnreadable(t *testing.T) {
	whole := kept(t, 12)
	sound := verify(t, whole, warc.VerifyOptions{})
	for bad := range whole {
		for _, from := range []int64{-1, 0, 700} {
			told, good := 0, 0
			for _, f := range verify(t, failing{whole, bad, from}, warc.VerifyOptions{}) {
				if f.Err == nil {
					good++
				} else if told++; f.File != bad || !errors.Is(f.Err, errDisk) || !f.Err.(*warc.Error).Fatal {
					t.Errorf("%s fails from byte %d: finding %+v", bad, from, f)
				}
			}
			want := 0
			for _, f := range sound {
				if f.File != bad || f.Offset+f.Length <= from {
					want++
				}
			}
			if told != 1 || good != want {
				t.Errorf("%s fails from byte %d: %d told, %d sound; want 1 and %d", bad, from, told, good, want)
			}
		}
	}
}

// failing is a folder in which one file cannot be read from a byte on, or not
// be opened if that is negative.
type failing struct {
	fs.FS
	name string
	from int64
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.name && f.from < 0 {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errDisk}
	}
	file, err := f.FS.Open(name)
	if name == f.name && err == nil {
		return failingFile{file, f.from}, nil
	}
	return file, err
}

type failingFile struct {
	fs.File
	from int64
}

func (f failingFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := f.File.(io.ReaderAt).ReadAt(p[:max(0, min(int64(len(p)), f.from-at))], at)
	if n < len(p) && at+int64(n) >= f.from {
		err = errDisk
	}
	return n, err
}

func TestVerifyEnds(t *testing.T) {
	fsys := kept(t, 12)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range warc.Verify(ctx, fsys, warc.VerifyOptions{}) {
		if n++; n == 3 {
			cancel()
		}
		last = err
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("cancelled after 3 findings: %d turns, last error %v", n, last)
	}
	for range warc.Verify(t.Context(), fsys, warc.VerifyOptions{}) {
		break // must not panic
	}
	for f, err := range warc.Verify(t.Context(), fstest.MapFS{}, warc.VerifyOptions{}) {
		t.Errorf("empty folder: %+v, %v", f, err)
	}
}

func BenchmarkVerify(b *testing.B) {
	dir := b.TempDir()
	files, err := warc.OpenFiles(dir, warc.FilesOptions{})
	if err != nil {
		b.Fatal(err)
	}
	data, inflated := crawl(100)
	for rec, err := range warc.NewReader(bytes.NewReader(data), warc.Options{}).Records() {
		if err != nil {
			b.Fatal(err)
		}
		c, _ := newCapture(0, 200)
		c.URL = rec.TargetURI()
		m, _ := warc.ParseMessage(rec.Block)
		c.Payload = digest(m.Payload)
		if _, _, err := files.Append(warc.NewRecord(c, rec.Block, c.Fetched)); err != nil {
			b.Fatal(err)
		}
	}
	if err := files.Close(); err != nil {
		b.Fatal(err)
	}
	fsys := load(b, dir)
	b.SetBytes(inflated)
	b.ReportAllocs()
	for b.Loop() {
		for f, err := range warc.Verify(b.Context(), fsys, warc.VerifyOptions{}) {
			if err != nil || f.Err != nil {
				b.Fatal(f, err)
			}
		}
	}
}
