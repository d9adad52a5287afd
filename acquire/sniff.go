package acquire

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"dateline/warc"
)

// sniffLen is how many bytes of a file are looked at to tell what it is. A
// block of zstd may have to be whole before any of it can be read.
const sniffLen = 160 << 10

// A kind is what a file holds.
type kind int

const (
	kindOther kind = iota
	kindHTML
	kindWARC
	kindDump
	kindFeed  // told apart from HTML only to say so
	kindZip   // also WACZ
	kindMHTML // a page and its parts as a mail (RFC 2557)
	kindList  // of addresses
	kindJSON  // lines of JSON objects with an address
)

// A sniffed says what the first bytes of a file tell.
type sniffed struct {
	kind   kind
	packed string // compression around it: "", "gzip", "zstd", "brotli"
	head   []byte // the first bytes without that
}

// sniff tells what a file is by its first bytes.
func sniff(head []byte) sniffed {
	plain, compressed := warc.Detect(head)
	switch {
	case plain:
		return sniffed{kind: kindWARC}
	case compressed && head[0] == 0x1f:
		inside := begin(gunzip(bytes.NewReader(head)))
		return sniffed{kindOf(inside), "gzip", inside}
	case compressed:
		if isDictionary(head) { // what follows can be read only with it
			return sniffed{kind: kindWARC, packed: "zstd"}
		}
		inside := begin(unzstd(bytes.NewReader(head), 8<<20))
		return sniffed{kindOf(inside), "zstd", inside}
	}
	s := sniffed{kind: kindOf(head), head: head}
	if s.kind == kindOther && !isReadable(head) {
		// Brotli has no mark of its own: it is brotli if that makes sense.
		if inside := begin(brotli.NewReader(bytes.NewReader(head)), nil); kindOf(inside) != kindOther {
			return sniffed{kindOf(inside), "brotli", inside}
		}
	}
	return s
}

// begin reads the first bytes of r.
func begin(r io.Reader, err error) []byte {
	if err != nil {
		return nil
	}
	b := make([]byte, 16<<10)
	n, _ := io.ReadFull(r, b) // what can be read tells
	if c, ok := r.(*zstd.Decoder); ok {
		c.Close()
	}
	return b[:n]
}

func gunzip(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

func unzstd(r io.Reader, most int64) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(uint64(max(most, 8<<20))))
}

// isDictionary reports whether b begins with the skippable frame in which a
// .warc.zst file keeps its dictionary.
func isDictionary(b []byte) bool { return bytes.HasPrefix(b, []byte{0x5d, 0x2a, 0x4d, 0x18}) }

// open returns a reader of what is inside the compression.
func (s sniffed) open(in io.Reader, most int64) (r io.Reader, done func(), err error) {
	done = func() {}
	switch s.packed {
	case "gzip":
		r, err = gunzip(in)
	case "zstd":
		r, err = unzstd(in, most)
		if d, ok := r.(*zstd.Decoder); ok && err == nil {
			done = d.Close
		}
	case "brotli":
		r = brotli.NewReader(in)
	default:
		r = in
	}
	return r, done, err
}

// kindOf tells what b, which is not compressed, is the beginning of.
func kindOf(b []byte) kind {
	if bytes.HasPrefix(b, []byte("WARC/")) {
		return kindWARC
	}
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) || bytes.HasPrefix(b, []byte("PK\x05\x06")) {
		return kindZip
	}
	b = b[:min(len(b), 16<<10)]
	switch {
	case isMHTML(b):
		return kindMHTML
	case isJSONLines(b):
		return kindJSON
	case isAddressList(b):
		return kindList
	}
	if dumpLine.MatchString(firstLine(string(b))) {
		return kindDump
	}
	return markup(asASCII(b))
}

