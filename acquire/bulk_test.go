package acquire_test

import (
	"bytes"
	"context"
	"fmt"
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
