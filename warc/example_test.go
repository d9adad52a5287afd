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
