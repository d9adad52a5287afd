package feed

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// MaxBytes is how much of an input is read once it is unpacked: what
// sitemaps.org allows a sitemap, and some more.
const MaxBytes = 64 << 20

// declaration is an XML declaration that names an encoding. It is looked for
// near the beginning, since white space and warnings of programs stand before it.
var declaration = regexp.MustCompile(`<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decode returns the text of an input in UTF-8, and what was wrong with its
// coding. A byte order mark tells the charset, then the Content-Type, then
// the XML declaration (RFC 7303 section 3.2), else it is UTF-8. A claim that
// the bytes contradict is false: bytes that are valid UTF-8 and hold letters
// outside ASCII are UTF-8, and others are what the claim says, or the charset
// of western Windows.
func decode(in Input) (string, flaws) {
	var f flaws
	body := unpack(in.Body, &f)
	if e, n := byMark(body); e != nil {
		return utf8Of(body[n:], e, &f), f
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if e := unmarked(body); e != nil {
		return utf8Of(body, e, &f), f
	}
	claim := claimed(in.Type, body)
	e, name := charset.Lookup(claim)
	isUTF8 := utf8.Valid(body)
	switch {
	case isUTF8 && (name == "utf-8" || isASCII(body)):
		return string(body), f
	case isUTF8:
		f.add(Encoding)
		return string(body), f
	case e == nil || name == "utf-8":
		f.add(Encoding)
		if mostlyUTF8(body) {
			return strings.ToValidUTF8(string(body), "\ufffd"), f
		}
		e = charmap.Windows1252
	}
	return utf8Of(body, e, &f), f
}

// unpack takes off gzip that no header announced.
func unpack(body []byte, f *flaws) []byte {
	for range 2 { // a gzip file sent with the coding gzip, by a proxy that took off neither
		if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
			break
		}
		r, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			f.add(Truncated)
			return nil
		}
		plain, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) {
			f.add(Truncated)
		}
		body = plain
	}
	if len(body) > MaxBytes {
		f.add(TooLarge)
		body = body[:MaxBytes]
	}
	return body
}

// byMark returns the charset that a byte order mark of UTF-16 tells and the
// length of the mark.
func byMark(body []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// unmarked tells UTF-16 without a mark by its first tag (XML 1.0 appendix F).
func unmarked(body []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(body, []byte{'<', 0, '?', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(body, []byte{0, '<', 0, '?'}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// claimed is the charset that the header or the XML declaration names.
func claimed(contentType string, body []byte) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	if m := declaration.FindSubmatch(body[:min(len(body), 4096)]); m != nil {
		return string(m[1])
	}
	return "utf-8"
}

func utf8Of(body []byte, e encoding.Encoding, f *flaws) string {
	text, err := e.NewDecoder().Bytes(body)
	if err != nil {
		f.add(Encoding)
	}
	return string(text)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// mostlyUTF8 reports whether nine of ten sequences outside ASCII are UTF-8,
// as in a feed that pasted one item from elsewhere.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good >= 9*bad
}
