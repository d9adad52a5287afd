package dom

import (
	"bytes"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode returns the page as UTF-8. The byte order mark decides, then the
// charset that the HTTP header declares ("" if it is silent), then the page's
// own declaration, then what the bytes look like. Bytes that are valid UTF-8
// with characters beyond ASCII are UTF-8 whatever is declared. What cannot be
// decoded becomes U+FFFD. The string of a page in UTF-8 is the page's own memory:
// it holds as long as the page is not changed.
func Decode(page []byte, header string) string {
	if len(page) > MaxPage {
		page = page[:MaxPage]
	}
	if enc, skip := marked(page); enc != nil {
		return decodeWith(page[skip:], enc)
	} else if skip > 0 {
		page = page[skip:]
		return strings.ToValidUTF8(unsafe.String(unsafe.SliceData(page), len(page)), "\uFFFD")
	}
	if enc := wide(page); enc != nil {
		return decodeWith(page, enc)
	}
	valid := utf8.Valid(page)
	if valid && bytes.IndexByte(page, 0x1b) < 0 && !bytes.Contains(page, []byte("~{")) {
		return unsafe.String(unsafe.SliceData(page), len(page)) // without what a charset that looks like ASCII has
	}
	head := page[:min(len(page), 4096)]
	declared := header
	if enc, _ := charset.Lookup(declared); enc == nil {
		declared = metaCharset(head)
	}
	enc, name := charset.Lookup(declared)
	if name == "iso-2022-jp" || name == "hz-gb-2312" { // look like ASCII
		return decodeWith(page, enc)
	}
	if valid {
		return unsafe.String(unsafe.SliceData(page), len(page))
	}
	switch ok, beyond := looksUTF8(page); {
	case ok, beyond && (enc == nil || name == "utf-8"):
		return strings.ToValidUTF8(string(page), "\uFFFD")
	}
	if enc == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		enc, _ = charset.Lookup("windows-1252") // what the web takes for granted
	}
	return decodeWith(page, enc)
}

// marked returns the encoding that the byte order mark of a page names, nil for UTF-8, and
// the bytes of the mark, 0 if there is none.
func marked(page []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(page, []byte{0xef, 0xbb, 0xbf}):
		return nil, 3
	case bytes.HasPrefix(page, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(page, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(page, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// wide returns the encoding of a page in UTF-16 without a byte order mark, which is known
// by the zero bytes beside its ASCII characters; nil for any other page.
func wide(page []byte) encoding.Encoding {
	head := page[:min(len(page)&^1, 512)]
	if len(head) < 8 {
		return nil
	}
	even, odd := 0, 0
	for i := 0; i < len(head); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	pairs := len(head) / 2
	switch {
	case odd > pairs*3/5 && even < pairs/10:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case even > pairs*3/5 && odd < pairs/10:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// looksUTF8 reports whether a page is UTF-8 with nearly no error (a page cut
// within a character, a comment in another charset), and whether it has any
// valid character beyond ASCII.
func looksUTF8(page []byte) (ok, beyond bool) {
	good, bad := 0, 0
	for i := 0; i < len(page); {
		if page[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(page[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 20*bad, good > bad
}

// metaCharset returns the charset that a <meta> or an XML declaration in head
// names, or "".
func metaCharset(head []byte) string {
	for {
		i := bytes.Index(head, []byte("charset"))
		if j := bytes.Index(head, []byte("CHARSET")); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if j := bytes.Index(head, []byte("encoding=")); j >= 0 && (i < 0 || j < i) && bytes.HasPrefix(head, []byte("<?xml")) {
			i = j + 1 // "encoding" is one longer than "charset"
		}
		if i < 0 {
			return ""
		}
		head = head[i+len("charset"):]
		rest := bytes.TrimLeft(head, " \t\r\n")
		if len(rest) == 0 || rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
		n := 0
		for n < len(rest) && n < 40 && rest[n] > ' ' && !bytes.ContainsRune([]byte(`"';>/?`), rune(rest[n])) {
			n++
		}
		if enc, _ := charset.Lookup(string(rest[:n])); enc != nil {
			return string(rest[:n])
		}
	}
}

func decodeWith(page []byte, enc encoding.Encoding) string {
	out, err := enc.NewDecoder().Bytes(page)
	if err != nil && len(out) == 0 {
		return strings.ToValidUTF8(string(page), "\uFFFD")
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}
