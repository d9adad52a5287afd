package warc

import (
	"bytes"
	"io"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// decode removes one content coding (RFC 9110, 8.4.1) from b. What is plainly
// not coded comes back as it is. On damage it returns what comes before; if
// that is nothing, b and an *absentError.
func decode(b []byte, coding string, most int64) ([]byte, error) {
	if len(b) == 0 || isText(b) {
		return b, nil
	}
	in := bytes.NewReader(b)
	var r io.Reader
	var err error
	switch coding {
	case "gzip", "x-gzip":
		r, err = gzip.NewReader(in)
	case "deflate": // zlib by the standard, bare deflate by many servers
		if r, err = zlib.NewReader(in); err != nil {
			in.Reset(b)
			r, err = flate.NewReader(in), nil
		}
	case "br":
		r = brotli.NewReader(in)
	case "zstd":
		var d *zstd.Decoder
		d, err = zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
			zstd.WithDecoderMaxWindow(uint64(min(max(most, 8<<20), 128<<20))))
		if err == nil {
			defer d.Close()
			r = d
		}
	default: // "identity", and what nobody can decode
		return b, nil
	}
	var out []byte
	if err == nil {
		out, err = readAll(r, most)
	}
	if err != nil && err != ErrTooLarge && len(out) == 0 {
		return b, &absentError{err}
	}
	return out, err
}

// An absentError says that bytes are not coded as declared, or are nothing
// but damage.
type absentError struct{ error }

// isMarkup reports whether b begins as a page does, in whatever charset.
func isMarkup(b []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(b, " \t\r\n"), []byte("<")) }

// isText reports whether b begins with readable text, which compressed data of
// that length never looks like.
func isText(b []byte) bool {
	const enough = 16
	if len(b) < enough {
		return false
	}
	b = b[:min(len(b), 512)]
	for len(b) > utf8.UTFMax || len(b) > 0 && utf8.FullRune(b) {
		c, n := utf8.DecodeRune(b)
		if c == utf8.RuneError && n == 1 || c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7f {
			return false
		}
		b = b[n:]
	}
	return true
}
