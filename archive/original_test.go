package archive_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dateline/archive"
)

// A record of a WARC file is evidence as it came: its ID, its digests, fields that
// nobody knows, folded lines and all. It is found in the archive byte for byte,
// whatever the file was compressed with, also where another one holds the same payload.
func TestRecordsOfWARCFilesAreKept(t *testing.T) {
	record := func(kind, id, hour, fields, block string) string {
		return fmt.Sprintf("WARC/1.0\r\nwarc-type: %s\r\nX-Crawler:  a name \r\n\tthat goes on\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 2026-11-23T%s:53:00Z\r\n"+
			"WARC-Target-URI: <https://post.example/ferry>\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, id, hour, fields, len(block), block)
	}
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
	page := head + fmt.Sprintf(harbourPage, 1)
	first := record("response", "11111111-0000-4000-8000-000000000000", "01", "", page)
	same := record("response", "22222222-0000-4000-8000-000000000000", "02", "", page)
	again := record("revisit", "33333333-0000-4000-8000-000000000000", "03", "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\n"+
		"WARC-Refers-To-Target-URI: https://post.example/ferry\r\nWARC-Refers-To-Date: 2026-11-23T01:53:00Z\r\n", head)
	lying := record("response", "44444444-0000-4000-8000-000000000000", "04", "WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n", page+"<p>More.</p>")
	request := record("request", "55555555-0000-4000-8000-000000000000", "01", "WARC-Concurrent-To: <urn:uuid:11111111-0000-4000-8000-000000000000>\r\n", "GET /ferry HTTP/1.1\r\nHost: post.example\r\n\r\n")
	about := record("metadata", "66666666-0000-4000-8000-000000000000", "01", "WARC-Refers-To: <urn:uuid:11111111-0000-4000-8000-000000000000>\r\n", "fetchTimeMs: 12\r\n")
	records := []string{request, first, about, same, again}

	members := func(named bool, records ...string) string {
		var b bytes.Buffer
		for _, r := range records {
			z := gzip.NewWriter(&b)
			if named {
				z.Name, z.Comment, z.Extra = "crawl", "of the harbour", []byte("xx\x02\x00yz")
			}
			if _, err := io.WriteString(z, r); err != nil {
				t.Fatal(err)
			}
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
		}
		return b.String()
	}
	all := append(records, lying)
	for name, input := range map[string]string{
		"plain":              strings.Join(all, ""),
		"a member a record":  members(false, all...),
		"members with names": members(true, all...),
		"one member":         members(false, strings.Join(all, "")),
	} {
		dir := t.TempDir()
		a := openArchive(t, dir)
		n, bad := addText(t, a, input)
		if n.Pages != 4 || n.Revisits != 1 || bad != nil {
			t.Errorf("%s: added %+v, %v; want 4 pages, one of them a revisit", name, n, bad)
		}
		for f, err := range a.Verify(t.Context(), archive.VerifyOptions{}) {
			t.Errorf("%s: verify: %+v, %v", name, f, err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		stored := inflatedWARC(t, dir)
		for _, r := range records {
			if !strings.Contains(stored, r) {
				t.Errorf("%s: the archive does not hold the record\n%s", name, r)
			}
		}
		if strings.Contains(stored, "AAAAAAAAAAAA") || !strings.Contains(stored, "<p>More.</p>") {
			t.Errorf("%s: the record with a digest that is not its own is kept as it came, or its page is lost", name)
		}
		// The WARC files alone are enough to have the captures again.
		for _, db := range []string{"archive.db", "index.db"} {
			if err := os.Remove(filepath.Join(dir, db)); err != nil {
				t.Fatal(err)
			}
		}
		a = openArchive(t, dir)
		if n, bad := addText(t, a, input); n.Left != 4 || n.Known != 4 || n.Pages != 0 || bad != nil {
			t.Errorf("%s: added again: %+v, %v; want 4 captures taken from the WARC files, and all known", name, n, bad)
		}
		art, err := a.Find(t.Context(), "https://post.example/ferry")
		if err != nil {
			t.Fatal(err)
		}
		versions, err := a.Versions(t.Context(), art.ID)
		if err != nil || len(versions) != 4 {
			t.Fatalf("%s: %d captures, %v; want 4", name, len(versions), err)
		}
		for _, v := range versions {
			c, err := a.Capture(t.Context(), v.Capture)
			if err != nil {
				t.Fatal(err)
			}
			if rec, err := a.Record(t.Context(), c); err != nil || !bytes.HasPrefix(rec.Payload, []byte("<")) {
				t.Errorf("%s: record of %s: %q, %v", name, c.Fetched, rec.Payload, err)
			}
		}
	}
}

// inflatedWARC returns what the WARC files of an archive hold.
func inflatedWARC(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "warc", "*.warc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	var text []byte
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, b...)
	}
	return string(text)
}
