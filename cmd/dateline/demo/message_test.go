package demo_test

import (
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dateline/warc"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/text/encoding/htmlindex"
)

// load reads a file of the folder pages as it was received: a response as the
// server would have sent it at that time, a dump as it stands.
func load(file string, at time.Time) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join("pages", file))
	if err != nil || filepath.Ext(file) != ".http" {
		return text, err
	}
	block, err := send(string(text), at)
	if err != nil {
		return nil, fmt.Errorf("pages/%s: %w", file, err)
	}
	return block, nil
}

// send gives a response written as plain text its Date, and the line ends, the
// charset and the codings that its header promises.
func send(text string, at time.Time) ([]byte, error) {
	head, body, _ := strings.Cut(text, "\n\n")
	head += "\nDate: " + at.Format(http.TimeFormat)
	if _, charset := warc.ParseContentType(field(head, "Content-Type")); charset != "" {
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, fmt.Errorf("charset %s: %w", charset, err)
		}
		if body, err = e.NewEncoder().String(body); err != nil {
			return nil, fmt.Errorf("charset %s: %w", charset, err)
		}
	}
	if field(head, "Content-Encoding") == "gzip" {
		var err error
		if body, err = gzipped(body); err != nil {
			return nil, err
		}
	}
	if field(head, "Transfer-Encoding") == "chunked" {
		body = chunked(body)
	} else {
		head += fmt.Sprintf("\nContent-Length: %d", len(body))
	}
	return []byte(strings.ReplaceAll(head, "\n", "\r\n") + "\r\n\r\n" + body), nil
}

// field returns the value of a header field, "" if there is none.
func field(head, name string) string {
	for line := range strings.Lines(head) {
		if k, v, ok := strings.Cut(line, ":"); ok && textproto.CanonicalMIMEHeaderKey(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return ""
}

func gzipped(body string) (string, error) {
	var b strings.Builder
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, body); err != nil {
		return "", err
	}
	err := w.Close()
	return b.String(), err
}

// chunked cuts body in chunks (RFC 9112, 7.1).
func chunked(body string) string {
	const size = 2048
	var b strings.Builder
	for chunk := range slices.Chunk([]byte(body), size) {
		fmt.Fprintf(&b, "%x\r\n%s\r\n", len(chunk), chunk)
	}
	return b.String() + "0\r\n\r\n"
}
