package warc_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"

	"dateline/warc"
)

const page = "<!DOCTYPE html><title>Ferry strike ends</title><p>Ships leave the harbour again."

func TestParseMessage(t *testing.T) {
	cases := []struct {
		name, block, want string // status, type, charset, payload
	}{
		{"whole", "HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"UTF-8\"\r\n\r\nbody", "200 text/html utf-8 body"},
		{"bare line feeds", "HTTP/1.0 404 Not Found\nContent-Type: text/html\n\nbody", "404 text/html  body"},
		{"no reason", "HTTP/2 200\r\n\r\nbody", "200   body"},
		{"folded field", "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=latin1\r\n\r\nbody", "200 text/html latin1 body"},
		{"line that is no field", "HTTP/1.1 200 OK\r\noops\r\nContent-Type: text/html\r\n\r\nbody", "200 text/html  body"},
		{"two types", "HTTP/1.1 200 OK\r\nContent-Type: text/html, text/html\r\n\r\nbody", "200 text/html  body"},
		{"header only", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n", "304   "},
		{"short", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody", "200   body truncated"},
		{"long", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nbody", "200   body"},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", "200   Wikipedia"},
		{"chunked, not really", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n<html", "200   <html"},
		{"chunked, cut in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n50\r\npedia", "200   Wikipedia truncated"},
		{"chunked, cut between", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n", "200   Wiki truncated"},
		{"chunked, broken size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nzz\r\npedia", "200   Wiki truncated"},
		{"chunked, huge size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nffffffffffff\r\npedia", "200   Wiki truncated"},
		{"chunked, negative size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n-4\r\npedia", "200   Wiki truncated"},
		{"no header", "<p>body", "0   <p>body no HTTP header"},
		{"no status", "HTTP/1.1 OK\r\n\r\nbody", "0   HTTP/1.1 OK\r\n\r\nbody no HTTP header"},
		{"empty", "", "0    no HTTP header"},
	}
	for _, c := range cases {
		m, err := warc.ParseMessage([]byte(c.block))
		mediaType, charset := m.ContentType()
		got := fmt.Sprintf("%d %s %s %s", m.Status, mediaType, charset, m.Payload)
		if m.Truncated {
			got += " truncated"
		}
		if err != nil {
			got += " " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s: ParseMessage(%q) = %q, want %q", c.name, c.block, got, c.want)
		}
	}
}

func deflated(s string) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 6)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func zlibbed(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func brotlied(s string) string {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestContent(t *testing.T) {
	z := func(s string) string { return string(zst(t, nil, s)) }
	g := func(s string) string { return string(gz(s)) }
	cases := []struct {
		name, encoding, payload, want string
	}{
		{"none", "", page, page},
		{"identity", "identity", page, page},
		{"unknown", "snake-oil", page, page},
		{"gzip", "gzip", g(page), page},
		{"gzip, two members", "x-gzip", g(page) + g("more"), page + "more"},
		{"zlib", "deflate", zlibbed(page), page},
		{"bare deflate", "deflate", deflated(page), page},
		{"brotli", "br", brotlied(page), page},
		{"zstd", "zstd", z(page), page},
		{"in a row", "gzip, br", brotlied(g(page)), page},
		{"in a row of three", "deflate,zstd , GZIP", g(z(zlibbed(page))), page},
		{"a lie", "gzip", page, page},
		{"a lie", "br", page, page},
		{"a lie", "deflate", page, page},
		{"a lie", "zstd", page, page},
		{"a short lie", "gzip", "<p>", "<p>"},
		{"half a lie", "gzip, br", g(page), page},
		{"a lie in an old charset", "br", "<title>F\xe4hre</title>", "<title>F\xe4hre</title>"},
		{"noise", "br", strings.Repeat("\xff", 40), "nothing"},
		{"noise", "deflate", strings.Repeat("\xff", 40), "nothing"},
		{"empty", "gzip", "", ""},
		{"cut", "gzip", g(strings.Repeat(page, 9))[:60], "error"},
		{"noise behind", "gzip", g(page) + "noise", "error"},
		{"bomb", "gzip", g(strings.Repeat("\x00", 1<<21)), "too large"},
		{"bomb", "br", brotlied(strings.Repeat("\x00", 1<<21)), "too large"},
		{"bomb", "zstd", z(strings.Repeat("\x00", 1<<21)), "too large"},
		{"bomb in a bomb", "gzip, gzip", g(g(strings.Repeat("\x00", 1<<21))), "too large"},
		{"too many", strings.Repeat("gzip,", 20), g(page), "many"},
	}
	for _, c := range cases {
		m := &warc.Message{Payload: []byte(c.payload), Header: warc.Header{{Name: "Content-Encoding", Value: c.encoding}}}
		got, err := m.Content(1 << 20)
		switch c.want {
		case "error":
			if err == nil || len(got) == 0 || !strings.HasPrefix(page, string(got[:min(len(got), len(page))])) {
				t.Errorf("%s: %s of %q: got %q, %v, want the beginning and an error", c.name, c.encoding, c.payload, got, err)
			}
		case "nothing":
			if err == nil || got != nil {
				t.Errorf("%s: %s of %q: got %q, %v, want an error alone", c.name, c.encoding, c.payload, got, err)
			}
		case "too large", "many":
			if got != nil || err == nil || errors.Is(err, warc.ErrTooLarge) != (c.want == "too large") {
				t.Errorf("%s: %s of %d bytes: got %d bytes, %v, want nothing: %s", c.name, c.encoding, len(c.payload), len(got), err, c.want)
			}
		default:
			if string(got) != c.want || err != nil {
				t.Errorf("%s: %s of %q: got %q, %v, want %q", c.name, c.encoding, c.payload, got, err, c.want)
			}
		}
	}
}
