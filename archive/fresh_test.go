package archive_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/archive"
	"dateline/internal/disk/disktest"
	"dateline/internal/disk/diskvfs"
	"dateline/pipeline"
	"dateline/warc"
)

// long is a page whose body has so many bytes behind the text of the article.
func long(n, size int) acquire.Page {
	p := page(n, 3)
	body := bytes.Replace(p.Body, []byte("</article>"), fmt.Appendf(nil, "</article><!-- %s -->", strings.Repeat("ships ", size/6)), 1)
	digest, length, _ := dateline.Digest(bytes.NewReader(body)) // a bytes.Reader does not fail
	p.Capture.Payload, p.Capture.Length = digest, length
	p.Capture.ID = dateline.NewCaptureID(p.Capture.URL, p.Capture.Fetched, digest)
	p.Block, p.Body = append([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), body...), body
	return p
}

// Pages that are added are not read back from the disk to be extracted, but for those
// that are too long together to be held; a page that repeats another is. Whether a page
// was held or not, its article is the same.
func TestPagesOnTheirWay(t *testing.T) {
	repeated := page(1000, 4)
	for name, test := range map[string]struct {
		pages []acquire.Page
		want  archive.Added
		least int64 // reads of WARC files, at least
		most  int64
	}{
		"short pages":           {reports(20), archive.Added{Pages: 20}, 0, 0},
		"a page that repeats":   {append(reports(2), repeated), archive.Added{Pages: 3, Revisits: 1}, 1, 40},
		"too long to be held":   {[]acquire.Page{long(1000, 15<<20), long(1001, 15<<20), long(1002, 15<<20)}, archive.Added{Pages: 3}, 1, 4000},
		"with a coding between": {[]acquire.Page{chunked(page(1000, 3))}, archive.Added{Pages: 1}, 1, 40},
	} {
		t.Run(name, func(t *testing.T) {
			d := disktest.New(rand.New(rand.NewPCG(1, 3)))
			fs, err := diskvfs.Register(d)
			if err != nil {
				t.Fatal(err)
			}
			var reads atomic.Int64
			a := open(t, onDisk, archive.Options{FS: fs})
			d.Fail = func(operation, name string) error {
				if operation == "ReadAt" && strings.HasSuffix(name, ".warc.gz") {
					reads.Add(1)
				}
				return nil
			}
			add(t, a, test.want, test.pages...)
			if n := reads.Load(); n < test.least || n > test.most {
				t.Errorf("the WARC files were read %d times, want %d to %d", n, test.least, test.most)
			}
			var was []string
			for _, p := range test.pages {
				art, err := a.Find(t.Context(), string(p.Capture.ID))
				if err != nil || art.Skip != "" {
					t.Fatalf("%s: %+v, %v", p.Capture.URL, art, err)
				}
				was = append(was, encoded(t, art))
			}
			if err := a.Rebuild(t.Context(), pipeline.Extract, archive.RunOptions{}); err != nil {
				t.Fatal(err)
			}
			for i, p := range test.pages {
				art, err := a.Find(t.Context(), string(p.Capture.ID))
				if err != nil || encoded(t, art) != was[i] {
					t.Errorf("read back, the article is %+v, %v, and was %s", art, err, was[i])
				}
			}
		})
	}
}

// chunked is a page as it came in chunks, which are no part of its payload.
func chunked(p acquire.Page) acquire.Page {
	p.Block = fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(p.Body), p.Body)
	return p
}

// A page that takes the place of one that could not be read any more is extracted from
// what was added, not from what stood there.
func TestPageInPlaceOfALostOne(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir, archive.Options{})
	add(t, a, archive.Added{Pages: 2}, reports(2)...)
	c, err := a.Capture(t.Context(), page(1001, 3).Capture.ID)
	if err != nil {
		t.Fatal(err)
	}
	damaged(t, dir, c, func(b []byte) { clear(b[40:60]) })
	add(t, a, archive.Added{Pages: 1, Again: 1, Known: 1}, reports(2)...)
	rec, err := a.Record(t.Context(), c)
	if now, getErr := a.Capture(t.Context(), c.ID); getErr != nil || now.Offset == c.Offset {
		t.Errorf("the capture stands at byte %d (%v), where it cannot be read (%v)", now.Offset, getErr, err)
	} else if rec, err = a.Record(t.Context(), now); err != nil || !bytes.Equal(rec.Payload, page(1001, 3).Body) || rec.Type != warc.TypeResponse {
		t.Errorf("Record = %s %q, %v", rec.Type, rec.Payload, err)
	}
	if art, err := a.Find(t.Context(), string(c.ID)); err != nil || art.Headline != "Report 1001" || art.Fetched != time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC).Format(time.RFC3339) {
		t.Errorf("the article is %+v, %v", art, err)
	}
}
