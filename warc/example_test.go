package warc_test

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"dateline"
	"dateline/warc"
)

// A captured exchange is written as a record of type response, and read back:
// the capture, the head and the payload are those that were written.
func Example() {
	const page = "<h1>Ferry sails again</h1>"
	c := dateline.Capture{
		URL: "https://tagblatt.example/ferry", Fetched: time.Date(2026, 2, 5, 7, 0, 0, 0, time.UTC),
		Status: 200, Type: dateline.TypeHTML,
	}
	c.Payload, c.Length, _ = dateline.Digest(strings.NewReader(page)) // a strings.Reader does not fail
	c.ID = dateline.NewCaptureID(c.URL, c.Fetched, c.Payload)

	var file bytes.Buffer
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
	if _, err := warc.NewWriter(&file).WriteRecord(warc.NewRecord(c, []byte(block), c.Fetched)); err != nil {
		panic(err)
	}

	for rec, err := range warc.NewReader(&file, warc.Options{}).Records() {
		if err != nil {
			panic(err)
		}
		m, err := warc.ParseMessage(rec.Block)
		if err != nil {
			panic(err)
		}
		fmt.Println(rec.Type(), rec.TargetURI(), rec.Date().Format(time.RFC3339))
		fmt.Println(m.Status, string(m.Payload))
		fmt.Println(rec.PayloadDigest() == c.Payload)
	}
	// Output:
	// response https://tagblatt.example/ferry 2026-02-05T07:00:00Z
	// 200 <h1>Ferry sails again</h1>
	// true
}

// A file that ends within a record: the record comes with what there is of it, and the error
// says where and what is wrong.
func ExampleReader_Records() {
	const file = "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:9f1f2a52-6a3c-4a53-9a0c-3d6a7f9f0b11>\r\n" +
		"WARC-Date: 2026-02-03T08:30:00Z\r\nWARC-Target-URI: https://post.example/ferry\r\nContent-Type: text/html\r\nContent-Length: 50\r\n\r\n" +
		"<p>Hi"
	for rec, err := range warc.NewReader(strings.NewReader(file), warc.Options{}).Records() {
		if rec != nil {
			fmt.Printf("%s of %s: %q\n", rec.Type(), rec.TargetURI(), rec.Block)
		}
		if err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// resource of https://post.example/ferry: "<p>Hi"
	// warc: record at byte 0: truncated record: 5 of 50 bytes
}

func ExampleParseMessage() {
	m, err := warc.ParseMessage([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Status, m.Header.Get("content-type"), string(m.Payload))
	// Output: 200 text/html; charset=utf-8 <p>Hi
}
