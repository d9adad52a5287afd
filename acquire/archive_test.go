package acquire_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"dateline"
	"dateline/acquire"
	"dateline/warc"
)

func record(kind, uri, fields, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Date: 2026-11-23T22:53:00Z\r\nWARC-Target-URI: %s\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, uri, fields, len(block), block)
}

func response(uri, body string) string {
	return record("response", uri, "", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"+body)
}

func exchange(uri, status, fields, body string) string {
	return record("response", uri, "", "HTTP/1.1 "+status+"\r\n"+fields+"\r\n"+body)
}

func warcFile(records ...string) string { return strings.Join(records, "") }

func TestRecords(t *testing.T) {
	const u = "https://one.example/"
	html := "Content-Type: text/html; charset=UTF-8\r\n"
	digest := "sha256:" + strings.Repeat("0", 64)
	cases := []struct {
		name, data string
		want       []string // none: passed over
	}{
		{"response", exchange(u+"#top", "200 OK", html, page), []string{"response https://one.example/ text/html 121 utf-8 200"}},
		{"gzip", exchange(u, "200 OK", html+"Content-Encoding: gzip\r\n", gz(page)), []string{"response https://one.example/ text/html 121 utf-8 200"}},
		{"brotli", exchange(u, "200 OK", html+"Content-Encoding: br\r\n", br(page)), []string{"response https://one.example/ text/html 121 utf-8 200"}},
		{"zstd", exchange(u, "200 OK", html+"Content-Encoding: zstd\r\n", zst(page)), []string{"response https://one.example/ text/html 121 utf-8 200"}},
		{"a coding that is not there", exchange(u, "200 OK", html+"Content-Encoding: gzip\r\n", page), []string{"response https://one.example/ text/html 121 utf-8 200"}},
		{"chunks", exchange(u, "200 OK", html+"Transfer-Encoding: chunked\r\n", "79\r\n"+page+"\r\n0\r\n\r\n"), []string{"response https://one.example/ text/html 121 utf-8 200"}},
		{"not found", exchange(u, "404 Not Found", html, page), []string{"response https://one.example/ text/html 121 utf-8 404"}},
		{"broken server", exchange(u, "500 Oops", html, page), []string{"response https://one.example/ text/html 121 utf-8 500"}},
		{"moved", exchange(u, "301 Moved", html+"Location: /x\r\n", page), nil},
		{"no content", exchange(u, "204 No Content", html, ""), nil},
		{"image", exchange(u, "200 OK", "Content-Type: image/png\r\n", "\x89PNG"), nil},
		{"style", exchange(u, "200 OK", "Content-Type: text/css\r\n", "p {}"), nil},
		{"no type, HTML", exchange(u, "200 OK", "", page), []string{"response https://one.example/ text/html 121 200"}},
		{"no type, no HTML", exchange(u, "200 OK", "", "hello"), nil},
		{"text that is HTML", exchange(u, "200 OK", "Content-Type: text/plain\r\n", page), []string{"response https://one.example/ text/html 121 200"}},
		{"text", exchange(u, "200 OK", "Content-Type: text/plain\r\n", "User-agent: *"), nil},
		{"octets that are HTML in gzip", exchange(u, "200 OK", "Content-Type: application/octet-stream\r\nContent-Encoding: gzip\r\n", gz(page)), []string{"response https://one.example/ text/html 121 200"}},
		{"XHTML", exchange(u, "200 OK", "Content-Type: application/xhtml+xml\r\n", page), []string{"response https://one.example/ application/xhtml+xml 121 200"}},
		{"XML that is no page", exchange(u, "200 OK", "Content-Type: text/xml\r\n", "<rss/>"), nil},
		{"empty page", exchange(u, "200 OK", html, ""), []string{"response https://one.example/ text/html 0 utf-8 200"}},
		{"cut page", exchange(u, "200 OK", html+"Content-Length: 9999\r\n", page), []string{"response https://one.example/ text/html 121 utf-8 truncated 200"}},
		{"cut gzip", exchange(u, "200 OK", html+"Content-Encoding: gzip\r\n", stored(page)[:100]), []string{"response https://one.example/ text/html 85 utf-8 truncated 200"}},
		{"WARC-Truncated", record("response", u, "WARC-Truncated: length\r\n", "HTTP/1.1 200 OK\r\n\r\n"+page), []string{"response https://one.example/ text/html 121 truncated 200"}},
		{"bomb in gzip", exchange(u, "200 OK", html+"Content-Encoding: gzip\r\n", gz(strings.Repeat("\x00", 1<<21))), []string{"error -: byte 0: larger than the limit of 1000000 bytes"}},
		{"response without HTTP header", record("response", u, "", page), []string{"resource https://one.example/ text/html 121"}},
		{"response without address", record("response", "", "", "HTTP/1.1 200 OK\r\n\r\n"+page), []string{"error -: byte 0: no WARC-Target-URI"}},
		{"name service", record("response", "dns:one.example", "Content-Type: text/dns\r\n", "one.example. A 192.0.2.1"), nil},
		{"request", record("request", u, "", "GET / HTTP/1.1\r\n\r\n"), nil},
		{"metadata", record("metadata", u, "", "via: <html>"), nil},
		{"warcinfo", record("warcinfo", "", "", "software: x"), nil},
		{"resource", record("resource", "file:///page.html", "Content-Type: text/html\r\n", page), []string{"resource file:///page.html text/html 121"}},
		{"resource in angle brackets", record("resource", "<file:///page.html>", "", page), []string{"resource file:///page.html text/html 121"}},
		{"resource that is a dump", record("resource", u, "Content-Type: text/x-dump\r\n", dump("2026-11-20", u, "x")), []string{"resource https://one.example/ text/x-dump 42"}},
		{"resource that is an image", record("resource", u, "Content-Type: image/png\r\n", "\x89PNG"), nil},
		{"conversion", record("conversion", u, "Content-Type: text/html\r\n", page), []string{"resource https://one.example/ text/html 121"}},
		{"revisit", record("revisit", u, "WARC-Payload-Digest: "+digest+"\r\n", "HTTP/1.1 200 OK\r\n"+html+"\r\n"), []string{"revisit https://one.example/ text/html 0 utf-8 200"}},
		{"revisit of an image", record("revisit", u, "", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"), nil},
		{"revisit without a block", record("revisit", u, "", ""), []string{"revisit https://one.example/  0"}},
		{"unknown type", record("hologram", u, "", page), []string{`error -: byte 0: unknown record type "hologram"`}},
		{"film over the limit", exchange(u, "200 OK", "Content-Type: video/mp4\r\n", strings.Repeat("x", 1_000_000)), nil},
		{"page over the limit", exchange(u, "200 OK", html, strings.Repeat("x", 1_000_000)), []string{"error -: byte 0: larger than the limit"}},
		{"wrong Content-Length", strings.Replace(exchange(u, "200 OK", html, page), "Length: 180", "Length: 150", 1),
			[]string{"response https://one.example/ text/html 121 utf-8 200", "error -: byte 0: wrong Content-Length: it says 150, the block has 180 bytes"}},
	}
	for _, c := range cases {
		for _, form := range []string{"plain", "gzip"} {
			// A good record behind each shows that reading goes on.
			data := c.data
			more := response("https://two.example/", page)
			at := len(data)
			data += more
			if form == "gzip" {
				data = gz(c.data, more)
				at = len(gz(c.data))
			}
			var counts acquire.Counts
			got := pages("-", acquire.Options{Stdin: strings.NewReader(data), MaxBytes: 1_000_000, Counts: &counts})
			compare(t, c.name+", "+form, got, append(append([]string{}, c.want...), fmt.Sprintf("response https://two.example/ text/html 121 200 at %d", at)))
			if passed := counts.Passed.Load() == 1; passed != (c.want == nil) {
				t.Errorf("%s: %d records passed over, wanted pages %q", c.name, counts.Passed.Load(), c.want)
			}
		}
	}
}

// A page archived and read again is the same capture.
func TestArchivedPagesComeBack(t *testing.T) {
	at := time.Date(2026, 11, 23, 22, 53, 0, 0, time.UTC)
	inputs := []string{page, dump("2026-11-20", "https://one.example/a", "Ferry"), response("https://one.example/", page)}
	for _, in := range inputs {
		first := only(t, in)
		var b strings.Builder
		if _, err := warc.NewWriter(&b).WriteRecord(warc.NewRecord(first.Capture, first.Block, at)); err != nil {
			t.Fatal(err)
		}
		if first.Capture.URL == "" {
			continue // standard input has no address; the archive gives it one
		}
		again := only(t, b.String())
		if !reflect.DeepEqual(again.Capture, first.Capture) || again.Record != first.Record || string(again.Block) != string(first.Block) || string(again.Body) != string(first.Body) {
			t.Errorf("archived %+v, read again %+v", first.Capture, again.Capture)
		}
	}
}

func TestRevisitRefers(t *testing.T) {
	earlier := dateline.Capture{URL: "https://one.example/", Fetched: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Status: 200, Type: "text/html"}
	earlier.Payload, earlier.Length, _ = dateline.Digest(strings.NewReader(page))
	c := earlier
	c.URL, c.Fetched = "https://two.example/", c.Fetched.Add(time.Hour)
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)
	var b strings.Builder
	if _, err := warc.NewWriter(&b).WriteRecord(warc.NewRevisit(c, earlier, []byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), time.Time{})); err != nil {
		t.Fatal(err)
	}
	p := only(t, b.String())
	want := acquire.Reference{Payload: earlier.Payload, URL: earlier.URL, Fetched: earlier.Fetched}
	if p.Refers != want || p.Record != "revisit" || p.Capture.ID != c.ID || p.Capture.Payload != c.Payload {
		t.Errorf("revisit %+v refers to %+v, want %+v with ID %s", p.Capture, p.Refers, want, c.ID)
	}
}

func only(t *testing.T, input string) acquire.Page {
	t.Helper()
	var all []acquire.Page
	for p, err := range acquire.Open(t.Context(), "-", acquire.Options{Stdin: strings.NewReader(input)}) {
		if err != nil {
			t.Fatalf("%.60q: %v", input, err)
		}
		all = append(all, p)
	}
	if len(all) != 1 {
		t.Fatalf("%.60q holds %d pages, want 1", input, len(all))
	}
	p := all[0]
	p.Input = ""
	return p
}

// What the header of an answer states of the page's use is part of its capture, and what
// robots.txt states comes back from the record that was made of it.
func TestUses(t *testing.T) {
	text := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Robots-Tag: noai, max-snippet:-1, follow\r\nX-Robots-Tag: somebot: noindex\r\n" +
		"Content-Usage: train-ai=n;exp=1, search=y\r\nTDM-Reservation: 1\r\nTDM-Policy: https://one.example/tdm.json\r\nTDM-Reservation: maybe\r\n\r\n" + page
	rec := warc.NewRecord(dateline.Capture{URL: "https://one.example/", Status: 200, Fetched: time.Unix(1_700_000_000, 0)}, []byte(text), time.Now())
	read := func(rec *warc.Record) acquire.Page {
		var b strings.Builder
		if _, err := warc.NewWriter(&b).WriteRecord(rec); err != nil {
			t.Fatal(err)
		}
		return only(t, b.String())
	}
	rec.Header.Set("WARC-Payload-Digest", "")
	p := read(rec)
	p.StateUses(map[string][]string{"content-signal": {"search=yes, ai-train=no"}, "content-usage": {"/news/ train-ai=n"}, "disallow": {"/"}})
	var got []string
	for _, u := range read(warc.NewRecord(p.Capture, p.Block, time.Now())).Capture.Uses {
		got = append(got, u.From+" "+u.Says)
	}
	want := []string{"header:x-robots-tag noai", "header:content-usage train-ai=n", "header:content-usage search=y", "header:tdm-reservation tdm-reservation=1",
		"header:tdm-policy tdm-policy=https://one.example/tdm.json", "robots.txt:content-signal search=yes", "robots.txt:content-signal ai-train=no", "robots.txt:content-usage train-ai=n"}
	compare(t, "uses", got, want)
}
