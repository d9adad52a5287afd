package warc_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"dateline/warc"
)

// FuzzReader reads whatever comes: it must end, hold to its limits, and what
// it gives back without an error must survive being written and read again.
func FuzzReader(f *testing.F) {
	parts := three()
	f.Add([]byte(strings.Join(parts, "")))
	f.Add(gz(parts...))
	f.Add(gz(strings.Join(parts, "")))
	f.Add(zst(f, nil, parts...))
	dict := dictionary(f)
	f.Add(append(skippable(0x184D2A5D, dict), zst(f, dict, parts...)...))
	f.Add(cat(record("resource", "urn:a", 3, "too long"), parts[0], "sludge"))
	f.Add(append(gz(parts[1])[:50], gz(parts[2])...))
	f.Add([]byte(response("https://a.example/", "")[:120]))
	f.Add(cat(strings.Replace(parts[0], "text/html\r\n", "text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 1 << 16
		turns := 0
		for rec, err := range warc.NewReader(bytes.NewReader(data), warc.Options{MaxBytes: most}).Records() {
			if turns++; turns > 64*len(data)+64 {
				t.Fatalf("%d records and errors from %d bytes", turns, len(data))
			}
			var e *warc.Error
			if err != nil && (!errors.As(err, &e) || e.Offset < 0 || e.Offset > int64(len(data))) {
				t.Fatalf("error %#v of %d bytes", err, len(data))
			}
			if rec == nil {
				continue
			}
			if len(rec.Block) > most || rec.Offset < 0 || rec.Offset >= int64(len(data)) {
				t.Fatalf("record at %d with %d bytes, from %d bytes with limit %d", rec.Offset, len(rec.Block), len(data), most)
			}
			m, _ := warc.ParseMessage(rec.Block)
			if body, _ := m.Content(most); len(body) > most {
				t.Fatalf("content of %d bytes, limit %d", len(body), most)
			}
			if err == nil {
				writeAndRead(t, rec)
			}
		}
	})
}

func writeAndRead(t *testing.T, rec *warc.Record) {
	t.Helper()
	var b bytes.Buffer
	if _, err := warc.NewWriter(&b).WriteRecord(rec); err != nil {
		return // something that cannot stand in a header
	}
	for got, err := range warc.NewReader(&b, warc.Options{MaxBytes: 1 << 20}).Records() {
		if err != nil || !bytes.Equal(got.Block, rec.Block) || !sameFields(got.Header, rec.Header) {
			t.Fatalf("written %q %q, read %q %q, %v", rec.Header, rec.Block, got.Header, got.Block, err)
		}
	}
}

// sameFields compares but for Content-Length, which the writer sets.
func sameFields(a, b warc.Header) bool {
	isLength := func(f warc.Field) bool { return strings.EqualFold(f.Name, "Content-Length") }
	return slices.Equal(slices.DeleteFunc(slices.Clone(a), isLength), slices.DeleteFunc(slices.Clone(b), isLength))
}
