package acquire_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dateline/acquire"
	"dateline/warc"
)

// An mhtml is a page as browsers save it, coded as the parts say.
func mhtml(coding, body string) string {
	return strings.ReplaceAll(`From: <Saved by Blink>
Snapshot-Content-Location: https://one.example/story
Subject: Ferry strike ends
Date: Tue, 3 Nov 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----cut"

------cut
Content-Type: text/html; charset=windows-1252
Content-ID: <frame>
Content-Transfer-Encoding: `+coding+`
Content-Location: https://one.example/story

`+body+`
------cut
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://one.example/a.png

iVBORw0KGgo=
------cut--
`, "\n", "\r\n")
}

// first returns the one page of an input.
func first(t *testing.T, input string, o acquire.Options) acquire.Page {
	t.Helper()
	var found []acquire.Page
	for p, err := range acquire.Open(t.Context(), input, o) {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, p)
	}
	if len(found) != 1 {
		t.Fatalf("%s: %d pages, want one", input, len(found))
	}
	return found[0]
}

func TestMHTML(t *testing.T) {
	for _, c := range []struct{ coding, body string }{
		{"quoted-printable", "<html><body><p>Die F=E4hre wartet am =\nKai.</p></body></html>"},
		{"base64", "PGh0bWw+PGJvZHk+PHA+RGllIEbkaHJlIHdhcnRldCBhbSBL\nYWkuPC9wPjwvYm9keT48L2h0bWw+"},
		{"8bit", "<html><body><p>Die F\xe4hre wartet am Kai.</p></body></html>"},
	} {
		p := first(t, "-", acquire.Options{Stdin: strings.NewReader(mhtml(c.coding, c.body))})
		at := time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)
		if p.Capture.URL != "https://one.example/story" || !p.Capture.Fetched.Equal(at) || p.Capture.Charset != "windows-1252" || string(p.Body) != "<html><body><p>Die F\xe4hre wartet am Kai.</p></body></html>" {
			t.Errorf("%s: %+v %q", c.coding, p.Capture, p.Body)
		}
	}
	for _, test := range []struct{ text, want string }{
		{"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", "MHTML: its header names no boundary of its parts"},
		{"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\ny\r\n--x--\r\n", "MHTML: none of its parts is a page"},
		{mhtml("base64", strings.Repeat("PHA+", 50_000)), "larger than the limit of 100000 bytes"},
	} {
		got := pages("-", acquire.Options{Stdin: strings.NewReader(test.text), MaxBytes: 100_000})
		if len(got) != 1 || !strings.Contains(got[0], test.want) {
			t.Errorf("%.60q: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestSingleFile(t *testing.T) {
	p := first(t, "-", acquire.Options{Stdin: strings.NewReader(`<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://one.example/story?id=4
 saved date: Tue Nov 03 2026 10:00:00 GMT+0100 (Central European Standard Time)
--><meta charset=utf-8><p>Ships leave again.`)})
	if p.Capture.URL != "https://one.example/story?id=4" || !p.Capture.Fetched.Equal(time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("capture %+v, want address and time of the comment", p.Capture)
	}
}

// A page without an address is the same capture each time, and the record made of it can
// be read again.
func TestNameless(t *testing.T) {
	p := first(t, "-", acquire.Options{Stdin: strings.NewReader(page)})
	again := first(t, "-", acquire.Options{Stdin: strings.NewReader(page)})
	if p.Capture.ID != again.Capture.ID || !ownUUID.MatchString(p.Capture.URL) {
		t.Errorf("captures %+v, %+v, want one", p.Capture, again.Capture)
	}
	var file bytes.Buffer
	if _, err := warc.NewWriter(&file).WriteRecord(warc.NewRecord(p.Capture, p.Block, time.Now())); err != nil {
		t.Fatal(err)
	}
	read := first(t, "-", acquire.Options{Stdin: &file})
	if read.Capture.URL != p.Capture.URL || string(read.Body) != page {
		t.Errorf("read again: %+v", read.Capture)
	}
}

// zipped makes a ZIP file of names and contents in turn.
func zipped(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestZIP(t *testing.T) {
	file := filepath.Join(t.TempDir(), "saved.zip")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var w bytes.Buffer
	rec := warc.NewResource("https://one.example/kept", "kept", "text/html", []byte(page), time.Unix(0, 0))
	if _, err := warc.NewWriter(&w).WriteRecord(rec); err != nil {
		t.Fatal(err)
	}
	pack := fmt.Sprintf(`{"profile":"data-package","wacz_version":"1.1.1","resources":[{"path":"archive/a.warc.gz","hash":"sha256:%x"}]}`, sha256.Sum256(w.Bytes()))
	const kept = "resource https://one.example/kept text/html 121"
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"pages and what belongs to them", zipped(t, "a/page.html", page, "a/style.css", "p{}", ".DS_Store", "x", "a/list.txt", "https://one.example/never\n", "b.html.gz", gz(page)),
			[]string{"resource file://" + file + "/a/page.html text/html 121", "error " + file + "/a/list.txt: byte 0: this is text that begins \"https://one.example/never\"; accepted are", "resource file://" + file + "/b.html.gz text/html 121"}},
		{"WACZ", zipped(t, "archive/a.warc.gz", w.String(), "pages/pages.jsonl", "{}", "datapackage.json", pack), []string{kept}},
		{"WACZ of other bytes", zipped(t, "archive/a.warc.gz", w.String()+w.String(), "datapackage.json", pack),
			[]string{kept, kept, "error " + file + "/archive/a.warc.gz: its digest is sha256:"}},
		{"ZIP in ZIP", zipped(t, "in.zip", zipped(t, "a.html", page)), []string{"error " + file + "/in.zip: byte 0: it is a ZIP file within a ZIP file, which is not opened"}},
		{"bomb", zipped(t, "a.html", page+strings.Repeat(" ", 100<<20), "b.html", page), []string{"error " + file + "/a.html: byte 100000: larger than the limit of 100000 bytes", "resource file://" + file + "/b.html text/html 121"}},
		{"no ZIP", "PK\x03\x04 but no more", []string{"error " + file + ": ZIP: zip: not a valid zip file"}},
	} {
		write(c.text)
		got := pages(file, acquire.Options{MaxBytes: 100_000})
		if len(got) != len(c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
			continue
		}
		for i := range got {
			if !strings.HasPrefix(got[i], c.want[i]) {
				t.Errorf("%s: %q, want %q", c.name, got[i], c.want[i])
			}
		}
		if c.name == "WACZ" {
			compare(t, "WACZ from standard input", pages("-", acquire.Options{Stdin: strings.NewReader(c.text)}), c.want)
		}
	}
}

func TestJSONLines(t *testing.T) {
	text := `{"url":"https://one.example/a","html":"<p>Ships leave.</p>","fetched":"2026-11-03T10:00:00+01:00"}
{"html":"<p>No address.</p>"}

{"url":"https://one.example/b","headline":"A record","text":"Ships leave."}
{"url":"https://one.example/c","html":"x","fetched":"yesterday"}
{"url":
`
	got := pages("-", acquire.Options{Stdin: strings.NewReader(text)})
	for i, want := range []string{
		"resource https://one.example/a text/html 19",
		"resource urn:uuid:",
		"error -: byte 130: the object has no html",
		`error -: byte 206: fetched: "yesterday" is no time of RFC 3339`,
		"error -: byte 271: JSON: unexpected end of JSON input",
	} {
		if i >= len(got) || !strings.HasPrefix(got[i], want) {
			t.Errorf("%d: %q, want %q", i, got, want)
		}
	}
}

// Files that systems and programs put into folders are no failures.
func TestFolderFurniture(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"lock": "", ".DS_Store": "\x00\x00\x00\x01Bud1", "Thumbs.db": "\xd0\xcf\x11\xe0", "desktop.ini": "[.ShellClassInfo]", "page.html": page,
		"archive.db": "SQLite format 3\x00", "~$notes.docx": "x",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	compare(t, "folder", pages(dir, acquire.Options{}), []string{"resource file://" + dir + "/page.html text/html 121"})
}
