package cite

import (
	"crypto/sha256"
	"encoding/base64"

	"strings"
	"unicode"
	"unicode/utf8"

	"dateline"
	"dateline/query"
)

// A Quote says where one part of the words stands in the text, in two ways:
// by what stands there and around it, and by counting characters (Unicode code
// points, from 0, half open).
type Quote struct {
	Exact  string `json:"exact"`            // the words
	Prefix string `json:"prefix,omitempty"` // what stands before them
	Suffix string `json:"suffix,omitempty"` // what stands behind them
	Start  int    `json:"start"`            // characters before the words
	End    int    `json:"end"`              // characters up to their end

	span dateline.Span // in bytes
}

// context is the number of characters around the words that are quoted, too.
const context = 32

func newQuote(text string, sp dateline.Span) Quote {
	start := utf8.RuneCountInString(text[:sp.Start])
	return Quote{
		Exact:  text[sp.Start:sp.End],
		Prefix: before(text[:sp.Start], context),
		Suffix: after(text[sp.End:], context),
		Start:  start,
		End:    start + utf8.RuneCountInString(text[sp.Start:sp.End]),
		span:   sp,
	}
}

// before returns the last n characters of s, at most from the beginning of the
// block: a page has something else between blocks.
func before(s string, n int) string {
	s = s[strings.LastIndex(s, "\n")+1:]
	i := len(s)
	for ; n > 0 && i > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// after returns the first n characters of s, at most to the end of the block.
func after(s string, n int) string {
	s, _, _ = strings.Cut(s, "\n")
	i := 0
	for ; n > 0 && i < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i]
}

// name returns the name of a text by what it says: the URI of RFC 6920 of its
// bytes in UTF-8.
func name(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(sum[:])
}

// Longer words are found by their ends, of so many words each.
const (
	exactMost = 160 // characters
	endWords  = 5
)

// highlight returns the address with a text fragment for each quote, at which
// browsers scroll to the words and mark them; "" if it is no address.
func highlight(address, text string, quotes []Quote) string {
	address = webAddress(address)
	if address == "" || len(quotes) == 0 {
		return ""
	}
	sep := "#:~:"
	if strings.Contains(address, "#") {
		sep = ":~:"
	}
	parts := make([]string, len(quotes))
	for i, q := range quotes {
		parts[i] = "text=" + directive(text, q)
	}
	return address + sep + strings.Join(parts, "&")
}

// directive writes a quote as a text directive: prefix-,start,end,-suffix.
func directive(text string, q Quote) string {
	s := ""
	if strings.Count(text, q.Exact) > 1 {
		if p := lastWords(q.Prefix, 3); p != "" {
			s = escape(p) + "-,"
		}
	}
	if utf8.RuneCountInString(q.Exact) <= exactMost && !strings.Contains(q.Exact, "\n") {
		return s + escape(q.Exact)
	}
	block, _, _ := strings.Cut(q.Exact, "\n")
	last := q.Exact[strings.LastIndex(q.Exact, "\n")+1:]
	return s + escape(firstWords(block, endWords)) + "," + escape(lastWords(last, endWords))
}

// firstWords returns the first n words of s, as they stand there.
func firstWords(s string, n int) string {
	s = strings.TrimSpace(s)
	for i, r := range s {
		if unicode.IsSpace(r) {
			if n--; n == 0 {
				return s[:i]
			}
		}
	}
	return s
}

// lastWords returns the last n words of s, as they stand there.
func lastWords(s string, n int) string {
	s = strings.TrimSpace(s)
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if unicode.IsSpace(r) {
			if n--; n == 0 {
				return s[i+size:]
			}
		}
	}
	return s
}

// escape writes s for a text directive, to which "-", "," and "&" mean
// something.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(s) {
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '~' {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
	}
	return b.String()
}

// plain returns the small letters and digits of ASCII that s has, without the
// marks on them.
func plain(s string) string {
	var b strings.Builder
	for _, r := range query.Fold(s) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}
