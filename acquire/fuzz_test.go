package acquire_test

import (
	"bytes"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/warc"
)

// FuzzOpen reads whatever comes on standard input: each page must hold to the
// limit and describe its own payload, each error must say where, and a stream
// of dumps must come back byte by byte.
func FuzzOpen(f *testing.F) {
	one := dump("2026-11-20", "https://one.example/a", "Ferry strike ends")
	for _, s := range []string{page, gz(page), zst(page), br(page), utf16Text(page, 0, 1), one + one, gz(one + one),
		response("https://one.example/", page), gz(response("https://one.example/", page)), zst(response("https://one.example/", page)),
		exchange("https://one.example/", "200 OK", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "79\r\n"+page+"\r\n0\r\n\r\n")} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 1 << 16
		var joined []byte
		dumps, failed := 0, false
		for p, err := range acquire.Open(t.Context(), "-", acquire.Options{Stdin: bytes.NewReader(data), MaxBytes: most}) {
			if err != nil {
				var e *acquire.InputError
				if !errors.As(err, &e) || e.Offset > int64(len(data)) {
					t.Fatalf("error %#v of %d bytes", err, len(data))
				}
				failed = true
				continue
			}
			c := p.Capture
			if len(p.Body) > most || c.Err == "" && p.Record != "revisit" && !strings.HasPrefix(c.Payload, "sha256:") {
				t.Fatalf("page %+v with %d bytes, limit %d", c, len(p.Body), most)
			}
			if _, err := url.Parse(c.URL); err == nil && strings.ContainsAny(c.URL, "#\r\n") {
				t.Fatalf("address %q", c.URL)
			}
			if c.Type == dateline.TypeDump && p.Record == "resource" && c.Fetched.IsZero() {
				dumps++
				joined = append(joined, p.Block...)
			}
		}
		if plain := bytes.HasPrefix(data, []byte(" date ")); plain && dumps > 0 && !failed && !bytes.Equal(joined, data) {
			t.Fatalf("dumps joined: %q, input %q", joined, data)
		}
	})
}

// FuzzArchived writes each page of whatever input as an archive does, and
// reads it again: it is the same page of the same capture.
func FuzzArchived(f *testing.F) {
	for _, s := range []string{page, gz(page), dump("2026-11-20", "https://one.example/a", "Ferry"), response("https://one.example/#a", page),
		exchange("https://one.example/", "404 Gone", "Content-Type: text/plain; charset=a\rb\r\nContent-Encoding: gzip\r\n", gz(page)),
		record("revisit", "https://one.example/", "WARC-Payload-Digest: sha256:"+strings.Repeat("0", 64)+"\r\n", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const most = 1 << 16
		for p, err := range acquire.Open(t.Context(), "-", acquire.Options{Stdin: bytes.NewReader(data), MaxBytes: most}) {
			if err != nil || p.Record == warc.TypeRevisit && !strings.HasPrefix(p.Capture.Payload, "sha256:") {
				continue
			}
			c := p.Capture
			rec := warc.NewRecord(c, p.Block, time.Unix(0, 0))
			if p.Record == warc.TypeRevisit { // its key is made of the payload that it repeats
				c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
				rec = warc.NewRevisit(c, c, warc.Head(p.Block), time.Unix(0, 0))
			}
			var b bytes.Buffer
			if _, err := warc.NewWriter(&b).WriteRecord(rec); err != nil {
				t.Fatal(err)
			}
			for rec, err := range warc.NewReader(&b, warc.Options{}).Records() {
				if err != nil {
					t.Fatal(err)
				}
				again := acquire.Archived(rec, most)
				if again == nil || !reflect.DeepEqual(again.Capture, c) || !bytes.Equal(again.Body, p.Body) {
					t.Fatalf("archived %+v, read again %+v", c, again)
				}
			}
		}
	})
}
