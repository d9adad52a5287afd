package warc

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrNoHTTP reports a block that should hold an HTTP message and does not.
var ErrNoHTTP = errors.New("no HTTP header")

// A Message is an HTTP response as it stands in a block (RFC 9112).
type Message struct {
	Status int    // 0 if the block has no HTTP header
	Header Header // the fields of the HTTP header, in their order
	// Payload is the body without its transfer coding; content codings are
	// still on it. It is what WARC-Payload-Digest is computed from.
	Payload []byte
	// Truncated says that the body is shorter than its Content-Length or
	// chunks announce.
	Truncated bool
}

// ParseMessage reads the HTTP response that block holds. A block that begins
// otherwise is a message without Status and Header, all of it Payload, and the
// error is [ErrNoHTTP]; there are no other errors. Payload shares memory with
// block unless chunks had to be joined.
func ParseMessage(block []byte) (*Message, error) {
	head, body, ok := cutHead(block)
	status := 0
	if ok {
		status, ok = parseStatus(head)
	}
	if !ok {
		return &Message{Payload: block}, ErrNoHTTP
	}
	_, fields, _ := strings.Cut(string(head), "\n")
	h, _ := parseFields(fields) // a line that is no field says nothing
	m := &Message{Status: status, Header: h, Payload: body}
	if isChunked(h) {
		m.Payload, m.Truncated = unchunk(body)
	} else if n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64); err == nil && status != 304 {
		m.Truncated = int64(len(body)) < n
	}
	return m, nil
}

// cutHead cuts a message at the blank line after its header. A header without
// that line ends with the block.
func cutHead(b []byte) (head, body []byte, ok bool) {
	if !bytes.HasPrefix(b, []byte("HTTP/")) && !bytes.HasPrefix(b, []byte("ICY ")) {
		return nil, b, false
	}
	n := headerLen(b[:min(len(b), maxHeader)], 0)
	if n < 0 {
		if len(b) > maxHeader || bytes.ContainsRune(b, '<') {
			return nil, b, false
		}
		n = len(b)
	}
	return b[:n], b[n:], true
}

// parseStatus reads a status line: HTTP/1.1 200 OK.
func parseStatus(head []byte) (status int, ok bool) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	f := bytes.Fields(line)
	if len(f) < 2 || len(f[1]) != 3 {
		return 0, false
	}
	status, err := strconv.Atoi(string(f[1]))
	return status, err == nil && status >= 100
}

func isChunked(h Header) bool {
	for _, v := range h.Values("Transfer-Encoding") {
		if strings.Contains(strings.ToLower(v), "chunked") {
			return true
		}
	}
	return false
}

// unchunk joins the chunks of a body (RFC 9112, 7.1). A body that does not
// begin with a chunk is given back as it is: many archives store the joined
// body under the header of the chunked one. At a broken chunk it stops.
func unchunk(b []byte) (joined []byte, truncated bool) {
	whole := b
	for first := true; ; first = false {
		size, rest, ok := chunkSize(b)
		if !ok {
			if first {
				return whole, false
			}
			return joined, true
		}
		if size == 0 {
			return joined, false
		}
		if first {
			joined = make([]byte, 0, len(whole))
		}
		if size > int64(len(rest)) {
			return append(joined, rest...), true
		}
		joined = append(joined, rest[:size]...)
		b = rest[size:]
		b = bytes.TrimPrefix(b, []byte("\r"))
		b = bytes.TrimPrefix(b, []byte("\n"))
	}
}

// chunkSize reads the line before a chunk: hex digits, then perhaps an extension.
func chunkSize(b []byte) (size int64, rest []byte, ok bool) {
	line, _, ok := bytes.Cut(b[:min(len(b), 4096)], []byte("\n"))
	if !ok {
		return 0, nil, false
	}
	rest = b[len(line)+1:]
	digits, _, _ := bytes.Cut(line, []byte(";"))
	size, err := strconv.ParseInt(string(bytes.TrimSpace(digits)), 16, 64)
	return size, rest, err == nil && size >= 0 && size < math.MaxInt32
}

// ContentType returns the media type in lower case and the charset of the
// Content-Type field; "" for what it does not tell.
func (m *Message) ContentType() (mediaType, charset string) {
	return ParseContentType(m.Header.Get("Content-Type"))
}

// ParseContentType reads "text/html; charset=utf-8", and what servers make of
// it. What it returns holds no control characters.
func ParseContentType(s string) (mediaType, charset string) {
	mediaType, params, _ := strings.Cut(withoutControls(s), ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	if strings.ContainsAny(mediaType, " ,") {
		mediaType = mediaType[:strings.IndexAny(mediaType, " ,")]
	}
	for p := range strings.SplitSeq(params, ";") {
		name, value, ok := strings.Cut(p, "=")
		if ok && strings.EqualFold(strings.TrimSpace(name), "charset") {
			return mediaType, strings.ToLower(strings.Trim(strings.TrimSpace(value), `"' `))
		}
	}
	return mediaType, ""
}

// Content returns the payload without its content codings: what the page's
// author wrote. It takes at most max bytes; more is [ErrTooLarge]. A coding
// that is declared but not there is ignored where a page or text stands in its
// place. If a coding is damaged, Content returns what comes before the damage,
// and an error.
func (m *Message) Content(max int64) ([]byte, error) {
	b := m.Payload
	var codings []string
	for _, v := range m.Header.Values("Content-Encoding") {
		for c := range strings.SplitSeq(v, ",") {
			codings = append(codings, strings.ToLower(strings.TrimSpace(c)))
		}
	}
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%d content codings", len(codings))
	}
	var damage error
	var absent *absentError
	for i := len(codings) - 1; i >= 0; i-- { // the last was applied last (RFC 9110, 8.4)
		var err error
		b, err = decode(b, codings[i], max)
		if errors.Is(err, ErrTooLarge) {
			return nil, err
		}
		if errors.As(err, &absent) {
			continue
		}
		if damage == nil && err != nil {
			damage = fmt.Errorf("content coding %s: %w", codings[i], err)
		}
	}
	if absent != nil && !isText(b) && !isMarkup(b) {
		return nil, fmt.Errorf("content coding: %w", absent.error)
	}
	if int64(len(b)) > max {
		return nil, ErrTooLarge
	}
	return b, damage
}

// maxCodings is how many content codings may lie on one payload.
const maxCodings = 8
