package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/surface/export"
	"dateline/warc"
)

// stored is an archive of some records.
type stored struct {
	captures []*dateline.Capture
	records  map[dateline.CaptureID]*warc.Record
	lost     dateline.CaptureID
}

func (s *stored) Stored(_ context.Context, c *dateline.Capture) (*warc.Record, int64, error) {
	if c.ID == s.lost {
		return nil, 0, &warc.CaptureError{Capture: c.ID, URL: c.URL, File: c.File, Err: warc.ErrMissing}
	}
	return s.records[c.ID], 100, nil
}

func (s *stored) all() iter.Seq2[*dateline.Capture, error] {
	return func(yield func(*dateline.Capture, error) bool) {
		for _, c := range s.captures {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// harbour has three pages, one of them captured again with the same payload, and one
// exchange of status 304.
func harbour() *stored {
	s := &stored{records: map[dateline.CaptureID]*warc.Record{}}
	add := func(url string, hour int, status int, page string) *dateline.Capture {
		c := &dateline.Capture{URL: url, Fetched: time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC), Status: status, Type: "text/html", File: "warc/a.warc.gz", Offset: int64(100 * len(s.captures))}
		c.Payload, c.Length, _ = dateline.Digest(strings.NewReader(page))
		c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
		s.captures = append(s.captures, c)
		s.records[c.ID] = warc.NewRecord(*c, fmt.Appendf(nil, "HTTP/1.1 %d OK\r\nContent-Type: text/html\r\n\r\n%s", status, page), c.Fetched)
		return c
	}
	first := add("https://www.post.example/z?b=1&a=2", 9, 200, "<p>first")
	add("https://post.example/a", 10, 404, "<p>second")
	again := add("https://www.post.example/z?b=1&a=2", 8, 200, "<p>first")
	again.Revisit = first.ID
	s.records[again.ID] = warc.NewRevisit(*again, *first, []byte("HTTP/1.1 200 OK\r\n\r\n"), again.Fetched)
	add("https://post.example/a", 11, 304, "")
	return s
}

var options = export.Options{Software: "dateline/test", Title: "harbour", Made: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)}

func TestCDXJ(t *testing.T) {
	s := harbour()
	var out bytes.Buffer
	n, err := export.CDXJ(t.Context(), &out, s, s.all(), options)
	if err != nil || n != 3 {
		t.Fatalf("%d lines, %v; want 3: what was not modified has no page", n, err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		parts := strings.SplitN(line, " ", 3)
		var f struct{ URL, Mime, Status, Offset, Length, Filename string }
		if err := json.Unmarshal([]byte(parts[2]), &f); err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.Join([]string{parts[0], parts[1], f.Mime, f.Status, f.Offset, f.Length, f.Filename}, " "))
	}
	want := []string{
		"example,post)/a 20261123100000 text/html 404 100 100 a.warc.gz",
		"example,post)/z?a=2&b=1 20261123080000 warc/revisit 200 200 100 a.warc.gz",
		"example,post)/z?a=2&b=1 20261123090000 text/html 200 0 100 a.warc.gz",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("index:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The records of an export are those that were stored, behind one that tells of it.
func TestWARC(t *testing.T) {
	s := harbour()
	var out bytes.Buffer
	if n, err := export.WARC(t.Context(), &out, s, s.all(), options); err != nil || n != 4 {
		t.Fatalf("%d captures, %v; want 4", n, err)
	}
	var got []string
	for rec, err := range warc.NewReader(&out, warc.Options{}).Records() {
		if err != nil {
			t.Fatal(err)
		}
		if rec.Type() == warc.TypeInfo && (!strings.Contains(string(rec.Block), "dateline/test") || !strings.Contains(string(rec.Block), `"harbour"`)) {
			t.Errorf("warcinfo: %q", rec.Block)
		}
		got = append(got, rec.Type()+" "+rec.ID())
	}
	if len(got) != 5 || !strings.HasPrefix(got[0], "warcinfo") {
		t.Fatalf("records: %q", got)
	}
	for i, c := range s.captures {
		if want := s.records[c.ID].Type() + " " + warc.RecordID(c); got[i+1] != want {
			t.Errorf("record %d: %s, want %s", i, got[i+1], want)
		}
	}
}

// Each part of a WACZ file has the digest that the file gives of it, and its index leads to
// the records.
func TestWACZ(t *testing.T) {
	s := harbour()
	var out bytes.Buffer
	page := func(c *dateline.Capture) (export.Page, error) {
		return export.Page{Title: "Harbour & é", Skip: c.Status == 404}, nil
	}
	if n, err := export.WACZ(t.Context(), &out, s, s.all(), page, options); err != nil || n != 4 {
		t.Fatalf("%d captures, %v; want 4", n, err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".gz") && f.Method != zip.Store {
			t.Errorf("%s is compressed twice", f.Name)
		}
	}
	digest := func(b []byte) string { sum := sha256.Sum256(b); return "sha256:" + hex.EncodeToString(sum[:]) }
	var pack struct {
		Resources []struct {
			Path, Hash string
			Bytes      int
		}
		Version string `json:"wacz_version"`
	}
	var sum struct{ Path, Hash string }
	if err := errors.Join(json.Unmarshal(parts["datapackage.json"], &pack), json.Unmarshal(parts["datapackage-digest.json"], &sum)); err != nil {
		t.Fatal(err)
	}
	if len(pack.Resources) != 3 || pack.Version != "1.1.1" || sum.Hash != digest(parts["datapackage.json"]) {
		t.Errorf("package: %+v, digest %s", pack, sum.Hash)
	}
	for _, r := range pack.Resources {
		if r.Hash != digest(parts[r.Path]) || r.Bytes != len(parts[r.Path]) {
			t.Errorf("%s has %d bytes and %s, not %d and %s", r.Path, len(parts[r.Path]), digest(parts[r.Path]), r.Bytes, r.Hash)
		}
	}
	if got := string(parts["pages/pages.jsonl"]); strings.Count(got, "\n") != 3 || !strings.Contains(got, `"ts":"2026-11-23T09:00:00Z","title":"Harbour & é"`) {
		t.Errorf("pages:\n%s", got)
	}
	data := parts["archive/data.warc.gz"]
	lines := strings.Split(strings.TrimSpace(string(parts["indexes/index.cdx"])), "\n")
	if len(lines) != 3 {
		t.Fatalf("index:\n%s", parts["indexes/index.cdx"])
	}
	for _, line := range lines {
		var f struct{ URL, Offset, Length string }
		if err := json.Unmarshal([]byte(strings.SplitN(line, " ", 3)[2]), &f); err != nil {
			t.Fatal(err)
		}
		offset, _ := strconv.Atoi(f.Offset)
		length, _ := strconv.Atoi(f.Length)
		found := 0
		for rec, err := range warc.NewReader(bytes.NewReader(data[offset:offset+length]), warc.Options{}).Records() {
			if err != nil || rec.TargetURI() != f.URL {
				t.Errorf("%s leads to %v, %v", line, rec, err)
			}
			found++
		}
		if found != 1 {
			t.Errorf("%s leads to %d records", line, found)
		}
	}
}

// A capture that cannot be read is told of and left out, or ends the export.
func TestLostCapture(t *testing.T) {
	s := harbour()
	s.lost = s.captures[1].ID
	var told []error
	o := options
	o.Lost = func(err error) { told = append(told, err) }
	if n, err := export.WARC(t.Context(), io.Discard, s, s.all(), o); err != nil || n != 3 || len(told) != 1 || !errors.Is(told[0], warc.ErrMissing) {
		t.Errorf("%d captures, %v, told %v; want 3 and the one that is missing", n, err, told)
	}
	if _, err := export.WARC(t.Context(), io.Discard, s, s.all(), options); !errors.Is(err, warc.ErrMissing) {
		t.Errorf("without anybody to tell: %v, want %v", err, warc.ErrMissing)
	}
}
