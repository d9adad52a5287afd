package export

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// SURT returns the key under which a web archive looks an address up: its Sort-friendly
// URI Reordering Transform, "org,example)/path?query", in the form of the Internet
// Archive's canonicalizer, which pywb and other readers of CDX files share (Heritrix
// glossary, "SURT"; the rules are those of the Python package surt 0.3). It has no
// scheme, no "www.", no fragment, no session and no upper case, and the arguments of the
// query stand in order. An address that is none of http or https stays as it is, but for white space and
// control characters, which end a key in an index: they are percent-encoded.
func SURT(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if scheme = strings.ToLower(scheme); !ok || scheme != "http" && scheme != "https" {
		return withoutSpace(address)
	}
	rest, _, _ = strings.Cut(rest, "#")
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	host, rest := rest[:end], rest[end:]
	path, query, _ := strings.Cut(rest, "?")
	key := hostKey(scheme, host) + ")" + pathKey(path)
	if query = queryKey(query); query != "" {
		key += "?" + query
	}
	return withoutSpace(key)
}

// withoutSpace percent-encodes spaces and ASCII control characters.
func withoutSpace(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r == 0x7f }) < 0 {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] <= ' ' || s[i] == 0x7f {
			fmt.Fprintf(&b, "%%%02x", s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

var wwwDigits = regexp.MustCompile(`^www\d*\.`)

// hostKey returns the labels of a host, the last one first, and its port if that is not
// the scheme's own.
func hostKey(scheme, host string) string {
	host = host[strings.LastIndexByte(host, '@')+1:]
	port := ""
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		host, port = host[:i], host[i+1:]
	}
	if scheme == "http" && port == "80" || scheme == "https" && port == "443" {
		port = ""
	}
	host = string(unescaped(host))
	if ascii, err := idna.ToASCII(host); err == nil {
		host = ascii
	}
	host = strings.Trim(strings.ReplaceAll(strings.ToLower(host), "..", "."), ".")
	host = wwwDigits.ReplaceAllString(host, "")
	labels := strings.Split(host, ".")
	slices.Reverse(labels)
	key := strings.Join(labels, ",")
	if port != "" {
		key += ":" + port
	}
	return key
}

var pathSessions = []*regexp.Regexp{
	regexp.MustCompile(`^(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)/)([^?]+\.aspx.*)$`),
	regexp.MustCompile(`^(.*/)(?:\([0-9a-z]{24}\)/)([^?]+\.aspx.*)$`),
}

// pathKey returns a path without dot segments, doubled slashes and the one at its end.
func pathKey(path string) string {
	var kept []string
	for i, segment := range strings.Split(string(unescaped(path)), "/") {
		switch {
		case i == 0 || segment == ".":
		case segment == ".." && len(kept) > 0:
			kept = kept[:len(kept)-1]
		default:
			kept = append(kept, segment)
		}
	}
	kept = slices.DeleteFunc(kept, func(s string) bool { return s == "" })
	path = strings.ToLower(escaped("/" + strings.Join(kept, "/")))
	for _, session := range pathSessions {
		path = session.ReplaceAllString(path, "$1$2")
	}
	return path
}

var querySessions = []*regexp.Regexp{
	regexp.MustCompile(`(?i)^(.*)(?:jsessionid=[0-9a-z]{32})(?:&(.*))?$`),
	regexp.MustCompile(`(?i)^(.*)(?:phpsessid=[0-9a-z]{32})(?:&(.*))?$`),
	regexp.MustCompile(`(?i)^(.*)(?:sid=[0-9a-z]{32})(?:&(.*))?$`),
	regexp.MustCompile(`(?i)^(.*)(?:aspsessionid[a-z]{8}=[a-z]{24})(?:&(.*))?$`),
	regexp.MustCompile(`(?i)^(.*)(?:cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$`),
}

// queryKey returns the arguments of a query in order, without those that name a session.
func queryKey(query string) string {
	query = escaped(string(unescaped(query)))
	for _, session := range querySessions {
		query = session.ReplaceAllString(query, "$1$2")
	}
	if query = strings.ToLower(query); len(query) < 2 {
		return query
	}
	arguments := strings.Split(query, "&")
	slices.SortStableFunc(arguments, func(a, b string) int {
		nameA, valueA, hasA := strings.Cut(a, "=")
		nameB, valueB, hasB := strings.Cut(b, "=")
		switch c := strings.Compare(nameA, nameB); {
		case c != 0:
			return c
		case hasA != hasB && hasA:
			return 1
		case hasA != hasB:
			return -1
		}
		return strings.Compare(valueA, valueB)
	})
	return strings.Join(arguments, "&")
}

// mostDecodings bounds how often an address is decoded, so that one made of "%2525…"
// takes no time of the square of its length.
const mostDecodings = 16

// unescaped decodes percent-encoding until there is none left.
func unescaped(s string) []byte {
	b := []byte(s)
	for range mostDecodings {
		plain := decodePercent(b)
		if len(plain) == len(b) {
			break
		}
		b = plain
	}
	return b
}

// decodePercent decodes what is percent-encoded, and leaves a sign that begins nothing.
func decodePercent(b []byte) []byte {
	if !bytes.ContainsRune(b, '%') {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] == '%' && i+2 < len(b) {
			if c, err := url.PathUnescape(string(b[i : i+3])); err == nil {
				out = append(out, c...)
				i += 2
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

// escaped encodes what is no printable character of ASCII, and "#" and "%".
func escaped(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f && c != '#' && c != '%' {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}
