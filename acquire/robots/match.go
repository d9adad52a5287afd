package robots

import "strings"

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

// unreserved are the characters that mean the same encoded and not (RFC 3986
// section 2.3).
const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

// normal writes a pattern or a path in the one form in which they are
// compared byte by byte: unreserved characters decoded, all that is not ASCII
// and all that may not stand in an address encoded, hex digits in upper case.
// An encoded slash, star or dollar stays encoded: it is a character of the
// path, not a mark (RFC 9309 section 2.2.2, RFC 3986 section 6.2.2).
func normal(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if hi, lo := nibble(s[i+1]), nibble(s[i+2]); hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				i += 2
				if strings.IndexByte(unreserved, c) >= 0 {
					b.WriteByte(c)
				} else {
					b.Write([]byte{'%', hex[c>>4], hex[c&15]})
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// nibble is the value of a hex digit, -1 if it is none.
func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
