package warc_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dateline/warc"
)

// response returns a response record in the form it has on disk.
func response(uri, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
	return record("response", uri, len(block), block)
}

// record returns a record that claims a block of length bytes.
func record(kind, uri string, length int, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"+
		"WARC-Date: 2026-11-23T22:53:00Z\r\nWARC-Target-URI: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, len(uri), uri, length, block)
}

// three is a file of three records, cut where they begin.
func three() []string {
	return []string{
		response("https://one.example/", "<p>Ferry strike ends after nine days"),
		response("https://two.example/", strings.Repeat("<p>The harbour opened at noon. ", 400)),
		response("https://three.example/", "<p>Ships leave again"),
	}
}

func gz(parts ...string) []byte {
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		io.WriteString(w, p)
		w.Close()
	}
	return b.Bytes()
}

func zst(t testing.TB, dict []byte, parts ...string) []byte {
	t.Helper()
	var options []zstd.EOption
	if dict != nil {
		options = append(options, zstd.WithEncoderDict(dict))
	}
	w, err := zstd.NewWriter(nil, options...)
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	for _, p := range parts {
		b = w.EncodeAll([]byte(p), b)
	}
	return b
}

func skippable(magic uint32, content []byte) []byte {
	b := binary.LittleEndian.AppendUint32(nil, magic)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(content)))
	return append(b, content...)
}

func dictionary(t testing.TB) []byte {
	t.Helper()
	var samples [][]byte
	for i := range 20 {
		samples = append(samples, []byte(response(fmt.Sprintf("https://%d.example/", i), strings.Repeat(fmt.Sprint("<p>Ferry ", i), 20))))
	}
	d, err := zstd.BuildDict(zstd.BuildDictOptions{ID: 7, Contents: samples, History: samples[0], Offsets: [3]int{1, 4, 8}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// read returns what a reader says, a line a record or error.
func read(data []byte, o warc.Options) []string {
	var got []string
	for rec, err := range warc.NewReader(bytes.NewReader(data), o).Records() {
		if rec != nil {
			line := fmt.Sprintf("%s %s %d", rec.Type(), rec.TargetURI(), len(rec.Block))
			if rec.Truncated {
				line += " truncated"
			}
			got = append(got, line)
		}
		if err != nil {
			got = append(got, err.Error())
		}
	}
	return got
}

func TestForms(t *testing.T) {
	parts := three()
	dict := dictionary(t)
	want := []string{
		"response https://one.example/ 80",
		"response https://two.example/ 12444",
		"response https://three.example/ 64",
	}
	forms := []struct {
		name    string
		data    []byte
		aligned bool // each record has its own offset
	}{
		{"plain", []byte(strings.Join(parts, "")), true},
		{"plain with bare line feeds", []byte(strings.ReplaceAll(strings.Join(parts, ""), "\r\n\r\nHTTP", "\n\nHTTP")), true},
		{"gzip, a member a record", gz(parts...), true},
		{"gzip, one member", gz(strings.Join(parts, "")), false},
		{"gzip, an empty member at the end", append(gz(parts...), gz("")...), true},
		{"zstd, a frame a record", zst(t, nil, parts...), true},
		{"zstd, one frame", zst(t, nil, strings.Join(parts, "")), false},
		{"zstd with a skippable frame between", append(append(zst(t, nil, parts[0]), skippable(0x184D2A50, []byte("index"))...), zst(t, nil, parts[1:]...)...), true},
		{"zstd with a dictionary", append(skippable(0x184D2A5D, dict), zst(t, dict, parts...)...), false},
		{"zstd with a compressed dictionary", append(skippable(0x184D2A5D, zst(t, nil, string(dict))), zst(t, dict, parts...)...), false},
	}
	for _, f := range forms {
		if got := read(f.data, warc.Options{}); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: records\n%s\nwant\n%s", f.name, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		var offsets []int64
		for rec := range warc.NewReader(bytes.NewReader(f.data), warc.Options{}).Records() {
			offsets = append(offsets, rec.Offset)
		}
		for i, at := range offsets {
			if !f.aligned {
				break
			}
			if got := read(f.data[at:], warc.Options{}); len(got) != len(want)-i || got[0] != want[i] {
				t.Errorf("%s: from offset %d of record %d: %q, want %q", f.name, at, i, got, want[i:])
			}
		}
	}
}

// A reader that gives one byte at a time, and one that fails.
func TestSlowAndFailingInput(t *testing.T) {
	for name, data := range map[string][]byte{"plain": []byte(strings.Join(three(), "")), "gzip": gz(three()...), "zstd": zst(t, nil, three()...)} {
		n := 0
		for _, err := range warc.NewReader(oneByte{bytes.NewReader(data)}, warc.Options{}).Records() {
			if err != nil {
				t.Errorf("%s, byte by byte: %v", name, err)
			}
			n++
		}
		if n != 3 {
			t.Errorf("%s, byte by byte: %d records, want 3", name, n)
		}
		var last error
		failing := io.MultiReader(bytes.NewReader(data[:len(data)-20]), failure{})
		for _, err := range warc.NewReader(failing, warc.Options{Name: "a.warc"}).Records() {
			last = err
		}
		e, ok := last.(*warc.Error)
		if !ok || !e.Fatal || e.Name != "a.warc" || e.Err != errDisk {
			t.Errorf("%s, failing disk: last error %#v, want a fatal one of the disk", name, last)
		}
	}
}

type oneByte struct{ r io.Reader }

func (o oneByte) Read(p []byte) (int, error) { return o.r.Read(p[:min(len(p), 1)]) }

var errDisk = fmt.Errorf("disk on fire")

type failure struct{}

func (failure) Read([]byte) (int, error) { return 0, errDisk }

func TestRecordAccessors(t *testing.T) {
	text := "WARC/1.0\r\nwarc-type: Revisit\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: <https://one.example/a b>\r\n" +
		"WARC-Date: 2024-05-03T18:19:08.123456Z\r\nWARC-Payload-Digest: sha1:ABC\r\nWARC-Refers-To: <urn:uuid:2>\r\n" +
		"WARC-Refers-To-Target-URI: https://two.example/\r\nWARC-Refers-To-Date: 20240501120000\r\n" +
		"X-Folded: one\r\n  two\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
	for rec, err := range warc.NewReader(strings.NewReader(text), warc.Options{}).Records() {
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		n, ok := rec.ContentLength()
		got := fmt.Sprint(rec.Version, rec.Type(), rec.ID(), rec.TargetURI(), rec.Date(), rec.PayloadDigest(), rec.RefersTo(),
			rec.RefersToTargetURI(), rec.RefersToDate(), rec.Header.Get("x-folded"), rec.ContentType(), n, ok)
		want := fmt.Sprint("1.0", "revisit", "urn:uuid:1", "https://one.example/a b", "2024-05-03 18:19:08.123456 +0000 UTC", "sha1:ABC", "urn:uuid:2",
			"https://two.example/", "2024-05-01 12:00:00 +0000 UTC", "one two", "text/plain", 0, true)
		if got != want {
			t.Errorf("record %q\n got %s\nwant %s", text, got, want)
		}
	}
}
