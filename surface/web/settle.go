package web

import (
	"bytes"
	"fmt"
	"html"
	"unicode"
	"unicode/utf8"
)

const (
	// mostWord is the number of characters of a word after which a browser is allowed
	// to break the line.
	mostWord = 100
	// mostOfWord is the number of characters of a word that a page shows. Chromium
	// takes seconds for a word of a million characters, even if it may break the line.
	mostOfWord = 100_000
)

// settle returns a page in which no text, whatever captured pages hold, harms what
// stands around it. A text is what stands between two tags. Very long words, which no
// language has, get places to break the line, and are cut at mostOfWord characters,
// which the page says. Characters that turn the direction of writing (Unicode UAX #9,
// 2.1 to 2.5) take effect only up to the end of their text. What a reader copies from
// the page is as before, except for such characters at the ends of texts and for the
// words that were cut.
func settle(page []byte) []byte {
	body := bytes.Index(page, []byte("<body"))
	if body < 0 {
		return page
	}
	var b settler
	b.page, b.from = page, body
	for at := body; at < len(page); {
		at = b.tag(at)
		end := len(page)
		if i := bytes.IndexByte(page[at:], '<'); i >= 0 {
			end = at + i
		}
		b.text(at, end)
		at = end
	}
	if b.out.Len() == 0 {
		return page
	}
	out := make([]byte, 0, body+b.out.Len()+len(page)-b.from)
	out = append(out, page[:body]...)
	out = append(out, b.out.Bytes()...)
	return append(out, page[b.from:]...)
}

// A settler copies a page and inserts into its texts what settle needs there.
type settler struct {
	page []byte
	from int // the page before this place has been copied
	out  bytes.Buffer
}

// put inserts more before byte at of the page.
func (b *settler) put(at int, more string) {
	b.out.Write(b.page[b.from:at])
	b.out.WriteString(more)
	b.from = at
}

// tag returns the byte after the tag that begins at byte at. It looks for the next
// ">", which is enough, since html/template closes every tag and escapes ">" in
// values.
func (b *settler) tag(at int) int {
	if i := bytes.IndexByte(b.page[at:], '>'); i >= 0 {
		return at + i + 1
	}
	return len(b.page)
}

// text inserts what is needed into the text from byte at up to but not including end.
func (b *settler) text(at, end int) {
	word := 0 // characters since the last space
	turns := bytes.Contains(b.page[at:end], []byte("\u202a")[:2]) || bytes.Contains(b.page[at:end], []byte("\u2066")[:2])
	var t turning
	if turns {
		t = turned(b.page[at:end])
		for range t.stray {
			b.put(at, "\u2068")
		}
	}
	for i := at; i < end; {
		r, n := utf8.DecodeRune(b.page[i:end])
		if r == '&' {
			if semicolon := bytes.IndexByte(b.page[i:min(end, i+longestReference)], ';'); semicolon > 0 {
				n = semicolon + 1
			}
		}
		switch {
		case unicode.IsSpace(r):
			word = 0
		case unicode.Is(unicode.M, r): // a part of the letter before
		case word == mostOfWord:
			n = b.cut(i, end)
		default:
			if word > 0 && word%mostWord == 0 {
				b.put(i, "<wbr>")
			}
			word++
		}
		i += n
	}
	if turns {
		for i := len(t.open) - 1; i >= 0; i-- {
			b.put(end, t.open[i])
		}
	}
}

// cut leaves out the rest of a word from byte at on, says so in the page, and returns
// how many bytes were left out.
func (b *settler) cut(at, end int) int {
	n := bytes.IndexFunc(b.page[at:end], unicode.IsSpace)
	if n < 0 {
		n = end - at
	}
	b.put(at, fmt.Sprintf("… (this word goes on for %s)", counted(len(html.UnescapeString(string(b.page[at:at+n]))), "byte", "bytes")))
	b.from += n
	return n
}

// longestReference is the length of the longest reference that html/template
// writes ("&#65533;").
const longestReference = 8

// turning is what has to be added to a text so that its direction ends with it.
type turning struct {
	stray int      // how many isolates are ended that were never begun
	open  []string // the characters that end what was begun and not ended, the outermost first
}

// The characters that end an embedding or override, and an isolate.
const (
	popEmbedding = "\u202c" // PDF
	popIsolate   = "\u2069" // PDI
)

// turned returns what has to be added to a text.
func turned(text []byte) (t turning) {
	isolates := 0 // how many isolates are open
	for _, r := range string(text) {
		switch r {
		case '\u202a', '\u202b', '\u202d', '\u202e':
			t.open = append(t.open, popEmbedding)
		case '\u202c':
			if n := len(t.open); n > 0 && t.open[n-1] == popEmbedding {
				t.open = t.open[:n-1]
			}
		case '\u2066', '\u2067', '\u2068':
			t.open = append(t.open, popIsolate)
			isolates++
		case '\u2069':
			if isolates == 0 {
				t.stray++
				t.open = t.open[:0] // the end of an isolate ends all that was begun within it
				break
			}
			isolates--
			for last := ""; last != popIsolate; {
				last, t.open = t.open[len(t.open)-1], t.open[:len(t.open)-1]
			}
		}
	}
	return t
}
