package main

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// goodPage is an article; %s takes more of its body.
const goodPage = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Pilots wait for calm</title></head><body>
<article><h1>Pilots wait for calm</h1>
<p>The pilots of Port Anselm brought no ship in on Tuesday, because the wind stood at nine from the café pier all day.</p>
<p>Their harbour master said that eleven ships were lying in the roads, and that he hoped for a calm night.</p>%s</article></body></html>`

// response is a WARC record, not compressed, that holds a page.
func response(n int, encoding string, body []byte) []byte {
	head := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
	if encoding != "" {
		head += "Content-Encoding: " + encoding + "\r\n"
	}
	block := fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", head, len(body), body)
	return fmt.Appendf(nil, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"+
		"WARC-Date: 2026-02-03T04:05:06Z\r\nWARC-Target-URI: https://harbourpost.example/%[1]d\r\n"+
		"Content-Type: application/http; msgtype=response\r\nContent-Length: %[2]d\r\n\r\n%[3]s\r\n\r\n", n, len(block), block)
}

func page(more string) []byte { return fmt.Appendf(nil, goodPage, more) }

func packed(t *testing.T, w io.WriteCloser, buf *bytes.Buffer, b []byte) []byte {
	t.Helper()
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func gzipped(t *testing.T, b []byte) []byte {
	var buf bytes.Buffer
	return packed(t, gzip.NewWriter(&buf), &buf, b)
}

func utf16Page() []byte {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(strings.Replace(string(page("")), "utf-8", "utf-16", 1))) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// TestDamagedInput extracts one file of each kind of trouble: nothing is a
// crash, what can be read is read, the rest is named with its byte.
func TestDamagedInput(t *testing.T) {
	var br, zs, zl, fl bytes.Buffer
	encoder, err := zstd.NewWriter(&zs)
	if err != nil {
		t.Fatal(err)
	}
	deflater, err := flate.NewWriter(&fl, 6)
	if err != nil {
		t.Fatal(err)
	}
	first, second := response(1, "", page("")), response(2, "", page(""))
	member := gzipped(t, first)
	tests := []struct {
		name     string
		file     []byte
		articles int    // records with the headline
		status   int    // exit status
		stderr   string // what the error stream must hold
	}{
		{"two good members", append(bytes.Clone(member), gzipped(t, second)...), 2, 0, ""},
		{"truncated last member", append(bytes.Clone(member), gzipped(t, second)[:200]...), 1, 3, fmt.Sprintf("byte %d: ", len(member))},
		{"damage in the first member", append(append(bytes.Clone(member[:120]), make([]byte, 40)...), gzipped(t, second)...), 1, 3, "byte 0: "},
		{"Content-Length too small", append(shortened(first), second...), 2, 3, "byte 0: wrong Content-Length"},
		{"garbage between records", append(append(bytes.Clone(first), "so much for that\n\n"...), second...), 2, 3, "byte 0: wrong Content-Length"},
		{"no HTTP header", bare(page("")), 1, 0, ""},
		{"unknown record type", append(bytes.Replace(first, []byte("WARC-Type: response"), []byte("WARC-Type: surprise"), 1), second...), 1, 3, "byte 0: unknown record type"},
		{"brotli", response(1, "br", packed(t, brotli.NewWriter(&br), &br, page(""))), 1, 0, ""},
		{"zstd", response(1, "zstd", packed(t, encoder, &zs, page(""))), 1, 0, ""},
		{"deflate with zlib header", response(1, "deflate", packed(t, zlib.NewWriter(&zl), &zl, page(""))), 1, 0, ""},
		{"deflate without", response(1, "deflate", packed(t, deflater, &fl, page(""))), 1, 0, ""},
		{"a coding that is not there", response(1, "gzip", page("")), 1, 0, ""},
		{"UTF-16", utf16Page(), 1, 0, ""},
		{"charset that is not declared", bytes.ReplaceAll(bytes.Replace(page(""), []byte("utf-8"), []byte("windows-1252"), 1), []byte("café"), []byte("caf\xe9")), 1, 0, ""},
		{"charset declared wrong", bytes.Replace(page(""), []byte("utf-8"), []byte("windows-1252"), 1), 1, 0, ""},
		{"a thousand levels", page(strings.Repeat("<div>", 1000)), 1, 0, ""},
		{"a hundred thousand levels", page(strings.Repeat("<b><p>", 100_000)), 1, 0, ""},
		{"a page of 50 MB", page(strings.Repeat("<p>The wind kept on through the night, said the pilots of the port.</p>\n", 720_000)), 1, 0, ""},
		{"a gzip bomb", append(gzipped(t, response(1, "gzip", gzipped(t, make([]byte, 80<<20)))), gzipped(t, second)...), 1, 3, "byte 0: "},
		{"a bomb of a record", append(gzipped(t, response(1, "", make([]byte, 80<<20))), gzipped(t, second)...), 1, 3, "byte 0: "},
		{"empty", nil, 0, 3, ": empty"},
		{"spaces", []byte("   \n\n"), 0, 3, "byte 0: "},
		{"zeros", make([]byte, 5000), 0, 3, "byte 0: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "input")
			if err := os.WriteFile(file, tt.file, 0o600); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			status := run(t.Context(), []string{"extract", file}, streams{strings.NewReader(""), &stdout, &stderr})
			if status != tt.status || !strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("exit status %d, %q; want %d and %q", status, stderr.String(), tt.status, tt.stderr)
			}
			if got := strings.Count(stdout.String(), `"headline":"Pilots wait for calm"`); got != tt.articles {
				t.Errorf("%d articles, want %d\n%.2000s", got, tt.articles, stdout.String())
			}
			if tt.articles > 0 && !strings.Contains(stdout.String(), "the café pier") {
				t.Errorf("the text is garbled: %.2000s", stdout.String())
			}
		})
	}
}

// shortened returns a record whose Content-Length is 300 bytes too small.
func shortened(rec []byte) []byte {
	head, block, _ := bytes.Cut(rec, []byte("\r\n\r\n"))
	n := len(block) - 4 // the two line ends after it
	return append(bytes.Replace(head, fmt.Appendf(nil, "Content-Length: %d", n), fmt.Appendf(nil, "Content-Length: %d", n-300), 1),
		append([]byte("\r\n\r\n"), block...)...)
}

// bare returns a response record whose block is the page alone.
func bare(body []byte) []byte {
	return fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"+
		"WARC-Date: 2026-02-03T04:05:06Z\r\nWARC-Target-URI: https://harbourpost.example/bare\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(body), body)
}