// asASCII returns b without byte order mark, and UTF-16 narrowed to one byte a
// character: enough to find tags.
func asASCII(b []byte) string {
	var order func([]byte) uint16
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return string(b[3:])
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		order = func(b []byte) uint16 { return uint16(b[0])<<8 | uint16(b[1]) }
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		order = func(b []byte) uint16 { return uint16(b[1])<<8 | uint16(b[0]) }
	case len(b) >= 4 && b[0] == 0 && b[1] == '<' && b[2] == 0:
		return asASCII(append([]byte("\xfe\xff"), b...))
	case len(b) >= 4 && b[0] == '<' && b[1] == 0 && b[3] == 0:
		return asASCII(append([]byte("\xff\xfe"), b...))
	default:
		return string(b)
	}
	var units []uint16
	for b = b[2:]; len(b) >= 2; b = b[2:] {
		units = append(units, order(b))
	}
	return string(utf16.Decode(units))
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimRight(line, "\r")
}

var (
	// Tags that a page can begin with. Comments and processing instructions
	// before them are passed over.
	prologue = regexp.MustCompile(`^(?s)(?:\s+|<!--.*?-->|<\?.*?>)*`)
	feedTag  = regexp.MustCompile(`^(?is)(?:<!doctype\s+(?:rss|svg|plist|wml)|<(?:rss|feed|rdf:rdf|svg|urlset|sitemapindex|opml|plist|soap:envelope)\b)`)
	pageTag  = regexp.MustCompile(`^(?is)<(?:!doctype\s+html|html|head|body|title|meta|link|base|script|style|div|span|p|h[1-6]|a|article|section|main|header|nav|table|ul|ol|br|b|i|em|strong|font|center|img|iframe|noscript|form|!--)\b`)
	anyTag   = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|title|article|div|p|h[1-6])[\s>/]`)
)

// markup tells HTML from other markup and from none. As in the WHATWG's MIME
// sniffing the first tag decides; text before it is forgiven if tags follow.
func markup(text string) kind {
	rest := text[len(prologue.FindString(text)):]
	switch {
	case feedTag.MatchString(rest):
		return kindFeed
	case pageTag.MatchString(rest), strings.HasPrefix(rest, "<!--"):
		return kindHTML
	case strings.HasPrefix(strings.TrimSpace(text), "{"), strings.HasPrefix(strings.TrimSpace(text), "["):
		return kindOther // JSON, which may well quote tags
	case strings.IndexByte(text, 0) < 0 && len(anyTag.FindAllStringIndex(text, 3)) == 3:
		return kindHTML
	}
	return kindOther
}

// isReadable reports whether b seems to be text.
func isReadable(b []byte) bool {
	return strings.HasPrefix(http.DetectContentType(b), "text/")
}

// describe says what was seen and what is accepted.
func (s sniffed) describe(head []byte) string {
	seen := http.DetectContentType(head)
	switch {
	case s.kind == kindFeed:
		seen = "XML of another kind, such as a feed"
	case s.packed != "":
		seen = s.packed + " data without a page in it"
	case strings.HasPrefix(seen, "text/plain"):
		if strings.Contains(seen, "utf-16") {
			seen = "UTF-16 "
		} else {
			seen = ""
		}
		seen += fmt.Sprintf("text that begins %.40q", firstLine(asASCII(head[:min(len(head), 200)])))
	case seen == "application/octet-stream":
		seen = fmt.Sprintf("data that begins % x", head[:min(len(head), 8)])
	}
	return "this is " + seen + "; accepted are HTML pages, MHTML, WARC files, WACZ and ZIP, flattened dumps, JSON lines with url and html, and lists of addresses, also compressed with gzip, zstd or brotli"
}

// isAsset reports whether a file found in a folder is what browsers save
// beside a page.
func isAsset(name string, head []byte) bool {
	base := filepath.Base(name)
	switch strings.ToLower(base) {
	case "lock", "thumbs.db", "desktop.ini":
		return true
	}
	if strings.HasPrefix(base, "~$") || bytes.HasPrefix(head, []byte("SQLite format 3\x00")) {
		return true // the lock of a document; the database of an archive
	}
	kinds := http.DetectContentType(head) + " " + mime.TypeByExtension(strings.ToLower(filepath.Ext(name)))
	for _, k := range []string{"image/", "audio/", "video/", "font/", "text/css", "javascript", "json", "application/wasm"} {
		if strings.Contains(kinds, k) {
			return true
		}
	}
	return false
}
