package acquire_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dateline/acquire"
)

const page = "<!DOCTYPE html>\n<html><head><title>Ferry strike ends</title></head><body><p>Ships leave the harbour again.</body></html>\n"

func gz(parts ...string) string {
	var b bytes.Buffer
	for _, p := range parts {
		w := gzip.NewWriter(&b)
		io.WriteString(w, p)
		w.Close()
	}
	return b.String()
}

// stored is s in gzip without compression: where it is cut, is where it ends.
func stored(s string) string {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.NoCompression)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func zst(parts ...string) string {
	w, _ := zstd.NewWriter(nil)
	var b []byte
	for _, p := range parts {
		b = w.EncodeAll([]byte(p), b)
	}
	return string(b)
}

func br(s string) string {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// utf16Text is s in UTF-16 with a byte order mark.
func utf16Text(s string, high, low int) string {
	b := make([]byte, 2)
	b[high], b[low] = 0xfe, 0xff
	for _, u := range utf16.Encode([]rune(s)) {
		pair := make([]byte, 2)
		pair[high], pair[low] = byte(u>>8), byte(u)
		b = append(b, pair...)
	}
	return string(b)
}

func dump(day, url, text string) string { return " date " + day + " " + url + "\n\n" + text + "\n\n" }

// pages returns what Open says of an input, a line a page or error.
func pages(input string, o acquire.Options) []string {
	got := []string{}
	for p, err := range acquire.Open(context.Background(), input, o) {
		if err != nil {
			got = append(got, "error "+err.Error())
			continue
		}
		c := p.Capture
		line := fmt.Sprintf("%s %s %s %d", p.Record, c.URL, c.Type, len(p.Body))
		for _, note := range []string{c.Final, c.Charset, c.Err} {
			if note != "" {
				line += " " + note
			}
		}
		if c.Status != 0 {
			line += fmt.Sprint(" ", c.Status)
		}
		if p.Offset != 0 {
			line += fmt.Sprint(" at ", p.Offset)
		}
		got = append(got, line)
	}
	return got
}

func compare(t *testing.T, name string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %s\nwant %s", name, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// What is in a file, its content tells; the name is the same for all.
func TestKindsOfFile(t *testing.T) {
	one := dump("2026-11-20", "https://one.example/a#top", "Ferry strike ends\n\nShips leave the harbour again.")
	two := dump("2026-11-21", "https://one.example/b", "Ferry strike begins")[1:] // without the leading space
	html := []string{"resource URL text/html 121"}
	dumps := []string{"resource https://one.example/a text/x-dump 95", "resource https://one.example/b text/x-dump 60 at 95"}
	warcPage := []string{"response https://one.example/ text/html 121 200"}
	const seen = "error FILE: byte 0: this is %s; accepted are HTML pages, MHTML, WARC files, WACZ and ZIP, flattened dumps, JSON lines with url and html, and lists of addresses, also compressed with gzip, zstd or brotli"
	other := func(what string) []string { return []string{fmt.Sprintf(seen, what)} }
	cases := []struct {
		name, data string
		want       []string
	}{
		{"HTML", page, html},
		{"HTML in gzip", gz(page), html},
		{"HTML in two gzip members", gz(page[:50], page[50:]), html},
		{"HTML in zstd", zst(page), html},
		{"HTML in brotli", br(page), html},
		{"HTML with a mark", "\xef\xbb\xbf" + page, []string{"resource URL text/html 124"}},
		{"HTML in UTF-16, big end first", utf16Text(page, 0, 1), []string{"resource URL text/html 244"}},
		{"HTML in UTF-16, little end first", utf16Text(page, 1, 0), []string{"resource URL text/html 244"}},
		{"HTML in UTF-16 without a mark", utf16Text(page, 1, 0)[2:], []string{"resource URL text/html 242"}},
		{"HTML fragment", "\n\n<p>Ships leave", []string{"resource URL text/html 16"}},
		{"HTML after a comment", "<!-- made by hand -->\n<html>", []string{"resource URL text/html 28"}},
		{"HTML after text", "Oops <html><body><p>x", []string{"resource URL text/html 21"}},
		{"XHTML", "<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html/>", []string{"resource URL text/html 45"}},
		{"HTML that a browser saved", "<!-- saved from url=(0021)https://one.example/a#b -->\n" + page, []string{"resource https://one.example/a text/html 175"}},
		{"dumps", one + two, dumps},
		{"dumps in gzip", gz(one + two), dumps},
		{"dumps in zstd", zst(one + two), dumps},
		{"dumps in brotli", br(one + two), dumps},
		{"dump with CRLF", " date 2026-11-20 https://one.example/a\r\n\r\nFerry\r\n", []string{"resource https://one.example/a text/x-dump 49"}},
		{"dump that is only a line", " date 2026-11-20 https://one.example/a", []string{"resource https://one.example/a text/x-dump 38"}},
		{"dump with a line like the first", one + " date 2026-11-20 no address\n", []string{"resource https://one.example/a text/x-dump 123"}},
		{"WARC", warcFile(response("https://one.example/", page)), warcPage},
		{"WARC in gzip", gz(warcFile(response("https://one.example/", page))), warcPage},
		{"WARC in zstd", zst(warcFile(response("https://one.example/", page))), warcPage},
		{"empty", "", []string{"error FILE: empty"}},
		{"empty in gzip", gz(""), other("gzip data without a page in it")},
		{"text", "Dear reader,\n", other(`text that begins "Dear reader,"`)},
		{"text that mentions a tag", "1 <p 2", other(`text that begins "1 <p 2"`)},
		{"JSON that quotes HTML", `{"html":"<html><body><p>x</p><div>"}`, other(`text that begins "{\"html\":\"<html><body><p>x</p><div>\"}"`)},
		{"feed", "<?xml version=\"1.0\"?><rss version=\"2.0\">", other("XML of another kind, such as a feed")},
		{"PNG", "\x89PNG\x0d\x0a\x1a\x0a", other("image/png")},
		{"PDF", "%PDF-1.7", other("application/pdf")},
		{"bytes", "\x00\x01\x02\x03", other("data that begins 00 01 02 03")},
		{"gzip, cut", stored(page)[:100], []string{"resource URL text/html 85 truncated", "error FILE: byte 100: truncated"}},
		{"gzip, damaged", stored(page)[:100] + "????????????????????", []string{"resource URL text/html 105 truncated", "error FILE: byte 120: truncated"}},
		{"dumps in gzip, cut in a first line", stored(one + two)[:138], []string{"resource https://one.example/a text/x-dump 123 truncated", "error FILE: byte 138: truncated"}},
		{"HTML in gzip, noise behind", stored(page) + "noise behind", []string{"resource URL text/html 121 gzip: invalid header", "error FILE: byte 158: gzip: invalid header"}},
		{"dump in UTF-16", utf16Text(one, 0, 1), other(`UTF-16 text that begins " date 2026-11-20 https://one.example/a#t"`)},
		{"dumps in gzip, cut", stored(one + two)[:160], []string{"resource https://one.example/a text/x-dump 95", "resource https://one.example/b text/x-dump 50 truncated at 95", "error FILE: byte 160: truncated"}},
		{"over the limit", page + strings.Repeat("x", 100_000), []string{"error FILE: byte 100000: larger than the limit of 100000 bytes"}},
		{"bomb", gz(page + strings.Repeat("\x00", 1<<22)), []string{"error FILE: byte 0: larger than the limit of 100000 bytes"}},
		{"dump over the limit", one + dump("2026-11-20", "https://one.example/long", strings.Repeat("x", 100_000)) + two,
			[]string{dumps[0], "error FILE: byte 95: larger than the limit of 100000 bytes", "resource https://one.example/b text/x-dump 60 at 100140"}},
		{"dump that is a bomb", gz(one + strings.Repeat("\x00", 1<<24)), []string{"error FILE: byte 0: larger than the limit of 100000 bytes"}},
	}
	file := filepath.Join(t.TempDir(), "input.dat")
	for _, c := range cases {
		if err := os.WriteFile(file, []byte(c.data), 0o644); err != nil {
			t.Fatal(err)
		}
		want := func(url, name string) []string {
			var lines []string
			for _, line := range c.want {
				lines = append(lines, strings.NewReplacer("resource URL", "resource "+url, "FILE", name).Replace(line))
			}
			return lines
		}
		o := acquire.Options{MaxBytes: 100_000}
		compare(t, c.name, pages(file, o), want("file://"+file, file))
		o.Stdin = strings.NewReader(c.data)
		got := pages("-", o)
		for i := range got {
			got[i] = ownUUID.ReplaceAllString(got[i], "UUID")
		}
		compare(t, c.name+", from standard input", got, want("UUID", "-"))
	}
}

// ownUUID is the address of a page that tells none.
var ownUUID = regexp.MustCompile(`urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)

func TestDumpBlocksAreExact(t *testing.T) {
	text := dump("2026-11-20", "https://one.example/a", "Ferry") + "date 2026-11-21 https://one.example/b\r\n\r\n" + strings.Repeat("long ", 50_000) +
		"\n date 2026-11-22 https://one.example/c"
	var joined string
	for p, err := range acquire.Open(context.Background(), "-", acquire.Options{Stdin: strings.NewReader(text)}) {
		if err != nil {
			t.Fatal(err)
		}
		if int(p.Offset) != len(joined) || !bytes.Equal(p.Block, p.Body) {
			t.Errorf("dump of %s at %d, want %d", p.Capture.URL, p.Offset, len(joined))
		}
		joined += string(p.Block)
	}
	if joined != text {
		t.Errorf("blocks joined have %d bytes, the input %d", len(joined), len(text))
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, data string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("b/page.html", page)
	write("b/page_files/style.css", "p { color: red }")
	write("b/page_files/photo", "\x89PNG\x0d\x0a\x1a\x0a")
	write("a.txt", dump("2026-11-20", "https://one.example/a", "Ferry"))
	write("c.warc", warcFile(response("https://one.example/", page)))
	write("d.txt", "Dear reader")
	write("e", "")
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "c.warc"), filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	var counts acquire.Counts
	var read, total int64
	o := acquire.Options{Counts: &counts, Progress: func(r, of int64) { read, total = r, of }}
	want := []string{
		"resource https://one.example/a text/x-dump 47",
		"resource file://" + dir + "/b/page.html text/html 121",
		"response https://one.example/ text/html 121 200",
		"error " + dir + `/d.txt: byte 0: this is text that begins "Dear reader"; accepted are HTML pages, MHTML, WARC files, WACZ and ZIP, flattened dumps, JSON lines with url and html, and lists of addresses, also compressed with gzip, zstd or brotli`,
		"error " + dir + "/e: empty",
	}
	compare(t, "folder", pages(dir, o), want)
	if counts.Pages.Load() != 3 || counts.Passed.Load() != 2 || read != total || total != acquire.Size(dir) || total == 0 {
		t.Errorf("counted %d pages, %d passed over, %d of %d bytes; want 3, 2, all of %d", counts.Pages.Load(), counts.Passed.Load(), read, total, acquire.Size(dir))
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if got := pages(link, acquire.Options{}); len(got) != len(want) {
		t.Errorf("link to the folder: %q, want %d lines", got, len(want))
	}
}

func TestMissingInputs(t *testing.T) {
	dir := t.TempDir()
	for input, want := range map[string]string{
		dir + "/missing.html":     "error " + dir + "/missing.html: no such file or directory",
		"ftp://one.example/a":     "error ftp://one.example/a: only http and https addresses can be fetched",
		"file://" + dir + "/gone": "error " + dir + "/gone: no such file or directory",
		"http:///path":            "error http:///path: address without a host",
		"http://a b/":             `error http://a b/: invalid character " " in host name`,
	} {
		compare(t, input, pages(input, acquire.Options{}), []string{want})
	}
}

func TestOpenStops(t *testing.T) {
	stream := strings.Repeat(dump("2026-11-20", "https://one.example/a", "Ferry"), 100)
	n := 0
	for range acquire.Open(context.Background(), "-", acquire.Options{Stdin: strings.NewReader(stream)}) {
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	n = 0
	for _, err := range acquire.Open(ctx, "-", acquire.Options{Stdin: strings.NewReader(stream)}) {
		n++
		if last = err; n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("cancelled after 3 pages: %d turns, last error %v; want 4 and context.Canceled", n, last)
	}
	var input *acquire.InputError
	if errors.As(last, &input) {
		t.Errorf("cancelled: %v is an InputError, want none", last)
	}
}
