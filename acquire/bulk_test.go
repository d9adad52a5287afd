package acquire_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/acquire"
	"dateline/warc"
)

// bulkFile writes a WARC file of n pages.
func bulkFile(t *testing.T, name string, n int) {
	t.Helper()
	var file bytes.Buffer
	w := warc.NewWriter(&file)
	for i := range n {
		address := fmt.Sprintf("https://%s.example/%d", strings.TrimSuffix(filepath.Base(name), ".warc.gz"), i)
		body := fmt.Sprintf("<!DOCTYPE html><html><body><p>Page %d of the harbour.</p></body></html>", i)
		if _, err := w.WriteRecord(warc.NewResource(address, address, "text/html", []byte(body), time.Unix(1_700_000_000, 0))); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(name, file.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A bulk that is ended again and again, and each time goes on from what was stored, yields
// every page; what was stored never comes again.
func TestBulkResumes(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a.warc.gz"), filepath.Join(dir, "b.warc.gz")
	bulkFile(t, a, 30)
	bulkFile(t, b, 20)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	defer server.Close()
	for _, files := range [][]string{{a, b}, {server.URL + "/a.warc.gz", server.URL + "/b.warc.gz"}} {
		reached := map[string]int64{}
		stored := map[string]int{}
		for round := 0; ; round++ {
			if round > 60 {
				t.Fatal("it never comes to its end")
			}
			bulk := &acquire.Bulk{
				Files: files, Workers: 2, Fetcher: &acquire.Fetcher{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}},
				From:    func(file string) (int64, error) { return reached[file], nil },
				Reached: func(file string, at int64) error { reached[file] = at; return nil },
			}
			seen, all := map[string]int{}, true
			n := 0
			for p, err := range bulk.Pages(context.Background()) {
				if err != nil {
					t.Fatal(err)
				}
				if n == 5 { // more was yielded than is stored: the process is killed
					all = false
					break
				}
				n++
				seen[p.Capture.URL]++
			}
			if err := bulk.Stored(n); err != nil {
				t.Fatal(err)
			}
			for u := range maps.Keys(seen) {
				stored[u]++
			}
			if all {
				if err := bulk.Finish(); err != nil {
					t.Fatal(err)
				}
				break
			}
		}
		if len(stored) != 50 {
			t.Errorf("%d pages were stored, want 50", len(stored))
		}
		for u, n := range stored {
			if n != 1 {
				t.Errorf("%s came %d times after it was stored", u, n)
			}
		}
		for _, f := range files {
			if reached[f] != acquire.Done {
				t.Errorf("%s is read to %d, want its end", f, reached[f])
			}
		}
	}
}

// Requests and metadata of a WARC file come with the page that they belong to, wherever they
// stand and wherever the file is cut to be read side by side; those of other pages do not.
func TestBulkKeepsWhatStandsBeside(t *testing.T) {
	dir := t.TempDir()
	var plain, packed bytes.Buffer
	want := map[string]string{}
	z := warc.NewWriter(&packed)
	put := func(rec *warc.Record) string {
		had := packed.Len()
		if _, err := z.WriteRecord(rec); err != nil {
			t.Fatal(err)
		}
		member, err := gzip.NewReader(bytes.NewReader(packed.Bytes()[had:]))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(member)
		if err != nil {
			t.Fatal(err)
		}
		plain.Write(text)
		return string(text)
	}
	at := time.Unix(1_700_000_000, 0)
	for i := range 40 {
		host := "other"
		if i%4 == 0 {
			host = "harbour"
		}
		address := fmt.Sprintf("https://%s.example/%d", host, i)
		page := warc.NewResource(address, address, "text/html", fmt.Appendf(nil, "<!DOCTYPE html><html><body><p>Page %d.</p></body></html>", i), at)
		request := warc.NewRequest(page, fmt.Appendf(nil, "GET /%d HTTP/1.1\r\n\r\n", i))
		about := warc.NewMetadata(address, address+" metadata", "application/warc-fields", fmt.Appendf(nil, "fetchTimeMs: %d\r\n", i), at)
		stray := warc.NewMetadata("https://stray.example/", address+" stray", "application/warc-fields", []byte("x: y\r\n"), at)
		var texts []string
		if i%2 == 0 { // the request stands before the answer
			texts = append(texts, put(request))
			put(page)
		} else {
			put(page)
			texts = append(texts, put(request))
		}
		texts = append(texts, put(about))
		put(stray)
		if host == "harbour" {
			want[address] = strings.Join(texts, "")
		}
	}
	for name, text := range map[string][]byte{"a.warc": plain.Bytes(), "a.warc.gz": packed.Bytes()} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, text, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, chunk := range []int64{0, 1500, 4000} {
			bulk := &acquire.Bulk{Files: []string{file}, Workers: 3, Chunk: chunk, Keep: acquire.Filter{Hosts: []string{"harbour.example"}}}
			got := map[string]string{}
			for p, err := range bulk.Pages(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range append(p.Before, p.Behind...) {
					got[p.Capture.URL] += string(r.Raw) + string(r.Block) + "\r\n\r\n"
				}
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s in pieces of %d: got %d pages with\n%s\nwant\n%s", name, chunk, len(got), got["https://harbour.example/4"], want["https://harbour.example/4"])
			}
			if c := bulk.Counted(); c.Kept != 10 || c.Beside != 20 || c.Records != 160 {
				t.Errorf("%s in pieces of %d: counted %+v", name, chunk, c)
			}
		}
	}
}
