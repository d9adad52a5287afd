package robots

import (
	"strings"

	"dateline/extract/link"
)

// match reports whether a pattern matches a path from its beginning. "*"
// stands for any bytes, "$" at the end of a pattern for the end of the path
// (RFC 9309 section 2.2.3). Each star takes as little as it can, and never
// gives back what it has passed, so that the work is the product of the two
// lengths at most, whatever the number of stars.
func match(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	if len(parts) == 1 {
		return !anchored || path == ""
	}
	last := len(parts) - 1
	for _, part := range parts[1:last] {
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	if anchored {
		return strings.HasSuffix(path, parts[last])
	}
	return strings.Contains(path, parts[last])
}

// normal writes a pattern or a path in the one form in which they are
// compared byte by byte: all that is not ASCII and all that may not stand in an
// address encoded, encoded octets as [link.Octets] has them. An encoded slash, star
// or dollar stays encoded: it is a character of the path, not a mark (RFC 9309
// section 2.2.2, RFC 3986 section 6.2.2).
func normal(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return link.Octets(b.String())
}
