package archive_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dateline/acquire"
	"dateline/archive"
	"dateline/warc"
)

// TestExchangesAreKept fetches a page behind a redirect, twice, and finds in the
// WARC file each exchange as it came, its request, and what is known of the
// connection; nothing is wrong with the archive then, and a restart finds nothing
// to take up.
func TestExchangesAreKept(t *testing.T) {
	const moved = "HTTP/1.1 301 Moved\r\nlocation: /new\r\nContent-Length: 0\r\n\r\n"
	const shown = "HTTP/1.1 200 OK\r\ncontent-TYPE: text/html\r\nTransfer-Encoding: chunked\r\n\r\n38\r\n<title>Ferry</title><h1>Ferry</h1><p>The ferry is late.</p>\r\n0\r\n\r\n"
	dial := func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		go func() {
			defer server.Close()
			r, err := http.ReadRequest(bufio.NewReader(server))
			if err != nil {
				return
			}
			io.WriteString(server, map[string]string{"/old": moved, "/new": strings.Replace(shown, "38\r\n", "3b\r\n", 1)}[r.URL.Path])
		}()
		return client, nil
	}
	dir := t.TempDir()
	for range 2 {
		a, err := archive.Open(t.Context(), dir, archive.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n, err := a.Add(t.Context(), acquire.Inputs(acquire.Options{Dial: dial}, "http://one.example/old"), archive.AddOptions{})
		if err != nil || n.Pages+n.Known != 1 || n.Bad+n.Left > 0 {
			t.Fatalf("added %+v, %v", n, err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var kinds []string
	for _, rec := range recordsIn(t, dir) {
		kinds = append(kinds, rec.Type())
		switch {
		case rec.Type() == warc.TypeResponse && strings.HasSuffix(rec.TargetURI(), "/old") && string(rec.Block) != moved:
			t.Errorf("the redirect is kept as %q", rec.Block)
		case rec.Type() == warc.TypeResponse && strings.HasSuffix(rec.TargetURI(), "/new") && (!strings.Contains(string(rec.Block), "content-TYPE: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3b\r\n") || rec.Header.Get("WARC-Protocol") != "http/1.1"):
			t.Errorf("the page is kept as %q with %v", rec.Block, rec.Header)
		case rec.Type() == warc.TypeRequest && !strings.HasPrefix(string(rec.Block), "GET /"):
			t.Errorf("a request is kept as %q", rec.Block)
		}
	}
	if want := []string{"warcinfo", "response", "request", "response", "request"}; !slices.Equal(kinds[:5], want) {
		t.Errorf("records %q, want %q and more", kinds, want)
	}
	wantSound(t, dir)
}

// recordsIn reads the WARC files of an archive.
func recordsIn(t *testing.T, dir string) (all []*warc.Record) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "warc", "*.warc.gz"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		for rec, err := range warc.NewReader(f, warc.Options{}).Records() {
			if err != nil {
				t.Fatal(errors.Join(err, f.Close()))
			}
			kept := *rec
			kept.Block = slices.Clone(rec.Block)
			all = append(all, &kept)
		}
		f.Close()
	}
	return all
}
