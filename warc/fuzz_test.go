package warc_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dateline"
	"dateline/internal/disk/disktest"
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
			if c := rec.Capture(); c.URL != rec.TargetURI() && c.Final != rec.TargetURI() || rec.Date().Location() != time.UTC {
				t.Fatalf("capture %+v of a record of %q", c, rec.TargetURI())
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

// FuzzMessage reads whatever stands in a block as an HTTP message.
func FuzzMessage(f *testing.F) {
	for _, head := range []string{"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, br\r\n", "ICY 200\n", "HTTP/1"} {
		for _, body := range []string{"<p>Ships leave", "5\r\n<p>Sh\r\n0\r\n\r\n", string(gz("<p>Ships leave")), "ffffffff\r\n", ""} {
			f.Add([]byte(head+"Content-Type: text/html; charset=utf-8\r\n\r\n"+body), "text/html; charset=a")
		}
	}
	f.Fuzz(func(t *testing.T, block []byte, contentType string) {
		const most = 1 << 16
		m, err := warc.ParseMessage(block)
		if (err != nil) != (m.Status == 0) || err != nil && !bytes.Equal(m.Payload, block) || len(m.Payload) > len(block) {
			t.Fatalf("message of status %d with %d bytes of %d, error %v", m.Status, len(m.Payload), len(block), err)
		}
		if head := warc.Head(block); !bytes.HasPrefix(block, head) {
			t.Fatalf("head %q of %q", head, block)
		} else if again, err := warc.ParseMessage(head); len(head) > 0 && m.Status != 0 && (err != nil || again.Status != m.Status || !slices.Equal(again.Header, m.Header)) {
			t.Fatalf("head %q gives %+v, %v, the message %+v", head, again, err, m)
		}
		if body, _ := m.Content(most); len(body) > most {
			t.Fatalf("content of %d bytes, limit %d", len(body), most)
		}
		media, charset := warc.ParseContentType(contentType)
		if strings.ContainsAny(media+charset, "\r\n\x00") {
			t.Fatalf("ParseContentType(%q) = %q, %q", contentType, media, charset)
		}
	})
}

// FuzzVerify checks a file of whatever bytes behind a good record: it ends,
// says where each thing stands, and never loses the good record.
func FuzzVerify(f *testing.F) {
	c, block := newCapture(1, 200)
	var good bytes.Buffer
	if _, err := warc.NewWriter(&good).WriteRecord(warc.NewRecord(c, block, c.Fetched)); err != nil {
		f.Fatal(err)
	}
	n := int64(good.Len())
	f.Add([]byte{}, true)
	f.Add(good.Bytes(), true)
	f.Add(good.Bytes()[:n/2], true)
	f.Add(append(flip(good.Bytes(), 17), good.Bytes()...), true)
	f.Add(gz(three()...), true)
	f.Add([]byte(strings.Join(three(), "")), false)
	f.Add(zst(f, nil, three()...), false)
	f.Fuzz(func(t *testing.T, data []byte, own bool) {
		name := "other.warc"
		if own {
			name, data = "dateline-20261123T225300Z-00001.warc.gz", append(bytes.Clone(good.Bytes()), data...)
		}
		turns, sound := 0, false
		for f, err := range warc.Verify(t.Context(), fstest.MapFS{name: {Data: data}}, warc.VerifyOptions{MaxBytes: 1 << 16}) {
			if turns++; err != nil || turns > 64*len(data)+64 {
				t.Fatalf("%d findings of %d bytes, error %v", turns, len(data), err)
			}
			if f.File != name || f.Offset < 0 || f.Length < 0 || f.Offset+f.Length > int64(len(data)) {
				t.Fatalf("finding %+v of %d bytes", f, len(data))
			}
			sound = sound || f.Err == nil && f.Offset == 0 && f.Length == n && f.Payload == c.Payload
		}
		if own && !sound {
			t.Fatal("the good record is not told as sound")
		}
	})
}

// FuzzResume opens a folder for appending whose last file ends with whatever
// bytes: what is known stays, and what is appended can be read.
func FuzzResume(f *testing.F) {
	d := disktest.New(rand.New(rand.NewPCG(1, 1)))
	files, err := warc.OpenFiles(folder, warc.FilesOptions{FS: d})
	if err != nil {
		f.Fatal(err)
	}
	var captures []dateline.Capture
	for i := range 3 {
		c, block := newCapture(i, 200*(i%2))
		name, offset, err := files.Append(warc.NewRecord(c, block, c.Fetched))
		if err != nil {
			f.Fatal(err)
		}
		c.File, c.Offset = name, offset
		captures = append(captures, c)
	}
	if err := files.Close(); err != nil {
		f.Fatal(err)
	}
	name := captures[0].File
	whole, err := fs.ReadFile(d.Dir(folder), name)
	if err != nil {
		f.Fatal(err)
	}
	tail := whole[captures[2].Offset:]
	f.Add(tail, uint8(2))
	f.Add(tail[:len(tail)/2], uint8(2))
	f.Add(flip(tail, 30), uint8(1))
	f.Add(append(make([]byte, 512), tail...), uint8(2))
	f.Fuzz(func(t *testing.T, tail []byte, known uint8) {
		known = known%3 + 1 // so many captures are known; the tail stands behind them
		last := captures[known-1]
		d := disktest.New(rand.New(rand.NewPCG(1, 1)))
		w, err := d.Create(folder + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		end := int64(len(whole))
		if int(known) < len(captures) {
			end = captures[known].Offset
		}
		if _, err := w.WriteAt(append(bytes.Clone(whole[:end]), tail...), 0); err != nil {
			t.Fatal(err)
		}
		files, err := warc.OpenFiles(folder, warc.FilesOptions{FS: d})
		if err != nil {
			t.Fatal(err)
		}
		did, err := files.Resume(warc.Resumption{
			Known: func(string) (int64, error) { return last.Offset, nil },
			Take:  func(string, *warc.Record) error { return nil },
		})
		if err != nil || did.Torn != nil || did.Cut < 0 || did.Cut > int64(len(tail)) {
			t.Fatalf("resumed %+v, %v, with %d bytes behind", did, err, len(tail))
		}
		c, block := newCapture(9, 200)
		at, offset, err := files.Append(warc.NewRecord(c, block, c.Fetched))
		if err != nil {
			t.Fatal(err)
		}
		c.File, c.Offset = at, offset
		for _, c := range append(captures[:known:known], c) {
			if _, _, err := files.Read(&c); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzCapture writes the record of whatever capture: it can be written, and
// read again as that of the same capture.
func FuzzCapture(f *testing.F) {
	f.Add("https://one.example/", "https://one.example/b", "text/html", "utf-8", 200, []byte("HTTP/1.1 200 OK\r\n\r\n<p>Ships"))
	f.Add("file:///a b\r\n", "", "text/html\r\nX: y", "a\rb", 0, []byte("WARC/1.0\r\n\r\n"))
	f.Fuzz(func(t *testing.T, url, final, mediaType, charset string, status int, block []byte) {
		c := dateline.Capture{URL: url, Final: final, Type: mediaType, Charset: charset, Status: status}
		m := &warc.Message{Payload: block}
		if status != 0 {
			m, _ = warc.ParseMessage(block)
		}
		c.Payload = digest(m.Payload)
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
		for _, rec := range []*warc.Record{warc.NewRecord(c, block, time.Unix(0, 0)), warc.NewRevisit(c, c, warc.Head(block), time.Unix(0, 0))} {
			var b bytes.Buffer
			if _, err := warc.NewWriter(&b).WriteRecord(rec); err != nil {
				t.Fatal(err)
			}
			n := 0
			for got, err := range warc.NewReader(&b, warc.Options{}).Records() {
				if err != nil || !got.IsOf(&c) || got.Type() != rec.Type() || got.PayloadDigest() != c.Payload || !bytes.Equal(got.Block, rec.Block) {
					t.Fatalf("record of %+v read as %q, %v", c, got.Header, err)
				}
				n++
			}
			if n != 1 {
				t.Fatalf("record of %+v read as %d records", c, n)
			}
		}
	})
}
